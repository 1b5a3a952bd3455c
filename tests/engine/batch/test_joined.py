"""Sheets as tables of their own: joined by a key, as the command line joins CSV files."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from perfrules.engine.program import Program
from perfrules.errors import UsageError
from tests.engine.batch.tables import differences
from tests.small import plan

D = Decimal

SHEET = """
inputs:
  targets:
    type: table
    title: 目标表
    columns:
      name: {type: text, title: 指标}
      actual: {type: number, title: 实际值}
      points: {type: number}
  marks: {type: panel, optional: true}
  extra: {type: number, default: 0}
indicators:
  - id: goals
    points: 100
    for_each: {row: t, in: targets, key: t.name}
    points_of: t.points
    score: {method: proportional, actual: t.actual, target: 10}
"""
UNITS = pa.table({"unit": ["A", "B", "C"], "extra": ["1", None, "2"]})
ROWS = [
    {"unit": "b", "指标": "三", "实际值": 5.5, "points": 40, "x-note": "-"},
    {"unit": "A ", "指标": "一", "实际值": 10.0, "points": 70, "x-note": "-"},
    {"unit": "Ｂ", "指标": "二", "实际值": 20.0, "points": 60, "x-note": "-"},
    {"unit": "a", "指标": "四", "实际值": 0.0, "points": 30, "x-note": None},
]


@pytest.fixture(scope="module")
def program() -> Program:
    return Program(plan(SHEET))


def rows(*more: dict[str, Any]) -> pa.Table:
    return pa.Table.from_pylist([*ROWS, *more])


def sheet(*names: str) -> list[dict[str, Any]]:
    """Return the rows of these names as one unit's facts have them."""
    by_name = {row["指标"]: row for row in ROWS}
    return [
        {"name": name, "actual": by_name[name]["实际值"], "points": by_name[name]["points"]}
        for name in names
    ]


@pytest.mark.parametrize("give", [lambda t: t, lambda t: t.to_pandas(), pl.DataFrame])
def test_rows_go_to_their_units(program: Program, give: Callable[[pa.Table], object]) -> None:
    many: list[dict[str, object]] = [
        {"unit": "A", "extra": "1", "targets": sheet("一", "四")},
        {"unit": "B", "targets": sheet("三", "二")},
        {"unit": "C", "extra": "2", "targets": []},
    ]
    tables = {"targets": (give(rows()), "unit")}
    assert differences(program, give(UNITS), many, tables=tables) == []
    found = program.score_table(UNITS, tables=tables)
    assert found.column("total").to_pylist() == [D(70), D(82), None]  # 70 + 0; 22 + 60
    assert found.column("rejected")[2].as_py()[0]["code"] == "PRF540"


@pytest.mark.parametrize("size", [1, 2, 100])
def test_every_size_of_batch_joins_alike(program: Program, size: int) -> None:
    found = program.score_table(UNITS, tables={"目标表": (rows(), "unit")}, batch_rows=size)
    assert found.column("total").to_pylist() == [D(70), D(82), None]


def test_keys_that_no_unit_has_are_told_at_the_end(program: Program) -> None:
    more = ({"unit": "Z", "指标": "五", "实际值": 1.0, "points": 1},
            {"unit": None, "指标": "六", "实际值": 1.0, "points": 1})  # fmt: skip
    found = program.score_table(UNITS, tables={"targets": (rows(*more), "unit")}).to_pylist()
    assert [row["row"] for row in found] == [1, 2, 3, None, None]
    assert [row["unit"] for row in found[3:]] == ["Z", None]
    assert [row["rejected"][0]["code"] for row in found[3:]] == ["PRF622", "PRF622"]
    assert "5" in found[3]["rejected"][0]["reason_zh"]  # the row of the sheet


def test_a_unit_that_comes_twice_is_rejected(program: Program) -> None:
    twice = pa.table({"unit": ["A", "B", " ａ", None], "extra": ["1", "1", "1", "1"]})
    found = program.score_table(twice, tables={"targets": (rows(), "unit")}, batch_rows=1)
    codes = [row and row[0]["code"] for row in found.column("rejected").to_pylist()]
    assert codes == [None, None, "PRF623", "PRF540"]
    assert "1" in found.column("rejected")[2].as_py()[0]["reason_en"]


def test_the_key_may_be_any_column(program: Program) -> None:
    units = pa.table({"项目": [7, 8], "extra": [0, 0]})
    sheets = pa.table(
        {"项目": [7, 8], "name": ["一", "二"], "actual": [10, 5], "points": [100, 100]}
    )
    found = program.score_table(units, tables={"targets": (sheets, "项目")})
    assert found.column("total").to_pylist() == [D(100), D(50)]
    assert found.column("unit").to_pylist() == ["7", "8"]


def test_two_tables(program: Program) -> None:
    marks = pd.DataFrame({"unit": ["A", "A"], "rater": ["甲", "乙"], "score": [60, "八十"]})
    tables = {"targets": (rows(), "unit"), "marks": (marks.astype(str), "unit")}
    found = program.score_table(UNITS, tables=tables).to_pylist()
    assert [row["rejected"] and row["rejected"][0]["code"] for row in found] == [
        "PRF503", None, "PRF540",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("tables", "codes"),
    [
        ({"target": "unit"}, ["PRF667"]),
        ({"extra": "unit"}, ["PRF667"]),
        ({"targets": "id"}, ["PRF615", "PRF621"]),
    ],
)
def test_what_can_not_be_joined(program: Program, tables: dict[str, str], codes: list[str]) -> None:
    with pytest.raises(UsageError) as caught:
        program.score_table(UNITS, tables={name: (rows(), key) for name, key in tables.items()})
    assert [item.code for item in caught.value.diagnostics] == codes
    assert all(item.hint.zh and item.hint.en for item in caught.value.diagnostics)


def test_the_units_need_the_key_too(program: Program) -> None:
    with pytest.raises(UsageError) as caught:
        program.score_table(UNITS.select(["extra"]), tables={"targets": (rows(), "unit")})
    assert [item.code for item in caught.value.diagnostics] == ["PRF621"]


def test_fields_of_rows_are_headings(program: Program) -> None:
    good = pa.table({"targets": [[{"指标": "一", "实际值": 1, "points": 100, "x-a": 1}]]})
    assert program.score_table(good).column("total").to_pylist() == [D(10)]
    bad = pa.table({"targets": [[{"指标": "一", "实际": 1, "points": 100}]]})
    with pytest.raises(UsageError) as caught:
        program.score_table(bad)
    assert [item.code for item in caught.value.diagnostics] == ["PRF615", "PRF618"]
