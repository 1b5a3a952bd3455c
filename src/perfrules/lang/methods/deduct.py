"""`deduct` · 扣分: full points less what each step or occurrence costs, never below 0 (扣完为止).

Department tables of 2018 to 2022: 在职人员控制率 ≤100%, each percentage point above −0.5;
预算完成率, each whole 5 % below −2; village sanitation: each place −0.5, each cesspit −3.
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, Field, model_validator

from perfrules.decimals import CONTEXT, ONE, ZERO, snap
from perfrules.errors import Path, Text
from perfrules.lang.frame import Evaluation, Fault, Rated
from perfrules.lang.methods.amount import Amount, amount
from perfrules.lang.methods.base import Scope
from perfrules.lang.methods.measure import (
    NUMBERS,
    compared,
    constant,
    not_negative,
    number,
    reads,
    shown_by,
    threshold,
)
from perfrules.lang.methods.pair import keys_given
from perfrules.lang.methods.phrase import joined, percent, phrase, points
from perfrules.lang.methods.share import NOTHING, WHOLE, Share
from perfrules.lang.spec.fields import (
    FlagField,
    SomeOf,
    SpecModel,
    TextField,
    ValueField,
    either,
    fault,
    faults,
    one_of,
)
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind

Side: TypeAlias = Literal["above", "below"]


class KindSpec(SpecModel):
    """One kind of occurrence, what each costs, and at most."""

    title: TextField = Text()
    count: ValueField = Field(examples=["count: places"])
    lose: ValueField = Field(examples=["lose: 0.5"])
    at_most: ValueField | None = None


_STEP = {"side": "side: above", "from": "from: 100%", "per": "per: 1%", "lose": "lose: 0.5"}


class DeductSpec(SpecModel):
    """The keys of `deduct`: steps from a value, or kinds of occurrences."""

    actual: ValueField | None = None
    side: Annotated[Side, one_of(Side)] | None = None
    from_: ValueField | None = Field(None, alias="from")
    per: ValueField | None = None
    lose: ValueField | None = None
    whole_steps: FlagField | None = None
    at_most: ValueField | None = None
    kinds: SomeOf[KindSpec] | None = None

    @model_validator(mode="after")
    def _one_form(self) -> "DeductSpec":
        needed = {"side": self.side, "from": self.from_, "per": self.per, "lose": self.lose}
        given = keys_given(actual=self.actual, **needed, whole_steps=self.whole_steps)
        if self.kinds is not None:
            if given:
                raise either(["kinds", given], "side + from + per + lose / kinds")
            return self
        missing = [key for key, value in needed.items() if value is None]
        if len(missing) == len(needed):
            raise either(filter(None, [given]), "side + from + per + lose / kinds")
        if missing:
            raise faults(((), fault("PRF202", value=key, example=_STEP[key])) for key in missing)
        return self


@dataclass(frozen=True, slots=True)
class Steps:
    """What each `per` beyond `start` costs; only whole ones where `whole` says so."""

    actual: Expr
    above: bool
    start: Expr
    per: Expr
    lose: Amount
    whole: bool

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The value, where counting starts, the step, the cost."""
        return self.actual, self.start, self.per, self.lose.expr

    def loss(self, at: Evaluation) -> tuple[Share, Text]:
        """Return the share lost, and why."""
        actual, start = number(at, self.actual), number(at, self.start)
        excess = CONTEXT.subtract(actual, start)
        excess = excess if self.above else excess.copy_negate()
        by = shown_by(self.actual, self.start, self.per)
        shown = {
            "actual": at.show(by, snap(actual)),
            "start": at.show(by, snap(start)),
            "excess": at.show(by, snap(excess)),
            "per": self._per(at),
            "lose": self.lose.show(at),
        }
        if snap(excess) <= ZERO:
            words = ("不高于", "is not above") if self.above else ("不低于", "is not below")
            return NOTHING, phrase(
                "{actual} {zh} {start}，不扣分", "{actual} {en} {start}",
                zh=words[0], en=words[1], **shown,
            )  # fmt: skip
        return self._beyond(at, excess, shown)

    def _beyond(
        self, at: Evaluation, excess: Decimal, shown: dict[str, Text]
    ) -> tuple[Share, Text]:
        words = ("高出", "above") if self.above else ("低于", "below")
        because = phrase(
            "{actual} {zh} {start} {excess}"
            if not self.above
            else "{actual} 比 {start} 高 {excess}",
            "{actual} is {excess} {en} {start}",
            zh=words[0],
            en=words[1],
            **shown,
        )
        per = number(at, self.per)
        if snap(per) <= ZERO:
            raise Fault("PRF569", where=self.per.where, value=at.show(self.per, per))
        steps = Share(excess, per)
        if self.whole:
            count = snap(steps.value).to_integral_value(rounding=ROUND_FLOOR)
            steps = Share(count)
            if not count:
                because = phrase(
                    "{because}，不足 {per}，不扣分", "{because}, less than {per}",
                    because=because, per=shown["per"],
                )  # fmt: skip
                return NOTHING, because
            because = phrase(
                "{because}，满 {per} 扣{lose}，计{count}次",
                "{because}; {lose} off for each whole {per}, {count} in all",
                because=because, count=count, **_only(shown, "per", "lose"),
            )  # fmt: skip
        else:
            because = phrase(
                "{because}，每 {per} 扣{lose}", "{because}; {lose} off for each {per}",
                because=because, **_only(shown, "per", "lose"),
            )  # fmt: skip
        return steps.times(self.lose.loss(at)), because

    def _per(self, at: Evaluation) -> Text:
        return at.show(shown_by(self.per, self.actual, self.start), compared(at, self.per))


