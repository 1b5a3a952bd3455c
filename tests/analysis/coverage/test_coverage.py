"""What cases reach: each rule of each method is a point, and a case reaches just what it passes."""

from collections.abc import Mapping

import pytest

from perfrules.analysis.coverage import Watcher, coverage_of, floored, points_of
from perfrules.lang.load import load_ruleset
from tests.sample_rulesets import FORM

HEAD = "ruleset: one\nversion: '1.0'\ntitle: 一\ntotal: 10\ngrades: [{name: 及, at_least: 0}]\n"
HAND = {"budget": "2000万元", "executed": "1585.4万元", "done": "95%", "misused": "否"}
FULL = {"budget": "100万元", "executed": "100万元", "done": "100%", "misused": "是"}


def ruleset(method: str, inputs: str, more: str = "") -> str:
    """Return a ruleset of one indicator."""
    return f"{HEAD}inputs: {inputs}\nindicators: [{{id: a, points: 10, {more}score: {method}}}]\n"


def missed(text: str, *cases: Mapping[str, object]) -> set[str]:
    """Return what no case reaches, in English."""
    plan = load_ruleset(text)
    watcher = Watcher(plan)
    reached = frozenset(key for facts in cases for key in watcher.watch(facts))
    found = coverage_of("one", "one.yaml", len(cases), points_of(plan), reached)
    assert all(point.needs.zh and point.needs.en and point.span for point in found.points)
    return {point.what.en for point in found.missed}


def test_a_form_and_one_case() -> None:
    plan = load_ruleset(FORM)
    points = points_of(plan)
    # 6 of each indicator, 3 of the finding, 4 of the gate, 7 of the grades, 9 of the decisions
    assert len(points) == 35
    found = coverage_of("x", "x", 1, points, Watcher(plan).watch(HAND))
    assert (len(found.missed), str(found.percent)) == (21, "40.00")
    lines = [point.span.line for point in found.missed if point.span]
    assert lines == sorted(lines)


def test_a_second_case_reaches_the_other_sides() -> None:
    assert missed(FORM, HAND, FULL) == {
        "grade 良",
        "a total of exactly 80 (良)",
        "grade 中",
        "a total of exactly 60 (中)",
        "a total of exactly 90 (优)",
        "decision rectify fires",
        "rate.output < 80% is true",
        "the edge of rate.output < 80%",
        "the edge of rate < 80%",
    }


def test_facts_that_are_refused_reach_nothing() -> None:
    plan = load_ruleset(FORM)
    assert Watcher(plan).watch(
        {"budget": "0", "executed": "1元", "done": "1%", "misused": "否"}
    ) == (frozenset())


