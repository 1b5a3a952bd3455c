"""The rows of a table input: each column as one array, with where the rows of each unit begin."""

from collections.abc import Mapping

import numpy as np

from perfrules.engine.batch.arrays import either, fields, nulls
from perfrules.engine.batch.intake.readings import Reader
from perfrules.engine.batch.intake.values import values
from perfrules.engine.batch.rows import Rows
from perfrules.engine.batch.vectors import Bools, Column, Sheet
from perfrules.engine.facts.inputs import MOST_ROWS
from perfrules.lang.plan import InputPlan


def sheet(item: InputPlan, readers: Mapping[str, Reader], rows: Rows) -> tuple[Sheet, Bools | None]:
    """Return the rows of each unit, and the units with a row or a number of rows that is odd."""
    sizes = np.diff(rows.offsets)
    low = item.min_rows or 0
    high = MOST_ROWS if item.max_rows is None else min(item.max_rows, MOST_ROWS)
    wrong: Bools = (sizes < low) | (sizes > high)
    if rows.absent is not None:
        wrong &= ~rows.absent
        wrong |= rows.absent & item.required
    below = fields(rows.table)
    bad = nulls(rows.table)
    columns: dict[str, Column] = {}
    for column in item.columns:
        found, odd = values(readers[column.id], below.get(column.id), len(rows.table))
        bad = either(bad, odd)
        if found is not None:
            columns[column.id] = found
    if bad is not None and bad.any():
        units = np.repeat(np.arange(len(sizes)), sizes)
        wrong[units[bad]] = True
    return Sheet(rows.offsets, columns, rows.absent), wrong if wrong.any() else None
