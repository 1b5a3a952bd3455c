"""`bands` · 分档: points by the band a value lies in, each band written by its lower bound only.

Tables of 2018 to 2022: 预算控制率 =0 得5分, (0,10%] 得4分 …. Bounds descend and the last row is
`else`, so that no value can fall between two bands. With `within: linear` a band goes from its
second value, at its own bound, to its first, at the bound above (9–8分、7–6分).
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, Field, PlainValidator, model_validator

from perfrules.decimals import CONTEXT, snap
from perfrules.errors import Path, Text
from perfrules.lang.frame import Evaluation, Fault, Rated
from perfrules.lang.methods.amount import Amount, amount
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
from perfrules.lang.methods.pair import OneOrTwoField, keys_given, shown_values
from perfrules.lang.methods.phrase import phrase
from perfrules.lang.methods.share import Share
from perfrules.lang.spec.fields import SomeOf, SpecModel, ValueField, either, fault, shown
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind

Within: TypeAlias = Literal["linear"]


class BandSpec(SpecModel):
    """A band: its lower bound, and points or a share; the last one is `else` and its worth."""

    above: ValueField | None = None
    at_least: ValueField | None = None
    else_: ValueField | None = Field(None, alias="else")
    points: OneOrTwoField | None = None
    share: OneOrTwoField | None = None

    @model_validator(mode="after")
    def _one_form(self) -> "BandSpec":
        bounds = keys_given(above=self.above, at_least=self.at_least, else_=self.else_)
        if not bounds or "," in bounds:
            raise either(filter(None, [bounds]), "above / at_least / else")
        worth = keys_given(points=self.points, share=self.share)
        if self.else_ is not None and worth:
            raise either(["else", worth], "else / above + points")
        if self.else_ is None and (not worth or "," in worth):
            raise either(filter(None, [worth]), "points / share")
        return self

    @property
    def bound(self) -> tuple[str, object]:
        """The key of the lower bound and what is written there."""
        for key in ("above", "at_least"):
            if (value := getattr(self, key)) is not None:
                return key, value
        return "else", self.else_


def _within(value: object) -> str:
    if value != "linear":
        raise fault("PRF205", value=shown(value), choices="linear", guess=Text())
    return "linear"


class BandsSpec(SpecModel):
    """The keys of `bands`."""

    actual: ValueField | None = None
    bands: SomeOf[BandSpec] = Field(examples=["bands: [{at_least: 90%, points: 10}, {else: 0}]"])
    within: Annotated[Within, PlainValidator(_within)] | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A band above its bound (None: the last one), worth one amount, or from `low` to `high`."""

    bound: Expr | None
    inclusive: bool
    high: Amount
    low: Amount | None = None

    def holds(self, value: Decimal, bound: Decimal) -> bool:
        """Return whether *value* reaches the bound."""
        return value >= bound if self.inclusive else value > bound

    @property
    def worth(self) -> tuple[Amount, ...]:
        """What it may give."""
        return (self.high,) if self.low is None else (self.high, self.low)


