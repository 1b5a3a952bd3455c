"""From shape to meaning: a `RulesetSpec` becomes a `Plan`, or every fault of it is told.

One function per fault; consequences of a fault already told are left out.
"""

from perfrules.errors import RulesetError, Text, once
from perfrules.lang.check.basis import basis_plans
from perfrules.lang.check.bindings import Bindings, came_along, whole_meaning
from perfrules.lang.check.context import Context
from perfrules.lang.check.derive import derived_plans
from perfrules.lang.check.digest import meaning_digest
from perfrules.lang.check.indicators import TreeCheck
from perfrules.lang.check.inputs import input_plan
from perfrules.lang.check.names import Strata, fact_names
from perfrules.lang.check.parameters import parameter_plan
from perfrules.lang.check.plugged import plugged_functions
from perfrules.lang.check.points import check_digits, check_points, walk
from perfrules.lang.check.rules import (
    adjustment_plans,
    decision_plans,
    gate_plans,
    grade_plans,
    grade_type,
    report_plans,
    with_findings,
)
from perfrules.lang.check.thresholds import check_thresholds
from perfrules.lang.check.usage import check_unused, used_names, with_required
from perfrules.lang.check.whole import (
    apply_allows,
    asked,
    check_inputs,
    check_names,
    check_stands_together,
    needs_as_of,
)
from perfrules.lang.document import Document
from perfrules.lang.plan import Places, Plan, Rounding
from perfrules.lang.prune import Lost
from perfrules.lang.spec.ruleset import RulesetSpec
from perfrules.lang.types import UNKNOWN
from perfrules.lang.vocabulary import BUILT_IN, Vocabulary

__all__ = ["check"]

_NOTHING_LOST = Lost()


def check(
    document: Document,
    spec: RulesetSpec,
    lost: Lost = _NOTHING_LOST,
    vocabulary: Vocabulary = BUILT_IN,
) -> Plan:
    """Return the plan of *spec*; *lost* names what stood in parts that were taken out.

    Raises:
        RulesetError: What is wrong with it, all of it, in source order.
    """
    context = Context(document, lost, vocabulary=vocabulary)
    functions = vocabulary.functions
    bindings = Bindings(context)
    bindings.declare()
    inputs = {
        name: input_plan(context, ("inputs", name), name, item)
        for name, item in spec.inputs.items()
    }
    inputs |= {
        name: input_plan(context, path, name, item) for name, path, item in asked(context, spec)
    }
    check_names(context, spec, inputs)
    parameters = {
        name: parameter_plan(context, ("parameters", name), name, item, bindings.keys(name, inputs))
        for name, item in spec.parameters.items()
    }
    values = dict.fromkeys(lost.values, UNKNOWN)
    values |= {name: item.type for name, item in inputs.items()} | {
        name: item.type if item else UNKNOWN for name, item in parameters.items()
    }
    derived, types = derived_plans(context, spec.derive, fact_names(values, functions))
    hidden = bindings.bind(fact_names(values | types, functions), inputs)
    strata = Strata(fact_names(values | types, functions))
    rounding, total_rounding = _rounding(spec)
    tree = TreeCheck(context, strata, inputs, rounding)
    nodes = tree.nodes(("indicators",), spec.indicators, ())
    tree.successors(("indicators",), spec.indicators)
    aggregate = spec.aggregate or "sum"
    check_stands_together(context, spec)
    check_points(context, nodes, spec.total, aggregate, tree.broken)
    check_digits(context, nodes, rounding, spec.total, total_rounding)
    scored = strata.scored(walk(nodes), lost.indicators)
    totalled = strata.totalled(scored, known=spec.total is not None or lost.tree)
    adjustments = adjustment_plans(context, spec.adjustments, scored)
    grades = grade_plans(context, spec.grades, spec.total)
    by_id = {node.id: node for node in walk(nodes)}
    gates = gate_plans(context, spec.gates, totalled, (by_id, grades, spec.total))
    check_inputs(context, inputs, gates, derived)
    final = strata.final(
        totalled,
        grade_type(grades, lost=lost.grades),
        [*lost.gates, *(item.id for item in spec.gates)],
    )
    decisions = decision_plans(context, spec.decisions, final)
    nodes = with_findings(context, nodes, spec.indicators, final)
    report = report_plans(context, spec.report, final)
    inputs, found_parameters = came_along(context, inputs, parameters, nodes)
    if not context.failed():
        check_unused(context, inputs, found_parameters, derived, nodes)
    check_thresholds(context, inputs, nodes, spec.total)
    warnings = apply_allows(context, spec)
    if context.failed():
        raise RulesetError(once(context.found))
    added = plugged_functions(context.exprs, functions)
    return Plan(
        id=spec.ruleset,
        version=spec.version,
        title=spec.title,
        digest=meaning_digest(whole_meaning(document)),
        text=document.text,
        places=Places(document.file, document.spans, document),
        total=spec.total,
        rounding=rounding,
        total_rounding=total_rounding,
        aggregate=aggregate,
        inputs=with_required(inputs, nodes, context.exprs, (*derived, *hidden)),
        parameters=found_parameters,
        derived=(*derived, *hidden),
        indicators=nodes,
        adjustments=adjustments,
        gates=gates,
        grades=grades,
        match=spec.decisions.match if spec.decisions else "all",
        decisions=decisions,
        report=report,
        effective_from=spec.effective.from_ if spec.effective else None,
        effective_until=spec.effective.until if spec.effective else None,
        needs_as_of=needs_as_of(found_parameters, used_names(context.exprs), nodes),
        basis=basis_plans(spec.basis),
        points_by=(
            {"how": spec.points_by.how, "because": (spec.points_by.because or Text()).get("zh")}
            if spec.points_by
            else {}
        ),
        warnings=once(warnings),
        added=added,
        plugins=tuple(sorted(context.plugins | {item.plugin for item in added})),
    )


def _rounding(spec: RulesetSpec) -> tuple[Rounding, Rounding]:
    """Return the rounding of leaves and of the total: 2 digits, half up, where nothing is said."""
    given = spec.rounding
    if given is None:
        return Rounding(2, "half_up"), Rounding(2, "half_up")
    both = 2 if given.digits is None else given.digits
    mode = given.mode or "half_up"
    leaf = both if given.leaf is None else given.leaf
    return Rounding(leaf, mode), Rounding(both if given.total is None else given.total, mode)
