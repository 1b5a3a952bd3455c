"""The page on editors: its commands run, its first line is a shipped file's, its JSON is JSON."""

import json
import re
import shlex
from pathlib import Path

import pytest

import perfrules
from perfrules.schema import as_text
from tests.editor.language_server import ABSENT, here, running
from tests.sample_work import run
from tests.schema.record import ROOT

PAGE = (ROOT / "docs" / "editor.md").read_text(encoding="utf-8")
FENCE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
BLOCKS = FENCE.findall(PAGE)


def test_its_commands_write_schemas(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [line for kind, text in BLOCKS if kind == "sh" for line in text.splitlines()]
    ours = [shlex.split(line)[1:] for line in lines if line.startswith("perfrules ")]
    assert len(ours) == 6
    for command in ours:
        assert run(capsys, *command) == (0, "", "")
        assert json.loads(Path(command[-1]).read_text(encoding="utf-8"))["$schema"]
    english = json.loads(Path("ruleset.en.schema.json").read_text(encoding="utf-8"))
    assert english["title"] == "perfrules ruleset"
    strict = json.loads(Path("strict.schema.json").read_text(encoding="utf-8"))
    assert strict["$id"].endswith(":strict")


def test_its_first_line_is_that_of_the_file_it_shows() -> None:
    (shown,) = (text for kind, text in BLOCKS if kind == "yaml")
    file = ROOT / "rulesets" / "hubei" / "project_self_evaluation.yaml"
    assert file.read_text(encoding="utf-8").startswith(shown)


def test_its_settings_can_be_read() -> None:
    (settings,) = (json.loads(text) for kind, text in BLOCKS if kind == "json")
    assert settings["yaml.schemaStore.enable"] is False
    assert len(settings["yaml.schemas"]) == 2


@pytest.mark.skipif(not here(), reason=ABSENT)
def test_its_settings_give_each_file_its_schema(tmp_path: Path) -> None:
    (settings,) = (json.loads(text) for kind, text in BLOCKS if kind == "json")
    for kind in ("ruleset", "cases"):
        file = tmp_path / f"{kind}.schema.json"
        file.write_text(as_text(perfrules.document_schema(kind)), encoding="utf-8")
    with running(tmp_path, settings["yaml.schemas"]) as server:
        for name, key in {
            "rulesets/a.yaml": "ruleset",
            "rulesets/city/a.yaml": "ruleset",
            "rulesets/city/a.cases.yaml": "cases",
        }.items():
            found = server.open(name, "language: 1\n").problems()
            assert (1, f'Missing property "{key}".') in found, name
