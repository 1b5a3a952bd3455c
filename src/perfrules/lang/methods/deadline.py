"""`deadline` · 时限: full points by the due day, less for each n days after it.

湘西州特校 2023: 任务完成时间 12月31日, each 10 days late −1. `grace` moves the due day; without
`lose` a late day earns nothing.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal
from typing import ClassVar

from pydantic import BaseModel, Field, model_validator

from perfrules.decimals import CONTEXT, ONE, ZERO, plain, snap
from perfrules.errors import Text
from perfrules.lang.frame import Evaluation, Fault, Rated
from perfrules.lang.methods.amount import Amount, amount
from perfrules.lang.methods.base import Scope
from perfrules.lang.methods.deduct import above_zero, capped, left
from perfrules.lang.methods.measure import constant, not_negative, number, reads
from perfrules.lang.methods.phrase import phrase
from perfrules.lang.methods.share import NOTHING, WHOLE, Share
from perfrules.lang.spec.fields import FlagField, SpecModel, ValueField, fault, faults
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind

_DAYS = (Kind.DAYS, Kind.NUMBER)


class DeadlineSpec(SpecModel):
    """The keys of `deadline`."""

    actual: ValueField | None = None
    due: ValueField = Field(examples=['due: date("2022-12-31")'])
    grace: ValueField | None = None
    per: ValueField | None = None
    lose: ValueField | None = None
    at_most: ValueField | None = None
    whole_steps: FlagField | None = None

    @model_validator(mode="after")
    def _together(self) -> "DeadlineSpec":
        step = (self.at_most, self.whole_steps)
        if self.per is None and (self.lose is not None or any(item is not None for item in step)):
            raise faults([((), fault("PRF202", value="per", example="per: 10天"))])
        if self.lose is None and self.per is not None:
            raise faults([((), fault("PRF202", value="lose", example="lose: 1"))])
        return self


@dataclass(frozen=True, slots=True)
class Step:
    """What each `per` days late cost."""

    per: Expr
    lose: Amount
    at_most: Amount | None
    whole: bool


@dataclass(frozen=True, slots=True)
class DeadlinePlan:
    """A day, the day it was due, and what being late costs; None: everything."""

    name: ClassVar[str] = "deadline"

    actual: Expr
    due: Expr
    grace: Expr | None
    step: Step | None
    points: Decimal | None

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The days, then the step."""
        step = self.step
        if step is None:
            return reads(self.actual, self.due, self.grace)
        most = step.at_most.expr if step.at_most else None
        return reads(self.actual, self.due, self.grace, step.per, step.lose.expr, most)

    def rate(self, at: Evaluation) -> Rated:
        """Return full points on time, else what is left."""
        actual, due = self._day(at, self.actual), self._day(at, self.due)
        grace = ZERO
        if self.grace is not None:
            grace = not_negative(at, self.grace, Text("宽限期", "the grace"))
        shown = {"actual": at.show(self.actual, actual), "due": at.show(self.due, due)}
        late = CONTEXT.subtract(Decimal((actual - due).days), grace)
        if self.grace is not None and grace:
            days = at.show(self.grace, grace)
            shown["due"] = phrase(
                "{due}（宽限 {days}）", "{due} (and {days} of grace)", due=shown["due"], days=days
            )
        if snap(late) <= ZERO:
            because = phrase(
                "{actual} 不晚于期限 {due}", "{actual} is no later than {due}", **shown
            )
            return WHOLE.rated(because)
        because = phrase(
            "{actual} 晚于期限 {due} {late}天",
            "{actual} is {late} days after {due}",
            late=plain(snap(late)),
            **shown,
        )
        if self.step is None:
            return NOTHING.rated(because)
        return self._late(at, self.step, late, because)

    def _late(self, at: Evaluation, step: Step, late: Decimal, because: Text) -> Rated:
        per = number(at, step.per)
        if snap(per) <= ZERO:
            raise Fault("PRF569", where=step.per.where, value=at.show(step.per, per))
        steps = Share(late, per)
        days = phrase("{per}天", "{per} days", per=plain(snap(per)))
        lose = step.lose.show(at)
        if step.whole:
            count = snap(steps.value).to_integral_value(rounding=ROUND_FLOOR)
            steps = Share(count)
            because = phrase(
                "{because}，每满{days}扣{lose}，计{count}次",
                "{because}; {lose} off for each whole {days}, {count} in all",
                because=because, days=days, lose=lose, count=count,
            )  # fmt: skip
        else:
            because = phrase(
                "{because}，每{days}扣{lose}", "{because}; {lose} off for each {days}",
                because=because, days=days, lose=lose,
            )  # fmt: skip
        lost, because = capped(at, steps.times(step.lose.loss(at)), step.at_most, because)
        return left(at, lost, because)

    def _day(self, at: Evaluation, expr: Expr) -> date:
        found = at.value(expr)
        assert isinstance(found, date)  # noqa: S101 - typed at load
        return found

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return from what is left of a very late day, to 1."""
        if self.step is None or self.step.at_most is None:
            return ZERO, ONE
        most = self.step.at_most.static(self.points)
        return None if most is None else (CONTEXT.subtract(ONE, most), ONE)


class Deadline:
    """The method as the table knows it."""

    name: ClassVar[str] = "deadline"
    title: ClassVar[Text] = Text("时限", "deadline")
    Spec: ClassVar[type[BaseModel]] = DeadlineSpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> DeadlinePlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, DeadlineSpec)  # noqa: S101 - the table pairs them
        actual = scope.actual(spec.actual, Kind.DATE)
        due = scope.value(("due",), spec.due, Kind.DATE)
        sound = actual is not None and due is not None
        grace = None
        if spec.grace is not None:
            grace = scope.value(("grace",), spec.grace, *_DAYS)
            written = constant(grace)
            if written is not None and written < ZERO:
                scope.report("PRF427", ("grace",), value=str(spec.grace))
                sound = False
            sound = sound and grace is not None
        step = None
        if spec.per is not None:
            step = _step(scope, spec)
            sound = sound and step is not None
        if actual is None or due is None or not sound:
            return None
        return DeadlinePlan(actual, due, grace, step, scope.points)


def _step(scope: Scope, spec: DeadlineSpec) -> Step | None:
    per = scope.value(("per",), spec.per, *_DAYS)
    lose = amount(scope, ("lose",), spec.lose)
    sound = per is not None and above_zero(scope, ("per",), per)
    at_most = None
    if spec.at_most is not None:
        at_most = amount(scope, ("at_most",), spec.at_most)
        sound = sound and at_most is not None
    if per is None or lose is None or not sound:
        return None
    return Step(per, lose, at_most, bool(spec.whole_steps))
