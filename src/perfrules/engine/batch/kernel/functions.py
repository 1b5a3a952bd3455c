"""Functions of numbers on columns: extremes, rounding, roots, logarithms."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, log, sqrt
from typing import Final, Literal, TypeAlias

import numpy as np

from perfrules.decimals import ONE, ZERO
from perfrules.engine.batch.kernel.arithmetic import combine, negated
from perfrules.engine.batch.kernel.chunk import Chunk, Floats, IntsOf, Kept, UnsupportedError
from perfrules.engine.batch.kernel.effects import Effects, there
from perfrules.engine.batch.kernel.numbers import UNIT, Exactly, Known, Number, Real, Whole, real
from perfrules.engine.batch.kernel.score import number_put
from perfrules.engine.batch.kernel.select import extreme
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.lang import operations
from perfrules.lang.plan import Rounding

Mode: TypeAlias = Literal["half_up", "floor", "ceil"]
_LARGEST: Final = 10**15  # units of a rounded number
_HIGHEST: Final = 58.0  # beyond it exp is refused
_LOWEST: Final = -100.0  # below it exp is under 1e-43
_LN: Final = -14000.0, 58.0  # of any number there is


def extreme_of(one: Number, other: Number, *, larger: bool) -> Number:
    """Return the larger or smaller of two numbers, as they are, not snapped.

    Where the guesses are in the wrong order the numbers differ by less than both errors, so that
    the larger of the bounds holds for either.
    """
    if isinstance(one, Known) and isinstance(other, Known):
        return Known((max if larger else min)(one.value, other.value))
    whole = extreme(one, other, larger=larger)
    if whole is not None:
        return whole
    left, right = real(one), real(other)
    call, pick = (np.maximum, max) if larger else (np.minimum, min)

    def floats(chunk: Chunk) -> Floats:
        found: Floats = call(left.floats(chunk), right.floats(chunk))
        return found

    def exact(chunk: Chunk, where: Ints) -> list[Decimal]:
        pairs = zip(left.exact(chunk, where), right.exact(chunk, where), strict=True)
        return [pick(a, b) for a, b in pairs]

    return Real(
        Kept(floats), max(left.rel, right.rel) * (1 + 1e-6), left.abs + right.abs,
        pick(left.low, right.low), pick(left.high, right.high), exact,
    )  # fmt: skip


def rounded(effects: Effects, value: Number, digits: int, mode: Mode) -> Number:
    """Return a number rounded to *digits*: half up away from zero, or down, or up."""
    if mode == "ceil":
        return negated(rounded(effects, negated(value), digits, "floor"))
    guessed = real(value)
    if guessed.abs * 10.0**digits > UNIT**0.5:
        raise UnsupportedError
    bound = _LARGEST / 10.0**digits
    if guessed.size >= bound:
        value = _limited(effects, value, bound)
        guessed = real(value)
    most = ceil(guessed.size * 10**digits) + 1
    exact = _exactly(value.exact, digits, mode)
    factor = Fraction(1, 10**digits)
    if guessed.low >= 0:
        return Whole(_units(value, digits, mode), factor, 0, most, exact)
    if mode == "floor":
        # A whole number more is a whole number more after rounding.
        shift = ceil(guessed.size) + 1
        moved = combine(effects, "+", value, Known(Decimal(shift)))
        plain = _units(_not_negative(moved), digits, mode)
        back = shift * 10**digits
        return Whole(Kept(lambda chunk: plain(chunk) - back), factor, -most, most, exact)
    units = _units(_not_negative(extreme_of(value, negated(value), larger=True)), digits, mode)
    sign = _sign(value)

    def signed(chunk: Chunk) -> Ints:
        return units(chunk) * sign(chunk)

    return Whole(Kept(signed), factor, -most, most, exact)


def _limited(effects: Effects, value: Number, bound: float) -> Number:
    """Return a number of which what reaches a bound is left to the reference."""
    if isinstance(value, Known):
        raise UnsupportedError
    floats, most = real(value).floats, bound * (1 - 1e-9)
    effects.odd(there(lambda chunk: ~(np.abs(floats(chunk)) < most)))
    if isinstance(value, Whole):
        top = int(Fraction(bound) / value.factor)
        return replace(value, low=max(value.low, -top), high=min(value.high, top))
    return replace(value, low=max(value.low, -bound), high=min(value.high, bound))


def _not_negative(value: Number) -> Number:
    """Return a number that is known to be at least 0 as one."""
    if isinstance(value, Known):
        return value
    if isinstance(value, Whole):
        return replace(value, low=max(value.low, 0))
    return replace(value, low=max(value.low, 0.0))


def _sign(value: Number) -> IntsOf:
    """Return -1 where a number is below 0; where its sign is in doubt it rounds to 0."""
    if isinstance(value, Whole):
        units = value.units
        return lambda chunk: 1 - 2 * (units(chunk) < 0)
    floats = real(value).floats
    return lambda chunk: 1 - 2 * (floats(chunk) < 0)


def _units(value: Number, digits: int, mode: Literal["half_up", "floor"]) -> IntsOf:
    put = number_put(value, Rounding(digits, mode))

    def units(chunk: Chunk) -> Ints:
        out = np.empty(chunk.size, np.int64)
        put(chunk, out)
        return out

    return Kept(units)


def _exactly(exact: Exactly, digits: int, mode: Literal["half_up", "floor"]) -> Exactly:
    def rounder(value: Decimal) -> Decimal:
        if mode == "floor":
            return operations.floor(value)
        return operations.rounded(value, Decimal(digits))

    return lambda chunk, where: [rounder(value) for value in exact(chunk, where)]


def square_root(effects: Effects, value: Number) -> Number:
    """Return the square root: it halves a relative error, and adds one rounding."""
    guessed = real(value)
    if guessed.abs:
        raise UnsupportedError  # near 0 nothing would be known of it
    floats = guessed.floats
    if guessed.low < 0:
        effects.odd(there(lambda chunk: ~(floats(chunk) >= 0)))
    high = sqrt(max(guessed.high, 0.0)) * (1 + 1e-9)

    def exact(chunk: Chunk, where: Ints) -> list[Decimal]:
        return [operations.sqrt(max(one, ZERO)) for one in value.exact(chunk, where)]

    return Real(
        Kept(lambda chunk: np.sqrt(floats(chunk))), guessed.rel + UNIT, 0.0, 0.0, high, exact
    )


def logarithm(effects: Effects, value: Number) -> Number:
    """Return the natural logarithm: a relative error becomes an absolute one.

    Vector libraries promise 4 units in the last place; 8 are reckoned with.
    """
    guessed = real(value)
    if guessed.abs:
        raise UnsupportedError
    floats = guessed.floats
    if guessed.low <= 0:
        effects.odd(there(lambda chunk: ~(floats(chunk) > 0)))
    low = log(guessed.low) - 1e-9 if guessed.low > 0 else _LN[0]
    high = log(guessed.high) + 1e-9 if guessed.high > 0 else _LN[1]

    def exact(chunk: Chunk, where: Ints) -> list[Decimal]:
        found = value.exact(chunk, where)
        return [operations.ln(one if one > ZERO else ONE) for one in found]

    return Real(
        Kept(lambda chunk: np.log(floats(chunk))), 8 * UNIT, guessed.rel * 1.1, low, high, exact
    )


def power_of_e(effects: Effects, value: Number) -> Number:
    """Return e to the power of a number: its absolute error becomes a relative one."""
    guessed = real(value)
    floats = guessed.floats
    size = min(guessed.size, -_LOWEST)
    wrong = guessed.rel * size + guessed.abs
    if wrong > 1e-6:  # noqa: PLR2004 - a guess that says hardly anything
        raise UnsupportedError
    if guessed.high > _HIGHEST - 1:
        effects.odd(there(_beyond(guessed)))

    def power(chunk: Chunk) -> Floats:
        found: Floats = np.exp(np.clip(floats(chunk), _LOWEST, _HIGHEST))
        return found

    def exact(chunk: Chunk, where: Ints) -> list[Decimal]:
        most = Decimal(_HIGHEST) - ONE
        return [operations.exp(min(one, most)) for one in value.exact(chunk, where)]

    return Real(Kept(power), wrong * 1.1 + 8 * UNIT, 1e-40, 0.0, 1.6e25, exact)


def _beyond(guessed: Real) -> Callable[[Chunk], Bools]:
    floats = guessed.floats
    return lambda chunk: ~(floats(chunk) < _HIGHEST - 1)
