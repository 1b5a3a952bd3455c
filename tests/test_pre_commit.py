"""The hooks offered to pre-commit call commands that there are."""

import re
from pathlib import Path

import yaml

from perfrules.commands.grammar import COMMANDS

HOOKS = yaml.safe_load(
    (Path(__file__).parent.parent / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
)


def test_each_hook_calls_a_command() -> None:
    assert [hook["id"] for hook in HOOKS] == ["perfrules-check", "perfrules-test", "perfrules-fmt"]
    for hook in HOOKS:
        program, command = hook["entry"].split()
        assert (program, command in COMMANDS) == ("perfrules", True)
        assert hook["name"] == hook["entry"]


def test_cases_are_tested_and_rulesets_are_not_taken_for_cases() -> None:
    files = {hook["id"]: hook["files"] for hook in HOOKS}
    assert re.search(files["perfrules-test"], "a/form.cases.yaml")
    assert not re.search(files["perfrules-test"], "a/form.yaml")
    assert re.search(files["perfrules-check"], "a/form.yaml")
