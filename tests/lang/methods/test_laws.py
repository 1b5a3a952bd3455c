"""Laws of every method: a share from 0 to 1, monotone where the rule is, exact at its ends."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.decimals import snap
from perfrules.lang.ballots import Ballot, PanelFact, SurveyFact
from tests.lang.methods.fakes import FIVE, at, earned, plan, share

NUMBERS = st.decimals(-1000, 1000, places=3)
AMOUNTS = st.decimals(0, 1000, places=3)
LAW = settings(max_examples=60, deadline=None)

RISING = {
    "proportional": "{method: proportional, actual: x, target: 70}",
    "floor": "{method: proportional, actual: x, target: 70, floor: 40%}",
    "cap": "{method: proportional, actual: x, target: 70, cap: 90%}",
    "linear": "{method: linear, actual: x, zero_at: 10, full_at: 90}",
    "bands": (
        "{method: bands, actual: x, bands: [{at_least: 90, points: 10}, {above: 60, points: 7}, "
        "{else: 1}]}"
    ),
    "within": (
        "{method: bands, actual: x, within: linear, bands: [{at_least: 90, points: 10}, "
        "{at_least: 80, points: [9, 8]}, {at_least: 60, points: [7, 6]}, {else: 0}]}"
    ),
    "below": "{method: deduct, actual: x, side: below, from: 100, per: 7, lose: 1}",
    "whole": (
        "{method: deduct, actual: x, side: below, from: 100, per: 7, lose: 1, whole_steps: true}"
    ),
}
FALLING = {
    "lower": "{method: proportional, actual: x, target: 70, better: lower}",
    "falling": "{method: linear, actual: x, zero_at: 90, full_at: 10}",
    "above": "{method: deduct, actual: x, side: above, from: 100, per: 7, lose: 1, at_most: 8}",
    "counted": "{method: deduct, kinds: [{count: x, lose: 0.3}]}",
}
OTHER = {
    "between": "{method: linear, actual: x, between: [40, 60], zero_at: [10, 90]}",
    "over": "{method: proportional, actual: x, target: 70, over: {above: 120%, slope: 1.5}}",
    "mixed": (
        "{method: mix, of: [{share: 30%, score: {method: proportional, actual: x, target: 70}}, "
        "{share: 70%, score: {method: linear, actual: x, zero_at: 90, full_at: 10}}]}"
    ),
    "best": (
        "{method: either, pick: best, of: [{id: a, score: {method: proportional, actual: x, "
        "target: 70}}, {id: b, score: {method: linear, actual: x, zero_at: 90, full_at: 10}}]}"
    ),
}
PLANS = {name: plan(text) for name, text in {**RISING, **FALLING, **OTHER}.items()}


def at_x(name: str, x: Decimal) -> Decimal:
    return snap(share(PLANS[name].rate(at(x=x))))


@pytest.mark.parametrize("name", PLANS)
@LAW
@given(x=AMOUNTS)
def test_a_share_is_between_the_reachable_ends(name: str, x: Decimal) -> None:
    span = PLANS[name].reachable()
    assert span is not None
    assert 0 <= span[0] <= at_x(name, x) <= span[1] <= 1


@pytest.mark.parametrize("name", RISING)
@LAW
@given(x=AMOUNTS, y=AMOUNTS)
def test_more_is_never_worth_less(name: str, x: Decimal, y: Decimal) -> None:
    assert at_x(name, min(x, y)) <= at_x(name, max(x, y))


@pytest.mark.parametrize("name", FALLING)
@LAW
@given(x=AMOUNTS, y=AMOUNTS)
def test_less_is_never_worth_less(name: str, x: Decimal, y: Decimal) -> None:
    assert at_x(name, min(x, y)) >= at_x(name, max(x, y))


@pytest.mark.parametrize("name", [*RISING, *FALLING])
@pytest.mark.parametrize("ends", [("0", "1000")])
def test_the_laws_are_not_about_a_constant(name: str, ends: tuple[str, str]) -> None:
    assert at_x(name, Decimal(ends[0])) != at_x(name, Decimal(ends[1]))


@LAW
@given(x=NUMBERS, points=st.decimals("0.01", 100, places=2))
def test_a_score_never_passes_the_points(x: Decimal, points: Decimal) -> None:
    made = plan(RISING["linear"], str(points))
    assert 0 <= earned(made.rate(at(str(points), x=x)), str(points)) <= points


@LAW
@given(counts=st.lists(st.integers(0, 10_000), min_size=5, max_size=5).filter(any))
def test_satisfaction_rises_when_an_answer_gets_better(counts: list[int]) -> None:
    made = plan(
        "{method: survey, actual: votes, values: {很满意: 100%, 较满意: 75%, 一般: 50%, "
        "不太满意: 25%, 不满意: 0%}}"
    )

    def found(numbers: list[int]) -> Decimal:
        fact = SurveyFact({None: dict(zip(FIVE, numbers, strict=True))})
        return share(made.rate(at(votes=fact)))

    place = max(range(5), key=lambda n: counts[n])
    better = [*counts]
    better[place] -= 1
    better[max(0, place - 1)] += 1
    assert 0 <= found(counts) <= found(better) <= 1


@LAW
@given(
    scores=st.lists(st.integers(0, 100), min_size=1, max_size=12),
    combine=st.sampled_from(["mean", "median", "trimmed, trim: {above: 5, drop: 1}"]),
)
def test_a_panel_stays_within_its_raters_in_any_order(scores: list[int], combine: str) -> None:
    made = plan(f"{{method: panel, actual: jury, out_of: 100, combine: {combine}}}")

    def found(given: list[int]) -> Decimal:
        rows = tuple(Ballot(f"r{n}", Decimal(score)) for n, score in enumerate(given))
        return snap(share(made.rate(at(jury=PanelFact(rows)))) * 100)

    assert min(scores) <= found(scores) <= max(scores)
    assert found(scores) == found(scores[::-1])


@LAW
@given(x=AMOUNTS, target=st.decimals("0.001", 1000, places=3))
def test_both_directions_meet_at_the_target(x: Decimal, target: Decimal) -> None:
    higher = plan("{method: proportional, actual: x, target: y}")
    lower = plan("{method: proportional, actual: y, target: x, better: lower, zero_target: zero}")
    facts = {"x": x, "y": target}
    assert share(higher.rate(at(**facts))) == share(lower.rate(at(**facts)))  # type: ignore[arg-type] # numbers are facts
