"""`panel` · 专家评分: raters' scores become one by mean, median or trimmed mean.

A staff appraisal of 2018: with more than five raters the highest and the lowest are left out, with
five or fewer the plain mean; ballots that give full or equal points throughout are void. Rater
groups 20/40/40.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, TypeAlias, get_args

from pydantic import BaseModel, BeforeValidator, Field, PlainValidator, model_validator

from perfrules.decimals import CONTEXT, ONE, ZERO, plain, round_to
from perfrules.errors import Text
from perfrules.lang.ballots import PanelFact
from perfrules.lang.frame import Evaluation, Fault, Rated
from perfrules.lang.methods.ballot import Paper, Void, papers
from perfrules.lang.methods.base import MethodPlan, Scope
from perfrules.lang.methods.deduct import above_zero
from perfrules.lang.methods.measure import number, reads
from perfrules.lang.methods.pair import ByLabel
from perfrules.lang.methods.phrase import joined, phrase, same
from perfrules.lang.methods.share import NOTHING, Share
from perfrules.lang.methods.weights import Empty, GroupsField, Weights, show_groups, weights
from perfrules.lang.spec.fields import (
    DigitsField,
    IntField,
    SpecModel,
    ValueField,
    fault,
    faults,
    one_of,
    word_reader,
)
from perfrules.lang.spec.fields import items as read_items
from perfrules.lang.spec.indicators import MethodField
from perfrules.lang.tree import Expr
from perfrules.lang.types import NUMBER, Kind

Combine: TypeAlias = Literal["mean", "median", "trimmed"]

_ALL = "全体评委"


class TrimSpec(SpecModel):
    """With more raters than `above`, so many are left out at each end."""

    above: IntField = Field(examples=["above: 5"])
    drop: IntField = Field(examples=["drop: 1"])


class PanelSpec(SpecModel):
    """The keys of `panel`; `digits` are decimals of the combined score."""

    missing_codes: ClassVar[Mapping[str, str]] = {"out_of": "PRF443"}

    actual: ValueField | None = None
    out_of: ValueField = Field(examples=["out_of: 100"])
    combine: Annotated[Combine, one_of(Combine)] = "mean"
    trim: TrimSpec | None = None
    groups: GroupsField | None = None
    empty: Annotated[Empty, PlainValidator(word_reader(("exclude",)))] | None = None
    items: ByLabel | None = None
    void: Annotated[
        tuple[Annotated[Void, PlainValidator(word_reader(get_args(Void)))], ...],
        BeforeValidator(read_items),
    ] = ()
    minimum: IntField | None = None
    digits: DigitsField | None = None
    then: MethodField | None = None

    @model_validator(mode="after")
    def _trimmed(self) -> "PanelSpec":
        if self.combine == "trimmed" and self.trim is None:
            example = "trim: {above: 5, drop: 1}"
            raise faults([((), fault("PRF202", value="trim", example=example))])
        return self


@dataclass(frozen=True, slots=True)
class Group:
    """The valid papers of one group of raters, combined."""

    score: Share
    raters: int
    dropped: int


@dataclass(frozen=True, slots=True)
class PanelPlan:
    """A panel, how its scores are combined, and what follows from the result."""

    name: ClassVar[str] = "panel"

    actual: Expr
    out_of: Expr
    combine: Combine
    trim_above: int
    trim_drop: int
    pooled: bool
    weights: Weights
    exclude_empty: bool
    items: Weights
    void: tuple[Void, ...]
    minimum: int | None
    digits: int | None
    then: MethodPlan | None

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The ballots, the full score, what the inner method reads."""
        return reads(self.actual, self.out_of, *(self.then.reads if self.then else ()))

    def rate(self, at: Evaluation) -> Rated:
        """Return the combined score by the full one, or what the inner method makes of it."""
        fact = at.value(self.actual)
        assert isinstance(fact, PanelFact)  # noqa: S101 - typed at load
        out_of = number(at, self.out_of)
        if out_of <= ZERO:
            raise Fault("PRF569", where=self.out_of.where, value=plain(out_of))
        valid, void = papers(fact, out_of, self.items, self.void, self.actual.where)
        if self.minimum is not None and len(valid) < self.minimum:
            raise Fault("PRF545", where=self.actual.where, value=len(valid), right=self.minimum)
        score, how = self._combined(valid)
        if self.digits is not None:
            score = Share(round_to(score.value, self.digits))
        notes = (*_voided(void), _spread(valid))
        shown = plain(round_to(score.value, 6))
        if self.then is not None:
            return self._then(at, score, phrase("评分 {score}（{how}）", "scored {score} ({how})",
                                                score=shown, how=how), notes)  # fmt: skip
        because = phrase(
            "{score} ÷ {out_of}（{how}）", "{score} ÷ {out_of} ({how})",
            score=shown, out_of=plain(out_of), how=how,
        )  # fmt: skip
        share = Share(score.numerator, CONTEXT.multiply(score.denominator, out_of))
        return share.rated(because, product=True, notes=notes)

    def _then(self, at: Evaluation, score: Share, because: Text, notes: tuple[Text, ...]) -> Rated:
        assert self.then is not None  # noqa: S101 - the caller looked
        inner = self.then.rate(at.bind(value=score.value))
        because = phrase(
            "{because}；{inner}", "{because}; {inner}", because=because, inner=inner.because
        )
        return Share(inner.numerator, inner.denominator).rated(
            because, unverified=inner.unverified, notes=(*notes, *inner.notes)
        )

    def _combined(self, valid: tuple[Paper, ...]) -> tuple[Share, Text]:
        """Return the score of the panel, and how it came about."""
        by_group: dict[str, list[Paper]] = {}
        for paper in valid:
            name = _ALL if self.pooled or paper.group is None else paper.group
            by_group.setdefault(name, []).append(paper)
        absent = [name for name in self.weights.shares if name not in by_group]
        if not by_group or (absent and not self.exclude_empty):
            name = absent[0] if absent else _ALL
            raise Fault("PRF544", where=self.actual.where, name=name)
        found = {name: self._group(members) for name, members in by_group.items()}
        if list(found) == [_ALL]:
            return found[_ALL].score, self._how(found[_ALL])
        shown = {
            name: phrase(
                "{score}（{how}）", "{score} ({how})",
                score=plain(round_to(group.score.value, 6)), how=self._how(group),
            )
            for name, group in found.items()
        }  # fmt: skip
        return self.weights.mean({name: group.score for name, group in found.items()}), show_groups(
            self.weights, shown
        )

    def _group(self, members: list[Paper]) -> Group:
        scores = sorted((paper.score for paper in members), key=lambda share: share.value)
        count = len(scores)
        dropped = 0
        if self.combine == "trimmed" and count > self.trim_above:
            dropped = self.trim_drop
            scores = scores[dropped : count - dropped]
        elif self.combine == "median":
            middle = count // 2
            scores = scores[middle : middle + 1] if count % 2 else scores[middle - 1 : middle + 1]
        total = NOTHING
        for score in scores:
            total = total.plus(score)
        mean = CONTEXT.multiply(total.denominator, Decimal(len(scores)))
        return Group(Share(total.numerator, mean), count, dropped)

    def _how(self, group: Group) -> Text:
        raters = f"{group.raters} rater{'' if group.raters == 1 else 's'}"
        counted = {"count": group.raters, "raters": raters}
        if self.combine == "median":
            return phrase("{count}人评分的中位数", "median of {raters}", **counted)
        if group.dropped:
            return phrase(
                "{count}人评分，去掉最高、最低各{drop}个后平均",
                "mean of {raters} without the {drop} highest and lowest",
                drop=group.dropped,
                **counted,
            )
        return phrase("{count}人评分平均", "mean of {raters}", **counted)

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return what the inner method can give, else from 0 to 1."""
        return self.then.reachable() if self.then is not None else (ZERO, ONE)


def _voided(void: tuple[Paper, ...]) -> tuple[Text, ...]:
    if not void:
        return ()
    names = joined([same(paper.rater) for paper in void])
    return (phrase("评分无效，不计入：{names}", "void, not counted: {names}", names=names),)


def _spread(valid: tuple[Paper, ...]) -> Text:
    values = [paper.score.value for paper in valid]
    low, high = min(values), max(values)
    return phrase(
        "评分最高{high}、最低{low}，相差{gap}",
        "scores from {low} to {high}, {gap} apart",
        high=plain(round_to(high, 6)),
        low=plain(round_to(low, 6)),
        gap=plain(round_to(CONTEXT.subtract(high, low), 6)),
    )


class Panel:
    """The method as the table knows it."""

    name: ClassVar[str] = "panel"
    title: ClassVar[Text] = Text("专家评分", "panel of raters")
    Spec: ClassVar[type[BaseModel]] = PanelSpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> PanelPlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, PanelSpec)  # noqa: S101 - the table pairs them
        actual = scope.actual(spec.actual, Kind.PANEL)
        declared = scope.input_of(actual) if actual is not None else None
        out_of = scope.value(("out_of",), spec.out_of, Kind.NUMBER)
        sound = out_of is not None and above_zero(scope, ("out_of",), out_of)
        sound = _trim_fits(scope, spec) and sound
        groups = weights(scope, ("groups",), spec.groups, declared.groups if declared else None)
        parts = weights(scope, ("items",), spec.items, declared.items if declared else None)
        then = None
        if spec.then is not None:
            then = scope.method(("then",), spec.then, supplied=NUMBER, points=scope.points)
            sound = sound and then is not None
        if actual is None or out_of is None or groups is None or parts is None or not sound:
            return None
        return PanelPlan(
            actual=actual,
            out_of=out_of,
            combine=spec.combine,
            trim_above=spec.trim.above if spec.trim else 0,
            trim_drop=spec.trim.drop if spec.trim else 0,
            pooled=spec.groups in (None, "pooled"),
            weights=groups,
            exclude_empty=spec.empty is not None,
            items=parts,
            void=spec.void,
            minimum=spec.minimum,
            digits=spec.digits,
            then=then,
        )


def _trim_fits(scope: Scope, spec: PanelSpec) -> bool:
    """PRF439 a trim that nothing uses; PRF452 one that may leave nothing."""
    if spec.trim is None:
        return True
    if spec.combine != "trimmed":
        other = Text("combine: trimmed", "combine: trimmed")
        scope.report("PRF439", ("trim",), key=True, value="trim", other=other)
        return False
    if 2 * spec.trim.drop > spec.trim.above:
        least = 2 * spec.trim.drop
        scope.report("PRF452", ("trim",), value=spec.trim.drop, left=spec.trim.above, right=least)
        return False
    return True
