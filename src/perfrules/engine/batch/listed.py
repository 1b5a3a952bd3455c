"""The rows that a sheet shows, as one column of lists: a struct a row."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from perfrules.decimals import SNAP
from perfrules.engine.batch.arrays import starts
from perfrules.engine.batch.exact import Refused, RowScored, UnitScored
from perfrules.engine.batch.schema import STATES, WIDE, LineShape, decimal_type, rows_type
from perfrules.engine.batch.scored import SheetScored
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.engine.batch.wide import TooWideError, decimals, exactly


def listed(
    line: LineShape,
    size: int,
    many: SheetScored | None,
    alone: Ints,
    found: Sequence[UnitScored | Refused],
) -> pa.Array:
    """Return the lines of a sheet's rows by unit, null where the unit was refused.

    Args:
        line: The sheet's.
        size: The number of units.
        many: What was scored at once; None for nothing.
        alone: The units that were scored by themselves.
        found: What came out for each of them.

    Raises:
        TooWideError: A number of a unit that was scored alone has too many digits.
    """
    if not len(alone):
        if many is None:
            return pa.nulls(size, rows_type(line))
        return _lists(line, many.offsets, _at_once(line, many), None)
    gone = np.zeros(size, np.bool_)
    gone[alone] = [not isinstance(one, UnitScored) for one in found]
    own = np.array(
        [len(one.rows[line.id]) if isinstance(one, UnitScored) else 0 for one in found], np.int64
    )
    sizes = np.zeros(size, np.int64) if many is None else np.diff(many.offsets)
    sizes[alone] = own
    below = _one_by_one(line, found)
    offsets = starts(sizes)
    if many is not None:
        rows = np.arange(offsets[-1])
        first = many.offsets[:-1].copy()
        first[alone] = len(many.states) + starts(own)[:-1]
        rows += np.repeat(first - offsets[:-1], sizes)
        below = pa.concat_arrays([_at_once(line, many), below]).take(pa.array(rows))
    return _lists(line, offsets, below, gone)


def _lists(line: LineShape, offsets: Ints, rows: pa.Array, gone: Bools | None) -> pa.Array:
    mask = None if gone is None or not gone.any() else pa.array(gone)
    return pa.ListArray.from_arrays(
        pa.array(offsets, pa.int32()), rows, type=rows_type(line), mask=mask
    )


def _at_once(line: LineShape, many: SheetScored) -> pa.Array:
    """Return the rows of all units that were scored at once."""
    absent = many.absent if many.absent.any() else None
    return _structs(
        line,
        pa.array(many.names or ("",), pa.string()).take(pa.array(many.keys)),
        decimals(many.scores, decimal_type(line.digits, WIDE), absent),
        decimals(many.rates, decimal_type(SNAP, WIDE), absent),
        pa.array(STATES, pa.string()).take(pa.array(many.states)),
    )


def _one_by_one(line: LineShape, found: Sequence[UnitScored | Refused]) -> pa.Array:
    """Return the rows of the units that were scored by themselves."""
    below: list[RowScored] = []
    owners: list[int] = []
    for place, one in enumerate(found):
        if isinstance(one, UnitScored):
            below += one.rows[line.id]
            owners += [place] * len(one.rows[line.id])
    try:
        scores = exactly([one.score for one in below], decimal_type(line.digits, WIDE))
        rates = exactly([one.rate for one in below], decimal_type(SNAP, WIDE))
    except TooWideError as error:
        raise TooWideError([owners[place] for place in error.places]) from None
    keys = pa.array([one.key for one in below], pa.string())
    states = pa.array([one.state for one in below], pa.string())
    return _structs(line, keys, scores, rates, states)


def _structs(line: LineShape, *columns: pa.Array) -> pa.Array:
    return pa.StructArray.from_arrays(list(columns), fields=list(rows_type(line).value_type))
