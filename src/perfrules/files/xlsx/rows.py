"""A sheet as rows of facts: its heading row found, and what can't be used refused by address."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from perfrules.errors import Diagnostic, Text
from perfrules.files.entry import at_line
from perfrules.files.headings import RESERVED, Headings, Wanted
from perfrules.files.units import CsvOptions, RowsOf, control_signs
from perfrules.files.xlsx.book import Book
from perfrules.files.xlsx.grid import Grid, letters
from perfrules.lang.characters import narrowed
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import Kind
from perfrules.messages import diagnose

_ABOVE: Final = 10  # rows of a title and the like that may stand above the headings
_SHOWN: Final = 10  # rows, columns or sheets named in a note
_HIDDEN: Final = Text(
    "不该计入的请删除，而不是隐藏", "delete what shall not count; hiding it is not enough"
)


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The rows of a sheet, from its headings on.

    Args:
        grid: The sheet.
        options: Which columns name a unit, and which are left out.
        wanted: What columns can bring, to tell headings from a title above them.
    """

    grid: Grid
    options: CsvOptions
    wanted: Sequence[Wanted]

    @property
    def name(self) -> str:
        """The workbook's name."""
        return self.grid.file

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the row of headings and those below it."""
        for row in self.grid.rows[self._headings() :]:
            yield row.number, list(row.cells)

    def _headings(self) -> int:
        """Return the place of the heading row: titles and the like may stand above it."""
        known = {narrowed(name) for item in self.wanted for name in (item.id, *item.others)}
        known |= {narrowed(name) for name in (self.options.id, self.options.key) if name}
        known |= set(RESERVED)
        counts = [
            len({narrowed(cell) for cell in row.cells} & known) for row in self.grid.rows[:_ABOVE]
        ]
        return counts.index(max(counts)) if counts else 0

    def faults(self, line: int, cells: Sequence[str], headings: Headings) -> list[Diagnostic]:
        """Return why cells of a row can't be used; columns that are left out don't matter."""
        size = len(headings.texts)
        beyond = next((place for place in range(size, len(cells)) if cells[place].strip()), None)
        if beyond is not None:
            where, letter = self.grid.address(line, beyond + 1), letters(beyond + 1)
            hint = Text(
                f"给 {letter} 列加上标题，或删去单元格 {where} 的内容",
                f"give column {letter} a heading, or clear the cell {where}",
            )
            wide = Text(str(size), str(size))
            return [
                diagnose("PRF619", at_line(self.name, line), value=beyond + 1, expected=wide,
                         file=self.name, line=line, hint=hint)
            ]  # fmt: skip
        dropped = {narrowed(name) for name in self.options.ignore}
        found: list[Diagnostic] = []
        for place, head in enumerate(headings.texts):
            told = self.grid.faults.get((line, place + 1))
            if told is not None and head not in dropped:
                found.append(replace(told, span=at_line(self.name, line), path=(head,)))
        return found or control_signs(self.name, line, cells, headings)


def sheet_in(book: Book, sheet: str | None, options: CsvOptions) -> RowsOf:
    """Return what gives the rows of a sheet; without a name the first that isn't hidden."""
    return lambda wanted: SheetRows(book.grid(sheet), options, wanted)


def tables_in(book: Book, inputs: Sequence[InputPlan], sheet: str | None) -> Mapping[str, str]:
    """Return the sheets that are named like a table the ruleset reads, by the table's id.

    Args:
        book: The workbook.
        inputs: What the ruleset reads.
        sheet: The sheet of the units.
    """
    main = book.tab(sheet).name
    found: dict[str, str] = {}
    for item in inputs:
        if item.type.kind not in (Kind.TABLE, Kind.PANEL):
            continue
        for name in (item.id, item.title.zh, item.title.en):
            tab = book.named(name) if name else None
            if tab is not None and tab.name != main:
                found.setdefault(item.id, tab.name)
    return found


def notes(book: Book, read: Sequence[str]) -> Iterator[Diagnostic]:
    """Yield PRF697 for what people don't see in the sheets that are read, or don't know of.

    Args:
        book: The workbook.
        read: The names of the sheets.
    """
    for name in read:
        grid = book.grid(name)
        rows = [str(row.number) for row in grid.rows if row.hidden]
        columns = [letters(column) for column in grid.hidden]
        for kind, found in ((Text("行", "rows"), rows), (Text("列", "columns"), columns)):
            if found:
                shown = ", ".join(found[:_SHOWN]) + (" …" if len(found) > _SHOWN else "")
                what = Text(
                    f"工作表 {name} 的隐藏{kind.zh}也读入了：{shown}",
                    f"hidden {kind.en} of the sheet {name} are read like others: {shown}",
                )
                yield diagnose("PRF697", file=book.file, what=what, hint=_HIDDEN)
    left = [tab for tab in book.tabs if tab.name not in read]
    if left:
        names = [Text(f"{tab.name}（隐藏）", f"{tab.name} (hidden)") if tab.hidden
                 else Text(tab.name, tab.name) for tab in left]  # fmt: skip
        what = Text(
            f"没有读的工作表：{'、'.join(name.zh for name in names[:_SHOWN])}",
            f"sheets that are not read: {', '.join(name.en for name in names[:_SHOWN])}",
        )
        hint = Text(f"要读其中一个，加上 --sheet {left[0].name}",
                    f"to read one of them add --sheet {left[0].name}")  # fmt: skip
        yield diagnose("PRF697", file=book.file, what=what, hint=hint)
