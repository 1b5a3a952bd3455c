"""The cases of the hostile corpus that need reuse, in real folders."""

import os
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules import Registry, load
from perfrules.errors import DiagnosedError

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("reuse.yaml").read_text(encoding="utf-8")
)["cases"]
HEAD = 'ruleset: edu_2024\nversion: "1.0"\ntitle: 教育项目支出绩效\n'
REST = """\
total: 100
inputs: {done: {type: percent}}
indicators: [{id: output, points: 100, score: {method: formula, rate: done}}]
grades: [{name: 优, at_least: 90}, {name: 差, at_least: 0}]
"""
ELSEWHERE = 'ruleset: 机密\nversion: "1.0"\ntitle: 机密\n'


def written(folder: Path, case: dict[str, Any]) -> Path:
    """Write a case's files below *folder* and return the one that is loaded."""
    rules = folder / "rules"
    rules.mkdir()
    (folder / "secret.yaml").write_text(ELSEWHERE, encoding="utf-8")
    files: dict[str, str] = dict(case.get("files", {}))
    for number in range(1, case.get("chain", 0) + 1):
        files[f"e{number}.yaml"] = (
            f'ruleset: e{number}\nversion: "1.0"\nextends: e{number + 1}.yaml\n'
        )
    if "large" in case:
        files[case["large"]] = "ruleset: x\nnote: " + "x" * 2_000_000
    for name in case.get("twins", ()):
        files[name] = HEAD + REST
    for name, text in files.items():
        (rules / name).write_text(text, encoding="utf-8")
    if "pipe" in case:
        os.mkfifo(rules / case["pipe"])
    if "link" in case:
        (rules / case["link"]).symlink_to(folder / "secret.yaml")
    path = rules / "case.yaml"
    if "twins" not in case:
        extends = "a" * case["long"] if "long" in case else case["extends"]
        path.write_text(f"{HEAD}extends: {extends}\n{REST}", encoding="utf-8")
    return path


def said(folder: Path, case: dict[str, Any]) -> DiagnosedError:
    path = written(folder, case)
    registry = Registry([path.parent]) if "twins" in case else None
    with pytest.raises(DiagnosedError) as error:
        load("edu_2024" if "twins" in case else path, registry=registry)
    return error.value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any], tmp_path: Path) -> None:
    error = said(tmp_path, case)
    assert "机密" not in error.render("zh")  # nothing of a refused file is shown
    found = list(error.diagnostics)
    assert [item.code for item in found] == [case["code"]], "\n".join(map(str, found))
    first = found[0]
    for name in case.get("names", []):
        assert name in first.message.en
    if "twins" in case:
        return
    assert first.span is not None
    assert Path(first.span.file).name == case.get("file", "case.yaml")
    assert (first.span.line, first.span.column) == (case.get("line", 4), case.get("column", 10))


def test_every_case_of_the_corpus_is_here() -> None:
    named = {case["id"] for case in CASES if case["id"].startswith("SEM")}
    assert len(named) == 14
    assert len({case["id"] for case in CASES}) == len(CASES)