@dataclass(frozen=True, slots=True)
class BandsPlan:
    """Bands from the highest to the last."""

    name: ClassVar[str] = "bands"

    actual: Expr
    bands: tuple[Band, ...]
    points: Decimal | None

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The value, then each band's bound and worth."""
        found = [self.actual]
        for band in self.bands:
            found += reads(band.bound, *(item.expr for item in band.worth))
        return tuple(found)

    def rate(self, at: Evaluation) -> Rated:
        """Return what the first band that the value reaches is worth."""
        actual = compared(at, self.actual)
        bounds = self._bounds(at)
        place = len(self.bands) - 1
        for index, bound in enumerate(bounds):
            if self.bands[index].holds(actual, bound):
                place = index
                break
        band = self.bands[place]
        share = band.high.share(at)
        if band.low is not None:
            low = band.low.share(at)
            span = Share(
                CONTEXT.subtract(number(at, self.actual), bounds[place]),
                CONTEXT.subtract(bounds[place - 1], bounds[place]),
            )
            share = low.plus(share.minus(low).times(span))
        because = self._because(at, actual, place)
        if band.low is not None:
            because = phrase(
                "{because}，在 {low} 至 {high} 之间按线性计",
                "{because}: on the line from {low} to {high}",
                because=because,
                low=band.low.show(at),
                high=band.high.show(at),
            )
        return share.rated(because)

    def _bounds(self, at: Evaluation) -> list[Decimal]:
        """Return the bounds; PRF568 where those computed for this unit don't descend."""
        exprs = reads(*(band.bound for band in self.bands))
        values = [compared(at, expr) for expr in exprs]
        for place, (above, below) in enumerate(pairwise(values)):
            if below > above or (below == above and not self._excludes(place)):
                expr = exprs[place + 1]
                raise Fault(
                    "PRF568",
                    where=expr.where,
                    value=at.show(expr, below),
                    other=at.show(expr, above),
                )
        return values

    def _excludes(self, place: int) -> bool:
        """Whether a band may share its bound with the next: above 10 %, then exactly 10 %."""
        below = self.bands[place + 1]
        return not self.bands[place].inclusive and below.inclusive and below.low is None

    def _because(self, at: Evaluation, actual: Decimal, place: int) -> Text:
        by = shown_by(self.actual, *reads(*(band.bound for band in self.bands)))
        parts = []
        band, upper = self.bands[place], self.bands[place - 1] if place else None
        if band.bound is not None:
            words = ("达到", "at least") if band.inclusive else ("高于", "above")
            parts.append((*words, at.show(band.bound, compared(at, band.bound))))
        if upper is not None and upper.bound is not None:
            words = ("低于", "below") if upper.inclusive else ("不高于", "at most")
            parts.append((*words, at.show(upper.bound, compared(at, upper.bound))))
        zh = "、".join(f"{word} {bound.get('zh')}" for word, _, bound in parts)
        en = " and ".join(f"{word} {bound.get('en')}" for _, word, bound in parts)
        value = at.show(by, actual)
        if not parts:
            return phrase("{value}，只有一档", "{value}: there is one band", value=value)
        return phrase("{value} {zh}", "{value} is {en}", value=value, zh=zh, en=en)

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return the smallest and largest worth of a band."""
        found = [item.static(self.points) for band in self.bands for item in band.worth]
        known = [item for item in found if item is not None]
        return (min(known), max(known)) if known and len(known) == len(found) else None


class Bands:
    """The method as the table knows it."""

    name: ClassVar[str] = "bands"
    title: ClassVar[Text] = Text("分档", "bands")
    Spec: ClassVar[type[BaseModel]] = BandsSpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> BandsPlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, BandsSpec)  # noqa: S101 - the table pairs them
        actual = scope.actual(spec.actual, *NUMBERS)
        ordered = _last_is_else(spec, scope)
        found = [_band(spec, scope, place, actual) for place in range(len(spec.bands))]
        bands = tuple(band for band in found if band is not None)
        if len(bands) < len(found) or not ordered or actual is None:
            return None
        if not (_descending(scope, bands) and _reached(scope, actual, bands)):
            return None
        return BandsPlan(actual, bands, scope.points)


def _path(place: int, *keys: str | int) -> Path:
    return ("bands", place, *keys)


def _last_is_else(spec: BandsSpec, scope: Scope) -> bool:
    """PRF424 without `else`, PRF425 where something follows it."""
    places = [place for place, band in enumerate(spec.bands) if band.else_ is not None]
    last = len(spec.bands) - 1
    if not places:
        scope.report("PRF424", _path(last))
        return False
    if places[0] != last:
        scope.report("PRF425", _path(places[0], "else"), key=True)
        return False
    return True


def _band(spec: BandsSpec, scope: Scope, place: int, actual: Expr | None) -> Band | None:
    row = spec.bands[place]
    key, raw = row.bound
    if row.else_ is not None:
        worth = amount(scope, _path(place, "else"), row.else_)
        return None if worth is None else Band(None, inclusive=True, high=worth)
    bound = threshold(scope, _path(place, key), raw, actual)
    in_points = row.points is not None
    name, kind = ("points", Kind.NUMBER) if in_points else ("share", Kind.PERCENT)
    given = row.points if in_points else row.share
    assert given is not None  # noqa: S101 - one of the two is there
    if isinstance(given, tuple) and (spec.within is None or place == 0):
        scope.report("PRF448", _path(place, name), value=shown_values(given))
        return None
    raws = given if isinstance(given, tuple) else (given,)
    paths = [_path(place, name, step) for step in (0, 1)] if len(raws) > 1 else [_path(place, name)]
    found = [amount(scope, path, item, kind) for path, item in zip(paths, raws, strict=True)]
    worths = [item for item in found if item is not None]
    if bound is None or len(worths) < len(found):
        return None
    low = worths[1] if len(worths) > 1 else None
    return Band(bound, key == "at_least", worths[0], low)


def _descending(scope: Scope, bands: tuple[Band, ...]) -> bool:
    """PRF422 bounds that rise, PRF423 the same bound twice."""
    for place, (above, below) in enumerate(pairwise(bands), start=1):
        left, right = constant(above.bound), constant(below.bound)
        if below.bound is None or above.bound is None or left is None or right is None:
            continue
        path = _path(place, "at_least" if below.inclusive else "above")
        if snap(right) > snap(left):
            scope.report("PRF422", path, value=below.bound.text, left=above.bound.text)
            return False
        exact = below.inclusive and not above.inclusive and below.low is None
        if right == left and not exact:
            scope.report("PRF423", path, value=below.bound.text)
            return False
    return True


def _reached(scope: Scope, actual: Expr, bands: tuple[Band, ...]) -> bool:
    """PRF438: a band that begins beyond the largest value there can be."""
    _, most = limits(scope, actual)
    for place, band in enumerate(bands):
        bound = constant(band.bound)
        if band.bound is None or bound is None or most is None:
            continue
        if bound > most or (bound == most and not band.inclusive):
            path = _path(place, "at_least" if band.inclusive else "above")
            scope.report(
                "PRF438",
                path,
                value=band.bound.text,
                name=actual.text,
                other=written(most, actual),
            )
            return False
    return True
