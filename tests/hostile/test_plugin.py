"""The hostile plugins: each fault stays inside, is named, and the host and a good plugin go on."""

import sys
import warnings
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules import (
    Argument,
    FactsError,
    Function,
    PluginWarning,
    Program,
    Registry,
    Text,
    hookimpl,
    loads,
)
from tests.plugins.packages import distribution, put

ROOT = Path(__file__).parent.parent.parent
CASES: list[Mapping[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "plugin.yaml").read_text(encoding="utf-8")
)
FORM = """\
ruleset: hostile.form
version: "1.0"
title: hostile
inputs: {x: {type: number, title: 数}}
report: {y: odd(x)}
"""
GOOD = """\
ruleset: good.form
version: "1.0"
title: good
inputs: {x: {type: number, title: 数}}
report: {y: x}
"""


class Whole(int):
    """A number that may behave otherwise."""


def recurse(x: object) -> object:
    """Call itself for ever."""
    return recurse(x)


def leave(x: object) -> object:
    """Leave by the widest door."""
    raise BaseException("away")  # noqa: TRY002


def infinite(x: object) -> object:
    """Return infinity."""
    return Decimal("Infinity")


def words(x: object) -> object:
    """Return text."""
    return "98"


def nothing(x: object) -> None:
    """Return None."""


def whole(x: object) -> object:
    """Return a subclass of int."""
    return Whole(5)


def module(x: object) -> object:
    """Return a module."""
    return sys


FUNCTIONS: Mapping[str, Callable[..., Any]] = {
    "raise:BaseException": leave,
    "recurse": recurse,
    "return:inf": infinite,
    "return:text": words,
    "return:none": nothing,
    "return:int_subclass": whole,
    "return:module": module,
}
HOOK = "from perfrules import hookimpl\n@hookimpl\ndef perfrules_methods({args}): {body}\n"
MODULES: Mapping[str, str] = {
    "hook:raise": HOOK.format(args="", body="raise RuntimeError('no')"),
    "import:error": "raise ImportError('no module named gpu')\n",
    "import:slow": "import time; time.sleep(60)\n",
    "register:version": "PERFRULES_API = 99\n" + HOOK.format(args="", body="return []"),
    "register:badarg": HOOK.format(args="year", body="return []"),
    "register:notallowed": HOOK.format(args="", body="return []"),
    "register:twice": HOOK.format(args="", body="return []"),
}


def odd_plugin(call: Callable[..., Any]) -> object:
    """Return a plugin whose function `odd` is *call*, declared to give a number."""
    declared = Function(
        "odd", Text("怪", "odd"), Text("怪", "odd"), "number",
        takes=(Argument("x", ("number",)),), call=call,
    )  # fmt: skip

    class Odd:
        @hookimpl
        def perfrules_functions(self) -> list[Function]:
            return [declared]

    return Odd()


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["id"]) for case in CASES if case["plugin"] in FUNCTIONS]
)
def test_a_fault_stays_inside_its_call(case: Mapping[str, Any]) -> None:
    registry = Registry([], plugins=[odd_plugin(FUNCTIONS[case["plugin"]])], discover=False)
    program = loads(FORM, registry=registry)
    for _ in range(2):  # and again: nothing is left behind
        with pytest.raises(FactsError) as caught:
            program.score({"unit": "甲", "x": 1})
        (problem,) = caught.value.diagnostics
        assert problem.code in case["codes"]
        assert "Odd" in problem.message.en
        assert problem.span is not None
    good: Program = loads(GOOD, registry=registry)
    units = [{"unit": "乙", "x": 2}]
    assert [item.unit for item in good.score_many(units)] == ["乙"]


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of `sys.path` that plugins are installed into."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("hostile_"):
            del sys.modules[name]


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["id"]) for case in CASES if case["plugin"] in MODULES]
)
def test_what_cant_be_loaded_is_named_and_left_out(case: Mapping[str, Any], site: Path) -> None:
    kind = case["plugin"]
    distribution(site, "hostile-one", MODULES[kind])
    distribution(site, "hostile-good", rulesets__form_yaml=GOOD)
    if kind == "register:twice":
        points = "[perfrules]\na = hostile_one\nb = hostile_one\n"
        put(site, {"hostile_one-1.0.dist-info/entry_points.txt": points})
    allowed = ["hostile-good"]
    if kind not in ("import:slow", "register:notallowed"):
        allowed.append("hostile-one")
    registry = Registry([], discover=allowed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PluginWarning)
        report = registry.report
    found = [problem for entry in report.plugins for problem in entry.problems]
    own = [problem for problem in found if "hostile-one" in problem.message.en]
    assert [problem.code for problem in own] == case["codes"]
    assert registry.find("good.form").plugin == "hostile-good"


def test_what_cant_be_stopped_is_said() -> None:
    (case,) = [case for case in CASES if not case["codes"]]
    assert case["because"]
    page = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    assert "A call that never returns can't be stopped inside the host's process" in page


def test_every_case_of_the_group_is_here() -> None:
    assert len(CASES) == 15
    tried = {*FUNCTIONS, *MODULES, "loop"}
    assert {case["plugin"] for case in CASES} == tried
