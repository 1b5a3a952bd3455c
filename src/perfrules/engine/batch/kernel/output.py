"""The arrays into which a batch is scored."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from perfrules.decimals import SNAP
from perfrules.engine.batch.kernel.chunk import Chunk
from perfrules.engine.batch.vectors import Bools, Ints

_WHOLE = 10**SNAP


class Marks:
    """By line and unit: whether something isn't there; made only where units differ."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.made: Bools | None = None

    def put(self, where: Ints, marks: Sequence[bool], base: Sequence[bool]) -> None:
        """Set the marks of some units; the others have those of *base*."""
        if self.made is None:
            if list(marks) == list(base):
                return
            self.made = np.repeat(np.array(base, np.bool_)[:, None], self.size, axis=1)
        self.made[:, where] = np.array(marks, np.bool_)[:, None]

    def mark(self, line: int, where: Ints, base: Sequence[bool]) -> None:
        """Mark one line in some units."""
        if self.made is None:
            self.made = np.repeat(np.array(base, np.bool_)[:, None], self.size, axis=1)
        self.made[line, where] = True

    def line(self, place: int, base: Sequence[bool]) -> Bools | None:
        """Return the marks of a line; None where there is none."""
        if self.made is None:
            return np.ones(self.size, np.bool_) if base[place] else None
        found: Bools = self.made[place]
        return found if found.any() else None

    def place(self, where: Ints, other: "Marks", base: Sequence[bool]) -> None:
        """Put the marks of some units in their places."""
        if other.made is not None:
            if self.made is None:
                self.made = np.repeat(np.array(base, np.bool_)[:, None], self.size, axis=1)
            self.made[:, where] |= other.made


class Output:
    """A row a line, gate or decision; a column a unit."""

    def __init__(self, size: int, lines: int, gates: int, decisions: int, *, rates: bool) -> None:
        self.size = size
        self.scores: Ints = np.empty((lines, size), np.int64)
        self.rates: Ints | None = np.empty((lines, size), np.int64) if rates else None
        self.total: Ints = np.zeros(size, np.int64)
        self.untotalled: Bools = np.zeros(size, np.bool_)
        self.grade: NDArray[np.int8] = np.full(size, -1, np.int8)
        self.gates: Bools = np.zeros((gates, size), np.bool_)
        self.decisions: Bools = np.zeros((decisions, size), np.bool_)
        self.undecided: Bools = np.zeros((decisions, size), np.bool_)
        self.again: Bools = np.zeros(size, np.bool_)
        self.unscored = Marks(size)
        self.unrated = Marks(size)
        self.states: NDArray[np.int8] | None = None
        self.complete: Ints | None = None

    def part(self, chunk: Chunk) -> Ints:
        """Return the scores of a chunk: a row a line."""
        return self.scores[:, chunk.start : chunk.stop]

    def place(self, where: Ints, other: "Output") -> None:
        """Put the results of some units in their places."""
        self.scores[:, where] = other.scores
        if self.rates is not None and other.rates is not None:
            self.rates[:, where] = other.rates
        for name in ("total", "grade", "again"):
            getattr(self, name)[where] = getattr(other, name)
        for name in ("gates", "decisions", "undecided"):
            getattr(self, name)[:, where] = getattr(other, name)

    def stand(self, where: Ints, states: Sequence[int], base: Sequence[int]) -> None:
        """Set the states of all lines in some units."""
        if self.states is None:
            self.states = np.repeat(np.array(base, np.int8)[:, None], self.size, axis=1)
        self.states[:, where] = np.array(states, np.int8)[:, None]

    def assess(self, where: Ints, complete: int | None, base: int | None) -> None:
        """Set the assessed share of some units."""
        if complete == base:
            return
        if self.complete is None:
            self.complete = np.full(self.size, _WHOLE if base is None else base, np.int64)
        self.complete[where] = _WHOLE if complete is None else complete
