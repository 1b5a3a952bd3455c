"""Five published layouts become rulesets that pass check, and their own cases; nothing is lost."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules import loads, run_cases
from perfrules.api import check_text
from perfrules.decimals import plain
from perfrules.engine.program import Program
from perfrules.errors import UsageError
from perfrules.excel import Imported, imported
from perfrules.files.xlsx import Grid, Merge, Row, read_grid
from perfrules.fmt import formatted
from perfrules.lang.plan import Indicator
from tests.excel.layouts import LAYOUTS
from tests.excel.test_understand import KNOWN, UNKNOWN

HEADS = ("一级指标", "二级指标", "分值", "指标值", "评分标准")
Shape = tuple[str, str, str, Sequence[Any]]


def sheet(*rows: Sequence[str], merged: Sequence[Merge] = (), heads: Sequence[str] = HEADS) -> Grid:
    """Return a grid with a title, the headings in row 2, and rows below."""
    every = [("某项目绩效评价评分表",), tuple(heads), *map(tuple, rows)]
    return Grid(
        "a.xlsx",
        "表1",
        tuple(Row(number, cells) for number, cells in enumerate(every, 1) if any(cells)),
        tuple(merged),
    )


def from_layout(name: str, tmp_path: Path) -> Imported:
    path = tmp_path / f"{name}.xlsx"
    path.write_bytes(LAYOUTS[name].workbook())
    return imported(read_grid(path), f"{name}.yaml", f"city.{name}")


def shape(items: Sequence[Indicator]) -> list[Shape]:
    """Return title, points and method of every indicator."""
    found: list[Shape] = []
    for item in items:
        worth = item.points.constant if item.points is not None else None
        points = plain(worth) if isinstance(worth, Decimal) else ""
        method = "" if item.method is None else getattr(item.method, "name", "")
        found.append((item.title.zh, points, method, shape(item.children)))
    return found


def codes(found: Imported) -> list[str]:
    return [item.code for item in found.diagnostics]


TREES: dict[str, list[Shape]] = {
    "mof": [
        ("预算执行率", "10", "proportional", []),
        ("产出指标", "50", "", [
            ("数量指标", "20", "", [
                ("补助村数量", "10", "target", []), ("保障村干部人数", "10", "proportional", []),
            ]),
            ("质量指标", "10", "", [("补助资格合规率", "10", "formula", [])]),
            ("时效指标", "10", "", [("经费到位时间", "10", "target", [])]),
            ("成本指标", "10", "", [("项目总成本", "10", "proportional", [])]),
        ]),
        ("效益指标", "30", "", [
            ("社会效益指标", "30", "", [("保障村级组织运转", "30", "formula", [])]),
        ]),
        ("满意度指标", "10", "", [
            ("服务对象满意度指标", "10", "", [("村民满意度", "10", "proportional", [])]),
        ]),
    ],
    "hubei": [
        ("预算执行率", "20", "proportional", []),
        ("产出指标", "60", "", [
            ("数量指标", "20", "", [("监测点位数", "20", "proportional", [])]),
            ("质量指标", "20", "", [("监测数据合格率", "20", "proportional", [])]),
            ("时效指标", "20", "", [("上报及时性", "20", "formula", [])]),
        ]),
        ("满意度指标", "20", "", [
            ("服务对象满意度指标", "20", "", [("用户满意度", "20", "proportional", [])]),
        ]),
    ],
    "department": [
        ("投入", "20", "", [("预算配置", "20", "", [
            ("人员控制", "10", "", [("在职人员控制率", "10", "bands", [])]),
            ("支出安排", "10", "", [("重点支出安排率", "10", "bands", [])]),
        ])]),
        ("过程", "40", "", [
            ("预算执行", "25", "", [
                ("执行情况", "15", "", [("预算完成率", "15", "proportional", [])]),
                ("调整情况", "10", "", [("预算调整率", "10", "bands", [])]),
            ]),
            ("预算管理", "15", "", [
                ("制度建设", "4", "", [("管理制度健全性", "4", "checklist", [])]),
                ("资金使用", "11", "", [("资金使用合规性", "11", "deduct", [])]),
            ]),
        ]),
        ("产出", "25", "", [("职责履行", "25", "", [
            ("完成情况", "15", "", [("实际完成率", "15", "proportional", [])]),
            ("质量", "10", "", [("质量达标率", "10", "deduct", [])]),
        ])]),
        ("效果", "15", "", [("履职效益", "15", "", [
            ("社会效益", "9", "", [("社会效益", "9", "formula", [])]),
            ("满意度", "6", "", [("公众满意度", "6", "bands", [])]),
        ])]),
    ],
    "sections": [
        ("共性指标", "30", "", [
            ("项目决策", "15", "", [
                ("立项依据", "10", "met", []), ("绩效目标", "5", "formula", []),
            ]),
            ("预算执行率", "15", "proportional", []),
        ]),
        ("特性指标", "70", "", [
            ("项目产出", "40", "", [("设施完好率", "40", "proportional", [])]),
            ("项目效益", "30", "", [("投诉", "30", "deduct", [])]),
        ]),
    ],
    "totals": [
        ("日常保洁", "50", "", [
            ("道路保洁", "30", "deduct", []), ("河道保洁", "20", "levels", []),
        ]),
        ("设施管理", "50", "", [("收集点", "25", "met", []), ("运输车辆", "25", "formula", [])]),
    ],
}  # fmt: skip
LEFT = {  # what a person has to look at, and no more
    "mof": ["PRF872", "PRF872", "PRF873"],
    "hubei": ["PRF872", "PRF873"],
    "department": ["PRF877", "PRF873"],
    "sections": ["PRF872"],
    "totals": ["PRF872", "PRF873"],
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_layout_becomes_its_tree(name: str, tmp_path: Path) -> None:
    found = from_layout(name, tmp_path)
    assert check_text(found.ruleset, f"{name}.yaml") == ()
    program = loads(found.ruleset)
    assert program.plan.id == f"city.{name}"
    assert program.plan.total == 100
    assert shape(program.plan.indicators) == TREES[name]
    assert codes(found) == LEFT[name]
    assert found.leaves - found.understood == codes(found).count("PRF872")


@pytest.mark.parametrize("name", LAYOUTS)
def test_its_cases_pass_and_nothing_is_left_to_lay_out(name: str, tmp_path: Path) -> None:
    found = from_layout(name, tmp_path)
    (tmp_path / f"{name}.yaml").write_text(found.ruleset, encoding="utf-8")
    (tmp_path / f"{name}.cases.yaml").write_text(found.cases, encoding="utf-8")
    report = run_cases([tmp_path / f"{name}.cases.yaml"])
    filled = ["各项均达标", "表中填报的数据"][: 2 if name in ("mof", "hubei") else 1]
    assert [(case.name, case.outcome.value) for case in report.cases] == [
        (one, "pass") for one in filled
    ]
    assert formatted(found.ruleset) == found.ruleset
    assert formatted(found.cases) == found.cases


def test_what_is_left_is_told_at_its_line(tmp_path: Path) -> None:
    found = from_layout("mof", tmp_path)
    lines = found.ruleset.splitlines()
    first, second, grades = found.diagnostics
    for told, title in ((first, "补助资格合规率"), (second, "保障村级组织运转")):
        assert told.span is not None
        assert told.span.file == "mof.yaml"
        assert lines[told.span.line - 1].strip() == f"score: {{method: formula, points: {title}}}"
        assert title in told.message.zh
        assert title in told.message.en
    assert "效果明显" in second.message.zh
    assert grades.span is not None
    assert lines[grades.span.line - 1] == "grades:"
    assert "x-指标值: 效果明显" in found.ruleset


def test_the_words_of_the_table_stay(tmp_path: Path) -> None:
    found = from_layout("department", tmp_path).ruleset
    for words in (
        'x-评分标准: "每发现一处不合规扣2分，扣完为止"',
        "definition: 在职人员数与编制数的比率",
        "evidence: 编制批复",
        "{document: 三定方案, evidence: background}",
    ):
        assert words in found


def test_every_rule_that_is_understood_earns_all_its_points(tmp_path: Path) -> None:
    """The first case says so, by words of the table alone; check has nothing to say."""
    rows = [
        (f"第{number}类", f"第{number}项", str(points), target, standard)
        for number, (points, target, standard, _) in enumerate(KNOWN, 1)
    ]
    found = imported(sheet(*rows), "all.yaml", "all")
    assert (found.leaves, found.understood) == (len(KNOWN), len(KNOWN))
    assert check_text(found.ruleset, "all.yaml") == ()
    (tmp_path / "all.yaml").write_text(found.ruleset, encoding="utf-8")
    (tmp_path / "all.cases.yaml").write_text(found.cases, encoding="utf-8")
    (case,) = run_cases([tmp_path / "all.cases.yaml"]).cases
    assert case.outcome.value == "pass", [*case.differences, *case.problems]


def test_what_is_not_understood_is_filled_in_by_a_person() -> None:
    rows = [
        (f"第{number}类", f"第{number}项", str(points), target, standard)
        for number, (points, target, standard) in enumerate(UNKNOWN, 1)
    ]
    found = imported(sheet(*rows), "all.yaml", "all")
    assert found.understood == 0
    assert check_text(found.ruleset, "all.yaml") == ()
    program = loads(found.ruleset)
    facts = {item.id: "1.5" for item in program.plan.inputs}
    result = program.score(facts)
    assert result.total == Decimal("1.5") * len(UNKNOWN)


def scored(found: Imported, **facts: object) -> Decimal | None:
    program: Program = loads(found.ruleset)
    return program.score(facts).total


def test_scores_by_hand_of_the_sections_layout(tmp_path: Path) -> None:
    found = from_layout("sections", tmp_path)
    facts = {"立项依据": "否", "绩效目标": "4.5", "预算执行率": "76%", "设施完好率": "98%"}
    # 0 + 4.5 + 15 × 76 ÷ 95 = 12; 40; 30 − 2 × 3 − 10 = 14; 70.5 in all
    assert scored(found, **facts, 投诉_1="2", 投诉_2="1") == Decimal("70.50")


@pytest.mark.parametrize(
    "rows",
    [
        [("产\u202e出\x0b", "数\u200b量\ufeff", "100", "≥5个", "a: b # c\t{d}\r\n- e\u2028f")],
        [("产出", "甲" * 300, "100", "≥5个", "=cmd|' /C calc'!A0")],
        [
            ("null", "true", "60", "", "'"),
            ("~", "1", "20", "", "\\"),
            ("[a]", "&x", "20", "", "*y"),
        ],
        [("total", "score", "100", "≥5个", "")],
        [("——", "——", "50", "≥5个", ""), ("（一）", "for", "50", "≥5个", "")],
        [("产出", "数量", "100", "", "得分=total÷budget×分值")],
        [("产出", "数量", "50", "", "得分=数量÷计划（人）×分值"), ("", "计划", "50", "≥5%", "")],
        [("产出", "计划", "50", "≥5%", ""), ("", "数量", "50", "", "得分=数量÷计划（人）×分值")],
        [("产出", "数量", "100", f"≥{'9' * 40}个", f"≥{'9' * 40}得100分；其他不得分")],
        [("", "数量", "100", "≥5个", "")],
    ],
)
def test_hostile_cells_give_a_sound_ruleset(rows: list[Sequence[str]]) -> None:
    found = imported(sheet(*rows), "a.yaml", "a")
    assert check_text(found.ruleset, "a.yaml") == ()
    assert formatted(found.ruleset) == found.ruleset


def test_any_cells_give_a_sound_ruleset_or_a_sentence() -> None:
    cells = st.text(max_size=12) | st.sampled_from(
        ["产出", "≥95%", "10", "合计", "注：无", "优得10分，差得0分", "10分", "小计", "一级指标"]
    )

    @given(st.lists(st.tuples(cells, cells, cells, cells, cells), min_size=1, max_size=6))
    @settings(max_examples=40, deadline=None)
    def sound(rows: list[tuple[str, ...]]) -> None:
        try:
            found = imported(sheet(*rows), "a.yaml", "a")
        except UsageError:  # a sentence, PRF879: nothing has points
            return
        assert formatted(found.ruleset) == found.ruleset
        if any(item.severity == "error" for item in found.diagnostics):
            return
        wrong = [item.render("en") for item in check_text(found.ruleset, "a.yaml")]
        assert not wrong, found.ruleset

    sound()


@pytest.mark.parametrize(
    ("points", "digits"),
    [
        (("40", "60"), 2),
        (("12.50", "87.5"), 2),
        (("12.125", "87.875"), 3),
        (("0.0005", "99.9995"), 4),
    ],
)
def test_scores_are_as_fine_as_the_points(points: tuple[str, str], digits: int) -> None:
    """Whoever meets a line of 12.125 points would earn 12.13 otherwise."""
    rows = [("产出", f"指标{worth}", worth, "", "按要求完成") for worth in points]
    found = imported(sheet(*rows), "a.yaml", "city.a")
    assert f"rounding: {{digits: {digits}}}" in found.ruleset
    assert check_text(found.ruleset, "a.yaml") == ()
