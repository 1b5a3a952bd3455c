"""Lines put together of cells: each cell is stored where the one before it ends, column by column.

A cell is stored in whole words. What is stored beyond its end is written over by the next cell,
which is why a line ends in a text that is the same for all and longer than a word.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from perfrules.engine.batch.text.words import LITTLE, WORD, Table, Words, sizes_of
from perfrules.engine.batch.vectors import Ints

Bytes: TypeAlias = NDArray[np.uint8]

_PIECE: Final = 4096  # lines: what is looked up for them stays in the cache


@dataclass(frozen=True, slots=True)
class Same:
    """Cells, with what separates them, that are the same in every line."""

    text: bytes


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """A cell that is looked up; its texts begin with what separates it from the one before."""

    codes: Ints
    table: Table


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """A cell of texts that are there, where they start and how long they are."""

    data: Bytes
    starts: Ints
    sizes: Ints


Cell: TypeAlias = Same | Coded | Texts


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Lines one after another, and where each of them ends."""

    data: memoryview
    ends: Ints


def texts_of(array: pa.Array, before: int = 0) -> Texts:
    """Return the cell of a column of texts without nulls.

    Args:
        array: The texts.
        before: How many bytes shall stand before the first, for who reads words from the end.

    >>> texts_of(pa.array(["甲", "ab"])).sizes
    array([3, 2])
    """
    array = array.cast(pa.large_string())
    bounds = np.frombuffer(array.buffers()[1], np.int64, array.offset + len(array) + 1)
    bounds = bounds[array.offset :]
    size = int(bounds[-1] - bounds[0])
    memory = pa.allocate_buffer(before + size + WORD)  # a word can be read anywhere
    data = np.frombuffer(memory, np.uint8)
    data[:before] = 0
    data[before + size :] = 0
    if size:
        held = np.frombuffer(array.buffers()[2], np.uint8)
        data[before:-WORD] = held[bounds[0] : bounds[-1]]
    return Texts(data, bounds[:-1] - (bounds[0] - before), np.diff(bounds))


def lines_of(cells: Sequence[Cell], count: int) -> Lines:
    r"""Return the lines that have these cells.

    Args:
        cells: The last is a `Same` of a word or more.
        count: How many lines there are.

    >>> end = Same(b"; the end\n")
    >>> lines_of([texts_of(pa.array(["a", "b"])), end], 2).data.tobytes()
    b'a; the end\nb; the end\n'
    """
    last = cells[-1]
    assert isinstance(last, Same) and len(last.text) >= WORD  # noqa: PT018, S101 - as is said above
    # Memory of Arrow's pool is used again: new pages of the system cost more than what is stored.
    memory = pa.allocate_buffer(sum(_most(cell, count) for cell in cells) + WORD)
    room = np.frombuffer(memory, np.uint8)
    ends = np.empty(count, np.int64)
    full = 0
    for start in range(0, count, _PIECE):
        stop = min(start + _PIECE, count)
        taken = [_taken(cell, start, stop) for cell in cells]
        sizes = np.zeros(stop - start, np.int64)
        for one in taken:
            sizes += one.sizes
        after = np.cumsum(sizes)
        ends[start:stop] = after + full
        at = after - sizes
        piece = room[full:]
        for one in taken:
            one.store(piece, at)
            at += one.sizes
        full += int(after[-1])
    return Lines(memoryview(memory).cast("B")[:full], ends)


def _most(cell: Cell, count: int) -> int:
    """Return how many bytes a cell has in all lines at most."""
    match cell:
        case Same(text):
            return len(text) * count
        case Coded(_, table):
            return int(table.sizes.max()) * count
        case Texts(sizes=sizes):
            return int(sizes.sum())


@dataclass(frozen=True, slots=True, eq=False)
class _Text:
    """A text for every line."""

    text: bytes

    @property
    def sizes(self) -> int:
        return len(self.text)

    def store(self, room: Bytes, at: Ints) -> None:
        size = len(self.text)
        items = np.ndarray((len(room) - size + 1,), f"V{size}", room.data, 0, (1,))
        items[at] = np.void(self.text)


@dataclass(frozen=True, slots=True, eq=False)
class _Stored:
    """The words of a cell in some lines: the first of each, then those of longer texts."""

    first: Words
    sizes: Ints
    more: Sequence[tuple[Ints | None, Words]] = ()

    def store(self, room: Bytes, at: Ints) -> None:
        places = _words(room)
        places[at] = self.first
        for number, (rows, words) in enumerate(self.more, 1):
            places[(at if rows is None else at[rows]) + number * WORD] = words


def words_at(data: Bytes, places: Ints) -> Words:
    """Return the words of eight bytes that begin at some places.

    >>> words_at(np.arange(9, dtype=np.uint8), np.array([1])).tobytes().hex()
    '0102030405060708'
    """
    return _words(data)[places]


def _words(data: Bytes) -> Words:
    """Return every word of some bytes, wherever it starts."""
    return np.ndarray((len(data) - WORD + 1,), LITTLE, data.data, 0, (1,))


def _taken(cell: Cell, start: int, stop: int) -> _Text | _Stored:
    """Return what is stored of a cell from one line to another."""
    match cell:
        case Same(text):
            return _Text(text)
        case Coded(codes, table):
            codes = codes[start:stop]
            if table.packed is not None:
                words = table.packed[codes]
                return _Stored(words, sizes_of(words))
            sizes = table.sizes[codes]
            first, *more = table.words
            longer = [
                (rows, words[codes if rows is None else codes[rows]])
                for words, rows in zip(more, _longer(sizes), strict=False)
            ]
            return _Stored(first[codes], sizes, longer)
        case Texts(data, starts, sizes):
            starts, sizes = starts[start:stop], sizes[start:stop]
            places = _words(data)
            longer = [
                (rows, places[(starts if rows is None else starts[rows]) + number * WORD])
                for number, rows in enumerate(_longer(sizes), 1)
            ]
            return _Stored(places[starts], sizes, longer)


def _longer(sizes: Ints) -> Iterator[Ints | None]:
    """Yield which texts have a second word, a third and so on, None for all of them."""
    most, least = int(sizes.max()), int(sizes.min())
    for size in range(WORD, most, WORD):
        yield None if least > size else np.flatnonzero(sizes > size)
