"""Some units of a batch as a batch of their own."""

from dataclasses import replace

import numpy as np

from perfrules.engine.batch.vectors import (
    Bools,
    Chosen,
    Column,
    Counts,
    Days,
    Flags,
    Ints,
    Labels,
    Numbers,
    Sheet,
    Taken,
)


def gathered(taken: Taken, where: Ints) -> Taken:
    """Return the units at *where*, in that order."""
    columns = {name: gathered_column(column, where) for name, column in taken.columns.items()}
    return Taken(len(where), columns, np.zeros(len(where), np.bool_))


def gathered_column(column: Column, where: Ints) -> Column:
    """Return the values of a column at *where*, in that order."""
    absent: Bools | None = None if column.absent is None else column.absent[where]
    match column:
        case Numbers():
            return replace(column, units=column.units[where], absent=absent)
        case Flags():
            return replace(column, values=column.values[where], absent=absent)
        case Labels():
            return replace(column, codes=column.codes[where], absent=absent)
        case Chosen():
            return replace(column, bits=column.bits[where], absent=absent)
        case Days():
            return replace(column, ordinals=column.ordinals[where], absent=absent)
        case Counts():
            answers = tuple(part[where] for part in column.answers)
            return replace(column, answers=answers, absent=absent)
        case Sheet():
            return _sheet(column, where, absent)


def _sheet(sheet: Sheet, where: Ints, absent: Bools | None) -> Sheet:
    """Return the rows of some units."""
    sizes = np.diff(sheet.offsets)[where]
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes)])
    rows = np.arange(offsets[-1]) + np.repeat(sheet.offsets[where] - offsets[:-1], sizes)
    columns = {name: gathered_column(column, rows) for name, column in sheet.columns.items()}
    return Sheet(offsets, columns, absent)
