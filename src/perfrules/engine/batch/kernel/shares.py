"""Shares of the points: fractions, entries of a table, or one of several by conditions.

The operations are the reference's on the same numbers in the same order, so that what single values
give when they are computed exactly is what the reference gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

import numpy as np

from perfrules.decimals import CONTEXT, ONE, ZERO
from perfrules.engine.batch.kernel.arithmetic import combine, negated
from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, IntsOf
from perfrules.engine.batch.kernel.compare import GRID, Test, compare
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.numbers import Known, Number, Whole
from perfrules.engine.batch.kernel.select import listed, select
from perfrules.engine.batch.vectors import Ints

Pair: TypeAlias = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Portion:
    """`over / under`."""

    over: Number
    under: Number


@dataclass(frozen=True, slots=True)
class Picked:
    """The pair of a table at an index, which is within it."""

    index: IntsOf
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """The share of the first condition that holds, else the last."""

    cases: tuple[tuple[BoolsOf, "Share"], ...]
    orelse: "Share"


Share: TypeAlias = Portion | Picked | Cases

WHOLE = Portion(Known(ONE), Known(ONE))
NOTHING = Portion(Known(ZERO), Known(ONE))


def when(test: Test, share: Share, orelse: Share) -> Share:
    """Return one share where a condition holds, else the other."""
    if isinstance(test, bool):
        return share if test else orelse
    return Cases(((test, share),), orelse)


def pair_of(share: Share) -> Pair | None:
    """Return the numbers of a share that is the same for all units."""
    if isinstance(share, Portion):
        over, under = share.over, share.under
        if isinstance(over, Known) and isinstance(under, Known):
            return over.value, under.value
    return None


def by_index(index: IntsOf, shares: Sequence[Share]) -> Share:
    """Return the share at an index."""
    pairs = [pair_of(share) for share in shares]
    known = tuple(pair for pair in pairs if pair is not None)
    if len(known) == len(pairs):
        return Picked(index, known)
    cases = tuple((_at(index, place), share) for place, share in enumerate(shares[:-1]))
    return Cases(cases, shares[-1])


def _at(index: IntsOf, place: int) -> BoolsOf:
    return lambda chunk: np.equal(index(chunk), place)


def flat(share: Share) -> Portion:
    """Return a share as one fraction, for arithmetic with it."""
    match share:
        case Portion():
            return share
        case Picked():
            return Portion(
                listed(share.index, [pair[0] for pair in share.pairs]),
                listed(share.index, [pair[1] for pair in share.pairs]),
            )
        case Cases():
            found = flat(share.orelse)
            for test, one in reversed(share.cases):
                part = flat(one)
                found = Portion(
                    select(test, part.over, found.over), select(test, part.under, found.under)
                )
            return found


def quotient(effects: Effects, share: Portion) -> Number:
    """Return a share as one number."""
    return combine(effects, "/", share.over, share.under)


def times(effects: Effects, left: Portion, right: Portion) -> Portion:
    """Return the product."""
    return Portion(
        combine(effects, "*", left.over, right.over), combine(effects, "*", left.under, right.under)
    )


def plus(effects: Effects, left: Portion, right: Portion) -> Portion:
    """Return the sum; with equal denominators the numerators are added."""
    if pair_of(left) == (ZERO, ONE):
        return right
    if pair_of(right) == (ZERO, ONE):
        return left
    one, other = left.under, right.under
    same = one is other
    if isinstance(one, Known) and isinstance(other, Known):
        same = one.value == other.value
    if same:
        return Portion(combine(effects, "+", left.over, right.over), one)
    return _crosswise(effects, left, right)


def _crosswise(effects: Effects, left: Portion, right: Portion) -> Portion:
    """Return the sum over the product of the denominators.

    Where these are equal in a unit the reference doesn't multiply: the exact values do as it does.
    """
    over = combine(
        effects, "+",
        combine(effects, "*", left.over, right.under),
        combine(effects, "*", right.over, left.under),
    )  # fmt: skip
    under = combine(effects, "*", left.under, right.under)
    if isinstance(left.under, Known) and isinstance(right.under, Known):
        return Portion(over, under)
    both = _Added(left, right)
    return Portion(_with(over, both.over), _with(under, both.under))


def _with(number: Number, exact: object) -> Number:
    """Return a number that is computed exactly in another way."""
    return number if isinstance(number, Known) else replace(number, exact=exact)  # type: ignore[arg-type]


class _Added:
    """The exact sum of two shares."""

    def __init__(self, left: Portion, right: Portion) -> None:
        self.parts = left.over, left.under, right.over, right.under

    def _found(self, chunk: Chunk, where: Ints) -> list[Pair]:
        columns = [part.exact(chunk, where) for part in self.parts]
        return [added(*row) for row in zip(*columns, strict=True)]

    def over(self, chunk: Chunk, where: Ints) -> list[Decimal]:
        """Return the numerators."""
        return [pair[0] for pair in self._found(chunk, where)]

    def under(self, chunk: Chunk, where: Ints) -> list[Decimal]:
        """Return the denominators."""
        return [pair[1] for pair in self._found(chunk, where)]


def added(one: Decimal, under: Decimal, other: Decimal, below: Decimal) -> Pair:
    """Return the sum of two fractions as the reference adds them.

    >>> added(Decimal(1), Decimal(3), Decimal(1), Decimal(3))
    (Decimal('2'), Decimal('3'))
    """
    if under == below:
        return CONTEXT.add(one, other), under
    over = CONTEXT.add(CONTEXT.multiply(one, below), CONTEXT.multiply(other, under))
    return over, CONTEXT.multiply(under, below)


def minus(effects: Effects, left: Portion, right: Portion) -> Portion:
    """Return the difference."""
    return plus(effects, left, Portion(negated(right.over), right.under))


def less(effects: Effects, left: Portion, right: Portion) -> Test:
    """Return whether one share is smaller, as comparisons see it."""
    return compare("<", quotient(effects, left), quotient(effects, right))


def coarse(share: Portion) -> int | None:
    """Return the denominator in units of a numerator whose every unit shows when snapped.

    Then the sign of the numerator is the sign of the snapped share, and the share is at least 1
    where the numerator is at least the denominator. None where that isn't so.
    """
    over, under = share.over, share.under
    if not isinstance(over, Whole) or not isinstance(under, Known) or under.value <= ZERO:
        return None
    units = Fraction(under.value) / over.factor
    # One unit is a share of 1 / units: as long as that is a step of the grid, it isn't snapped off.
    return int(units) if units.denominator == 1 and units <= GRID else None
