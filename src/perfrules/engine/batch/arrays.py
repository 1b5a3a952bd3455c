"""Arrow arrays without the ways of storing that don't matter: views, runs, chunks, offsets."""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds
from numpy.typing import NDArray

from perfrules.engine.batch.vectors import Bools, Ints

_NANOSECOND = "ns"
_MOST_DIGITS = 38  # of a decimal of 128 bits


def settled(array: pa.Array) -> pa.Array:
    """Return *array* as one of the kinds that are read here.

    Dictionaries of texts stay: each text is looked at once. Views are copied, runs are spelt out,
    and nanoseconds that are whole microseconds become those.

    >>> settled(pa.array(["a"], pa.string_view())).type
    DataType(large_string)
    """
    kind = array.type
    if kinds.is_run_end_encoded(kind):
        return settled(pc.run_end_decode(array))
    if kinds.is_dictionary(kind):
        if not is_text(kind.value_type) or array.dictionary.null_count:
            return settled(array.dictionary_decode())
        return array
    if kinds.is_string_view(kind):
        return array.cast(pa.large_string())
    if is_list(kind):
        return lists(array) if kinds.is_nested(kind.value_type) or _is_view(kind) else array
    if kinds.is_struct(kind):
        parts = {name: settled(child) for name, child in fields(array).items()}
        return structs(parts, nulls(array), len(array)) if parts else array
    if kinds.is_decimal(kind) and not kinds.is_decimal128(kind):
        narrow = pa.decimal128(min(kind.precision, _MOST_DIGITS), kind.scale)
        try:
            return array.cast(narrow)
        except pa.ArrowInvalid:
            return array
    if kinds.is_timestamp(kind) and kind.unit == _NANOSECOND:
        try:
            return array.cast(pa.timestamp("us", kind.tz))
        except pa.ArrowInvalid:
            return array
    return array


def is_text(kind: pa.DataType) -> bool:
    """Return whether values of *kind* are texts."""
    return bool(kinds.is_string(kind) or kinds.is_large_string(kind) or kinds.is_string_view(kind))


def is_list(kind: pa.DataType) -> bool:
    """Return whether values of *kind* are lists."""
    return bool(
        kinds.is_list(kind)
        or kinds.is_large_list(kind)
        or kinds.is_fixed_size_list(kind)
        or kinds.is_list_view(kind)
        or kinds.is_large_list_view(kind)
    )


def nulls(array: pa.Array) -> Bools | None:
    """Return which values are null; None where none is."""
    if not array.null_count:
        return None
    return flags(pc.is_null(array))


def flags(array: pa.Array) -> Bools:
    """Return a boolean array without nulls as numpy has it."""
    found: Bools = array.to_numpy(zero_copy_only=False)
    return found


def either(*masks: Bools | None) -> Bools | None:
    """Return where any of the masks is set; None where none can be.

    >>> either(None, np.array([True, False]), np.array([False, False]))
    array([ True, False])
    """
    found: Bools | None = None
    for mask in masks:
        if mask is not None:
            found = mask if found is None else found | mask
    return found


def spread(mask: Bools | None, rows: Ints, size: int) -> Bools | None:
    """Return a mask over some of *size* rows as one over all of them.

    >>> spread(np.array([True, False]), np.array([2, 0]), 3)
    array([False, False,  True])
    """
    if mask is None:
        return None
    found = np.zeros(size, np.bool_)
    found[rows] = mask
    return found


def fields(array: pa.Array) -> dict[str, pa.Array]:
    """Return the children of an array of structs, null where the struct is."""
    names = [array.type.field(place).name for place in range(array.type.num_fields)]
    return dict(zip(names, array.flatten(), strict=True))


def lengths(array: pa.Array) -> Ints:
    """Return how long each list is; 0 for one that is null."""
    found: Ints = pc.fill_null(pc.list_value_length(array), 0).to_numpy().astype(np.int64)
    return found


def starts(sizes: Ints) -> Ints:
    """Return where each of some lists begins, and where the last one ends.

    >>> starts(np.array([2, 0, 1]))
    array([0, 2, 2, 3])
    """
    found = np.zeros(len(sizes) + 1, np.int64)
    np.cumsum(sizes, out=found[1:])
    return found


def words(array: pa.Array) -> NDArray[np.int64]:
    """Return an array of decimal128 as pairs of 64 bits, the low ones first."""
    pairs = np.frombuffer(array.buffers()[1], np.int64, 2 * (array.offset + len(array)))
    found: NDArray[np.int64] = pairs.reshape(-1, 2)[array.offset :]
    return found


def _is_view(kind: pa.DataType) -> bool:
    """Return whether a list, or its values, are stored as views: not all functions take these."""
    listed = kinds.is_list_view(kind) or kinds.is_large_list_view(kind)
    return bool(listed or kinds.is_string_view(kind.value_type))


def lists(array: pa.Array) -> pa.Array:
    """Return lists whose values are of the kinds that are read here."""
    offsets = pa.array(starts(lengths(array)))
    gone = nulls(array)
    mask = None if gone is None else pa.array(gone)
    return pa.LargeListArray.from_arrays(offsets, settled(pc.list_flatten(array)), mask=mask)


def structs(columns: Mapping[str, pa.Array], absent: Bools | None, size: int) -> pa.Array:
    """Return structs of *columns*, null where *absent*."""
    if absent is None and columns:
        return pa.StructArray.from_arrays(list(columns.values()), list(columns))
    mask = pa.array(np.zeros(size, np.bool_) if absent is None else absent)
    return pa.StructArray.from_arrays(list(columns.values()), list(columns), mask=mask)
