"""Guesses are rounded right however wrong they are within their bound."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.decimals import RoundingMode, round_to, snap
from perfrules.engine.batch.kernel import guess
from tests.engine.batch.kernel.columns import around, chunk_of, put, real_of

MODES: tuple[RoundingMode, ...] = ("half_up", "floor", "half_even")
WIDTH = 2e-11
some = settings(max_examples=100, deadline=None)


def values_around(digits: int) -> list[Decimal]:
    tie = Decimal(5).scaleb(-digits - 1)
    edges = [n * Decimal(1).scaleb(-digits) + tie * half for n in (0, 3, 77) for half in (0, 1)]
    return [value for edge in edges for value in around(edge) if value >= 0]


def write_of(
    values: list[Decimal], digits: int, mode: RoundingMode, wrong: float, width: float
) -> list[int]:
    number = real_of(values, 0.0, wrong / 10**digits, 1.0)
    floats = guess.fresh(number.floats, 10.0**digits)
    return put(guess.rounded(floats, width, digits, mode, number.exact), len(values))


@pytest.mark.parametrize("wrong", [-WIDTH, 0.0, WIDTH])
@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("digits", [0, 1, 2])
def test_on_and_around_ties(digits: int, mode: RoundingMode, wrong: float) -> None:
    values = values_around(digits)
    wanted = [int(round_to(value, digits, mode).scaleb(digits)) for value in values]
    assert write_of(values, digits, mode, wrong, WIDTH * 1.01) == wanted


@pytest.mark.parametrize("wrong", [-WIDTH, WIDTH])
def test_a_bound_that_is_too_small_is_found_out(wrong: float) -> None:
    """The same values with an error that the bound denies: some come out wrong."""
    values = values_around(2)
    wanted = [int(round_to(value, 2).scaleb(2)) for value in values]
    assert write_of(values, 2, "half_up", wrong, WIDTH / 10) != wanted


def test_ties_on_paper_are_not_in_doubt() -> None:
    values = [Decimal(n) * Decimal("0.01") + Decimal("0.005") for n in range(10000)]
    number = real_of(values, 0.0, 0.0)
    chunk, out = chunk_of(len(values)), np.empty(len(values), np.int64)
    write = guess.rounded(guess.fresh(number.floats, 100.0), 1e-11, 2, "half_up", number.exact)
    write(chunk, out)
    assert chunk.redone == 0
    assert out.tolist() == [n + 1 for n in range(10000)]


def test_more_digits_than_a_margin_are_rounded_by_decimals() -> None:
    values = around(Decimal("0.5"))
    number = real_of(values, 0.0, 0.0)
    write = guess.rounded(guess.fresh(number.floats, 1e12), 1e-3, 12, "half_up", number.exact)
    assert put(write, len(values)) == [int(round_to(value, 12).scaleb(12)) for value in values]


@some
@given(st.lists(st.fractions(0, 1), min_size=1, max_size=20), st.sampled_from([-1.0, 0.0, 1.0]))
def test_rates(shares: list[object], wrong: float) -> None:
    values = [Decimal(str(float(share))) for share in shares]  # type: ignore[arg-type] # a fraction
    values += [
        value for edge in (Decimal(0), Decimal("0.25")) for value in around(edge) if value >= 0
    ]
    number = real_of(values, 0.0, 1e-15, wrong)
    write = guess.rates(guess.fresh(number.floats, 1e12), 2e-3, number.exact)
    assert put(write, len(values)) == [int(snap(value).scaleb(12)) for value in values]


def test_an_error_that_grows_with_the_guess() -> None:
    values = [edge * 10**9 for edge in values_around(2)]
    wanted = [int(round_to(value, 2).scaleb(2)) for value in values]
    for wrong in (-1.0, 1.0):
        number = real_of(values, 1e-15, 0.0, wrong)
        floats = guess.fresh(number.floats, 100.0)
        found = put(guess.rounded(floats, 0.0, 2, "half_up", number.exact, rel=2e-15), len(values))
        assert found == wanted
