"""Arrow values as a caller would have written them: what the admission of one unit reads."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.types as kinds

from perfrules.engine.batch.arrays import fields, is_list


def plain_values(array: pa.Array) -> list[object]:
    """Return the values of an array: texts, ints, floats, decimals, days, lists and mappings.

    A float narrower than a double is the double of its shortest text; what a mapping has no value
    for is left out of it.

    >>> plain_values(pa.array([0.1, None], pa.float32()))
    [0.1, None]
    """
    kind = array.type
    if kinds.is_floating(kind) and kind != pa.float64():
        narrow = kind.to_pandas_dtype()
        return [None if one is None else float(str(narrow(one))) for one in array.to_pylist()]
    if kinds.is_struct(kind):
        return _mappings(array)
    if is_list(kind):
        return [None if one is None else plain_values(one) for one in _parts(array)]
    if kinds.is_timestamp(kind) and kind.unit == "ns":
        return [_instant(value) for value in array]
    try:
        found: list[object] = array.to_pylist()
    except (ValueError, OverflowError):  # days before the year 1 or after 9999
        return [_shown(value) for value in array]
    return found


def _instant(value: pa.Scalar) -> object:
    """Return a time of whole microseconds; a finer one as it is, which is refused as no day."""
    if not value.is_valid:
        return None
    if value.value % 1000:
        return value
    return pa.scalar(value.value // 1000, pa.timestamp("us", value.type.tz)).as_py()


def _shown(value: pa.Scalar) -> object:
    """Return a value; a day that Python has no date for as it is, which is refused."""
    try:
        found: object = value.as_py()
    except (ValueError, OverflowError):
        return value
    return found


def _parts(array: pa.Array) -> Iterator[pa.Array | None]:
    for value in array:
        yield value.values


def _mappings(array: pa.Array) -> list[object]:
    columns = {name: plain_values(child) for name, child in fields(array).items()}
    absent = array.is_null().to_pylist() if array.null_count else [False] * len(array)
    return [
        None
        if gone
        else {name: values[row] for name, values in columns.items() if values[row] is not None}
        for row, gone in enumerate(absent)
    ]
