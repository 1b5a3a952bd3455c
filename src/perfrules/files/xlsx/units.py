"""Workbooks become units: tables joined from other sheets, other workbooks or CSVs by a key."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from perfrules.errors import Text, UsageError
from perfrules.files.csv import rows_in
from perfrules.files.entry import Entries, Source, is_workbook
from perfrules.files.units import CsvOptions, RowsOf, read_units
from perfrules.files.xlsx.book import Book, open_book
from perfrules.files.xlsx.rows import notes, sheet_in, tables_in
from perfrules.lang.plan import InputPlan
from perfrules.messages import diagnose

_NEED_KEY = Text(
    "它与规则集的表格输入项同名，要用 --key 指出两个工作表里都有的列",
    "it is named like a table of the ruleset: --key has to name the column that both sheets have",
)


def read_workbooks(source: Source, inputs: Sequence[InputPlan], options: CsvOptions) -> Entries:
    """Return the units of a workbook, or of a CSV whose tables are in workbooks.

    A sheet of the same workbook that is named like a table of the ruleset is that table.

    Raises:
        UsageError: A file, a sheet or a heading can't be used; PRF642, such a sheet has no key.
    """
    return _Files(options).units(source, inputs)


@dataclass(slots=True)
class _Files:
    """The files of one run; a workbook that holds several tables is opened once."""

    options: CsvOptions
    books: dict[str, Book] = field(default_factory=dict)
    read: dict[str, list[str]] = field(default_factory=dict)

    def units(self, source: Source, inputs: Sequence[InputPlan]) -> Entries:
        """Return the units of a file of rows, its tables joined."""
        sheet = self.options.sheet or source.sheet
        main = self._rows(source, sheet)
        files = {name: self._rows(file, file.sheet) for name, file in self.options.tables.items()}
        own = self.books.get(source.name)
        if own is not None:
            for name, tab in tables_in(own, inputs, sheet).items():
                if not self._given(name, inputs) and tab not in self.read[source.name]:
                    if self.options.key is None:
                        why = diagnose("PRF642", value=tab, expected=_NEED_KEY, command="score")
                        raise UsageError((why,))
                    files[name] = self._rows(source, tab)
        found = read_units(main, inputs, self.options, files)
        books = [(self.books[name], sheets) for name, sheets in self.read.items()]
        told = [item for book, sheets in books for item in notes(book, sheets)]
        return replace(found, notes=tuple(told))

    def _given(self, name: str, inputs: Sequence[InputPlan]) -> bool:
        """Return whether an option names a table, by id or title."""
        item = next(item for item in inputs if item.id == name)
        return not {item.id, item.title.zh, item.title.en}.isdisjoint(self.options.tables)

    def _rows(self, source: Source, sheet: str | None) -> RowsOf:
        if not is_workbook(source.name):
            return rows_in(source, self.options)
        if source.name not in self.books:
            self.books[source.name] = open_book(source)
        book = self.books[source.name]
        self.read.setdefault(source.name, []).append(book.tab(sheet).name)
        return sheet_in(book, sheet, self.options)
