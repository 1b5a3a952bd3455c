"""`show`: inputs, points and where rules come from."""

import json
from pathlib import Path

import pytest

from tests.sample_rulesets import FORM
from tests.sample_work import run


def test_show_tells_inputs_points_and_where_rules_come_from(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "show", "form.yaml")
    assert code == 0
    for part in ("全年预算数", "金额 万元", "proportional", "优", "某市绩效办法 第三条"):
        assert part in out
    assert "背景资料" in out  # background is never shown as official
    assert "官方" not in out
    found = json.loads(run(capsys, "show", "form.yaml", "--format", "json")[1])
    assert [item["points"] for item in found["indicators"]] == ["20", "80"]
    assert found["basis"][0]["evidence"] == "background"


def test_parameters_and_defaults_are_shown_in_their_units(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = FORM.replace(
        "inputs:\n",
        "parameters:\n  least: {title: 下限, values: {2020-01-01: 50%}}\n"
        "  few: {title: 小额, value: 50万元}\n"
        "inputs:\n  aid: {type: money, unit: 万元, title: 补助, default: 3}\n",
    )
    (work / "form.yaml").write_text(text, encoding="utf-8")
    code, out, err = run(capsys, "show", "form.yaml")
    assert code == 0, err
    assert "2020-01-01: 50%" in out
    assert "小额  50万元" in out
    assert "默认 3万元" in out
