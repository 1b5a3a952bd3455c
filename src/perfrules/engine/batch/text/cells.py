"""Columns of scores as cells of a CSV, as far as their texts can be looked up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from perfrules.engine.batch.arrays import flags, nulls, words
from perfrules.engine.batch.text.lines import Coded
from perfrules.engine.batch.text.words import Table, fixed_texts, short_texts, table_of
from perfrules.engine.batch.vectors import Bools, Ints

_LEAST: Final = 1024  # texts of a table of numbers
_LIMIT: Final = 1 << 17
MOST: Final = 62  # columns of yes or no: so many bits have room in a code
_ALL: Final = 8  # yes or no: so many of them have few enough sets to write all of them down
_ROOM: Final = 1 << 62
_COMMA: Final = b","


@dataclass(slots=True)
class Cells:
    """Makes cells of columns; tables are kept, for the next batch needs the same.

    Each cell begins with a comma.
    """

    _numbers: dict[tuple[int, bool], Table] = field(default_factory=dict)
    _sets: dict[tuple[bytes, ...], Table] = field(default_factory=dict)

    def scores(self, column: pa.Array) -> Coded | None:
        """Return decimals with all of their digits; None where some aren't small and positive.

        >>> found = Cells().scores(pa.array([1, None], pa.decimal128(38, 2)))
        >>> found.codes, found.table.sizes[found.codes]
        (array([ 100, 1024]), array([5, 1]))
        """
        absent = nulls(column)
        units = _small(column, absent)
        if units is None:
            return None
        return self._numbered(units, absent, column.type.scale, short=False)

    def shares(self, column: pa.Array, decimals: int) -> Coded | None:
        """Return decimals without zeros at their ends; None where some have more than *decimals*.

        >>> found = Cells().shares(pa.array([1, None], pa.decimal128(38, 12)), 4)
        >>> found.codes, found.table.sizes[found.codes]
        (array([10000, 16384]), array([2, 1]))
        """
        absent = nulls(column)
        units = _small(column, absent, 10 ** max(0, column.type.scale - decimals))
        if units is None:
            return None
        return self._numbered(units, absent, min(column.type.scale, decimals), short=True)

    def _numbered(self, units: Ints, absent: Bools | None, scale: int, *, short: bool) -> Coded:
        most = int(units.max()) if len(units) else 0
        table = self._numbers.get((scale, short))
        if table is None or most > len(table.sizes) - 2:
            limit = _LEAST
            while limit <= most:
                limit *= 2
            texts = (short_texts if short else fixed_texts)(limit, scale)
            table = table_of([*(_COMMA + text for text in texts), _COMMA])
            self._numbers[scale, short] = table
        codes = units if absent is None else np.where(absent, len(table.sizes) - 1, units)
        return Coded(codes, table)

    def sets(
        self, columns: Sequence[pa.Array], names: Sequence[str], shown: Callable[[str], str]
    ) -> Coded:
        """Return the names of what is true in each row, separated by spaces.

        Args:
            columns: Yes, no or null.
            names: Of each; `MOST` at most.
            shown: Makes a cell of them.

        >>> true, false = pa.array([True, None]), pa.array([True, True])
        >>> found = Cells().sets([true, false], ["a", "b"], str)
        >>> found.table.sizes[found.codes]
        array([4, 2])
        """
        codes = np.zeros(len(columns[0]), np.int64)
        for place, column in enumerate(columns):
            codes |= flags(pc.fill_null(column, False)).astype(np.int64) << place
        if len(names) > _ALL:
            found, codes = np.unique(codes, return_inverse=True)
            return Coded(codes, _named(found.tolist() or [0], names, shown))
        key = tuple(name.encode() for name in names)
        table = self._sets.get(key)
        if table is None:
            table = self._sets[key] = _named(range(1 << len(names)), names, shown)
        return Coded(codes, table)


def labels(column: pa.Array, shown: Callable[[str], str]) -> Coded:
    """Return the words of a dictionary as cells.

    >>> found = labels(pa.array(["b", None]).dictionary_encode(), str.upper)
    >>> found.codes, found.table.sizes
    (array([0, 1]), array([2, 1]))
    """
    texts = [_COMMA + shown(text).encode() for text in column.dictionary.to_pylist()]
    codes = column.indices
    if codes.null_count:
        codes = codes.fill_null(pa.scalar(len(texts), codes.type))
    return Coded(codes.to_numpy().astype(np.int64), table_of([*texts, _COMMA]))


def _named(sets: Sequence[int], names: Sequence[str], shown: Callable[[str], str]) -> Table:
    """Return the table of sets, each given by the bits of its names."""
    texts = (" ".join(name for place, name in enumerate(names) if one >> place & 1) for one in sets)
    return table_of([_COMMA + shown(text).encode() for text in texts])


def _small(column: pa.Array, absent: Bools | None, step: int = 1) -> Ints | None:
    """Return decimals in units of *step*; None where one has more digits, or is no code."""
    if not kinds.is_decimal128(column.type):
        column = column.cast(pa.decimal128(38, column.type.scale))
    pairs = words(column)
    units, high = pairs[:, 0].copy(), pairs[:, 1]
    if absent is not None:
        units[absent], high = 0, high[~absent]
    if high.any() or step >= _ROOM or (len(units) and units.min() < 0):
        return None
    if step > 1:
        whole = units // step
        if (whole * step != units).any():
            return None
        units = whole
    return None if len(units) and units.max() >= _LIMIT else units
