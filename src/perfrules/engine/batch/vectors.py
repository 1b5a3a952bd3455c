"""What a batch holds of each input: exact integers, codes and flags, a value a unit.

A value is `units * 10**-scale`, never a binary float: floats are made of it where a bound on their
error is known. Whole numbers may be held in fewer bits than 64, or as every other word of an array,
as they came; who counts with them widens a part of them first. A value that is absent has 0 in its
place. All arrays of a batch are as long as the batch, but those below a `Sheet`, which are as long
as all of its rows together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Bools: TypeAlias = NDArray[np.bool_]
Ints: TypeAlias = NDArray[np.int64]
Floats: TypeAlias = NDArray[np.float64]


class Shifted:
    """Whole numbers that are floats times a power of ten, computed for the part that is asked for.

    Each float is known to be the nearest one to such a number below 2**53, so that rounding the
    product gives the number itself.

    Args:
        values: The floats.
        power: The power of ten.

    >>> Shifted(np.array([0.29, 1.0]), 100.0)[:]
    array([ 29, 100])
    """

    __slots__ = ("power", "values")

    def __init__(self, values: Floats, power: float) -> None:
        self.values = values
        self.power = power

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.values)

    def __getitem__(self, part: "slice | Ints | Bools") -> Ints:
        """Return some of them."""
        return self.floats(part).astype(np.int64)

    def floats(self, part: "slice | Ints | Bools") -> Floats:
        """Return some of them as floats, in an array of its own."""
        found: Floats = np.multiply(self.values[part], self.power)
        np.rint(found, out=found)
        return found


Units: TypeAlias = Ints | Shifted


@dataclass(frozen=True, slots=True)
class Numbers:
    """Numbers, money in 元, percentages as fractions, counts.

    `most` is a bound on the absolute value of all units, below 2**63.
    """

    units: Units
    scale: int
    most: int
    absent: Bools | None = None


@dataclass(frozen=True, slots=True)
class Flags:
    """Yes and no."""

    values: Bools
    absent: Bools | None = None


@dataclass(frozen=True, slots=True)
class Labels:
    """A choice, a text, an id or a target cell's text: which of `of` it is, by its place there."""

    codes: Ints
    of: tuple[str, ...]
    absent: Bools | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice of many: bit k of `bits` says whether `of[k]` was chosen."""

    bits: Ints
    of: tuple[str, ...]
    absent: Bools | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """Dates by their proleptic ordinal, as `date.toordinal` gives it."""

    ordinals: Ints
    absent: Bools | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """A survey without groups: the answers of each level, best first."""

    answers: tuple[Ints, ...]
    absent: Bools | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table input: unit k has the rows `offsets[k]` to `offsets[k + 1]` of each column."""

    offsets: Ints
    columns: Mapping[str, "Column"]
    absent: Bools | None = None


Column: TypeAlias = Numbers | Flags | Labels | Chosen | Days | Counts | Sheet


@dataclass(frozen=True, slots=True)
class Taken:
    """A batch as far as it was admitted at once.

    `columns` are by input id, defaults filled in; an input of a kind that has no column (a panel, a
    survey with groups, a choice of many with more than 62) is left out. A unit in `odd` has a value
    that only the admission of one unit can read or refuse: what its columns hold means nothing.
    """

    size: int
    columns: Mapping[str, Column]
    odd: Bools
