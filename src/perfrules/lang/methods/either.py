"""`either` · 择一: one of several ways to score: the best, the first that applies, a declared one.

Department tables: 结转结余率 or 变动率, either one is assessed.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, TypeAlias, get_args

from pydantic import BaseModel, Field, PlainValidator

from perfrules.errors import Path, Text
from perfrules.lang.frame import Evaluation, Fault, Rated
from perfrules.lang.methods.base import MethodPlan, Scope
from perfrules.lang.methods.labels import fit_labels, twice
from perfrules.lang.methods.measure import reads
from perfrules.lang.methods.phrase import joined, percent, phrase, same
from perfrules.lang.methods.share import Share, share_of
from perfrules.lang.spec.fields import (
    LabelField,
    SomeOf,
    SpecModel,
    TextField,
    ValueField,
    word_reader,
)
from perfrules.lang.spec.indicators import MethodField
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind

PickWord: TypeAlias = Literal["best", "first_applicable"]


class DeclaredSpec(SpecModel):
    """The choice that names the way to score."""

    declared: ValueField = Field(examples=["declared: way"])


_word = word_reader(get_args(PickWord), "{declared: input}")


def _pick(value: object) -> object:
    return DeclaredSpec.model_validate(value) if isinstance(value, dict) else _word(value)


class AlternativeSpec(SpecModel):
    """One way to score, and when it applies."""

    id: LabelField = Field(examples=["id: rate"])
    title: TextField = Text()
    applies_when: ValueField | None = None
    score: MethodField = Field(examples=["score: {method: met, when: approved}"])


class EitherSpec(SpecModel):
    """The keys of `either`."""

    pick: Annotated[PickWord | DeclaredSpec, PlainValidator(_pick)] = Field(examples=["pick: best"])
    of: SomeOf[AlternativeSpec] = Field(examples=["of: [{id: rate, score: …}]"])


@dataclass(frozen=True, slots=True)
class Alternative:
    """A way to score."""

    id: str
    title: Text
    applies_when: Expr | None
    method: MethodPlan

    @property
    def shown(self) -> Text:
        """What a reason calls it."""
        return self.title or same(self.id)


@dataclass(frozen=True, slots=True)
class EitherPlan:
    """The ways, and how one is picked; `declared` is a choice of their ids."""

    name: ClassVar[str] = "either"

    pick: str
    declared: Expr | None
    of: tuple[Alternative, ...]
    where: Path

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The choice, the conditions, what the ways read."""
        found = list(reads(self.declared, *(item.applies_when for item in self.of)))
        for item in self.of:
            found += item.method.reads
        return tuple(found)

    def rate(self, at: Evaluation) -> Rated:
        """Return what the picked way gives."""
        if self.declared is not None:
            label = str(at.value(self.declared))
            item = next(item for item in self.of if item.id == label)
            return _because(item.method.rate(at), "按选定的{way}", "as declared, by {way}", item)
        applicable = (
            item for item in self.of if item.applies_when is None or at.value(item.applies_when)
        )
        if self.pick == "first_applicable":
            found = next(applicable, None)
            if found is None:
                raise self._none()
            return _because(found.method.rate(at), "按{way}", "by {way}", found)
        return self._best(at, tuple(applicable))

    def _best(self, at: Evaluation, applicable: tuple[Alternative, ...]) -> Rated:
        if not applicable:
            raise self._none()
        rated = [(item, item.method.rate(at)) for item in applicable]
        best, found = rated[0]
        for item, other in rated[1:]:
            if share_of(found).under(share_of(other)):
                best, found = item, other
        beaten = [
            phrase("{way} {rate}", "{way} {rate}", way=item.shown, rate=percent(_value(other)))
            for item, other in rated
            if item is not best
        ]
        if not beaten:
            return _because(found, "按{way}", "by {way}", best)
        found = _because(found, "择优按{way}", "best by {way}", best)
        because = phrase(
            "{because}；其余：{others}",
            "{because}; the others: {others}",
            because=found.because,
            others=joined(beaten),
        )
        return Share(found.numerator, found.denominator).rated(
            because, unverified=found.unverified, notes=found.notes
        )

    def _none(self) -> Fault:
        names = "、".join(item.id for item in self.of)
        return Fault("PRF562", where=self.where, value=names)

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return from the worst to the best that any way can give."""
        found = [item.method.reachable() for item in self.of]
        spans = [span for span in found if span is not None]
        if len(spans) < len(found):
            return None
        return min(span[0] for span in spans), max(span[1] for span in spans)


def _value(rated: Rated) -> Decimal:
    return share_of(rated).value


def _because(rated: Rated, zh: str, en: str, item: Alternative) -> Rated:
    because = phrase(
        zh + "计：{because}", en + ": {because}", way=item.shown, because=rated.because
    )
    return Share(rated.numerator, rated.denominator).rated(
        because, unverified=rated.unverified, notes=rated.notes
    )


class Either:
    """The method as the table knows it."""

    name: ClassVar[str] = "either"
    title: ClassVar[Text] = Text("择一", "one of several")
    Spec: ClassVar[type[BaseModel]] = EitherSpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> EitherPlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, EitherSpec)  # noqa: S101 - the table pairs them
        ids = [item.id for item in spec.of]
        sound = not twice(scope, [("of", place, "id") for place in range(len(ids))], ids)
        declared = None
        if isinstance(spec.pick, DeclaredSpec):
            declared = scope.value(("pick", "declared"), spec.pick.declared, Kind.CHOICE)
            if declared is None or not fit_labels(scope, ("of",), ids, declared.type.of):
                sound = False
        found = [
            _alternative(scope, place, item, declared=isinstance(spec.pick, DeclaredSpec))
            for place, item in enumerate(spec.of)
        ]
        ways = tuple(item for item in found if item is not None)
        if len(ways) < len(found) or not sound:
            return None
        pick = spec.pick if isinstance(spec.pick, str) else "declared"
        first = next((item.applies_when for item in ways if item.applies_when is not None), None)
        return EitherPlan(pick, declared, ways, first.where[:-1] if first else ())


def _alternative(
    scope: Scope, place: int, spec: AlternativeSpec, *, declared: bool
) -> Alternative | None:
    """PRF439: a condition that nobody asks, because the way is declared."""
    path = ("of", place)
    when = None
    sound = True
    if spec.applies_when is not None and declared:
        other = Text("pick: first_applicable 或 best", "pick: first_applicable or best")
        scope.report("PRF439", (*path, "applies_when"), key=True, value="applies_when", other=other)
        sound = False
    elif spec.applies_when is not None:
        when = scope.value((*path, "applies_when"), spec.applies_when, Kind.FLAG)
        sound = when is not None
    method = scope.method(
        (*path, "score"), spec.score, supplied=scope.supplied, points=scope.points
    )
    if method is None or not sound:
        return None
    return Alternative(spec.id, spec.title, when, method)
