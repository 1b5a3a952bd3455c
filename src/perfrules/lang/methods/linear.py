"""`linear` · 区间线性: no points at one value, full points at another, a straight line between.

With `between` an interval is best (目标 95%–105%), and the line falls on both sides.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar

from pydantic import BaseModel, Field, model_validator

from perfrules.decimals import CONTEXT, ONE, ZERO, snap
from perfrules.errors import Path, Text
from perfrules.lang.frame import Evaluation, Fault, Rated
from perfrules.lang.methods.base import Scope
from perfrules.lang.methods.measure import (
    NUMBERS,
    compared,
    constant,
    limits,
    number,
    reads,
    shown_by,
    threshold,
    written,
)
from perfrules.lang.methods.pair import OneOrTwoField, PairField, keys_given, shown_values
from perfrules.lang.methods.phrase import phrase
from perfrules.lang.methods.share import NOTHING, WHOLE, Share
from perfrules.lang.spec.fields import SpecModel, ValueField, either
from perfrules.lang.tree import Expr

_PAIR = 2


class LinearSpec(SpecModel):
    """The keys of `linear`."""

    actual: ValueField | None = None
    zero_at: OneOrTwoField = Field(examples=["zero_at: 50%"])
    full_at: ValueField | None = None
    between: PairField | None = None

    @model_validator(mode="after")
    def _one(self) -> "LinearSpec":
        if (self.full_at is None) == (self.between is None):
            given = keys_given(full_at=self.full_at, between=self.between)
            raise either(filter(None, [given]), "full_at / between")
        return self


@dataclass(frozen=True, slots=True)
class Slope:
    """A line from no points at one value to full points at another."""

    zero: Expr
    full: Expr

    def share(self, at: Evaluation, actual: Decimal) -> tuple[Share, bool]:
        """Return the share at *actual*, and whether the line really decides it."""
        zero, full = number(at, self.zero), number(at, self.full)
        if snap(zero) == snap(full):
            shown = at.show(self.zero, zero)
            raise Fault("PRF568", where=self.full.where, value=shown, other=shown)
        found = Share(CONTEXT.subtract(actual, zero), CONTEXT.subtract(full, zero))
        if snap(full) < snap(zero):
            found = Share(found.numerator.copy_negate(), found.denominator.copy_negate())
        if not NOTHING.under(found):
            return NOTHING, False
        return (found, True) if found.under(WHOLE) else (WHOLE, False)


@dataclass(frozen=True, slots=True)
class LinearPlan:
    """One line, or the two beside an interval: the rising one, then the falling one."""

    name: ClassVar[str] = "linear"

    actual: Expr
    slopes: tuple[Slope, ...]

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The value, then the ends of the lines."""
        return reads(self.actual, *(end for line in self.slopes for end in (line.zero, line.full)))

    def rate(self, at: Evaluation) -> Rated:
        """Return the share on the line; beside an interval the smaller of the two."""
        actual = compared(at, self.actual)
        if len(self.slopes) == _PAIR:
            self._ordered(at)
        best: tuple[Share, bool, Slope] | None = None
        for line in self.slopes:
            share, between = line.share(at, number(at, self.actual))
            if best is None or share.under(best[0]):
                best = share, between, line
        assert best is not None  # noqa: S101 - there is a line
        share, between, line = best
        because = self._because(at, actual, line, share)
        return share.rated(because, product=between)

    def _ordered(self, at: Evaluation) -> None:
        """PRF568: the interval's values, computed for this unit, aren't in order."""
        rising, falling = self.slopes
        ends = (rising.zero, rising.full, falling.full, falling.zero)
        values = [compared(at, end) for end in ends]
        for place, (left, right) in enumerate(pairwise(values)):
            if left > right:
                shown, other = at.show(ends[place], left), at.show(ends[place + 1], right)
                raise Fault("PRF568", where=ends[place + 1].where, value=other, other=shown)

    def _because(self, at: Evaluation, actual: Decimal, line: Slope, share: Share) -> Text:
        by = shown_by(self.actual, line.zero, line.full)
        zero, full = compared(at, line.zero), compared(at, line.full)
        shown = {
            "actual": at.show(by, actual),
            "zero": at.show(by, zero),
            "full": at.show(by, full),
        }
        rising = zero < full
        if share == NOTHING:
            sign = "≤" if rising else "≥"
            return phrase(
                "{actual} {sign} 零分点 {zero}",
                "{actual} {sign} {zero}, where nothing is earned",
                sign=sign,
                **shown,
            )
        if share == WHOLE and len(self.slopes) == _PAIR:
            low, high = (at.show(by, compared(at, item.full)) for item in self.slopes)
            return phrase(
                "{actual} 在 {low} 至 {high} 之内",
                "{actual} is within {low} to {high}",
                actual=shown["actual"],
                low=low,
                high=high,
            )
        if share == WHOLE:
            sign = "≥" if rising else "≤"
            return phrase(
                "{actual} {sign} 满分点 {full}",
                "{actual} {sign} {full}, where all is earned",
                sign=sign,
                **shown,
            )
        if rising:
            line_text = "({actual} - {zero}) ÷ ({full} - {zero})"
        else:
            line_text = "({zero} - {actual}) ÷ ({zero} - {full})"
        return phrase(line_text, line_text, **shown)

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return from 0 to 1."""
        return ZERO, ONE


class Linear:
    """The method as the table knows it."""

    name: ClassVar[str] = "linear"
    title: ClassVar[Text] = Text("区间线性", "on a line")
    Spec: ClassVar[type[BaseModel]] = LinearSpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> LinearPlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, LinearSpec)  # noqa: S101 - the table pairs them
        actual = scope.actual(spec.actual, *NUMBERS)
        pair = isinstance(spec.zero_at, tuple)
        if pair != (spec.between is not None):
            scope.report("PRF446", ("zero_at",), value=shown_values(spec.zero_at))
            return None
        slopes = _between(spec, scope, actual) if pair else _single(spec, scope, actual)
        return None if actual is None or slopes is None else LinearPlan(actual, slopes)


def _single(spec: LinearSpec, scope: Scope, actual: Expr | None) -> tuple[Slope, ...] | None:
    """PRF435 where the two ends are one; PRF438 where the full points can't be reached."""
    zero = threshold(scope, ("zero_at",), spec.zero_at, actual)
    full = threshold(scope, ("full_at",), spec.full_at, actual)
    if zero is None or full is None:
        return None
    low, high = constant(zero), constant(full)
    if low is not None and low == high:
        scope.report("PRF435", ("full_at",), value=full.text)
        return None
    if actual is not None and low is not None and high is not None:
        least, most = limits(scope, actual)
        rising = low < high
        limit = most if rising else least
        if limit is not None and (high > limit if rising else high < limit):
            other = written(limit, actual)
            scope.report("PRF438", ("full_at",), value=full.text, name=actual.text, other=other)
            return None
    return (Slope(zero, full),)


def _between(spec: LinearSpec, scope: Scope, actual: Expr | None) -> tuple[Slope, ...] | None:
    """PRF436 where the four values aren't in order."""
    assert isinstance(spec.zero_at, tuple)  # noqa: S101 - the caller looked
    assert spec.between is not None  # noqa: S101 - the caller looked
    places: list[tuple[Path, object]] = [
        (("zero_at", 0), spec.zero_at[0]),
        (("between", 0), spec.between[0]),
        (("between", 1), spec.between[1]),
        (("zero_at", 1), spec.zero_at[1]),
    ]
    found = [threshold(scope, path, raw, actual) for path, raw in places]
    ends = [end for end in found if end is not None]
    if len(ends) < len(found):
        return None
    values = [constant(end) for end in ends]
    for place, (left, right) in enumerate(pairwise(values)):
        if left is None or right is None:
            continue
        touching = place != 1  # a line needs two different ends, an interval may be one value
        if left > right or (touching and left == right):
            path, raw = places[place + 1]
            scope.report("PRF436", path, value=str(raw), left=str(places[place][1]))
            return None
    return Slope(ends[0], ends[1]), Slope(ends[3], ends[2])
