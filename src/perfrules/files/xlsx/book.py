"""A workbook: which sheets it has, and one of them as a grid."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from perfrules.errors import UsageError
from perfrules.files.entry import Source
from perfrules.files.xlsx.grid import Grid
from perfrules.files.xlsx.package import Package, Unsound, opened
from perfrules.files.xlsx.sheet import SheetReader, unescaped
from perfrules.files.xlsx.shown import BUILT_IN, GENERAL, Format, sections
from perfrules.lang.characters import same
from perfrules.messages import diagnose, did_you_mean


@dataclass(frozen=True, slots=True)
class Tab:
    """A sheet by name; `hidden` from people, and the part of the file that holds it."""

    name: str
    hidden: bool
    part: str


@dataclass(slots=True)
class Book:
    """A workbook: its sheets that hold cells, in order."""

    source: Source
    tabs: tuple[Tab, ...] = ()
    _strings: str = ""
    _styles: str = ""
    _from_1904: bool = False
    _grids: dict[str, Grid] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """The workbook's name."""
        return self.source.name

    def named(self, name: str) -> Tab | None:
        """Return the sheet of a name, width, spaces and letter case aside, or None."""
        wanted = same(name)
        return next((tab for tab in self.tabs if same(tab.name) == wanted), None)

    def grid(self, sheet: str | None = None) -> Grid:
        """Return a sheet; without a name the first that isn't hidden.

        Raises:
            UsageError: PRF691, PRF692; PRF693, there is no such sheet.
        """
        tab = self.tab(sheet)
        if tab.name not in self._grids:
            with opened(self.source) as package:
                reader = SheetReader(
                    self.file,
                    tab.name,
                    _texts(package, self._strings),
                    _formats(package, self._styles),
                    self._from_1904,
                )
                self._grids[tab.name] = reader.read(package, tab.part)
        return self._grids[tab.name]

    def tab(self, sheet: str | None = None) -> Tab:
        """Return a sheet's name and place; without a name the first that isn't hidden."""
        if sheet is None:
            return next((tab for tab in self.tabs if not tab.hidden), self.tabs[0])
        found = self.named(sheet)
        if found is None:
            hint = did_you_mean(sheet, [tab.name for tab in self.tabs])
            told = diagnose("PRF693", file=self.file, value=sheet, hint=hint)
            raise UsageError((told,))
        return found


def read_grid(source: Source | str | os.PathLike[str], sheet: str | None = None) -> Grid:
    """Return a sheet of a workbook as a person reads it.

    Args:
        source: The workbook. With a path, what the system says about it is not told in words.
        sheet: The sheet's name; without one the first that isn't hidden.

    Raises:
        UsageError: PRF691 it is no sound workbook, PRF692 it is too large, PRF693 it has no such
            sheet.
    """
    return open_book(source).grid(sheet)


def open_book(source: Source | str | os.PathLike[str]) -> Book:
    """Return a workbook with its sheets, none of them read yet.

    Raises:
        UsageError: PRF691, PRF692.
    """
    if not isinstance(source, Source):
        path = Path(source)
        source = Source(str(path), lambda: path.open("rb"))
    with opened(source) as package:
        return _book(source, package)


def _book(source: Source, package: Package) -> Book:
    parts = [part for kind, part in package.relations("").values() if kind == "officeDocument"]
    if not parts:
        raise Unsound
    refers = package.relations(parts[0])
    tabs: list[Tab] = []
    book = Book(source)

    def start(tag: str, about: Mapping[str, str]) -> None:
        if tag == "sheet":
            key = next((about[name] for name in about if name.rpartition(":")[2] == "id"), "")
            kind, part = refers.get(key, ("", ""))
            if kind == "worksheet":
                hidden = about.get("state", "visible") != "visible"
                tabs.append(Tab(unescaped(about["name"]), hidden, part))
        elif tag == "workbookPr":
            book._from_1904 = about.get("date1904") in ("1", "true")  # noqa: SLF001 - in the making

    package.walk(parts[0], start, _nothing, _nothing)
    if not tabs:
        raise Unsound
    book.tabs = tuple(tabs)
    for kind, part in refers.values():
        if kind == "sharedStrings":
            book._strings = part  # noqa: SLF001
        elif kind == "styles":
            book._styles = part  # noqa: SLF001
    return book


def _nothing(_: str) -> None:
    pass


def _texts(package: Package, part: str) -> list[str]:
    """Return the texts that cells share; how they are pronounced is left out."""
    texts: list[str] = []
    if not part or not package.has(part):
        return texts
    taking = [False, False]  # inside a text, inside a pronunciation
    pieces: list[str] = []

    def start(tag: str, _: Mapping[str, str]) -> None:
        if tag == "si":
            pieces.clear()
        elif tag == "rPh":
            taking[1] = True
        elif tag == "t":
            taking[0] = not taking[1]

    def end(tag: str) -> None:
        if tag == "t":
            taking[0] = False
        elif tag == "rPh":
            taking[1] = False
        elif tag == "si":
            texts.append(unescaped("".join(pieces)))

    def data(text: str) -> None:
        if taking[0]:
            pieces.append(text)

    package.walk(part, start, end, data)
    return texts


def _formats(package: Package, part: str) -> list[tuple[Format, ...]]:
    """Return what each style does with a number; always that of the first."""
    own: dict[int, str] = {}
    used: list[int] = []
    inside: list[str] = []

    def start(tag: str, about: Mapping[str, str]) -> None:
        if tag == "numFmt":
            own[int(about["numFmtId"])] = about.get("formatCode", "")
        elif tag == "cellXfs":
            inside.append(tag)
        elif tag == "xf" and inside:
            used.append(int(about.get("numFmtId", 0)))

    def end(tag: str) -> None:
        if tag == "cellXfs":
            inside.clear()

    if part and package.has(part):
        package.walk(part, start, end, _nothing)
    known = {number: sections(own.get(number, BUILT_IN.get(number, ""))) for number in set(used)}
    return [known[number] for number in used] or [(GENERAL,)]
