"""A score table as a workbook that a bureau can print: the only place that writes with openpyxl."""

import re
from decimal import Decimal
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Final

from perfrules.errors import UsageError, width
from perfrules.excel.sheet import ScoreTable
from perfrules.files.xlsx.write import fitting
from perfrules.messages import diagnose

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_NAME_SIGNS: Final = 31
_LEVEL, _POINTS, _TEXT = 16, 8, 30  # columns of a screen
_LINE = 15  # a line's height, in points


def workbook(table: ScoreTable, file: str) -> bytes:
    """Return the bytes of a workbook that holds a table.

    Args:
        table: What to write.
        file: Its name, for the message.

    Raises:
        UsageError: PRF690, openpyxl isn't installed.
    """
    if find_spec("openpyxl") is None:
        raise UsageError((diagnose("PRF690", value=file),))
    from openpyxl import Workbook  # noqa: PLC0415 - an extra

    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new workbook has one
    sheet.title = sheet_name(table.title)
    for number, row in enumerate(table.rows, 1):
        for column, value in enumerate(row, 1):
            if value != "":
                _fill(sheet, (number, column), value)
    for area in table.merged:
        sheet.merge_cells(
            start_row=area.top, start_column=area.left, end_row=area.bottom, end_column=area.right
        )
    _lay_out(sheet, table)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def sheet_name(title: str) -> str:
    """Return a title as the name of a sheet.

    >>> sheet_name("评分表[2022]/甲"), sheet_name("——" * 40)[:3], sheet_name("''")
    ('评分表2022甲', '———', '评分表')
    """
    found = _NOT_IN_NAMES.sub("", title).strip()[:_NAME_SIGNS]
    return found or "评分表"


def _fill(sheet: "Worksheet", at: tuple[int, int], value: str | Decimal) -> None:
    """Write a value: a text is never a formula, a number is one."""
    cell = sheet.cell(*at)
    if isinstance(value, Decimal):
        cell.value = value
        return
    cell.value = fitting(value)
    cell.data_type = "s"


def _lay_out(sheet: "Worksheet", table: ScoreTable) -> None:
    from openpyxl.styles import Alignment, Border, Font, Side  # noqa: PLC0415 - an extra
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415

    line = Side(style="thin")
    sizes = [*[_LEVEL] * table.levels, _POINTS, *[_TEXT] * (table.width - table.levels - 1)]
    for column, size in enumerate(sizes, 1):
        sheet.column_dimensions[get_column_letter(column)].width = size
    for number, row in enumerate(table.rows, 1):
        whole = sum(isinstance(value, str) and value != "" for value in row) == 1 and not any(
            isinstance(value, Decimal) for value in row
        )
        for column in range(1, table.width + 1):
            box = sheet.cell(number, column)
            middle = "center" if column <= table.levels + 1 and number <= table.header else None
            if number > 1 and not (whole and number > table.header):
                box.border = Border(left=line, right=line, top=line, bottom=line)
            box.alignment = Alignment(horizontal=middle, vertical="center", wrap_text=True)
            if number <= table.header:
                box.font = Font(bold=True, size=14 if number == 1 else 11)
    sheet.freeze_panes = f"A{table.header + 1}"
    sheet.print_title_rows = f"{table.header}:{table.header}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    for number, row in enumerate(table.rows, 1):
        lines = max(
            (-(-width(str(value)) // size) for value, size in zip(row, sizes, strict=True)),
            default=1,
        )
        if lines > 1 and number > table.header:
            sheet.row_dimensions[number].height = _LINE * lines
