"""`target` · 按目标值: reads a target cell and applies the rule that it states.

绩效目标表, 财预〔2020〕10号 forms: ≥ actual ÷ target, ≤ target ÷ actual, = the smaller by the
larger, a range, a day, or words, which need a rating. `plain` says what a bare number means; equal
words prove nothing. A rating without `shares` of its own has the national form's: 100–80, 80–60,
60–0.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, Field, PlainValidator, model_validator

from perfrules.decimals import ONE, ZERO
from perfrules.errors import Path, Text
from perfrules.lang.cells import TargetCell, read_actual, read_target
from perfrules.lang.document import Scalar
from perfrules.lang.frame import Evaluation, Fault, MissingFault, Rated
from perfrules.lang.methods.base import MethodPlan, Scope
from perfrules.lang.methods.goals import by_cell, edge
from perfrules.lang.methods.measure import reads
from perfrules.lang.methods.pair import SharesField
from perfrules.lang.methods.phrase import phrase
from perfrules.lang.methods.scale import NATIONAL, DefaultField, Scale, national, scale
from perfrules.lang.methods.share import NOTHING, WHOLE
from perfrules.lang.spec.fields import SpecModel, ValueField, either, one_of, word_reader
from perfrules.lang.spec.indicators import MethodField
from perfrules.lang.tree import Expr
from perfrules.lang.types import DATE, MISSING, NUMBER, TEXT, Kind, Type

Plain: TypeAlias = Literal["at_least", "at_most", "equal", "refuse"]
AsOf: TypeAlias = Literal["as_of"]

_ACTUAL = (Kind.TEXT, Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.DATE)
_UNREADABLE = frozenset({"PRF502", "PRF513", "PRF534", "PRF537", "PRF536", "PRF570"})
_VALUES: Mapping[str, Type] = {"date": DATE, "words": TEXT}  # every other kind is a number
_NO_DAY = Text("日历上有的日期", "a day that exists")


class BySpec(SpecModel):
    """Methods that replace the rule of a kind of cell; `number` that of every numeric kind."""

    number: MethodField | None = None
    at_least: MethodField | None = None
    at_most: MethodField | None = None
    equal: MethodField | None = None
    range: MethodField | None = None
    none: MethodField | None = None
    date: MethodField | None = None
    words: MethodField | None = None


class TargetSpec(SpecModel):
    """The keys of `target`."""

    missing_codes: ClassVar[Mapping[str, str]] = {"plain": "PRF444"}

    target: ValueField = Field(examples=["target: t.target"])
    actual: ValueField | None = None
    level: ValueField | None = None
    plain: Annotated[Plain, one_of(Plain)] = Field(examples=["plain: at_least"])
    shares: SharesField | None = None
    default: DefaultField | None = None
    late: MethodField | None = None
    year: Annotated[AsOf, PlainValidator(lambda word: Scalar(_as_of(word)))] | None = None
    by: BySpec | None = None

    @model_validator(mode="after")
    def _one_late(self) -> "TargetSpec":
        if self.late is not None and self.by is not None and self.by.date is not None:
            raise either(["late", "by: {date: …}"], "late / by: {date: …}")
        return self


_as_of = word_reader(("as_of",))


@dataclass(frozen=True, slots=True)
class TargetPlan:
    """A target cell, an actual value, and a rating where words need one."""

    name: ClassVar[str] = "target"

    target: Expr
    actual: Expr
    plain: Plain
    level: Expr | None
    scale: Scale | None
    late: MethodPlan | None
    as_of: Expr | None
    by: Mapping[str, MethodPlan]

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The cells, the rating, what the inner methods read."""
        inner = [*self.by.values(), *((self.late,) if self.late else ())]
        found = reads(self.target, self.actual, self.level, self.as_of)
        shares = self.scale.reads if self.scale else ()
        return (*found, *shares, *(expr for method in inner for expr in method.reads))

    def rate(self, at: Evaluation) -> Rated:
        """Return what the cell's rule gives; the rating's worth where there is nothing to read."""
        label = self.label(at)
        try:
            return self._by_cell(at)
        except Fault as unreadable:
            if label is None or self.scale is None or unreadable.code not in _UNREADABLE:
                raise
        share, because = self.scale.rate(at, label)
        return share.rated(because)

    def label(self, at: Evaluation) -> str | None:
        """Return the level that was chosen, where there is one."""
        if self.level is None:
            return None
        try:
            return str(at.value(self.level))
        except MissingFault:
            return None

    def _by_cell(self, at: Evaluation) -> Rated:
        """Return what the cell's rule gives; raise what makes it unreadable."""
        given = at.value(self.target)
        cell = given if isinstance(given, TargetCell) else read_target(str(given))
        kind = cell.kind
        if kind == "none":
            if self.plain == "refuse":
                raise Fault("PRF570", where=self.target.where, value=cell.text)
            kind = self.plain
        own = self.by.get(cell.kind) or self.by.get(kind)
        if cell.kind == "words" and own is None:
            raise Fault("PRF536", where=self.target.where, target=cell.text)
        year = self._year(at) if cell.kind == "date" else None
        reading = read_actual(self._actual(at), cell, kind=self.actual.type.kind, year=year)
        value = reading.value
        if value is MISSING:
            raise self._missing()
        if isinstance(value, date):
            found = self._by_day(at, cell, value, year, own)
        elif isinstance(value, Decimal):
            own = own or self.by.get("number")
            found = (
                by_cell(cell, kind, value, self.target.where)
                if own is None
                else own.rate(at.bind(value=value, goal=edge(cell, value)))
            )
        else:
            assert own is not None  # noqa: S101 - words without a rule were refused
            found = own.rate(at.bind(value=value, goal=cell.text))
        return replace(found, notes=(*reading.notes, *found.notes))

    def _actual(self, at: Evaluation) -> object:
        return at.value(self.actual)

    def _missing(self) -> MissingFault:
        found = MissingFault(self.actual.text)
        found.where = self.actual.where
        return found

    def _year(self, at: Evaluation) -> int | None:
        if self.as_of is None:
            return None
        found = at.value(self.as_of)
        assert isinstance(found, date)  # noqa: S101 - typed at load
        return found.year

    def _by_day(
        self, at: Evaluation, cell: TargetCell, day: date, year: int | None, own: MethodPlan | None
    ) -> Rated:
        assert cell.due is not None  # noqa: S101 - the cell is a day
        if cell.due.year is None and year is None:
            raise Fault("PRF537", where=self.target.where, target=cell.text, value=day.isoformat())
        due = cell.due.on(year)
        if due is None:
            raise Fault("PRF513", where=self.target.where, value=cell.text, expected=_NO_DAY)
        on_time = day <= due
        late = own or (None if on_time else self.late)
        if late is not None:
            found = late.rate(at.bind(value=day, goal=due))
        else:
            words = ("不晚于", "no later than") if on_time else ("晚于", "later than")
            because = phrase(
                "{day} {zh}目标 {target}（{due}）",
                "{day} is {en} {target} ({due})",
                zh=words[0],
                en=words[1],
                day=day.isoformat(),
                target=cell.text,
                due=due.isoformat(),
            )
            found = (WHOLE if on_time else NOTHING).rated(because)
        if cell.due.year is not None:
            return found
        note = phrase(
            "目标“{target}”没有年份，按{year}年计",
            "the target {target} has no year and was taken to be in {year}",
            target=cell.text,
            year=year,
        )
        return replace(found, notes=(note, *found.notes))

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return from 0 to 1."""
        return ZERO, ONE


class Target:
    """The method as the table knows it."""

    name: ClassVar[str] = "target"
    title: ClassVar[Text] = Text("按目标值", "by target cell")
    Spec: ClassVar[type[BaseModel]] = TargetSpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> TargetPlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, TargetSpec)  # noqa: S101 - the table pairs them
        target = scope.value(("target",), spec.target, Kind.TARGET, Kind.TEXT, optional=True)
        actual = scope.actual(spec.actual, *_ACTUAL, optional=True)
        level = worth = as_of = None
        sound = True
        if spec.level is not None:
            level = scope.value(("level",), spec.level, Kind.CHOICE, optional=True)
            worth = _scale(scope, spec, level) if level is not None else None
            sound = worth is not None
        else:
            sound = _no_scale(scope, spec)
        if spec.year is not None:
            as_of = scope.value(("year",), spec.year, Kind.DATE)
            sound = sound and as_of is not None
        late = None
        if spec.late is not None:
            late = _inner(scope, ("late",), spec.late, DATE)
            sound = sound and late is not None
        by = _by(scope, spec.by) if spec.by is not None else {}
        if target is None or actual is None or by is None or not sound:
            return None
        return TargetPlan(target, actual, spec.plain, level, worth, late, as_of, by)


def _scale(scope: Scope, spec: TargetSpec, level: Expr) -> Scale | None:
    """PRF432 without `default`, PRF442 without `shares` where there aren't three levels."""
    if level.type.kind is not Kind.CHOICE:
        return None
    if spec.shares is not None:
        return scale(scope, spec.shares, level, spec.default)
    if len(level.type.of) != len(NATIONAL):
        scope.report("PRF442", ("level",), value=level.text, count=len(level.type.of))
        return None
    if spec.default is None:
        scope.report("PRF432", ("level",), key=True)
        return None
    return national(scope, level, spec.default)


def _no_scale(scope: Scope, spec: TargetSpec) -> bool:
    """PRF439: shares of a rating that isn't there."""
    sound = True
    for key, given in (("shares", spec.shares), ("default", spec.default)):
        if given is not None:
            scope.report("PRF439", (key,), key=True, value=key, other=Text("level", "level"))
            sound = False
    return sound


def _inner(scope: Scope, path: Path, raw: object, kind: Type) -> MethodPlan | None:
    return scope.method(path, raw, supplied=kind, points=scope.points, extra={"goal": kind})


def _by(scope: Scope, spec: BySpec) -> dict[str, MethodPlan] | None:
    found: dict[str, MethodPlan] = {}
    sound = True
    for key in BySpec.model_fields:
        raw = getattr(spec, key)
        if raw is None:
            continue
        method = _inner(scope, ("by", key), raw, _VALUES.get(key, NUMBER))
        if method is None:
            sound = False
        else:
            found[key] = method
    return found if sound else None
