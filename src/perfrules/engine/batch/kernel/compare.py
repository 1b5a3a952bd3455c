"""Comparisons of columns of numbers: as decimals snapped to 12 places, settled where in doubt.

Against a constant `c` on the grid of 12 decimals, a number counts as at least `c` from half a step
of the grid below it (half-even decides that very point by the parity of c's last decimal). Whole
units compare with one integer then. A guess compares with the shifted bound; it is in doubt where
it is nearer to it than its error, which for values around 1 is a thousandth of that half step, so
that numbers that equal a threshold are never in doubt.
"""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Final, TypeAlias

import numpy as np

from perfrules.decimals import SNAP, snap
from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, IntsOf, Kept
from perfrules.engine.batch.kernel.numbers import (
    UNIT,
    Known,
    Number,
    Real,
    Whole,
    common,
    is_whole,
    multiples,
    real,
)
from perfrules.engine.batch.kernel.select import at
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.engine.codegen.values import compared
from perfrules.lang.tree import CompareOp

GRID: Final = 10**SNAP
_HALF: Final = Fraction(1, 2 * GRID)
_STEP: Final = 1e-12
_FLIPPED: Final[dict[CompareOp, CompareOp]] = {
    "<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!=",
}  # fmt: skip

Test: TypeAlias = bool | BoolsOf


def on_grid(number: Whole) -> bool:
    """Return whether snapping can't change a number."""
    return bool(GRID % number.factor.denominator == 0)


def compare(op: CompareOp, left: Number, right: Number) -> Test:
    """Return whether two numbers compare so; a constant where that is known."""
    if isinstance(left, Known):
        if isinstance(right, Known):
            return compared(op, left.value, right.value)
        return compare(_FLIPPED[op], right, left)
    if isinstance(right, Known):
        bound = snap(right.value)
        if isinstance(left, Whole):
            return _units_with(op, left, bound)
        return Kept(_guess_with(op, left, bound))
    if isinstance(left, Whole) and isinstance(right, Whole):
        found = _both_whole(op, left, right)
        if found is not None:
            return found
    return Kept(_guesses(op, real(left), real(right)))


def first_at_least(factor: Fraction, bound: Decimal) -> int:
    """Return the smallest unit whose number, snapped, is at least a snapped bound.

    >>> first_at_least(Fraction(1, 100), Decimal("0.95"))
    95
    """
    if GRID % factor.denominator == 0:
        return ceil(Fraction(bound) / factor)
    edge = (Fraction(bound) - _HALF) / factor
    even = int(Fraction(bound) * GRID) % 2 == 0
    return ceil(edge) if even else floor(edge) + 1


def first_above(factor: Fraction, bound: Decimal) -> int:
    """Return the smallest unit whose number, snapped, is above a snapped bound.

    >>> first_above(Fraction(1, 100), Decimal("0.95"))
    96
    """
    if GRID % factor.denominator == 0:
        return floor(Fraction(bound) / factor) + 1
    edge = (Fraction(bound) + _HALF) / factor
    even = int(Fraction(bound) * GRID) % 2 == 0
    return floor(edge) + 1 if even else ceil(edge)


def _units_with(op: CompareOp, left: Whole, bound: Decimal) -> Test:
    start, above = first_at_least(left.factor, bound), first_above(left.factor, bound)
    match op:
        case ">=":
            return _from(left, start, holds=True)
        case "<":
            return _from(left, start, holds=False)
        case ">":
            return _from(left, above, holds=True)
        case "<=":
            return _from(left, above, holds=False)
        case "==" | "!=":
            return _between(left, start, above, inside=op == "==")


def _from(left: Whole, start: int, *, holds: bool) -> Test:
    """Return whether units are at least *start*, or below it."""
    if start <= left.low:
        return holds
    if start > left.high:
        return not holds
    units, call = left.units, np.greater_equal if holds else np.less

    def test(chunk: Chunk) -> Bools:
        found: Bools = call(units(chunk), start)
        return found

    return Kept(test)


