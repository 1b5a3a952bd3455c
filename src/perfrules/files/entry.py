"""What a facts file is read into: one entry per unit, good or not."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import BinaryIO

from perfrules.errors import Diagnostic, Span

WORKBOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Source:
    """A file by name, opened when it is needed; a CSV is opened twice.

    `sheet` is the one that is meant, where the file is a workbook.
    """

    name: str
    open: Callable[[], BinaryIO]
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One unit of a facts file, or the reason why there is none.

    `row` is the line of the file for CSV and JSON lines, else the place in the list; both 1-based.
    `headings` are the columns that the values came from, by input.
    """

    row: int
    facts: Mapping[str, object] | None
    problems: tuple[Diagnostic, ...] = ()
    unit: str | None = None
    headings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entries:
    """The units of a file, to be walked once; `total` is known where counting cost nothing."""

    units: Iterator[Entry]
    total: int | None = None
    single: bool = False  # the file holds one unit, not a list of one
    notes: tuple[Diagnostic, ...] = ()  # what has to be known of the file as a whole

    def __iter__(self) -> Iterator[Entry]:
        return self.units


def at_line(file: str, line: int, column: int = 1) -> Span:
    """Return the span of one sign in a file.

    >>> str(at_line("facts.csv", 3))
    'facts.csv:3:1'
    """
    return Span(file, line, column, line, column + 1)


def is_workbook(name: str) -> bool:
    """Return whether a file is a workbook, by the ending of its name.

    >>> is_workbook("facts.XLSX"), is_workbook("facts.csv")
    (True, False)
    """
    return PurePath(name).suffix.lower() in WORKBOOKS
