"""Parquet and Arrow files: batches of units in, batches of scores out."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import pyarrow as pa
import pyarrow.parquet as pq

from perfrules.api import reading
from perfrules.engine.batch.columns import match
from perfrules.engine.batch.facts import facts_of
from perfrules.engine.batch.layout import Layout
from perfrules.engine.facts.problems import Problems
from perfrules.engine.facts.reserved import read_unit
from perfrules.errors import Text, UsageError
from perfrules.files.entry import Entry
from perfrules.jobs.columns import Rows
from perfrules.jobs.identity import About
from perfrules.jobs.names import ColumnNames
from perfrules.lang.characters import narrowed
from perfrules.lang.plan import InputPlan, Plan
from perfrules.messages import diagnose

_MAGIC = b"ARROW1"  # how a file with an index of its batches begins; a stream has none


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of a table: `row` is the number of the first; `twice` as in a `Block`."""

    row: int
    batch: pa.RecordBatch
    twice: Mapping[int, int]


@dataclass(frozen=True)
class TableFile:
    """A file of columns.

    Args:
        name: Its name.
        inputs: What the ruleset reads.
        unit: The column of the unit, where it isn't `unit`.
        ignore: Columns to leave out.
        lines: The indicators that evidence can be for, and whether each has rows; None: any.
    """

    name: str
    inputs: tuple[InputPlan, ...]
    unit: str | None = None
    ignore: tuple[str, ...] = ()
    lines: Mapping[str, bool] | None = None

    def survey(self) -> Mapping[int, int]:
        """Look at the headings, find units that stand twice; return the rows of those.

        Raises:
            UsageError: The file, or a column, can't be used.
        """
        problems = self._found.problems
        if problems:
            raise UsageError(problems)
        names = ColumnNames(None)
        row = 1
        place = self._places.get("unit")
        column = None if place is None else self._schema.names[place]
        for batch in self._read(None if column is None else [column]):
            if column is not None and (texts := _named(batch[column])) is not None:
                names.column(texts, range(row, row + len(batch)))
            row += len(batch)
        if row == 1:
            raise UsageError((diagnose("PRF612", file=self.name),))
        return names.twice()

    @property
    def total(self) -> int | None:
        """How many rows there are, where the file says so."""
        with _opened(self.name):
            if self._parquet:
                return int(pq.read_metadata(self.name).num_rows)
        return None

    def parts(self, rows: int) -> Iterator[tuple[int, pa.RecordBatch]]:
        """Yield batches of so many rows with the number of the first; the last is shorter."""
        waiting: list[pa.RecordBatch] = []
        size, row = 0, 1
        for batch in self._read(None):
            waiting.append(self._brought(batch))
            size += len(batch)
            while size >= rows:
                table = pa.Table.from_batches(waiting)
                yield row, _one(table.slice(0, rows))
                row, size = row + rows, size - rows
                waiting = table.slice(rows).to_batches()
        if size:
            yield row, _one(pa.Table.from_batches(waiting))

    def _brought(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """Return what a batch brings: the inputs, the unit and the date."""
        kept = {
            name: column
            for name, path, column in zip(
                batch.schema.names, self._found.paths, batch.columns, strict=True
            )
            if path is not None and path[0] in self._known
        }
        place = self._places.get("unit")
        if place is not None:
            kept["unit"] = batch.column(place)
        return pa.RecordBatch.from_pydict(kept)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset({item.id for item in self.inputs} | {"evidence", "as_of"})

    @cached_property
    def _schema(self) -> pa.Schema:
        with _opened(self.name):
            if self._parquet:
                return pq.read_schema(self.name)
            with pa.OSFile(self.name, "rb") as stream:
                return _ipc(stream).schema

    @cached_property
    def _found(self) -> Any:  # noqa: ANN401 - what `match` gives
        return match(
            self._schema.names,
            self.inputs,
            named={"--id": self.unit} if self.unit else None,
            ignore=self.ignore,
            lines=self.lines,
            table=Text(self.name, self.name),
        )

    @cached_property
    def _places(self) -> Mapping[str, int]:
        texts = [narrowed(name) for name in self._schema.names]
        wanted = narrowed(self.unit or "unit")
        return {"unit": texts.index(wanted)} if wanted in texts else {}

    @property
    def _parquet(self) -> bool:
        return Path(self.name).suffix.lower() == ".parquet"

    def _read(self, columns: Sequence[str] | None) -> Iterator[pa.RecordBatch]:
        with _opened(self.name):
            if self._parquet:
                with pq.ParquetFile(self.name) as file:
                    yield from file.iter_batches(columns=columns, use_threads=False)
                return
            with pa.OSFile(self.name, "rb") as stream:
                source = _ipc(stream)
                if isinstance(source, pa.RecordBatchFileReader):
                    yield from map(source.get_batch, range(source.num_record_batches))
                else:
                    yield from source


@dataclass(frozen=True, slots=True)
class TableTasks:
    """The rows of a table in parts."""

    file: TableFile
    rows: int
    twice: Mapping[int, int]
    identity: About

    def parts(self, done: Container[int]) -> Iterator[tuple[int, Part]]:
        """Yield the parts that aren't done."""
        for number, (row, batch) in enumerate(self.file.parts(self.rows)):
            if number not in done:
                rows = range(row, row + len(batch))
                twice = {line: first for line, first in self.twice.items() if line in rows}
                yield number, Part(row, batch, twice)
        self.identity.unchanged()

    def about(self) -> Mapping[str, str]:
        """Return what the run is about."""
        return self.identity()


@dataclass(frozen=True, slots=True)
class PartReader:
    """Gives the rows of a part, those apart whose unit stood before.

    Args:
        file: The file's name, for messages.
        plan: The ruleset.
    """

    file: str
    plan: Plan

    def read(self, part: Part) -> Rows:
        """Return the rows of a part."""
        lines: Sequence[int] = range(part.row, part.row + len(part.batch))
        if not part.twice:
            return Rows(part.batch, lines, (), part.batch)
        keep = pa.array([line not in part.twice for line in lines])
        refused = [self._again(part, line, first) for line, first in sorted(part.twice.items())]
        left = part.batch.filter(keep)
        return Rows(left, [line for line in lines if line not in part.twice], refused, left)

    def entry(self, rows: Rows, place: int) -> Entry:
        """Return a row of the batch as a unit."""
        return next(self.entries(rows.source.slice(place, 1), rows.lines[place]))

    def entries(self, batch: pa.RecordBatch, row: int) -> Iterator[Entry]:
        """Yield the rows of a batch as units."""
        columns = Layout(self.plan.inputs, batch.schema).read(batch)
        for line, facts in enumerate(facts_of(columns, range(columns.size)), row):
            unit = read_unit(facts.get("unit"), Problems())
            yield Entry(line, facts, (), unit)

    def _again(self, part: Part, line: int, first: int) -> Entry:
        unit = read_unit(part.batch["unit"][line - part.row].as_py(), Problems())
        told = diagnose("PRF623", value=unit, file=self.file, row=line, first=first)
        return Entry(line, None, (told,), unit)


def entries_of(file: TableFile, plan: Plan, twice: Mapping[int, int], rows: int) -> Iterator[Entry]:
    """Yield the rows of a file as units, one by one."""
    reader = PartReader(file.name, plan)
    for row, batch in file.parts(rows):
        lines = range(row, row + len(batch))
        again = {line: first for line, first in twice.items() if line in lines}
        refused = {entry.row: entry for entry in reader.read(Part(row, batch, again)).refused}
        for entry in reader.entries(batch, row):
            yield refused.get(entry.row, entry)


def joined(form: str) -> Callable[[Iterable[bytes], Callable[[bytes], None]], None]:
    """Return what puts parts together as one file of a format; nothing where there are none."""

    def join(parts: Iterable[bytes], put: Callable[[bytes], None]) -> None:
        sink = pa.PythonFile(_Sink(put), "w")
        writer: Any = None
        for part in parts:
            with pa.ipc.open_stream(part) as stream:
                if writer is None:
                    writer = _writer(form, sink, stream.schema)
                for batch in stream:
                    writer.write_batch(batch)
        if writer is not None:
            writer.close()

    return join


def _writer(form: str, sink: Any, schema: pa.Schema) -> Any:  # noqa: ANN401 - two classes of pyarrow
    if form == "parquet":
        return pq.ParquetWriter(sink, schema, compression="zstd")
    return pa.ipc.new_file(sink, schema)


class _Sink:
    """What pyarrow needs of a file that is written from its start to its end."""

    closed = False

    def __init__(self, put: Callable[[bytes], None]) -> None:
        self._put = put
        self._at = 0

    def write(self, data: Any) -> int:  # noqa: ANN401 - a buffer
        found = bytes(data)
        self._put(found)
        self._at += len(found)
        return len(found)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass


def _ipc(stream: IO[bytes]) -> Any:  # noqa: ANN401 - two classes of pyarrow
    start = stream.read(len(_MAGIC))
    stream.seek(0)
    return pa.ipc.open_file(stream) if start == _MAGIC else pa.ipc.open_stream(stream)


@contextmanager
def _opened(name: str) -> Iterator[None]:
    """Turn what pyarrow says about a file into PRF679."""
    with reading(name):
        with suppress(ValueError), Path(name).open("rb"):
            pass
        try:
            yield
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError, OSError, EOFError):
            raise UsageError((diagnose("PRF679", value=name),)) from None


def _named(column: pa.Array) -> pa.Array | None:
    """Return a column of names as text; None for one that holds no names."""
    try:
        return column.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return None


def _one(table: pa.Table) -> pa.RecordBatch:
    return table.combine_chunks().to_batches()[0]
