"""What the kernel gives for a batch: the numbers of `Scores`, a column each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from perfrules.engine.batch.vectors import Bools, Ints


@dataclass(frozen=True, slots=True)
class LineScored:
    """One line: `score / 10**digits`, `rate / 10**12`, a state by its place in `State`.

    Scores and rates are whole numbers of 64 bits, or of 128: two words each, the low one first.
    `unscored` marks units whose line has no score, `unrated` those without a rate; None: no unit.
    `rate` is None where rates weren't asked for; `state` None where every line is scored. `most`
    bounds every score, those of units in `again` left out.
    """

    id: str
    score: Ints
    digits: int
    most: int
    rate: Ints | None
    state: NDArray[np.int8] | None = None
    unscored: Bools | None = None
    unrated: Bools | None = None


@dataclass(frozen=True, slots=True)
class SheetScored:
    """The rows that a sheet shows: unit k has those from `offsets[k]` to `offsets[k + 1]`.

    A row's key is `names[keys]`, its state one by its place in `State`; its score has the digits of
    its sheet's line, its rate 12, and neither is there where it is `absent`.
    """

    offsets: Ints
    names: tuple[str, ...]
    keys: Ints
    scores: Ints
    rates: Ints
    states: NDArray[np.int8]
    absent: Bools


@dataclass(frozen=True, slots=True)
class BatchScored:
    """A batch: `total / 10**digits`, the grade by its place among the plan's, -1 for none.

    `lines` are in document order, parents before children, those below a `for_each` left out.
    `gates` and `decisions` are in the plan's order; in `undecided` are units where a decision lacks
    a value. `complete` is the assessed share to 12 decimals; None: 1 for every unit. A unit in
    `again` could not be told apart from a fault, or its line can't be computed here: it is scored
    by itself, and nothing here means anything for it. `redone` counts values that a binary float
    left in doubt and that were computed again exactly. `sheets` are by their line's id.
    """

    total: Ints
    digits: int
    grade: NDArray[np.int8]
    lines: tuple[LineScored, ...]
    gates: tuple[Bools, ...]
    decisions: tuple[Bools, ...]
    undecided: tuple[Bools | None, ...]
    again: Bools
    untotalled: Bools | None = None
    complete: Ints | None = None
    redone: int = 0
    sheets: Mapping[str, SheetScored] = field(default_factory=dict)
