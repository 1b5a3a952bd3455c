"""The reference evaluator: a plan and admitted facts become a result. It *is* the semantics.

The strata of language §2, in order: facts and parameters, derived values and points, leaves,
branches, total, gates, final total and grade, decisions and findings.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from perfrules._version import __version__
from perfrules.decimals import ZERO, plain
from perfrules.engine.aggregate import score
from perfrules.engine.decide import capped, decide, find, fire, graded, named_values
from perfrules.engine.expand import adopt, expand, sums_that_differ
from perfrules.engine.facts import Facts, Waiver
from perfrules.engine.lines import line_of
from perfrules.engine.node import Node
from perfrules.engine.policies import Whole, move_to, settle_branches, spread
from perfrules.engine.rate import rate
from perfrules.engine.render.words import STATES
from perfrules.engine.result import AdjustmentLine, Result, State
from perfrules.engine.totals import complete_of, known, share, total_of, zero
from perfrules.engine.unit import Unit
from perfrules.errors import Diagnostic, FactsError, Text
from perfrules.lang.frame import Fault
from perfrules.lang.plan import Plan

POINTS_DONT_ADD_UP = "PRF540"


def interpret(
    plan: Plan,
    facts: Facts,
    parameters: Mapping[str, object],
    begin: Callable[..., Unit] = Unit,
) -> Result:
    """Return the result of one unit.

    Args:
        plan: The checked ruleset.
        facts: The admitted values.
        parameters: The value of each parameter on the unit's date.
        begin: Makes the unit that is evaluated; who watches one brings a `Unit` of their own.

    Raises:
        FactsError: The unit can't be scored: rule, place and values are named.
    """
    unit = begin(plan, facts, facts.as_of, parameters, whole=plan.total)
    try:
        return _evaluate(unit)
    except Fault as fault:
        raise FactsError((_told(plan, fault),)) from None


def engine_of(plan: Plan) -> str:
    """Return what scores units of *plan*: this package and the plugins it needs."""
    return " + ".join((f"perfrules {__version__}", *plan.plugins))


def _told(plan: Plan, fault: Fault) -> Diagnostic:
    """Return a fault's diagnostic, which begins with the rule that failed."""
    found = plan.places.diagnose(fault)
    rule = fault.args_by_name.get("rule")
    if rule is None:
        return found
    message = Text(f"指标{rule}：{found.message.zh}", f"indicator {rule}: {found.message.en}")
    return replace(found, message=message)


def _evaluate(unit: Unit) -> Result:
    plan, facts = unit.plan, unit.facts
    nodes = expand(unit)
    warnings = _sums(unit, nodes)
    _names_exist(unit)
    for node in nodes:
        rate(unit, node, _active(facts.waive, facts.as_of))
    settle_branches(nodes)
    move_to(nodes, unit.nodes)
    spread(nodes, Whole(unit.whole, unit.whole, unit.whole, plan.aggregate == "sum"))
    manual = _set_by_hand(unit)
    total, adjustments = total_of(unit, nodes)
    unit.reserved |= known(total=total, complete=complete_of(unit, nodes))
    gates = fire(unit)
    if zero(unit):
        total, adjustments = total_of(unit, nodes)
    grade = None
    if total is not None:
        total = capped(unit, total)
        grade = None if warnings else graded(unit, total)
    unit.reserved |= known(total=total, grade=grade)
    decisions, said, undecided = decide(unit)
    values, shown = named_values(unit)
    return Result(
        ruleset=plan.id,
        version=plan.version,
        digest=plan.digest,
        title=plan.title,
        engine=engine_of(plan),
        as_of=facts.as_of,
        unit=facts.unit,
        facts_digest=facts.digest,
        total=total,
        rate=None if total is None or not unit.whole else share(total, unit.whole),
        grade=grade,
        complete=complete_of(unit, nodes),
        digits=plan.total_rounding.digits,
        points=unit.whole,
        defaulted=facts.defaulted,
        notes=facts.notes,
        adjustments=(*manual, *adjustments),
        warnings=(*warnings, *said),
        indicators=tuple(line_of(node, plan) for node in nodes),
        gates=tuple(gates),
        findings=tuple(find(unit, nodes)),
        decisions=tuple(decisions),
        report=values,
        reported=shown,
        undecided=undecided,
    )


def _sums(unit: Unit, nodes: list[Node]) -> list[Diagnostic]:
    """Return a warning for each sum that differs and is allowed to; raise for the others."""
    faults = sums_that_differ(unit, nodes)
    found = [unit.plan.places.diagnose(fault) for fault in faults]
    if faults and not any(item.code == POINTS_DONT_ADD_UP for item in unit.facts.allow):
        raise FactsError(tuple(found))
    if faults and unit.plan.aggregate == "sum":
        unit.whole = adopt(nodes)
    return [
        Diagnostic(item.code, item.message, severity="warning", span=item.span, path=item.path)
        for item in found
    ]


def _names_exist(unit: Unit) -> None:
    """An adjustment or a waiver must name a line that is there."""
    for kind, names in (("adjust", unit.facts.adjust), ("waive", unit.facts.waive)):
        for name in names:
            if name not in unit.nodes:
                raise Fault("PRF549", name=name, key=kind)


def _active(waivers: Mapping[str, Waiver], as_of: date | None) -> Mapping[str, Waiver]:
    """Return the waivers that haven't expired on *as_of*; the expiry day itself is out."""
    return {
        name: waiver
        for name, waiver in waivers.items()
        if waiver.expires is None or (as_of is not None and as_of < waiver.expires)
    }


def _set_by_hand(unit: Unit) -> list[AdjustmentLine]:
    """Set the scores that facts adjust, and return a line for each with what it replaced."""
    lines = []
    for name, adjust in unit.facts.adjust.items():
        node = unit.nodes[name]
        if not node.is_leaf or node.state is not State.SCORED or node.points is None:
            raise Fault("PRF553", name=name, state=STATES[node.state])
        if not ZERO <= adjust.score <= (node.effective or ZERO):
            raise Fault(
                "PRF554", name=name, value=plain(adjust.score), right=plain(node.effective or ZERO)
            )
        score(node, unit.plan)
        before = node.score
        node.manual = adjust.score
        lines.append(
            AdjustmentLine(
                name, "manual", before, adjust.score, node.title, Text(adjust.reason, adjust.reason)
            )
        )
    return lines
