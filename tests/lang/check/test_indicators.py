"""The tree: ids, leaves and branches, `each`, rows."""

import pytest

from perfrules.lang.plan import Applicability, Rounding
from tests.small import codes, plan

MET = "score: {method: met, when: ok}"


def tree(indicators: str) -> str:
    return f"inputs: {{ok: {{type: flag}}}}\nindicators:\n{indicators}"


@pytest.mark.parametrize(
    ("indicators", "found"),
    [
        (f"  - {{id: a, points: 50, {MET}}}\n  - {{id: a, points: 50, {MET}}}", ["PRF405"]),
        (f"  - {{id: a, points: 50, {MET}}}\n  - {{id: A, points: 50, {MET}}}", ["PRF406"]),
        (f"  - {{id: a, points: 100, weight: 1, {MET}}}", ["PRF403", "PRF414"]),
        ("  - {id: a, points: 100}", ["PRF404"]),
        (f"  - {{id: a, points: 100, each: {{missing: zero}}, {MET}}}", ["PRF409"]),
        (f"  - {{id: a, points: -100, {MET}}}\n  - {{id: b, points: 200, {MET}}}", ["PRF407"]),
        (f"  - {{id: a, points: 100, split: {{points: 100}}, {MET}}}", ["PRF410"]),
        (f"  - {{id: a, points: 40%, {MET}}}", ["PRF350"]),
        (f"  - {{id: a, points: 100, applies_when: 1, {MET}}}", ["PRF350"]),
    ],
)
def test_nodes(indicators: str, found: list[str]) -> None:
    assert codes(tree(indicators)) == found


def test_a_refused_value_makes_no_followers() -> None:
    body = tree(f"  - {{id: a, points: pts, {MET}}}\n  - {{id: b, points: 100, {MET}}}")
    assert codes(body) == ["PRF320"]


TABLE = """
inputs:
  goal: {type: flag}
  sheet:
    type: table
    columns: {name: {type: text}, done: {type: flag}, worth: {type: number, optional: true}}
report: {goal: goal}
indicators:
  - id: goals
"""


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (["for_each: {row: t, in: sheet, key: t.name}", "split: {points: 100}"], []),
        (
            [
                "for_each: {row: t, in: sheet, where: known(t.worth), key: t.name}",
                "points_of: t.worth",
            ],
            [],
        ),
        (["for_each: {row: t, in: sheet, key: t.name}", "points_of: t.worth"], ["PRF351"]),
        (["for_each: {row: t, in: sheet, key: t.nam}", "split: {points: 100}"], ["PRF325"]),
        (["for_each: {row: t, in: goal, key: t.name}", "split: {points: 100}"], ["PRF413"]),
        (["for_each: {row: goal, in: sheet, key: goal.name}", "split: {points: 100}"], ["PRF411"]),
        (["for_each: {row: t, in: sheet, key: t.name}"], ["PRF416"]),
        (["for_each: {row: t, in: sheet, key: t.name}", "points: 100"], ["PRF416"]),
        (["for_each: {row: t, in: sheet, key: t.name}", "points_of: t.oops"], ["PRF325"]),
        (
            [
                "for_each: {row: t, in: sheet, where: known(t.worth), key: t.name}",
                "points_of: t.worth",
                "split: {points: 100}",
            ],
            ["PRF412"],
        ),
    ],
)
def test_rows(keys: list[str], found: list[str]) -> None:
    row = "goal" if "row: goal" in keys[0] else "t"
    lines = [*keys, f"score: {{method: met, when: {row}.done}}"]
    assert codes(TABLE + "".join(f"    {line}\n" for line in lines)) == found


def test_each_is_a_default_that_a_leaf_may_override() -> None:
    found = plan("""
    inputs: {ok: {type: flag}}
    indicators:
      - id: branch
        points: 100
        each:
          points: 40
          missing: zero
          not_applicable: redistribute
          rounding: {digits: 1}
          score: {method: met, when: ok}
        indicators:
          - {id: a}
          - {id: b, missing: error}
          - {id: c, points: 20, not_applicable: {to: a}, rounding: {mode: floor}}
    """).indicators[0]
    a, b, c = found.children
    assert (a.missing, b.missing, c.missing) == ("zero", "error", "zero")
    assert a.not_applicable == Applicability("redistribute")
    assert c.not_applicable == Applicability("to", "a")
    assert a.rounding == Rounding(1, "half_up")
    assert c.rounding == Rounding(2, "floor")
    assert [item.points.constant for item in (a, b, c) if item.points] == [40, 40, 20]


def test_the_nearest_each_wins() -> None:
    found = plan("""
    inputs: {ok: {type: flag}}
    indicators:
      - id: outer
        points: 100
        each: {missing: zero, score: {method: met, when: ok}}
        indicators:
          - id: inner
            points: 100
            each: {missing: not_applicable}
            indicators: [{id: leaf, points: 100}]
    """).indicators[0]
    assert found.children[0].children[0].missing == "not_applicable"


def test_a_fault_of_each_is_told_once() -> None:
    body = """
    inputs: {ok: {type: flag}}
    indicators:
      - id: branch
        points: 100
        each: {points: 50, score: {method: met, when: okay}}
        indicators: [{id: a}, {id: b}]
    """
    assert codes(body) == ["PRF320"]
