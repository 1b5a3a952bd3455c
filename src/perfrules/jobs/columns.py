"""Blocks of CSV and batches of tables scored many units at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from perfrules.engine.program import Program
from perfrules.engine.result import Rejected
from perfrules.errors import Diagnostic
from perfrules.files.entry import Entry
from perfrules.jobs.done import Done, Refusals
from perfrules.jobs.forms import CsvForm
from perfrules.jobs.lines import CsvLines
from perfrules.jobs.rows import RowWork
from perfrules.messages import diagnose

TOO_LONG = diagnose("PRF668")

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows to be scored at once, and rows that say what is wrong with them.

    `lines` are what messages call the rows of `batch`; `refused` are the other rows. `source` is
    what the reader needs to give a row of the batch as a unit.
    """

    batch: pa.RecordBatch
    lines: Sequence[int]
    refused: Sequence[Entry]
    source: Any


class Reader(Protocol[T_contra]):
    """Gives what a part holds."""

    def read(self, part: T_contra) -> Rows:
        """Return the rows of a part."""

    def entry(self, rows: Rows, place: int) -> Entry:
        """Return a row of the batch as a unit."""


@dataclass(slots=True)
class ColumnWork(Generic[T]):
    """Scores a part by columns; travels to a worker process as it is.

    Args:
        program: The ruleset.
        reader: Gives the rows of a part.
        form: The lines of a CSV; None for columns as they are.
        file: The name of the facts file, for reasons without a place.
        rejects: Whether the rejected units are written to a file.
    """

    program: Program
    reader: Reader[T]
    form: CsvForm | None
    file: str
    rejects: bool
    _lines: CsvLines | None = field(init=False)

    def __post_init__(self) -> None:
        self._lines = None if self.form is None else CsvLines(self.form)

    def __call__(self, part: T) -> Done:
        """Return what became of a part."""
        rows = self.reader.read(part)
        found = self.program.score_batch(rows.batch, rates=self._lines is None)
        told = {entry.row: (entry, _of(entry)) for entry in rows.refused}
        alone = self._alone(rows, found, told)
        refusals = Refusals(self.file, self.rejects)
        for row in sorted(told):
            refusals.add(*told[row])
        scored = len(rows.lines) + len(rows.refused) - refusals.count
        if self._lines is None:
            return refusals.done(scored, serialised(whole_table(found, rows)))
        return refusals.done(scored, self._lines.written(found, alone))

    def _alone(
        self, rows: Rows, found: pa.RecordBatch, told: dict[int, tuple[Entry, Rejected]]
    ) -> Mapping[int, str | None]:
        """Score refused rows by themselves, for their reasons: those of one unit, in full.

        Returns:
            What is written for each by its place; None for nothing.
        """
        answers: dict[int, str | None] = {}
        rejected = found["rejected"]
        if rejected.null_count == len(rejected):
            return answers
        one = RowWork(
            self.program, self.form or CsvForm(self.program.plan), self.file, rejects=False
        )
        for place in pc.indices_nonzero(pc.is_valid(rejected)).to_pylist():
            entry = self.reader.entry(rows, place)
            answer = one.answer(entry)
            if isinstance(answer, str):  # it has a number that is too long for a column
                answers[place] = answer
                if self.form is None:
                    told[entry.row] = entry, Rejected(entry.row, entry.unit, (TOO_LONG,))
            else:
                answers[place] = None
                told[entry.row] = entry, answer
        return answers


def whole_table(found: pa.RecordBatch, rows: Rows) -> pa.RecordBatch:
    """Return the scores with the file's row numbers, refused rows among them in their places."""
    columns = [pa.array(rows.lines, pa.int64()), *found.columns[1:]]
    table = pa.RecordBatch.from_arrays(columns, schema=found.schema)
    if not rows.refused:
        return table
    more = [
        {
            "row": entry.row,
            "unit": entry.unit,
            "rejected": [_reason(item) for item in entry.problems],
        }
        for entry in rows.refused
    ]
    both = pa.Table.from_batches([table, pa.RecordBatch.from_pylist(more, schema=found.schema)])
    ordered = both.take(pc.sort_indices(both["row"])).combine_chunks()
    return ordered.to_batches()[0]


def serialised(batch: pa.RecordBatch) -> bytes:
    """Return a batch as a stream of Arrow's own, which parts are kept as."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return bytes(sink.getvalue())


def _of(entry: Entry) -> Rejected:
    return Rejected(entry.row, entry.unit, entry.problems)


def _reason(item: Diagnostic) -> dict[str, str]:
    return {
        "code": item.code,
        "path": ".".join(map(str, item.path)),
        "reason_zh": item.message.get("zh"),
        "reason_en": item.message.get("en"),
    }
