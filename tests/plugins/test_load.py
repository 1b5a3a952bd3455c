"""Plugins that a host passes: what is brought, what clashes, what is said, what travels."""

import pickle
import warnings
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from perfrules import Argument, Function, Key, Method, PluginWarning, Text, hookimpl, loads
from perfrules.errors import UsageError
from perfrules.plugins.report import PluginState
from perfrules.registry import Registry
from tests.plugins import sample
from tests.plugins.packages import CASES, RULESET, put
from tests.plugins.sample import FACTS, HALVING, MIDDLE, SPREAD, middle, rate, spread

ZH_EN = Text("甲", "x")
ANY: Any = None


def plugin(name: str, **hooks: object) -> ModuleType:
    """Return a module whose hooks bring what is given; a callable is the hook itself."""
    module = ModuleType(name)
    for hook, brings in hooks.items():
        if not hook.startswith("perfrules_"):
            setattr(module, hook, brings)
        elif callable(brings):
            setattr(module, hook, hookimpl(brings))
        else:
            setattr(module, hook, hookimpl(lambda brings=brings: brings))
    return module


def quiet(*plugins: object, sources: tuple[Path, ...] = ()) -> Registry:
    """Return a registry of these plugins, loaded; what it warns of is in its report."""
    registry = Registry(sources, plugins=plugins, discover=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PluginWarning)
        assert registry.report.plugins
    return registry


def codes(registry: Registry) -> list[str]:
    return [item.code for item in registry.report.problems]


def test_a_good_one_is_loaded_without_a_word() -> None:
    registry = Registry([], plugins=[sample], discover=False)
    assert registry.report.ok
    (entry,) = registry.report.plugins
    assert entry.state is PluginState.LOADED
    assert (entry.name, entry.version) == ("tests.plugins.sample", "2.1")
    assert (entry.methods, entry.functions) == (("halving",), ("spread", "middle"))
    assert entry.observes
    assert registry.report.plugin("tests.plugins.sample") is entry
    assert registry.report.plugin("other") is None


def test_its_words_are_used_and_its_observer_is_told() -> None:
    registry = Registry([], plugins=[sample], discover=False)
    program = loads(sample.RULESET, registry=registry)
    sample.SEEN.clear()
    result = program.score(FACTS)
    assert result.total == Decimal("55.00")  # 60 / 4 + 40
    assert result.engine.endswith(" + tests.plugins.sample 2.1")
    assert sample.SEEN == ["甲 55.00"]
    sent = pickle.loads(pickle.dumps(program))  # noqa: S301 - our own bytes
    assert sent.score(FACTS).to_json() == result.to_json()
    assert sample.SEEN == ["甲 55.00"] * 2


def test_without_the_plugin_the_ruleset_is_refused() -> None:
    with pytest.raises(Exception, match="PRF421"):
        loads(sample.RULESET, registry=Registry([]))


def test_a_problem_is_told_once_in_a_warning() -> None:
    registry = Registry([], plugins=[plugin("empty")], discover=False)
    with pytest.warns(PluginWarning, match="PRF904") as told:
        assert registry.report.problems
    assert len(told) == 1
    assert str(told[0].message).startswith("error PRF904: plugin empty has no hook")
    assert registry.report.problems


def test_one_object_twice_is_named() -> None:
    registry = quiet(sample, sample)
    assert codes(registry) == ["PRF906"]
    assert registry.report.plugins[0].methods == ("halving",)


def test_a_module_whose_attributes_fail_is_left_out() -> None:
    class Hostile:
        def __getattr__(self, name: str) -> object:
            raise RuntimeError(name)

        def __dir__(self) -> list[str]:
            raise BaseException("no")  # noqa: TRY002

    registry = quiet(Hostile(), sample)
    assert codes(registry) == ["PRF900"]
    assert "halving" in registry.vocabulary.methods


def test_an_object_is_a_plugin_too() -> None:
    class Plugin:
        @hookimpl
        def perfrules_methods(self) -> list[Method]:
            return [HALVING]

    registry = quiet(Plugin())
    assert registry.report.plugins[0].name == "Plugin"
    assert "halving" in registry.vocabulary.methods


def test_a_hook_may_be_a_generator() -> None:
    def brings() -> Any:  # noqa: ANN401
        yield HALVING

    assert quiet(plugin("lazy", perfrules_methods=brings)).report.ok


