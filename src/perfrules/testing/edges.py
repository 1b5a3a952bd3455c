"""Where a threshold lies for facts that can be scored: the value of one input that meets it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from perfrules.analysis.coverage import sized_pairs
from perfrules.decimals import CONTEXT, HUNDRED, ONE, plain, snap
from perfrules.engine.facts import admit
from perfrules.engine.interpret import interpret
from perfrules.engine.program import parameters_on
from perfrules.engine.unit import Unit
from perfrules.errors import FactsError
from perfrules.lang.expr import evaluate
from perfrules.lang.frame import Fault
from perfrules.lang.plan import InputPlan, Plan
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind
from perfrules.lang.units import MONEY_FACTORS

Facts = Mapping[str, object]

_STEP: Final = {
    Kind.NUMBER: Decimal("0.01"), Kind.PERCENT: Decimal("0.0001"),
    Kind.MONEY: Decimal("0.01"), Kind.DAYS: ONE,
}  # fmt: skip
_PROBE: Final = Decimal(7)


@dataclass(frozen=True, slots=True)
class Edge:
    """Facts at, below or above a threshold: what is changed and what it is called."""

    text: str
    side: str
    changes: Mapping[str, object]
    where: tuple[str | int, ...]


def edges(plan: Plan, facts: Facts, as_of: date | None) -> Iterator[Edge]:
    """Yield, for each threshold that one input can meet, facts one step below, at and above it."""
    seen: set[tuple[object, ...]] = set()
    inputs = {item.id: item for item in plan.inputs}
    for expr, left, right, text in sized_pairs(plan):
        own = sorted((left.names | right.names) & inputs.keys())
        for name in own or inputs:  # a rate or a derived value may hang on any of them
            item = inputs[name]
            if item.type.kind not in _STEP and item.type.kind is not Kind.DATE:
                continue
            found = _met(plan, facts, as_of, (left, right), item)
            key = (expr.where, text, name)
            if found is None or key in seen:
                continue
            seen.add(key)
            for side, value in _around(item, found):
                yield Edge(text, side, {name: written(item, value)}, expr.where)
            break


def written(item: InputPlan, value: object) -> object:
    """Return a value as the facts of an input write it."""
    if isinstance(value, Decimal):
        if item.type.kind is Kind.PERCENT:
            return f"{plain(CONTEXT.multiply(value, HUNDRED))}%"
        if item.type.kind is Kind.MONEY:
            unit = item.type.unit if item.type.unit in MONEY_FACTORS else "元"
            return f"{plain(CONTEXT.divide(value, MONEY_FACTORS[unit or '元']))}{unit}"
        return plain(value)
    return value


def _around(item: InputPlan, value: object) -> Iterator[tuple[str, object]]:
    """Yield the value one step below, itself and one step above, within the input's bounds."""
    for side, steps in (("below", -1), ("at", 0), ("above", 1)):
        if isinstance(value, date):
            moved: Any = value + timedelta(days=steps)
        else:
            assert isinstance(value, Decimal)  # noqa: S101 - the other kind of size
            step = ONE if item.whole else _STEP[item.type.kind]
            moved = CONTEXT.add(value, CONTEXT.multiply(step, Decimal(steps)))
        low = item.min if item.min is not None or not item.whole else Decimal(0)
        if (low is None or moved >= low) and (item.max is None or moved <= item.max):
            yield side, moved


def _met(
    plan: Plan, facts: Facts, as_of: date | None, pair: tuple[Expr, Expr], item: InputPlan
) -> object | None:
    """Return the value of an input at which both sides are equal; None where none is found.

    Both sides are computed at two values; where their gap is a line between, it meets 0 in one.
    """
    if item.type.kind is Kind.DATE:
        return _met_day(plan, facts, as_of, pair, item)
    one, other = ONE, _PROBE
    if item.type.kind is Kind.PERCENT:
        one, other = Decimal("0.5"), Decimal("0.75")
    first, second = (
        _gap(plan, {**facts, item.id: written(item, value)}, as_of, pair) for value in (one, other)
    )
    if first is None or second is None or first == second:
        return None
    slope = CONTEXT.divide(CONTEXT.subtract(second, first), CONTEXT.subtract(other, one))
    found = snap(CONTEXT.subtract(one, CONTEXT.divide(first, slope)))
    if item.whole and found != found.to_integral_value():
        return None
    met = _gap(plan, {**facts, item.id: written(item, found)}, as_of, pair)
    return found if met is not None and not snap(met) else None


def _met_day(
    plan: Plan, facts: Facts, as_of: date | None, pair: tuple[Expr, Expr], item: InputPlan
) -> object | None:
    start = date(2024, 6, 30)
    gap = _gap(plan, {**facts, item.id: start}, as_of, pair)
    for sign in (-1, 1):
        if gap is not None and gap == gap.to_integral_value() and abs(gap) < 40_000:  # noqa: PLR2004 - days
            day = start + timedelta(days=sign * int(gap))
            if _gap(plan, {**facts, item.id: day}, as_of, pair) == 0:
                return day
    return None


def _gap(plan: Plan, facts: Facts, as_of: date | None, pair: tuple[Expr, Expr]) -> Decimal | None:
    """Return left less right, days for dates; None where facts don't give both."""
    units: list[Unit] = []

    def begin(*args: Any, **named: Any) -> Unit:  # noqa: ANN401 - what a Unit takes
        units.append(Unit(*args, **named))
        return units[-1]

    try:
        admitted = admit(plan, facts, as_of)
        interpret(plan, admitted, parameters_on(plan, admitted.as_of), begin)
        left, right = (evaluate(expr, units[0], units[0].functions) for expr in pair)
    except (FactsError, Fault, KeyError):
        return None
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return CONTEXT.subtract(left, right)
    if isinstance(left, date) and isinstance(right, date):
        return Decimal((left - right).days)
    return None
