"""One column of any kind that holds a single value: to the reader of its kind."""

import pyarrow as pa

from perfrules.engine.batch.arrays import nulls
from perfrules.engine.batch.intake.number import numbers
from perfrules.engine.batch.intake.readings import Reader
from perfrules.engine.batch.intake.words import chosen, days, labels, unread, yes_no
from perfrules.engine.batch.vectors import Bools, Column
from perfrules.lang.types import NUMERIC, Kind


def values(reader: Reader, array: pa.Array | None, size: int) -> tuple[Column | None, Bools | None]:
    """Return a column as the batch holds it, and which of its values are odd.

    Args:
        reader: The reader of the input.
        array: What is given; None where there is no such column.
        size: How many values there are.
    """
    if array is None:
        array = pa.nulls(size)
    kind = reader.item.type.kind
    if kind in NUMERIC:
        return numbers(reader, array)
    match kind:
        case Kind.FLAG:
            return yes_no(reader, array)
        case Kind.DATE:
            return days(reader, array)
        case Kind.CHOICES:
            return chosen(reader, array)
        case Kind.CHOICE | Kind.TEXT | Kind.TARGET:
            return labels(reader, array)
        case _:
            return None, unread(reader.item, nulls(array), size)
