"""`met`, `formula` and `checklist` in generated code."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from perfrules.decimals import CONTEXT, ONE, ZERO
from perfrules.engine.codegen.arithmetic import combine
from perfrules.engine.codegen.expressions import flag_of, value_of
from perfrules.engine.codegen.scope import Scope
from perfrules.engine.codegen.shares import Fraction, Rule, Sink, nothing, whole
from perfrules.engine.codegen.values import Value, constant, reaches
from perfrules.lang.tree import Expr

if TYPE_CHECKING:
    from perfrules.lang.methods.checklist import ChecklistPlan, Element
    from perfrules.lang.methods.formula import FormulaPlan
    from perfrules.lang.methods.met import MetPlan

_LARGEST_TABLE = 6  # elements whose combinations are scored when the code is made


def shown(scope: Scope, expr: Expr) -> None:
    """Give up where a value that the reason shows can't be computed, though nothing needed it."""
    for name in sorted(expr.names):
        named = scope.named(name)
        if named.fails:
            scope.source.give_up(f"{named.value.code} is X")


def met(method: "MetPlan", rule: Rule, sink: Sink) -> None:
    """All, or the fallback."""
    source = rule.source
    holds = flag_of(rule.scope, method.when)
    name = source.keep(holds.code)
    shown(rule.scope, method.when)
    with source.block(f"if {name}"):
        sink.put(whole(source))
    with source.block("else"):
        sink.put(nothing(source) if method.otherwise is None else rule.share(method.otherwise))


def formula(method: "FormulaPlan", rule: Rule, sink: Sink) -> None:
    """An expression's value; what is outside 0 to the whole is refused."""
    source = rule.source
    found = rule.number(method.expr)
    top = rule.points if method.in_points else constant(source, ONE)
    if found.low is None or found.low < ZERO:  # what is hardly below 0 is left to the reference
        source.give_up(f"{found.code} < Z")
    rule.refuse(reaches(source, ">", found, top))
    shown(rule.scope, method.expr)
    sink.put(Fraction(Value(found.code, ZERO, None, found.places, found.constant), top))


def checklist(method: "ChecklistPlan", rule: Rule, sink: Sink) -> None:
    """The sum of what is there; nothing where a required element isn't."""
    top = _top(method, rule)
    chosen = None if method.actual is None else value_of(rule.scope, method.actual)
    points = top.number if len(method.elements) <= _LARGEST_TABLE else None
    by_set = chosen is not None and all(item.when is None for item in method.elements)
    if points is not None and chosen is not None and by_set:
        sets = {key: _outcome(method, held, points) for key, held in _subsets(method.elements)}
        sink.pick(chosen.code, sets)
        return
    there = [_held(rule, item, chosen) for item in method.elements]
    if points is not None:
        outcomes = product((False, True), repeat=len(there))
        table = {held: _outcome(method, held, points) for held in outcomes}
        index = ", ".join(there)
        sink.pick(f"({index},)", table)
        return
    _summed(method, rule, sink, there, top)


def _top(method: "ChecklistPlan", rule: Rule) -> Value:
    source = rule.source
    if method.whole is not None:
        return constant(source, method.whole)
    found = constant(source, ZERO)
    for item in method.elements:
        found = combine(source, "+", found, constant(source, item.worth))
    if found.constant != rule.points.constant:
        source.give_up(f"{found.code} != {rule.points.code}")
    return found


def _held(rule: Rule, item: "Element", chosen: Value | None) -> str:
    if item.when is not None:
        return rule.source.keep(flag_of(rule.scope, item.when).code)
    return rule.source.keep(f"{rule.source.slot(item.id)} in {chosen.code if chosen else 'Z'}")


def _subsets(
    elements: "tuple[Element, ...]",
) -> Iterator[tuple[frozenset[str], tuple[bool, ...]]]:
    """Yield each set of the elements' ids with the flags of those that are there."""
    for held in product((False, True), repeat=len(elements)):
        there = zip(elements, held, strict=True)
        yield frozenset(item.id for item, holds in there if holds), held


def _outcome(
    method: "ChecklistPlan", held: tuple[bool, ...], top: Decimal
) -> tuple[Decimal, Decimal]:
    """Return the share of one combination of elements that are there."""
    lost = [item for item, there in zip(method.elements, held, strict=True) if not there]
    if any(item.required for item in lost):
        return ZERO, ONE
    if not lost:
        return ONE, ONE
    found = ZERO
    for item, there in zip(method.elements, held, strict=True):
        if there:
            found = CONTEXT.add(found, item.worth)
    return found, top


def _summed(method: "ChecklistPlan", rule: Rule, sink: Sink, there: list[str], top: Value) -> None:
    source = rule.source
    pairs = list(zip(method.elements, there, strict=True))
    vetoed = " or ".join(f"not {held}" for item, held in pairs if item.required) or "False"
    with source.block(f"if {vetoed}"):
        sink.put(nothing(source))
    with source.block(f"elif {' and '.join(there)}"):
        sink.put(whole(source))
    with source.block("else"):
        found = source.keep("Z")
        for item, held in pairs:
            source.line(f"if {held}: {found} = {found} + {source.slot(item.worth)}")
        sink.put(Fraction(Value(found, ZERO), top))
