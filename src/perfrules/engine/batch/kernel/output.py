"""The arrays into which a batch is scored."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from perfrules.decimals import SNAP
from perfrules.engine.answer import State
from perfrules.engine.batch.kernel.chunk import Chunk
from perfrules.engine.batch.kernel.leaf import CODE
from perfrules.engine.batch.kernel.numbers import Whole
from perfrules.engine.batch.kernel.sheet_rows import RowsOut
from perfrules.engine.batch.vectors import Bools, Ints

if TYPE_CHECKING:
    from perfrules.engine.batch.kernel.pattern import Pattern

WORD: Final = 64  # bits
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
    """A row a line, gate or decision; a column a unit.

    Scores and rates are the low words of decimals of 128 bits, as they come out: they are written
    once, chunk by chunk, each of up to `chunk` units. With `bits` of 64 they are whole numbers of
    that width.
    """

    def __init__(
        self,
        size: int,
        lines: int,
        gates: int,
        decisions: int,
        *,
        rates: bool,
        bits: int,
        chunk: int,
        sheets: Mapping[int, RowsOut],
    ) -> None:
        self.size = size
        self.sheets = sheets  # by the place of their lines
        self.lines = lines
        columns = 2 * lines if rates else lines
        self.words: Ints | None = None
        if bits == WORD:
            self.numbers: Ints = np.empty((columns, size), np.int64)
        else:
            # One large array comes in large pages, many small ones page by page, which can take
            # longer than their scores. What is 0 unless it is written to costs nothing: high words.
            self.words = np.zeros((columns, size, 2), np.int64)
            self.numbers = self.words[:, :, 0]
            self._room: Ints = np.empty((lines + 1, min(chunk, size)), np.int64)
        self.scores: Ints = self.numbers[:lines]
        self.rates: Ints | None = self.numbers[lines:] if rates else None
        self.most = [0] * lines
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

    def room(self, start: int, stop: int) -> Ints:
        """Return where the scores of a chunk are to be written, before they are kept."""
        if self.words is None:
            return self.scores[:, start:stop]
        return self._room[: self.lines, : stop - start]

    def rate_room(self, chunk: Chunk, line: int) -> Ints:
        """Return where the rates of a line of a chunk are to be written, before they are kept."""
        assert self.rates is not None  # noqa: S101 - the caller knows that they are wanted
        if self.words is None:
            return self.rates[line, chunk.start : chunk.stop]
        found: Ints = self._room[self.lines, : chunk.size]
        return found

    def keep_score(self, chunk: Chunk, line: int, score: Whole | None) -> None:
        """Keep the scores of a line, which were written where the chunk says."""
        signed = True
        if score is not None:
            self.most[line] = max(self.most[line], score.high)
            signed = score.low < 0
        self._keep(chunk, line, chunk.scores[line], signed=signed)

    def keep_rate(self, chunk: Chunk, line: int, rates: Ints) -> None:
        """Keep the rates of a line, which were written into its room."""
        self._keep(chunk, self.lines + line, rates, signed=True)

    def _keep(self, chunk: Chunk, column: int, low: Ints, *, signed: bool) -> None:
        if self.words is None:
            return
        part = self.words[column, chunk.start : chunk.stop]
        part[:, 0] = low
        if signed and low.min() < 0:
            np.right_shift(low, 63, out=part[:, 1])

    def place(self, where: Ints, other: "Output") -> None:
        """Put the results of some units in their places."""
        if self.words is not None and other.words is not None:
            self.words[:, where] = other.words
        else:
            self.scores[:, where] = other.scores
            if self.rates is not None and other.rates is not None:
                self.rates[:, where] = other.rates
        self.most = list(map(max, self.most, other.most))
        if other.complete is not None:
            if self.complete is None:
                self.complete = np.full(self.size, _WHOLE, np.int64)
            self.complete[where] = other.complete
        for line, rows in self.sheets.items():
            rows.place(where, other.sheets[line])
        for name in ("total", "grade", "again"):
            getattr(self, name)[where] = getattr(other, name)
        for name in ("gates", "decisions", "undecided"):
            getattr(self, name)[:, where] = getattr(other, name)

    def stand(self, where: Ints, states: Sequence[int], base: Sequence[int]) -> None:
        """Set the states of all lines in some units."""
        if self.states is None:
            self.states = np.repeat(np.array(base, np.int8)[:, None], self.size, axis=1)
        self.states[:, where] = np.array(states, np.int8)[:, None]

    def inform(self, line: int, where: Ints, base: "Pattern") -> None:
        """Set that a line is only shown in some units where it would be scored: it has no rate."""
        if self.states is None:
            self.states = np.repeat(np.array(base.states, np.int8)[:, None], self.size, axis=1)
        where = where[self.states[line, where] == CODE[State.SCORED]]
        self.states[line, where] = CODE[State.INFORMATIONAL]
        self.unscored.mark(line, where, base.unscored)
        self.unrated.mark(line, where, base.unrated)

    def assess(self, where: Ints, complete: int | None, base: int | None) -> None:
        """Set the assessed share of some units."""
        if complete == base:
            return
        if self.complete is None:
            self.complete = np.full(self.size, _WHOLE if base is None else base, np.int64)
        self.complete[where] = _WHOLE if complete is None else complete

    def assessed(self, chunk: Chunk) -> Ints:
        """Return where the assessed share of each unit of a chunk is written."""
        if self.complete is None:
            self.complete = np.full(self.size, _WHOLE, np.int64)
        return self.complete[chunk.start : chunk.stop]
