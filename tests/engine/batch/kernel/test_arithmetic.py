"""The bounds hold: no number of the reference lies further from its guess than is said."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.decimals import CONTEXT, ONE, ZERO
from perfrules.engine.batch.kernel.arithmetic import Op, combine, negated
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.functions import extreme_of, logarithm, power_of_e, square_root
from perfrules.engine.batch.kernel.numbers import Known, Number, Real, Whole
from perfrules.engine.batch.kernel.select import select
from perfrules.engine.batch.vectors import Bools
from tests.engine.batch.kernel.columns import chunk_of, whole_of

SIZE = 5
columns = st.builds(
    whole_of,
    st.lists(st.integers(-(10**7), 10**9), min_size=SIZE, max_size=SIZE),
    st.integers(0, 4),
)
constants = st.builds(lambda n: Known(Decimal(n).scaleb(-2)), st.integers(-(10**5), 10**5))
OPS: tuple[Op, ...] = ("+", "-", "*", "/")


@st.composite
def formulas(draw: st.DrawFn, depth: int = 4) -> tuple[Number, Effects]:
    """Return a random formula over columns."""
    effects = Effects()

    def number(left: int) -> Number:
        if not left or not draw(st.integers(0, 3)):
            return draw(st.one_of(columns, columns, constants))
        kind = draw(st.integers(0, 6))
        if kind == 5:
            return negated(number(left - 1))
        if kind == 6:
            larger = draw(st.booleans())
            return extreme_of(number(left - 1), number(left - 1), larger=larger)
        op = draw(st.sampled_from(OPS))
        return combine(effects, op, number(left - 1), number(left - 1))

    return number(depth), effects


def refused(effects: Effects, size: int = SIZE) -> Bools:
    with np.errstate(all="ignore"):
        lacking, odd = effects.find()(chunk_of(size))
    assert lacking is None
    return np.zeros(size, np.bool_) if odd is None else odd


@settings(max_examples=400, deadline=None)
@given(formulas())
def test_bounds(formula: tuple[Number, Effects]) -> None:
    number, effects = formula
    odd, chunk = refused(effects), chunk_of(SIZE)
    exact = number.exact(chunk, np.arange(SIZE))
    for at in np.flatnonzero(~odd).tolist():
        value = exact[at]
        if isinstance(number, Whole):
            assert Fraction(value) == int(number.units(chunk)[at]) * number.factor
            assert number.least <= Fraction(value) <= number.most
        elif isinstance(number, Real):
            with np.errstate(all="ignore"):
                guess = float(np.broadcast_to(number.floats(chunk), (SIZE,))[at])
            bound = Fraction(number.rel) * abs(Fraction(guess)) + Fraction(min(number.abs, 1e300))
            assert abs(Fraction(value) - Fraction(guess)) <= bound
            assert number.low * (1 + 1e-9) - 1e-300 <= float(value) or number.low >= 0
            slack = Fraction(1, 10**9)
            assert abs(Fraction(value)) <= Fraction(number.size) * (1 + slack) + bound


def test_a_bound_is_needed() -> None:
    """A third of a third isn't a float: with no bound at all the law above would fail."""
    effects = Effects()
    third = combine(effects, "/", whole_of([1, 2, 5], 0), Known(Decimal(3)))
    assert isinstance(third, Real)
    chunk = chunk_of(3)
    exact = third.exact(chunk, np.arange(3))
    gaps = [
        abs(Fraction(value) - Fraction(float(guess)))
        for value, guess in zip(exact, third.floats(chunk), strict=True)
    ]
    assert all(0 < gap <= Fraction(third.rel) for gap in gaps)


def test_dividing_by_zero_is_refused() -> None:
    effects = Effects()
    found = combine(effects, "/", whole_of([1, 2], 0), whole_of([0, 4], 0))
    assert refused(effects, 2).tolist() == [True, False]
    assert found.exact(chunk_of(2), np.array([1])) == [Decimal("0.5")]


def test_what_reaches_the_limit_is_refused() -> None:
    effects = Effects()
    large = combine(effects, "*", whole_of([10**9, 1], 0), whole_of([10**9, 1], 0))
    combine(effects, "*", large, whole_of([10**9, 1], 0))
    assert refused(effects, 2).tolist() == [True, False]


def test_constants_are_folded_as_the_reference_computes_them() -> None:
    effects = Effects()
    third = combine(effects, "/", Known(ONE), Known(Decimal(3)))
    assert third == Known(CONTEXT.divide(ONE, Decimal(3)))
    assert not effects.marks
    combine(effects, "/", Known(ONE), Known(ZERO))
    assert effects.odds


def test_neutral_operands_change_nothing() -> None:
    number = whole_of([1, 2], 0)
    assert combine(Effects(), "*", number, Known(ONE)) is number
    assert combine(Effects(), "+", Known(ZERO), number) is number
    assert combine(Effects(), "/", number, Known(ONE)) is number


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=8), st.integers(0, 6))
def test_roots_and_logarithms(units: list[int], scale: int) -> None:
    effects = Effects()
    number = whole_of(units, scale)
    third = combine(effects, "/", number, Known(Decimal(3)))
    root = square_root(effects, third)
    logged = logarithm(effects, third)
    back = power_of_e(effects, logged)
    chunk = chunk_of(len(units))
    for found in (root, logged, back):
        assert isinstance(found, Real)
        exact = found.exact(chunk, np.arange(len(units)))
        for value, guess in zip(exact, found.floats(chunk), strict=True):
            bound = Fraction(found.rel) * abs(Fraction(float(guess))) + Fraction(found.abs)
            assert abs(Fraction(value) - Fraction(float(guess))) <= bound


def test_a_choice_is_computed_exactly_on_its_side_only() -> None:
    effects = Effects()
    safe = combine(effects, "/", whole_of([6, 6], 0), whole_of([0, 4], 0))
    found = select(lambda _: np.array([True, False]), Known(Decimal(7)), safe)
    assert found.exact(chunk_of(2), np.arange(2)) == [Decimal(7), Decimal("1.5")]


def test_nothing_has_room_beside_the_smallest_number() -> None:
    """0 of cents in units of 1e-21 is 0: no factor of so many digits is an int64."""
    tiny = Known(Decimal("1e-21"))
    found = select(lambda _: np.array([True, False]), whole_of([0, 0], 2), tiny)
    assert isinstance(found, Whole)
    assert found.units(chunk_of(2)).tolist() == [0, 1]
    assert found.factor == Fraction(1, 10**21)
