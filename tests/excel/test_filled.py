"""A table that was filled in gives a case of its own: its values as facts, its scores as wanted."""

from pathlib import Path

from perfrules import run_cases
from perfrules.excel import imported
from tests.excel.test_skeleton import HEADS, sheet


def test_a_filled_table_with_wrong_arithmetic_fails_its_own_case(tmp_path: Path) -> None:
    heads = (*HEADS, "实际完成值", "得分")
    rows = [
        ("产出", "数量", "60", "≥100个", "", "90", "60"),
        ("", "质量", "40", "≥95%", "", "95%", "40"),
    ]
    found = imported(sheet(*rows, heads=heads), "a.yaml", "a")
    (tmp_path / "a.yaml").write_text(found.ruleset, encoding="utf-8")
    (tmp_path / "a.cases.yaml").write_text(found.cases, encoding="utf-8")
    full, filled = run_cases([tmp_path / "a.cases.yaml"]).cases
    assert full.outcome.value == "pass"
    assert filled.outcome.value == "fail"
    (difference,) = filled.differences  # 60 × 90 ÷ 100 = 54, and the table says 60
    assert "54" in str(difference)
    assert "数量" in str(difference)


def test_a_filled_table_is_read_as_forms_print_it(tmp_path: Path) -> None:
    """Values with the target's operator and unit, without a percent sign, larger units."""
    heads = (*HEADS, "实际完成值", "得分")
    rows = [
        ("产出", "长度", "20", "≥260米", "", "≥266米", "20"),
        ("", "成活率", "20", "≥95%", "", "95", "20"),
        ("", "株数", "20", "≥8万株", "", "60000株", "15"),
        ("", "成本", "20", "≤200万元", "", "250万元", "16"),
        ("", "评价", "20", "", "酌情评分", "较好", "18.5分"),
    ]
    found = imported(sheet(*rows, heads=heads), "a.yaml", "a")
    (tmp_path / "a.yaml").write_text(found.ruleset, encoding="utf-8")
    (tmp_path / "a.cases.yaml").write_text(found.cases, encoding="utf-8")
    report = run_cases([tmp_path / "a.cases.yaml"])
    assert [case.outcome.value for case in report.cases] == ["pass", "pass"]
    assert "facts: {长度: 266, 成活率: 95%, 株数: 6, 成本: 250万元, 评价: 18.5}" in found.cases


def test_a_table_that_is_filled_in_part_gives_no_second_case() -> None:
    heads = (*HEADS, "实际完成值", "得分")
    rows = [
        ("产出", "数量", "60", "≥100个", "", "90", "54"),
        ("", "质量", "40", "≥95%", "", "不清楚", "40"),
    ]
    found = imported(sheet(*rows, heads=heads), "a.yaml", "a")
    assert "表中填报的数据" not in found.cases
