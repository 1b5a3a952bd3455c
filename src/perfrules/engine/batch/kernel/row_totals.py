"""What the scores of a sheet's rows add up to, and the points of those that aren't scored."""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil

import numpy as np

from perfrules.engine.batch.kernel.arithmetic import combine
from perfrules.engine.batch.kernel.chunk import Chunk, Kept, Put
from perfrules.engine.batch.kernel.compare import compare
from perfrules.engine.batch.kernel.effects import Effects, there
from perfrules.engine.batch.kernel.numbers import Number, Whole, real, scaled
from perfrules.engine.batch.kernel.score import number_put
from perfrules.engine.batch.kernel.sheet_rows import RowScores
from perfrules.engine.batch.kernel.values import every
from perfrules.engine.batch.vectors import Ints


@dataclass(frozen=True, slots=True)
class Totals:
    """By unit: `put` writes the sum, `most` units at most; `lost` are points not scored."""

    put: Put
    most: int
    lost: Number | None = None


def totals_of(effects: Effects, points: Number, rows: RowScores) -> Totals:
    """Return what rows add up to, as a part of those that count where others are left out.

    Args:
        effects: Where units are marked that can't be added up here.
        points: Those of the sheet.
        rows: The scores of its rows.
    """
    sheet, rounding = rows.sheet, rows.rounding
    size = Fraction(real(points).high) * 10**rounding.digits
    most = ceil(size) + 1 + sheet.table.shape.most  # each row may be rounded up
    states = sheet.states
    if states is None or not states.varied:
        return Totals(rows.put, most)
    lost = sheet.sum_of("zero", "full", "exclude")
    if not states.by("exclude"):
        return Totals(rows.put, most, lost)
    total = _summed(rows, most)
    possible = combine(effects, "-", points, sheet.sum_of("exclude"))
    above = compare(">", total, possible)  # by rounding: such a share is no share
    if above is not False:
        effects.odd(there(every(above)))
    raw = combine(effects, "*", total, points)
    put = number_put(combine(effects, "/", raw, possible), rounding)
    return Totals(put, most, lost)


def _summed(rows: RowScores, most: int) -> Whole:
    digits = rows.rounding.digits

    def units(chunk: Chunk) -> Ints:
        out = np.empty(chunk.size, np.int64)
        rows.put(chunk, out)
        return out

    kept = Kept(units)
    return Whole(
        kept, Fraction(1, 10**digits), 0, most,
        lambda chunk, where: [scaled(unit, digits) for unit in kept(chunk)[where].tolist()],
    )  # fmt: skip
