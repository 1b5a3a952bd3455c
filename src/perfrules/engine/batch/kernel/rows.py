"""The rows of a table input as a chunk of their own, and which unit each row is of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from perfrules.engine.batch.kernel.chunk import Chunk, Run, UnsupportedError
from perfrules.engine.batch.kernel.gather import gathered_column
from perfrules.engine.batch.kernel.scope import column_of
from perfrules.engine.batch.kernel.shape import ColumnShape, Shape
from perfrules.engine.batch.kernel.values import Named
from perfrules.engine.batch.vectors import Bools, Column, Ints, Sheet, Taken
from perfrules.lang.plan import InputPlan

_MOST_PAIRS: Final = 10_000  # of rows of a unit: one with more is left to the reference


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """A table input of a batch: what its columns are, and how many rows a unit has at most."""

    item: InputPlan
    shape: ColumnShape

    @property
    def columns(self) -> Mapping[str, Named]:
        """The columns that have a form, row by row."""
        found: dict[str, Named] = {}
        inner = self.shape.rows or Shape(())
        for column in self.item.columns:
            if column.id in inner.columns:
                try:
                    found[column.id] = column_of(column, column.id, inner)
                except UnsupportedError:
                    continue
        return found

    def rows(self, outer: Chunk) -> "Rows":
        """Return the rows of a chunk's units."""
        if self not in outer.memo:
            outer.memo[self] = Rows(self.sheet(outer.run), outer, self._run(outer.run))
        found: Rows = outer.memo[self]
        return found

    def sheet(self, run: Run) -> Sheet:
        """Return the table's column."""
        found = run.columns[self.item.id]
        assert isinstance(found, Sheet)  # noqa: S101 - the shape says so
        return found

    def absent(self, chunk: Chunk) -> Bools | None:
        """Return which units have no such table."""
        gone = self.sheet(chunk.run).absent
        return None if gone is None else chunk.part(gone)

    def _run(self, outer: Run) -> Run:
        def make() -> Run:
            sheet = self.sheet(outer)
            size = int(sheet.offsets[-1])
            return Run(Taken(size, sheet.columns, np.zeros(size, np.bool_)), outer=outer)

        return outer.table(self, make)


class Rows:
    """The rows of a chunk's units: a chunk of their own, and which unit each row is of."""

    def __init__(self, sheet: Sheet, outer: Chunk, run: Run) -> None:
        bounds = sheet.offsets[outer.start : outer.stop + 1]
        start = int(bounds[0])
        self.outer = outer
        self.offsets: Ints = bounds - start
        self.unit: Ints = np.repeat(np.arange(outer.size), np.diff(bounds))
        self.chunk = Chunk(run, start, int(bounds[-1]), np.zeros((0, 0), np.int64))
        self.chunk.memo[Rows] = self
        outer.inner.append(self.chunk)

    def totals(self, units: Ints) -> Ints:
        """Return the sum of each unit's rows: sums wrap around alike, so that differences hold."""
        added = np.concatenate([np.zeros(1, np.int64), np.cumsum(units)])
        found: Ints = added[self.offsets[1:]] - added[self.offsets[:-1]]
        self.settle()
        return found

    def settle(self) -> None:
        """Count what was computed again exactly among the rows with the units."""
        self.outer.redone += self.chunk.redone
        self.chunk.redone = 0

    def any(self, mask: Bools) -> Bools:
        """Return the units in which a row's mask holds."""
        found: Bools = self.totals(mask.astype(np.int64)) > 0
        return found


def rows_of(chunk: Chunk) -> Rows:
    """Return what a chunk of rows belongs to."""
    found: Rows = chunk.memo[Rows]
    return found


class Nested(Table):
    """A table that is looked through for each row of one: a chunk has all pairs of rows."""

    def rows(self, outer: Chunk) -> Rows:
        """Return the rows of the units of a chunk's rows."""
        key = Nested, self.item.id
        if key not in outer.memo:
            outer.memo[key] = Pairs(self.sheet(outer.run.beyond), outer)
        found: Rows = outer.memo[key]
        return found

    def absent(self, chunk: Chunk) -> Bools | None:
        """Return which rows are of a unit that has no such table."""
        gone = self.sheet(chunk.run.beyond).absent
        return None if gone is None else gone[units_of(chunk)]

    def large(self, chunk: Chunk) -> Bools | None:
        """Return which rows are of a unit that has too many pairs."""
        rows = self.rows(chunk)
        assert isinstance(rows, Pairs)  # noqa: S101 - made as such
        return rows.large


class Pairs(Rows):
    """For each row of a chunk the rows of another table that its unit has."""

    def __init__(self, sheet: Sheet, outer: Chunk) -> None:
        units = units_of(outer)
        sizes = np.diff(sheet.offsets)[units]
        own = np.diff(rows_of(outer).offsets)[rows_of(outer).unit]
        large = sizes * own > _MOST_PAIRS
        self.large = large if large.any() else None
        sizes = np.where(large, 0, sizes)
        self.outer = outer
        self.offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
        self.unit = np.repeat(np.arange(outer.size), sizes)
        size = int(self.offsets[-1])
        where = np.arange(size) + np.repeat(sheet.offsets[units] - self.offsets[:-1], sizes)
        taken = Taken(size, _Gathered(sheet.columns, where), np.zeros(size, np.bool_))
        self.chunk = Chunk(Run(taken, outer=outer.run), 0, size, np.zeros((0, 0), np.int64))
        self.chunk.memo[Rows] = self
        outer.inner.append(self.chunk)


class _Gathered(Mapping[str, Column]):
    """Columns at some places, each gathered when it is first asked for."""

    def __init__(self, columns: Mapping[str, Column], where: Ints) -> None:
        self.columns, self.where = columns, where
        self.found: dict[str, Column] = {}

    def __getitem__(self, name: str) -> Column:
        """Return a column."""
        if name not in self.found:
            self.found[name] = gathered_column(self.columns[name], self.where)
        return self.found[name]

    def __iter__(self) -> Iterator[str]:
        """Return the names."""
        return iter(self.columns)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.columns)


def units_of(chunk: Chunk) -> Ints:
    """Return which unit of the whole batch each row of a chunk is of."""
    rows = rows_of(chunk)
    return rows.unit + rows.outer.start
