"""There and back: a ruleset written as a score table comes back with tree, points and titles."""

from decimal import Decimal
from io import BytesIO
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from perfrules import load, loads
from perfrules.api import check_text, read_plan
from perfrules.errors import UsageError
from perfrules.excel import exported, imported, workbook
from perfrules.excel.sheet import ScoreTable
from perfrules.files.entry import Source
from perfrules.files.xlsx import read_grid
from perfrules.lang.plan import Indicator, Plan
from tests.excel.layouts import LAYOUTS
from tests.excel.test_skeleton import TREES, from_layout, shape

HEAD = """ruleset: city.{name}
version: "1.2"
title: 某市项目绩效评价
total: {total}
inputs: {{}}
grades: [{{name: 优, at_least: {nine}}}, {{name: 差, at_least: 0}}]
indicators:
"""
Tree = tuple[str, Decimal | None, list["Tree"]]


def back(plan: Plan) -> str:
    """Write a ruleset as a workbook and import that."""
    data = workbook(exported(plan), "a.xlsx")
    found = imported(read_grid(Source("a.xlsx", lambda: BytesIO(data))), "a.yaml", "other")
    assert check_text(found.ruleset, "a.yaml") == ()
    return found.ruleset


def tree(items: tuple[Indicator, ...]) -> list[Tree]:
    """Return titles and points."""
    found: list[Tree] = []
    for item in items:
        points = item.points.constant if item.points is not None else None
        assert points is None or isinstance(points, Decimal)
        title = " ".join((item.title.get("zh") or item.id).split())
        found.append((title, points, tree(item.children)))
    return found


@pytest.mark.parametrize("name", LAYOUTS)
def test_import_export_import_is_identical(name: str, tmp_path: Path) -> None:
    found = from_layout(name, tmp_path)
    assert back(loads(found.ruleset).plan) == found.ruleset


@pytest.mark.parametrize("name", LAYOUTS)
def test_export_again_is_identical(name: str, tmp_path: Path) -> None:
    first = exported(loads(from_layout(name, tmp_path).ruleset).plan)
    again = exported(loads(back(loads(from_layout(name, tmp_path).ruleset).plan)).plan)
    assert (first.rows, first.merged) == (again.rows, again.merged)


METHODS = {  # what is asked, and how it scores; ID is the indicator's own name
    "{type: percent}": "{method: bands, bands: [{above: 90%, share: 100%}, "
    "{at_least: 80%, share: 50%}, {else: 0}]}",
    "{type: percent, min: 0%}": "{method: proportional, target: 95%}",
    "{type: money, unit: 万元}": "{method: proportional, target: 30.5万元, better: lower}",
    "{type: count, unit: 处}": "{method: deduct, kinds: [{title: 发现问题, count: ID, lose: 0.2}]}",
    "{type: count, unit: 天}": "{method: deduct, side: above, from: 5, per: 2, lose: 0.1, "
    "whole_steps: true}",
    "{type: flag, title: 已公开}": "{method: met, when: ID}",
    "{type: choice, of: [好, 中, 差]}": "{method: levels, shares: {好: 100%, 中: 60%, 差: 0%}}",
    "{type: number, unit: 人}": "{method: met, when: 'ID >= 40'}",
}
TITLES = st.text(st.sampled_from("管理产出效益满意度制度健全（一）、“”A2"), min_size=1, max_size=6)
POINTS = st.integers(1, 40).map(lambda halves: Decimal(halves) / 2)
LEAF = st.tuples(TITLES, POINTS, st.sampled_from(sorted(METHODS)))
BRANCH = st.tuples(TITLES, st.lists(LEAF, min_size=1, max_size=2))
NODE = LEAF | BRANCH | st.tuples(TITLES, st.lists(LEAF | BRANCH, min_size=1, max_size=2))
Drawn = tuple[str, Decimal, str] | tuple[str, list["Drawn"]]


def written(items: list[Drawn]) -> str:
    """Return a ruleset with those indicators; each title has a number that no other has."""
    numbers = count(1)
    lines: list[str] = []

    def worth(item: Drawn) -> Decimal:
        if len(item) == 3:
            return item[1]
        return sum((worth(child) for child in item[1]), Decimal(0))

    def put(item: Drawn, indent: int) -> None:
        number = next(numbers)
        own, space = f"n{number}", " " * indent
        title = f"{item[0]}第{number}项"
        lines.append(f"{space}- id: {own}")
        lines.append(f"{space}  title: '{title}'")
        lines.append(f"{space}  points: {worth(item)}")
        if len(item) == 2:
            lines.append(f"{space}  indicators:")
            for child in item[1]:
                put(child, indent + 4)
            return
        lines.append(f"{space}  ask: {item[2]}")
        lines.append(f"{space}  score: {METHODS[item[2]].replace('ID', own)}")

    for item in items:
        put(item, 2)
    total = sum(map(worth, items), Decimal(0))
    head = HEAD.format(name="drawn", total=total, nine=total * Decimal("0.9"))
    return head + "\n".join(lines) + "\n"


