"""Arithmetic of columns of numbers: in whole units as long as they fit, else by bounded guesses."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, DecimalException
from fractions import Fraction
from math import inf
from typing import Final, Literal, TypeAlias

import numpy as np

from perfrules.decimals import CONTEXT, LIMIT, ONE, ZERO
from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, Floats, FloatsOf, IntsOf, Kept
from perfrules.engine.batch.kernel.effects import Effects, there
from perfrules.engine.batch.kernel.numbers import (
    UNIT,
    Exactly,
    Known,
    Number,
    Real,
    Whole,
    common,
    is_whole,
    multiples,
    real,
    value_of,
)
from perfrules.engine.batch.vectors import Bools, Ints

Op: TypeAlias = Literal["+", "-", "*", "/"]
_Decimals: TypeAlias = Callable[[Decimal, Decimal], Decimal]

_LIMIT: Final = float(LIMIT)
_SLACK: Final = 1 - 1e-9  # a guess that is further from the limit is under it


def _divide(left: Decimal, right: Decimal) -> Decimal:
    """Return the quotient; anything where the unit is refused for dividing by zero."""
    return CONTEXT.divide(left, right) if right else ZERO


_EXACT: Final[dict[Op, _Decimals]] = {
    "+": CONTEXT.add,
    "-": CONTEXT.subtract,
    "*": CONTEXT.multiply,
    "/": _divide,
}


def exactly(call: _Decimals, left: Exactly, right: Exactly) -> Exactly:
    """Return what computes an operation on the exact values of two numbers."""

    def exact(chunk: Chunk, where: Ints) -> list[Decimal]:
        return [
            call(one, other)
            for one, other in zip(left(chunk, where), right(chunk, where), strict=True)
        ]

    return exact


def combine(effects: Effects, op: Op, left: Number, right: Number) -> Number:
    """Return the value of an operation; where it is refused, units are marked as odd."""
    if isinstance(left, Known) and isinstance(right, Known):
        return _folded(effects, op, left.value, right.value)
    same = _unchanged(op, left, right)
    if same is not None:
        return same
    if op == "/":
        _refuse_zero(effects, right)
    exact = exactly(_EXACT[op], left.exact, right.exact)
    found: Number | None = None
    if not isinstance(left, Real) and not isinstance(right, Real):
        found = _whole(op, left, right, exact)
    if found is None:
        divisor = real(right)
        if op == "/" and isinstance(right, Whole) and right.low == 0:
            divisor = replace(divisor, low=float(right.factor))  # of units that aren't refused
        found = _real(op, real(left), divisor, exact)
    return limited(effects, found)


def _folded(effects: Effects, op: Op, left: Decimal, right: Decimal) -> Known:
    try:
        found = (CONTEXT.divide if op == "/" else _EXACT[op])(left, right)
    except DecimalException:
        found = LIMIT
    if found.copy_abs() >= LIMIT:
        effects.always_odd()
        return Known(ONE)
    return Known(found)


def _unchanged(op: Op, left: Number, right: Number) -> Number | None:
    """Return the operand that an operation with 1 or 0 gives back."""
    if isinstance(right, Known):
        if op in ("*", "/") and right.value == ONE:
            return left
        if op in ("+", "-") and not right.value:
            return left
    if isinstance(left, Known):
        if op == "*" and left.value == ONE:
            return right
        if op == "+" and not left.value:
            return right
    return None


def limited(effects: Effects, number: Number) -> Number:
    """Return the number; units where it may reach 1e25 are odd."""
    if isinstance(number, Known):
        return number
    if isinstance(number, Whole):
        if max(abs(number.least), abs(number.most)) < LIMIT:
            return number
        return limited(effects, real(number))
    if number.size < _LIMIT * _SLACK and number.abs < _LIMIT:
        return number
    floats, bound = number.floats, _LIMIT * _SLACK

    def beyond(chunk: Chunk) -> Bools:
        found: Bools = ~(np.abs(floats(chunk)) < bound)  # what is no number is beyond, too
        return found

    effects.odd(there(beyond))
    low, high = max(number.low, -_LIMIT), min(number.high, _LIMIT)
    return Real(floats, number.rel, number.abs, low, high, number.exact)


def _refuse_zero(effects: Effects, number: Number) -> None:
    """Mark units in which a divisor is 0, not even snapped."""
    match number:
        case Known():
            if not number.value:
                effects.always_odd()
        case Whole():
            if number.low <= 0 <= number.high:
                units = number.units
                effects.odd(there(lambda chunk: units(chunk) == 0))
        case Real():
            if number.low <= number.abs and number.high >= -number.abs:
                effects.odd(there(_vanishing(number)))


def _vanishing(number: Real) -> BoolsOf:
    floats, rel, bound = number.floats, number.rel, number.abs

    def mask(chunk: Chunk) -> Bools:
        guess = np.abs(floats(chunk))
        found: Bools = ~(guess * (1 - rel) > bound)
        return found

    return mask


def _whole(op: Op, left: Known | Whole, right: Known | Whole, exact: Exactly) -> Number | None:
    """Return the result in whole units, or None where it doesn't fit."""
    if op in ("+", "-"):
        return _sum(left, right, exact, sign=1 if op == "+" else -1)
    if op == "/":
        if isinstance(left, Whole) and isinstance(right, Known) and right.value:
            return _times(left, 1 / Fraction(right.value), exact)
        return None
    if isinstance(left, Whole) and isinstance(right, Whole):
        return _product(left, right, exact)
    number, other = (left, right) if isinstance(left, Whole) else (right, left)
    assert isinstance(number, Whole)  # noqa: S101 - constants were folded
    assert isinstance(other, Known)  # noqa: S101 - the other one
    return _times(number, Fraction(other.value), exact)


