"""The Hubei form in a table: digits, states and rows are those of each unit alone, at any cell."""

import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

import perfrules
from benchmarks import hubei
from tests.engine.batch.drawn_sheets import alone, points_of, sheet
from tests.engine.batch.tables import differences, table_of

D = Decimal
ROOT = Path(__file__).parents[3]
HUBEI = perfrules.load(str(ROOT / "rulesets/hubei/project_self_evaluation.yaml"))
NATIONAL = perfrules.load(str(ROOT / "rulesets/mof/project_self_evaluation.yaml"))


def forms(chance: random.Random, count: int) -> list[dict[str, Any]]:
    """Return units of the Hubei form, whose points mostly add up."""
    found = []
    for _ in range(count):
        rows = sheet(chance)
        whole = points_of(rows)
        if not chance.randrange(20):
            whole += D("0.01")
        found.append({
            "adjusted_budget": f"{chance.uniform(80, 200):.2f}",
            "executed": f"{chance.uniform(60, 210):.2f}",
            "misused": chance.choice(("是", "否", "否")),
            "points_goals": str(whole),
            "points_execution": str(100 - whole),
            "targets": rows,
        })  # fmt: skip
    return found


def test_plain_forms_go_by_columns() -> None:
    """The form of the benchmarks: 12 rows, numbers in their targets' units, two ratings."""
    chance = random.Random(3)  # noqa: S311 - seeded
    units = [hubei.facts(chance) for _ in range(300)]
    table = pa.Table.from_pylist(units)
    assert alone(HUBEI, table)[1] == 0
    assert differences(HUBEI, table, units) == []


def test_by_hand() -> None:
    """20 × 0.9 + 50 × 935.5 ÷ 940 + 20 × 5000 ÷ 6000 + 10 × 0.8 = 18 + 49.76 + 16.67 + 8."""
    names = ("name", "target", "actual", "points", "level")
    cells = (
        ("人数", "≥940人", "935.5人", "50", None),
        ("成本", "≤5000元", "6000元", "20", None),
        ("分项", "≥1个", "0个", None, None),
        ("效果", "明显", "较明显", "10", "部分达成"),
    )
    rows = [{"block": "产出指标", **dict(zip(names, row, strict=True))} for row in cells]
    unit = {"adjusted_budget": "100", "executed": "90", "misused": "否", "targets": rows}
    found, one_by_one = alone(HUBEI, table_of(HUBEI.plan, [unit]))
    assert one_by_one == 0
    assert found["total"].to_pylist() == [D("92.43")]
    assert found["score.goals"].to_pylist() == [D("74.43")]
    assert found["rows.goals"].to_pylist()[0] == [
        {"key": "人数", "score": D("49.76"), "rate": D("0.995212765957"), "state": "scored"},
        {"key": "成本", "score": D("16.67"), "rate": D("0.833333333333"), "state": "scored"},
        {"key": "分项", "score": None, "rate": None, "state": "informational"},
        {"key": "效果", "score": D("8.00"), "rate": D("0.800000000000"), "state": "scored"},
    ]


@settings(max_examples=40, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_hubei_form(chance: random.Random) -> None:
    units = forms(chance, 25)
    assert differences(HUBEI, table_of(HUBEI.plan, units), units, batch_rows=16) == []


def test_many_forms() -> None:
    chance = random.Random(12)  # noqa: S311 - seeded
    units = forms(chance, 1500)
    table = table_of(HUBEI.plan, units)
    assert differences(HUBEI, table, units) == []
    assert alone(HUBEI, table)[1] < 1200


def test_a_table_of_its_own() -> None:
    """Rows that a second table brings are the rows of lists."""
    chance = random.Random(14)  # noqa: S311 - seeded
    units = [{**unit, "unit": f"P{place}"} for place, unit in enumerate(forms(chance, 300))]
    table = table_of(HUBEI.plan, units)
    rows = pa.Table.from_pylist(
        [{"project": unit["unit"], **row} for unit in units for row in unit["targets"]],
        pa.schema([(name, pa.string()) for name in (
            "project", "block", "name", "target", "actual", "points", "level",
        )]),
    )  # fmt: skip
    found = HUBEI.score_table(
        table.drop_columns("targets").rename_columns({"unit": "project"}),
        tables={"targets": (rows, "project")},
    )
    wanted = HUBEI.score_table(table)
    assert found.drop_columns("rejected").equals(wanted.drop_columns("rejected"))


def blocks(chance: random.Random, count: int) -> list[dict[str, Any]]:
    """Return units of the national form: many have no costs, and no points for them."""
    found = forms(chance, count)
    names = {"成本指标": "cost", "产出指标": "output", "效益指标": "benefit",
             "满意度指标": "satisfaction"}  # fmt: skip
    for unit in found:
        for row in unit["targets"]:
            row["block"] = chance.choice([*names][chance.randrange(2) :])
        del unit["points_goals"]
        for block, name in names.items():
            own = [row for row in unit["targets"] if row["block"] == block]
            unit[f"points_{name}"] = str(points_of(own))
    return found


@settings(max_examples=25, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_national_form(chance: random.Random) -> None:
    units = blocks(chance, 25)
    assert differences(NATIONAL, table_of(NATIONAL.plan, units), units, batch_rows=16) == []


def test_blocks_without_rows_go_by_columns() -> None:
    chance = random.Random(15)  # noqa: S311 - seeded
    units = blocks(chance, 600)
    table = table_of(NATIONAL.plan, units)
    found, one_by_one = alone(NATIONAL, table)
    refused = sum(reasons is not None for reasons in found["rejected"].to_pylist())
    assert one_by_one < refused + 60
    assert set(found["state.cost"].to_pylist()) == {"scored", "informational", None}
    assert differences(NATIONAL, table, units) == []
