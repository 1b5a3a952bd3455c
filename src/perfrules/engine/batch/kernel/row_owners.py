"""Which rows each of several sheets of one table shows."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, IntsOf, Kept, UnsupportedError
from perfrules.engine.batch.kernel.rows import rows_of
from perfrules.engine.batch.vectors import Bools, Ints

if TYPE_CHECKING:
    from perfrules.engine.batch.kernel.lines import Line

_MOST_SHARING: Final = 60  # sheets of one table


def own_once(lines: Sequence["Line"]) -> None:
    """Show each row that isn't scored under one sheet only, where several share its table."""
    sharing: dict[str, list[Line]] = {}
    for line in lines:
        if line.sheet is not None and line.scored:
            sharing.setdefault(line.sheet.table.item.id, []).append(line)
    for sheets in sharing.values():
        if len(sheets) > 1:
            owners = Kept(_Owners([line.sheet.counted for line in sheets if line.sheet]))
            for place, line in enumerate(sheets):
                if line.sheet is not None:
                    line.sheet = replace(line.sheet, shown=_shown(owners, place))


def _shown(owners: IntsOf, place: int) -> BoolsOf:
    """Return which rows one of several sheets shows: those that it owns or scores."""

    def shown(chunk: Chunk) -> Bools:
        found: Bools = owners(chunk) >> place & 1 != 0
        return found

    return shown


class _Owners:
    """The sheets that show each row, as bits: those that score it, else one that scores a row near.

    That is the one of the nearest row above, else of the nearest below, else the first.
    """

    def __init__(self, counted: Sequence[BoolsOf]) -> None:
        if len(counted) > _MOST_SHARING:
            raise UnsupportedError
        self.counted = counted

    def __call__(self, chunk: Chunk) -> Ints:
        """Return the bits of a chunk of rows."""
        rows = rows_of(chunk)
        found, first = np.zeros(chunk.size, np.int64), np.full(chunk.size, -1)
        for place, test in reversed(list(enumerate(self.counted))):
            scored = test(chunk)
            found[scored] |= 1 << place
            first[scored] = place
        here = np.arange(chunk.size)
        scored = first >= 0
        above = np.maximum.accumulate(np.where(scored, here, -1))
        below = np.minimum.accumulate(np.where(scored, here, chunk.size)[::-1])[::-1]
        start, end = rows.offsets[:-1][rows.unit], rows.offsets[1:][rows.unit]
        nearest = np.where(above >= start, above, np.where(below < end, below, -1))
        owner = np.where(nearest < 0, 0, first[nearest])
        return np.where(scored, found, 1 << owner)