def _between(left: Whole, start: int, above: int, *, inside: bool) -> Test:
    if start >= above or start > left.high or above <= left.low:
        return not inside
    units = left.units
    if above - start == 1:
        call = np.equal if inside else np.not_equal
        return Kept(lambda chunk: call(units(chunk), start))

    def test(chunk: Chunk) -> Bools:
        found = units(chunk)
        within: Bools = (found >= start) & (found < above)
        return within if inside else ~within

    return Kept(test)


_CALLS: Final = {
    "<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal,
    "==": np.equal, "!=": np.not_equal,
}  # fmt: skip


def _both_whole(op: CompareOp, left: Whole, right: Whole) -> Test | None:
    """Return the comparison of units, where both numbers lie on the grid."""
    if not on_grid(left) or not on_grid(right):
        return None
    factor = common(left.factor, right.factor)
    one, other = int(left.factor / factor), int(right.factor / factor)
    spans = (left.low * one, left.high * one), (right.low * other, right.high * other)
    if not all(is_whole(factor, *span) for span in spans):
        return None
    units: IntsOf = multiples(left, one)
    others: IntsOf = multiples(right, other)
    call = _CALLS[op]
    return Kept(lambda chunk: call(units(chunk), others(chunk)))


def _guess_with(op: CompareOp, left: Real, bound: Decimal) -> BoolsOf:
    """Return the comparison of a guess with a constant.

    An edge lies half a step below or above the bound. `|x - g| <= rel * |g| + abs`, so that a guess
    whose distance from the edge is more than `width` is on its number's side of it: near the edge
    |g| <= |edge| + distance, which the factor 1 + 1e-6 makes up for.
    """
    middle = float(bound)
    sign = -1 if op in (">=", "<") else 1
    edge = middle + sign * _STEP / 2
    width = ((left.rel + 2 * UNIT) * (abs(edge) + _STEP) + left.abs) * (1 + 1e-6)
    floats = left.floats

    def ordered(chunk: Chunk) -> Bools:
        guess = floats(chunk)
        found: Bools = np.greater(guess, edge)
        doubt: Bools = np.abs(guess - edge) <= width
        if op in ("<", "<="):
            np.logical_not(found, out=found)
        return _settled(chunk, found, doubt, op, left, Known(bound))

    def equal(chunk: Chunk) -> Bools:
        gap = np.abs(floats(chunk) - middle)
        found: Bools = gap <= _STEP / 2
        doubt: Bools = np.abs(gap - _STEP / 2) <= width
        if op == "!=":
            np.logical_not(found, out=found)
        return _settled(chunk, found, doubt, op, left, Known(bound))

    return equal if op in ("==", "!=") else ordered


def _guesses(op: CompareOp, left: Real, right: Real) -> BoolsOf:
    """Return the comparison of two guesses: more than a step and their errors apart, or exactly."""
    one, other = left.floats, right.floats
    bound = (left.abs + right.abs + _STEP) * (1 + 1e-6)
    call = _CALLS[op]

    def test(chunk: Chunk) -> Bools:
        a, b = one(chunk), other(chunk)
        found: Bools = call(a, b)
        width = np.abs(a) * (left.rel + UNIT) + np.abs(b) * (right.rel + UNIT) + bound
        doubt: Bools = np.abs(a - b) <= width
        return _settled(chunk, found, doubt, op, left, right)

    return test


def _settled(
    chunk: Chunk, found: Bools, doubt: Bools, op: CompareOp, left: Number, right: Number
) -> Bools:
    """Return the outcome with what is in doubt compared exactly."""
    if not doubt.any():
        return found
    where: Ints = at(doubt)
    chunk.redone += len(where)
    pairs = zip(left.exact(chunk, where), right.exact(chunk, where), strict=True)
    found[where] = [compared(op, a, b) for a, b in pairs]
    return found
