"""Every command is there once, runs a module of its own, and says what it does in two languages."""

import re
from importlib.util import find_spec

import pytest

from perfrules.cli import _MODULES
from perfrules.commands.arguments import parser
from perfrules.commands.grammar import COMMANDS


def test_each_command_has_a_module() -> None:
    assert sorted(COMMANDS) == sorted(_MODULES)
    for module in _MODULES.values():
        assert find_spec(f"perfrules.commands.{module}") is not None


@pytest.mark.parametrize("name", COMMANDS)
def test_help_is_in_both_languages(name: str) -> None:
    about, fill = COMMANDS[name]
    assert re.search("[\u4e00-\u9fff]", about)
    assert re.search(r"[a-z]{3}.*[a-z]{3}", about)
    grammar = parser()
    fill(grammar)
    assert "usage: perfrules" in grammar.format_help()
