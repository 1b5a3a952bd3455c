"""The cells of a block of CSV as columns of text: what the csv module reads, many at a time."""

from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pacsv

from perfrules.engine.batch.text.grid import Data
from perfrules.engine.batch.text.marks import is_full
from perfrules.engine.batch.text.quotes import bare
from perfrules.files.csv import CsvOptions, CsvRows, records
from perfrules.files.entry import Entry, Source
from perfrules.files.headings import Headings
from perfrules.files.lines import Lines, raw_lines
from perfrules.files.units import RowReader
from perfrules.jobs.blocks import Block
from perfrules.jobs.columns import Rows
from perfrules.lang.characters import narrowed, same

_BREAKS = "\t\r\n"


def cells_of(
    data: Data, delimiter: str, width: int, places: Sequence[int] | None = None
) -> list[pa.Array] | None:
    r"""Return the columns of lines without quotation marks; None where one isn't plain.

    Args:
        data: The lines, in UTF-8.
        delimiter: What separates cells.
        width: How many cells a row has.
        places: Which columns; all where None.

    >>> [column.to_pylist() for column in cells_of(b"a, b\r\nc,\n", ",", 2) or ()]
    [['a', 'c'], [' b', '']]
    >>> cells_of(b"a\n", ",", 2)
    """
    if data[:3] == BOM_UTF8:
        return None  # a mark that stands inside a file belongs to a cell; pyarrow would drop it
    names = [str(place) for place in range(width)]
    wanted = names if places is None else [str(place) for place in places]
    try:
        table = pacsv.read_csv(
            pa.BufferReader(data),
            read_options=pacsv.ReadOptions(
                column_names=names, use_threads=False, block_size=len(data) + 1
            ),
            parse_options=pacsv.ParseOptions(
                delimiter=delimiter, quote_char=False, double_quote=False, ignore_empty_lines=False
            ),
            convert_options=pacsv.ConvertOptions(
                column_types=dict.fromkeys(wanted, pa.string()),
                include_columns=wanted,
                strings_can_be_null=False,
                check_utf8=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    return [whole(column) for column in table.columns]


def whole(column: pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


@dataclass(frozen=True, slots=True)
class BlockReader:
    """Reads blocks as `files.csv` reads rows.

    Args:
        file: The facts file's name, for messages.
        options: How the CSV is read.
        headings: What its columns are.
        width: How many cells a row has, those without a heading too.
    """

    file: str
    options: CsvOptions
    headings: Headings
    width: int

    def read(self, block: Block) -> Rows:
        """Return the rows of a block."""
        if block.plain:
            data = block.data if self._utf8 else str(block.data, self._encoding).encode()
            columns = cells_of(bare(data), self.options.delimiter, self.width)
            if columns is not None and not self._beyond(columns):
                lines = range(block.line, block.line + len(columns[0]))
                return self._together(columns, lines, block.twice)
        return self._slowly(block)

    def entry(self, rows: Rows, place: int) -> Entry:
        """Return a row of a batch as a unit."""
        cells = [column[place].as_py() for column in rows.source]
        return self._reader().entry(rows.lines[place], cells)

    @property
    def _encoding(self) -> str:
        found = Lines(self.file, self.options.encoding).encoding
        return "utf-8" if found == "utf-8-sig" else found

    @property
    def _utf8(self) -> bool:
        return self._encoding == "utf-8"

    def _reader(self) -> RowReader:
        source = Source(self.file, BytesIO)  # it is asked for its name alone
        rows = CsvRows(source, self.options)
        return RowReader(rows, self.options, self.headings, {}, {})

    def _beyond(self, columns: Sequence[pa.Array]) -> bool:
        """Return whether a cell without a heading says something."""
        more = columns[len(self.headings.texts) :]
        return any(_blank(column).true_count < len(column) for column in more)

    def _together(
        self, columns: Sequence[pa.Array], lines: Sequence[int], twice: Mapping[int, int]
    ) -> Rows:
        """Return rows read at once, without empty ones and units that stood before."""
        empty = self._empty(columns)
        refused: list[Entry] = []
        keep = None
        if twice:
            cells = list(columns)
            for line, first in twice.items():
                place = line - lines[0]
                row = [column[place].as_py() for column in cells]
                refused.append(self._again(line, row, first))
            keep = pa.array([line not in twice for line in lines])
        if empty is not None:
            full = pc.invert(empty)
            keep = full if keep is None else pc.and_(keep, full)
        if keep is not None:
            columns = [column.filter(keep) for column in columns]
            lines = [line for line, kept in zip(lines, keep.to_pylist(), strict=True) if kept]
        return Rows(self._batch(columns, len(lines)), lines, refused, columns)

    def _empty(self, columns: Sequence[pa.Array]) -> pa.Array | None:
        """Return which rows have no value at all; None for none of them."""
        found = None
        for column in columns:
            if is_full(column):
                return None
            blank = _blank(column)
            found = blank if found is None else pc.and_(found, blank)
            if not found.true_count:
                return None
        return found

    def _again(self, line: int, cells: list[str], first: int) -> Entry:
        """Return the unit of a row that stood in another line before."""
        reader = self._reader()
        unit = reader.cell(cells, self.options.id or "unit")
        reader.seen[same(unit)] = first
        return reader.entry(line, cells)

    def _slowly(self, block: Block) -> Rows:
        """Read a block row by row."""
        lines = Lines(self.file, self.options.encoding)
        lines.encoding, lines.number = self._encoding, block.line - 1
        text = map(lines.text, raw_lines(BytesIO(block.data)))
        good: list[list[str]] = []
        numbers: list[int] = []
        refused: list[Entry] = []
        size = len(self.headings.texts)
        reader = self._reader()
        for line, _, cells in records(text, self.file, self.options.delimiter, block.line):
            if line in block.twice:
                refused.append(self._again(line, cells, block.twice[line]))
                continue
            if len(cells) != size or any(map(_odd, cells)):
                entry = reader.entry(line, cells)
                if entry.facts is None:
                    refused.append(entry)
                    continue
            good.append(cells[:size])
            numbers.append(line)
        columns = [pa.array(column, pa.string()) for column in zip(*good, strict=True)]
        columns = columns or [pa.array([], pa.string())] * size
        return Rows(self._batch(columns, len(good)), numbers, refused, columns)

    def _batch(self, columns: Sequence[pa.Array], size: int) -> pa.RecordBatch:
        found = {
            ".".join(path): column
            for path, column in zip(self.headings.paths, columns, strict=False)
            if path is not None
        }
        for name, heading in (("unit", self.options.id or "unit"), ("as_of", "as_of")):
            place = self.headings.places.get(narrowed(heading))
            if place is not None:
                found[name] = _trimmed(columns[place])
        if not found:  # no input at all: the rows are there all the same
            found["unit"] = pa.nulls(size, pa.string())
        return pa.RecordBatch.from_pydict(found)


def _trimmed(column: pa.Array) -> pa.Array:
    """Return texts without spaces around them, null where nothing is left."""
    if is_full(column):
        return column
    text = pc.utf8_trim_whitespace(column)
    return pc.if_else(pc.equal(text, ""), None, text)


def _blank(column: pa.Array) -> pa.Array:
    return pc.equal(pc.utf8_trim_whitespace(column), "")


def _odd(cell: str) -> bool:
    """Return whether a cell may hold a sign that no cell may hold."""
    return not cell.isprintable() and any(sign < " " and sign not in _BREAKS for sign in cell)
