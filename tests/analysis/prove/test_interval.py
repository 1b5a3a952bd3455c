"""Interval arithmetic holds every value it speaks of."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.analysis.prove.interval import Interval, point
from perfrules.decimals import CONTEXT, snap

NUMBERS = st.decimals("-1000", "1000", places=3)


@st.composite
def intervals(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    """An interval and a value in it."""
    low, value, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
    found = Interval(
        draw(st.sampled_from([low, None])),
        draw(st.sampled_from([high, None])),
        low_open=low < value and draw(st.booleans()),
        high_open=value < high and draw(st.booleans()),
    )
    return found, value


@settings(max_examples=300, deadline=None)
@given(intervals(), intervals())
def test_results_lie_in_the_result(
    one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]
) -> None:
    (left, x), (right, y) = one, other
    assert x in left
    assert CONTEXT.add(x, y) in left.plus(right)
    assert CONTEXT.subtract(x, y) in left.minus(right)
    assert CONTEXT.multiply(x, y) in left.times(right)
    if y:
        assert CONTEXT.divide(x, y) in left.over(right)
    assert x in left.join(right)
    assert y in left.join(right)
    both = left.meet(right)
    assert (both is not None and x in both) == (x in right)
    assert snap(x) in left.seen()


@settings(max_examples=200, deadline=None)
@given(st.decimals("-1", "1", places=15))
def test_what_comparisons_see_goes_both_ways(value: Decimal) -> None:
    assert value in point(snap(value)).unseen()
    assert snap(value) in Interval(value, None).seen()


@pytest.mark.parametrize(
    ("found", "shown"),
    [
        (Interval(Decimal(0)).over(Interval(Decimal(0))), "[0, ∞)"),
        (point(Decimal(1)).over(point(Decimal(0))), "(-∞, ∞)"),
        (Interval(Decimal(0), low_open=True).times(point(Decimal(2))), "(0, ∞)"),
        (Interval(Decimal(-2), Decimal(3)).times(Interval(Decimal(-5), Decimal(4))), "[-15, 12]"),
        (Interval(None, Decimal(0)).negated(), "[0, ∞)"),
    ],
)
def test_ends(found: Interval, shown: str) -> None:
    assert str(found) == shown


def test_an_interval_without_values_is_none() -> None:
    assert Interval(Decimal(0), Decimal(1), high_open=True).meet(point(Decimal(1))) is None


def test_the_sign_of_all_values() -> None:
    assert Interval(Decimal(0), low_open=True).decides == 1
    assert Interval(None, Decimal(-1)).decides == -1
    assert Interval(Decimal(0)).decides is None
    assert point(Decimal(0)).decides == 0
