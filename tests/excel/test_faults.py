"""Tables that contradict themselves or lack something: told at their cell, nothing repaired."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from perfrules import loads
from perfrules.api import check_text
from perfrules.errors import UsageError
from perfrules.excel import imported
from perfrules.files.xlsx import Merge, read_grid
from tests.excel.layouts import LAYOUTS
from tests.excel.test_skeleton import HEADS, TREES, codes, scored, shape, sheet


def test_points_that_do_not_add_up_are_told_and_kept() -> None:
    rows = [("产出（50分）", "数量", "30", "", "按计划"), ("", "质量", "10", "", ""),
            ("效益（50分）", "效果", "50", "", ""), ("合计", "", "90", "", "")]  # fmt: skip
    found = imported(sheet(*rows), "a.yaml", "a")
    first, second = (item for item in found.diagnostics if item.code == "PRF871")
    assert "表1!A3" in first.message.zh
    assert "50 分" in first.message.zh
    assert "40 分" in first.message.zh
    assert first.severity == "error"
    assert "表1!A6" in second.message.zh
    assert "points: 50" in found.ruleset
    assert "total: 90" in found.ruleset
    assert {item.code for item in check_text(found.ruleset, "a.yaml")} >= {"PRF401"}


def test_a_subtotal_that_is_wrong_is_told() -> None:
    rows = [("产出", "数量", "30", "", ""), ("", "质量", "20", "", ""), ("小计", "", "60", "", ""),
            ("效益", "效果", "50", "", "")]  # fmt: skip
    found = imported(sheet(*rows), "a.yaml", "a")
    (told,) = (item for item in found.diagnostics if item.code == "PRF871")
    assert "产出小计" in told.message.zh
    assert told.value == "60"


def test_an_indicator_without_points_is_informational() -> None:
    rows = [("产出", "数量", "100", "≥5个", ""), ("", "质量", "", "≥90%", "")]
    found = imported(sheet(*rows), "a.yaml", "a")
    (told,) = (item for item in found.diagnostics if item.code == "PRF875")
    assert "表1!B4" in told.message.zh
    plan = loads(found.ruleset).plan
    assert [item.scored for item in plan.indicators[0].children] == [True, False]
    assert scored(found, 数量="5") == 100  # nobody has to fill in what isn't scored


def test_points_that_are_no_number_are_told() -> None:
    rows = [("产出", "数量", "100", "≥5个", ""), ("", "质量", "若干", "≥90%", "")]
    found = imported(sheet(*rows), "a.yaml", "a")
    assert codes(found)[:2] == ["PRF878", "PRF875"]
    assert "表1!C4" in found.diagnostics[0].message.zh


def test_a_column_that_is_not_used_is_told() -> None:
    heads = (*HEADS, "牵头科室", "偏差原因分析及改进措施")
    rows = [("产出", "数量", "100", "≥5个", "", "农业科", "")]
    found = imported(sheet(*rows, heads=heads), "a.yaml", "a")
    (told,) = (item for item in found.diagnostics if item.code == "PRF874")
    assert told.value == "牵头科室"
    assert "表1!F2" in told.message.zh


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("产出", "数量", "", "≥5个", "")], "PRF879"),
        ([("产出", "数量", "0", "≥5个", "")], "PRF879"),
        ([], "PRF879"),
    ],
)
def test_a_table_without_points_is_refused(rows: list[Sequence[str]], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        imported(sheet(*rows), "a.yaml", "a")
    assert [item.code for item in caught.value.diagnostics] == [code]


def test_a_sheet_without_a_table_is_refused() -> None:
    with pytest.raises(UsageError) as caught:
        imported(sheet(("甲", "乙"), heads=("姓名", "电话")), "a.yaml", "a")
    assert [item.code for item in caught.value.diagnostics] == ["PRF870"]


def test_the_national_scale_is_that_of_the_total() -> None:
    found = imported(sheet(("产出", "数量", "50", "≥5个", "")), "a.yaml", "a")
    told = found.diagnostics[-1]
    assert told.code == "PRF873"
    assert "优 45、良 40、中 30、差 0" in told.message.zh
    assert [grade.at_least for grade in loads(found.ruleset).plan.grades] == [45, 40, 30, 0]


def test_a_cell_that_is_an_error_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(LAYOUTS["totals"].workbook())
    book = load_workbook(path)
    book["考核表"]["D4"] = "=1/0"
    book.save(path)
    found = imported(read_grid(path), "a.yaml", "a")
    assert "考核表!D4" in found.diagnostics[0].message.zh
    assert "PRF695" in codes(found)


def test_hidden_rows_are_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(LAYOUTS["totals"].workbook())
    book = load_workbook(path)
    book["考核表"].row_dimensions[4].hidden = True
    book.save(path)
    found = imported(read_grid(path), "a.yaml", "a")
    assert codes(found)[0] == "PRF697"
    assert "第 4 行" in found.diagnostics[0].message.zh
    assert shape(loads(found.ruleset).plan.indicators) == TREES["totals"]


def test_titles_that_are_the_same_stay_apart() -> None:
    rows = [("产出", "数量", "50", "≥5个", ""), ("产出", "数量", "50", "≥6个", "")]
    merged = [Merge(3, 1, 4, 1)]
    found = imported(sheet(*rows, merged=merged), "a.yaml", "a")
    assert shape(loads(found.ruleset).plan.indicators) == [
        (
            "产出",
            "100",
            "",
            [("数量", "50", "proportional", []), ("数量", "50", "proportional", [])],
        )
    ]
    assert "id: 数量_2" in found.ruleset
