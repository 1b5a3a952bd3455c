"""`perfrules plugins` and what other commands say of plugins, in this process."""

import json
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from perfrules import cli
from perfrules.registry import Registry
from tests.plugins import sample
from tests.plugins.packages import RULESET, put
from tests.plugins.test_load import plugin


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Registry]:
    """Make the default registry one with the plugins that are passed."""

    def use(*plugins: object) -> Registry:
        made = Registry([], plugins=plugins, discover=False)
        monkeypatch.setattr("perfrules.registry._built", lambda: made)
        return made

    return use


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = cli.main([*argv, "--traceback"])
    out, err = capsys.readouterr()
    return code, out, err


def test_what_a_plugin_brings_is_listed(
    known: Callable[..., Registry], capsys: pytest.CaptureFixture[str]
) -> None:
    known(sample)
    assert run(capsys, "plugins", "--lang", "en") == (
        0,
        (
            "tests.plugins.sample 2.1  loaded\n"
            "  methods: halving\n"
            "  functions: spread, middle\n"
            "  takes note of each result\n"
        ),
        "",
    )


def test_what_is_wrong_stands_with_its_plugin(
    known: Callable[..., Registry], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    put(tmp_path, {"a.yaml": RULESET.format(id="city.a").replace("points: 100", "points: 90")})
    known(plugin("empty"), plugin("north", perfrules_rulesets=[tmp_path]))
    code, out, err = run(capsys, "plugins", "--lang", "en")
    assert code == 1
    assert err == ""
    lines = out.splitlines()
    assert lines[0] == "empty  LEFT OUT"
    assert lines[1].startswith("  error PRF904")
    assert lines[3] == "north  loaded"
    assert lines[4] == "  rulesets: city.a"
    assert lines[5].startswith("  error PRF916")


def test_the_same_as_data(
    known: Callable[..., Registry], capsys: pytest.CaptureFixture[str]
) -> None:
    known(plugin("empty"), sample)
    code, out, _ = run(capsys, "plugins", "--format", "json")
    assert code == 1
    data = json.loads(out)
    assert data["ok"] is False
    assert [(item["name"], item["state"]) for item in data["plugins"]] == [
        ("empty", "left_out"),
        ("tests.plugins.sample", "loaded"),
    ]
    assert data["plugins"][0]["problems"][0]["code"] == "PRF904"


def test_without_plugins(
    known: Callable[..., Registry], capsys: pytest.CaptureFixture[str]
) -> None:
    known()
    assert run(capsys, "plugins", "--lang", "zh") == (0, "没有安装插件\n", "")


def test_another_command_says_it_once_on_standard_error(
    known: Callable[..., Registry], capsys: pytest.CaptureFixture[str]
) -> None:
    known(plugin("empty"))
    before = list(warnings.filters)
    code, _, err = run(capsys, "list", "--lang", "en")
    assert code == 0
    assert err.count("PRF904") == 1
    assert "PluginWarning" not in err
    assert warnings.filters == before
