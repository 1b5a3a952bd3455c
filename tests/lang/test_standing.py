"""Places, percentiles, ranges: laws, and the values of the definitions."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.decimals import snap
from perfrules.lang.frame import Fault
from perfrules.lang.standing import ends, moments, percentile, places

VALUES = st.lists(st.decimals(0, 100, places=2, allow_nan=False), min_size=1, max_size=30)


@settings(max_examples=100, deadline=None)
@given(VALUES)
def test_a_place_is_one_more_than_those_ahead(values: list[Decimal]) -> None:
    for value, place in zip(values, places(values), strict=True):
        assert place == 1 + sum(other > value for other in values)


@settings(max_examples=100, deadline=None)
@given(VALUES)
def test_places_from_the_other_end_are_those_of_the_negatives(values: list[Decimal]) -> None:
    assert places(values, descending=False) == places([-value for value in values])


@settings(max_examples=100, deadline=None)
@given(VALUES)
def test_percentiles_average_to_a_half_and_turn_round(values: list[Decimal]) -> None:
    ordered = sorted(map(snap, values))
    turned = sorted(-value for value in ordered)
    total = Decimal(0)
    for value in values:
        part, whole = percentile(value, ordered)
        back, _ = percentile(-value, turned)
        assert part + back == whole
        assert 0 <= part <= whole
        total += part
    assert total * 2 == len(values) * whole


def test_snapped_values_share_a_place() -> None:
    third = Decimal("0.3333333333333333333333333333333333")
    assert places([third * 3, Decimal(1), Decimal("0.5")]) == [1, 1, 3]


def test_percentile_ranks_of_the_textbook() -> None:
    # 90 in [80, 90, 90, 95]: 1 below, 2 equal: (1 + 1) / 4
    ordered = [Decimal(80), Decimal(90), Decimal(90), Decimal(95)]
    part, whole = percentile(Decimal(90), ordered)
    assert part / whole == Decimal("0.5")
    part, whole = percentile(Decimal(70), ordered)
    assert part == 0


def test_moments_of_a_known_set() -> None:
    # 600, 470, 170, 430, 300: mean 394, variance 21704
    mean, deviation = moments([Decimal(x) for x in (600, 470, 170, 430, 300)])
    assert mean == 394
    assert snap(deviation * deviation) == 21704


@pytest.mark.parametrize("values", [["5"], ["5", "5.00"]])
def test_without_a_range_nothing_is_said(values: list[str]) -> None:
    given_values = [Decimal(value) for value in values]
    for measure in (ends, moments):
        with pytest.raises(Fault, match="PRF725"):
            measure(given_values)
