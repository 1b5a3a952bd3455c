"""A saved result against what its rules and facts give: agreement, differences, their places."""

import copy
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.analysis.verify import PARTS, day_of, fault_of, verify_result
from perfrules.engine.program import Program
from perfrules.errors import Text
from perfrules.lang.load import load_ruleset
from tests.sample_rulesets import FORM, SHEET
from tests.small import plan

FACTS = {"unit": "甲", "budget": "2000", "executed": "1585.4", "done": "95%", "misused": "否"}
PROGRAM = Program(load_ruleset(FORM, "form.yaml"))
SAVED = PROGRAM.score(FACTS).to_dict()
DATED = plan("""
parameters: {share: {values: {2021-01-01: 50%, 2024-01-01: 60%}}}
inputs: {done: {type: percent}}
indicators: [{id: a, points: 100, score: {method: met, when: done >= share}}]
""")


def codes(saved: dict[str, Any], facts: dict[str, Any] = FACTS) -> list[str]:
    """Return what differs, by code and place."""
    found = verify_result(saved, PROGRAM, facts)
    return [f"{item.code} {'.'.join(map(str, item.path))}" for item in found.problems]


def test_what_was_scored_agrees() -> None:
    found = verify_result(SAVED, PROGRAM, FACTS)
    assert found.ok
    assert found
    assert (found.unit, found.ruleset, found.version) == ("甲", "city.form", "1.0")
    parts = [check.part for check in found.checks]
    assert parts == [
        "ruleset", "engine", "facts", "total", "indicators", "gates", "findings", "decisions",
    ]  # fmt: skip
    assert all(check.compared for check in found.checks)


def test_a_text_read_back_agrees() -> None:
    again = json.loads(PROGRAM.score(FACTS).to_json(), parse_int=Decimal)
    assert verify_result(again, PROGRAM, FACTS).ok


def test_every_part_of_a_result_is_looked_at() -> None:
    looked = {key for keys in PARTS.values() for key in keys}
    assert set(SAVED) <= looked


def changed(edit: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    saved = copy.deepcopy(SAVED)
    edit(saved)
    return saved


def swap(saved: dict[str, Any]) -> None:
    saved["indicators"].reverse()


@pytest.mark.parametrize(
    ("edit", "wanted"),
    [
        (lambda saved: saved.update(total="91.86"), ["PRF656 total"]),
        (lambda saved: saved.update(total=Decimal("91.85")), ["PRF659 total"]),
        (lambda saved: saved.update(total=91.85), ["PRF659 total"]),
        (lambda saved: saved.update(total=91.86), ["PRF656 total"]),
        (lambda saved: saved.update(total=True), ["PRF656 total"]),
        (lambda saved: saved.update(total=None), ["PRF656 total"]),
        (lambda saved: saved.update(total="91.850"), ["PRF656 total"]),
        (lambda saved: saved.pop("total"), ["PRF658 total"]),
        (lambda saved: saved.update(extra=1), ["PRF657 extra"]),
        (lambda saved: saved.update(core=None), ["PRF657 core"]),
        (lambda saved: saved.pop("facts_digest"), ["PRF653 facts_digest"]),
        (lambda saved: saved.update(facts_digest=None), ["PRF653 facts_digest"]),
        (lambda saved: saved["ruleset"].pop("digest"), ["PRF653 ruleset.digest"]),
        (lambda saved: saved["ruleset"].update(digest=""), ["PRF653 ruleset.digest"]),
        (lambda saved: saved["ruleset"].update(digest="sha256:0"), ["PRF651 ruleset.digest"]),
        (lambda saved: saved["ruleset"].update(version="2.0"), ["PRF652 ruleset.version"]),
        (lambda saved: saved["ruleset"].update(id="other"), ["PRF652 ruleset.id"]),
        (lambda saved: saved["ruleset"].update(odd=1), ["PRF657 ruleset.odd"]),
        (lambda saved: saved.update(engine="perfrules 0.0"), ["PRF656 engine"]),
        (lambda saved: saved["indicators"].pop(0), ["PRF658 indicators.execution"]),
        (lambda saved: saved["indicators"].append({"id": "x"}), ["PRF657 indicators.x"]),
        (swap, ["PRF656 indicators"]),
        (lambda saved: saved.update(indicators=None), ["PRF656 indicators"]),
        (lambda saved: saved.update(gates={}), ["PRF656 gates"]),
        (lambda saved: saved["findings"].clear(), ["PRF658 findings.1"]),
        (lambda saved: saved["notes"].append({"zh": "好"}), ["PRF657 notes.1"]),
        (lambda saved: saved["indicators"][0].pop("lost"), ["PRF658 indicators.execution.lost"]),
        (
            lambda saved: saved["indicators"][0]["path"].append("x"),
            ["PRF657 indicators.execution.path.2"],
        ),
    ],
)
def test_what_differs(edit: Callable[[dict[str, Any]], object], wanted: list[str]) -> None:
    assert codes(changed(edit)) == wanted


def test_a_line_that_stands_twice() -> None:
    found = codes(changed(lambda saved: saved["indicators"].append(saved["indicators"][0])))
    assert "PRF657 indicators.3" in found


def test_other_facts_are_told_with_every_digit() -> None:
    """80 × 0.90 = 72: 15.85 + 72 = 87.85, 良."""
    found = verify_result(SAVED, PROGRAM, {**FACTS, "done": "90%"})
    told = {item.code + " " + ".".join(map(str, item.path)): item for item in found.problems}
    assert "PRF654 facts_digest" in told
    assert told["PRF656 total"].message.en == "total: the file has 91.85, computed is 87.85"
    assert "PRF656 grade" in told


def test_the_same_facts_written_otherwise_agree() -> None:
    assert codes(SAVED, {**FACTS, "budget": 2000, "done": Decimal(95) / 100}) != []
    assert codes(SAVED, {**FACTS, "budget": 2000, "misused": False}) == []


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [(None, ["PRF655"]), ({}, ["PRF655", "PRF502", "PRF502", "PRF502", "PRF502"])],
)
def test_what_cant_be_computed_again(facts: dict[str, Any] | None, wanted: list[str]) -> None:
    found = verify_result(SAVED, PROGRAM, facts)
    assert [item.code for item in found.problems] == wanted
    assert not found


