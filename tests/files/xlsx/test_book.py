"""Which sheet is read, and the parts that sheets share: texts, formats, the calendar."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from perfrules.errors import UsageError
from perfrules.files.xlsx import open_book, read_grid
from tests.sample_books import Made, book, grid, raw, source, texts

TWO = book([["a"], [1]], title="说明", 数据=[["b"], [2]])


def hidden(sheet: Made) -> None:
    sheet.sheet_state = "hidden"


def test_the_first_sheet_that_people_see_is_read() -> None:
    assert texts(TWO) == [("a",), ("1",)]
    data = book([["a"], [1]], hidden, title="说明", 数据=[["b"], [2]])
    assert texts(data) == [("b",), ("2",)]
    assert texts(data, "说明") == [("a",), ("1",)]


@pytest.mark.parametrize("name", ["数据", " 数据 "])
def test_a_sheet_is_read_by_name(name: str) -> None:
    assert grid(TWO, name).sheet == "数据"


def test_letters_and_width_make_no_other_sheet() -> None:
    assert grid(book([[1]], title="Facts"), "ＦＡＣＴＳ").sheet == "Facts"


def test_an_unknown_sheet_is_a_sentence() -> None:
    with pytest.raises(UsageError) as error:
        grid(TWO, "数剧")
    (problem,) = error.value.diagnostics
    assert problem.code == "PRF693"
    assert "数据" in problem.hint.zh


def test_sheets_are_listed_without_charts() -> None:
    tabs = (
        '<sheets><sheet name="图" sheetId="2" r:id="rId4"/>'
        '<sheet name="表1" sheetId="1" state="veryHidden" r:id="rId1"/></sheets>'
    )
    found = open_book(source(raw("<sheetData/>", book=tabs)))
    assert [(tab.name, tab.hidden) for tab in found.tabs] == [("表1", True)]
    assert found.grid().rows == ()


def test_a_path_will_do(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(TWO)
    assert read_grid(path).file == str(path)
    assert read_grid(str(path), "数据").text(2, 1) == "2"
    with pytest.raises(FileNotFoundError):
        read_grid(tmp_path / "none.xlsx")


def test_shared_texts_come_without_their_pronunciation() -> None:
    strings = (
        "<si><t>甲</t><rPh sb='0' eb='1'><t>jia</t></rPh></si>"
        "<si><r><t>乙</t></r><r><rPr/><t xml:space='preserve'> 丙</t></r></si><si/>"
    )
    cells = "".join(f'<c t="s"><v>{number}</v></c>' for number in range(3))
    found = grid(raw(f"<sheetData><row>{cells}<c><v>1</v></c></row></sheetData>", strings=strings))
    assert found.rows[0].cells == ("甲", "乙 丙", "", "1")


def test_formats_are_found_by_style() -> None:
    styles = (
        '<numFmts><numFmt numFmtId="176" formatCode="0.0&quot;万元&quot;"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="176"/><xf numFmtId="31"/><xf/></cellXfs>'
    )
    cells = "".join(f'<c s="{style}"><v>44926</v></c>' for style in (0, 1, 2, 3, 99))
    found = grid(raw(f"<sheetData><row>{cells}</row></sheetData>", styles=styles))
    assert found.rows[0].cells == ("44926", "44926万元", "2022-12-31", "44926", "44926")


def test_a_workbook_may_count_from_1904() -> None:
    tabs = '<workbookPr date1904="1"/><sheets><sheet name="表1" sheetId="1" r:id="rId1"/></sheets>'
    styles = '<cellXfs><xf numFmtId="14"/></cellXfs>'
    cells = '<sheetData><row><c s="0"><v>43464</v></c></row></sheetData>'
    assert texts(raw(cells, book=tabs, styles=styles)) == [("2022-12-31",)]


def test_parts_that_are_lacking_are_empty() -> None:
    # Programs that write every text inside its cell have no shared ones.
    made = raw("<sheetData><row><c><v>0.5</v></c></row></sheetData>")
    assert texts(made) == [("0.5",)]


def test_what_openpyxl_reads_is_what_is_read(tmp_path: Path) -> None:
    rows = [["单位", "数"], ["甲", 1.25], ["乙 ", 3], ["a<b&c", -0.1]]
    path = tmp_path / "a.xlsx"
    path.write_bytes(book(rows))
    sheet: Made = load_workbook(path).active
    other = [tuple(str(cell.value) for cell in row) for row in sheet.iter_rows()]
    assert [row.cells for row in read_grid(path).rows] == other
