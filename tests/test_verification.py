"""`verify` as a program calls it, and many results against a file of facts."""

import json
from pathlib import Path

import pytest

import perfrules
from perfrules import UsageError
from perfrules.engine.program import Program
from perfrules.errors import Diagnostic
from perfrules.files.entry import Entry
from perfrules.lang.load import load_ruleset
from perfrules.verification import ruleset_of, verify, verify_all
from tests.sample_rulesets import FORM
from tests.small import plan

FACTS = {"budget": "2000", "executed": "1585.4", "done": "95%", "misused": "否"}
PROGRAM = Program(load_ruleset(FORM, "form.yaml"))
UNITS = [{**FACTS, "unit": f"U{n}", "executed": n * 300} for n in range(1, 5)]


def results(*units: dict[str, object]) -> list[object]:
    return [json.loads(PROGRAM.score(unit).to_json()) for unit in units]


def entries(*units: dict[str, object]) -> list[Entry]:
    return [Entry(row, unit) for row, unit in enumerate(units, start=1)]


def told(saved: list[object], units: list[dict[str, object]]) -> list[object]:
    """Return the verdict on each, or the code of what is no result."""
    found = verify_all(saved, PROGRAM, entries(*units))
    return [item.code if isinstance(item, Diagnostic) else (item.unit, item.ok) for item in found]


def test_by_file_and_by_result(tmp_path: Path) -> None:
    file = tmp_path / "form.yaml"
    file.write_text(FORM, encoding="utf-8")
    result = PROGRAM.score(FACTS)
    assert verify(result, FACTS, file)
    assert verify(result.to_dict(), FACTS, PROGRAM)
    assert perfrules.verify is verify
    file.write_text(FORM.replace("points: 20", "points: 20.0"), encoding="utf-8")
    assert verify(result, FACTS, file)  # the same meaning
    file.write_text(FORM.replace("target: budget", "target: budget * 2"), encoding="utf-8")
    found = verify(result, FACTS, file)
    assert "PRF651" in {item.code for item in found.problems}


def test_the_ruleset_is_found_by_the_result() -> None:
    program = perfrules.load("mof.project_self_evaluation")
    found = ruleset_of([{"no": "result"}, {"format": 1, "ruleset": {"id": program.plan.id}}])
    assert found.plan.digest == program.plan.digest
    named = {"id": program.plan.id, "version": program.plan.version}
    assert ruleset_of([{"format": 1, "ruleset": named}]).plan.version == program.plan.version


@pytest.mark.parametrize("saved", [{}, {"ruleset": {"id": "x"}, "format": 7}])
def test_what_is_no_result(saved: dict[str, object]) -> None:
    with pytest.raises(UsageError, match="PRF650"):
        verify(saved, FACTS)


def test_a_ruleset_that_is_nowhere() -> None:
    with pytest.raises(UsageError, match="PRF601"):
        verify(PROGRAM.score(FACTS), FACTS)


def test_many_in_any_order() -> None:
    saved = results(*UNITS)
    assert told(saved[::-1], UNITS) == [(f"U{n}", True) for n in (4, 3, 2, 1)]


def test_a_result_without_facts_and_facts_without_a_result() -> None:
    saved = results(*UNITS)
    assert told(saved, UNITS[:3]) == [("U1", True), ("U2", True), ("U3", True), ("U4", False)]
    assert told(saved[:3], UNITS) == [("U1", True), ("U2", True), ("U3", True), ("U4", False)]
    assert told(saved[:1], UNITS) == [("U1", True)]  # of one result the others aren't asked
    bad = {**UNITS[3], "executed": "约"}
    assert told(saved[:3], [*UNITS[:3], bad]) == [("U1", True), ("U2", True), ("U3", True)]


def test_a_result_that_stands_twice() -> None:
    saved = results(UNITS[0], UNITS[0])
    assert told(saved, UNITS[:1]) == [("U1", True), ("U1", False)]


def test_units_without_names_are_matched_in_order() -> None:
    plain: list[dict[str, object]] = [{key: unit[key] for key in FACTS} for unit in UNITS]
    saved = results(*plain)
    bad = {**plain[0], "done": "很多"}  # it was rejected when it was scored
    assert told(saved, [plain[0], bad, *plain[1:]]) == [(None, True)] * 4
    assert told(saved, plain[1:]) == [(None, False)] * 4


def test_one_result_and_one_unit_belong_together() -> None:
    (saved,) = results({**FACTS, "unit": "甲"})
    assert told([saved], [{**FACTS}]) == [("甲", False)]


def test_what_is_no_result_is_told_in_its_place() -> None:
    saved = [results(UNITS[0])[0], 7, results(UNITS[1])[0]]
    assert told(saved, UNITS[:2]) == [("U1", True), "PRF650", ("U2", True)]


def test_days_come_from_the_results() -> None:
    dated = Program(
        plan("""
        parameters: {share: {values: {2021-01-01: 50%, 2024-01-01: 60%}}}
        inputs: {done: {type: percent}}
        indicators: [{id: a, points: 100, score: {method: met, when: done >= share}}]
        """)
    )
    units: list[dict[str, object]] = [{"done": "55%"}, {"done": "45%"}]
    days = ({**unit, "as_of": "2022-01-01"} for unit in units)
    saved: list[object] = [dated.score(unit).to_dict() for unit in days]
    found = list(verify_all(saved, dated, entries(*units)))
    assert all(found)
    assert len(found) == 2