NUMBER = "{x: {type: number}}"
METHODS: dict[str, tuple[str, str, list[dict[str, object]], set[str]]] = {
    "bands": (
        ("{method: bands, actual: x, bands: "
        "[{at_least: 9, points: 10}, {above: 5, points: 6}, {else: 0}]}"),
        NUMBER,
        [{"x": 9}, {"x": 6}],
        {"band 3", "x exactly 5"},
    ),
    "linear": (
        "{method: linear, actual: x, zero_at: 0, full_at: 10}",
        NUMBER,
        [{"x": 10}, {"x": 5}],
        {"x exactly 0", "x at most 0"},
    ),
    "proportional, lower, with a floor": (
        "{method: proportional, better: lower, actual: x, target: 10, floor: 50%}",
        "{x: {type: number, min: 1}}",
        [{"x": 10}, {"x": 20}],
        {"the rate is below 50%"},
    ),
    "deduct from": (
        "{method: deduct, actual: x, side: above, from: 5, per: 1, lose: 1, at_most: 4}",
        NUMBER,
        [{"x": 5}, {"x": 6}],
        {"more than 4 is lost"},
    ),
    "deduct kinds": (
        "{method: deduct, kinds: [{count: x, lose: 3, at_most: 6}]}",
        NUMBER,
        [{"x": 3}],
        {"x doesn't occur", "a gets all points"},
    ),
    "deadline": (
        "{method: deadline, actual: d, due: date('2024-01-31'), per: 1, lose: 1, at_most: 3}",
        "{d: {type: date}}",
        [{"d": "2024-01-31"}, {"d": "2024-02-02"}],
        {"more than 3 is lost"},
    ),
    "levels": (
        "{method: levels, level: l, shares: {好: 100%, 中: 60%, 差: 0%}}",
        "{l: {type: choice, of: [好, 中, 差]}}",
        [{"l": "好"}, {"l": "差"}],
        {"level 中"},
    ),
    "checklist": (
        "{method: checklist, actual: s}",
        "{s: {type: choice, many: true, of: [甲, 乙]}}",
        [{"s": ["甲"]}],
        {"a gets all points", "element 甲 not chosen", "element 乙 chosen"},
    ),
    "either": (
        ("{method: either, pick: best, of: [{id: p, score: {method: met, when: x > 1}}, "
        "{id: q, score: {method: met, when: x > 2}}]}"),
        NUMBER,
        [{"x": 3}, {"x": 1}],
        {"way of scoring: q", "the edge of x > 2"},
    ),
    "mix": (
        ("{method: mix, of: [{share: 60%, score: {method: met, when: x > 1}}, "
        "{share: 40%, score: {method: met, when: x > 2}}]}"),
        NUMBER,
        [{"x": 2}],
        {"a gets all points", "x > 1 is false", "the edge of x > 1", "x > 2 is true"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", METHODS)
def test_a_method_tells_what_no_case_reaches(name: str) -> None:
    method, inputs, cases, expected = METHODS[name]
    assert missed(ruleset(method, inputs), *cases) == expected


def test_sides_that_bounds_rule_out_are_no_points() -> None:
    text = ruleset(
        "{method: proportional, actual: x, target: 100%}",
        "{x: {type: percent, min: 0%, max: 100%}}",
    )
    whats = {point.what.en for point in points_of(load_ruleset(text))}
    assert {"x below 100%", "x exactly 100%"} <= whats
    assert not whats & {"x above 100%", "the edge of x > 100%"}
    free = ruleset("{method: proportional, actual: x, target: 50%}", "{x: {type: percent}}")
    assert "x at least 50%" in {point.what.en for point in points_of(load_ruleset(free))}


def test_states_that_are_written() -> None:
    text = ruleset(
        "{method: met, when: x > 1}", NUMBER, "applies_when: x != 5, waived: full, missing: zero, "
    )
    assert {"a is not applicable", "a is waived", "a is missing"} <= missed(text, {"x": 2})
    waived = {"x": 2, "waive": {"a": {"reason": "停工"}}}
    left = missed(text, {"x": 2}, {"x": 5}, waived)
    assert "a is not applicable" not in left
    assert "a is waived" not in left


def test_rows_of_a_choosing_table() -> None:
    text = (
        f"{HEAD}inputs: {NUMBER}\nderive: {{y: {{choose: first, rows: "
        "[{when: x > 5, then: 1}, {when: x > 2, then: 2}, {else: 3}]}}\n"
        "indicators: [{id: a, points: 10, score: {method: met, when: y == 1}}]\n"
    )
    assert missed(text, {"x": 6}, {"x": 1}) >= {"row 2 of y (x > 2)"}
    assert "row 2 of y (x > 2)" not in missed(text, {"x": 3})


def test_a_chain_that_stopped_has_no_later_side() -> None:
    text = ruleset("{method: met, when: 1 < x < 5}", NUMBER)
    left = missed(text, {"x": 0})
    assert "1 < x is false" not in left
    assert {"1 < x is true", "x < 5 is true", "x < 5 is false"} <= left


def test_percentages_are_rounded_down() -> None:
    assert [str(floored(11999, 12000)), str(floored(1, 1))] == ["99.99", "100.00"]
