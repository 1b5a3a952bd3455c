"""Anything that gives Arrow data, as a stream of batches of a fitting size."""

from collections.abc import Iterable, Iterator

import pyarrow as pa

from perfrules.engine.facts.problems import describe
from perfrules.errors import Text, UsageError
from perfrules.messages import diagnose

_FEW = 4  # batches smaller than a fourth of the size wanted are put together


def stream_of(given: object) -> pa.RecordBatchReader:
    """Return the batches of a table of pyarrow, pandas, polars, duckdb or of anything alike.

    Raises:
        UsageError: PRF666, it gives no Arrow data; PRF669, a column of it can't be given.

    >>> stream_of(pa.table({"a": [1]})).read_all().num_rows
    1
    """
    if isinstance(given, pa.RecordBatchReader):
        return given
    if isinstance(given, pa.RecordBatch):
        return pa.RecordBatchReader.from_batches(given.schema, [given])
    try:
        if hasattr(given, "__arrow_c_stream__"):
            return pa.RecordBatchReader.from_stream(given)
        if hasattr(given, "__arrow_c_array__"):
            return stream_of(pa.record_batch(given))
    except (pa.ArrowException, TypeError, ValueError) as fault:
        reason = " ".join(map(str, fault.args))
        raise UsageError((diagnose("PRF669", reason=Text(reason, reason)),)) from None
    raise UsageError((diagnose("PRF666", value=_kind(given)),))


def one_batch(given: object) -> pa.RecordBatch:
    """Return *given* where it is one record batch of pyarrow.

    Raises:
        UsageError: PRF648, it is something else: a table may have many.

    >>> one_batch(pa.record_batch({"a": [1]})).num_rows
    1
    """
    if isinstance(given, pa.RecordBatch):
        return given
    kind = Text("一个表", "a table") if hasattr(given, "__arrow_c_stream__") else _kind(given)
    raise UsageError((diagnose("PRF648", value=kind),))


def _kind(given: object) -> Text:
    shown = describe(given)
    return shown if isinstance(shown, Text) else Text(f"“{shown}”", repr(shown))


def sized(batches: Iterable[pa.RecordBatch], rows: int) -> Iterator[pa.RecordBatch]:
    """Yield the same rows in batches of *rows* at most, small ones put together.

    >>> [len(one) for one in sized(pa.table({"a": list(range(5))}).to_batches(), 2)]
    [2, 2, 1]
    """
    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        if count and count + len(batch) > rows:
            yield _joined(waiting)
            waiting, count = [], 0
        if len(batch) * _FEW < rows:
            if len(batch):
                waiting.append(batch)
                count += len(batch)
            continue
        if count:
            yield _joined(waiting)
            waiting, count = [], 0
        for start in range(0, len(batch), rows):
            yield batch.slice(start, rows)
    if count:
        yield _joined(waiting)


def _joined(batches: list[pa.RecordBatch]) -> pa.RecordBatch:
    return batches[0] if len(batches) == 1 else pa.concat_batches(batches)
