"""`proportional` · 按完成比例: the share of the target that was reached, never above the points.

财预〔2020〕10号 self-evaluation forms: 正向指标 points × B/A, 反向指标 points × A/B, never above
the points.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, Field, model_validator

from perfrules.decimals import CONTEXT, ONE, ZERO, snap
from perfrules.errors import Path, Text
from perfrules.lang.frame import Evaluation, Fault, Rated
from perfrules.lang.methods.amount import Amount, amount
from perfrules.lang.methods.base import Scope
from perfrules.lang.methods.measure import (
    NUMBERS,
    SIZES,
    constant,
    not_negative,
    number,
    reads,
    shown_by,
    threshold,
)
from perfrules.lang.methods.pair import keys_given
from perfrules.lang.methods.phrase import percent, phrase
from perfrules.lang.methods.share import NOTHING, WHOLE, Share
from perfrules.lang.spec.fields import FlagField, SpecModel, ValueField, either, one_of
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind

Better: TypeAlias = Literal["higher", "lower"]
ZeroTarget: TypeAlias = Literal["full", "zero", "error"]

_ACTUAL = Text("实际值", "the actual value")
_TARGET = Text("目标值", "the target")


class OverSpec(SpecModel):
    """What follows from going far beyond the target: points are lost, or a note is made."""

    above: ValueField = Field(examples=["above: 130%"])
    slope: ValueField | None = None
    flag: FlagField | None = None

    @model_validator(mode="after")
    def _one(self) -> "OverSpec":
        if (self.slope is None) == (self.flag is None):
            given = keys_given(slope=self.slope, flag=self.flag)
            raise either(filter(None, [given]), "slope / flag")
        return self


class ProportionalSpec(SpecModel):
    """The keys of `proportional`."""

    actual: ValueField | None = None
    target: ValueField = Field(examples=["target: 900"])
    better: Annotated[Better, one_of(Better)] = "higher"
    floor: ValueField | None = None
    cap: ValueField | None = None
    over: OverSpec | None = None
    zero_target: Annotated[ZeroTarget, one_of(ZeroTarget)] = "error"


@dataclass(frozen=True, slots=True)
class Over:
    """From which share of the target on, and what a whole target more costs; None: only a note."""

    above: Expr
    slope: Expr | None


@dataclass(frozen=True, slots=True)
class ProportionalPlan:
    """An actual value, its target and the direction."""

    name: ClassVar[str] = "proportional"

    actual: Expr
    target: Expr
    lower: bool
    floor: Amount | None
    cap: Amount | None
    over: Over | None
    zero_target: ZeroTarget
    points: Decimal | None

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The two values, then the limits."""
        over = (self.over.above, self.over.slope) if self.over else ()
        limits = (item.expr for item in (self.floor, self.cap) if item is not None)
        return reads(self.actual, self.target, *limits, *over)

    def rate(self, at: Evaluation) -> Rated:
        """Return actual ÷ target, or target ÷ actual where lower is better."""
        actual = not_negative(at, self.actual, _ACTUAL)
        target = not_negative(at, self.target, _TARGET)
        shown = {
            "actual": at.show(shown_by(self.actual, self.target), actual),
            "target": at.show(shown_by(self.target, self.actual), target),
        }
        if not snap(target):
            return self._without_target(shown)
        if self.lower:
            found = self._lower(actual, target, shown)
        else:
            found = self._higher(at, actual, target, shown)
        return self._within(at, found)

    def _without_target(self, shown: dict[str, Text]) -> Rated:
        if self.zero_target == "error":
            raise Fault("PRF535", where=self.target.where, name=_TARGET)
        because = phrase("目标值为 {target}", "the target is {target}", **shown)
        return (WHOLE if self.zero_target == "full" else NOTHING).rated(because)

    def _lower(self, actual: Decimal, target: Decimal, shown: dict[str, Text]) -> Rated:
        if snap(actual) <= snap(target):
            because = phrase("实际 {actual} ≤ 目标 {target}", "{actual} ≤ target {target}", **shown)
            return WHOLE.rated(because)
        because = phrase("{target} ÷ {actual}", "{target} ÷ {actual}", **shown)
        return Share(target, actual).rated(because, product=True)

    def _higher(
        self, at: Evaluation, actual: Decimal, target: Decimal, shown: dict[str, Text]
    ) -> Rated:
        if snap(actual) < snap(target):
            because = phrase("{actual} ÷ {target}", "{actual} ÷ {target}", **shown)
            return Share(actual, target).rated(because, product=True)
        if self.over is not None:
            above = number(at, self.over.above)
            if snap(CONTEXT.divide(actual, target)) > snap(above):
                return self._beyond(at, self.over, actual, target, shown)
        return WHOLE.rated(
            phrase("实际 {actual} ≥ 目标 {target}", "{actual} ≥ target {target}", **shown)
        )

    def _beyond(
        self,
        at: Evaluation,
        over: Over,
        actual: Decimal,
        target: Decimal,
        shown: dict[str, Text],
    ) -> Rated:
        above = number(at, over.above)
        ratio = percent(CONTEXT.divide(actual, target))
        limit = at.show(over.above, above)
        because = phrase(
            "实际 {actual} 为目标 {target} 的 {ratio}，超过 {limit}",
            "{actual} is {ratio} of the target {target}, above {limit}",
            ratio=ratio,
            limit=limit,
            **shown,
        )
        if over.slope is None:
            return WHOLE.rated(because, notes=(because,))
        slope = not_negative(at, over.slope, Text("扣减系数", "the slope"))
        excess = CONTEXT.subtract(actual, CONTEXT.multiply(above, target))
        lost = Share(CONTEXT.multiply(slope, excess), target)
        because = phrase(
            "{because}，超出部分按 {slope} 倍扣减",
            "{because}; what is above is lost {slope} times",
            because=because,
            slope=at.show(over.slope, slope),
        )
        return WHOLE.minus(lost).floored().rated(because)

    def _within(self, at: Evaluation, found: Rated) -> Rated:
        """Apply the floor, then the cap."""
        share = Share(found.numerator, found.denominator)
        if self.floor is not None:
            floor = self.floor.share(at)
            if share.under(floor):
                because = phrase(
                    "{because} = {ratio}，低于 {floor}",
                    "{because} = {ratio}, below {floor}",
                    because=found.because,
                    ratio=percent(share.value),
                    floor=self.floor.show(at),
                )
                return NOTHING.rated(because, notes=found.notes)
        if self.cap is not None:
            cap = self.cap.share(at)
            if cap.under(share):
                because = phrase(
                    "{because}，最高 {cap}",
                    "{because}, at most {cap}",
                    because=found.because,
                    cap=self.cap.show(at),
                )
                return cap.rated(because, notes=found.notes)
        return found

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return from 0 to 1, or to the cap, above which only a target of 0 can be worth all."""
        capped = self.cap is not None and self.zero_target != "full"
        high = self.cap.static(self.points) if self.cap is not None and capped else ONE
        return None if high is None else (ZERO, high)


class Proportional:
    """The method as the table knows it."""

    name: ClassVar[str] = "proportional"
    title: ClassVar[Text] = Text("按完成比例", "in proportion to the target")
    Spec: ClassVar[type[BaseModel]] = ProportionalSpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> ProportionalPlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, ProportionalSpec)  # noqa: S101 - the table pairs them
        actual = scope.actual(spec.actual, *NUMBERS)
        target = threshold(scope, ("target",), spec.target, actual)
        limits: dict[str, Amount | None] = {}
        sound = True
        for key, raw in (("floor", spec.floor), ("cap", spec.cap)):
            limits[key] = amount(scope, (key,), raw, Kind.PERCENT) if raw is not None else None
            sound = sound and (raw is None or limits[key] is not None)
        over = None
        if spec.over is not None:
            over = _over(scope, spec.over, lower=spec.better == "lower")
            sound = sound and over is not None
        written = constant(target)
        if written is not None and written <= ZERO and spec.zero_target == "error":
            scope.report("PRF447", ("target",), value=str(spec.target))
            return None
        if actual is None or target is None or not sound:
            return None
        return ProportionalPlan(
            actual=actual,
            target=target,
            lower=spec.better == "lower",
            floor=limits["floor"],
            cap=limits["cap"],
            over=over,
            zero_target=spec.zero_target,
            points=scope.points,
        )


def _over(scope: Scope, spec: OverSpec, *, lower: bool) -> Over | None:
    """PRF439 where lower is better; PRF449 a limit at which the target isn't passed yet."""
    if lower:
        other = Text("better: higher", "better: higher")
        scope.report("PRF439", ("over",), key=True, value="over", other=other)
        return None
    above = scope.value(("over", "above"), spec.above, Kind.PERCENT)
    slope = None
    if spec.slope is not None:
        slope = scope.value(("over", "slope"), spec.slope, *SIZES)
        if slope is None or _negative(scope, ("over", "slope"), slope):
            return None
    limit = constant(above)
    if limit is not None and limit < ONE:
        scope.report("PRF449", ("over", "above"), value=str(spec.above))
        return None
    if above is None or (spec.slope is None and not spec.flag):
        return None if above is None else Over(above, None)
    return Over(above, slope)


def _negative(scope: Scope, path: Path, expr: Expr) -> bool:
    """PRF427: a literal below 0."""
    found = constant(expr)
    if found is None or found >= ZERO:
        return False
    scope.report("PRF427", path, value=expr.text)
    return True
