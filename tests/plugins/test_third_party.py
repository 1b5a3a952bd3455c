"""A plugin that a stranger writes from docs/plugins.md alone, installed and used."""

import json
from pathlib import Path

import pytest

from tests.plugins.packages import page, perfrules, python, unpack, wheel


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the page's plugin and install its wheel into a folder of its own."""
    project = tmp_path_factory.mktemp("project")
    page(project)
    site = tmp_path_factory.mktemp("site")
    names = unpack(wheel(project, tmp_path_factory.mktemp("dist")), site)
    assert "perfrules_notices/rulesets/street_cleaning.yaml" in names
    return site


def test_its_ruleset_is_listed(site: Path) -> None:
    done = perfrules(site, "list", "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "notices.street_cleaning@1.0" in done.stdout
    assert "hubei.project_self_evaluation@1.0" in done.stdout
    assert done.stderr == ""


def test_the_report_names_what_it_brings(site: Path) -> None:
    done = perfrules(site, "plugins", "--format", "json")
    assert done.returncode == 0, done.stdout
    entries = {item["name"]: item for item in json.loads(done.stdout)["plugins"]}
    entry = entries["perfrules-notices"]
    assert entry["version"] == "1.0"
    assert entry["state"] == "loaded"
    assert entry["rulesets"] == ["notices.street_cleaning"]
    assert (entry["methods"], entry["functions"]) == (["halving"], ["median"])
    assert entry["problems"] == []


def test_it_passes_its_own_test(site: Path) -> None:
    code = "from perfrules import check_plugin; print(check_plugin('perfrules-notices')[0].label)"
    done = python(site, "-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "perfrules-notices 1.0\n"


def test_it_scores_and_the_result_names_it(site: Path) -> None:
    (site / "facts.yaml").write_text(
        "unit: 环卫一所\nnotices: 1\nrepairs: [{days: 2}, {days: 4}, {days: 10}]\n",
        encoding="utf-8",
    )
    done = perfrules(site, "score", "notices.street_cleaning", "facts.yaml", "--format", "json")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["total"] == "30.00"  # 60 × 0.5; the median is 4 days
    assert result["engine"].endswith(" + perfrules-notices 1.0")
    first, second = result["indicators"]
    assert "被通报 1 次" in first["because"]["zh"]
    assert "median(t.days for t in repairs)" in second["because"]["zh"]


def test_its_cases_run_with_all_others(site: Path) -> None:
    done = perfrules(site, "test", "--only", "被通报两次", "--format", "json")
    assert done.returncode == 0, done.stdout
    assert json.loads(done.stdout)["counts"]["pass"] == 1


def test_a_ruleset_that_needs_it_is_refused_without_it(tmp_path: Path, site: Path) -> None:
    file = site / "perfrules_notices" / "rulesets" / "street_cleaning.yaml"
    done = perfrules(tmp_path, "check", str(file), "--lang", "en")
    assert done.returncode == 1
    assert "PRF421" in done.stdout
    assert "PRF322" in done.stdout
    done = perfrules(site, "check", str(file), "--lang", "en")
    assert done.returncode == 0, done.stdout
