"""Whole numbers as Arrow's decimals of 128 bits, without a Python object a value."""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from perfrules.engine.batch.arrays import nulls, words
from perfrules.engine.batch.schema import DIGITS
from perfrules.engine.batch.vectors import Bools, Ints

_WIDE: Final = Context(prec=80, rounding=ROUND_HALF_EVEN)


class TooWideError(ValueError):
    """Numbers that have more digits than a column; `places` says which."""

    def __init__(self, places: Sequence[int]) -> None:
        super().__init__(places)
        self.places = places


def decimals(
    units: Ints | pa.Array,
    scale: int,
    absent: Bools | None = None,
    room: NDArray[np.int64] | None = None,
) -> pa.Array:
    """Return `units / 10**scale` as decimals, null where *absent*; decimals stay as they are.

    They are written into *room*, which is two words for each and is kept by what is returned.

    >>> decimals(np.array([-150, 7]), 2).to_pylist()
    [Decimal('-1.50'), Decimal('0.07')]
    """
    return of_words(pairs_of(units, room), scale, absent)


def pairs_of(units: Ints | pa.Array, room: NDArray[np.int64] | None = None) -> NDArray[np.int64]:
    """Return whole numbers, or decimals, as 128 bits that can be written to."""
    if isinstance(units, pa.Array):
        return words(units).copy()
    pairs = np.empty((len(units), 2), np.int64) if room is None else room
    pairs[:, 0] = units
    np.right_shift(units, 63, out=pairs[:, 1])
    return pairs


def of_words(pairs: NDArray[np.int64], scale: int, absent: Bools | None) -> pa.Array:
    """Return decimals of their 128 bits, the low 64 first."""
    valid = None
    if absent is not None:
        valid = pa.py_buffer(np.packbits(~absent, bitorder="little"))
    kind = pa.decimal128(DIGITS, scale)
    return pa.Array.from_buffers(kind, len(pairs), [valid, pa.py_buffer(pairs)])


def exactly(values: Sequence[Decimal | None], scale: int) -> pa.Array:
    """Return decimals as given, rounded half-even where they have more decimals than *scale*.

    Raises:
        TooWideError: Some have more digits than there is room for.
    """
    kind = pa.decimal128(DIGITS, scale)
    try:
        return pa.array(values, kind)
    except (pa.ArrowInvalid, ValueError):
        step = Decimal(1).scaleb(-scale)
        fitted = [
            None if value is None else value.quantize(step, context=_WIDE) for value in values
        ]
        wide = [
            place
            for place, value in enumerate(fitted)
            if value is not None and len(value.as_tuple().digits) > DIGITS
        ]
        if wide:
            raise TooWideError(wide) from None
        return pa.array(fitted, kind)


def scattered(
    units: Ints | pa.Array, scale: int, absent: Bools | None, rows: Ints, values: pa.Array
) -> pa.Array:
    """Return decimals of which those at *rows* are replaced by *values*."""
    pairs = pairs_of(units)
    pairs[rows] = words(values)
    gone = nulls(values)
    if absent is not None or gone is not None:
        absent = np.zeros(len(units), np.bool_) if absent is None else absent.copy()
        absent[rows] = False if gone is None else gone
    return of_words(pairs, scale, absent)