def _times(number: Whole, by: Fraction, exact: Exactly) -> Number | None:
    if not by:
        return Known(ZERO)
    factor = number.factor * abs(by)
    if not is_whole(factor, number.low, number.high):
        return None
    if by > 0:
        return Whole(number.units, factor, number.low, number.high, exact)
    return Whole(_negative(number.units), factor, -number.high, -number.low, exact)


def _negative(units: IntsOf) -> IntsOf:
    def negative(chunk: Chunk) -> Ints:
        found: Ints = np.negative(units(chunk))
        return found

    return negative


def _product(left: Whole, right: Whole, exact: Exactly) -> Whole | None:
    factor = left.factor * right.factor
    ends = [one * other for one in (left.low, left.high) for other in (right.low, right.high)]
    low, high = min(ends), max(ends)
    if not is_whole(factor, low, high):
        return None
    one, other = left.units, right.units

    def units(chunk: Chunk) -> Ints:
        found: Ints = one(chunk) * other(chunk)
        return found

    return Whole(Kept(units), factor, low, high, exact)


def _sum(left: Known | Whole, right: Known | Whole, exact: Exactly, *, sign: int) -> Whole | None:
    factors = [
        number.factor if isinstance(number, Whole) else abs(Fraction(number.value))
        for number in (left, right)
    ]
    factor = common(*factors)
    one, other = (_span(number, factor, times) for number, times in ((left, 1), (right, sign)))
    low, high = one[0] + other[0], one[1] + other[1]
    fits = all(is_whole(factor, *span) for span in (one, other, (low, high)))
    if not fits:
        return None
    return Whole(Kept(_added(left, right, factor, sign)), factor, low, high, exact)


def _span(number: Known | Whole, factor: Fraction, sign: int) -> tuple[int, int]:
    """Return the bounds of a number in units of *factor*."""
    if isinstance(number, Known):
        unit = int(Fraction(number.value) / factor) * sign
        return unit, unit
    times = int(number.factor / factor)
    ends = number.low * times * sign, number.high * times * sign
    return min(ends), max(ends)


