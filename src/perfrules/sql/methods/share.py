"""A share of the points, kept as a fraction: a score multiplies before it divides."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from sqlglot import exp

from perfrules.lang.methods.amount import Amount
from perfrules.lang.tree import Expr
from perfrules.sql.expressions import number
from perfrules.sql.nodes import Cond, Node, both, negated, present, text
from perfrules.sql.number import ONE, ZERO, Number, decimal, within
from perfrules.sql.scene import MISSING, NO_TOTAL, Known, Scene


@dataclass(frozen=True, slots=True)
class Share:
    """`top / bottom`; the bottom is above 0."""

    top: Number
    bottom: Number = ONE


NOTHING = Share(ZERO)
WHOLE = Share(ONE)


@dataclass(frozen=True, slots=True)
class Rating:
    """What a method sees: the ruleset on its way, the leaf's points, where its faults belong."""

    scene: Scene
    points: Decimal

    # ---- values

    def number(self, expr: Expr) -> Number:
        """Return the value of an expression."""
        return number(self.scene, expr)

    def compared(self, expr: Expr) -> Number:
        """Return the value as comparisons see it."""
        return self.scene.numbers.snap(self.number(expr))

    def required(self, code: str, value: Number, good: Cond) -> Number:
        """Return *value*, NULL and a fault where *good* doesn't hold."""
        good = self.scene.condition(good)
        self.scene.watch.tell(code, negated(good))
        return value if good is True else self.scene.numbers.select([(good, value)])

    def not_negative(self, expr: Expr, code: str = "PRF560") -> Number:
        """Return a value that must be 0 or more."""
        found = self.number(expr)
        if found.low >= 0:
            return found
        good = self.scene.numbers.compare(">=", found, ZERO)
        return within(self.required(code, found, good), Fraction(0), found.size)

    def whole_of(self, amount: Amount) -> Number:
        """Return what an amount is a part of: the points, or 1."""
        return decimal(self.points) if amount.in_points else ONE

    def worth(self, amount: Amount) -> Share:
        """Return an amount as a share; PRF563 where it is more than the whole, or below 0."""
        found = self.not_negative(amount.expr, "PRF563")
        whole = self.whole_of(amount)
        limit = whole.high
        if found.high > limit:
            good = self.scene.numbers.compare("<=", found, whole)
            found = self.required("PRF563", found, good)
            found = within(found, Fraction(0), limit + Fraction(1, 10**12))
        return Share(found, whole)

    def loss(self, amount: Amount) -> Share:
        """Return what one occurrence costs; more than all of it is fine."""
        return Share(self.not_negative(amount.expr, "PRF563"), self.whole_of(amount))

    def shown(self, expr: Expr) -> None:
        """Tell what a reason runs into that shows every value *expr* names, also unused ones."""
        for name in sorted(expr.names):
            known = self.scene.names.get(name)
            if isinstance(known, Known) and known.trouble is not None:
                lacks = is_missing(known.trouble)
                self.scene.watch.tell(known.trouble, both(present(known.trouble), negated(lacks)))

    def attempt(self, expr: Expr) -> tuple[Number, Cond]:
        """Return a value and whether it is missing; its other faults are told."""
        scene = self.scene
        with scene.watch.apart() as found:
            value = number(scene, expr)
        code = scene.code_of(found)
        if code is None:
            return value, False
        lacks = scene.condition(is_missing(code))
        scene.watch.tell(code, both(present(code), negated(lacks)))
        return value, lacks

    # ---- shares

    def value(self, share: Share) -> Number:
        """Return a share as one number, 34 digits."""
        if share.bottom == ONE:
            return share.top
        return self.scene.numbers.divide(share.top, share.bottom)

    def under(self, share: Share, other: Share) -> Cond:
        """Return whether a share is smaller, as comparisons see it."""
        found = self.scene.numbers.compare("<", self.value(share), self.value(other))
        return self.scene.condition(found)

    def plus(self, share: Share, other: Share) -> Share:
        """Return the sum."""
        numbers = self.scene.numbers
        if share.bottom == other.bottom:
            return Share(numbers.named(numbers.add(share.top, other.top)), share.bottom)
        left = numbers.multiply(share.top, other.bottom)
        right = numbers.multiply(other.top, share.bottom)
        bottom = numbers.multiply(share.bottom, other.bottom)
        return Share(numbers.named(numbers.add(left, right)), numbers.named(bottom))

    def minus(self, share: Share, other: Share) -> Share:
        """Return the difference."""
        return self.plus(share, Share(self.scene.numbers.negative(other.top), other.bottom))

    def times(self, share: Share, other: Share) -> Share:
        """Return the product."""
        numbers = self.scene.numbers
        top = numbers.multiply(share.top, other.top)
        bottom = numbers.multiply(share.bottom, other.bottom)
        return Share(numbers.named(top), numbers.named(bottom))

    def floored(self, share: Share) -> Share:
        """Return a share, or nothing where it is below 0."""
        if share.top.low >= 0:
            return share
        found = self.select([(self.under(share, NOTHING), NOTHING)], share)
        return Share(within(found.top, Fraction(0), found.top.size), found.bottom)

    def select(self, pairs: list[tuple[Cond, Share]], default: Share | None = None) -> Share:
        """Return the share of the first condition that holds, else *default*, else NULL."""
        numbers = self.scene.numbers
        tops = [(condition, share.top) for condition, share in pairs]
        bottoms = [(condition, share.bottom) for condition, share in pairs]
        every = [share.bottom for _, share in pairs] + ([default.bottom] if default else [])
        top = numbers.select(tops, default.top if default else None)
        if all(item == every[0] for item in every):
            return Share(top, every[0])
        return Share(top, numbers.select(bottoms, default.bottom if default else None))


def is_missing(code: Node) -> Node:
    """Return whether a fault's code says that a value isn't there."""
    named = exp.In(this=code.copy(), expressions=[text(MISSING), text(NO_TOTAL)])
    return exp.And(this=present(code), expression=named)
