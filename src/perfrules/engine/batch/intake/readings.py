"""A column read value by value, each different one once, by the reader of a single unit."""

from dataclasses import dataclass, field
from typing import Final, final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from perfrules.engine.batch.plain import plain_values
from perfrules.engine.batch.vectors import Ints
from perfrules.engine.facts.scalars import read_value
from perfrules.lang.frame import Fault
from perfrules.lang.plan import InputPlan

_MOST_KEPT = 20_000  # values whose reading is kept


@final
class Refused:
    """What stands for a value that admission refuses."""


REFUSED: Final = Refused()
_UNREAD: Final = object()


@dataclass(slots=True)
class Reader:
    """Reads the values of one input; what was read is kept, for the same come again.

    All of a column's values are of one type, so that equal ones mean the same.
    """

    item: InputPlan
    kept: dict[object, object] = field(default_factory=dict)

    def read(self, value: object) -> object:
        """Return an admitted value, `MISSING`, or `REFUSED`."""
        found = self.kept.get(value, _UNREAD)  # another thread may clear them
        if found is not _UNREAD:
            return found
        try:
            found = read_value(self.item, value).value
        except Fault:
            found = REFUSED
        if len(self.kept) >= _MOST_KEPT:
            self.kept.clear()
        self.kept[value] = found
        return found

    def column(self, array: pa.Array) -> tuple[Ints, list[object]] | None:
        """Return for each value which of the different ones it is, -1 for null, and those read.

        None where the values of this type can't be told apart: lists, structs.
        """
        coded = encoded(array)
        if coded is None:
            return None
        codes, different = coded
        return codes, [self.read(value) for value in plain_values(different)]


def encoded(array: pa.Array) -> tuple[Ints, pa.Array] | None:
    """Return codes and different values of a column; None for types without an order of them."""
    kind = array.type
    if kinds.is_nested(kind):
        return None
    if kinds.is_null(kind):
        return np.full(len(array), -1, np.int64), pa.array([], pa.string())
    if not kinds.is_dictionary(kind):
        try:
            array = pc.dictionary_encode(array)
        except pa.ArrowNotImplementedError:
            return None
    codes = array.indices
    if codes.null_count:
        codes = codes.cast(pa.int64()).fill_null(-1)
    return codes.to_numpy(), array.dictionary
