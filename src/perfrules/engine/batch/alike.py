"""Columns that hold one value for every unit of a batch, made once for many batches."""

from collections.abc import Callable, Hashable
from typing import Final

import pyarrow as pa

_MOST: Final = 64


class Alike:
    """Keeps the longest column of each kind that was asked for, and gives parts of it.

    >>> kept = Alike()
    >>> kept.column("none", 3, lambda size: pa.nulls(size)).null_count
    3
    >>> len(kept.column("none", 2, lambda size: pa.nulls(size)))
    2
    """

    def __init__(self) -> None:
        self._made: dict[Hashable, pa.Array] = {}

    def column(self, key: Hashable, size: int, make: Callable[[int], pa.Array]) -> pa.Array:
        """Return a column of *size* values.

        Args:
            key: Which column it is.
            size: How long it is to be.
            make: Makes it.
        """
        found = self._made.get(key)  # another thread may clear them
        if found is None or len(found) < size:
            if len(self._made) >= _MOST:
                self._made.clear()
            found = self._made[key] = make(size)
        return found if len(found) == size else found.slice(0, size)
