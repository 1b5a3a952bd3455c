"""A grid by row and column, and addresses as spreadsheet programs write them."""

import pytest
from openpyxl.utils import column_index_from_string, get_column_letter

from perfrules.files.xlsx.grid import Grid, Row, address, letters, place_of

SHEET = Grid("a.xlsx", "表1", (Row(2, ("甲", "5")), Row(5, ("乙",))))


@pytest.mark.parametrize(
    ("row", "column", "text"),
    [(2, 1, "甲"), (2, 2, "5"), (2, 3, ""), (3, 1, ""), (5, 1, "乙"), (5, 2, ""), (9, 1, "")],
)
def test_a_text_by_row_and_column(row: int, column: int, text: str) -> None:
    assert SHEET.text(row, column) == text


def test_the_width_is_that_of_the_longest_row() -> None:
    assert SHEET.width == 2
    assert Grid("a.xlsx", "表1", ()).width == 0


def test_a_span_has_the_row_as_line() -> None:
    assert str(SHEET.span(5, 2)) == "a.xlsx:5:2"


@pytest.mark.parametrize(
    ("sheet", "shown"),
    [("Sheet1", "Sheet1!C7"), ("目标表", "目标表!C7"), ("表 1", "'表 1'!C7"), ("1表", "'1表'!C7")],
)
def test_names_stand_in_quotes_where_they_must(sheet: str, shown: str) -> None:
    assert address(sheet, 7, 3) == shown


@pytest.mark.parametrize("column", [1, 2, 26, 27, 52, 53, 702, 703, 16384])
def test_letters_are_those_of_other_programs(column: int) -> None:
    assert letters(column) == get_column_letter(column)
    assert place_of(f"{letters(column)}9") == (9, column_index_from_string(letters(column)))


@pytest.mark.parametrize("reference", ["", "7", "C", "AAAA1", "C-1", "c7", "C7:D8", "C٣"])
def test_what_is_no_address_is_refused(reference: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        place_of(reference)
