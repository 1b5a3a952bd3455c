"""The points that the rows of a sheet have: each its own, or equal parts of an amount."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import floor, lcm
from typing import Final

import numpy as np

from perfrules.decimals import ZERO
from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, Kept, Run, UnsupportedError
from perfrules.engine.batch.kernel.compare import GRID, on_grid
from perfrules.engine.batch.kernel.effects import Effects, there
from perfrules.engine.batch.kernel.expressions import number_of
from perfrules.engine.batch.kernel.numbers import MOST, Known, Number, Whole, scaled_by
from perfrules.engine.batch.kernel.rows import Table, rows_of
from perfrules.engine.batch.kernel.scope import Scope
from perfrules.engine.batch.kernel.values import Label
from perfrules.engine.batch.vectors import Ints
from perfrules.lang.tree import Expr

_LARGEST: Final = 10**6  # points of a row: more make their unit an odd one
_FINEST: Final = 10**6  # parts of a point that an amount may come in


def amount_of(scope: Scope, expr: Expr) -> Known | Whole:
    """Return an amount of points; one below 0 is refused."""
    fixed = expr.constant
    found = Known(fixed) if isinstance(fixed, Decimal) else number_of(scope, expr)
    if isinstance(found, Known):
        if found.value < ZERO:
            scope.effects.always_odd()
        return found
    if not isinstance(found, Whole):
        raise UnsupportedError(expr.text)
    if found.low >= 0:
        return found
    units = found.units
    scope.effects.odd(lambda chunk: units(chunk) < 0)
    return replace(found, low=0)


def own_points(inner: Scope, table: Table, expr: Expr, counted: BoolsOf, digits: int) -> Number:
    """Return the points that rows say themselves; marks are those of rows that are scored.

    Points with more than *digits* decimals are refused: their score has no more.
    """
    effects = Effects()
    found = amount_of(inner.marking(effects), expr)
    refuse_finer(effects, found, digits)
    if isinstance(found, Whole):
        # One row that is far out must not leave all units without columns.
        found = settled(found, effects)
        most = min(floor(_LARGEST / found.factor), (MOST - 1) // max(1, table.shape.most))
        if found.high > most:
            units = found.units
            effects.odd(lambda chunk: units(chunk) > most)
            found = Whole(_below(found, most), found.factor, 0, most, found.exact)
    inner.effects.take(effects, counted)
    return found


def refuse_finer(effects: Effects, points: Known | Whole, digits: int) -> None:
    """Mark points that need more than so many decimals."""
    if isinstance(points, Known):
        if (Fraction(points.value) * 10**digits).denominator != 1:
            effects.always_odd()
        return
    step = (points.factor * 10**digits).denominator  # of so many units one is a last digit
    if step != 1:
        units = points.units
        effects.odd(there(lambda chunk: units(chunk) % step != 0))


def settled(number: Whole, effects: Effects) -> Whole:
    """Return points with 12 decimals at most; those that have more are marked as odd."""
    times = number.factor.denominator // GRID
    if on_grid(number) or number.factor.denominator % GRID:
        return number
    units = number.units
    effects.odd(there(lambda chunk: units(chunk) % times != 0))
    return Whole(
        Kept(lambda chunk: units(chunk) // times), number.factor * times,
        number.low // times, number.high // times, number.exact,
    )  # fmt: skip


def _below(number: Whole, most: int) -> Kept[Ints]:
    """Return units of which none is above a bound: those above it are odd."""

    def units(chunk: Chunk) -> Ints:
        found: Ints = np.minimum(number.units(chunk), most)
        return found

    return Kept(units)


def equal_parts(
    scope: Scope, expr: Expr, digits: int, key: Label, counted: BoolsOf, kept_digits: int
) -> Number:
    """Return equal parts of an amount of a unit: what is left over goes to the first keys.

    An amount, or a part, with more decimals than its score keeps is refused.
    """
    amount = amount_of(scope, expr)
    if digits > kept_digits:
        raise UnsupportedError(expr.text)
    refuse_finer(scope.effects, amount, digits)
    if isinstance(amount, Known):
        factor = abs(Fraction(amount.value)) or Fraction(1)
        unit = int(Fraction(amount.value) / factor)
        amount = Whole(lambda chunk: np.full(chunk.size, unit), factor, unit, unit, amount.exact)
    step = Fraction(1, lcm(10**digits, amount.factor.denominator))
    if _FINEST % step.denominator:
        raise UnsupportedError(expr.text)
    parts = _Parts(amount, int(amount.factor / step), int(Fraction(1, 10**digits) / step), key,
                   counted)  # fmt: skip
    high = int(amount.high * amount.factor / step)
    if high >= MOST:
        raise UnsupportedError(expr.text)
    kept = Kept(parts)
    return Whole(
        kept, step, 0, high,
        lambda chunk, where: [scaled_by(step, unit) for unit in kept(chunk)[where].tolist()],
    )  # fmt: skip


class _Parts:
    """Equal parts in units, `times` of which are one of the amount's, and `step` one digit."""

    def __init__(self, amount: Whole, times: int, step: int, key: Label, counted: BoolsOf) -> None:
        self.amount, self.times, self.step = amount, times, step
        self.key, self.counted = key, counted

    def __call__(self, chunk: Chunk) -> Ints:
        """Return the part of each row; of one that isn't scored nothing."""
        rows, counted = rows_of(chunk), self.counted(chunk)
        sizes = np.maximum(rows.totals(counted.astype(np.int64)), 1)
        whole = self.amount.units(rows.outer) * self.times
        part = whole // (sizes * self.step)
        steps, rest = np.divmod(whole - part * sizes * self.step, self.step)
        found: Ints = part[rows.unit] * self.step
        left = (steps > 0) | (rest > 0)
        if left.any():
            where = np.flatnonzero(counted & left[rows.unit])
            units = rows.unit[where]
            ranks = self._ranks(chunk.run)[self.key.codes(chunk)[where]]
            order = np.lexsort((ranks, units))
            where, units = where[order], units[order]
            first = np.searchsorted(units, units, "left")
            rank = np.arange(len(units)) - first
            found[where] += np.where(rank < steps[units], self.step, 0)
            found[where] += np.where(rank == steps[units], rest[units], 0)
        return np.where(counted, found, 0)

    def _ranks(self, run: Run) -> Ints:
        return run.table(self, lambda: ranks_of(self.key.names(run)))


def ranks_of(names: Sequence[str]) -> Ints:
    """Return which place each key has where lines are sorted by their ids.

    >>> ranks_of(["a", "aZ", "b"])
    array([1, 0, 2])
    """
    if not names:
        return np.zeros(1, np.int64)  # what rows without a key look up
    order = sorted(range(len(names)), key=lambda place: f"{names[place]}]")
    found = np.empty(len(names), np.int64)
    found[order] = np.arange(len(names))
    return found
