"""Units that stand twice in a file, found over columns of names."""

from collections.abc import Mapping, Sequence
from itertools import chain

import pyarrow as pa
import pyarrow.compute as pc

from perfrules.engine.batch.text.grid import Grid
from perfrules.engine.batch.text.marks import any_twice, is_plain, marks_of
from perfrules.lang.characters import same

# What is compared is the name without width, spaces and case: of these signs all but case is so.
_PLAIN = r"^[0-9A-Za-z\p{Han}_-]*$"


class ColumnNames:
    """The units of a file, block by block.

    Args:
        place: Which cell of a row names the unit; None for none.
    """

    def __init__(self, place: int | None) -> None:
        self._place = place
        self._names: list[pa.Array] = []
        self._lines: list[Sequence[int]] = []
        self._more: tuple[list[str], list[int]] = ([], [])

    def of(self, grid: Grid) -> pa.Array | None:
        """Return what the units of a plain block are compared by."""
        return None if self._place is None else compared(grid.column(self._place))

    def plain(self, names: pa.Array | None, line: int) -> None:
        """Take the units of a plain block, and the number of its first line."""
        if names is not None:
            self._take(names, range(line, line + len(names)))

    def column(self, names: pa.Array, lines: Sequence[int]) -> None:
        """Take the units of some rows, and the number of each row."""
        self._take(compared(names), lines)

    def _take(self, names: pa.Array, lines: Sequence[int]) -> None:
        self._flush()
        self._names.append(names)
        self._lines.append(lines)

    def one(self, unit: str, line: int) -> None:
        """Take one unit."""
        names, lines = self._more
        names.append(same(unit))
        lines.append(line)

    def twice(self) -> Mapping[int, int]:
        """Return the lines of units that stood before, with the first line of each."""
        self._flush()
        if not any_twice(list(map(marks_of, self._names))):
            return {}
        names = pa.chunked_array(self._names, pa.string())
        counted = pc.value_counts(names)
        often = pc.greater(counted.field("counts"), 1)
        doubled = counted.field("values").filter(often)
        doubled = doubled.filter(pc.not_equal(doubled, ""))
        if not len(doubled):
            return {}
        found: dict[int, int] = {}
        first: dict[str, int] = {}
        hits = pc.is_in(names, value_set=doubled).to_pylist()
        lines = chain.from_iterable(self._lines)
        shown = iter(names.filter(pc.is_in(names, value_set=doubled)).to_pylist())
        for line, hit in zip(lines, hits, strict=True):
            if hit and (before := first.setdefault(next(shown), line)) != line:
                found[line] = before
        return found

    def _flush(self) -> None:
        names, lines = self._more
        if names:
            self._names.append(pa.array(names, pa.string()))
            self._lines.append(lines)
            self._more = ([], [])


def compared(names: pa.Array) -> pa.Array:
    """Return what names are compared by: `same` of each; nothing where there is none.

    >>> compared(pa.array(["P001 ", "ｐ００１", None])).to_pylist()
    ['p001', 'p001', '']
    """
    names = pc.fill_null(names.cast(pa.string()), "")
    if is_plain(names, joined=True):
        return pc.ascii_lower(names)
    if pc.all(pc.match_substring_regex(names, _PLAIN)).as_py() is not False:
        return pc.ascii_lower(names)
    return pa.array([same(name) for name in names.to_pylist()], pa.string())
