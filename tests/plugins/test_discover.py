"""Installed plugins: by entry point, by the host's list, and nothing imported beyond it."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from perfrules import PluginWarning, Registry
from perfrules.plugins.discover import installed, normal, passed
from perfrules.plugins.report import PluginState
from tests.plugins.packages import HOOK, distribution, form, put

SLOW = "import time; time.sleep(60)\n"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of `sys.path` that plugins are installed into."""
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(tmp_path))
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("prf_"):
            del sys.modules[name]


def test_those_on_the_list_are_loaded_and_no_other_is_imported(site: Path) -> None:
    distribution(site, "prf-good", **form("city.good"))
    distribution(site, "prf-slow", SLOW)
    registry = Registry(discover=["PRF_Good"])
    report = registry.report
    assert registry.find("city.good").plugin == "prf-good"
    entry = report.plugin("prf-slow")
    assert entry is not None
    assert entry.state is PluginState.NOT_ALLOWED
    assert [item.code for item in entry.problems] == ["PRF907"]
    assert "prf_slow" not in sys.modules
    assert report.ok


def test_one_that_is_not_there_is_named(site: Path) -> None:
    distribution(site, "prf-good", **form("city.good"))
    with pytest.warns(PluginWarning, match="no plugin called prf-goad is installed"):
        report = Registry(discover=["prf-goad"]).report
    (problem,) = report.missing
    assert problem.code == "PRF908"
    assert problem.hint.en == "did you mean prf-good?"
    assert not report.ok


def test_discovery_can_be_switched_off(site: Path) -> None:
    distribution(site, "prf-slow", SLOW)
    registry = Registry(discover=False)
    assert registry.report.plugins == ()
    assert registry.find("mof.project_self_evaluation").plugin == ""
    assert "prf_slow" not in sys.modules


def test_it_is_off_where_a_host_names_its_sources(site: Path, tmp_path: Path) -> None:
    distribution(site, "prf-good", **form("city.good"))
    assert Registry([tmp_path / "own"]).rulesets() == ()
    found = Registry([tmp_path / "own"], discover=["prf-good"])
    assert [item.id for item in found.rulesets()] == ["city.good"]


def test_a_distribution_with_two_entry_points_is_two_plugins(site: Path) -> None:
    distribution(site, "prf-two", **form("city.two"))
    put(
        site,
        {
            "prf_more/__init__.py": HOOK,
            "prf_more/rulesets/a.yaml": form("city.more")["rulesets__form_yaml"],
            "prf_two-1.0.dist-info/entry_points.txt": (
                "[perfrules]\nmain = prf_two\nmore = prf_more\n"
            ),
        },
    )
    found, refused = installed(["prf-two"])
    assert [item.name for item in found] == ["prf-two:main", "prf-two:more"]
    assert all(item.name != "prf-two" for item in refused)


def test_names_of_distributions_are_compared_as_installers_do() -> None:
    assert normal("Perfrules.Poverty_relief") == "perfrules-poverty-relief"


def test_an_object_that_hides_its_name_has_its_types() -> None:
    class Shy:
        __version__ = 3

    (found,) = passed([Shy()])
    assert (found.name, found.version) == ("Shy", "")


def test_broken_metadata_of_one_doesnt_hide_the_others(site: Path) -> None:
    distribution(site, "prf-good", **form("city.good"))
    distribution(site, "prf-torn", **form("city.torn"))
    distribution(site, "prf-other", **form("city.other"))
    put(
        site,
        {
            "prf_torn-1.0.dist-info/entry_points.txt": "[perfrules]\nno equals sign\n",
            "prf_other-1.0.dist-info/entry_points.txt": "[another]\nno equals sign\n",
        },
    )
    registry = Registry([], discover=["prf-good", "prf-torn"])
    with pytest.warns(PluginWarning, match="PRF900.*prf-torn"):
        assert registry.report.plugins
    assert [item.id for item in registry.rulesets()] == ["city.good"]
    named = {entry.name for entry in registry.report.plugins}
    assert "prf-torn" in named
    assert "prf-other" not in named
