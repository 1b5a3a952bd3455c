"""Checks of a ruleset as a whole: names, what stands together, allowed findings, dates."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from perfrules.errors import Diagnostic, Path, in_source_order
from perfrules.lang.check.context import Context
from perfrules.lang.check.points import walk
from perfrules.lang.check.usage import names_behind, through
from perfrules.lang.plan import Derived, Gate, Indicator, InputPlan, ParameterPlan
from perfrules.lang.spec.indicators import IndicatorSpec, LeafDefaults
from perfrules.lang.spec.inputs import InputSpec
from perfrules.lang.spec.portfolio import PortfolioSpec
from perfrules.lang.spec.ruleset import RulesetSpec
from perfrules.lang.types import Kind
from perfrules.messages import CATALOG


def asked(context: Context, spec: RulesetSpec) -> Iterator[tuple[str, Path, InputSpec]]:
    """Yield the inputs that leaves ask for: id, place of the question, its shape."""
    for path, node, each in _leaves(("indicators",), spec.indicators, ()):
        own = node.ask
        place: Path = (*path, "ask")
        inherits = own is None and not _reads_something(node)
        for defaults, above in each if inherits else ():
            if defaults.ask is not None:
                own, place = defaults.ask, (*above, "ask")
                break
        if own is None:
            continue
        if node.id in spec.inputs:
            context.report("PRF489", (*path, "id"), value=node.id)
            continue
        title = getattr(own, "title", None) or node.title
        yield node.id, place, own.model_copy(update={"title": title})


def _reads_something(node: IndicatorSpec) -> bool:
    """Return whether a leaf's own method names what it reads, so that a question is idle."""
    return node.score is not None and any(key in node.score for key in _READ_KEYS)


_READ_KEYS = ("actual", "level", "elements", "when", "rate", "points", "kinds", "of")


def _leaves(
    path: Path,
    specs: tuple[IndicatorSpec, ...],
    each: tuple[tuple[LeafDefaults, Path], ...],
) -> Iterator[tuple[Path, IndicatorSpec, tuple[tuple[LeafDefaults, Path], ...]]]:
    for index, node in enumerate(specs):
        here: Path = (*path, index)
        if node.indicators:
            inner = each if node.each is None else ((node.each, (*here, "each")), *each)
            yield from _leaves((*here, "indicators"), node.indicators, inner)
        else:
            yield here, node, each


def check_names(context: Context, spec: RulesetSpec, inputs: Mapping[str, InputPlan]) -> None:
    """PRF460: an input, a parameter and a derived value share one namespace."""
    taken = {name: ("inputs", name) for name in inputs}
    for section, names in (("parameters", spec.parameters), ("derive", spec.derive)):
        for name in names:
            if name in taken:
                context.report(
                    "PRF460", (section, name), key=True, value=name, other=taken[name][0]
                )
            taken.setdefault(name, (section, name))


_EXAMPLES = {
    "indicators": "indicators: [{id: quality, points: 100, score: {method: met, when: …}}]",
    "total": "total: 100",
    "grades": "grades: [{name: 合格, at_least: 60}, {name: 不合格, at_least: 0}]",
}


def check_stands_together(context: Context, spec: RulesetSpec) -> None:
    """PRF419: `indicators`, `total` and `grades` stand together or not at all."""
    given = {
        "indicators": bool(spec.indicators),
        "total": spec.total is not None,
        "grades": bool(spec.grades),
    }
    if any(given.values()) and not all(given.values()):
        there = ", ".join(name for name, is_there in given.items() if is_there)
        lacking = ", ".join(name for name, is_there in given.items() if not is_there)
        first = next(name for name, is_there in given.items() if is_there)
        example = next(_EXAMPLES[name] for name, is_there in given.items() if not is_there)
        context.report("PRF419", (first,), key=True, value=there, lacking=lacking, example=example)


def check_inputs(
    context: Context,
    inputs: Mapping[str, InputPlan],
    gates: Iterable[Gate],
    derived: Iterable[Derived],
) -> None:
    """PRF492: a flag that a gate asks for, itself or behind a derived value, has a default."""
    behind = names_behind(derived)
    for gate in gates:
        if gate.effect == "flag":
            continue
        for name in sorted(through(gate.when.names, behind)):
            item = inputs.get(name)
            if item is not None and item.type.kind is Kind.FLAG and item.default is not None:
                context.report("PRF492", ("inputs", name, "default"), value=name, gate=gate.id)


def needs_as_of(
    parameters: Iterable[ParameterPlan], used: set[str], nodes: tuple[Indicator, ...]
) -> bool:
    """Return whether a unit can't be scored without a date."""
    if any(item.dated for item in parameters) or "as_of" in used:
        return True
    return any(getattr(node.method, "needs_as_of", False) for node in walk(nodes) if node.method)


def apply_allows(context: Context, spec: RulesetSpec | PortfolioSpec) -> tuple[Diagnostic, ...]:
    """Drop the findings that the author allows with a reason, and tell which allow was for nothing.

    Only what is a matter of judgement can be allowed: warnings, and thresholds nobody can reach.
    """
    context.found = [item for item in context.found if not _allowed_there(context, item)]
    for index, item in enumerate(spec.allow):
        path: Path = ("allow", index, "code")
        if item.code not in CATALOG:
            context.report("PRF493", path, value=item.code, codes=", ".join(allowable()))
            continue
        if item.code not in allowable():
            context.report("PRF495", path, value=item.code, codes=", ".join(allowable()))
            continue
        if is_proof(item.code):
            continue  # what only a proof finds: whether it was needed is told there
        left = [found for found in context.found if found.code != item.code]
        if len(left) == len(context.found) and not context.failed():
            context.report("PRF494", path, value=item.code)
        else:
            context.found = left
    warnings = [item for item in context.found if item.severity == "warning"]
    return in_source_order(replace(item) for item in warnings)


def _allowed_there(context: Context, item: Diagnostic) -> bool:
    """Return whether the library that a finding stands in allows it."""
    at = context.document.scope_at(item.path)
    allowed = context.document.scopes[at].allowed if at is not None else frozenset[str]()
    return item.code in allowed and item.code in allowable()


_FIRST_PROOF, _LAST_PROOF = "PRF800", "PRF829"
_JUDGED = frozenset({"PRF406", "PRF490", "PRF492"})  # errors, unless the author means it


def allowable() -> list[str]:
    """Return the codes that `allow` may name: warnings of a ruleset, and errors of judgement.

    >>> "PRF481" in allowable(), "PRF401" in allowable(), "PRF818" in allowable()
    (True, False, True)
    """
    return sorted(
        code
        for code, message in CATALOG.items()
        if code in _JUDGED
        or (is_proof(code) and code != "PRF820")
        or (message.severity == "warning" and code[3] in "1234" and code != "PRF494")
    )


def is_proof(code: str) -> bool:
    """Return whether only a proof finds what *code* says.

    >>> is_proof("PRF805"), is_proof("PRF840")
    (True, False)
    """
    return _FIRST_PROOF <= code <= _LAST_PROOF
