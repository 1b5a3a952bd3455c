"""Whole numbers as Arrow's decimals of 128 or 64 bits, without a Python object a value.

Whole numbers come as 64 bits each, or as pairs of 64 bits, the low ones first.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.types as kinds

from perfrules.engine.batch.arrays import nulls, words
from perfrules.engine.batch.vectors import Bools, Ints

Units: TypeAlias = Ints | pa.Array  # whole numbers, or decimals that are there already

_WIDE: Final = Context(prec=80, rounding=ROUND_HALF_EVEN)
_PAIRS: Final = 2  # dimensions


class TooWideError(ValueError):
    """Numbers that have more digits than a column; `places` says which."""

    def __init__(self, places: Sequence[int]) -> None:
        super().__init__(places)
        self.places = places


def decimals(
    units: Units, kind: pa.DataType, absent: Bools | None = None, most: int | None = None
) -> pa.Array:
    """Return whole numbers as decimals of a type, null where *absent*.

    Args:
        units: The numbers in units of the type's last digit; decimals stay as they are, and what
            has the width of the type isn't copied.
        kind: A type of decimals.
        absent: Where there is none.
        most: A bound on the absolute value of all numbers, where one is known.

    Raises:
        TooWideError: Some have more digits than the type.

    >>> decimals(np.array([-150, 7]), pa.decimal128(38, 2)).to_pylist()
    [Decimal('-1.50'), Decimal('0.07')]
    """
    fits = most is not None and most < 10**kind.precision
    return _array(_fitting(units, kind, absent, fits=fits), kind, absent)


def scattered(
    units: Units, kind: pa.DataType, absent: Bools | None, rows: Ints, values: pa.Array
) -> pa.Array:
    """Return decimals of which those at *rows* are replaced by *values*, of the same type.

    Raises:
        TooWideError: Some have more digits than the type.
    """
    gone = nulls(values)
    if absent is not None or gone is not None:
        absent = np.zeros(len(units), np.bool_) if absent is None else absent.copy()
        absent[rows] = False if gone is None else gone
    ours = absent
    if kinds.is_decimal64(kind):  # what stands there means nothing, however wide it is
        ours = np.zeros(len(units), np.bool_) if absent is None else absent.copy()
        ours[rows] = True
    held = _fitting(units, kind, ours).copy()
    held[rows] = _held(values)
    return _array(held, kind, absent)


def exactly(values: Sequence[Decimal | None], kind: pa.DataType) -> pa.Array:
    """Return decimals as given, rounded half-even where they have more decimals than the type.

    Raises:
        TooWideError: Some have more digits than there is room for.
    """
    try:
        return pa.array(values, kind)
    except (pa.ArrowInvalid, ValueError):
        step = Decimal(1).scaleb(-kind.scale)
        fitted = [
            None if value is None else value.quantize(step, context=_WIDE) for value in values
        ]
        wide = [
            place
            for place, value in enumerate(fitted)
            if value is not None and len(value.as_tuple().digits) > kind.precision
        ]
        if wide:
            raise TooWideError(wide) from None
        return pa.array(fitted, kind)


def _fitting(units: Units, kind: pa.DataType, absent: Bools | None, *, fits: bool = False) -> Ints:
    """Return whole numbers in the words of a type; with *fits* all of them do."""
    if isinstance(units, pa.Array):
        return _held(units)
    if kinds.is_decimal64(kind):
        limit = 10**kind.precision
        if not fits and len(units) and not -limit < units.min() <= units.max() < limit:
            wide = (units <= -limit) | (units >= limit)
            places = np.flatnonzero(wide if absent is None else wide & ~absent)
            if len(places):
                raise TooWideError(places.tolist())
        return units
    if units.ndim == _PAIRS:
        return units
    pairs = np.zeros((len(units), 2), np.int64)
    pairs[:, 0] = units
    if len(units) and units.min() < 0:
        np.right_shift(units, 63, out=pairs[:, 1])
    return pairs


def _held(array: pa.Array) -> Ints:
    """Return the words of decimals."""
    if kinds.is_decimal64(array.type):
        found: Ints = np.frombuffer(array.buffers()[1], np.int64, array.offset + len(array))
        return found[array.offset :]
    return words(array)


def _array(held: Ints, kind: pa.DataType, absent: Bools | None) -> pa.Array:
    valid = None
    if absent is not None:
        valid = pa.py_buffer(np.packbits(~absent, bitorder="little"))
    data = pa.py_buffer(np.ascontiguousarray(held))
    return pa.Array.from_buffers(kind, len(held), [valid, data])