def _only(shown: dict[str, Text], *keys: str) -> dict[str, Text]:
    return {key: shown[key] for key in keys}


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One kind of occurrence."""

    title: Text
    count: Expr
    lose: Amount
    at_most: Amount | None

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The count and what it costs."""
        return reads(self.count, self.lose.expr, self.at_most.expr if self.at_most else None)

    def loss(self, at: Evaluation) -> tuple[Share, Text]:
        """Return the share lost, and why."""
        title = self.title or Text(self.count.text, self.count.text)
        count = not_negative(at, self.count, title)
        because = phrase(
            "{title} {count} × {lose}", "{title} {count} × {lose}",
            title=title, count=at.show(self.count, count), lose=self.lose.show(at),
        )  # fmt: skip
        return capped(at, Share(count).times(self.lose.loss(at)), self.at_most, because)


def capped(
    at: Evaluation, loss: Share, at_most: Amount | None, because: Text
) -> tuple[Share, Text]:
    """Return the loss, at most what was said."""
    most = at_most.share(at) if at_most is not None else None
    if at_most is None or most is None or not most.under(loss):
        return loss, because
    because = phrase(
        "{because}，最多扣{most}", "{because}, at most {most}",
        because=because, most=at_most.show(at),
    )  # fmt: skip
    return most, because


@dataclass(frozen=True, slots=True)
class DeductPlan:
    """Losses, and the most that is lost in all."""

    name: ClassVar[str] = "deduct"

    losses: tuple[Steps, ...] | tuple[Occurrence, ...]
    at_most: Amount | None
    points: Decimal | None

    @property
    def reads(self) -> tuple[Expr, ...]:
        """What the losses read."""
        found = tuple(expr for item in self.losses for expr in item.reads)
        return found if self.at_most is None else (*found, self.at_most.expr)

    def rate(self, at: Evaluation) -> Rated:
        """Return what is left."""
        found = [item.loss(at) for item in self.losses]
        lost = NOTHING
        for share, _ in found:
            lost = lost.plus(share)
        because = joined([text for _, text in found], zh=" + ", en=" + ")
        lost, because = capped(at, lost, self.at_most, because)
        return left(at, lost, because)

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return from what is left at most lost, to 1."""
        if self.at_most is None:
            return ZERO, ONE
        most = self.at_most.static(self.points)
        return None if most is None else (CONTEXT.subtract(ONE, most), ONE)


def left(at: Evaluation, lost: Share, because: Text) -> Rated:
    """Return what is left of the points; 扣完为止."""
    if not NOTHING.under(lost):
        return WHOLE.rated(because)
    total = (
        points(CONTEXT.multiply(lost.value, at.points)) if at.points != ONE else percent(lost.value)
    )
    because = phrase(
        "{because}，共扣{total}", "{because}: {total} off", because=because, total=total
    )
    if WHOLE.under(lost):
        because = phrase("{because}，扣完为止", "{because}, down to 0", because=because)
    return WHOLE.minus(lost).floored().rated(because)


class Deduct:
    """The method as the table knows it."""

    name: ClassVar[str] = "deduct"
    title: ClassVar[Text] = Text("扣分", "deduction")
    Spec: ClassVar[type[BaseModel]] = DeductSpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> DeductPlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, DeductSpec)  # noqa: S101 - the table pairs them
        losses = _kinds(scope, spec.kinds) if spec.kinds is not None else _steps(scope, spec)
        at_most = None
        if spec.at_most is not None:
            at_most = amount(scope, ("at_most",), spec.at_most)
            if at_most is None:
                return None
        return None if losses is None else DeductPlan(losses, at_most, scope.points)


def _steps(scope: Scope, spec: DeductSpec) -> tuple[Steps, ...] | None:
    actual = scope.actual(spec.actual, *NUMBERS)
    start = threshold(scope, ("from",), spec.from_, actual)
    per = threshold(scope, ("per",), spec.per, actual)
    lose = amount(scope, ("lose",), spec.lose)
    if per is None or not above_zero(scope, ("per",), per):
        return None
    if actual is None or start is None or lose is None:
        return None
    return (Steps(actual, spec.side == "above", start, per, lose, bool(spec.whole_steps)),)


def above_zero(scope: Scope, path: Path, expr: Expr) -> bool:
    """PRF437: a step of 0 or less would never be passed, or always."""
    found = constant(expr)
    if found is None or found > ZERO:
        return True
    scope.report("PRF437", path, value=expr.text)
    return False


def _kinds(scope: Scope, specs: tuple[KindSpec, ...]) -> tuple[Occurrence, ...] | None:
    found: list[Occurrence | None] = []
    for place, item in enumerate(specs):
        path = ("kinds", place)
        count = scope.value((*path, "count"), item.count, Kind.NUMBER)
        lose = amount(scope, (*path, "lose"), item.lose)
        at_most = None
        sound = count is not None and lose is not None
        if item.at_most is not None:
            at_most = amount(scope, (*path, "at_most"), item.at_most)
            sound = sound and at_most is not None
        known = Occurrence(item.title, count, lose, at_most) if count and lose else None
        found.append(known if sound else None)
    whole = tuple(item for item in found if item is not None)
    return whole if len(whole) == len(found) else None
