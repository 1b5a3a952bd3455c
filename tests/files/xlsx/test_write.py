"""A workbook that was written: no formulas, exact numbers, headings in sight, the same bytes."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from perfrules.errors import UsageError
from perfrules.files.xlsx import write as module
from perfrules.files.xlsx.write import Column, Sheet, fits_sheet, fitting, write_book
from tests.sample_books import Made, texts

COLUMNS = (
    Column("unit"),
    Column("as_of", "date"),
    Column("total", "number", 2),
    Column("rate", "percent", 2),
)


def written(*sheets: Sheet) -> bytes:
    parts: list[bytes] = []
    write_book(sheets, parts.append)
    return b"".join(parts)


def loaded(data: bytes) -> Made:
    return load_workbook(BytesIO(data))


def test_each_cell_is_what_its_column_says() -> None:
    data = written(
        Sheet("得分", COLUMNS, [("001", "2022-12-31", "95.10", "0.951"), ("=1+1", "", "", "")])
    )
    sheet = loaded(data)["得分"]
    head, first, second = sheet.iter_rows()
    assert [cell.value for cell in head] == ["unit", "as_of", "total", "rate"]
    assert all(cell.font.bold for cell in head)
    assert [cell.value for cell in first] == [
        "001",
        datetime.fromisoformat("2022-12-31"),
        95.1,
        0.951,
    ]
    assert [cell.number_format for cell in first] == ["@", "yyyy-mm-dd", "0.00", "0.00%"]
    assert [(cell.value, cell.data_type) for cell in second][:2] == [("=1+1", "s"), (None, "n")]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:D3")


def test_what_is_written_is_read_as_it_was() -> None:
    rows = [("001", "2022-12-31", "95.1", "0.951"), (" 甲\n乙 ", "1899-12-31", "-0.000001", "1")]
    data = written(
        Sheet("得分", COLUMNS, rows), Sheet("退回", [Column("原因")], [["#N/A"], ["<&>'\""]])
    )
    assert texts(data)[1:] == [
        ("001", "2022-12-31", "95.1", "95.1%"),
        (" 甲\n乙 ", "1899-12-31", "-0.000001", "100%"),
    ]
    assert texts(data, "退回") == [("原因",), ("#N/A",), ("<&>'\"",)]


@given(st.lists(st.text(max_size=20).filter(lambda text: text.strip()), min_size=1, max_size=5))
@settings(max_examples=60, deadline=None)
def test_any_text_comes_back(cells: list[str]) -> None:
    shown = [text.replace("\r\n", "\n").replace("\r", "\n") for text in map(fitting, cells)]
    columns = [Column("x")] * len(cells)
    (_, row) = texts(written(Sheet("x", columns, [cells])))
    assert [text.replace("_x005F_", "_") for text in shown] == list(row)


@given(st.dates(date(1, 1, 1), date(9999, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_any_day_comes_back(day: date) -> None:
    data = written(Sheet("x", [Column("d", "date")], [[day.isoformat()]]))
    assert texts(data)[1] == (day.isoformat(),)


def test_the_same_rows_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    sheet = Sheet("x", COLUMNS, [("甲", "", "1", "")])
    first = written(sheet)
    monkeypatch.setattr("time.time", lambda: 0.0)
    assert written(sheet) == first


def test_rows_are_written_as_they_come() -> None:
    parts: list[bytes] = []

    def rows() -> Iterator[Sequence[str]]:
        for number in range(30_000):
            yield (f"{number:012}", "", str(number), "")
            if number == 29_999:
                assert sum(map(len, parts)) > 100_000

    write_book([Sheet("x", COLUMNS, rows())], parts.append)


def test_a_full_sheet_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    fits_sheet(1_048_575)
    with pytest.raises(UsageError) as error:
        fits_sheet(1_048_576)
    (problem,) = error.value.diagnostics
    assert (problem.code, "1048575" in problem.message.zh) == ("PRF698", True)
    monkeypatch.setattr(module, "LAST_ROW", 3)
    cells = ("甲", "", "", "")
    written(Sheet("x", COLUMNS, [cells] * 2))
    with pytest.raises(UsageError, match="PRF698"):
        written(Sheet("x", COLUMNS, [cells] * 3))


def test_a_part_over_two_gigabytes_is_a_sentence() -> None:
    def rows() -> Iterator[Sequence[str]]:
        yield ("甲", "", "", "")
        raise RuntimeError("File size unexpectedly exceeded ZIP64 limit")

    with pytest.raises(UsageError, match="PRF698"):
        written(Sheet("x", COLUMNS, rows()))


def test_columns_are_as_wide_as_their_headings() -> None:
    columns = [Column("a"), Column("一" * 50), Column("b", size=33)]
    sheet = loaded(written(Sheet("x", columns, [])))["x"]
    assert [sheet.column_dimensions[name].width for name in "ABC"] == [9, 60, 33]


def test_a_text_may_be_as_long_as_a_cell() -> None:
    assert len(fitting("x" * 40_000)) == 32_767
