"""A sheet as a person reads it: the text of every cell, merged cells filled, and where each is."""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import NamedTuple

from perfrules.errors import Diagnostic, Span

_LETTERS = 26


class Merge(NamedTuple):
    """Cells that are one: from the first row and column to the last, all 1-based and inside."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row that holds something of its own; `cells` from column A on, "" for an empty one.

    A cell inside a merged one has the text of the whole.
    """

    number: int
    cells: tuple[str, ...]
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet. Rows without a value of their own are not in `rows`.

    `faults` are the cells whose value can't be used, by row and column: an error, a formula that
    was never calculated, a number of which digits are lost. Their text is what the sheet shows;
    who uses such a cell has to refuse it. `hidden` are the columns that people don't see.
    """

    file: str
    sheet: str
    rows: tuple[Row, ...]
    merged: tuple[Merge, ...] = ()
    faults: Mapping[tuple[int, int], Diagnostic] = field(default_factory=dict)
    hidden: tuple[int, ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((len(row.cells) for row in self.rows), default=0)

    def text(self, row: int, column: int) -> str:
        """Return the text of a cell by its 1-based row and column; "" where there is nothing.

        >>> Grid("a.xlsx", "表1", (Row(3, ("甲", "5")),)).text(3, 2)
        '5'
        """
        place = bisect_left(self.rows, row, key=attrgetter("number"))
        if place == len(self.rows) or self.rows[place].number != row:
            return ""
        cells = self.rows[place].cells
        return cells[column - 1] if column <= len(cells) else ""

    def address(self, row: int, column: int) -> str:
        """Return where a cell is, as a spreadsheet program writes it.

        >>> Grid("a.xlsx", "表1", ()).address(7, 3), Grid("a.xlsx", "表 1", ()).address(7, 28)
        ('表1!C7', "'表 1'!AB7")
        """
        return address(self.sheet, row, column)

    def span(self, row: int, column: int = 1) -> Span:
        """Return a cell's place for a diagnostic: the row as line, the column as column."""
        return Span(self.file, row, column, row, column + 1)


def address(sheet: str, row: int, column: int) -> str:
    """Return the address of a cell, the sheet's name in quotes where it needs them."""
    name = sheet if sheet.isalnum() and not sheet[0].isdigit() else f"'{sheet}'"
    return f"{name}!{letters(column)}{row}"


def letters(column: int) -> str:
    """Return a column's letters.

    >>> letters(1), letters(26), letters(27), letters(16384)
    ('A', 'Z', 'AA', 'XFD')
    """
    found = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        found = chr(65 + rest) + found
    return found


def place_of(reference: str) -> tuple[int, int]:
    """Return the row and column of an address without a sheet; ValueError for anything else.

    >>> place_of("C7"), place_of("$XFD$1")
    ((7, 3), (1, 16384))
    """
    plain = reference.replace("$", "")
    digits = plain.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    heads = plain[: len(plain) - len(digits)]
    if not (0 < len(heads) <= 3 and digits.isascii() and digits.isdecimal()):  # noqa: PLR2004 - XFD
        raise ValueError(reference)
    column = 0
    for head in heads:
        column = column * _LETTERS + ord(head) - 64
    return int(digits), column
