"""Saved results that were tampered with: the verify command says where."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules.engine.program import Program
from perfrules.lang.load import load_ruleset
from tests.sample_rulesets import FORM
from tests.sample_work import run

CORPUS = yaml.safe_load((Path(__file__).parent / "verify.yaml").read_text(encoding="utf-8"))
FACTS = {"unit": "甲", "budget": "2000", "executed": "1585.4", "done": "95%", "misused": "否"}


def saved() -> str:
    """Return the form's result, as `score --format json` writes it."""
    return Program(load_ruleset(FORM, "form.yaml")).score(FACTS).to_json()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the ruleset and the facts."""
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    (tmp_path / "facts.json").write_text(json.dumps(FACTS), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("case", CORPUS["saved"], ids=lambda case: case["id"])
def test_a_saved_result(
    case: Mapping[str, Any], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = saved()
    for change in case["change"]:
        assert change["from"] in text
        text = text.replace(change["from"], change["to"], 1)
    (folder / "result.json").write_text(text, encoding="utf-8")
    command = ("verify", "result.json", "facts.json", "--ruleset", "form.yaml", "--format", "json")
    code, out, _ = run(capsys, *command)
    (found,) = json.loads(out)
    problems = [problem for check in found["checks"] for problem in check["problems"]]
    if case["expect"] == "accept":
        assert (code, problems) == (0, [])
        return
    assert code == 1
    places = {(item["code"], ".".join(map(str, item["path"]))) for item in problems}
    assert (case["code"], case["place"]) in places
    told = next(item for item in problems if item["code"] == case["code"])
    assert told["message"]["zh"].isprintable()
    assert told["hint"]["zh"]
