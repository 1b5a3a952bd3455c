"""The rows of a table or panel input, of all units of a batch together."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from perfrules.engine.batch.plain import plain_values
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.lang.plan import InputPlan


@dataclass(frozen=True, slots=True)
class Rows:
    """Unit k has the structs `offsets[k]` to `offsets[k + 1]` of *table*; none where *absent*."""

    offsets: Ints
    table: pa.Array
    absent: Bools | None = None

    def plain(self, unit: int) -> list[object] | None:
        """Return a unit's rows as a caller would have written them."""
        if self.absent is not None and self.absent[unit]:
            return None
        start, end = int(self.offsets[unit]), int(self.offsets[unit + 1])
        return plain_values(self.table.slice(start, end - start))

    def take(self, units: Ints) -> "Rows":
        """Return the rows of some units, in their order."""
        starts = self.offsets[units]
        sizes = self.offsets[units + 1] - starts
        offsets = np.zeros(len(units) + 1, np.int64)
        np.cumsum(sizes, out=offsets[1:])
        steps = np.arange(offsets[-1]) - np.repeat(offsets[:-1], sizes)
        rows = pa.array(np.repeat(starts, sizes) + steps)
        absent = None if self.absent is None else self.absent[units]
        return Rows(offsets, self.table.take(rows), absent)

    def odd(self, item: InputPlan) -> Bools:
        """Return which units are odd where rows aren't read at once: with rows, or without."""
        absent = self.absent
        if absent is None:
            return np.ones(len(self.offsets) - 1, np.bool_)
        return ~absent | (absent & item.required)
