"""Cells of every kind: what a person reads, and what can't be used, by its address."""

from datetime import date, datetime

import pytest

from perfrules.errors import UsageError
from perfrules.files.xlsx import sheet as module
from perfrules.files.xlsx.grid import Merge
from perfrules.files.xlsx.sheet import unescaped
from tests.sample_books import Made, book, grid, raw, texts


def row(*cells: str) -> str:
    """Return a sheet of one row."""
    return f'<sheetData><row r="1">{"".join(cells)}</row></sheetData>'


def test_texts_numbers_days_and_flags_are_what_a_person_reads() -> None:
    def change(sheet: Made) -> None:
        sheet["C1"].number_format = "0.00%"

    values = [
        "00123",
        3.0,
        0.98,
        date(2022, 12, 31),
        datetime.fromisoformat("2022-12-31 08:30"),
        True,
        False,
    ]
    (found,) = texts(book([values], change))
    assert found == ("00123", "3", "98%", "2022-12-31", "2022-12-31 08:30:00", "是", "否")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1" t="inlineStr"><is><t>甲</t></is></c>', "甲"),
        ('<c r="A1" t="inlineStr"><is><r><t>甲</t></r><r><t>乙</t></r></is></c>', "甲乙"),
        ('<c r="A1" t="inlineStr"><is><t>甲</t><rPh><t>jia</t></rPh></is></c>', "甲"),
        ('<c r="A1" t="str"><f>B1&amp;"x"</f><v>甲x</v></c>', "甲x"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="A1"><f t="shared" si="0"/><v>2</v></c>', "2"),
        ('<c r="A1" t="b"><v>1</v></c>', "是"),
        ('<c r="A1" t="b"><f>B1&gt;0</f><v>0</v></c>', "否"),
        ('<c r="A1" t="d"><v>2022-12-31T00:00:00</v></c>', "2022-12-31"),
        ('<c r="A1" t="d"><v>2022-12-31T08:30:00</v></c>', "2022-12-31T08:30:00"),
        ('<c r="A1"><v>0.30000000000000004</v></c>', "0.3"),
        ("<c><v>5</v></c>", "5"),
        ('<c r="A1" t="inlineStr"><is><t>=1+1</t></is></c>', "=1+1"),
        ('<c r="A1" t="inlineStr"><is><t>a_x000D_b</t></is></c>', "a\rb"),
        ('<c r="A1"><v> 5 </v></c>', "5"),
    ],
)
def test_a_cell_by_its_kind(cell: str, text: str) -> None:
    found = grid(raw(row(cell)))
    assert found.text(1, 1) == text
    assert not found.faults


def test_a_formula_whose_result_is_no_text_is_an_empty_cell() -> None:
    found = grid(raw(row('<c r="A1" t="str"><f>""</f><v></v></c>', '<c r="B1"><v>1</v></c>')))
    assert found.rows[0].cells == ("", "1")
    assert not found.faults


@pytest.mark.parametrize(
    ("cell", "code", "words"),
    [
        ('<c r="C1" t="e"><v>#DIV/0!</v></c>', "PRF694", ("表1!C1", "#DIV/0!")),
        ('<c r="C1" t="e"><f>1/0</f><v>#N/A</v></c>', "PRF694", ("表1!C1", "#N/A")),
        ('<c r="C1" t="e"><v>#REF!</v></c>', "PRF694", ("表1!C1", "#REF!")),
        ('<c r="C1"><f>1+1</f></c>', "PRF695", ("表1!C1", "=1+1")),
        ('<c r="C1"><f>1+1</f><v/></c>', "PRF695", ("表1!C1", "=1+1")),
        ('<c r="C1"><f t="shared" si="0"/></c>', "PRF695", ("表1!C1", "=")),
        ('<c r="C1"><v>123456789012345678</v></c>', "PRF696", ("表1!C1", "15 位")),
        ('<c r="C1"><v>4.20117199001011E+17</v></c>', "PRF696", ("表1!C1", "420117199001011000")),
    ],
)
def test_a_cell_that_cannot_be_used_is_told_by_its_address(
    cell: str, code: str, words: tuple[str, ...]
) -> None:
    found = grid(raw(row('<c r="A1"><v>1</v></c>', cell)))
    problem = found.faults[1, 3]
    assert problem.code == code
    assert all(word in problem.message.zh for word in words)
    assert "表1!C1" in problem.message.en


