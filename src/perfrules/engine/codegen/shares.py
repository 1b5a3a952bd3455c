"""Shares of the points in generated code: fractions, kept apart as the scoring methods keep them.

Every operation is the reference's, on the same numbers in the same order, so that what is rounded
to 34 digits is rounded alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from perfrules.decimals import DIGITS, ONE, ZERO
from perfrules.engine.codegen.arithmetic import combine, negated
from perfrules.engine.codegen.columns import MOST_DIGITS
from perfrules.engine.codegen.expressions import value_of
from perfrules.engine.codegen.scope import Scope
from perfrules.engine.codegen.source import Source, UnsupportedError
from perfrules.engine.codegen.values import WIDE, Value, compare, constant, reaches
from perfrules.lang.tree import Expr

if TYPE_CHECKING:
    from perfrules.lang.methods.amount import Amount


@dataclass(frozen=True, slots=True)
class Fraction:
    """`over / under`; `proper`: from 0 to 1, whatever the facts are."""

    over: Value
    under: Value
    proper: bool = False

    @property
    def known(self) -> bool:
        """Whether both are constants."""
        return self.over.known and self.under.known


def whole(source: Source) -> Fraction:
    """Return all of the points."""
    one = constant(source, ONE)
    return Fraction(one, one)


def nothing(source: Source) -> Fraction:
    """Return none of the points."""
    return Fraction(constant(source, ZERO), constant(source, ONE))


def quotient(source: Source, share: Fraction) -> Value:
    """Return the share as one number."""
    return combine(source, "/", share.over, share.under)


def times(source: Source, left: Fraction, right: Fraction) -> Fraction:
    """Return the product."""
    return Fraction(
        combine(source, "*", left.over, right.over), combine(source, "*", left.under, right.under)
    )


def plus(source: Source, left: Fraction, right: Fraction) -> Fraction:
    """Return the sum; with equal denominators the numerators are added."""
    if left.over.number == ZERO and left.under.number == ONE:
        return right
    if right.over.number == ZERO and right.under.number == ONE:
        return left
    one, other = left.under, right.under
    if one.code == other.code or (one.known and other.known and one.constant == other.constant):
        return Fraction(combine(source, "+", left.over, right.over), one)
    if ONE in (one.number, other.number):
        # Where the other denominator is 1 as well, both ways give the same number.
        return _crosswise(source, left, right)
    over, under = source.local(), source.local()
    with source.block(f"if {one.code} == {other.code}"):
        source.line(f"{over} = {left.over.code} + {right.over.code}")
        source.line(f"{under} = {one.code}")
    with source.block("else"):
        found = _crosswise(source, left, right)
        source.line(f"{over} = {found.over.code}")
        source.line(f"{under} = {found.under.code}")
    source.doubts += 1
    return Fraction(Value(over, found.over.low), Value(under, found.under.low))


def _crosswise(source: Source, left: Fraction, right: Fraction) -> Fraction:
    over = combine(
        source,
        "+",
        combine(source, "*", left.over, right.under),
        combine(source, "*", right.over, left.under),
    )
    return Fraction(over, combine(source, "*", left.under, right.under))


def minus(source: Source, left: Fraction, right: Fraction) -> Fraction:
    """Return the difference."""
    if left.under.known and left.under.constant == right.under.constant:
        return Fraction(combine(source, "-", left.over, right.over), left.under)
    return plus(source, left, Fraction(negated(source, right.over), right.under))


def less(source: Source, left: Fraction, right: Fraction) -> Value:
    """Return whether one share is smaller, as comparisons see it."""
    return compare(source, "<", quotient(source, left), quotient(source, right))


def as_written(source: Source, left: Value, right: Value) -> tuple[Value, Value]:
    """Return two numbers without the unit they share, where nothing but their ratio is wanted.

    A ratio of 10,000 times as much is the same to the last digit and zero: both numbers have 30
    digits at most, so that neither multiple was rounded, and both the same exponent as before. They
    compare as before where snapping changes neither.
    """
    one, other = source.written.get(left.code), source.written.get(right.code)
    if one is None or other is None or one[1] != other[1] or not (left.on_grid and right.on_grid):
        return left, right
    (written, factor), (beside, _) = one, other
    if len(factor.as_tuple().digits) > DIGITS - 2 * MOST_DIGITS + 1:
        return left, right
    return _divided(written, left, factor), _divided(beside, right, factor)


def _divided(code: str, value: Value, factor: Decimal) -> Value:
    low = None if value.low is None else WIDE.divide(value.low, factor)
    high = None if value.high is None else WIDE.divide(value.high, factor)
    return Value(code, low, high, MOST_DIGITS, as_is=True)


class Sink(Protocol):
    """Where a scoring method puts the share it found: each way through its code puts one."""

    def put(self, share: Fraction) -> None:
        """Add the statements that keep *share*."""

    def pick(self, index: str, table: Mapping[Any, tuple[Decimal, Decimal]]) -> None:
        """Add the statements that keep the share of *table* at the value of the code *index*."""

    def unverified(self) -> None:
        """Add the statements that say that evidence is lacking."""


@dataclass(slots=True)
class Kept:
    """A sink of two locals, for a method inside another."""

    source: Source
    over: str
    under: str

    @classmethod
    def fresh(cls, source: Source) -> "Kept":
        """Return one with locals of its own."""
        return cls(source, source.local(), source.local())

    def put(self, share: Fraction) -> None:
        """Keep the share."""
        self.source.line(f"{self.over} = {share.over.code}")
        self.source.line(f"{self.under} = {share.under.code}")

    def pick(self, index: str, table: Mapping[Any, tuple[Decimal, Decimal]]) -> None:
        """Keep the share found in a table."""
        self.source.line(f"{self.over}, {self.under} = {self.source.slot(table)}[{index}]")

    def unverified(self) -> None:
        """Refuse: what lacks evidence inside another method is left to the reference."""
        raise UnsupportedError

    @property
    def share(self) -> Fraction:
        """The share that is kept; which is why nothing is known of it."""
        return Fraction(Value(self.over), Value(self.under))


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a scoring method stands: its scope, the points it sees, and the evidence given.

    `points` are never 0 (a leaf without points counts as one of 1); `leaf` is its id, and
    `evidence` the code that tells whether there is any.
    """

    scope: Scope
    points: Value
    evidence: str

    @property
    def source(self) -> Source:
        """Where the code goes."""
        return self.scope.source

    def number(self, expr: Expr) -> Value:
        """Return a number."""
        return value_of(self.scope, expr)

    def not_negative(self, expr: Expr) -> Value:
        """Return a number that may not be below 0."""
        found = self.number(expr)
        self.refuse(compare(self.source, "<", found, constant(self.source, ZERO)))
        return found

    def refuse(self, when: Value) -> None:
        """Give up where a condition holds that the reference refuses."""
        if when.constant is False:
            return
        self.source.give_up(None if when.constant is True else when.code)

    def share(self, amount: "Amount") -> Fraction:
        """Return what an amount is worth; more than all of the points is refused."""
        loss = self.loss(amount)
        self.refuse(reaches(self.source, ">", loss.over, loss.under))
        return loss

    def loss(self, amount: "Amount") -> Fraction:
        """Return what an amount takes away; more than all of the points is fine."""
        found = self.not_negative(amount.expr)
        return Fraction(found, self.points if amount.in_points else constant(self.source, ONE))
