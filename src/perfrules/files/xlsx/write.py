"""Tables written as a workbook, row by row: no text is a formula, no number loses a digit.

The same rows give the same bytes: nothing says when or by whom a file was made.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Final, Literal, cast
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, LargeZipFile, ZipFile, ZipInfo

from perfrules.errors import Text, UsageError, width
from perfrules.files.xlsx.grid import letters
from perfrules.files.xlsx.sheet import LAST_ROW
from perfrules.messages import diagnose

LONGEST: Final = 32_767  # signs of a cell
_WIDEST, _NARROWEST = 60, 9  # columns of a screen
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # XML has no way to write them
_LIKE_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NO_DAY = (1980, 1, 1, 0, 0, 0)  # a zip file holds no earlier one
_DAY_0 = date(1899, 12, 30)
_FIRST_DAY = date(1900, 3, 1)  # spreadsheet programs believe in 1900-02-29
_BATCH = 1000  # rows
_GB = Text("2 GB", "2 GB")

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOC = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

Kind = Literal["text", "number", "percent", "date"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, what its cells are, and how many decimals a number shows.

    `size` is how wide it is on a screen, where that isn't what the heading needs.
    """

    head: str
    kind: Kind = "text"
    digits: int = 0
    size: int = 0

    @property
    def format(self) -> str:
        """How a spreadsheet program shows the cells.

        >>> Column("total", "number", 2).format, Column("rate", "percent").format
        ('0.00', '0%')
        """
        places = f".{'0' * self.digits}" if self.digits else ""
        shown = {"number": f"0{places}", "percent": f"0{places}%", "date": "yyyy-mm-dd"}
        return shown.get(self.kind, "@")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to be written: numbers as plain decimals, days as 2022-12-31, "" for nothing."""

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[str]]


def fits_sheet(rows: int) -> None:
    """See to it that a sheet holds so many rows below its headings; UsageError PRF698."""
    if rows >= LAST_ROW:
        most = Text(f"{LAST_ROW - 1} 行", f"{LAST_ROW - 1} rows")
        value = Text(f"{rows} 行", f"{rows} rows")
        raise UsageError((diagnose("PRF698", value=value, expected=most),))


def fitting(text: str) -> str:
    r"""Return text that a cell can hold; a sign that it can't is shown by its number.

    >>> fitting("a\x01\ud800"), fitting("_x0041_")
    ('a\\x01\\ud800', '_x005F_x0041_')
    """
    text = text.encode("utf-8", "backslashreplace").decode()
    text = _UNFIT.sub(lambda found: found[0].encode("unicode_escape").decode(), text)
    return _LIKE_ESCAPED.sub("_x005F_", text)[:LONGEST]


def write_book(sheets: Sequence[Sheet], put: Callable[[bytes], None]) -> None:
    """Write a workbook; a sheet's rows are taken when the sheets before it are written.

    Raises:
        UsageError: PRF698, a sheet has too many rows.
    """
    formats = list(dict.fromkeys(column.format for item in sheets for column in item.columns))
    styles = {shown: place for place, shown in enumerate(formats, start=2)}
    try:
        with ZipFile(cast("IO[bytes]", _Sink(put)), "w", ZIP_DEFLATED) as archive:
            for number, sheet in enumerate(sheets, start=1):
                _put(archive, f"xl/worksheets/sheet{number}.xml", _sheet(sheet, styles))
            for name, text in _about([sheet.name for sheet in sheets], formats):
                _put(archive, name, [_HEAD, text])
    except (RuntimeError, LargeZipFile):  # what zipfile says where a part is over 2 GB
        raise UsageError((diagnose("PRF698", value="> 2 GB", expected=_GB),)) from None


def _put(archive: ZipFile, name: str, texts: Iterable[str]) -> None:
    info = ZipInfo(name, _NO_DAY)
    info.compress_type = ZIP_DEFLATED
    with archive.open(info, "w") as stream:
        for text in texts:
            stream.write(text.encode())


def _sheet(sheet: Sheet, styles: dict[str, int]) -> Iterator[str]:
    """Yield the XML of a sheet: the headings stay in sight, and any column can be filtered by."""
    yield f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    yield '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
    yield '<selection pane="bottomLeft"/></sheetView></sheetViews><cols>'
    for place, column in enumerate(sheet.columns, start=1):
        size = column.size or min(max(width(column.head) + 2, _NARROWEST), _WIDEST)
        yield f'<col min="{place}" max="{place}" width="{size}" customWidth="1"/>'
    yield "</cols><sheetData>"
    names = [letters(place) for place in range(1, len(sheet.columns) + 1)]
    heads = [column.head for column in sheet.columns]
    yield _row(1, [_text(f"{name}1", 1, head) for name, head in zip(names, heads, strict=True)])
    makers = [
        (name, styles[column.format], _MAKERS[column.kind])
        for name, column in zip(names, sheet.columns, strict=True)
    ]
    count = 0
    waiting: list[str] = []
    for count, cells in enumerate(sheet.rows, start=1):
        row = count + 1
        if row > LAST_ROW:
            fits_sheet(count)
        waiting.append(_row(row, [
            make(f"{name}{row}", style, cell)
            for (name, style, make), cell in zip(makers, cells, strict=True)
            if cell
        ]))  # fmt: skip
        if len(waiting) == _BATCH:
            yield "".join(waiting)
            waiting.clear()
    yield "".join(waiting)
    yield f'</sheetData><autoFilter ref="A1:{names[-1]}{count + 1}"/></worksheet>'


def _row(number: int, cells: Sequence[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _text(place: str, style: int, text: str) -> str:
    """Return a cell of text, whatever the text looks like."""
    shown = escape(fitting(text))
    return (
        f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
    )


def _number(place: str, style: int, text: str) -> str:
    return f'<c r="{place}" s="{style}"><v>{text}</v></c>'


def _date(place: str, style: int, text: str) -> str:
    """Return a cell of a day; one that spreadsheet programs count wrong is a text."""
    day = date.fromisoformat(text)
    if day < _FIRST_DAY:
        return _text(place, style, text)
    return _number(place, style, str((day - _DAY_0).days))


_MAKERS: Final[dict[Kind, Callable[[str, int, str], str]]] = {
    "text": _text,
    "number": _number,
    "percent": _number,
    "date": _date,
}


def _about(names: Sequence[str], formats: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the other parts of the workbook."""
    numbers = range(1, len(names) + 1)
    tabs = "".join(
        f'<sheet name={quoteattr(fitting(name))} sheetId="{number}" r:id="rId{number}"/>'
        for number, name in zip(numbers, names, strict=True)
    )
    yield (
        "xl/workbook.xml",
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOC}"><sheets>{tabs}</sheets></workbook>',
    )
    parts = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
    parts.append((f"rId{len(names) + 1}", "styles", "styles.xml"))
    yield "xl/_rels/workbook.xml.rels", _relations(parts)
    yield "xl/styles.xml", _styles(formats)
    yield "_rels/.rels", _relations([("rId1", "officeDocument", "xl/workbook.xml")])
    own = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    own += ((f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers)
    shown = "".join(
        f'<Override PartName="{part}" ContentType="{_TYPE}.{kind}+xml"/>' for part, kind in own
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    defaults = "".join(
        f'<Default Extension="{ending}" ContentType="{kind}"/>'
        for ending, kind in (("rels", rels), ("xml", "application/xml"))
    )
    types = f'<Types xmlns="{_PACKAGE}/content-types">{defaults}{shown}</Types>'
    yield "[Content_Types].xml", types


def _relations(parts: Iterable[tuple[str, str, str]]) -> str:
    shown = "".join(
        f'<Relationship Id="{key}" Type="{_DOC}/{kind}" Target="{target}"/>'
        for key, kind, target in parts
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{shown}</Relationships>'


def _styles(formats: Sequence[str]) -> str:
    """Return the styles: plain, that of headings, then one for each format."""
    first = 164  # lower numbers are those of the programs
    own = "".join(
        f'<numFmt numFmtId="{number}" formatCode={quoteattr(shown)}/>'
        for number, shown in enumerate(formats, start=first)
    )
    used = "".join(
        f'<xf numFmtId="{first + place}" fontId="0" fillId="0" borderId="0" xfId="0" '
        'applyNumberFormat="1"/>'
        for place in range(len(formats))
    )
    face = '<sz val="11"/><name val="Calibri"/><family val="2"/>'
    plain = 'numFmtId="0" fontId="0" fillId="0" borderId="0"'
    return (
        f'<styleSheet xmlns="{_MAIN}"><numFmts count="{len(formats)}">{own}</numFmts>'
        f'<fonts count="2"><font>{face}</font><font><b/>{face}</font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        f'<cellStyleXfs count="1"><xf {plain}/></cellStyleXfs>'
        f'<cellXfs count="{len(formats) + 2}"><xf {plain} xfId="0"/>'
        '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" '
        'applyAlignment="1"><alignment vertical="center" wrapText="1"/></xf>'
        f'{used}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
        "</cellStyles></styleSheet>"
    )


class _Sink:
    """What a zip file needs of a file that is written from its start to its end."""

    def __init__(self, put: Callable[[bytes], None]) -> None:
        self._put = put

    def write(self, data: bytes) -> int:
        self._put(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass
