"""A share of the points, kept as a fraction: a score multiplies before it divides."""

from dataclasses import dataclass
from decimal import Decimal

from perfrules.decimals import CONTEXT, ONE, ZERO, snap
from perfrules.errors import Text
from perfrules.lang.frame import Rated


@dataclass(frozen=True, slots=True)
class Share:
    """`numerator / denominator`; the denominator is above 0."""

    numerator: Decimal
    denominator: Decimal = ONE

    @property
    def value(self) -> Decimal:
        """The share as one number.

        >>> Share(Decimal(1), Decimal(8)).value
        Decimal('0.125')
        """
        return CONTEXT.divide(self.numerator, self.denominator)

    def plus(self, other: "Share") -> "Share":
        """Return the sum.

        >>> Share(Decimal(1), Decimal(3)).plus(Share(Decimal(1), Decimal(6))).value
        Decimal('0.5')
        """
        if self.denominator == other.denominator:
            return Share(CONTEXT.add(self.numerator, other.numerator), self.denominator)
        return Share(
            CONTEXT.add(
                CONTEXT.multiply(self.numerator, other.denominator),
                CONTEXT.multiply(other.numerator, self.denominator),
            ),
            CONTEXT.multiply(self.denominator, other.denominator),
        )

    def minus(self, other: "Share") -> "Share":
        """Return the difference."""
        return self.plus(Share(other.numerator.copy_negate(), other.denominator))

    def times(self, other: "Share") -> "Share":
        """Return the product."""
        return Share(
            CONTEXT.multiply(self.numerator, other.numerator),
            CONTEXT.multiply(self.denominator, other.denominator),
        )

    def under(self, other: "Share") -> bool:
        """Return whether it is smaller, as comparisons see it.

        >>> third = CONTEXT.divide(ONE, Decimal(3))
        >>> Share(third).under(Share(ONE, Decimal(3))), Share(ZERO).under(WHOLE)
        (False, True)
        """
        return snap(self.value) < snap(other.value)

    def floored(self) -> "Share":
        """Return it, or nothing where it is below 0: 扣完为止.

        >>> Share(Decimal(-1), Decimal(8)).floored()
        Share(numerator=Decimal('0'), denominator=Decimal('1'))
        """
        return NOTHING if self.under(NOTHING) else self

    def rated(
        self,
        because: Text,
        *,
        product: bool = False,
        unverified: bool = False,
        notes: tuple[Text, ...] = (),
    ) -> Rated:
        """Return it with its reason."""
        return Rated(self.numerator, because, self.denominator, product, unverified, notes)


NOTHING = Share(ZERO)
WHOLE = Share(ONE)


def share_of(rated: Rated) -> Share:
    """Return the share that a method found."""
    return Share(rated.numerator, rated.denominator)
