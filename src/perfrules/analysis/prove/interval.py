"""Exact intervals of decimals with open or closed ends, and the arithmetic of all their values.

Every operation gives an interval that holds whatever decimal128 makes of values from its operands:
rounding to 34 digits is monotone, so ends may be rounded, but an end that was open is closed then.
Only an open end at 0 stays open where a product or quotient can't become 0.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, Overflow
from typing import Final, TypeAlias

from perfrules.decimals import CONTEXT, ONE, ZERO, plain, snap

_HALF: Final = Decimal("5e-13")  # half of what comparisons see


@dataclass(frozen=True, slots=True)
class Interval:
    """All decimals from `low` to `high`; an end that is None has no bound."""

    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False

    def __str__(self) -> str:
        left = "(" if self.low is None or self.low_open else "["
        right = ")" if self.high is None or self.high_open else "]"
        low = "-∞" if self.low is None else plain(self.low)
        return f"{left}{low}, {'∞' if self.high is None else plain(self.high)}{right}"

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, Decimal):
            return False
        below = self.low is not None and (value < self.low or (self.low_open and value == self.low))
        above = self.high is not None and (
            value > self.high or (self.high_open and value == self.high)
        )
        return not (below or above)

    @property
    def one(self) -> Decimal | None:
        """The only value, where there is just one.

        >>> point(ONE).one, Interval(ZERO, ONE).one
        (Decimal('1'), None)
        """
        return self.low if self.low is not None and self.low == self.high else None

    @property
    def decides(self) -> int | None:
        """The sign that all its values have; None where they differ."""
        if self.low is not None and (self.low > 0 or (self.low == 0 and self.low_open)):
            return 1
        if self.high is not None and (self.high < 0 or (self.high == 0 and self.high_open)):
            return -1
        return 0 if self.one == ZERO else None

    def meet(self, other: "Interval") -> "Interval | None":
        """Return what both have; None where that is nothing.

        >>> str(UNIT.meet(Interval(ONE))), UNIT.meet(point(Decimal(100)))
        ('[1, 1]', None)
        """
        low, low_open = _higher((self.low, self.low_open), (other.low, other.low_open))
        high, high_open = _lower((self.high, self.high_open), (other.high, other.high_open))
        crossed = low is not None and high is not None and low > high
        if crossed or (low is not None and low == high and (low_open or high_open)):
            return None
        return Interval(low, high, low_open, high_open)

    def join(self, other: "Interval") -> "Interval":
        """Return the smallest interval that holds both.

        >>> str(Interval(ZERO, ONE).join(point(Decimal(100))))
        '[0, 100]'
        """
        low: Decimal | None = None
        high: Decimal | None = None
        low_open = high_open = False
        if self.low is not None and other.low is not None:
            low = min(self.low, other.low)
            ends = [item.low_open for item in (self, other) if item.low == low]
            low_open = all(ends)
        if self.high is not None and other.high is not None:
            high = max(self.high, other.high)
            ends = [item.high_open for item in (self, other) if item.high == high]
            high_open = all(ends)
        return Interval(low, high, low_open, high_open)

    def negated(self) -> "Interval":
        """Return the interval of `-x`."""
        low = None if self.high is None else -self.high
        high = None if self.low is None else -self.low
        return Interval(low, high, self.high_open, self.low_open)

    def plus(self, other: "Interval") -> "Interval":
        """Return the interval of `x + y`.

        >>> str(Interval(ZERO, ONE).plus(Interval(ONE, None)))
        '[1, ∞)'
        """
        low = _both(CONTEXT.add, self.low, other.low)
        high = _both(CONTEXT.add, self.high, other.high)
        positive = low == 0 and (self.low_open or other.low_open)
        negative = high == 0 and (self.high_open or other.high_open)
        return Interval(low, high, positive, negative)

    def minus(self, other: "Interval") -> "Interval":
        """Return the interval of `x - y`."""
        return self.plus(other.negated())

    def times(self, other: "Interval") -> "Interval":
        """Return the interval of `x * y`.

        >>> str(Interval(-ONE, ONE).times(point(Decimal(100))))
        '[-100, 100]'
        """
        found = _corners(self, other, _product)
        if self.decides and other.decides:
            return _without_zero(found, self.decides * other.decides)
        return found

    def over(self, other: "Interval") -> "Interval":
        """Return the interval of `x / y` for all y but 0, which fails.

        >>> str(point(ONE).over(Interval(ZERO, Decimal(100)))), str(point(ONE).over(Interval()))
        ('[0.01, ∞)', '(-∞, ∞)')
        """
        sign = other.decides
        if sign is None and other.low == 0:
            other, sign = Interval(ZERO, other.high, low_open=True), 1
        elif sign is None and other.high == 0:
            other, sign = Interval(other.low, ZERO, high_open=True), -1
        if not sign:
            return Interval()
        found = _corners(self, other, _quotient)
        return _without_zero(found, self.decides * sign) if self.decides else found

    def mapped(self, function: Callable[[Decimal], Decimal]) -> "Interval":
        """Return the interval of a function that never falls; ends are closed."""
        low = None if self.low is None else function(self.low)
        return Interval(low, None if self.high is None else function(self.high))

    def seen(self) -> "Interval":
        """Return what comparisons see: ends on the grid of 12 decimals, both closed.

        >>> str(Interval(Decimal("90.0000000000005"), None, low_open=True).seen())
        '[90.000000000001, ∞)'
        """
        low, high = self.low, self.high
        if low is not None:
            low = _above(low) if self.low_open else snap(low)
        if high is not None:
            high = -_above(-high) if self.high_open else snap(high)
        return Interval(low, high)

    def unseen(self) -> "Interval":
        """Return the values that comparisons may see as one of this interval's."""
        low = None if self.low is None else self.low - _HALF
        return Interval(low, None if self.high is None else self.high + _HALF)