def test_fifteen_digits_are_all_there() -> None:
    found = grid(raw(row('<c r="A1"><v>123456789012345</v></c>')))
    assert (found.text(1, 1), found.faults) == ("123456789012345", {})


def test_names_may_have_a_prefix_and_cells_no_place() -> None:
    inside = '<x:c t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c><x:c><x:v>2</x:v></x:c>'
    head = f'<x:worksheet xmlns:x="u"><x:sheetData><x:row>{inside}</x:row><x:row/><x:row>{inside}'
    data = raw("", **{"xl/worksheets/sheet1.xml": f"{head}</x:row></x:sheetData></x:worksheet>"})
    assert [(item.number, item.cells) for item in grid(data).rows] == [
        (1, ("甲", "2")),
        (3, ("甲", "2")),
    ]


def test_merged_cells_are_filled_down_and_right() -> None:
    def change(sheet: Made) -> None:
        sheet.merge_cells("A2:A4")
        sheet.merge_cells("B1:C1")

    found = grid(book([["单位", "数"], ["甲", 1, 9], [None, 2], [None, 3]], change))
    assert [item.cells for item in found.rows] == [
        ("单位", "数", "数"), ("甲", "1", "9"), ("甲", "2"), ("甲", "3"),
    ]  # fmt: skip
    assert set(found.merged) == {Merge(2, 1, 4, 1), Merge(1, 2, 1, 3)}


def test_a_row_with_nothing_of_its_own_is_no_row() -> None:
    def change(sheet: Made) -> None:
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("B1:B2")

    assert texts(book([["甲", 1], [None, None], ["乙", 2]], change)) == [("甲", "1"), ("乙", "2")]


def test_a_merged_error_is_an_error_in_every_row() -> None:
    cells = (
        '<sheetData><row r="1"><c r="A1" t="e"><v>#N/A</v></c><c r="B1"><v>1</v></c></row>'
        '<row r="2"><c r="B2"><v>2</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'
    )
    found = grid(raw(cells))
    assert set(found.faults) == {(1, 1), (2, 1)}
    assert "表1!A1" in found.faults[2, 1].message.zh  # the cell that has to be corrected


def test_a_merge_over_the_whole_sheet_fills_what_is_used() -> None:
    cells = row('<c r="A1"><v>1</v></c>', '<c r="C1"><v>9</v></c>')
    found = grid(raw(f'{cells}<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'))
    assert found.rows[0].cells == ("1", "1", "1")


def test_many_merges_over_everything_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CELLS", 1000)
    cells = row('<c r="A1"><v>1</v></c>', '<c r="Z1"><v>9</v></c>')
    merges = '<mergeCell ref="A1:Z9"/>' * 50
    with pytest.raises(UsageError, match="PRF692"):
        grid(raw(f"{cells}<mergeCells>{merges}</mergeCells>"))


def test_too_many_cells_are_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CELLS", 10)
    assert len(texts(book([[1, 2]] * 5))) == 5
    with pytest.raises(UsageError) as error:
        texts(book([[1, 2]] * 6))
    assert "多于 10 个单元格" in error.value.diagnostics[0].message.zh


def test_a_cell_far_to_the_right_counts_as_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CELLS", 20_000)
    far = '<row r="{}"><c r="XFD{}"><v>1</v></c></row>'
    rows = "".join(far.replace("{}", str(number)) for number in (1, 2))
    with pytest.raises(UsageError, match="PRF692"):
        grid(raw(f"<sheetData>{rows}</sheetData>"))


def test_hidden_rows_and_columns_are_marked() -> None:
    def change(sheet: Made) -> None:
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["B"].hidden = True

    found = grid(book([["a", "b"], [1, 2], [3, 4]], change))
    assert [item.hidden for item in found.rows] == [False, True, False]
    assert found.hidden == (2,)


def test_hidden_columns_end_where_the_sheet_does() -> None:
    cols = '<cols><col min="2" max="16384" hidden="1"/></cols>'
    assert grid(raw(cols + row("<c><v>1</v></c><c><v>2</v></c>"))).hidden == (2,)


def test_blank_rows_are_left_out_and_the_numbers_of_rows_kept() -> None:
    found = grid(book([["a"], [None], ["  "], [1]]))
    assert [item.number for item in found.rows] == [1, 4]


@pytest.mark.parametrize(("text", "found"), [("_x005F_", "_"), ("_x00g1_", "_x00g1_"), ("", "")])
def test_escapes(text: str, found: str) -> None:
    assert unescaped(text) == found
