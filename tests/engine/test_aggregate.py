"""Scores bottom up: rounded once at the leaf, added exactly, or combined as rates."""

from decimal import Decimal

import pytest

from perfrules.engine.aggregate import Sum
from tests.small import d, score, scores


def one(points: str, rate: str, rounding: str = "") -> str:
    return f"""
total: {points}
{rounding}
inputs: {{r: {{type: number}}}}
indicators: [{{id: a, points: {points}, score: {{method: formula, rate: "{rate}"}}}}]
grades: [{{name: 优, at_least: 0}}]
"""


@pytest.mark.parametrize(
    ("points", "r", "rounding", "total"),
    [
        ("15", "0.667", "", "10.01"),  # 10.005, as a person would say
        ("15", "0.667", "rounding: {mode: floor}", "10.00"),
        ("15", "0.667", "rounding: {mode: half_even}", "10.00"),
        ("10", "0.7927", "", "7.93"),  # domain §14 row 4
        ("5", "0.9684476", "", "4.84"),  # row 12: 4604 of 4754
        ("10", "0.79265", "rounding: {digits: 1}", "7.9"),
        ("10", "0.86", "rounding: {digits: 0}", "9"),
        ("100", "0.89995", "", "90.00"),
        ("100", "0.8999499", "", "89.99"),
    ],
)
def test_rounding(points: str, r: str, rounding: str, total: str) -> None:
    result = score(one(points, "r", rounding), r=r)
    assert f"{result.total:f}" == total


def test_the_residue_of_a_division_is_absorbed() -> None:
    assert score(one("100", "r / 3 * 3"), r=1).total == 100
    assert score(one("30", "r / 3"), r=1).total == 10


def test_a_tenth_and_two_tenths_are_three_tenths() -> None:
    body = """
    total: 1
    inputs: {ok: {type: flag}}
    indicators:
      - {id: a, points: 0.1, score: {method: met, when: ok}}
      - {id: b, points: 0.2, score: {method: met, when: ok}}
      - {id: c, points: 0.7, score: {method: met, when: not ok}}
    grades: [{name: 优, at_least: 0.3}, {name: 差, at_least: 0}]
    """
    result = score(body, ok=True)
    assert result.total == d("0.30")
    assert result.grade == "优"


def test_a_branch_is_not_rounded_again() -> None:
    body = """
    total: 10
    rounding: {total: 0}
    inputs: {r: {type: percent}}
    indicators:
      - id: b
        points: 10
        each: {rounding: {digits: 3}, score: {method: proportional, actual: r, target: 100%}}
        indicators: [{id: x, points: 5}, {id: y, points: 5}]
    grades: [{name: 优, at_least: 0}]
    """
    result = score(body, r="12.345%")
    assert scores(result) == {"b": "1.234", "x": "0.617", "y": "0.617"}
    assert result.line("b").digits == 3
    assert result.line("b").rate == d("0.1234")
    assert result.total == 1


MEAN = """
aggregate: {how}
inputs: {{a: {{type: number}}, b: {{type: number}}, ok: {{type: flag}}}}
indicators:
  - {{id: x, weight: {w}, score: {{method: formula, rate: a}}}}
  - {{id: y, weight: 1, score: {{method: formula, rate: b}}}}
"""


@pytest.mark.parametrize(
    ("how", "w", "a", "b", "total"),
    [
        ("weighted_mean", "1", "0.8", "0.5", "65.00"),
        ("weighted_mean", "3", "0.8", "0.4", "70.00"),
        ("weighted_mean", "0", "0.8", "0.4", "40.00"),
        ("geometric_mean", "1", "0.9", "0.4", "60.00"),  # √0.36
        ("geometric_mean", "1", "0", "0.4", "0.00"),
        ("geometric_mean", "2", "0.5", "0.125", "31.50"),  # ∛(0.25 × 0.125) = 0.31498…
        ("minimum", "5", "0.8", "0.4", "40.00"),
    ],
)
def test_rates_combine(how: str, w: str, a: str, b: str, total: str) -> None:
    body = MEAN.format(how=how, w=w).replace(", ok: {type: flag}", "")
    assert f"{score(body, a=a, b=b).total:f}" == total


def test_a_mean_leaves_out_what_does_not_apply() -> None:
    body = MEAN.format(how="weighted_mean", w=3).replace(
        "weight: 1,", "weight: 1, applies_when: ok,"
    )
    result = score(body, a="0.8", b="0.4", ok=False)
    assert result.total == 80
    assert result.complete == d("0.75")


def test_a_sum_under_a_mean_keeps_its_points() -> None:
    body = """
    aggregate: weighted_mean
    inputs: {r: {type: percent}, ok: {type: flag}}
    indicators:
      - id: section
        weight: 1
        indicators:
          - {id: x, points: 60, score: {method: proportional, actual: r, target: 100%}}
          - {id: y, points: 40, score: {method: met, when: ok}}
      - {id: other, weight: 1, score: {method: met, when: not ok}}
    """
    result = score(body, r="66.7%", ok=True)
    assert scores(result) == {"section": None, "x": "40.02", "y": "40.00", "other": None}
    assert result.line("section").rate == d("0.8002")
    assert result.total == d("40.01")


def test_a_mean_with_points_under_a_sum() -> None:
    body = """
    inputs: {a: {type: percent}, b: {type: percent}, ok: {type: flag}}
    indicators:
      - id: index
        points: 50
        aggregate: weighted_mean
        indicators:
          - {id: x, weight: 2, score: {method: proportional, actual: a, target: 100%}}
          - {id: y, weight: 1, score: {method: proportional, actual: b, target: 100%}}
      - {id: rest, points: 50, score: {method: met, when: ok}}
    """
    result = score(body, a="50%", b="80%", ok=True)
    assert scores(result) == {"index": "30.00", "x": None, "y": None, "rest": "50.00"}
    assert result.complete == 1


def test_a_rate_is_rounded_on_a_node_that_has_only_a_weight() -> None:
    body = """
    aggregate: weighted_mean
    inputs: {a: {type: number}}
    indicators: [{id: x, weight: 1, rounding: {digits: 2}, score: {method: formula, rate: a}}]
    """
    result = score(body, a="0.666")
    assert result.line("x").rate == d("0.67")
    assert result.total == 67


def test_what_is_left_out_rescales() -> None:
    assert Sum(Decimal(12), Decimal(16), Decimal(4)).rescaled == 15
    assert Sum(Decimal(12), Decimal(16), Decimal(0)).rescaled == 12
    assert Sum(Decimal(0), Decimal(0), Decimal(4)).rescaled == 0


def test_thirty_thirds() -> None:
    rows = "".join(
        f"  - {{id: i{n}, points: {p}, score: {{method: met, when: ok}}}}\n"
        for n, p in enumerate(["3.33", "3.33", "3.34"] * 10)
    )
    assert score(f"inputs: {{ok: {{type: flag}}}}\nindicators:\n{rows}", ok=True).total == 100
