"""A file in pieces of so many lines, looked at ahead of whoever walks over them."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, Generic, TypeVar

import pyarrow as pa

from perfrules.engine.batch.text.grid import Data, cut
from perfrules.files.lines import LONGEST

_FIRST = 1 << 20  # bytes that are read where nothing is known of how long lines are
_SPARE = 32  # so much of the size of one piece is read more for the next

S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Piece(Generic[S]):
    """Some lines: what they are, how many they are, and what was seen in them."""

    data: Data
    count: int
    seen: S


@dataclass(slots=True)
class Pieces(Generic[S]):
    """Pieces of so many lines each, and a last one of what is left; no line is in two.

    Args:
        stream: The file.
        rows: How many lines a piece has.
        look: What is done with the bytes and the number of lines of each.
        pool: Threads that look at the next pieces, where there are any.
        ahead: How many pieces they may be ahead.
    """

    stream: BinaryIO
    rows: int
    look: Callable[[Data, int], S]
    pool: ThreadPoolExecutor | None = None
    ahead: int = 0
    _guess: int = _FIRST
    _waiting: deque[tuple[int, Data, int, Future[S]]] = field(default_factory=deque)

    def at(self, start: int, *, ahead: bool) -> Piece[S] | None:
        """Return the piece that begins somewhere; None at the end of the file.

        Args:
            start: Where; it is faster to ask for one piece after the other.
            ahead: Whether the next may be looked at too.
        """
        if self.pool is None:
            found = self._read(start)
            return None if found is None else Piece(*found, self.look(*found))
        if self._waiting and self._waiting[0][0] != start:
            self._waiting.clear()
        size = self.ahead if ahead else 1
        while len(self._waiting) < size and (found := self._read(self._next(start))):
            self._waiting.append((self._next(start), *found, self.pool.submit(self.look, *found)))
        if not self._waiting:
            return None
        _, data, count, seen = self._waiting.popleft()
        return Piece(data, count, seen.result())

    def _next(self, start: int) -> int:
        """Return where the piece begins that nobody looks at yet."""
        if not self._waiting:
            return start
        last, data, *_ = self._waiting[-1]
        return last + len(data)

    def _read(self, start: int) -> tuple[Data, int] | None:
        """Return the lines from a place on, and how many they are."""
        while True:
            self.stream.seek(start)
            data = taken(self.stream, self._guess)
            size, count = cut(data, self.rows)
            if count == self.rows:
                self._guess = size + size // _SPARE
                return data[:size], count
            # A line that is too long is as good as the end: whoever reads it line by line says so.
            if len(data) < self._guess or len(data) - size > LONGEST:
                return (data, count + (size < len(data))) if len(data) else None
            self._guess *= 2


def taken(stream: BinaryIO, size: int) -> memoryview:
    """Return the next bytes of a file, fewer at its end.

    Memory of Arrow's pool is used again: new pages of the system cost more than reading.
    """
    data = memoryview(pa.allocate_buffer(size)).cast("B")
    full = 0
    while full < size and (more := stream.readinto(data[full:])):  # type: ignore[attr-defined] # every binary file has it
        full += more
    return data[:full]


@contextmanager
def pieces(
    stream: BinaryIO, rows: int, look: Callable[[Data, int], S], threads: int
) -> Iterator[Pieces[S]]:
    """Give the pieces of a file, looked at by so many threads; one is none but this one."""
    if threads <= 1:
        yield Pieces(stream, rows, look)
        return
    with ThreadPoolExecutor(threads, "perfrules") as pool:
        try:
            yield Pieces(stream, rows, look, pool, threads + 1)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
