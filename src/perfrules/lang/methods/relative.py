"""`relative` · 同类比较: a value against fixed goalposts or a frozen reference, not its neighbours.

Min–max with goalposts is how the human development index reads life expectancy (20 to 85 years);
z-score and percentile need the values of a reference set. The set stands in the ruleset with its
digest: who else is in a file can't change a score, and a changed set is noticed.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, Field, model_validator

from perfrules.decimals import CONTEXT, ZERO, plain, round_to, snap
from perfrules.errors import Path, Text
from perfrules.lang.frame import Evaluation, Fault, Rated
from perfrules.lang.methods.base import Scope
from perfrules.lang.methods.measure import (
    NUMBERS,
    SIZES,
    compared,
    constant,
    number,
    reads,
    threshold,
)
from perfrules.lang.methods.pair import keys_given
from perfrules.lang.methods.phrase import phrase, same
from perfrules.lang.methods.share import NOTHING, WHOLE, Share
from perfrules.lang.spec.fields import (
    LabelField,
    SomeOf,
    SpecModel,
    TextField,
    ValueField,
    either,
    fault,
    faults,
    one_of,
)
from perfrules.lang.standing import ends, moments, percentile
from perfrules.lang.tree import Expr

By: TypeAlias = Literal["min_max", "z_score", "percentile"]
Better: TypeAlias = Literal["higher", "lower"]

# The goalposts of each form; percentiles need the values themselves.
_POSTS: dict[str, tuple[str, ...]] = {
    "min_max": ("low", "high"),
    "z_score": ("mean", "deviation"),
    "percentile": (),
}
_SCALE = ("zero_at", "full_at")
_SHOWN = 4  # decimals of a z-score in a reason


class ReferenceSpec(SpecModel):
    """A frozen set of values, with the digest that notices a change."""

    values: SomeOf[ValueField] = Field(examples=["values: [62%, 71%, 88%]"])
    digest: LabelField = Field(examples=["digest: sha256:…"])
    note: TextField = Text()


class RelativeSpec(SpecModel):
    """The keys of `relative`."""

    actual: ValueField | None = None
    by: Annotated[By, one_of(By)] = Field(examples=["by: min_max"])
    better: Annotated[Better, one_of(Better)] = Field(examples=["better: higher"])
    low: ValueField | None = None
    high: ValueField | None = None
    mean: ValueField | None = None
    deviation: ValueField | None = None
    zero_at: ValueField | None = None
    full_at: ValueField | None = None
    reference: ReferenceSpec | None = None

    @model_validator(mode="after")
    def _one_form(self) -> "RelativeSpec":
        posts = ("low", "high", "mean", "deviation")
        given = [key for key in posts if getattr(self, key) is not None]
        wanted = _POSTS[self.by]
        forms = " / ".join(filter(None, (" + ".join(wanted), "reference")))
        if self.reference is not None:
            if given:
                raise either([*given, "reference"], forms)
        elif not given or any(key not in wanted for key in given):
            raise either(given, forms)
        else:
            self._all(wanted)
        scale = keys_given(zero_at=self.zero_at, full_at=self.full_at)
        if self.by == "z_score":
            self._all(_SCALE)
        elif scale:
            raise faults([((), fault("PRF439", value=scale, other="by: z_score"))])
        return self

    def _all(self, keys: Iterable[str]) -> None:
        """PRF202: a key without which the others say nothing."""
        examples = {
            "low": "low: 0%", "high": "high: 100%", "mean": "mean: 70",
            "deviation": "deviation: 10", "zero_at": "zero_at: -2", "full_at": "full_at: 2",
        }  # fmt: skip
        lacking = [key for key in keys if getattr(self, key) is None]
        if lacking:
            raise faults(((), fault("PRF202", value=key, example=examples[key])) for key in lacking)


@dataclass(frozen=True, slots=True)
class MinMax:
    """Where the value lies between two goalposts."""

    low: Expr | Decimal
    high: Expr | Decimal

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The goalposts that are written as values."""
        return tuple(item for item in (self.low, self.high) if isinstance(item, Expr))

    def share(self, at: Evaluation, actual: Expr) -> tuple[Share, Text]:
        """Return the share, limited by the goalposts, and why."""
        low, high = _value(at, self.low), _value(at, self.high)
        if snap(low) >= snap(high):
            where = self.high.where if isinstance(self.high, Expr) else None
            shown, other = at.show(actual, high), at.show(actual, low)
            raise Fault("PRF568", where=where, value=shown, other=other)
        found = Share(CONTEXT.subtract(number(at, actual), low), CONTEXT.subtract(high, low))
        because = phrase(
            "{actual} 在 {low} 至 {high} 之间的位置", "where {actual} lies from {low} to {high}",
            actual=at.show(actual, compared(at, actual)),
            low=at.show(actual, low), high=at.show(actual, high),
        )  # fmt: skip
        return _limited(found), because


