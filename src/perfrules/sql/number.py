"""Numbers of the language as fractions of integers, with a bound on what decimal128 makes of them.

A number v is `top / (10**scale * bottom)`, exactly. The interpreter keeps 34 digits: its value
differs from v by `loss * |v| + slip` at most. What is compared or rounded is snapped to 12 decimals
first; only a value that lies so near to a tie there can go either way, and such a row is left in
doubt instead of being guessed.
"""

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from perfrules.sql.whole import Whole, constant

EXACT: Final = Fraction(0)


@dataclass(frozen=True, slots=True)
class Number:
    """A fraction of integers between *low* and *high*; `direct`: it was rounded at most once."""

    top: Whole
    scale: int
    bottom: Whole | None
    low: Fraction
    high: Fraction
    loss: Fraction = EXACT
    slip: Fraction = EXACT
    direct: bool = True

    @property
    def exact(self) -> bool:
        """Whether the interpreter's value is this one."""
        return not self.loss and not self.slip

    @property
    def size(self) -> Fraction:
        """The largest absolute value."""
        return max(abs(self.low), abs(self.high))

    @property
    def constant(self) -> Fraction | None:
        """The value, where it is written out."""
        below = 1 if self.bottom is None else self.bottom.constant
        if self.top.constant is None or below is None:
            return None
        return Fraction(self.top.constant, 10**self.scale * below)


def decimal(value: Decimal) -> Number:
    """Return a number that is written out.

    >>> found = decimal(Decimal("0.25"))
    >>> found.top.constant, found.scale
    (25, 2)
    """
    short = value.normalize() if value else Decimal(0)
    exponent = short.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - admitted values are finite
    scale = max(-exponent, 0)
    exact = Fraction(value)
    return Number(constant(int(exact * 10**scale)), scale, None, exact, exact)


ZERO: Final = decimal(Decimal(0))
ONE: Final = decimal(Decimal(1))


def whole_number(value: Whole, scale: int = 0) -> Number:
    """Return `value / 10**scale`."""
    step = 10**scale
    return Number(value, scale, None, Fraction(value.low, step), Fraction(value.high, step))


def within(value: Number, low: Fraction, high: Fraction) -> Number:
    """Return *value*, known to lie between *low* and *high* wherever it is used."""
    return replace(value, low=max(low, value.low), high=min(high, value.high))
