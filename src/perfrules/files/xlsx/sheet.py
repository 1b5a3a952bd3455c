"""The XML of one sheet becomes a grid, in one pass: no formula is run, nothing is guessed."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.files.xlsx.grid import Grid, Merge, Row, address, place_of
from perfrules.files.xlsx.package import Package, Unsound
from perfrules.files.xlsx.shown import LOST, Format, number_of, shown
from perfrules.messages import diagnose

CELLS: Final = 5_000_000  # that hold something
LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
YES, NO = "是", "否"
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SHORT = re.compile(r"-?(?:0|[1-9][0-9]{0,6})(?:\.[0-9]{0,7}[1-9])?(?<!-0)")
_MIDNIGHT = re.compile(r"T00:00:00(?:\.0+)?Z?$")


def unescaped(text: str) -> str:
    r"""Return text with the signs that XML can't hold, which a workbook writes as `_x000D_`.

    >>> unescaped("a_x000D_b"), unescaped("_x005F_x0041_")
    ('a\rb', '_x0041_')
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


@dataclass(slots=True)
class SheetReader:
    """Takes what the XML of a sheet says, element by element.

    Args:
        file: The workbook's name.
        sheet: The sheet's name.
        strings: The texts that cells share.
        formats: What each style does with a number.
        from_1904: Whether days are counted from 1904.
    """

    file: str
    sheet: str
    strings: Sequence[str]
    formats: Sequence[tuple[Format, ...]]
    from_1904: bool
    rows: list[Row] = field(default_factory=list)
    merged: list[Merge] = field(default_factory=list)
    faults: dict[tuple[int, int], Diagnostic] = field(default_factory=dict)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    _row: int = 0
    _hidden: bool = False
    _cells: dict[int, str] = field(default_factory=dict)
    _column: int = 0
    _place: str | None = None
    _about: Mapping[str, str] = field(default_factory=dict)
    _letters: dict[str, int] = field(default_factory=dict)
    _styles: dict[str, tuple[tuple[Format, ...], bool]] = field(default_factory=dict)
    _formula: str | None = None
    _value: str = ""
    _into: str = ""
    _phonetic: bool = False
    _count: int = 0

    def read(self, package: Package, part: str) -> Grid:
        """Return the grid of a part of the workbook."""
        package.walk(part, self._start, self._end, self._data)
        rows = tuple(self._filled())
        width = max((len(row.cells) for row in rows), default=0)
        hidden = {
            column
            for first, last in self.hidden_columns
            for column in range(first, min(last, width) + 1)
        }
        return Grid(
            self.file,
            self.sheet,
            rows,
            tuple(self.merged),
            self.faults,
            tuple(sorted(hidden)),
        )

    def _start(self, tag: str, about: Mapping[str, str]) -> None:
        match tag:
            case "c":
                self._begin(about)
            case "v" | "f" | "t":
                self._into = tag
                if tag == "f":
                    self._formula = ""
            case "row":
                self._begin_row(about)
            case "rPh":
                self._phonetic = True
            case "mergeCell":
                self._merge(about.get("ref", ""))
            case "col" if about.get("hidden") in ("1", "true"):
                self.hidden_columns.append((int(about["min"]), int(about["max"])))
            case _:
                pass

    def _begin_row(self, about: Mapping[str, str]) -> None:
        number = int(about.get("r", self._row + 1))
        if not self._row < number <= LAST_ROW:
            raise Unsound
        self._row, self._column, self._place = number, 0, None
        self._hidden = about.get("hidden") in ("1", "true")

    def _begin(self, about: Mapping[str, str]) -> None:
        place = about.get("r")
        if place is None:
            self._placed()
            self._column += 1
        self._place = place
        self._about = about
        self._formula, self._value = None, ""

    def _placed(self) -> None:
        """See where the cell is; most that hold nothing are never asked."""
        place = self._place
        if place is not None:
            letters = place.removesuffix(str(self._row))
            column = self._letters.get(letters, 0)
            if not column:
                row, column = place_of(place)
                if row != self._row:
                    raise Unsound
                self._letters[letters] = column
            if column <= self._column:
                raise Unsound
            self._place, self._column = None, column
        if self._column > LAST_COLUMN:
            raise Unsound

    def _data(self, text: str) -> None:
        if self._into == "f":
            self._formula = (self._formula or "") + text
        elif self._into and not self._phonetic:
            self._value += text

    def _end(self, tag: str) -> None:
        match tag:
            case "c":
                if self._value or self._formula is not None:
                    self._cell()
            case "v" | "f" | "t":
                self._into = ""
            case "rPh":
                self._phonetic = False
            case "row":
                if any(text.strip() for text in self._cells.values()):
                    cells = self._cells
                    wide = max(cells)
                    found = tuple(cells.get(column, "") for column in range(1, wide + 1))
                    self._more(wide)
                    self.rows.append(Row(self._row, found, self._hidden))
                self._cells = {}
            case _:
                pass

    def _more(self, count: int) -> None:
        """Count cells: a few far to the right make a row as large as many."""
        self._count += count
        if self._count > CELLS:
            most = Text(f"{CELLS} 个单元格", f"{CELLS} cells")
            shown = Text(f"多于 {CELLS} 个单元格", f"over {CELLS} cells")
            told = diagnose("PRF692", file=self.file, value=shown, expected=most)
            raise UsageError((told,))

    def _cell(self) -> None:
        """Take the cell that ends here."""
        self._placed()
        kind = self._about.get("t", "n")
        value = self._value
        if self._formula is not None and not value and kind != "str":
            self._cells[self._column] = formula = f"={self._formula}"
            self._fault("PRF695", formula)
            return
        match kind:
            case "s":
                text = self.strings[int(value)]
            case "str" | "inlineStr":
                text = unescaped(value)
            case "b":
                text = YES if value.strip() in ("1", "true") else NO
            case "e":
                text = value.strip()
                self._fault("PRF694", text)
            case "d":
                text = _MIDNIGHT.sub("", value.strip())
            case _:
                text = self._number(value.strip())
        if text:
            self._cells[self._column] = text

    def _number(self, stored: str) -> str:
        style = self._about.get("s", "0")
        formats, plain = self._styles.get(style) or self._style(style)
        if plain and _SHORT.fullmatch(stored):
            return stored  # nearly all are: nothing to be read into it
        try:
            value = number_of(stored)
        except (ArithmeticError, ValueError):
            raise Unsound from None
        if abs(value) >= LOST:
            self._fault("PRF696", text := f"{value:f}")
            return text
        return shown(value, formats, from_1904=self.from_1904)

    def _style(self, style: str) -> tuple[tuple[Format, ...], bool]:
        """Return what a style does with a number, and whether that is nothing."""
        place = int(style)
        found = self.formats[place] if place < len(self.formats) else self.formats[0]
        self._styles[style] = found, all(item.plain for item in found)
        return self._styles[style]

    def _fault(self, code: str, value: str) -> None:
        row, column = self._row, self._column
        told = diagnose(code, value=value, address=address(self.sheet, row, column))
        self.faults[row, column] = told

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        (top, left), (bottom, right) = place_of(first), place_of(last or first)
        if top <= bottom and left <= right:
            self.merged.append(Merge(top, left, bottom, right))

    def _filled(self) -> list[Row]:
        """Return the rows with merged cells filled, as far as the sheet is used."""
        if not self.merged:
            return self.rows
        width = max((len(row.cells) for row in self.rows), default=0)
        places = {row.number: place for place, row in enumerate(self.rows)}
        numbers = [row.number for row in self.rows]
        rows: list[list[str] | None] = [None] * len(numbers)
        for merge in self.merged:
            if merge.top not in places:
                continue  # its value would be there
            first = places[merge.top]
            cells = self.rows[first].cells
            text = cells[merge.left - 1] if merge.left <= len(cells) else ""
            fault = self.faults.get((merge.top, merge.left))
            if not text:
                continue
            for place in range(first, len(numbers)):
                number = numbers[place]
                if number > merge.bottom:
                    break
                made = rows[place]
                if made is None:
                    made = rows[place] = list(self.rows[place].cells)
                right = min(merge.right, width)
                self._more(right - merge.left + 1)
                made += [""] * (right - len(made))
                for column in range(merge.left, right + 1):
                    made[column - 1] = text
                    if fault is not None:
                        self.faults[number, column] = fault
        return [
            row if made is None else Row(row.number, tuple(made), row.hidden)
            for row, made in zip(self.rows, rows, strict=True)
        ]