def _added(left: Known | Whole, right: Known | Whole, factor: Fraction, sign: int) -> IntsOf:
    if isinstance(left, Known) or isinstance(right, Known):
        number = right if isinstance(left, Known) else left
        assert isinstance(number, Whole)  # noqa: S101 - constants were folded
        unit = _span(left if isinstance(left, Known) else right, factor, 1)[0]
        units = multiples(number, int(number.factor / factor))
        if isinstance(left, Known):
            if sign > 0:
                return lambda chunk: units(chunk) + unit
            return lambda chunk: unit - units(chunk)
        return lambda chunk: units(chunk) + sign * unit
    one = multiples(left, int(left.factor / factor))
    other = multiples(right, int(right.factor / factor))
    if sign > 0:
        return lambda chunk: one(chunk) + other(chunk)
    return lambda chunk: one(chunk) - other(chunk)


def _real(op: Op, left: Real, right: Real, exact: Exactly) -> Real:
    """Return the guess with its bound: errors of the operands carried on, and one rounding."""
    one, other = left.floats, right.floats
    floats: FloatsOf
    if op in ("+", "-"):
        floats = (
            (lambda chunk: one(chunk) + other(chunk))
            if op == "+"
            else (lambda chunk: one(chunk) - other(chunk))
        )
        if op == "-":
            right = Real(other, right.rel, right.abs, -right.high, -right.low, right.exact)
        low, high = left.low + right.low, left.high + right.high
        bound = left.abs + right.abs
        if min(left.low, right.low) >= 0 or max(left.high, right.high) <= 0:
            # Both of one sign: |a| + |b| = |a + b|, so that relative errors stay relative.
            return Real(Kept(floats), max(left.rel, right.rel) + UNIT, bound, low, high, exact)
        # |a| <= |a + b| + |b|, where b is the one that is surely small.
        large, small = (left, right) if left.size >= right.size else (right, left)
        bound += (large.rel + small.rel) * small.size
        return Real(Kept(floats), large.rel + UNIT, bound * (1 + 1e-9), low, high, exact)
    if op == "*":
        floats = lambda chunk: one(chunk) * other(chunk)  # noqa: E731 - beside its siblings
        ends = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        bound = left.abs * right.size + right.abs * left.size + left.abs * right.abs
        if bound != bound:  # noqa: PLR0124 - nothing is known of one, and the other is 0
            bound = inf
        rel = left.rel + right.rel + UNIT
        return Real(Kept(floats), rel, bound * (1 + 1e-9), min(ends), max(ends), exact)
    return _quotient(left, right, exact)


def _quotient(left: Real, right: Real, exact: Exactly) -> Real:
    one, other = left.floats, right.floats

    def floats(chunk: Chunk) -> Floats:
        found: Floats = np.divide(one(chunk), other(chunk))
        return found

    low, high = -_LIMIT, _LIMIT
    smallest = max(right.low, -right.high, 0.0)
    rel, bound = left.rel + right.rel + UNIT, 0.0
    if smallest > 0:
        size = left.size / smallest * (1 + 1e-9)
        rel += right.abs / smallest * (1 + 1e-9)
        bound = left.abs / smallest * (1 + 1e-9)
        low, high = -size, size
    elif left.abs or right.abs:
        bound = inf  # nothing is known: every value is computed exactly
    if left.low >= 0 and right.low >= 0:
        low = 0.0
    return Real(Kept(floats), rel, bound, max(low, -_LIMIT), min(high, _LIMIT), exact)


def negated(number: Number) -> Number:
    """Return the number with the other sign."""
    exact = number.exact

    def negative(chunk: Chunk, where: Ints) -> list[Decimal]:
        return [value.copy_negate() for value in exact(chunk, where)]

    match number:
        case Known():
            return Known(number.value.copy_negate())
        case Whole():
            units = _negative(number.units)
            return Whole(units, number.factor, -number.high, -number.low, negative)
        case Real():
            floats = number.floats
            return Real(
                lambda chunk: np.negative(floats(chunk)),
                number.rel, number.abs, -number.high, -number.low, negative,
            )  # fmt: skip


def known(fraction: Fraction) -> Known | None:
    """Return a fraction as a number, where it is a decimal."""
    found = value_of(fraction)
    return None if found is None else Known(found)
