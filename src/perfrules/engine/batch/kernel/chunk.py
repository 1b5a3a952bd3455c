"""A batch while it is computed: piece by piece, so that what is in between stays in the cache."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from perfrules.engine.batch.vectors import Bools, Column, Ints, Taken

Floats: TypeAlias = NDArray[np.float64]
T = TypeVar("T")
A = TypeVar("A", bound=NDArray[Any])

EXACT: Final = 2**53  # whole numbers below it are floats
SIZE = 16384  # units: a column of a chunk is 128 KiB, a dozen of them fit the second cache
_LEAST: Final = 4096
_SCORES: Final = 2**19  # of a chunk: 4 MiB


def size_of(lines: int) -> int:
    """Return how many units a chunk of a plan of so many lines has: fewer where lines are many.

    >>> size_of(26), size_of(60), size_of(1000)
    (16384, 8192, 4096)
    """
    fitting = _SCORES // max(1, lines)
    return int(max(_LEAST, min(SIZE, 2 ** (fitting.bit_length() - 1))))


class UnsupportedError(Exception):
    """There is no column form; what was built so far must be dropped."""


@dataclass(frozen=True, slots=True)
class Before:
    """What a batch gave before gates set lines to 0: the flag of each gate, and the total."""

    gates: Bools
    total: Ints


class Run:
    """One batch: its columns, and the tables that depend on its labels, made once.

    The rows of a table are a batch of their own; `outer` is that of their units.
    """

    __slots__ = ("before", "columns", "odd", "outer", "size", "tables")

    def __init__(
        self, taken: Taken, before: Before | None = None, outer: "Run | None" = None
    ) -> None:
        self.before = before
        self.outer = outer
        self.columns: Mapping[str, Column] = taken.columns
        self.size = taken.size
        self.odd = taken.odd
        # Labels have the same names in the rows of a batch, so that what is made of them is shared.
        self.tables: dict[Hashable, Any] = {} if outer is None else outer.tables

    def clear(self) -> None:
        """Forget the tables: batches of rows are among them, which hold this one."""
        self.tables.clear()

    @property
    def beyond(self) -> "Run":
        """The batch of the units whose rows these are."""
        assert self.outer is not None  # noqa: S101 - only rows ask
        return self.outer

    def table(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what *make* gives, made once a batch; made twice by two threads, it is equal."""
        if key not in self.tables:
            self.tables[key] = make()
        found: T = self.tables[key]
        return found


class Chunk:
    """The units from `start` to `stop` of a batch; chunks share nothing that changes.

    `memo` holds what is used more than once, `redone` counts the values computed again exactly.
    `scores` are the rows, a line each, into which scores are written. `inner` are chunks of rows of
    its units.
    """

    __slots__ = ("inner", "memo", "redone", "run", "scores", "size", "start", "stop")

    def __init__(self, run: Run, start: int, stop: int, scores: Ints) -> None:
        self.run = run
        self.start = start
        self.stop = stop
        self.size = stop - start
        self.scores = scores
        self.memo: dict[object, Any] = {}
        self.inner: list[Chunk] = []
        self.redone = 0

    def clear(self) -> None:
        """Forget what was computed: rows hold their units and these their rows, in a ring."""
        for chunk in self.inner:
            chunk.clear()
        self.inner.clear()
        self.memo.clear()

    def part(self, whole: A) -> A:
        """Return this chunk's part of a column: a view, never to be written to."""
        return whole[self.start : self.stop]  # type: ignore[return-value] # a slice is an array


IntsOf: TypeAlias = Callable[[Chunk], Ints]
FloatsOf: TypeAlias = Callable[[Chunk], Floats]
BoolsOf: TypeAlias = Callable[[Chunk], Bools]
Mask: TypeAlias = Callable[[Chunk], "Bools | None"]  # None: nowhere
Put: TypeAlias = Callable[[Chunk, Ints], None]  # writes into an array that is given


class Kept(Generic[T]):
    """What a function gives for a chunk, computed when first asked for."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[Chunk], T]) -> None:
        self.make = make

    def __call__(self, chunk: Chunk) -> T:
        """Return it."""
        memo = chunk.memo
        if self not in memo:
            memo[self] = self.make(chunk)
        found: T = memo[self]
        return found


class Units(Kept[Ints]):
    """Whole units of a chunk that are below 2**53, and the same as floats: what is asked for."""

    __slots__ = ("floats",)

    def __init__(self, make: IntsOf, floats: FloatsOf) -> None:
        super().__init__(make)
        self.floats: FloatsOf = Kept(floats)


def either(left: "Bools | None", right: "Bools | None") -> "Bools | None":
    """Return where one of two masks holds."""
    if left is None:
        return right
    return left if right is None else left | right


def both(left: "Bools | None", right: Bools) -> "Bools | None":
    """Return where both masks hold."""
    return None if left is None else left & right


def without(left: "Bools | None", right: "Bools | None") -> "Bools | None":
    """Return where the first mask holds and the second doesn't."""
    return left if left is None or right is None else left & ~right
