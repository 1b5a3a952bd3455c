"""The small twin of benchmarks/target_sheets.py: 200 sheets and projects, one command each."""

import csv
from pathlib import Path

import pytest

from benchmarks import target_sheets as city

COUNT, SEED = 200, 7
# 200 × 348 ÷ 8496 = 8.19 and 200 × 12 ÷ 8496 = 0.28, both up to the next whole sheet.
WRONG, UNREADABLE = 9, 1
REASONS = {
    "few_numbers": "量化指标不足规定条数",
    "no_output": "没有产出指标",
    "no_benefit": "没有效益指标",
    "points_differ": "各行分值合计与年度绩效目标分值不符",
    "repeated": "有重名指标",
    "money_differs": "资金来源合计与申请预算数不符",
}


def test_the_faulty_sheets_are_returned_with_their_reasons_and_no_other(tmp_path: Path) -> None:
    made = city.sheets(COUNT, SEED)
    assert (len(made.faults), len(made.unreadable)) == (WRONG, UNREADABLE)
    found = city.scored("tianmen.target_review", made, tmp_path)
    assert len(found.results) == COUNT - UNREADABLE
    named = city.returned(found.results)
    city.agree(named, made)
    assert {unit: REASONS[kind] in named[unit] for unit, kind in made.faults.items()} == (
        dict.fromkeys(made.faults, True)
    )
    outcomes = {item["unit"]: item["report"]["outcome"] for item in found.results}
    rated = {item["unit"] for item in made.rows if "clear" in item}
    for unit, outcome in outcomes.items():
        if unit not in made.faults:
            assert outcome == ("通过" if unit in rated else "待评审")


def test_the_projects_off_their_plan_are_warned_and_no_other(tmp_path: Path) -> None:
    made = city.projects(COUNT, SEED)
    found = city.scored("tianmen.monitoring", made, tmp_path)
    named = city.warned(found.results)
    city.agree(named, made)
    slow = [unit for unit, kind in made.faults.items() if kind == "slow_money"]
    assert slow
    assert all("执行率低于本月最低要求，预警" in named[unit] for unit in slow)


def test_the_same_seed_makes_the_same_city() -> None:
    assert city.sheets(30, SEED) == city.sheets(30, SEED)
    assert city.sheets(30, SEED).rows != city.sheets(30, SEED + 1).rows


def test_a_sheet_that_comes_back_for_nothing_is_noticed() -> None:
    made = city.sheets(COUNT, SEED)
    sound = next(row["unit"] for row in made.rows if row["unit"] not in made.faults)
    with pytest.raises(AssertionError):
        city.agree({unit: ["有理由"] for unit in (*made.faults, sound)}, made)
    with pytest.raises(AssertionError):
        city.agree({unit: [] for unit in made.faults}, made)


def test_the_whole_run_prints_and_keeps_the_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    city.survey(COUNT, SEED, tmp_path)
    out = capsys.readouterr().out
    assert f"{WRONG} / {COUNT - UNREADABLE} = 4.5 %" in out
    for name in ("returned.csv", "warned.csv"):
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert len(rows) == WRONG
        assert all(row["reasons"] for row in rows)
