"""Numbers by column: what is known of them, and how any of them is computed exactly.

A `Whole` is exact: int64 units times a factor, a decimal of 34 digits at most. A `Real` is a guess
with a bound: the reference's number `x` and the guess `g` obey `|x - g| <= rel * |g| + abs`. Each
kind also knows how to compute single values with the reference's own decimal arithmetic, which is
what settles a doubt.

The unit of relative error is `UNIT` = 1.2e-16, a little above 2**-53 = 1.11e-16: the eighth that is
left over covers the products of errors and decimal128's own 5e-34 an operation, as long as a number
comes from fewer than some hundred operations (expressions are capped far below).
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd
from typing import Final, TypeAlias

import numpy as np

from perfrules.decimals import CONTEXT, DIGITS
from perfrules.engine.batch.kernel.chunk import Chunk, Floats, FloatsOf, IntsOf, Kept, Units
from perfrules.engine.batch.vectors import Ints

UNIT: Final = 1.2e-16
MOST: Final = 2**62  # of units: the sum of two such is an int64
# Computes the values of some units of a chunk by decimals; where a unit is refused, anything.
Exactly: TypeAlias = Callable[[Chunk, Ints], list[Decimal]]


@dataclass(frozen=True, slots=True)
class Known:
    """A number that is the same for every unit."""

    value: Decimal

    @property
    def exact(self) -> Exactly:
        """The value, as often as it is asked for."""
        value = self.value
        return lambda _, where: [value] * len(where)


@dataclass(frozen=True, slots=True)
class Whole:
    """`units * factor`, exactly; `low` and `high` are inclusive bounds of the units."""

    units: IntsOf
    factor: Fraction
    low: int
    high: int
    exact: Exactly

    @property
    def least(self) -> Fraction:
        """The lower bound of the number."""
        return self.low * self.factor

    @property
    def most(self) -> Fraction:
        """The upper bound of the number."""
        return self.high * self.factor


@dataclass(frozen=True, slots=True)
class Real:
    """A guess and a bound on its error; `low` and `high` bound the number."""

    floats: FloatsOf
    rel: float
    abs: float
    low: float
    high: float
    exact: Exactly

    @property
    def size(self) -> float:
        """A bound on its absolute value."""
        return max(abs(self.low), abs(self.high))


Number: TypeAlias = Known | Whole | Real


def real(number: Number) -> Real:
    """Return a number as a guess: float(units) * float(factor) rounds three times at most."""
    match number:
        case Known():
            value = float(number.value)
            return Real(lambda _: np.float64(value), UNIT, 0.0, value, value, number.exact)  # type: ignore[return-value,arg-type] # broadcast
        case Whole():
            return Real(
                Kept(_floats(number)), 3 * UNIT, 0.0,
                float(number.least), float(number.most), number.exact,
            )  # fmt: skip
        case Real():
            return number


def _floats(number: Whole) -> FloatsOf:
    units, factor = number.units, float(number.factor)
    given = units.floats if isinstance(units, Units) else units

    def floats(chunk: Chunk) -> Floats:
        found: Floats = np.multiply(given(chunk), factor)
        return found

    return floats


def value_of(fraction: Fraction) -> Decimal | None:
    """Return a fraction as the decimal it is; None where it has more than 34 digits or no end.

    >>> value_of(Fraction(1, 8)), value_of(Fraction(1, 3))
    (Decimal('0.125'), None)
    """
    places = places_of(fraction)
    if places is None:
        return None
    scaled = abs(fraction.numerator) * (10**places // fraction.denominator)
    if scaled >= 10**DIGITS:
        return None
    return Decimal((int(fraction < 0), tuple(map(int, str(scaled))), -places))


def places_of(fraction: Fraction) -> int | None:
    """Return how many decimals a fraction has; None where they don't end.

    >>> places_of(Fraction(1, 40)), places_of(Fraction(1, 6))
    (3, None)
    """
    rest, places = fraction.denominator, [0, 0]
    for at, prime in enumerate((2, 5)):
        while rest % prime == 0:
            rest //= prime
            places[at] += 1
    return max(places) if rest == 1 else None


def is_whole(factor: Fraction, low: int, high: int) -> bool:
    """Return whether units in these bounds, times the factor, are int64 and exact decimals."""
    size = max(abs(low), abs(high))
    if size >= MOST:
        return False
    places = places_of(factor)
    if places is None:
        return False
    most: int = size * factor.numerator * int(10**places // factor.denominator)
    return most < int(10**DIGITS)


def common(left: Fraction, right: Fraction) -> Fraction:
    """Return the largest factor of which both are whole multiples.

    >>> common(Fraction(1, 100), Fraction(3, 8))
    Fraction(1, 200)
    """
    over = gcd(left.numerator * right.denominator, right.numerator * left.denominator)
    return Fraction(over, left.denominator * right.denominator)


def multiples(number: Whole, times: int) -> IntsOf:
    """Return the units of a number in a factor that is *times* smaller."""
    if times == 1:
        return number.units
    units = number.units

    def scaled(chunk: Chunk) -> Ints:
        found: Ints = np.multiply(units(chunk), times)
        return found

    def nothing(chunk: Chunk) -> Ints:
        return np.zeros(chunk.size, np.int64)

    return scaled if times < MOST else nothing  # of so many only 0 is a multiple with room


def scaled(unit: int, scale: int) -> Decimal:
    """Return `unit / 10**scale`, whatever the host's context is.

    >>> scaled(-150, 2)
    Decimal('-1.50')
    """
    return Decimal(unit).scaleb(-scale, CONTEXT)


def scaled_by(factor: Fraction, units: int) -> Decimal:
    """Return `units * factor`, a decimal of 34 digits at most.

    >>> scaled_by(Fraction(1, 8), 3)
    Decimal('0.375')
    """
    found = value_of(units * factor)
    assert found is not None  # noqa: S101 - the factor is one of a `Whole`
    return found
