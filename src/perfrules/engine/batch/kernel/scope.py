"""What an expression sees of a batch: its names, what methods bind, references to lines."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Any, Final

import numpy as np

from perfrules.decimals import ZERO
from perfrules.engine.batch.kernel.chunk import (
    EXACT,
    Chunk,
    Floats,
    IntsOf,
    Kept,
    Mask,
    Run,
    Units,
    UnsupportedError,
)
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.numbers import Exactly, Known, Whole, scaled
from perfrules.engine.batch.kernel.shape import Shape
from perfrules.engine.batch.kernel.values import (
    Answers,
    Constant,
    Day,
    Flag,
    Label,
    Members,
    Named,
    Value,
)
from perfrules.engine.batch.vectors import (
    Bools,
    Chosen,
    Counts,
    Days,
    Flags,
    Ints,
    Labels,
    Numbers,
    Sheet,
    Shifted,
)
from perfrules.lang.functions import Function
from perfrules.lang.plan import InputPlan
from perfrules.lang.tree import RefKind

_SHORT: Final = 2**31

References = Callable[[RefKind, str], Named]
Leaves = Callable[[str], list[Mapping[str, Named]]]


def _no_reference(kind: RefKind, name: str) -> Named:
    raise UnsupportedError(kind, name)


def _no_leaves(name: str) -> list[Mapping[str, Named]]:
    raise UnsupportedError(name)


@dataclass(frozen=True, slots=True)
class Scope:
    """The surroundings of an expression; marks go into `effects`."""

    names: Mapping[str, Named]
    functions: Mapping[str, Function]
    effects: Effects
    shadows: Mapping[str, Named] = field(default_factory=dict)
    rows: Mapping[str, Mapping[str, Named]] = field(default_factory=dict)
    reference: References = _no_reference
    leaves: Leaves = _no_leaves
    tables: Mapping[str, Any] | None = None  # of `tables.Table`; None: none can be looked through

    def named(self, name: str) -> Named:
        """Return what stands behind a name, innermost first."""
        found = self.shadows.get(name)
        found = self.names.get(name) if found is None else found
        if found is None:
            raise UnsupportedError(name)
        return found

    def bind(self, **names: Value) -> "Scope":
        """Return the scope with names that a method binds."""
        found = {name: Named(value) for name, value in names.items()}
        return replace(self, shadows={**self.shadows, **found})

    def marking(self, effects: Effects) -> "Scope":
        """Return the scope with marks that go elsewhere."""
        return replace(self, effects=effects)


def constant(value: object) -> Value:
    """Return a literal's or a parameter's value."""
    return Known(value) if isinstance(value, Decimal) else Constant(value)


def column_of(item: InputPlan, name: str, shape: Shape) -> Named:
    """Return what a batch of this shape holds of an input."""
    column = shape.columns.get(name)
    if column is None:
        raise UnsupportedError(name)
    lack: Mask | None = None
    if column.lacks:
        lack = Kept(lambda chunk: chunk.part(_absent(chunk.run, name)))
    return Named(_value(item, name, shape), lack)


def _absent(run: Run, name: str) -> Bools:
    absent = run.columns[name].absent
    assert absent is not None  # noqa: S101 - the shape says so
    return absent


def _value(item: InputPlan, name: str, shape: Shape) -> Value:
    column = shape.columns[name]
    kind = column.kind
    if kind is Numbers:
        return _numbers(item, name, column.scale, column.most)
    if kind is Flags:
        return Flag(Kept(lambda chunk: chunk.part(chunk.run.columns[name].values)))  # type: ignore[union-attr] # its kind
    if kind is Labels:
        return Label(_part(name, "codes"), lambda run: run.columns[name].of)  # type: ignore[union-attr] # its kind
    if kind is Chosen:
        return Members(_part(name, "bits"), lambda run: run.columns[name].of)  # type: ignore[union-attr] # its kind
    if kind is Days:
        return Day(_part(name, "ordinals"))
    if kind is Counts and item.levels:
        counts = tuple(_answer(name, place) for place in range(len(item.levels)))
        return Answers(counts, item.levels, column.most)
    if kind is Sheet:
        return Constant(None)  # only whether it is there can be asked of a table itself
    raise UnsupportedError(name)


def _part(name: str, what: str) -> IntsOf:
    """Return a column of whole numbers, which may be held in fewer bits."""

    def part(chunk: Chunk) -> Ints:
        held = chunk.part(getattr(chunk.run.columns[name], what))
        found: Ints = held.astype(np.int64, copy=False)
        return found

    return Kept(part)


def _units(name: str, most: int) -> IntsOf:
    """Return the units of a column of numbers, *most* at most."""

    def ints(chunk: Chunk) -> Ints:
        held = chunk.run.columns[name].units  # type: ignore[union-attr] # its kind
        if not isinstance(held, Shifted):
            return np.ascontiguousarray(chunk.part(held), np.int64)
        if most >= EXACT:
            return held[chunk.start : chunk.stop]
        given = found.floats(chunk)
        # By way of 32 bits it takes half as long.
        return given.astype(np.int32).astype(np.int64) if most < _SHORT else given.astype(np.int64)

    def floats(chunk: Chunk) -> Floats:
        held = chunk.run.columns[name].units  # type: ignore[union-attr] # its kind
        if isinstance(held, Shifted):
            return held.floats(slice(chunk.start, chunk.stop))
        return found(chunk).astype(np.float64)

    found = Units(ints, floats)
    return found if most < EXACT else Kept(ints)


def _answer(name: str, place: int) -> IntsOf:
    def part(chunk: Chunk) -> Ints:
        held = chunk.part(chunk.run.columns[name].answers[place])  # type: ignore[union-attr] # its kind
        return held.astype(np.int64, copy=False)

    return Kept(part)


def _numbers(item: InputPlan, name: str, scale: int, most: int) -> Whole:
    """Return a column of numbers within the bounds that admission promises."""
    units, factor = _units(name, most), Fraction(10) ** -scale
    low, high = -most, most
    least = item.min if isinstance(item.min, Decimal) else None
    largest = item.max if isinstance(item.max, Decimal) else None
    if isinstance(item.default, Decimal):  # a default needn't be within the bounds
        least = None if least is None else min(least, item.default)
        largest = None if largest is None else max(largest, item.default)
    if item.whole and (least is None or least < ZERO):
        least = ZERO
    if least is not None:
        low = max(low, min(0, floor(Fraction(least) / factor)) if least < ZERO else 0)
        if least > ZERO and not shape_lacks(item):
            low = max(low, ceil(Fraction(least) / factor))
    if largest is not None:
        high = min(high, max(0, floor(Fraction(largest) / factor)))
    return Whole(units, factor, low, max(low, high), _exact(units, scale))


def shape_lacks(item: InputPlan) -> bool:
    """Whether 0 may stand for a value that isn't there."""
    return not item.required and item.default is None


def _exact(units: IntsOf, scale: int) -> Exactly:
    return lambda chunk, where: [scaled(unit, scale) for unit in units(chunk)[where].tolist()]


def day_of(value: object) -> Day | None:
    """Return a date that is the same for every unit."""
    if not isinstance(value, date):
        return None
    ordinal = value.toordinal()
    fixed = np.int64(ordinal)
    return Day(lambda _: fixed)  # type: ignore[return-value,arg-type] # broadcast


def ordinals(value: Value) -> IntsOf:
    """Return a day's ordinals."""
    if isinstance(value, Constant):
        value = day_of(value.value) or value
    if not isinstance(value, Day):
        raise UnsupportedError
    return value.ordinals