def test_a_generator_that_fails_is_a_hook_that_fails() -> None:
    def brings() -> Any:  # noqa: ANN401
        yield HALVING
        raise SystemExit

    registry = quiet(plugin("lazy", perfrules_methods=brings), sample)
    assert codes(registry) == ["PRF909"]
    assert registry.report.plugins[1].methods == ("halving",)


@pytest.mark.parametrize("version", [0, 2, True, "1", 1.0, None])
def test_another_interface_is_refused(version: object) -> None:
    registry = quiet(plugin("old", PERFRULES_API=version, perfrules_methods=[HALVING]))
    assert codes(registry) == ["PRF905"]


def test_this_interface_is_taken() -> None:
    assert quiet(plugin("new", PERFRULES_API=1, perfrules_methods=[HALVING])).report.ok


def inner() -> Any:  # noqa: ANN401
    def local(given: object) -> object:
        return given

    return local


def method(**change: object) -> Method:
    given: dict[str, Any] = {"name": "m", "title": ZH_EN, "keys": (), "rate": rate, **change}
    return Method(**given)


def function(**change: object) -> Function:
    given: dict[str, Any] = {
        "name": "f",
        "title": ZH_EN,
        "doc": ZH_EN,
        "gives": "money",
        "takes": (Argument("low", ("money",)), Argument("high", ("money",))),
        "call": spread,
        **change,
    }
    return Function(**given)


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (method(name="2fast"), "PRF914"),
        (method(name=ANY), "PRF914"),
        (method(title=Text("只有中文")), "PRF914"),
        (method(title="m"), "PRF914"),
        (method(keys=[]), "PRF914"),
        (method(keys=("actual",)), "PRF914"),
        (method(keys=(Key("actual"),)), "PRF914"),
        (method(keys=(Key("a", ("number",), of=("x",)),)), "PRF914"),
        (method(keys=(Key("a", ("numbr",)),)), "PRF914"),  # type: ignore[arg-type]
        (method(keys=(Key("method", ("number",)),)), "PRF914"),
        (method(keys=(Key("json", ("number",)),)), "PRF914"),
        (method(keys=(Key("键", ("number",)),)), "PRF914"),
        (method(keys=(Key("a", of=("",)),)), "PRF914"),
        (method(keys=(Key("a", ("number",)), Key("a", ("flag",)))), "PRF914"),
        (method(rate=None), "PRF914"),
        (method(rate=lambda given: given), "PRF915"),
        (method(rate=inner()), "PRF915"),
        (method(name="met"), "PRF913"),
    ],
)
def test_a_method_that_cant_be_used(bad: Method, code: str) -> None:
    registry = quiet(plugin("bad", perfrules_methods=[bad]), sample)
    assert codes(registry) == [code]
    assert bad.name not in set(registry.vocabulary.methods) - {"met"}
    assert "halving" in registry.vocabulary.methods


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (function(name="total"), "PRF913"),
        (function(name="sum"), "PRF913"),
        (function(name="a b"), "PRF914"),
        (function(doc=Text("只有中文")), "PRF914"),
        (function(gives="int"), "PRF914"),
        (function(takes=()), "PRF914"),
        (function(takes=("low",)), "PRF914"),
        (function(takes=(Argument("low", ()),)), "PRF914"),
        (function(takes=(Argument("low", ("money", "euro")),)), "PRF914"),  # type: ignore[arg-type]
        (function(call=None), "PRF914"),
        (function(call=None, takes=()), "PRF914"),
        (function(fold=middle), "PRF914"),
        (function(each=("number",)), "PRF914"),
        (function(call=lambda low, high: low - high), "PRF915"),
    ],
)
def test_a_function_that_cant_be_used(bad: Function, code: str) -> None:
    registry = quiet(plugin("bad", perfrules_functions=[bad]), sample)
    assert set(codes(registry)) == {code}
    assert "spread" in registry.vocabulary.functions


def test_what_is_no_declaration_is_named() -> None:
    registry = quiet(plugin("bad", perfrules_methods=[SPREAD], perfrules_functions=[1, HALVING]))
    assert codes(registry) == ["PRF914"] * 3


