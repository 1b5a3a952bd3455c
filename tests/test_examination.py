"""`check_plugin`: what a good plugin passes, and a bad twin for everything it looks at."""

import random
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from perfrules import Function, Given, Key, Method, PluginError, Rated, Text, check_plugin
from perfrules.plugins.trial import MOST, function_trials, method_trials
from tests.plugins import sample
from tests.plugins.packages import CASES, HOOK, RULESET, distribution, form

D = Decimal
WHY = Text("甲", "why")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of `sys.path` that plugins are installed into."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("prf_"):
            del sys.modules[name]


def faults(plugin: object) -> list[tuple[str, str]]:
    with pytest.raises(PluginError) as caught:
        check_plugin(plugin)
    return [(item.code, item.message.en) for item in caught.value.diagnostics]


def codes(plugin: object) -> list[str]:
    return [code for code, _ in faults(plugin)]


def test_a_good_one_passes(site: Path) -> None:
    distribution(site, "prf-good", **form("city.good"))
    (entry,) = check_plugin("prf-good")
    assert entry.label == "prf-good 1.0"
    assert entry.rulesets == ("city.good",)


def test_one_that_is_not_installed(site: Path) -> None:
    assert codes("prf-nowhere") == ["PRF908"]


def test_one_that_cant_be_loaded(site: Path) -> None:
    distribution(site, "prf-broken", "raise ValueError('x')\n")
    assert codes("prf-broken") == ["PRF900"]


def test_what_the_checker_finds_is_found(site: Path) -> None:
    files = form("city.good")
    files["rulesets__form_yaml"] = files["rulesets__form_yaml"].replace(
        "inputs: {", "inputs: {unused: {type: flag, title: 未用}, "
    )
    distribution(site, "prf-good", **files)
    assert "PRF481" in codes("prf-good")


def test_a_ruleset_without_cases(site: Path) -> None:
    distribution(site, "prf-good", rulesets__a_yaml=RULESET.format(id="city.a"))
    assert codes("prf-good") == ["PRF931"]


def test_a_case_that_fails(site: Path) -> None:
    files = form("city.good")
    files["rulesets__form.cases_yaml"] = CASES.format(id="city.good").replace("100}}", "99}}")
    distribution(site, "prf-good", **files)
    assert faults("prf-good") == [
        ("PRF934", 'case "完成得满分" does not pass: total: want 99, got 100.00')
    ]


def test_a_case_that_cant_be_tried(site: Path) -> None:
    files = form("city.good")
    files["rulesets__form.cases_yaml"] += (
        "  - {name: 写错, facts: {dome: true}, want: {total: 0}}\n"
    )
    distribution(site, "prf-good", **files)
    assert "PRF501" in codes("prf-good")


def test_a_title_in_one_language(site: Path) -> None:
    files = form("city.good")
    files["rulesets__form_yaml"] = files["rulesets__form_yaml"].replace(
        "{zh: 完成, en: done}", "完成"
    )
    distribution(site, "prf-good", **files)
    assert faults("prf-good") == [("PRF932", "indicator done_it has no English title")]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("import perfrules.lang", "perfrules.lang"),
        ("from perfrules.lang.expr import evaluate", "perfrules.lang.expr"),
        ("from perfrules import api", "perfrules.api"),
        ("import perfrules as p\nx = p.registry", "perfrules.registry"),
        ("def later():\n    from perfrules.engine import unit", "perfrules.engine"),
    ],
)
def test_a_name_that_is_not_public(site: Path, line: str, name: str) -> None:
    distribution(site, "prf-deep", HOOK, inner__x=line, **form("city.deep"))
    (site / "prf_deep" / "inner" / "x").rename(site / "prf_deep" / "inner" / "x.py")
    assert faults("prf-deep") == [("PRF930", f"{name} is not a public name")]


def test_a_file_outside_the_package(site: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    (away / "a.yaml").write_text(RULESET.format(id="city.away"), encoding="utf-8")
    (away / "a.cases.yaml").write_text(CASES.format(id="city.away"), encoding="utf-8")
    code = HOOK.replace('Path(__file__).parent / "rulesets"', f"Path({str(away)!r})")
    distribution(site, "prf-away", code)
    assert codes("prf-away") == ["PRF935"]


def test_a_module_with_code_alone_passes() -> None:
    (entry,) = check_plugin(sample)
    assert entry.methods == ("halving",)


def method(rate: Any, *keys: Key) -> Method:  # noqa: ANN401
    return Method("m", Text("甲", "m"), keys or (Key("actual", ("number",)),), rate)


def found(rate: Any, *keys: Key) -> list[str]:  # noqa: ANN401
    return [item.code for item in method_trials(method(rate, *keys), "demo")]


def test_a_method_must_answer_or_say_why_not() -> None:
    assert found(lambda given: Rated(1 / given.number("actual"), WHY)) == ["PRF936"] * 2
    assert found(lambda _: Rated(D(1), WHY)) == []
    assert found(lambda _: None) == ["PRF936"]
    (told, *_) = method_trials(method(lambda given: Rated(1 / given.number("actual"), WHY)), "demo")
    assert "actual = 0" in told.message.en
    assert "DivisionByZero" in told.message.en


def test_a_method_must_not_roll_dice() -> None:
    dice = random.Random(0)  # noqa: S311 - dice
    assert found(lambda _: Rated(D(str(round(dice.random(), 6))), WHY)) == ["PRF933"]


def test_a_key_that_may_be_left_out_is_left_out() -> None:
    def rate(given: Given) -> Rated:
        return Rated(D(1) if given.flag("late") else D(0), WHY)

    assert found(rate, Key("late", ("flag",), optional=True)) == ["PRF936"]
    assert found(rate, Key("late", ("flag",))) == []


def test_many_keys_are_tried_within_bounds() -> None:
    seen = []

    def rate(given: Given) -> Rated:
        seen.append(dict(given.values))
        return Rated(D(1), WHY)

    keys = [Key(f"k{number}", ("number",)) for number in range(6)]
    assert found(rate, *keys, Key("word", of=("a", "b"))) == []
    assert len(seen) <= 4 * MOST
    assert {item["word"] for item in seen} == {"a", "b"}
    assert {item["k3"] for item in seen} >= {D(0), D(-1), D("9e24")}


def function(**change: Any) -> Function:  # noqa: ANN401
    given: dict[str, Any] = {
        "name": "f", "title": WHY, "doc": WHY, "gives": "number", "each": ("number",),
        "fold": len, **change,
    }  # fmt: skip
    return Function(**given)


def test_a_function_is_tried_with_nothing_and_with_all_sorts() -> None:
    def mean(values: list[Decimal]) -> Decimal:
        return sum(values, D(0)) / len(values)

    (told,) = function_trials(function(fold=mean), "demo")
    assert told.code == "PRF936"
    assert "with []" in told.message.en
    assert [item.code for item in function_trials(function(), "demo")] == ["PRF936"]  # an int
    assert list(function_trials(sample.MIDDLE, "demo")) == []


def test_a_function_of_arguments_is_tried() -> None:
    assert [item.code for item in function_trials(sample.SPREAD, "demo")] == []
    takes = sample.SPREAD.takes
    bad = function(each=(), fold=None, takes=takes, call=lambda low, high: low / high)
    assert {item.code for item in function_trials(bad, "demo")} == {"PRF936"}


def test_an_object_with_hooks_is_examined() -> None:
    assert check_plugin(sample.Plugin())[0].methods == ("halving",)
