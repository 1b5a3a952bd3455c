"""The scores, rates and states of a sheet's rows, and the arrays that a batch has of them."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import ceil

import numpy as np
from numpy.typing import NDArray

from perfrules.decimals import SNAP
from perfrules.engine.answer import State
from perfrules.engine.batch.kernel.chunk import Chunk, Kept, Put
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.leaf import CODE
from perfrules.engine.batch.kernel.numbers import Whole, real, scaled
from perfrules.engine.batch.kernel.score import rate_of, score_of
from perfrules.engine.batch.kernel.shares import NOTHING, WHOLE, Share, flat, quotient
from perfrules.engine.batch.kernel.sheets import Sheet
from perfrules.engine.batch.kernel.values import Constant, Named
from perfrules.engine.batch.scored import SheetScored
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.lang.plan import Rounding

_SCORED = np.int8(CODE[State.SCORED])
_SHOWN = np.int8(CODE[State.INFORMATIONAL])


class RowsOut:
    """What becomes of the rows of all units of a batch: unit k has those from `offsets[k]` on."""

    def __init__(self, offsets: Ints) -> None:
        size = int(offsets[-1])
        self.offsets = offsets
        self.scores: Ints = np.zeros(size, np.int64)
        self.rates: Ints = np.zeros(size, np.int64)
        self.states: NDArray[np.int8] = np.full(size, _SCORED, np.int8)
        self.keys: Ints = np.zeros(size, np.int64)
        self.names: tuple[str, ...] = ()
        self.silent: frozenset[int] = frozenset((int(_SHOWN),))  # states without a number
        self.shown: Bools | None = None  # None: all

    def part(self, chunk: Chunk) -> slice:
        """Return where the rows of a chunk's units are."""
        return slice(int(self.offsets[chunk.start]), int(self.offsets[chunk.stop]))

    def show(self, part: slice, shown: Bools) -> None:
        """Set which rows are shown."""
        if self.shown is None:
            self.shown = np.ones(len(self.states), np.bool_)
        self.shown[part] = shown

    def place(self, where: Ints, other: "RowsOut") -> None:
        """Put the rows of some units in their places."""
        sizes = np.diff(other.offsets)
        rows = np.arange(other.offsets[-1])
        rows += np.repeat(self.offsets[where] - other.offsets[:-1], sizes)
        for name in ("scores", "rates", "states"):
            getattr(self, name)[rows] = getattr(other, name)


def told(rows: RowsOut) -> SheetScored:
    """Return the rows that a sheet shows."""
    absent = np.isin(rows.states, list(rows.silent))
    found = SheetScored(
        rows.offsets, rows.names, rows.keys, rows.scores, rows.rates, rows.states, absent
    )
    shown = rows.shown
    if shown is None:
        return found
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(shown)])
    return SheetScored(
        before[found.offsets], found.names, found.keys[shown], found.scores[shown],
        found.rates[shown], found.states[shown], absent[shown],
    )  # fmt: skip


class RowScores:
    """How the rows of a sheet are scored; by no share where the sheet isn't."""

    def __init__(self, sheet: Sheet, rounding: Rounding, *, zeroed: bool = False) -> None:
        self.sheet = sheet
        self.rounding = rounding
        self.scores = Kept(self._scores)
        states, points = sheet.states, sheet.points
        if states is None or points is None:
            return
        self.share: Share = NOTHING if zeroed else states.rating.share
        self._score = score_of(points, self.share, rounding)
        self._rate = rate_of(self.share)
        full = states.varied and not zeroed and bool(states.by("full"))
        self._full = score_of(points, WHOLE, rounding) if full else None

    def _scores(self, chunk: Chunk) -> Ints:
        """Return the scores of a chunk of rows, 0 of those that aren't scored."""
        found = np.empty(chunk.size, np.int64)
        self._score(chunk, found)
        self._others(chunk, found, self._full)
        return found

    def _others(self, chunk: Chunk, found: Ints, full: Put | None) -> None:
        """Set what rows that aren't scored have."""
        states = self.sheet.states
        assert states is not None  # noqa: S101 - it is scored
        others = states(chunk) != _SCORED
        if others.any():
            found[others] = 0
        rows = None if full is None else states.among(chunk, "full")
        if full is not None and rows is not None:
            whole = np.empty(chunk.size, np.int64)
            full(chunk, whole)
            np.copyto(found, whole, where=rows)

    def names(self, effects: Effects) -> Mapping[str, Named]:
        """Return what a finding's condition may ask of a row that is scored."""
        points = self.sheet.points
        assert points is not None  # noqa: S101 - it is scored
        digits = self.rounding.digits
        most = ceil(Fraction(real(points).high) * 10**digits) + 1
        return {
            "rate": Named(quotient(effects, flat(self.share))),
            "score": Named(Whole(self.scores, Fraction(1, 10**digits), 0, most, self._exact)),
            "points": Named(points),
            "state": Named(Constant(State.SCORED.value)),
        }

    def _exact(self, chunk: Chunk, where: Ints) -> list[Decimal]:
        return [scaled(unit, self.rounding.digits) for unit in self.scores(chunk)[where].tolist()]

    def put(self, chunk: Chunk, out: Ints) -> None:
        """Write what the scores of each unit's rows add up to."""
        rows = self.sheet.table.rows(chunk)
        np.copyto(out, rows.totals(self.scores(rows.chunk)))

    def write(self, chunk: Chunk, out: RowsOut) -> None:
        """Write what becomes of the rows of a chunk's units."""
        part = out.part(chunk)
        rows, states = self.sheet.table.rows(chunk), self.sheet.states
        out.keys[part] = self.sheet.key.codes(rows.chunk)
        out.names = self.sheet.key.names(rows.chunk.run)
        if self.sheet.shown is not None:
            out.show(part, self.sheet.shown(rows.chunk))
        if states is None:
            out.states[part] = _SHOWN
            return
        out.states[part] = states(rows.chunk)
        out.scores[part] = self.scores(rows.chunk)
        rates = out.rates[part]
        self._rate(rows.chunk, rates)
        self._others(rows.chunk, rates, None if self._full is None else _fill_rate)
        if states.varied:
            out.silent = frozenset((int(_SHOWN), *states.by("exclude")))
        rows.settle()


def _fill_rate(_: Chunk, out: Ints) -> None:
    out.fill(10**SNAP)
