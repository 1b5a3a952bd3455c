"""`show LIBRARY.INDICATOR`: what a form for one indicator needs."""

import json
from pathlib import Path

import pytest

import perfrules.registry
from perfrules.registry import Registry
from tests.sample_reuse import LIBRARY
from tests.sample_work import run


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that is the shipped one."""
    (tmp_path / "edu.yaml").write_text(LIBRARY, encoding="utf-8")
    monkeypatch.setattr(perfrules.registry, "_built", lambda: Registry([tmp_path]))
    return tmp_path


def test_the_page_has_all_a_form_needs(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "show", "edu.coverage", "--lang", "zh")
    assert code == 0, err
    lines = [line.strip() for line in out.splitlines()]
    assert lines[0] == "覆盖率 (edu.coverage 2.1)"
    for part in (
        "性质      定量",
        "方向      越高越好",
        "计算公式  helped / eligible * 100%",
        "默认分值  10",
        "佐证材料  名册",
        "helped    受助人数  数",
        "2020-01-01  市: 98%",
        "2023-01-01  市: 99%",
        "target: lookup(standard, level)",
        "rate < 100%: 不足",
        "补发",
        "[公开发表]  办法",
    ):
        assert part in lines, out
    assert "coverage_standard" not in out  # by the library's names


def test_as_data(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "show", "edu.coverage@2", "--format", "json")[1])
    assert found["id"] == "edu.coverage"
    assert [item["id"] for item in found["inputs"]] == ["helped", "eligible", "level"]
    assert found["inputs"][2]["of"] == ["省", "市"]
    (standard, least) = sorted(found["standards"], key=lambda item: item["id"], reverse=True)
    assert standard["id"] == "standard"
    assert standard["values"][1] == {"from": "2020-01-01", "keys": ["市"], "value": "98%"}
    assert least["values"] == [{"from": None, "keys": [], "value": "60%"}]
    assert found["score"]["method"] == "proportional"
    assert found["findings"] == [
        {"when": "rate < 100%", "problem": {"zh": "不足"}, "suggestion": {"zh": "补发"}}
    ]
    assert found["basis"][0]["evidence"] == "published"


def test_a_branch_names_its_children(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "show", "edu.process")[1]
    assert "first" in out
    assert json.loads(run(capsys, "show", "edu.process", "--format", "json")[1])["indicators"] == [
        "first", "second",
    ]  # fmt: skip


def test_points_are_the_rulesets_where_the_library_gives_none(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "默认分值" not in run(capsys, "show", "edu.execution")[1]
    found = json.loads(run(capsys, "show", "edu.execution", "--format", "json")[1])
    assert found["points"] is None


def test_one_that_is_not_there_gets_the_nearest(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "show", "edu.coverge", "--lang", "en")
    assert code == 2
    assert "did you mean coverage?" in err
    code, _, err = run(capsys, "show", "nobody.coverage", "--lang", "en")
    assert code == 2
    assert "PRF601" in err
