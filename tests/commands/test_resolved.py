"""`show --resolved`: each value with the file and line it came from."""

import json
from pathlib import Path

import pytest

from perfrules.lang.document import read_document
from tests.sample_reuse import FORM, LIBRARY, extending
from tests.sample_work import run

CHANGES = (
    "change: {good: {points: 50}}\n"
    "add: [{under: output, use: edu.opened@2, points: 10, title: '公开: 是'}]\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    (tmp_path / "edu.yaml").write_text(LIBRARY, encoding="utf-8")
    (tmp_path / "variant.yaml").write_text(extending(CHANGES, "form.yaml"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_value_names_its_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "show", "--resolved", "variant.yaml")
    assert code == 0, err
    lines = {line.split("  #")[0].strip(): line.rpartition("# ")[2] for line in out.splitlines()}
    assert lines["ruleset: city.variant"] == "variant.yaml:1"
    assert lines["total: 100"] == "form.yaml:4"
    assert lines["points: 50"] == "variant.yaml:4"
    assert lines["- id: good"] == "form.yaml:16"
    assert lines["when: opened"] == "edu.yaml:35"
    assert lines['title: "公开: 是"'] == "variant.yaml:5"


def test_it_is_yaml_that_says_the_same(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "show", "--resolved", "variant.yaml")[1]
    found = json.loads(run(capsys, "show", "--resolved", "variant.yaml", "--format", "json")[1])
    again = read_document(out, "again.yaml").value

    def at(path: list[str | int]) -> object:
        value: object = again
        for part in path:
            value = value[part]  # type: ignore[index]
        return value

    assert [str(at(row["path"])) for row in found] == [row["value"] for row in found]
    assert {row["file"] for row in found} == {"variant.yaml", "form.yaml", "edu.yaml"}
    assert all(row["line"] > 0 for row in found)


def test_a_ruleset_that_reuses_nothing_is_itself(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = run(capsys, "show", "--resolved", "form.yaml")[1]
    assert all(line.endswith(":") or "# form.yaml:" in line for line in out.splitlines())


def test_what_cannot_be_had_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "variant.yaml").write_text(extending("", "from.yaml"), encoding="utf-8")
    code, _, err = run(capsys, "show", "--resolved", "variant.yaml")
    assert code == 2
    assert "PRF262" in err
