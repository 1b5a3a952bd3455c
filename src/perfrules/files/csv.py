"""CSV as rows, streamed.

A file is walked twice: once to see that it is sound from end to end, so that nothing is scored
from half a file, and once to read it.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.files.entry import Entries, Source, at_line
from perfrules.files.headings import Headings
from perfrules.files.lines import lines_of, too_large
from perfrules.files.units import CsvOptions, RowsOf, control_signs, read_units
from perfrules.lang.plan import InputPlan
from perfrules.messages import diagnose

__all__ = ["CsvOptions", "CsvRows", "read_csv", "records", "rows_in", "rows_of"]


def read_csv(source: Source, inputs: Sequence[InputPlan], options: CsvOptions) -> Entries:
    """Return the units of a CSV file.

    Raises:
        UsageError: The file, a heading or a table's file can't be used: everything at once.
    """
    tables = {name: rows_in(file, options) for name, file in options.tables.items()}
    return read_units(rows_in(source, options), inputs, options, tables)


def rows_in(source: Source, options: CsvOptions) -> RowsOf:
    """Return what gives the rows of a CSV file, whatever columns are wanted."""
    return lambda _: CsvRows(source, options)


@dataclass(frozen=True, slots=True)
class CsvRows:
    """The rows of a CSV file."""

    source: Source
    options: CsvOptions

    @property
    def name(self) -> str:
        """The file's name."""
        return self.source.name

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the rows, as `rows_of` does."""
        return rows_of(self.source, self.options)

    def faults(self, line: int, cells: Sequence[str], headings: Headings) -> list[Diagnostic]:
        """Return PRF619 for a row of another length, else PRF620 for control signs."""
        return _faults(self.source.name, line, cells, headings)


def rows_of(source: Source, options: CsvOptions) -> Iterator[tuple[int, list[str]]]:
    """Yield the line where each row starts, and its cells; lines without a value are left out.

    Raises:
        UsageError: PRF606, PRF613, PRF614, and PRF627 after the last row.
    """
    lines = lines_of(source, options.encoding)
    for line, _, cells in records(lines, source.name, options.delimiter):
        yield line, cells


def records(
    lines: Iterable[str], file: str, delimiter: str, first: int = 1
) -> Iterator[tuple[int, int, list[str]]]:
    """Yield the lines where each row starts and ends, and its cells, but not of empty ones.

    No line is taken before a row needs it.

    Args:
        lines: The text.
        file: Its name, for messages.
        delimiter: What separates cells.
        first: The number of the first line.

    Raises:
        UsageError: PRF613, PRF614, and what reading a line raises.
    """
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    line = first
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise UsageError((_unsound(file, line, str(fault)),)) from None
        end = first + reader.line_num - 1
        if any(cell.strip() for cell in cells):
            yield line, end, cells
        line = end + 1


def _faults(file: str, line: int, cells: Sequence[str], headings: Headings) -> list[Diagnostic]:
    """Return PRF619 for a row of another length (more empty cells are fine), else PRF620s."""
    size = len(headings.texts)
    if len(cells) < size or any(cell.strip() for cell in cells[size:]):
        wide = Text(str(size), str(size))
        return [
            diagnose(
                "PRF619", at_line(file, line), value=len(cells), expected=wide, file=file, line=line
            )
        ]
    return control_signs(file, line, cells, headings)


def _unsound(file: str, line: int, why: str) -> Diagnostic:
    if "limit" in why:
        limit = str(csv.field_size_limit())
        return too_large(file, line, f"> {limit}", limit)
    return diagnose("PRF613", at_line(file, line), file=file, line=line)
