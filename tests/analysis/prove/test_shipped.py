"""Shipped rulesets are proof clean: a part of them here, each with its own reasons to be tried."""

from pathlib import Path

import pytest

from perfrules import load, prove

ROOT = Path(__file__).parents[3]
# A target sheet, parameters and derived amounts, many divisions, no indicators at all, a library's
# indicators with vetoes, whole points only.
SHIPPED = (
    "rulesets/hubei/project_self_evaluation.yaml",
    "rulesets/tianmen/ex_ante_appraisal/ex_ante_appraisal.yaml",
    "rulesets/mof/government_investment/government_investment.yaml",
    "rulesets/tianmen/result_application/result_application.yaml",
    "plugins/perfrules-education/src/perfrules_education/rulesets/student_aid.yaml",
    "plugins/perfrules-sanitation/src/perfrules_sanitation/rulesets/village_cleanliness.yaml",
)


@pytest.mark.parametrize("name", SHIPPED)
def test_proof_clean(name: str) -> None:
    found = prove(load(ROOT / name))
    assert [item.render() for item in found.findings] == []
    assert found.units > 300


def test_every_grade_is_shown_by_a_unit_that_has_it() -> None:
    program = load(ROOT / SHIPPED[2])
    shown = {
        item.what.en.split()[2]: item.facts
        for item in prove(program).shown
        if item.what.en.startswith("the grade")
    }
    assert set(shown) == {"优", "良", "中", "差"}
    for grade, facts in shown.items():
        assert facts is not None
        assert program.score(facts).grade == grade
