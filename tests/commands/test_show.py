"""`show`: inputs, points and where rules come from."""

import json
from pathlib import Path

import pytest
from sample_work import run


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