@dataclass(frozen=True, slots=True)
class ZScore:
    """How many standard deviations the value is from the mean, on a scale."""

    mean: Expr | Decimal
    deviation: Expr | Decimal
    zero_at: Decimal
    full_at: Decimal

    @property
    def reads(self) -> tuple[Expr, ...]:
        """Mean and deviation, where they are written as values."""
        return tuple(item for item in (self.mean, self.deviation) if isinstance(item, Expr))

    def share(self, at: Evaluation, actual: Expr) -> tuple[Share, Text]:
        """Return the share on the scale, and why."""
        mean, deviation = _value(at, self.mean), _value(at, self.deviation)
        if snap(deviation) <= ZERO:
            where = self.deviation.where if isinstance(self.deviation, Expr) else None
            raise Fault("PRF569", where=where, value=at.show(actual, deviation))
        gap = CONTEXT.subtract(number(at, actual), mean)
        # (z - zero_at) ÷ (full_at - zero_at), with the deviation multiplied through
        found = Share(
            CONTEXT.subtract(gap, CONTEXT.multiply(self.zero_at, deviation)),
            CONTEXT.multiply(CONTEXT.subtract(self.full_at, self.zero_at), deviation),
        )
        because = phrase(
            "标准分 ({actual} - {mean}) ÷ {deviation} = {z}，{zero} 得0、{full} 得满分",
            "z = ({actual} - {mean}) ÷ {deviation} = {z}; nothing at {zero}, all at {full}",
            actual=at.show(actual, compared(at, actual)), mean=at.show(actual, snap(mean)),
            deviation=at.show(actual, snap(deviation)),
            z=same(plain(round_to(CONTEXT.divide(gap, deviation), _SHOWN))),
            zero=plain(self.zero_at), full=plain(self.full_at),
        )  # fmt: skip
        return _limited(found), because


@dataclass(frozen=True, slots=True)
class Percentile:
    """Which share of the reference the value is above."""

    ordered: tuple[Decimal, ...]

    @property
    def reads(self) -> tuple[Expr, ...]:
        """Nothing: the values are frozen."""
        return ()

    def share(self, at: Evaluation, actual: Expr) -> tuple[Share, Text]:
        """Return the percentile rank, and why."""
        value = compared(at, actual)
        below = bisect_left(self.ordered, value)
        equal = self.ordered.count(value)
        because = phrase(
            "{actual} 高于参照组{count}个中的{below}个，与{equal}个相同",
            "{actual} is above {below} of {count} in the reference and equals {equal}",
            actual=at.show(actual, value), count=len(self.ordered), below=below, equal=equal,
        )  # fmt: skip
        return Share(*percentile(value, self.ordered)), because


@dataclass(frozen=True, slots=True)
class RelativePlan:
    """A value, how it is compared, and which direction is better."""

    name: ClassVar[str] = "relative"

    actual: Expr
    scale: MinMax | ZScore | Percentile
    higher: bool

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The value, then the goalposts."""
        return reads(self.actual, *self.scale.reads)

    def rate(self, at: Evaluation) -> Rated:
        """Return the share, or what is left of it where lower is better."""
        found, because = self.scale.share(at, self.actual)
        if self.higher:
            return found.rated(because)
        because = phrase("{because}，越低越好", "{because}; lower is better", because=because)
        return WHOLE.minus(found).rated(because)

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return from 0 to 1."""
        return NOTHING.value, WHOLE.value


def _value(at: Evaluation, post: Expr | Decimal) -> Decimal:
    return post if isinstance(post, Decimal) else number(at, post)


def _limited(found: Share) -> Share:
    """Return the share, not under nothing and not above the whole: beyond a goalpost is beyond."""
    if found.under(NOTHING):
        return NOTHING
    return WHOLE if WHOLE.under(found) else found


