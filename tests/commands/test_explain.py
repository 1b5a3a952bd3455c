"""`explain`: each unit as a page, line by line."""

from pathlib import Path

import pytest

from tests.sample_rulesets import GOOD_FACTS
from tests.sample_work import run


def test_explain_tells_every_line(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "explain", "form.yaml", "facts.yaml")
    assert code == 0
    assert "1585.4万元" in out
    assert "截留" not in out
    full = run(capsys, "explain", "form.yaml", "facts.yaml", "--depth", "full")[1]
    assert "未触发" in full


def test_explain_one_indicator(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "explain", "form.yaml", "facts.yaml", "--indicator", "output")
    assert code == 0
    assert "产出" in out
    assert "预算执行率" not in out
    code, _, err = run(capsys, "explain", "form.yaml", "facts.yaml", "--indicator", "outptu")
    assert (code, "PRF647" in err, "output" in err) == (2, True, True)


def test_explain_shows_the_distance_to_the_next_grade(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (work / "low.yaml").write_text(GOOD_FACTS.replace("95%", "90%"), encoding="utf-8")
    # 15.85 + 72 = 87.85; 90 - 87.85 = 2.15.
    assert "距 优 还差 2.15 分" in run(capsys, "explain", "form.yaml", "low.yaml")[1]
