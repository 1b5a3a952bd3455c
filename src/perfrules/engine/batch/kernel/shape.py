"""The shape of a batch: what code for its columns depends on, and nothing of their values."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from perfrules.engine.batch.vectors import Column, Counts, Numbers, Sheet, Taken


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """One column: its kind, a number's scale, a bound on its units, whether values lack.

    Of a sheet the bound is that of a unit's rows, and `rows` are its columns.
    """

    kind: type
    scale: int
    most: int
    lacks: bool
    rows: "Shape | None" = None


@dataclass(frozen=True, slots=True)
class Shape:
    """A batch's columns by name."""

    items: tuple[tuple[str, ColumnShape], ...]

    @property
    def columns(self) -> Mapping[str, ColumnShape]:
        """The columns by name."""
        return dict(self.items)


def shape_of(taken: Taken) -> Shape:
    """Return a batch's shape; bounds are widened to powers of ten, so that few shapes differ."""
    return _shape_of(taken.columns)


def _shape_of(columns: Mapping[str, Column]) -> Shape:
    return Shape(tuple((name, _shape(column)) for name, column in columns.items()))


def _shape(column: Column) -> ColumnShape:
    scale, most = 0, 0
    if isinstance(column, Numbers):
        scale, most = column.scale, _widened(column.most)
    elif isinstance(column, Counts):
        most = _widened(max((int(part.max(initial=0)) for part in column.answers), default=0))
    rows: Shape | None = None
    if isinstance(column, Sheet):
        most = _widened(int(np.diff(column.offsets).max(initial=0)))
        rows = _shape_of(column.columns)
    return ColumnShape(type(column), scale, most, column.absent is not None, rows)


def _widened(most: int) -> int:
    """Return the next power of ten above a bound, or the bound where that is no int64.

    >>> _widened(4200), _widened(10**18 + 1) == 10**18 + 1
    (10000, True)
    """
    wide = int(10 ** len(str(most)))
    return wide if wide < 2**62 else most