def digest_of(values: Iterable[Decimal]) -> str:
    """Return `sha256:…` of a reference's values: their order and trailing zeros don't matter.

    >>> digest_of([Decimal("2.0"), Decimal(1)]) == digest_of([Decimal(1), Decimal(2)])
    True
    """
    text = "\n".join(plain(value) for value in sorted(values))
    return f"sha256:{hashlib.sha256(text.encode('ascii')).hexdigest()}"


class Relative:
    """The method as the table knows it."""

    name: ClassVar[str] = "relative"
    title: ClassVar[Text] = Text("同类比较", "compared with a reference")
    Spec: ClassVar[type[BaseModel]] = RelativeSpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> RelativePlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, RelativeSpec)  # noqa: S101 - the table pairs them
        actual = scope.actual(spec.actual, *NUMBERS)
        scale = _scale(spec, scope, actual)
        if actual is None or scale is None:
            return None
        return RelativePlan(actual, scale, spec.better == "higher")


def _scale(
    spec: RelativeSpec, scope: Scope, actual: Expr | None
) -> MinMax | ZScore | Percentile | None:
    frozen = None
    if spec.reference is not None:
        frozen = _frozen(spec.reference, scope, actual)
        if frozen is None:
            return None
    if spec.by == "percentile":
        return None if frozen is None else Percentile(tuple(sorted(map(snap, frozen))))
    posts = _posts(spec, scope, actual) if frozen is None else _of(spec.by, frozen, scope)
    if spec.by == "min_max":
        return None if posts is None else MinMax(*posts)
    zero, full = (_written(scope, key, getattr(spec, key)) for key in _SCALE)
    if zero is None or full is None:
        return None
    if zero >= full:
        scope.report("PRF705", ("full_at",), value=plain(full), left=plain(zero))
        return None
    return None if posts is None else ZScore(posts[0], posts[1], zero, full)


def _posts(spec: RelativeSpec, scope: Scope, actual: Expr | None) -> tuple[Expr, Expr] | None:
    """Return the goalposts; PRF703 where one comes with the facts, PRF704 where they are one."""
    found: list[Expr] = []
    for key in _POSTS[spec.by]:
        expr = threshold(scope, (key,), getattr(spec, key), actual)
        if expr is not None and not scope.fixed(expr):
            scope.report("PRF703", (key,), value=expr.text, name=key)
        elif expr is not None:
            found.append(expr)
    if len(found) < len(_POSTS[spec.by]):
        return None
    low, high = found
    ends_ = constant(low), constant(high)
    if spec.by == "min_max" and None not in ends_ and snap(ends_[0]) >= snap(ends_[1]):  # type: ignore[arg-type] # neither is None
        scope.report("PRF704", ("high",), value=high.text, left=low.text)
        return None
    if spec.by == "z_score" and ends_[1] is not None and ends_[1] <= ZERO:
        scope.report("PRF706", ("deviation",), value=high.text)
        return None
    return low, high


def _of(by: str, frozen: tuple[Decimal, ...], scope: Scope) -> tuple[Decimal, Decimal] | None:
    """Return what a frozen set is measured by; PRF707 where its values are all alike."""
    try:
        return ends(frozen) if by == "min_max" else moments(frozen)
    except Fault:
        scope.report("PRF707", ("reference", "values"), value=len(frozen))
        return None


def _frozen(spec: ReferenceSpec, scope: Scope, actual: Expr | None) -> tuple[Decimal, ...] | None:
    """Return a reference's values; PRF440 one that is computed, PRF701 another digest."""
    found: list[Decimal] = []
    for row, raw in enumerate(spec.values):
        path: Path = ("reference", "values", row)
        expr = threshold(scope, path, raw, actual)
        value = constant(expr)
        if expr is not None and value is None:
            scope.report("PRF440", path, value=str(raw))
        elif value is not None:
            found.append(value)
    if len(found) < len(spec.values):
        return None
    digest = digest_of(found)
    if spec.digest != digest:
        scope.report("PRF701", ("reference", "digest"), value=spec.digest, found=digest)
        return None
    return tuple(found)


def _written(scope: Scope, key: str, raw: object) -> Decimal | None:
    """Return the number written at *key*; PRF440 where it is computed."""
    expr = scope.value((key,), raw, *SIZES)
    value = constant(expr)
    if expr is not None and value is None:
        scope.report("PRF440", (key,), value=str(raw))
    return value
