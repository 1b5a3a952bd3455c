"""Guesses rounded as scores and rates are: floor of a shifted float, and doubts settled exactly.

A score's tie lies half a step of the 12th decimal below where people see it (see `grid`): in units
of the last digit the edge is k + 1/2 - d. A guess `g` off by at most `width` gives floor(g + 1/2 +
d); it is in doubt only where that is within `width` of a whole number. Values that are ties on
paper lie d above the edge: as d is 5e-11 with two digits, and the error of a score under 100 is
1e-11 at most, ties cost nothing. A rate to 12 decimals has no such margin, and is in doubt where it
lies within `width` of half a step: for one value in some thousands.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

import numpy as np

from perfrules.decimals import CONTEXT, SNAP, RoundingMode, round_to, snap
from perfrules.engine.batch.kernel.chunk import Chunk, Floats, FloatsOf, Put
from perfrules.engine.batch.kernel.grid import MOST_DIGITS
from perfrules.engine.batch.kernel.numbers import Exactly
from perfrules.engine.batch.kernel.select import at
from perfrules.engine.batch.vectors import Bools, Ints

_HALF: Final = 0.5
_MOST: Final = Decimal(2**62)


def rounded(
    floats: FloatsOf,
    width: float,
    digits: int,
    mode: RoundingMode,
    exact: Exactly,
    *,
    rel: float = 0.0,
) -> Put:
    """Return what writes a number at least 0, rounded, in units of its last digit.

    Args:
        floats: The guess, in units of the last digit; a fresh array each time.
        width: A bound on its error, in these units.
        digits: How many decimals.
        mode: How ties are rounded.
        exact: The number itself, not in these units.
        rel: What its error may be besides, as a share of the guess.
    """
    shift = 10.0**digits / (2 * 10.0**SNAP)
    band = 2 * shift  # above an edge, in which a snapped number is a tie
    offset = shift if mode == "floor" else _HALF + shift
    # One more rounding for the sum; the shift itself is a float, too.
    span = width * (1 + 1e-6) + 4e-16

    def settle(chunk: Chunk, out: Ints, where: Ints) -> None:
        out[where] = [units_of(item, digits, mode) for item in exact(chunk, where)]

    def put(chunk: Chunk, out: Ints) -> None:
        guess = floats(chunk)
        wide = np.abs(guess) * rel + span if rel else span
        guess += offset
        whole = np.floor(guess)
        guess -= whole
        doubt: Bools = guess <= wide
        doubt |= guess >= 1 - wide
        if mode == "half_even":
            doubt |= np.abs(guess - band) <= wide
        np.copyto(out, whole, casting="unsafe")
        if mode == "half_even":
            out -= (guess < band) & (out & 1).astype(np.bool_)
        _doubtful(chunk, out, doubt, settle)

    return put if digits <= MOST_DIGITS else _always(settle)


def rates(floats: FloatsOf, width: float, exact: Exactly) -> Put:
    """Return what writes a number to 12 decimals, half-even, in units of the last.

    Args:
        floats: The guess in these units; a fresh array each time.
        width: A bound on its error.
        exact: The number itself.
    """
    span = width * (1 + 1e-6) + 4e-16

    def settle(chunk: Chunk, out: Ints, where: Ints) -> None:
        out[where] = [rate_of(item) for item in exact(chunk, where)]

    def put(chunk: Chunk, out: Ints) -> None:
        guess = floats(chunk)
        whole = np.rint(guess)
        guess -= whole
        np.absolute(guess, out=guess)
        doubt: Bools = guess >= _HALF - span
        np.copyto(out, whole, casting="unsafe")
        _doubtful(chunk, out, doubt, settle)

    return put


def _doubtful(
    chunk: Chunk, out: Ints, doubt: Bools, settle: Callable[[Chunk, Ints, Ints], None]
) -> None:
    if doubt.any():
        where = at(doubt)
        chunk.redone += len(where)
        settle(chunk, out, where)


def _always(settle: Callable[[Chunk, Ints, Ints], None]) -> Put:
    def put(chunk: Chunk, out: Ints) -> None:
        chunk.redone += chunk.size
        settle(chunk, out, np.arange(chunk.size))

    return put


def units_of(value: Decimal, digits: int, mode: RoundingMode) -> int:
    """Return a number rounded, in units of its last digit.

    >>> units_of(Decimal("10.005"), 2, "half_up")
    1001
    """
    return _held(round_to(value, digits, mode).scaleb(digits, CONTEXT))


def rate_of(value: Decimal) -> int:
    """Return a number to 12 decimals, in units of the last.

    >>> rate_of(Decimal("0.25"))
    250000000000
    """
    return _held(snap(value).scaleb(SNAP, CONTEXT))


def _held(value: Decimal) -> int:
    """Return a whole number where it is an int64; else anything: its unit is refused."""
    return int(value) if value.copy_abs() < _MOST else 0


def fresh(floats: FloatsOf, by: float) -> FloatsOf:
    """Return a guess times a factor, in an array of its own: one rounding, one of the factor."""

    def times(chunk: Chunk) -> Floats:
        found: Floats = np.multiply(floats(chunk), by)
        return found

    return times
