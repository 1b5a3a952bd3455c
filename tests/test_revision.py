"""`diff` as a library call: both sides by id or file, facts as data, and what can't be done."""

from pathlib import Path

import pytest

import perfrules
from perfrules.errors import UsageError
from tests.sample_rulesets import FORM

NEW = FORM.replace('version: "1.0"', 'version: "1.1"').replace("at_least: 80", "at_least: 85")
GOOD = {"budget": "100万元", "executed": "100万元", "misused": False}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.yaml").write_text(FORM, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(NEW, encoding="utf-8")
    return tmp_path


def test_units_between_the_thresholds_are_regraded(folder: Path) -> None:
    """By hand: 20 + 80 × 0.8 = 84 was 良 from 80 and is 中 below 85; 20 + 80 × 0.9 = 92 is 优."""
    facts = [{"unit": f"P{done}", "done": f"{done}%", **GOOD} for done in (80, 90)]
    found = perfrules.diff(folder / "old.yaml", folder / "new.yaml", facts=facts)
    assert (found.level.name, found.fits, found.wanted) == ("MINOR", True, "1.1")
    assert found.impact is not None
    (regraded,) = found.impact.regraded
    assert (regraded.unit, regraded.grades, regraded.lines) == ("P80", ("良", "中"), ())
    assert found.impact.units == 2


def test_a_unit_that_neither_can_score(folder: Path) -> None:
    found = perfrules.diff(folder / "old.yaml", folder / "new.yaml", facts=[{"done": "?"}])
    assert found.impact is not None
    assert (found.impact.units, found.impact.changes) == (1, [])


def test_by_id(folder: Path) -> None:
    name = "hubei.project_self_evaluation"
    found = perfrules.diff(name, f"{name}@1.0")
    assert (found.changes, found.fits, found.fault()) == ((), True, None)


def test_libraries_and_portfolios(folder: Path) -> None:
    assert perfrules.diff("common", "common").changes == ()
    for kind, text in (("cases", "cases: city.form\ntests: []\n"),):
        (folder / "other.yaml").write_text(text, encoding="utf-8")
        with pytest.raises(UsageError) as caught:
            perfrules.diff(folder / "other.yaml", folder / "other.yaml")
        assert [item.code for item in caught.value.diagnostics] == ["PRF845"], kind


def test_an_unknown_id(folder: Path) -> None:
    with pytest.raises(UsageError) as caught:
        perfrules.diff("hubei.project_self_evaluaton", folder / "new.yaml")
    assert "hubei.project_self_evaluation" in caught.value.diagnostics[0].hint.en
