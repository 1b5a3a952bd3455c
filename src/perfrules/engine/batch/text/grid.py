"""Lines without quotation marks as a grid: where each cell of each line ends."""

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from perfrules.engine.batch.arrays import starts
from perfrules.engine.batch.vectors import Ints

Bytes: TypeAlias = NDArray[np.uint8]
Places: TypeAlias = NDArray[np.int32]
Data: TypeAlias = bytes | memoryview

_PIECE: Final = 1 << 17  # bytes: what is found in them stays in the cache
_SPACE: Final = ord(" ")
_TAB: Final = ord("\t")
_QUOTE: Final = ord('"')
_LAST: Final = 0x7F  # of ASCII
_LINE: Final = ord("\n")
_RETURN: Final = ord("\r")
_PLACE: Final = np.dtype(np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """Lines and their cells: `ends` has a row for each line, a column for each cell."""

    data: Bytes
    ends: Places

    def longest(self) -> int:
        r"""Return how many bytes the longest line has, with its end.

        >>> grid_of(b"a,b\nc,d\n", 2, ",", 2).longest()
        4
        """
        last = self.ends[:, -1]
        return max(int(np.diff(last).max(initial=0)), int(last[0]) + 1)

    def breaks(self) -> int:
        r"""Return how many signs the ends of lines have: one each, or two.

        >>> grid_of(b"a,b\r\nc,d\n", 2, ",", 2).breaks()
        3
        """
        last = self.ends[:, -1]
        if last[-1] == len(self.data):
            last = last[:-1]
        before = last[:1] > 0  # the first line may be empty: what is before it is no line's
        returns = self.data[last - 1] == _RETURN
        returns[:1] &= before
        return len(last) + int(np.count_nonzero(returns))

    def column(self, place: int) -> pa.Array:
        r"""Return the texts of a column, which are UTF-8.

        >>> grid = grid_of(b"a,b\r\nc,\r\n", 2, ",", 2)
        >>> grid.column(0).to_pylist(), grid.column(1).to_pylist()
        (['a', 'c'], ['b', ''])
        """
        first = np.zeros(len(self.ends), np.int64)
        if place:
            first[:] = self.ends[:, place - 1] + 1
        else:
            first[1:] = self.ends[:-1, -1] + 1
        after = self.ends[:, place].astype(np.int64)
        if place == self.ends.shape[1] - 1:
            after -= (self.data[after - 1] == _RETURN) & (after > first)
        return texts_at(self.data, first, after - first)


def grid_of(data: Data, lines: int, delimiter: str, width: int) -> Grid | None:
    r"""Return the cells of lines, the last of which may lack its end; None if not all have *width*.

    Args:
        data: The lines, at least one.
        lines: How many they are.
        delimiter: One sign of one byte.
        width: How many cells a line has.

    >>> grid_of(b"a,b\nc,", 2, ",", 2).ends.tolist()
    [[1, 3], [5, 6]]
    >>> grid_of(b"a,b\nc\n", 2, ",", 2), grid_of(b"a,b,c\nd\n", 2, ",", 2)
    (None, None)
    """
    signs = np.frombuffer(data, np.uint8)
    count = lines * width
    # Memory of Arrow's pool is used again: new pages of the system cost more than what is stored.
    ends = np.frombuffer(pa.allocate_buffer(count * _PLACE.itemsize), _PLACE)
    here, also = np.empty((2, _PIECE), np.bool_)
    full = 0
    for start in range(0, len(signs), _PIECE):
        piece = signs[start : start + _PIECE]
        found, breaks = here[: len(piece)], also[: len(piece)]
        np.equal(piece, ord(delimiter), out=found)
        np.equal(piece, _LINE, out=breaks)
        found |= breaks
        places = np.flatnonzero(found)
        if full + len(places) > count:
            return None
        ends[full : full + len(places)] = places
        ends[full : full + len(places)] += np.int32(start)
        full += len(places)
    ended = bytes(data[-1:]) == b"\n"
    if not ended:
        ends[full : full + 1] = len(signs)
        full += 1
    if full != count:
        return None
    rows = ends.reshape(lines, width)
    last = rows[:, -1] if ended else rows[:-1, -1]
    return Grid(signs, rows) if (signs[last] == _LINE).all() else None


def texts_at(data: Bytes, first: Ints, sizes: Ints) -> pa.Array:
    """Return the texts that start at *first*.

    >>> texts_at(np.frombuffer(b"abcd", np.uint8), np.array([2, 0]), np.array([1, 2])).to_pylist()
    ['c', 'ab']
    """
    bounds = starts(sizes)
    least = int(sizes.min()) if len(sizes) else 0
    if least and least == sizes.max():
        kind = f"V{least}"
        held = np.ndarray((len(data) - least + 1,), kind, data.data, 0, (1,))[first]
    else:
        held = data[np.repeat(first - bounds[:-1], sizes) + np.arange(bounds[-1])]
    buffers = [None, pa.py_buffer(bounds.astype(np.int32)), pa.py_buffer(held.tobytes())]
    return pa.Array.from_buffers(pa.string(), len(first), buffers)


@dataclass(frozen=True, slots=True)
class Signs:
    """What there is in some bytes: how many signs of control, how many of them tabs, and more."""

    controls: int
    tabs: int
    quoted: bool
    ascii: bool


def signs_of(data: Data) -> Signs:
    r"""Return what there is in *data*; the ends of lines are signs of control.

    >>> signs_of(b"a\tb\0\r\n")
    Signs(controls=4, tabs=1, quoted=False, ascii=True)
    """
    signs = np.frombuffer(data, np.uint8)
    here = np.empty(_PIECE, np.bool_)
    controls = tabs = 0
    quoted, plain = False, True
    for start in range(0, len(signs), _PIECE):
        piece = signs[start : start + _PIECE]
        found = here[: len(piece)]
        np.less(piece, _SPACE, out=found)
        controls += int(np.count_nonzero(found))
        np.equal(piece, _TAB, out=found)
        tabs += int(np.count_nonzero(found))
        np.equal(piece, _QUOTE, out=found)
        quoted = quoted or bool(found.any())
        plain = plain and int(piece.max()) <= _LAST
    return Signs(controls, tabs, quoted, plain)


def cut(data: Data, lines: int) -> tuple[int, int]:
    r"""Return the size of the first *lines* lines, or of all there are, and how many these are.

    >>> cut(b"a\nb\nc", 2), cut(b"a\nb\nc", 4)
    ((4, 2), (4, 2))
    """
    signs = np.frombuffer(data, np.uint8)
    breaks = np.empty(_PIECE, np.bool_)
    found = size = 0
    for start in range(0, len(signs), _PIECE):
        piece = signs[start : start + _PIECE]
        here = breaks[: len(piece)]
        np.equal(piece, _LINE, out=here)
        more = int(np.count_nonzero(here))
        if found + more >= lines:
            return start + int(np.flatnonzero(here)[lines - found - 1]) + 1, lines
        found += more
        if more:
            size = start + int(np.flatnonzero(here)[-1]) + 1
    return size, found


def is_utf8(data: Data) -> bool:
    r"""Return whether bytes are text in UTF-8.

    >>> is_utf8("甲".encode()), is_utf8(b"\xed\xa0\x80"), is_utf8(b"\xff")
    (True, False, False)
    """
    bounds = pa.py_buffer(np.array([0, len(data)], np.int64))
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, bounds, pa.py_buffer(data)])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True
