"""The functions of expressions that have a form in SQL."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias, cast

from sqlglot import exp

from perfrules.decimals import snap
from perfrules.errors import Text
from perfrules.lang.operations import number_of
from perfrules.sql.nodes import Cond, binary, both, negated, some
from perfrules.sql.nodes import call as function
from perfrules.sql.number import Number, decimal, whole_number
from perfrules.sql.scene import Scene, Unsaid
from perfrules.sql.values import Day, Flag, Label, Listing, Value, day, label
from perfrules.sql.whole import Whole, compare, constant

Choose: TypeAlias = Callable[[list[tuple[Cond, Value]], Value | None], Value]
_MONTHS: Final = 12


def call(scene: Scene, name: str, args: list[Value], choose: Choose) -> Value:
    """Return the value of a call; `Unsaid` for a function that SQL has no exact form of."""
    first = args[0]
    numbers = scene.numbers
    match name:
        case "abs" if isinstance(first, Number):
            return numbers.absolute(numbers.named(first))
        case "round" | "floor" | "ceil" if isinstance(first, Number):
            return _rounded(scene, name, first, args[1:])
        case "min" | "max":
            return _extreme(scene, name, args, choose)
        case "days":
            return first
        case "year" | "month" if isinstance(first, Day):
            return _part(scene, name, first)
        case "lookup" if isinstance(first, Listing):
            return _lookup(scene, first.entries, args[1:], choose, stepped=False)
        case "step" if isinstance(first, Listing):
            return _lookup(scene, first.entries, args[1:], choose, stepped=True)
        case "number" if isinstance(first, Label) and first.written is not None:
            return decimal(number_of(first.written))
        case _:
            raise Unsaid(Text(f"函数 {name}", f"the function {name}"))


def _rounded(scene: Scene, name: str, value: Number, digits: list[Value]) -> Number:
    numbers = scene.numbers
    if name == "round":
        found = digits[0].constant if digits and isinstance(digits[0], Number) else 0
        return numbers.round_to(value, int(found or 0))
    if name == "floor":
        return numbers.round_to(value, 0, "floor")
    return numbers.negative(numbers.round_to(numbers.negative(value), 0, "floor"))


def _extreme(scene: Scene, name: str, args: list[Value], choose: Choose) -> Value:
    """Return the smallest or largest; of nearly equal ones either is as near as the other."""
    kind = exp.LT if name == "min" else exp.GT
    best = args[0]
    for other in args[1:]:
        if isinstance(best, Number) and isinstance(other, Number):
            better = scene.numbers.raw("<" if name == "min" else ">", other, best)
            chosen = choose([(scene.condition(better), other)], best)
            assert isinstance(chosen, Number)  # noqa: S101 - both are numbers
            best = _narrowed(name, chosen, best, other)
        elif isinstance(best, Day) and isinstance(other, Day):
            better = compare(kind, other.ordinal, best.ordinal)
            best = choose([(scene.condition(better), other)], best)
    return best


def _narrowed(name: str, value: Number, one: Number, two: Number) -> Number:
    """Return the smaller or larger of two with the bounds that follow from theirs."""
    pick = min if name == "min" else max
    low, high = pick(one.low, two.low), pick(one.high, two.high)
    direct = one.direct and two.direct
    found = replace(value, low=low, high=high, direct=direct)
    if found.bottom is None and found.top.constant is None:
        step = 10**found.scale
        top = Whole(found.top.node, int(found.low * step), int(found.high * step))
        found = replace(found, top=top)
    return found


def _part(scene: Scene, name: str, value: Day) -> Number:
    if value.ordinal.constant is not None:
        found = date.fromordinal(value.ordinal.constant)
        return decimal(Decimal(found.year if name == "year" else found.month))
    if value.node is None:
        raise Unsaid(Text(f"算出的日期的 {name}", f"the {name} of a computed date"))
    high = date.max.year if name == "year" else _MONTHS
    node = scene.steps.dialect.integer(function(name, value.node))
    return whole_number(Whole(scene.steps.let(node), 1, high))


def _lookup(
    scene: Scene,
    entries: Mapping[object, object],
    keys: list[Value],
    choose: Choose,
    *,
    stepped: bool,
) -> Value:
    """Return the entry at the keys, as a chain of conditions; PRF533 without one."""
    key, rest = keys[0], keys[1:]
    key = scene.numbers.snap(key) if isinstance(key, Number) else key
    last = stepped and not rest
    order = sorted(entries, reverse=True) if last else list(entries)  # type: ignore[type-var] # checked kinds
    pairs: list[tuple[Cond, Value]] = []
    conditions: list[Cond] = []
    before: list[Cond] = []
    for item in order:
        here = scene.condition(_matches(scene, key, item, at_least=last))
        conditions.append(here)
        entry = entries[item]
        with scene.watch.when(here if not last else _first(here, before)):
            if rest:
                found = _lookup(
                    scene, cast("Mapping[object, object]", entry), rest, choose, stepped=stepped
                )
            else:
                found = _written(entry)
        before.append(here)
        pairs.append((here, found))
    scene.watch.tell("PRF533", negated(some(conditions)))
    if not pairs:
        raise Unsaid(Text("空的参数表", "an empty map parameter"))
    return choose(pairs, None)


def _first(here: Cond, before: list[Cond]) -> Cond:
    return both(here, negated(some(before)))


def _matches(scene: Scene, key: Value, item: object, *, at_least: bool) -> Cond:
    if isinstance(key, Number):
        assert isinstance(item, Decimal)  # noqa: S101 - checked kinds
        return scene.numbers.raw(">=" if at_least else "==", key, decimal(snap(item)))
    if isinstance(key, Day):
        assert isinstance(item, date)  # noqa: S101 - checked kinds
        kind = exp.GTE if at_least else exp.EQ
        return compare(kind, key.ordinal, constant(item.toordinal()))
    assert isinstance(key, Label)  # noqa: S101 - checked kinds
    if key.written is not None:
        return key.written == item
    return binary(exp.EQ, key.node, label(str(item)).node)


def _written(entry: object) -> Value:
    if isinstance(entry, Decimal):
        return decimal(entry)
    if isinstance(entry, date):
        return day(entry)
    if isinstance(entry, bool):
        return Flag(entry)
    return label(str(entry))
