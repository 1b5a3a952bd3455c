"""Broken plugins in a fresh interpreter: each is named and left out, the host and others go on."""

import json
from pathlib import Path

import pytest

from tests.plugins.packages import HOOK, RULESET, distribution, form, perfrules

HEAD = "from perfrules import Function, Key, Method, Rated, Text, hookimpl\n"

BROKEN = {
    "import error": ("PRF900", "raise RuntimeError('no licence')\n"),
    "exit on import": ("PRF900", "import sys; sys.exit(3)\n"),
    "syntax error": ("PRF900", "def :\n"),
    "misspelt hook": ("PRF901", HEAD + "@hookimpl\ndef perfrules_ruleset(): return []\n"),
    "unknown argument": ("PRF902", HEAD + "@hookimpl\ndef perfrules_rulesets(year): return []\n"),
    "not marked": ("PRF903", "def perfrules_rulesets(): return []\n"),
    "no hook": ("PRF904", "x = 1\n"),
    "other interface": ("PRF905", "PERFRULES_API = 2\n" + HOOK),
    "hook raises": ("PRF909", HEAD + "@hookimpl\ndef perfrules_rulesets(): return 1 / 0\n"),
    "hook returns None": ("PRF910", HEAD + "@hookimpl\ndef perfrules_rulesets(): pass\n"),
    "hook returns text": ("PRF910", HEAD + "@hookimpl\ndef perfrules_methods(): return 'm'\n"),
    "relative path": ("PRF911", HEAD + "@hookimpl\ndef perfrules_rulesets(): return ['rules']\n"),
    "absent path": ("PRF911", HEAD + "@hookimpl\ndef perfrules_rulesets(): return ['/absent/x']\n"),
    "no path": ("PRF911", HEAD + "@hookimpl\ndef perfrules_rulesets(): return [1]\n"),
    "hides a function": (
        "PRF913",
        HEAD
        + "def f(v): return v[0]\n"
        + "T = Text('和', 'sum')\n"
        + "F = Function('sum', T, T, 'number', each=('number',), fold=f)\n"
        + "@hookimpl\ndef perfrules_functions(): return [F]\n",
    ),
    "no method": ("PRF914", HEAD + "@hookimpl\ndef perfrules_methods(): return [object()]\n"),
    "wrapper": (
        "PRF914",
        HEAD + "@hookimpl(wrapper=True)\ndef perfrules_rulesets():\n  return (yield)\n",
    ),
    "lambda": (
        "PRF915",
        HEAD
        + "M = Method('m', Text('甲', 'm'), (), lambda given: Rated(1, Text('甲', 'm')))\n"
        + "@hookimpl\ndef perfrules_methods(): return [M]\n",
    ),
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, object]]:
    """Install all of them beside a good one, and return what the command line says of each."""
    site = tmp_path_factory.mktemp("site")
    for name, (_, code) in BROKEN.items():
        distribution(site, f"bad-{name.replace(' ', '-').lower()}", code)
    distribution(site, "good-city", **form("city.form"))
    done = perfrules(site, "plugins", "--format", "json")
    assert done.returncode == 1, done.stderr
    done_list = perfrules(site, "list", "--lang", "en")
    assert done_list.returncode == 0, done_list.stderr
    entries = {item["name"]: item for item in json.loads(done.stdout)["plugins"]}
    return {**entries, "list": {"out": done_list.stdout, "err": done_list.stderr}}


@pytest.mark.parametrize("name", BROKEN)
def test_each_is_named_with_its_own_code(name: str, report: dict[str, dict[str, object]]) -> None:
    plugin = f"bad-{name.replace(' ', '-').lower()}"
    entry = report[plugin]
    assert entry["state"] == "left_out"
    problems = entry["problems"]
    assert isinstance(problems, list)
    assert [item["code"] for item in problems] == [BROKEN[name][0]]
    assert plugin in problems[0]["message"]["en"]
    assert plugin in problems[0]["message"]["zh"]


def test_the_good_one_and_the_host_go_on(report: dict[str, dict[str, object]]) -> None:
    assert report["good-city"]["state"] == "loaded"
    listed, told = str(report["list"]["out"]), str(report["list"]["err"])
    assert "city.form@1.0" in listed
    assert "mof.project_self_evaluation@1.0" in listed
    assert all(BROKEN[name][0] in told for name in BROKEN)
    assert "Traceback" not in told


def test_two_plugins_with_one_id_are_a_clash_that_names_both(tmp_path: Path) -> None:
    distribution(tmp_path, "city-north", **form("city.form"))
    distribution(tmp_path, "city-south", **form("city.form"))
    distribution(tmp_path, "city-west", **form("city.other"))
    done = perfrules(tmp_path, "list", "--lang", "en")
    assert done.returncode == 0
    assert "city.form" not in done.stdout
    assert "city.other@1.0" in done.stdout
    assert "PRF912" in done.stderr
    assert "city-north" in done.stderr
    assert "city-south" in done.stderr
    done = perfrules(tmp_path, "show", "city.form", "--lang", "en")
    assert done.returncode == 2
    assert "brought by two plugins, city-north and city-south" in done.stderr


def test_an_id_of_a_shipped_ruleset_cant_be_taken(tmp_path: Path) -> None:
    distribution(tmp_path, "city-north", **form("mof.project_self_evaluation"))
    done = perfrules(tmp_path, "show", "mof.project_self_evaluation", "--lang", "en")
    assert done.returncode == 0
    assert "PRF913" in done.stderr
    assert "city-north" in done.stderr
    assert "City form" not in done.stdout


def test_a_broken_ruleset_names_its_plugin_and_leaves_the_others(tmp_path: Path) -> None:
    bad = RULESET.format(id="city.broken").replace("points: 100", "points: 90")
    distribution(tmp_path, "city-north", rulesets__bad_yaml=bad, **form("city.form"))
    done = perfrules(tmp_path, "plugins", "--lang", "en")
    assert done.returncode == 1
    assert "ruleset city.broken of plugin city-north has 1 errors" in done.stdout
    done = perfrules(tmp_path, "show", "city.broken", "--lang", "en")
    assert done.returncode == 2
    assert done.stderr.index("PRF916") < done.stderr.index("PRF401")
    assert perfrules(tmp_path, "show", "city.form").returncode == 0
