"""Sums of guesses: of numbers that aren't below 0 errors add up as the numbers do."""

from decimal import Decimal

import numpy as np

from perfrules.decimals import CONTEXT, ZERO
from perfrules.engine.batch.kernel.arithmetic import limited
from perfrules.engine.batch.kernel.chunk import Chunk, Floats, Kept, UnsupportedError
from perfrules.engine.batch.kernel.compare import Test
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.numbers import UNIT, Number, Real
from perfrules.engine.batch.kernel.rows import Table
from perfrules.engine.batch.kernel.values import every
from perfrules.engine.batch.vectors import Ints


def guessed_sum(effects: Effects, table: Table, test: Test, value: Real) -> Number:
    """Return what guesses of the rows in which a condition holds add up to, by unit."""
    if value.low < 0:
        raise UnsupportedError
    most, holds = table.shape.most, every(test)

    def floats(chunk: Chunk) -> Floats:
        rows = table.rows(chunk)
        found = np.where(holds(rows.chunk), value.floats(rows.chunk), 0.0)
        rows.settle()
        sums: Floats = np.bincount(rows.unit, found, chunk.size).astype(np.float64, copy=False)
        return sums

    def exact(chunk: Chunk, where: Ints) -> list[Decimal]:
        rows = table.rows(chunk)
        own = np.flatnonzero(np.isin(rows.unit, where) & holds(rows.chunk))
        found = dict.fromkeys(where.tolist(), ZERO)
        values = value.exact(rows.chunk, own)
        for unit, part in zip(rows.unit[own].tolist(), values, strict=True):
            found[unit] = CONTEXT.add(found[unit], part)
        return [found[unit] for unit in where.tolist()]

    rel = value.rel + (most + 1) * UNIT  # each addition rounds once
    whole = Real(Kept(floats), rel, value.abs * most, 0.0, value.high * most, exact)
    return limited(effects, whole)
