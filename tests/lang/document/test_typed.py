"""Scalars of typed fields: read exactly, or refused with a hint of their own."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.errors import Text
from perfrules.lang.document import (
    Scalar,
    ScalarFault,
    read_date,
    read_decimal,
    read_flag,
    read_int,
)
from perfrules.messages import CATALOG

READERS: tuple[Callable[[Scalar], object], ...] = (read_decimal, read_int, read_flag, read_date)


def refused(read: Callable[[Scalar], object], scalar: Scalar) -> ScalarFault:
    with pytest.raises(ScalarFault) as caught:
        read(scalar)
    return caught.value


def hint(fault: ScalarFault) -> str:
    """Return what a hint says to write: of its own, or of its code's sentence."""
    own = fault.args_by_name.get("hint")
    return own.en if isinstance(own, Text) else str(fault.args_by_name.get("better", ""))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", "0"),
        ("0.10", "0.10"),
        ("+5", "5"),
        (".5", "0.5"),
        ("-0.5", "-0.5"),
        ("0.1234567890123456789", "0.1234567890123456789"),
        ("9007199254740993.0", "9007199254740993.0"),
        ("110101199001011234", "110101199001011234"),
        ("9" * 25, "9" * 25),
    ],
)
def test_decimal_literals(text: str, value: str) -> None:
    read = read_decimal(Scalar(text))
    assert (read, str(read)) == (Decimal(value), value)


@pytest.mark.parametrize(
    ("text", "code", "better"),
    [
        ("012", "PRF141", "write 12"),
        ("018", "PRF141", "write 18"),
        ("012%", "PRF141", "write 12%"),
        ("1_000", "PRF141", "write 1000"),
        ("1,234.5", "PRF141", "write 1234.5"),
        ("1，234", "PRF141", "write 1234"),
        ("0x1F", "PRF141", "write 31"),
        ("0o17", "PRF141", "write 15"),
        ("1e3", "PRF141", "write 1000"),
        ("1.5E-2", "PRF141", "write 0.015"),
        ("1e999", "PRF141", ""),
        ("８０", "PRF141", "write 80"),
        ("８０％", "PRF141", "write 80%"),
        ("12:30", "PRF141", ""),
        ("1" + ":1" * 9000, "PRF141", ""),
        ("0x" + "F" * 9000, "PRF141", ""),
        (".nan", "PRF141", ""),
        ("nan", "PRF141", ""),
        ("-.inf", "PRF141", ""),
        ("9" * 26, "PRF143", ""),
        ("0." + "1" * 35, "PRF143", ""),
        ("80%", "PRF144", "0.8"),
        ("100万元", "PRF206", ""),
        ("", "PRF206", ""),
        ("~", "PRF206", ""),
        ("１²", "PRF206", ""),
        ("٣", "PRF206", ""),  # an Arabic digit, which Python's int() would take
        ("2024-01-01", "PRF206", ""),
    ],
)
def test_other_numbers_are_refused(text: str, code: str, better: str) -> None:
    fault = refused(read_decimal, Scalar(text))
    assert (fault.code, hint(fault)) == (code, better)


def test_a_number_in_quotes_is_a_text() -> None:
    fault = refused(read_decimal, Scalar("40", quoted=True))
    assert (fault.code, hint(fault)) == ("PRF142", "40")
    assert refused(read_decimal, Scalar("40%", quoted=True)).code == "PRF142"
    assert refused(read_decimal, Scalar("四十", quoted=True)).code == "PRF206"
    assert refused(read_flag, Scalar("true", quoted=True)).code == "PRF142"


def test_percent_where_it_is_allowed() -> None:
    assert read_decimal(Scalar("50%"), percent=True) == Decimal("0.5")
    assert read_decimal(Scalar("0.5"), percent=True) == Decimal("0.5")
    with pytest.raises(ScalarFault) as caught:
        read_decimal(Scalar("50%%"), percent=True)
    assert caught.value.code == "PRF206"


def test_whole_numbers() -> None:
    assert [read_int(Scalar(text)) for text in ("0", "+3", "-12")] == [0, 3, -12]
    assert hint(refused(read_int, Scalar("2.0"))) == "write 2"
    assert refused(read_int, Scalar("2.5")).code == "PRF148"
    assert refused(read_int, Scalar("二")).code == "PRF207"
    assert refused(read_int, Scalar("03")).code == "PRF141"


@pytest.mark.parametrize(
    ("text", "better"),
    [("no", "false"), ("Yes", "true"), ("on", "true"), ("OFF", "false"), ("y", "true"),
     ("n", "false"), ("True", "true"), ("FALSE", "false"), ("是", "true"), ("否", "false"),
     ("1", "true"), ("０", "false")],
)  # fmt: skip
def test_words_for_yes_and_no(text: str, better: str) -> None:
    fault = refused(read_flag, Scalar(text))
    assert (fault.code, hint(fault)) == ("PRF145", better)


def test_flags() -> None:
    assert read_flag(Scalar("true")) is True
    assert read_flag(Scalar("false")) is False
    assert refused(read_flag, Scalar("maybe")).code == "PRF208"


@pytest.mark.parametrize(
    ("text", "code", "better"),
    [
        ("2023-02-29", "PRF146", ""),
        ("2024-13-01", "PRF146", ""),
        ("0000-01-01", "PRF146", ""),
        ("2024/1/5", "PRF147", "2024-01-05"),
        ("2024.1.5", "PRF147", "2024-01-05"),
        ("2024-1-5", "PRF147", "2024-01-05"),
        ("2024年1月5日", "PRF147", "2024-01-05"),
        ("20240105", "PRF147", "2024-01-05"),
        ("２０２４-０１-０５", "PRF147", "2024-01-05"),
        ("2024-01-01 10:00:00", "PRF147", "2024-01-01"),
        ("2024-01-01T10:00:00Z", "PRF147", "2024-01-01"),
        ("2024-01-01 25:00:00", "PRF147", "2024-01-01"),
        ("2024/2/30", "PRF146", ""),
        ("1月5日", "PRF209", ""),
        ("2024", "PRF209", ""),
        ("", "PRF209", ""),
    ],
)
def test_other_dates_are_refused(text: str, code: str, better: str) -> None:
    fault = refused(read_date, Scalar(text))
    assert (fault.code, hint(fault)) == (code, better)


def test_dates_may_stand_in_quotes() -> None:
    assert read_date(Scalar("2024-02-29", quoted=True)) == date(2024, 2, 29)


LOOKS = st.text(st.sampled_from([*"0123456789.,:-_%+eExX年月日no是 ０９"]), max_size=12)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=8) | LOOKS, quoted=st.booleans())
def test_any_text_is_read_or_refused_with_a_known_code(text: str, *, quoted: bool) -> None:
    for read in READERS:
        value = outcome(read, Scalar(text, quoted=quoted))
        if isinstance(value, str):
            assert value in CATALOG
        else:
            assert text.isascii()
            assert type(value) in (Decimal, int, bool, date)


def outcome(read: Callable[[Scalar], object], scalar: Scalar) -> object:
    """Return what is read, or the code of the fault; nothing else may be raised."""
    try:
        return read(scalar)
    except ScalarFault as fault:
        return fault.code
