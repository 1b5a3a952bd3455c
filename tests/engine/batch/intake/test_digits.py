"""Texts of a column as numbers over one power of ten: each is what it says, or left to others."""

import re
from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.engine.batch.intake.digits import digits

PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
TEXTS = st.one_of(
    st.none(),
    st.from_regex(r"-?[0-9]{1,9}(\.[0-9]{1,4})?%?", fullmatch=True),
    st.from_regex(r"-?[0-9]{1,14}(\.[0-9]{1,14})?", fullmatch=True),
    st.from_regex(r"0\.[0-9]{8,14}%?", fullmatch=True),
    st.text("0123456789.-%e ", max_size=18),
    st.sampled_from(["", "%", "-", "-%", "5%", "--5", "-0", "１", "1e5", "5.", ".5", "inf", "nan"]),
)


def agree(texts: Sequence[str | None], *, percent: bool) -> list[bool]:
    """See that each text is read as it is written; return which are left to others."""
    for array in (pa.array(texts, pa.string()), pa.array(["9", *texts, "8"])[1:-1]):
        found = digits(array, percent=percent)
        for text, unit, other in zip(
            texts, found.numbers.units.tolist(), found.others.tolist(), strict=True
        ):
            if text is None:
                assert not other
                continue
            plain = text.removesuffix("%") if percent else text
            if not PLAIN.fullmatch(plain) or (percent and plain == text):
                assert other
            elif not other:
                assert Decimal(unit).scaleb(-found.numbers.scale) == Decimal(plain)
        if None in texts:
            assert found.numbers.absent is not None
            assert found.numbers.absent.tolist() == [text is None for text in texts]
    left: list[bool] = found.others.tolist()
    return left


@settings(max_examples=300, deadline=None)
@given(st.lists(TEXTS, max_size=6), st.booleans())
def test_texts_are_what_they_say(texts: list[str | None], percent: bool) -> None:  # noqa: FBT001
    agree(texts, percent=percent)


@pytest.mark.parametrize(
    ("texts", "percent"),
    [
        (["1.50", "2", "-3.125", None, "0"], False),
        (["98.5%", "-1%", "100.00%"], True),
        (["123456789012.34", "99999999.99", "-12345678.9"], False),
        (["0.123456789", "12.5", "0.00000001"], False),
        (["0.12345678%", "12%"], True),
        (["999999999999999"], False),
        (["007", "0000000000000001"], False),
    ],
)
def test_nothing_plain_is_left(texts: list[str | None], percent: bool) -> None:  # noqa: FBT001
    assert not any(agree(texts, percent=percent))


def test_few_are_left_where_no_power_of_ten_has_room_for_all() -> None:
    texts = ["12345678901234", "1.2345678", *["99999999999.5"] * 5]
    assert agree(texts, percent=False) == [False, True, *[False] * 5]
    assert agree(["1234567890123456", "12"], percent=False) == [True, False]
    assert agree(["0.123456789012", "12345678.5"], percent=False) == [True, False]
