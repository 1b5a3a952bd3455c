"""The number policy: what is admitted, how it is snapped and rounded."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.decimals import (
    CONTEXT,
    fits,
    fixed,
    from_float,
    has_decimals,
    parse_decimal,
    percent,
    plain,
    round_to,
    snap,
)

numbers = st.decimals(
    min_value=Decimal("-1e9"),
    max_value=Decimal("1e9"),
    allow_nan=False,
    allow_infinity=False,
    places=9,
)


@pytest.mark.parametrize("text", ["0", "0.10", "-3", "+3.5", "1.", ".5", "9" * 40])
def test_what_a_number_is(text: str) -> None:
    assert parse_decimal(text) == Decimal(text)


@pytest.mark.parametrize(
    "text",
    ["", ".", "1e3", "1_000", "９８", "nan", "inf", "1,234", " 1", "1 ", "--1", "1.2.3", "0x1"],
)
def test_what_no_number_is(text: str) -> None:
    assert parse_decimal(text) is None


def test_digits_are_kept_as_written() -> None:
    assert str(parse_decimal("0.10")) == "0.10"


@pytest.mark.parametrize(
    ("value", "fit"),
    [
        ("9999999999999999999999999", True),  # just below 1e25
        ("10000000000000000000000000", False),
        ("-10000000000000000000000000", False),
        ("0." + "1" * 34, True),
        ("0." + "1" * 35, False),
        ("1." + "0" * 60, True),  # trailing zeros carry nothing
        ("Infinity", False),
        ("NaN", False),
        ("1e-7000", False),
    ],
)
def test_what_fits(value: str, *, fit: bool) -> None:
    assert fits(Decimal(value)) is fit


def test_tenths_add_up() -> None:
    assert CONTEXT.add(Decimal("0.1"), Decimal("0.2")) == Decimal("0.3")
    assert CONTEXT.add(from_float(0.1), from_float(0.2)) == Decimal("0.3")


def test_division_residue_is_absorbed() -> None:
    third = CONTEXT.divide(Decimal(1), Decimal(3))
    assert CONTEXT.multiply(third, Decimal(3)) != 1
    assert snap(CONTEXT.multiply(third, Decimal(3))) == 1


@pytest.mark.parametrize(
    ("value", "digits", "mode", "wanted"),
    [
        ("10.005", 2, "half_up", "10.01"),  # 15 × 0.667; the nearest float is below the tie
        ("2.675", 2, "half_up", "2.68"),
        ("-2.675", 2, "half_up", "-2.68"),
        ("2.665", 2, "half_even", "2.66"),
        ("2.675", 2, "half_even", "2.68"),
        ("2.679", 2, "floor", "2.67"),
        ("-2.671", 2, "floor", "-2.68"),
        ("2.9999999999999", 2, "floor", "3.00"),  # 13 nines are 3 when snapped to 12 decimals
        ("2.999999999999", 2, "floor", "2.99"),  # 12 nines are not
        ("89.995", 2, "half_up", "90.00"),
        ("89.994", 2, "half_up", "89.99"),
        ("0.5", 0, "half_up", "1"),
    ],
)
def test_rounding(value: str, digits: int, mode: str, wanted: str) -> None:
    assert str(round_to(Decimal(value), digits, mode)) == wanted  # type: ignore[arg-type] # a mode's name


@given(numbers, st.integers(0, 6))
@settings(max_examples=100, deadline=None)
def test_rounding_twice_is_rounding_once(value: Decimal, digits: int) -> None:
    once = round_to(value, digits)
    assert round_to(once, digits) == once
    assert abs(once - value) <= Decimal(1).scaleb(-digits) / 2


@given(numbers)
@settings(max_examples=100, deadline=None)
def test_plain_says_the_same_number(value: Decimal) -> None:
    text = plain(value)
    assert Decimal(text) == value
    assert "E" not in text
    assert not (text.endswith("0") and "." in text)


@pytest.mark.parametrize(
    ("value", "text"),
    [("20.00", "20"), ("1E+2", "100"), ("-0.0", "0"), ("0.10", "0.1"), ("1E-7", "0.0000001")],
)
def test_plain(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


def test_fixed_shows_exactly_the_digits() -> None:
    assert fixed(Decimal(90), 2) == "90.00"
    assert fixed(Decimal("-0.00"), 2) == "0.00"


@pytest.mark.parametrize(
    ("value", "text"), [("0.79265", "79.27%"), ("1", "100%"), ("0.00005", "0.01%"), ("0", "0%")]
)
def test_percent(value: str, text: str) -> None:
    assert percent(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "decimals"),
    [("0", 0), ("-12", 0), ("1E+3", -3), ("0.10", 2), ("1E-7", 7), ("0E-20", 20), ("-1.5E-9", 10)],
)
def test_decimals_are_those_written(value: str, decimals: int) -> None:
    assert has_decimals(Decimal(value), decimals)
    assert not has_decimals(Decimal(value), decimals - 1) or decimals <= 0


@given(st.decimals("-1e30", "1e30", allow_nan=False, allow_infinity=False))
def test_snapping_keeps_what_fits(value: Decimal) -> None:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    assert (repr(snap(value)) == repr(value)) is (exponent >= -12)
