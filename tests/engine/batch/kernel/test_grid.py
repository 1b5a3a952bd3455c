"""Rational functions of whole units are rounded as the reference rounds them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.decimals import CONTEXT, RoundingMode, round_to, snap
from perfrules.engine.batch.kernel import grid
from tests.engine.batch.kernel.columns import around, put, units_of, whole_of

MODES: tuple[RoundingMode, ...] = ("half_up", "floor", "half_even")
some = settings(max_examples=150, deadline=None)


def score(value: Decimal, points: Decimal, target: Decimal, digits: int, mode: RoundingMode) -> int:
    raw = CONTEXT.divide(CONTEXT.multiply(points, value), target)
    return int(round_to(raw, digits, mode).scaleb(digits, CONTEXT))


@some
@given(
    st.lists(st.integers(0, 10**7), min_size=1, max_size=20),
    st.integers(0, 3),
    st.integers(1, 40),
    st.integers(1, 3000),
    st.integers(0, 4),
    st.sampled_from(MODES),
)
def test_scores(
    units: list[int], scale: int, points: int, target: int, digits: int, mode: RoundingMode
) -> None:
    write = grid.rounded(whole_of(units, scale), Fraction(points, target), digits, mode)
    assert write is not None
    values = [Decimal(unit).scaleb(-scale) for unit in units]
    wanted = [score(value, Decimal(points), Decimal(target), digits, mode) for value in values]
    assert put(write, len(units)) == wanted


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("digits", [0, 1, 2])
def test_on_and_around_ties(mode: RoundingMode, digits: int) -> None:
    """5 × v ÷ 900 is a tie or whole at v = 90 × k ÷ 10**digits, and is taken for it 9e-11 below."""
    values = [
        value
        for k in (0, 1, 2, 3, 15, 500)
        for below in (Decimal(0), Decimal("9e-11"), Decimal("1.8e-10"))
        for value in around(Decimal(90 * k) / 10**digits - below)
        if 0 <= value < 90000
    ]
    write = grid.rounded(whole_of(units_of(values, 13), 13), Fraction(1, 180), digits, mode)
    assert write is not None
    wanted = [score(value, Decimal(5), Decimal(900), digits, mode) for value in values]
    assert put(write, len(values)) == wanted
    assert len({*wanted}) > 4


def test_by_hand() -> None:
    """10.005 is 10.01; half a step of the 12th decimal below it as well, less is not."""
    units = units_of(
        [Decimal("10.005"), Decimal("10.0049999999995"), Decimal("10.0049999999994")], 13
    )
    write = grid.rounded(whole_of(units, 13), Fraction(1), 2, "half_up")
    assert write is not None
    assert put(write, 3) == [1001, 1001, 1000]


@some
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20), st.integers(1, 10**4))
def test_rates(units: list[int], target: int) -> None:
    write = grid.rates(whole_of(units, 2), Fraction(1, target))
    if write is None:
        reduced = Fraction(10**10, target)
        assert reduced.denominator % 2 == 0 or max(units) * reduced.numerator > 2**60
        return
    wanted = [
        snap(CONTEXT.divide(Decimal(unit).scaleb(-2), Decimal(target))).scaleb(12) for unit in units
    ]
    assert put(write, len(units)) == [int(value) for value in wanted]


def test_what_does_not_fit_is_left_to_others() -> None:
    large = whole_of([10**17], 0)
    assert grid.rounded(large, Fraction(1000, 7), 2, "half_up") is None
    assert grid.rounded(whole_of([1], 0), Fraction(1), 11, "half_up") is None
    assert grid.rounded(whole_of([-1], 0), Fraction(1), 2, "half_up") is None
    assert grid.rates(large, Fraction(1, 7)) is None
    assert grid.rates(whole_of([1], 0), Fraction(1, 2**13)) is None  # 1/2**13 is a tie


def test_a_quotient_too_close_to_an_edge_is_left_to_decimals() -> None:
    """With a denominator of 22 digits rounding to 34 could carry a quotient onto an edge."""
    assert grid.rounded(whole_of([10**4], 0), Fraction(1, 10**22 + 1), 2, "half_up") is None
