"""`survey` · 满意度: answers by level become a satisfaction, which is the rate or decides it.

A five-level questionnaire of 9,310 answers valued 100/75/50/25/0 gives 91.58 %. Groups are pooled,
count alike, or have shares (20/40/40); `then` takes the satisfaction into any other method.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import BaseModel, Field, PlainValidator

from perfrules.decimals import CONTEXT, ONE, round_to, snap
from perfrules.errors import Text
from perfrules.lang.ballots import SurveyFact
from perfrules.lang.document import Scalar
from perfrules.lang.frame import Evaluation, Fault, Rated
from perfrules.lang.methods.amount import Amount, amount
from perfrules.lang.methods.base import MethodPlan, Scope
from perfrules.lang.methods.labels import fit_labels
from perfrules.lang.methods.measure import reads
from perfrules.lang.methods.pair import ByLabel
from perfrules.lang.methods.phrase import percent, phrase
from perfrules.lang.methods.share import NOTHING, Share
from perfrules.lang.methods.weights import Empty, GroupsField, Weights, show_groups, weights
from perfrules.lang.spec.fields import (
    DigitsField,
    IntField,
    SpecModel,
    ValueField,
    word_reader,
)
from perfrules.lang.spec.indicators import MethodField
from perfrules.lang.tree import Expr
from perfrules.lang.types import PERCENT, Kind

_ALL = Text("全部答卷", "all answers")


class SurveySpec(SpecModel):
    """The keys of `survey`; `digits` are decimals of the percentage."""

    actual: ValueField | None = None
    values: ByLabel = Field(examples=["values: {满意: 100%, 一般: 50%, 不满意: 0%}"])
    groups: GroupsField | None = None
    empty: Annotated[Empty, PlainValidator(word_reader(("exclude",)))] | None = None
    digits: DigitsField | None = None
    minimum: IntField | None = None
    return_rate: ValueField | None = None
    then: MethodField | None = None


@dataclass(frozen=True, slots=True)
class SurveyPlan:
    """A questionnaire, what each level is worth, and what follows from the satisfaction."""

    name: ClassVar[str] = "survey"

    actual: Expr
    values: Mapping[str, Amount]
    pooled: bool
    weights: Weights
    exclude_empty: bool
    digits: int | None
    minimum: int | None
    return_rate: Amount | None
    then: MethodPlan | None

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The answers, the values, what the inner method reads."""
        inner = self.then.reads if self.then else ()
        least = self.return_rate.expr if self.return_rate else None
        return reads(self.actual, *(item.expr for item in self.values.values()), least, *inner)

    def rate(self, at: Evaluation) -> Rated:
        """Return the satisfaction, or what the inner method makes of it."""
        fact = at.value(self.actual)
        assert isinstance(fact, SurveyFact)  # noqa: S101 - typed at load
        share, because = self._satisfaction(at, fact)
        if self.digits is not None:
            exact = round_to(CONTEXT.multiply(share.value, Decimal(100)), self.digits)
            share = Share(exact, Decimal(100))
        because = phrase(
            "满意度 {value}（{because}）",
            "satisfaction {value} ({because})",
            value=percent(share.value),
            because=because,
        )
        notes = self._notes(at, fact)
        if self.then is None:
            return share.rated(because, notes=notes)
        inner = self.then.rate(at.bind(value=share.value))
        because = phrase(
            "{because}；{inner}", "{because}; {inner}", because=because, inner=inner.because
        )
        return Share(inner.numerator, inner.denominator).rated(
            because, unverified=inner.unverified, notes=(*notes, *inner.notes)
        )

    def _satisfaction(self, at: Evaluation, fact: SurveyFact) -> tuple[Share, Text]:
        named = {group: levels for group, levels in fact.groups.items() if group is not None}
        silent = [group for group, levels in named.items() if not sum(levels.values())]
        silent += [group for group in self.weights.shares if group not in named]
        if silent and not self.exclude_empty:
            raise Fault("PRF544", where=self.actual.where, name=silent[0])
        if self.pooled or not named:
            counts: dict[str, int] = {}
            for levels in fact.groups.values():
                for level, count in levels.items():
                    counts[level] = counts.get(level, 0) + count
            return self._mean(at, counts)
        found = {
            group: self._mean(at, levels)[0]
            for group, levels in named.items()
            if sum(levels.values())
        }
        if not found:
            raise Fault("PRF544", where=self.actual.where, name=_ALL)
        shown = {group: percent(share.value) for group, share in found.items()}
        return self.weights.mean(found), show_groups(self.weights, shown)

    def _mean(self, at: Evaluation, counts: Mapping[str, int]) -> tuple[Share, Text]:
        total = sum(counts.values())
        if not total:
            raise Fault("PRF544", where=self.actual.where, name=_ALL)
        found = NOTHING
        terms = []
        for level, count in counts.items():
            if level not in self.values:
                known = "、".join(self.values)
                raise Fault("PRF566", where=self.actual.where, name=level, known=known)
            worth = self.values[level]
            found = found.plus(Share(Decimal(count)).times(worth.share(at)))
            terms.append(f"{count}×{worth.show(at).get('zh')}")
        shown = f"({' + '.join(terms)}) ÷ {total}"
        share = Share(found.numerator, CONTEXT.multiply(found.denominator, Decimal(total)))
        return share, Text(shown, shown)

    def _notes(self, at: Evaluation, fact: SurveyFact) -> tuple[Text, ...]:
        notes = []
        if self.minimum is not None and fact.returned < self.minimum:
            notes.append(
                phrase(
                    "答卷{count}份，少于样本下限{least}份",
                    "{count} answers, fewer than the {least} asked for",
                    count=fact.returned,
                    least=self.minimum,
                )
            )
        if self.return_rate is not None:
            notes += self._returned(at, fact, self.return_rate)
        return tuple(notes)

    def _returned(self, at: Evaluation, fact: SurveyFact, least: Amount) -> list[Text]:
        if not fact.issued:
            return [Text("未填发放份数，回收率无法核对", "no number issued: return rate unknown")]
        found = CONTEXT.divide(Decimal(fact.returned), Decimal(fact.issued))
        if snap(found) >= snap(least.share(at).value):
            return []
        return [
            phrase(
                "回收率 {found}（{returned}/{issued}），低于 {least}",
                "{found} were returned ({returned} of {issued}), below {least}",
                found=percent(found),
                returned=fact.returned,
                issued=fact.issued,
                least=least.show(at),
            )
        ]

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return what the inner method can give, else from the lowest level to the highest."""
        if self.then is not None:
            return self.then.reachable()
        found = [item.static(ONE) for item in self.values.values()]
        known = [item for item in found if item is not None]
        return (min(known), max(known)) if known and len(known) == len(found) else None


class Survey:
    """The method as the table knows it."""

    name: ClassVar[str] = "survey"
    title: ClassVar[Text] = Text("满意度问卷", "satisfaction survey")
    Spec: ClassVar[type[BaseModel]] = SurveySpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> SurveyPlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, SurveySpec)  # noqa: S101 - the table pairs them
        actual = scope.actual(spec.actual, Kind.SURVEY)
        declared = scope.input_of(actual) if actual is not None else None
        values = _values(scope, spec.values, declared.levels if declared else None)
        groups = weights(scope, ("groups",), spec.groups, declared.groups if declared else None)
        sound = values is not None and groups is not None
        least = None
        if spec.return_rate is not None:
            least = amount(scope, ("return_rate",), spec.return_rate, Kind.PERCENT)
            sound = sound and least is not None
        then = None
        if spec.then is not None:
            then = scope.method(("then",), spec.then, supplied=PERCENT, points=scope.points)
            sound = sound and then is not None
        if actual is None or values is None or groups is None or not sound:
            return None
        return SurveyPlan(
            actual=actual,
            values=values,
            pooled=spec.groups in (None, "pooled"),
            weights=groups,
            exclude_empty=spec.empty is not None,
            digits=spec.digits,
            minimum=spec.minimum,
            return_rate=least,
            then=then,
        )


def _values(
    scope: Scope, raw: Mapping[str, Scalar], levels: tuple[str, ...] | None
) -> dict[str, Amount] | None:
    fits = not levels or fit_labels(scope, ("values",), raw, levels)
    found = {
        label: amount(scope, ("values", label), item, Kind.PERCENT) for label, item in raw.items()
    }
    sound = {label: item for label, item in found.items() if item is not None}
    return sound if fits and len(sound) == len(found) else None
