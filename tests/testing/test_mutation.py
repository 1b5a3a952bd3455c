"""Which mutants the cases of the form notice, worked out by hand."""

from pathlib import Path

import pytest

from perfrules.errors import RulesetError
from perfrules.testing import mutate
from tests.sample_rulesets import CASES, FORM


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    (tmp_path / "form.cases.yaml").write_text(CASES, encoding="utf-8")
    return tmp_path


def test_what_one_case_notices(folder: Path) -> None:
    (found,) = mutate([folder])
    fates = {(item.mutant.before, item.mutant.after): item.fate for item in found.trials}
    # 20 × 79.27% + 80 × 95% = 91.85: points moved and the target show in the scores
    assert fates["output 80, execution 20", "output 79, execution 21"] == "killed"
    assert fates["100%", "99%"] == "killed"
    # 15.854 with one decimal is 15.9
    assert fates["digits: 2", "digits: 1"] == "killed"
    assert fates["misused", "not (misused)"] == "killed"
    # 91.85 is 优 with 89 and with 91, too; 79.27% is below 80% and not below 79%
    assert fates["优 90", "优 91"] == "survived"
    assert fates["rate < 80%", "rate < 79%"] == "killed"
    assert fates["rate < 80%", "rate < 81%"] == "survived"
    # a scale has to begin at 0
    assert fates["差 0", "差 1"] == "refused"
    survived = sum(item.fate == "survived" for item in found.trials)
    killed = sum(item.fate == "killed" for item in found.trials)
    assert float(found.percent) == pytest.approx(100 * killed / (killed + survived), abs=0.01)
    assert all(item.by == "手算" for item in found.trials if item.fate == "killed")


def test_a_sample_is_the_same_each_time(folder: Path) -> None:
    (one,), (same,), (other,) = (tuple(mutate([folder], seed=seed, limit=6)) for seed in (1, 1, 2))
    assert [item.mutant.after for item in one.trials] == [item.mutant.after for item in same.trials]
    assert one != other
    assert len(one.trials) == 6


def test_a_ruleset_is_named_by_its_own_file(folder: Path) -> None:
    (folder / "other.cases.yaml").write_text(CASES.replace("91.85", "91.85"), encoding="utf-8")
    (found,) = mutate([folder / "form.yaml"], limit=1)
    assert found.id == "city.form"


def test_cases_must_pass_first(folder: Path) -> None:
    (folder / "form.cases.yaml").write_text(CASES.replace("91.85", "91"), encoding="utf-8")
    with pytest.raises(RulesetError) as caught:
        list(mutate([folder]))
    assert [item.code for item in caught.value.diagnostics] == ["PRF830"]
    assert "手算" in str(caught.value)


LIBRARY = """\
library: city.water
language: 1
version: "1.0"
title: 供水
inputs: {served: {type: percent, title: 供水率, min: 0%, max: 100%}}
indicators:
  - id: supply
    title: 供水率
    points: 10
    score: {method: bands, actual: served, bands: [{at_least: 90%, points: 10}, {else: 0}]}
"""
TRIED = """\
cases: city.water
tests:
  - {name: 恰好90%, indicator: supply, facts: {served: 90%}, want: {score: 10}}
  - {name: 89%, indicator: supply, facts: {served: 89%}, want: {score: 0}}
"""


def test_a_library_is_tried_by_its_own_cases(tmp_path: Path) -> None:
    (tmp_path / "water.yaml").write_text(LIBRARY, encoding="utf-8")
    (tmp_path / "water.cases.yaml").write_text(TRIED, encoding="utf-8")
    (found,) = mutate([tmp_path])
    fates = {(item.mutant.before, item.mutant.after): item.fate for item in found.trials}
    assert fates["90%", "89%"] == fates["90%", "91%"] == "killed"
    assert fates["at_least", "above"] == "killed"
