"""From the shape of a portfolio to its plan: sources, names, columns in order, the report."""

from collections.abc import Mapping

from perfrules.errors import RulesetError, Text, in_source_order
from perfrules.lang.check.basis import basis_plans
from perfrules.lang.check.context import Context
from perfrules.lang.check.digest import meaning_digest
from perfrules.lang.check.inputs import input_plan
from perfrules.lang.check.parameters import parameter_plan
from perfrules.lang.check.portfolio.columns import Columns, relative
from perfrules.lang.check.portfolio.sources import (
    SCALARS,
    facts_of,
    facts_read,
    paths_of,
    rulesets_of,
    source_plan,
)
from perfrules.lang.check.rules import decision_plans
from perfrules.lang.check.usage import used_names
from perfrules.lang.check.whole import apply_allows
from perfrules.lang.document import Document
from perfrules.lang.expr import Names
from perfrules.lang.plan import InputPlan, ParameterPlan, Places
from perfrules.lang.portfolio import PortfolioPlan
from perfrules.lang.spec.portfolio import PortfolioSpec
from perfrules.lang.types import DATE, UNKNOWN, Kind, Type
from perfrules.lang.vocabulary import BUILT_IN, Vocabulary

__all__ = ["check_portfolio"]


def check_portfolio(
    document: Document, spec: PortfolioSpec, vocabulary: Vocabulary = BUILT_IN
) -> PortfolioPlan:
    """Return the plan of *spec*.

    Args:
        document: Where it stands.
        spec: The portfolio's shape.
        vocabulary: Gives the ruleset of a name such as `hubei.project_self_evaluation@1`.

    Raises:
        RulesetError: What is wrong with it, all of it, in source order.
    """
    context = Context(document, vocabulary=vocabulary)
    plans = rulesets_of(context, spec)
    if context.failed():  # nothing can be typed without the rulesets
        raise RulesetError(in_source_order(context.found))
    inputs = {name: input_plan(context, ("inputs", name), name, item)
              for name, item in spec.inputs.items()}  # fmt: skip
    for name, item in inputs.items():
        if item.type.kind not in SCALARS:
            context.report("PRF714", ("inputs", name, "type"), value=name)
    parameters = {
        name: parameter_plan(context, ("parameters", name), name, item, inputs)
        for name, item in spec.parameters.items()
    }
    _names_differ(context, spec)
    _one_gives_rows(context, spec)
    facts = {
        name: facts_of(context, name, item, plans[name]) for name, item in spec.results.items()
    }
    paths = {
        name: paths_of(plans[name], facts[name], joined=item.join is not None)
        for name, item in spec.results.items()
    }
    scope = Columns(context, spec, _file_names(inputs, parameters, paths), paths)
    columns = scope.columns()
    decisions = decision_plans(context, spec.decisions, scope.row_names())
    report = scope.report()
    read = set(facts_read(context.exprs, spec.results))
    _unused(context, inputs, parameters)
    warnings = apply_allows(context, spec)
    if context.failed():
        raise RulesetError(in_source_order(dict.fromkeys(context.found)))
    found_parameters = tuple(item for item in parameters.values() if item)
    return PortfolioPlan(
        id=spec.portfolio,
        version=spec.version,
        title=spec.title or Text(spec.portfolio, spec.portfolio),
        digest=meaning_digest(document.value),
        text=document.text,
        places=Places(document.file, document.spans, document),
        sources=tuple(
            source_plan(name, item, plans[name], facts[name], paths[name], read)
            for name, item in spec.results.items()
        ),
        inputs=tuple(inputs.values()),
        parameters=found_parameters,
        columns=columns,
        order=tuple(spec.derive),
        relative=relative(columns, spec.derive),
        match=spec.decisions.match if spec.decisions else "all",
        decisions=decisions,
        report=report,
        effective_from=spec.effective.from_ if spec.effective else None,
        effective_until=spec.effective.until if spec.effective else None,
        needs_as_of=any(item.dated for item in found_parameters)
        or "as_of" in used_names(context.exprs),
        basis=basis_plans(spec.basis),
        warnings=warnings,
        note=spec.note,
    )


def _names_differ(context: Context, spec: PortfolioSpec) -> None:
    """PRF460: sources, inputs, parameters and columns share one namespace."""
    taken: dict[str, str] = {}
    for section, names in (
        ("results", spec.results),
        ("inputs", spec.inputs),
        ("parameters", spec.parameters),
        ("derive", spec.derive),
    ):
        for name in names:
            if name in taken:
                context.report("PRF460", (section, name), key=True, value=name, other=taken[name])
            taken.setdefault(name, section)


def _one_gives_rows(context: Context, spec: PortfolioSpec) -> None:
    """PRF712: the first source gives the rows and can't be joined to itself."""
    first = next(iter(spec.results))
    if spec.results[first].join is not None:
        context.report("PRF712", ("results", first, "join"), value=first)


def _file_names(
    inputs: Mapping[str, InputPlan],
    parameters: Mapping[str, ParameterPlan | None],
    paths: Mapping[str, Mapping[str, Type]],
) -> Names:
    """Return what the whole file's expressions see: inputs, parameters, sources as tables."""
    values: dict[str, Type] = {name: item.type for name, item in inputs.items()}
    values |= {name: item.type if item else UNKNOWN for name, item in parameters.items()}
    values["as_of"] = DATE
    values |= {
        name: Type(Kind.TABLE, columns=tuple(columns.items())) for name, columns in paths.items()
    }
    return Names(values=values, missing_ok=True)


def _unused(
    context: Context,
    inputs: Mapping[str, InputPlan],
    parameters: Mapping[str, ParameterPlan | None],
) -> None:
    """PRF481, PRF482: an input or a parameter that nothing reads."""
    if context.failed():
        return
    used = used_names(context.exprs)
    for name in inputs:
        if name not in used:
            context.report("PRF481", ("inputs", name), key=True, value=name)
    for name in parameters:
        if name not in used:
            context.report("PRF482", ("parameters", name), key=True, value=name)
