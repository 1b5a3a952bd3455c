"""A function over the rows of a table: rows are columns of their own, then added up by unit."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import numpy as np

from perfrules.engine.batch.kernel.arithmetic import combine
from perfrules.engine.batch.kernel.chunk import (
    Chunk,
    IntsOf,
    Kept,
    Mask,
    UnsupportedError,
)
from perfrules.engine.batch.kernel.compare import Test, compare
from perfrules.engine.batch.kernel.effects import Effects, there
from perfrules.engine.batch.kernel.guessed_sums import guessed_sum
from perfrules.engine.batch.kernel.numbers import (
    MOST,
    Known,
    Number,
    Real,
    Whole,
    is_whole,
    scaled_by,
)
from perfrules.engine.batch.kernel.rows import Nested, Table
from perfrules.engine.batch.kernel.scope import Scope
from perfrules.engine.batch.kernel.spread import inside
from perfrules.engine.batch.kernel.values import (
    Value,
    as_flag,
    both,
    every,
    flag,
    number,
    opposite,
)
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.lang.tree import Aggregate, Tree

Evaluate = Callable[[Scope, Tree], Value]


def over_rows(scope: Scope, tree: Aggregate, table: Table, evaluate: Evaluate) -> Value:
    """Return what `sum(element for row in table if condition)` and its like give by unit."""
    effects = Effects()
    inner = inside(scope, tree.row, table, effects)
    test: Test = True
    if tree.condition is not None:
        test = flag(evaluate(inner, tree.condition))
    element_effects = Effects()
    value = evaluate(inner.marking(element_effects), tree.element)
    effects.take(element_effects, None if test is True else every(test))
    _raise(scope, table, effects, stops=tree.function in ("any", "all"))
    return _folded(scope, tree.function, table, test, value)


def _raise(scope: Scope, table: Table, effects: Effects, *, stops: bool) -> None:
    """Mark the units that have a row with a mark; where a row may not be looked at, as odd ones."""
    if table.shape.lacks:
        scope.effects.lack(table.absent)
    if isinstance(table, Nested):
        scope.effects.odd(table.large)
    if not effects.marks:
        return
    find = Kept(effects.find())

    def raised(place: int) -> Mask:
        def mask(chunk: Chunk) -> Bools | None:
            rows = table.rows(chunk)
            found = find(rows.chunk)[place]
            return None if found is None else rows.any(found)

        return mask

    scope.effects.odd(raised(1))
    (scope.effects.odd if stops else scope.effects.lack)(raised(0))


def _folded(scope: Scope, name: str, table: Table, test: Test, value: Value) -> Value:
    match name:
        case "sum":
            return _sum(scope.effects, table, test, number(value))
        case "mean":
            total = _sum(scope.effects, table, test, number(value))
            return combine(scope.effects, "/", total, _count(table, test))
        case "count":
            return _count(table, both(test, flag(value)))
        case "any":
            some = _count(table, both(test, flag(value)))
            return as_flag(compare(">", some, Known(Decimal(0))))
        case "all":
            bad = _count(table, both(test, opposite(flag(value))))
            return as_flag(compare("==", bad, Known(Decimal(0))))
        case "min" | "max":
            return _extreme(scope, table, test, number(value), larger=name == "max")
        case _:
            raise UnsupportedError(name)


def _sum(effects: Effects, table: Table, test: Test, value: Number) -> Number:
    if isinstance(value, Real) and test is not False:
        return guessed_sum(effects, table, test, value)
    return summed(table, test, _held(effects, table, test, value))


def _held(effects: Effects, table: Table, test: Test, value: Number) -> Number:
    """Return numbers whose sums have room: one that is far out makes its unit an odd one."""
    if not isinstance(value, Whole):
        return value
    rows = max(1, table.shape.most)
    size, most = max(abs(value.low), abs(value.high)), (MOST - 1) // rows
    if is_whole(value.factor, -size * rows, size * rows):
        return value
    units, holds = value.units, every(test)

    def far(chunk: Chunk) -> Bools | None:
        below = table.rows(chunk)
        found = np.abs(units(below.chunk)) > most
        return below.any(found & holds(below.chunk)) if found.any() else None

    effects.odd(far)
    low, high = max(value.low, -most), min(value.high, most)
    return replace(value, units=Kept(lambda chunk: np.clip(units(chunk), low, high)), low=low,
                   high=high)  # fmt: skip


def _whole(units: IntsOf, factor: Fraction, low: int, high: int) -> Whole:
    if not is_whole(factor, low, high):
        raise UnsupportedError
    kept = Kept(units)
    return Whole(
        kept, factor, low, high,
        lambda chunk, where: [scaled_by(factor, unit) for unit in kept(chunk)[where].tolist()],
    )  # fmt: skip


def _by_row(value: Number) -> tuple[IntsOf, Fraction, int, int]:
    """Return a number's units by row; a guess has none."""
    if isinstance(value, Known):
        factor = abs(Fraction(value.value)) or Fraction(1)
        unit = int(Fraction(value.value) / factor)
        return (lambda chunk: np.full(chunk.size, unit)), factor, unit, unit
    if not isinstance(value, Whole):
        raise UnsupportedError
    return value.units, value.factor, value.low, value.high


def summed(table: Table, test: Test, value: Number) -> Number:
    """Return what a number of the rows in which a condition holds adds up to, by unit."""
    units, factor, low, high = _by_row(value)
    most = table.shape.most

    def total(chunk: Chunk) -> Ints:
        rows = table.rows(chunk)
        found = units(rows.chunk)
        if not isinstance(test, bool):
            found = found * test(rows.chunk)
        return rows.totals(found)

    if test is False:
        return Known(Decimal(0))
    return _whole(total, factor, min(0, low) * most, max(0, high) * most)


def _count(table: Table, test: Test) -> Number:
    if test is False:
        return Known(Decimal(0))
    holds = every(test)

    def counted(chunk: Chunk) -> Ints:
        rows = table.rows(chunk)
        return rows.totals(holds(rows.chunk).astype(np.int64))

    return _whole(counted, Fraction(1), 0, table.shape.most)


def _extreme(scope: Scope, table: Table, test: Test, value: Number, *, larger: bool) -> Number:
    """Return the largest or smallest; a unit without rows is refused."""
    units, factor, low, high = _by_row(value)
    count = _count(table, test)
    none = compare("==", count, Known(Decimal(0)))
    if none is True:
        scope.effects.always_odd()
    elif none is not False:
        scope.effects.odd(there(none))
    call, worst = (np.maximum, low) if larger else (np.minimum, high)

    def found(chunk: Chunk) -> Ints:
        rows = table.rows(chunk)
        values = units(rows.chunk)
        if not isinstance(test, bool):
            values = np.where(test(rows.chunk), values, worst)
        padded = np.append(values, worst)  # so that every unit's first row is there
        out: Ints = call.reduceat(padded, rows.offsets[:-1])
        return np.where(np.diff(rows.offsets) == 0, worst, out)

    return _whole(found, factor, low, high)