@given(st.lists(NODE, min_size=1, max_size=3))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_tree_comes_back(items: list[Drawn]) -> None:
    text = written(items)
    plan = loads(text).plan
    again = loads(back(plan)).plan
    assert (again.id, again.version, again.title.zh) == (plan.id, plan.version, plan.title.zh)
    assert shape(again.indicators) == shape(plan.indicators)
    assert [(one.name, one.at_least) for one in again.grades] == [
        (one.name, one.at_least) for one in plan.grades
    ]


@pytest.mark.parametrize(
    "name",
    [
        "mof.department_evaluation",
        "hunan.department_evaluation",
        "tianmen.target_review",
        "tianmen.special_bond_appraisal",
        "sanitation.village_cleanliness",
        "education.student_aid",
    ],
)
def test_shipped_rulesets_come_back(name: str) -> None:
    plan = read_plan(name)
    assert tree(loads(back(plan)).plan.indicators) == tree(plan.indicators)


def test_points_that_the_rows_of_a_sheet_share_are_one_row() -> None:
    plan = read_plan("mof.project_evaluation")
    found = exported(plan)
    (row,) = (row for row in found.rows if "实施效益" in row)
    assert 15 in row
    assert "按绩效目标表逐项计分" in row


@pytest.mark.parametrize("name", ["tianmen.monitoring", "mof.project_self_evaluation"])
def test_what_is_no_table_of_points_is_refused(name: str) -> None:
    with pytest.raises(UsageError) as caught:
        exported(load(name, as_of="2022-12-31").plan)
    (told,) = caught.value.diagnostics
    assert told.code == "PRF876"
    assert name in told.message.zh


def test_a_changed_rule_is_told_in_its_own_words(tmp_path: Path) -> None:
    """The words of the table are printed as long as they are the rule, no longer."""
    text = from_layout("totals", tmp_path).ruleset
    table = exported(loads(text).plan)
    assert "每发现1处垃圾扣0.5分" in rows_of(table)
    changed = exported(loads(text.replace("lose: 0.5", "lose: 0.8")).plan)
    assert "每发现1处垃圾扣0.5分" not in rows_of(changed)
    assert "发现垃圾每1处扣0.8分，扣完为止" in rows_of(changed)


def rows_of(table: ScoreTable) -> list[str | Decimal]:
    return [cell for row in table.rows for cell in row]


def test_the_table_has_merged_cells_headings_and_a_sum(tmp_path: Path) -> None:
    plan = loads(from_layout("sections", tmp_path).ruleset).plan
    book = load_workbook(BytesIO(workbook(exported(plan), "a.xlsx")))
    sheet = book.active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == [
        *("一级指标", "二级指标", "三级指标", "分值"),
        *("指标值", "评分标准", "指标说明", "依据", "佐证材料"),
    ]
    areas = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:I1", "A3:A5", "B3:B4", "B5:C5", "A6:A7", "A8:C8"} <= areas
    assert sheet["D8"].value == 100
    assert sheet.freeze_panes == "A3"
    assert len(TREES["sections"]) == 2


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    text = from_layout("sections", tmp_path).ruleset.replace(
        "title: 投诉\n", 'title: "=HYPERLINK(1)"\n            definition: "+1+1"\n'
    )
    data = workbook(exported(loads(text).plan), "a.xlsx")
    sheet = load_workbook(BytesIO(data)).active
    assert sheet is not None
    kinds = {cell.value: cell.data_type for row in sheet.iter_rows() for cell in row}
    assert kinds["=HYPERLINK(1)"] == "s"
    assert kinds["+1+1"] == "s"
    assert "f" not in kinds.values()
    found = imported(read_grid(Source("a.xlsx", lambda: BytesIO(data))), "a.yaml", "a")
    assert shape(loads(found.ruleset).plan.indicators) == shape(loads(text).plan.indicators)


def test_without_openpyxl_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    plan = loads(from_layout("totals", tmp_path).ruleset).plan
    monkeypatch.setattr("perfrules.excel.printing.find_spec", lambda _: None)
    with pytest.raises(UsageError) as caught:
        workbook(exported(plan), "out.xlsx")
    (told,) = caught.value.diagnostics
    assert told.code == "PRF690"
    assert 'pip install "perfrules[excel]"' in told.hint.zh