def test_long_texts_are_shown_where_they_part() -> None:
    saved: dict[str, Any] = copy.deepcopy(SAVED)
    because = saved["indicators"][0]["because"]
    because["zh"] = because["zh"].replace("计15.85", "计15.58")
    (problem,) = verify_result(saved, PROGRAM, FACTS).problems
    assert "计15.58" in problem.message.zh
    assert "计15.85" in problem.message.zh


def test_where_a_warning_stands_is_not_looked_at() -> None:
    sums = """
    inputs:
      rows: {type: table, columns: {name: {type: text}, worth: {type: number}}}
    indicators:
      - {id: a, for_each: {row: r, in: rows, key: r.name}, points_of: r.worth, score: {method: met, when: r.worth > 1}}
    """  # noqa: E501 - as an author writes it
    program = Program(plan(sums))
    facts = {
        "rows": [{"name": "甲", "worth": 90}],
        "allow": [{"code": "PRF540", "because": "原表如此"}],
    }
    saved: dict[str, Any] = program.score(facts).to_dict()
    (warning,) = saved["warnings"]
    warning["file"] = "/elsewhere/rules.yaml"
    assert verify_result(saved, program, facts).ok
    warning["code"] = "PRF541"
    assert not verify_result(saved, program, facts).ok


@pytest.mark.parametrize(("as_of", "total"), [("2021-05-01", "100.00"), ("2024-05-01", "0.00")])
def test_the_day_comes_from_the_result(as_of: str, total: str) -> None:
    program = Program(DATED)
    saved = program.score({"done": "55%", "as_of": as_of}).to_dict()
    assert saved["total"] == total
    assert verify_result(saved, program, {"done": "55%"}).ok
    assert str(day_of(saved, {}, program)) == as_of
    assert day_of({"as_of": "soon"}, {}, program) is None


@pytest.mark.parametrize(
    "saved",
    [
        None,
        [],
        "x",
        {},
        {"ruleset": {}},
        {"ruleset": {"id": "x"}},
        *({**SAVED, "format": other} for other in (2, 1.0, Decimal("1.0"), True, "1", None)),
    ],
)
def test_what_is_no_result(saved: object) -> None:
    found = fault_of(saved, Text("第 1 项", "item 1"))
    assert found is not None
    assert found.code == "PRF650"


def test_a_result_is_one() -> None:
    assert fault_of(SAVED, Text()) is None
    assert fault_of({**SAVED, "format": Decimal(1)}, Text()) is None


def test_json() -> None:
    found = verify_result(changed(lambda saved: saved.update(grade="良")), PROGRAM, FACTS).json()
    assert found["agrees"] is False
    parts = {check["part"]: check for check in found["checks"]}  # type: ignore[attr-defined]
    assert parts["total"]["problems"][0]["code"] == "PRF656"
    assert parts["gates"]["agrees"] is True


def leaves(value: dict[str, Any] | list[Any], path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the places of all texts, flags and nothings."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    found = []
    for key, below in pairs:
        deeper = isinstance(below, (dict, list)) and below
        found += leaves(below, (*path, key)) if deeper else [(*path, key)]
    return found


SHEET_PROGRAM = Program(load_ruleset(SHEET, "sheet.yaml"))
ROWS = {
    "targets": [
        {"name": "甲", "done": "95%", "points": 60},
        {"name": "乙", "done": "120%", "points": 40},
    ]
}
WHOLE = SHEET_PROGRAM.score(ROWS).to_dict()
PLACES = leaves(WHOLE)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from(["x", "", None, 1, True, "0", [], {}]))
def test_no_change_goes_unseen(place: tuple[Any, ...], value: object) -> None:
    saved = copy.deepcopy(WHOLE)
    *above, last = place
    holder: Any = saved
    for step in above:
        holder = holder[step]
    before = holder[last]
    holder[last] = value
    same = before == value and type(before) is type(value)
    if fault_of(saved, Text()) is not None:
        return
    assert verify_result(saved, SHEET_PROGRAM, ROWS).ok is same, (place, before, value)
