"""A rational function of whole units, rounded as scores and rates are, in integers.

For a score `x = n * A / B` in units of the last digit (A, B whole, B > 0, n an integer) the
reference divides to 34 digits, snaps to 12 decimals half-even, and rounds half up. Half a unit's
tie, seen from the 12th decimal, is an even multiple of its step as long as there are 10 digits at
most, so that snapping carries everything from half a step below the tie onto it: `x` becomes k + 1
exactly when x >= k + 1/2 - d, where d = 10**(digits - 12) / 2. With integers that is

    floor((n * A + floor(B / 2 + B * d)) / B)

for n * A is an integer. That the quotient was rounded to 34 digits changes nothing: the edge itself
has fewer digits, rounding keeps the order, and a quotient that isn't on the edge is at least
1 / (B * 2 * 10**(12 - digits)) away from it, which `_told_apart` holds against half a unit of the
34th digit.
"""

from fractions import Fraction
from math import floor
from typing import Final

import numpy as np

from perfrules.decimals import DIGITS, SNAP, RoundingMode
from perfrules.engine.batch.kernel.chunk import Chunk, IntsOf, Put
from perfrules.engine.batch.kernel.numbers import MOST, Whole
from perfrules.engine.batch.vectors import Ints

MOST_DIGITS: Final = SNAP - 2  # with more, ties aren't even multiples of the step


def _told_apart(by: Fraction, high: int) -> bool:
    """Whether rounding to 34 digits can't carry a quotient up to `high * by` onto an edge."""
    size = max(1, floor(high * by))
    gap = Fraction(1, by.denominator * 2 * 10**SNAP)
    return gap > Fraction(10 ** len(str(size)), 10**DIGITS)


def rounded(number: Whole, by: Fraction, digits: int, mode: RoundingMode) -> Put | None:
    """Return what writes `number * by` rounded to *digits*, in units of its last digit.

    Args:
        number: At least 0.
        by: A factor above 0.
        digits: How many decimals.
        mode: How ties are rounded.

    Returns:
        None where the integers don't fit.
    """
    if digits > MOST_DIGITS or number.low < 0:
        return None
    ratio = number.factor * by * 10**digits
    over, under = ratio.numerator, ratio.denominator
    edge = Fraction(10**digits, 2 * 10**SNAP)
    shift = floor(under * (edge if mode == "floor" else edge + Fraction(1, 2)))
    if number.high * over + shift >= MOST or not _told_apart(number.factor * by, number.high):
        return None
    put = _quotient(number.units, over, shift, under)
    if mode != "half_even" or under == 1:
        return put
    return _to_even(put, number.units, over, under, floor(under * (edge - Fraction(1, 2))))


def _quotient(units: IntsOf, over: int, shift: int, under: int) -> Put:
    if under == 1:

        def product(chunk: Chunk, out: Ints) -> None:
            np.multiply(units(chunk), over, out=out)

        return product

    def quotient(chunk: Chunk, out: Ints) -> None:
        found = units(chunk)
        if over != 1:
            found = np.multiply(found, over, out=out)
        np.add(found, shift, out=out)
        np.floor_divide(out, under, out=out)

    return quotient


def _to_even(put: Put, units: IntsOf, over: int, under: int, most: int) -> Put:
    """Return what takes ties, snapped, from the odd result above to the even one below."""

    def even(chunk: Chunk, out: Ints) -> None:
        put(chunk, out)
        tie = units(chunk) * over - out * under <= most
        out -= tie & (out & 1).astype(np.bool_)

    return even


def rates(number: Whole, by: Fraction) -> Put | None:
    """Return what writes `number * by` to 12 decimals, half-even; None where ties are possible.

    In lowest terms an odd denominator has no ties: floor((2 * n * A + B) / (2 * B)) is exact.
    """
    ratio = number.factor * by * 10**SNAP
    over, under = ratio.numerator, ratio.denominator
    size = max(abs(number.low), abs(number.high))
    if under == 1:
        return _quotient(number.units, over, 0, 1) if size * over < MOST else None
    if under % 2 == 0 or 2 * (size * over + under) >= MOST:
        return None
    if not _told_apart(number.factor * by, size):
        return None
    # (2nA + B) // 2B = (nA + (B - 1) / 2) // B, as B is odd
    return _quotient(number.units, over, (under - 1) // 2, under)