def test_a_name_of_two_plugins_is_used_from_neither() -> None:
    one = plugin("north", perfrules_methods=[HALVING], perfrules_functions=[SPREAD, MIDDLE])
    two = plugin("south", perfrules_methods=[HALVING], perfrules_functions=[SPREAD])
    registry = quiet(one, two)
    assert codes(registry) == ["PRF912"] * 4  # two names, each at both
    assert all("north" in str(item) and "south" in str(item) for item in registry.report.problems)
    assert registry.report.plugins[0].functions == ("middle",)
    assert registry.report.plugins[1].methods == ()
    with pytest.raises(Exception, match="brought by two plugins, north and south"):
        loads(sample.RULESET, registry=registry)


def test_three_plugins_with_one_name() -> None:
    names = ("a", "b", "c")
    registry = quiet(*(plugin(name, perfrules_methods=[HALVING]) for name in names))
    assert "halving" not in registry.vocabulary.methods
    assert all(entry.problems for entry in registry.report.plugins)


def test_rulesets_are_found_and_belong_to_it(tmp_path: Path) -> None:
    put(
        tmp_path, {"a.yaml": RULESET.format(id="city.a"), "a.cases.yaml": CASES.format(id="city.a")}
    )
    registry = quiet(plugin("north", perfrules_rulesets=[tmp_path]))
    assert registry.find("city.a").plugin == "north"
    assert registry.report.plugins[0].rulesets == ("city.a",)
    assert registry.folders == (tmp_path,)


def test_a_clash_of_ids_names_both_and_spares_the_others(tmp_path: Path) -> None:
    put(tmp_path / "n", {"x.yaml": RULESET.format(id="city.a"), "y.yaml": RULESET.format(id="n.b")})
    other = RULESET.format(id="city.a").replace('"1.0"', '"2.0"')
    put(tmp_path / "s", {"x.yaml": other})
    registry = quiet(
        plugin("north", perfrules_rulesets=[tmp_path / "n"]),
        plugin("south", perfrules_rulesets=[str(tmp_path / "s")]),
    )
    assert [item.id for item in registry.rulesets()] == ["n.b"]
    for name in ("city.a", "city.a@2"):
        with pytest.raises(UsageError, match=r"city\.a is brought by two plugins"):
            registry.find(name)


def test_the_hosts_own_id_wins(tmp_path: Path) -> None:
    put(
        tmp_path,
        {"own/x.yaml": RULESET.format(id="city.a"), "p/x.yaml": RULESET.format(id="city.a")},
    )
    registry = quiet(
        plugin("north", perfrules_rulesets=[tmp_path / "p"]), sources=(tmp_path / "own",)
    )
    assert registry.find("city.a").path == tmp_path / "own" / "x.yaml"
    assert codes(registry) == ["PRF913"]


def test_an_observer_that_fails_harms_nothing() -> None:
    def scored(result: object) -> None:
        raise BaseException("disk full")  # noqa: TRY002

    other = Registry([], plugins=[sample], discover=False)
    want = loads(sample.RULESET, registry=other).score(FACTS).to_json()
    registry = Registry(
        [], plugins=[plugin("bad", perfrules_scored=scored), sample], discover=False
    )
    program = loads(sample.RULESET, registry=registry)
    sample.SEEN.clear()
    with pytest.warns(PluginWarning, match=r"PRF923.*bad.*disk full"):
        assert program.score(FACTS).to_json() == want
    assert sample.SEEN == ["甲 55.00"]


def test_an_observer_may_take_nothing() -> None:
    seen: list[int] = []
    registry = Registry(
        [],
        plugins=[sample, plugin("count", perfrules_scored=lambda: seen.append(1))],
        discover=False,
    )
    loads(sample.RULESET, registry=registry).score(FACTS)
    assert seen == [1]


def test_two_of_one_name_are_told_apart(tmp_path: Path) -> None:
    put(
        tmp_path, {"n/x.yaml": RULESET.format(id="city.a"), "s/x.yaml": RULESET.format(id="city.a")}
    )
    registry = quiet(
        plugin("city", perfrules_rulesets=[tmp_path / "n"]),
        plugin("city", perfrules_rulesets=[tmp_path / "s"]),
    )
    assert codes(registry) == ["PRF912"] * 2
    assert [entry.name for entry in registry.report.plugins] == ["city", "city#2"]
    assert "city and city#2" in registry.report.problems[0].message.en
