"""What expressions give besides numbers: flags, labels, days, sets, answers, constants."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from perfrules.engine.batch.kernel.chunk import (
    BoolsOf,
    Chunk,
    IntsOf,
    Kept,
    Mask,
    Run,
    UnsupportedError,
)
from perfrules.engine.batch.kernel.numbers import Known, Number, Real, Whole
from perfrules.engine.batch.vectors import Bools, Ints


@dataclass(frozen=True, slots=True)
class Constant:
    """A text, a date, a flag or a map that is the same for every unit."""

    value: object


@dataclass(frozen=True, slots=True)
class Flag:
    """Yes or no."""

    get: BoolsOf


@dataclass(frozen=True, slots=True)
class Label:
    """A choice or text: a place among names that the batch knows."""

    codes: IntsOf
    names: Callable[[Run], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Day:
    """A date by its ordinal."""

    ordinals: IntsOf


@dataclass(frozen=True, slots=True)
class Members:
    """A set of choices, as bits."""

    bits: IntsOf
    names: Callable[[Run], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers by level; no level has more than `most`."""

    counts: tuple[IntsOf, ...]
    levels: tuple[str, ...]
    most: int


Value: TypeAlias = Number | Constant | Flag | Label | Day | Members | Answers


@dataclass(frozen=True, slots=True)
class Named:
    """A name's value, where it lacks, and where it fails; a `computed` one lacks when asked."""

    value: Value
    lack: Mask | None = None
    fail: Mask | None = None
    computed: bool = False


def number(value: Value) -> Number:
    """Return a value that is a number by its type."""
    if isinstance(value, (Known, Whole, Real)):
        return value
    raise UnsupportedError


def flag(value: Value) -> bool | BoolsOf:
    """Return a condition, or what it always is."""
    if isinstance(value, Flag):
        return value.get
    if isinstance(value, Constant) and isinstance(value.value, bool):
        return value.value
    raise UnsupportedError


def as_flag(test: bool | BoolsOf) -> Value:  # noqa: FBT001 - what a comparison gives
    """Return a condition as a value."""
    return Constant(test) if isinstance(test, bool) else Flag(test)


def every(test: bool | BoolsOf) -> BoolsOf:  # noqa: FBT001 - what a comparison gives
    """Return a condition by unit."""
    if isinstance(test, bool):
        return lambda chunk: np.full(chunk.size, test)
    return test


def inverse(test: BoolsOf) -> BoolsOf:
    """Return where a condition doesn't hold."""

    def inverted(chunk: Chunk) -> Bools:
        found: Bools = np.logical_not(test(chunk))
        return found

    return Kept(inverted)


def opposite(test: bool | BoolsOf) -> bool | BoolsOf:  # noqa: FBT001 - what a comparison gives
    """Return the condition that holds where another doesn't."""
    return not test if isinstance(test, bool) else inverse(test)


def both(left: bool | BoolsOf, right: bool | BoolsOf) -> bool | BoolsOf:  # noqa: FBT001 - the same
    """Return the condition that holds where two do."""
    if isinstance(left, bool):
        return right if left else False
    if isinstance(right, bool):
        return left if right else False
    return Kept(lambda chunk: left(chunk) & right(chunk))


class Places:
    """The place of each unit's label in an order that is fixed, or the last for any other."""

    def __init__(self, label: Label | Members, order: Mapping[object, int], rest: int) -> None:
        self.label = label
        self.order = order
        self.rest = rest

    def table(self, run: Run) -> Ints | None:
        """Return the place by code; None where codes are places already."""
        return run.table(self, lambda: self._table(self.label.names(run)))

    def _table(self, names: tuple[str, ...]) -> Ints | None:
        places = [self.order.get(name, self.rest) for name in names]
        if places == list(range(len(names))):
            return None
        return np.array(places or [self.rest], np.int64)

    def __call__(self, chunk: Chunk) -> Ints:
        """Return the places."""
        assert isinstance(self.label, Label)  # noqa: S101 - sets have places of their own
        table, codes = self.table(chunk.run), self.label.codes(chunk)
        return codes if table is None else table.take(codes, mode="clip")


def matches(label: Label, wanted: frozenset[str]) -> BoolsOf:
    """Return whether each unit's label is one of those wanted."""
    return matching(label, lambda name: name in wanted)


def matching(label: Label, fits: Callable[[str], bool]) -> BoolsOf:
    """Return whether each unit's label is one that fits."""
    key = object()

    def table(run: Run) -> NDArray[np.bool_] | int | None:
        names = label.names(run)
        found = [place for place, name in enumerate(names) if fits(name)]
        if not found:
            return None
        return found[0] if len(found) == 1 else np.isin(np.arange(len(names)), found)

    def test(chunk: Chunk) -> Bools:
        found = chunk.run.table(key, lambda: table(chunk.run))
        codes = label.codes(chunk)
        if found is None:
            return np.zeros(chunk.size, np.bool_)
        if isinstance(found, int):
            same: Bools = np.equal(codes, found)
            return same
        return found.take(codes, mode="clip")

    return Kept(test)
