"""Where a sheet's headings are, which cells refuse a row, and what is told of the whole."""

import pytest

from perfrules.files.headings import match, wanted_of
from perfrules.files.units import CsvOptions
from perfrules.files.xlsx.book import open_book
from perfrules.files.xlsx.rows import SheetRows, notes, tables_in
from tests.sample_books import Made, book, grid, raw, source
from tests.sample_csv import BUDGET, JURY, NOTE, SPENT, TARGETS

WANTED = wanted_of((BUDGET, SPENT, NOTE))


def sheet(data: bytes, named: str | None = None, *ignore: str) -> SheetRows:
    return SheetRows(grid(data), CsvOptions(id=named, ignore=ignore), WANTED)


@pytest.mark.parametrize(
    ("above", "head"),
    [
        ([], ["unit", "budget", "spent"]),
        ([["某市项目支出自评表"]], ["unit", "budget", "spent"]),
        ([["自评表"], ["填报单位：甲", None, "单位：万元"]], ["单位", "全年预算数", "全年执行数"]),
        ([["说明"], [None], ["budget"]], ["unit", "budget", "spent"]),
    ],
)
def test_headings_are_found_below_titles(above: list[list[str]], head: list[str]) -> None:
    rows = [*above, head, ["甲", 100, 95]]
    found = list(sheet(book(rows)).rows())
    assert [line for line, _ in found] == [len(above) + 1, len(above) + 2]
    assert [cells for _, cells in found] == [head, ["甲", "100", "95"]]


def test_without_a_known_heading_the_first_row_is_it() -> None:
    assert next(sheet(book([["x", "y"], [1, 2]])).rows()) == (1, ["x", "y"])
    assert list(sheet(raw("<sheetData/>")).rows()) == []


def test_a_column_that_an_option_names_is_a_known_heading() -> None:
    assert next(sheet(book([["甲乙"], ["编号", "y"]]), "编号").rows())[0] == 2


def faults(data: bytes, line: int, *ignore: str) -> list[tuple[str, str]]:
    rows = sheet(data, None, *ignore)
    (_, heads), *others = rows.rows()
    found, problems = match(heads, WANTED, "facts.xlsx", {}, rows.options.ignore)
    assert problems == ()
    cells = next(cells for number, cells in others if number == line)
    return [(item.code, item.message.en) for item in rows.faults(line, cells, found)]


HEADS = ["unit", "budget", "spent", "remark"]


def test_good_rows_have_no_faults() -> None:
    assert faults(book([HEADS, ["甲", 1, 2, "好"]]), 2) == []


def test_each_cell_that_cannot_be_used_is_told() -> None:
    data = book([HEADS, ["甲", "=1+1", "#N/A", "x"]])  # openpyxl writes an error as one
    (formula, error) = faults(data, 2)
    assert formula == (
        "PRF695",
        "the cell 表1!B2 is the formula =1+1, and the file holds no result of it",
    )
    assert error == ("PRF694", "the cell 表1!C2 is the error #N/A, so it holds no value")


def test_a_column_that_is_left_out_does_not_matter() -> None:
    data = book([[*HEADS, "备注2"], ["甲", 1, 2, "x", "#N/A"]])
    assert faults(data, 2, "备注2") == []


def test_a_value_without_a_heading_is_told() -> None:
    rows = sheet(book([HEADS, ["甲", 1, 2, "x", None, 9]]))
    (_, heads), (line, cells) = rows.rows()
    found, _ = match(heads, WANTED, "facts.xlsx", {})
    (problem,) = rows.faults(line, cells, found)
    assert problem.code == "PRF619"
    assert "F2" in problem.hint.zh


def test_a_control_sign_is_told() -> None:
    data = book([HEADS, ["甲", 1, 2, "x"]])
    bad = raw(
        '<sheetData><row r="1"><c t="inlineStr"><is><t>budget</t></is></c>'
        '<c t="inlineStr"><is><t>spent</t></is></c></row><row r="2"><c><v>1</v></c>'
        '<c t="inlineStr"><is><t>a_x0001_</t></is></c></row></sheetData>'
    )
    assert faults(data, 2) == []
    assert [code for code, _ in faults(bad, 2)] == ["PRF620"]


def told(data: bytes, *read: str) -> list[str]:
    return [item.message.zh for item in notes(open_book(source(data)), read)]


def test_what_people_do_not_see_is_told() -> None:
    def change(made: Made) -> None:
        made.row_dimensions[2].hidden = True
        made.column_dimensions["B"].hidden = True
        made.parent["旧数"].sheet_state = "hidden"

    data = book([["a", "b"], [1, 2], [3, 4]], change, 旧数=[[1]], 说明=[[1]])
    assert told(data, "表1") == [
        "工作簿 facts.xlsx：工作表 表1 的隐藏行也读入了：2",
        "工作簿 facts.xlsx：工作表 表1 的隐藏列也读入了：B",
        "工作簿 facts.xlsx：没有读的工作表：旧数（隐藏）、说明",
    ]
    assert told(data, "旧数", "说明", "表1")[2:] == []


def test_what_people_see_needs_no_words() -> None:
    assert told(book([["a"], [1]]), "表1") == []


def test_many_hidden_rows_are_not_all_named() -> None:
    def change(made: Made) -> None:
        for number in range(2, 30):
            made.row_dimensions[number].hidden = True

    (note,) = told(book([[number] for number in range(40)], change), "表1")
    assert note.endswith("10, 11 …")


def test_sheets_named_like_a_table_are_tables() -> None:
    inputs = (BUDGET, TARGETS, JURY)
    found = open_book(source(book([["a"]], 绩效目标表=[["b"]], JURY=[["c"]], budget=[["d"]])))
    assert tables_in(found, inputs, None) == {"targets": "绩效目标表", "jury": "JURY"}
    assert tables_in(found, inputs, "绩效目标表") == {"jury": "JURY"}
