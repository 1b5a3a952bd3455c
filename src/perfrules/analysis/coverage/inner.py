"""Methods inside methods: which of them a leaf goes through, and what each of them passes."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from perfrules.analysis.coverage.point import Key, Mark, key_of
from perfrules.analysis.coverage.rules import method_keys, method_marks, scale_marks
from perfrules.errors import Path, Text
from perfrules.lang.ballots import PanelFact
from perfrules.lang.frame import Evaluation, Rated
from perfrules.lang.methods.ballot import papers
from perfrules.lang.methods.base import MethodPlan
from perfrules.lang.methods.either import EitherPlan
from perfrules.lang.methods.mix import MixPlan
from perfrules.lang.methods.panel import PanelPlan
from perfrules.lang.methods.share import share_of
from perfrules.lang.methods.survey import SurveyPlan
from perfrules.lang.methods.target import TargetPlan
from perfrules.lang.tree import Expr

_WORDS: Final = {
    "at_least": Text("“不低于”的目标", "an “at least” target"),
    "at_most": Text("“不高于”的目标", "an “at most” target"),
    "equal": Text("“等于”的目标", "an “equal” target"),
    "range": Text("区间目标", "a range target"),
    "date": Text("日期目标", "a date target"),
    "words": Text("文字目标", "a target in words"),
    "number": Text("数值目标", "a number target"),
    "late": Text("晚于目标日期", "a day later than the target"),
}


def marks_within(method: MethodPlan, path: Path) -> Iterator[Mark]:
    """Yield the marks of a leaf's method and of all methods inside it; *path* is the leaf's."""
    yield from method_marks(method)
    if isinstance(method, PanelPlan):
        yield from _panel_marks(method)
    if isinstance(method, TargetPlan) and method.level is not None and method.scale is not None:
        yield from scale_marks(method.level, method.scale)
    for tag, told, inner in _inside(method):
        if told:
            way = Text(f"计分方式：{told.zh}", f"way of scoring: {told.en}")
            needs = Text(f"使该指标按“{told.zh}”计分", f"let it be scored by {told.en}")
            where = inner.reads[0].where if inner.reads else path
            yield Mark((path, "way", tag), "way", where, way, needs)
        yield from marks_within(inner, (*path, tag))


def methods_within(method: MethodPlan) -> Iterator[MethodPlan]:
    """Yield a method and all methods inside it."""
    yield method
    for _, _, inner in _inside(method):
        yield from methods_within(inner)


def _inside(method: MethodPlan) -> Iterator[tuple[str, Text, MethodPlan]]:
    """Yield the methods inside a method; those with a text are taken only in some cases."""
    match method:
        case EitherPlan():
            for item in method.of:
                yield item.id, item.shown, item.method
        case MixPlan():
            for place, part in enumerate(method.parts):
                yield f"part{place}", Text(), part.method
        case SurveyPlan() | PanelPlan():
            if method.then is not None:
                yield "then", Text(), method.then
        case TargetPlan():
            for kind, inner in method.by.items():
                yield kind, _WORDS.get(kind, Text(kind, kind)), inner
            if method.late is not None:
                yield "late", _WORDS["late"], method.late
        case _:
            return


@dataclass(slots=True)
class Spy:
    """A method that notes what it does; it rates as the one it stands for."""

    method: MethodPlan
    path: Path
    reached: set[Key]
    tag: str | None = None
    last: Rated | None = field(default=None)

    @property
    def name(self) -> str:
        """The name of the method."""
        return str(getattr(self.method, "name", ""))

    @property
    def reads(self) -> tuple[Expr, ...]:
        """What it reads."""
        return self.method.reads

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return what it can give."""
        return self.method.reachable()

    def rate(self, at: Evaluation) -> Rated:
        """Return what the method gives, after noting what it passes."""
        self.reached |= set(method_keys(self.method, at))
        if self.tag is not None:
            self.reached.add((self.path[:-1], "way", self.tag))
        self.last = self._rate(at)
        return self.last

    def _spy(self, tag: str, inner: MethodPlan, *, told: bool = True) -> "Spy":
        return Spy(inner, (*self.path, tag), self.reached, tag if told else None)

    def _rate(self, at: Evaluation) -> Rated:
        match self.method:
            case EitherPlan():
                return self._either(self.method, at)
            case MixPlan():
                parts = tuple(
                    replace(part, method=self._spy(f"part{place}", part.method, told=False))
                    for place, part in enumerate(self.method.parts)
                )
                return replace(self.method, parts=parts).rate(at)
            case SurveyPlan() | PanelPlan():
                if isinstance(self.method, PanelPlan):
                    self.reached |= set(_panel_keys(self.method, at))
                then = self.method.then
                spy = None if then is None else self._spy("then", then, told=False)
                return replace(self.method, then=spy).rate(at)
            case TargetPlan():
                return self._target(self.method, at)
            case _:
                return self.method.rate(at)

    def _either(self, method: EitherPlan, at: Evaluation) -> Rated:
        spies = [self._spy(item.id, item.method, told=False) for item in method.of]
        of = tuple(replace(item, method=spy) for item, spy in zip(method.of, spies, strict=True))
        found = replace(method, of=of).rate(at)
        rated = [(spy, spy.last) for spy in spies if spy.last is not None]
        best, share = rated[0]
        for spy, last in rated[1:]:
            if share_of(share).under(share_of(last)):
                best, share = spy, last
        self.reached.add((self.path, "way", best.path[-1]))
        return found

    def _target(self, method: TargetPlan, at: Evaluation) -> Rated:
        by = {kind: self._spy(kind, inner) for kind, inner in method.by.items()}
        late = None if method.late is None else self._spy("late", method.late)
        if method.level is not None:
            label = method.label(at)
            if label is not None:
                self.reached.add(key_of(method.level, "level", label))
        return replace(method, by=by, late=late).rate(at)


def _panel_marks(method: PanelPlan) -> Iterator[Mark]:
    if method.combine != "trimmed":
        return
    least = method.trim_above
    for trimmed, zh, en in (
        (True, f"评分人多于{least}人，去掉最高最低", f"more than {least} raters: trimmed"),
        (False, f"评分人不多于{least}人，全部计入", f"at most {least} raters: all count"),
    ):
        many = ("大于", "more than") if trimmed else ("等于", "exactly")
        needs = Text(f"使有效评分人数{many[0]}{least}", f"let {many[1]} {least} raters score")
        key = key_of(method.actual, "trimmed", trimmed)
        yield Mark(key, "side", method.actual.where, Text(zh, en), needs)


def _panel_keys(method: PanelPlan, at: Evaluation) -> Iterator[Key]:
    fact, out_of = at.value(method.actual), at.value(method.out_of)
    assert isinstance(fact, PanelFact)  # noqa: S101 - typed at load
    assert isinstance(out_of, Decimal)  # noqa: S101 - typed at load
    valid, _ = papers(fact, out_of, method.items, method.void, method.actual.where)
    sizes: dict[str | None, int] = {}
    for paper in valid:
        group = None if method.pooled else paper.group
        sizes[group] = sizes.get(group, 0) + 1
    for size in sizes.values():
        yield key_of(method.actual, "trimmed", size > method.trim_above)
