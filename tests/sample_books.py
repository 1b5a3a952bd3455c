"""Workbooks for tests: made by openpyxl, or by hand where openpyxl writes no such thing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

from perfrules.files.entry import Source
from perfrules.files.xlsx import Grid, read_grid

Made: TypeAlias = Any  # a sheet of openpyxl, or a workbook: its types leave too much open
Rows: TypeAlias = Sequence[Any]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = "http://schemas.openxmlformats.org/package/2006/relationships"


def book(
    rows: Rows,
    change: Callable[[Made], None] | None = None,
    title: str = "表1",
    **others: Rows,
) -> bytes:
    """Return a workbook; *change* gets the sheet, *others* are more sheets by name."""
    made = Workbook()
    sheet: Made = made.active
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for name, more in others.items():
        below = made.create_sheet(name)
        for row in more:
            below.append(list(row))
    if change is not None:
        change(sheet)
    stream = BytesIO()
    made.save(stream)
    return stream.getvalue()


def raw(sheet: str, **parts: str) -> bytes:
    """Return a workbook from the XML of its sheet; *parts* replace those beside it.

    `strings` and `styles` are the inside of the shared strings and of the style sheet, `book` the
    inside of the workbook; any other part is named by its path with `__` for the slashes.
    """
    tabs = parts.get("book", '<sheets><sheet name="表1" sheetId="1" r:id="rId1"/></sheets>')
    files = {
        "_rels/.rels": _rels([("rId1", "officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{DOC}">{tabs}</workbook>',
        "xl/_rels/workbook.xml.rels": _rels(
            [
                ("rId1", "worksheet", "worksheets/sheet1.xml"),
                ("rId2", "sharedStrings", "sharedStrings.xml"),
                ("rId3", "styles", "/xl/styles.xml"),
                ("rId4", "chartsheet", "chartsheets/sheet1.xml"),
            ]
        ),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{parts.get("strings", "")}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}">{parts.get("styles", "")}</styleSheet>',
    }
    for name, text in parts.items():
        if name not in ("book", "strings", "styles"):
            files[name.replace("__", "/")] = text
    return zipped(files)


def zipped(files: Mapping[str, str]) -> bytes:
    """Return a zip file of texts by name."""
    stream = BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return stream.getvalue()


def _rels(parts: Iterable[tuple[str, str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="{key}" Type="{DOC}/{kind}" Target="{target}"/>'
        for key, kind, target in parts
    )
    return f'<Relationships xmlns="{RELS}">{inside}</Relationships>'


def source(data: bytes, name: str = "facts.xlsx") -> Source:
    """Return the bytes as a file."""
    return Source(name, lambda: BytesIO(data))


def grid(data: bytes, sheet: str | None = None) -> Grid:
    """Return the sheet of a workbook."""
    return read_grid(source(data), sheet)


def texts(data: bytes, sheet: str | None = None) -> list[tuple[str, ...]]:
    """Return the texts of a sheet's rows."""
    return [row.cells for row in grid(data, sheet).rows]
