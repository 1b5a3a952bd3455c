"""The options of a proof."""

from pathlib import Path

import pytest

from perfrules.cli import main
from tests.commands.test_prove import RULESET, written


def test_a_jump_is_told_where_a_tolerance_is_stated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = written(tmp_path / "a.yaml", RULESET)
    assert main(["--lang", "en", "check", "--prove", "--jump", "50%", name]) == 0
    assert "PRF817: the points of " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "value"),
    [("--jump", "50"), ("--jump", "120%"), ("--jump", "x%"), ("--effort", "0"), ("--seed", "-1")],
)
def test_what_an_option_does_not_take(
    option: str, value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = written(tmp_path / "a.yaml", RULESET)
    assert main(["--lang", "en", "check", "--prove", f"{option}={value}", name]) == 2
    assert "PRF646" in capsys.readouterr().err