def point(value: Decimal) -> Interval:
    """Return the interval of one value.

    >>> str(point(ONE))
    '[1, 1]'
    """
    return Interval(value, value)


UNIT: Final = Interval(ZERO, ONE)
STEP: Final = Decimal("1e-12")  # the next value that comparisons tell apart

_End: TypeAlias = tuple[Decimal | None, bool]
_Corner: TypeAlias = tuple[Decimal | None, int]  # a value, or none and the sign of its infinity


def _higher(one: _End, other: _End) -> _End:
    if one[0] is None or other[0] is None:
        return other if one[0] is None else one
    if one[0] == other[0]:
        return one[0], one[1] or other[1]
    return one if one[0] > other[0] else other


def _lower(one: _End, other: _End) -> _End:
    if one[0] is None or other[0] is None:
        return other if one[0] is None else one
    if one[0] == other[0]:
        return one[0], one[1] or other[1]
    return one if one[0] < other[0] else other


def _above(value: Decimal) -> Decimal:
    """Return the least value on the grid that something above *value* may be seen as."""
    near = snap(value)
    # A tie falls to the even neighbour; whatever lies above it goes to the upper one.
    return near + STEP if value - near == _HALF else near


def _both(
    op: Callable[[Decimal, Decimal], Decimal], one: Decimal | None, other: Decimal | None
) -> Decimal | None:
    return None if one is None or other is None else op(one, other)


def _product(left: Decimal | None, right: Decimal | None, signs: tuple[int, int]) -> _Corner:
    """Return a product of two ends, or the sign of its infinity; 0 times no bound is 0."""
    if left == 0 or right == 0:
        return ZERO, 0
    if left is None or right is None:
        return None, signs[0] * signs[1]
    return _bounded(CONTEXT.multiply, left, right, signs)


def _quotient(left: Decimal | None, right: Decimal | None, signs: tuple[int, int]) -> _Corner:
    """Return a quotient of two ends; the divisor's ends have one sign, given for an end at 0."""
    if left == 0:
        return ZERO, 0
    if right is None:
        return ZERO, 0  # beside the other corners, which are further from 0
    if left is None or right == 0:
        return None, signs[0] * signs[1]
    return _bounded(CONTEXT.divide, left, right, signs)


def _bounded(
    op: Callable[[Decimal, Decimal], Decimal], left: Decimal, right: Decimal, signs: tuple[int, int]
) -> _Corner:
    try:
        return op(left, right), 0
    except (InvalidOperation, Overflow):
        return None, signs[0] * signs[1]


def _corners(
    one: Interval,
    other: Interval,
    op: Callable[[Decimal | None, Decimal | None, tuple[int, int]], _Corner],
) -> Interval:
    """Return the hull of what *op* makes of the ends."""
    sign = other.decides
    found = [
        op(left, right, (_sign(left, left_side), sign or _sign(right, right_side)))
        for left, left_side in ((one.low, -1), (one.high, 1))
        for right, right_side in ((other.low, -1), (other.high, 1))
    ]
    values = [value for value, _ in found if value is not None]
    low = None if any(side < 0 for _, side in found) else min(values)
    high = None if any(side > 0 for _, side in found) else max(values)
    return Interval(low, high)


def _sign(end: Decimal | None, side: int) -> int:
    return side if end is None else (end > 0) - (end < 0)


def _without_zero(found: Interval, sign: int) -> Interval:
    """Return a product of values that aren't 0: it isn't 0 either."""
    if sign > 0 and found.low == 0:
        return Interval(ZERO, found.high, low_open=True, high_open=found.high_open)
    if sign < 0 and found.high == 0:
        return Interval(found.low, ZERO, low_open=found.low_open, high_open=True)
    return found
