"""`perfrules check --prove`: text, JSON, libraries, exit codes."""

import json
from pathlib import Path

import pytest

from perfrules.cli import main

RULESET = """\
ruleset: t.prove
version: "1.0"
title: 证明
total: 100
inputs:
  paid: {type: money, unit: 万元, min: 0}
  budget: {type: money, unit: 万元, min: 0}
indicators:
  - id: paying
    points: 100
    score: {method: bands, actual: paid / budget, bands: [{at_least: 90%, points: 100}, {else: 0}]}
grades: [{name: 好, at_least: 60}, {name: 差, at_least: 0}]
"""
LIBRARY = """\
library: t.lib
version: "1.0"
title: 库
inputs:
  done: {type: percent, min: 0%, max: 100%}
indicators:
  - {id: fine, title: 完成, score: {method: proportional, actual: done, target: 90%}}
  - {id: never, title: 超额, score: {method: proportional, actual: done, target: 110%}}
"""


def written(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_warning_is_shown_with_how_it_is_known_and_an_example(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = written(tmp_path / "a.yaml", RULESET)
    assert main(["--lang", "en", "check", "--prove", name]) == 0
    out = capsys.readouterr().out
    assert f"{name}:11:36: warning PRF818: budget in paid / budget can be 0" in out
    assert "\n  proven\n  example: {" in out
    assert '"budget": "0"' in out
    assert "1 rulesets or indicators proven, 0 clean" in out
    out.encode("gbk")


def test_without_the_option_nothing_is_proven(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", written(tmp_path / "a.yaml", RULESET)]) == 0
    assert "PRF818" not in capsys.readouterr().out


def test_a_proven_error_is_a_no(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = RULESET.replace("at_least: 90%, points: 100", "at_least: 90%, points: 80")
    assert main(["check", "--prove", written(tmp_path / "a.yaml", text)]) == 1
    assert "错误 PRF813" in capsys.readouterr().out


def test_json_holds_the_proof(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = written(tmp_path / "a.yaml", RULESET)
    args = ["check", "--prove", "--seed", "5", "--effort", "400", "--format", "json", name]
    assert main(args) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["diagnostics"] == []
    [proof] = found["proofs"]
    assert (proof["file"], proof["seed"], proof["effort"]) == (name, 5, 400)
    assert [(item["code"], item["line"], item["how"]) for item in proof["findings"]] == [
        ("PRF818", 11, "proven")
    ]


def test_each_indicator_of_a_library_is_proven_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", "en", "check", "--prove", written(tmp_path / "l.yaml", LIBRARY)]) == 1
    out = capsys.readouterr().out
    assert "l.yaml:8:" in out
    assert 'PRF813: the indicator "超额"' in out
    assert "2 rulesets or indicators proven, 1 clean" in out


def test_a_file_with_errors_is_left_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = RULESET.replace("total: 100", "totl: 100")
    assert main(["--lang", "en", "check", "--prove", written(tmp_path / "a.yaml", text)]) == 1
    assert "0 rulesets or indicators proven" in capsys.readouterr().out
