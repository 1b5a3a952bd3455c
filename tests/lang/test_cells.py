"""One cell at a time: what is read, what it was normalised from, and what is refused."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Context, Decimal, localcontext
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.lang.cells import (
    Reading,
    exact_number,
    read_choice,
    read_choices,
    read_count,
    read_date,
    read_flag,
    read_id,
    read_money,
    read_number,
    read_percent,
    read_text,
)
from perfrules.lang.frame import Fault
from perfrules.lang.types import MISSING

Read = Callable[[str], Reading[object]]

READERS: dict[str, Read] = {
    "number": read_number,
    "people": partial(read_number, unit="人"),
    "count": read_count,
    "percent": read_percent,
    "bare percent": partial(read_percent, bare="percent"),
    "bare fraction": partial(read_percent, bare="fraction"),
    "yuan": partial(read_money, unit="元"),
    "wan": partial(read_money, unit="万元"),
    "flag": read_flag,
    "date": read_date,
    "text": read_text,
    "id": read_id,
    "code": partial(read_id, pattern="[0-9]{5}"),
    "grade": partial(read_choice, of=("优", "良", "无", "B（二）")),
    "set": partial(read_choices, of=("①", "②", "③")),
}
YES, NO = True, False


@pytest.mark.parametrize(
    ("kind", "text", "expected", "notes"),
    [
        # plain
        ("number", "98", Decimal(98), 0),
        ("number", "98.50", Decimal("98.50"), 0),
        ("number", "+5", Decimal(5), 0),
        ("number", ".5", Decimal("0.5"), 0),
        ("number", "1,234.5", Decimal("1234.5"), 0),
        ("number", "-1,234,567", Decimal(-1_234_567), 0),
        ("number", "9" * 25, Decimal("9" * 25), 0),
        # normalised, and said so
        ("number", "９８", Decimal(98), 1),
        ("number", "１２３．４", Decimal("123.4"), 1),
        ("number", "1，234", Decimal(1234), 1),
        ("number", "－５", Decimal(-5), 1),
        ("number", "−50", Decimal(-50), 1),
        ("number", "98\u200b", Decimal(98), 1),
        ("number", "'98", Decimal(98), 1),
        ("number", " 98\xa0", Decimal(98), 1),
        ("people", "940人", Decimal(940), 1),
        ("people", "0.8万人", Decimal(8000), 1),
        ("count", "1,240", Decimal(1240), 0),
        ("count", "2.0", Decimal("2.0"), 0),
        # percentages
        ("percent", "98%", Decimal("0.98"), 0),
        ("percent", "９８％", Decimal("0.98"), 1),
        ("percent", "5‰", Decimal("0.005"), 0),
        ("bare percent", "98", Decimal("0.98"), 0),
        ("bare percent", "98%", Decimal("0.98"), 0),
        ("bare fraction", "0.98", Decimal("0.98"), 0),
        ("bare fraction", "1", Decimal(1), 0),
        # money, in 元
        ("wan", "0.1", Decimal(1000), 0),
        ("wan", "1234.567", Decimal(12345670), 0),
        ("yuan", "120万元", Decimal(1_200_000), 0),
        ("yuan", "120 万元", Decimal(1_200_000), 0),
        ("wan", "1.2亿元", Decimal(120_000_000), 0),
        ("wan", "￥1234", Decimal(12_340_000), 1),
        ("wan", "500元", Decimal(500), 0),
        # flags and dates
        ("flag", "是", YES, 0),
        ("flag", "否", NO, 0),
        ("flag", "TRUE", YES, 0),
        ("flag", "False", NO, 0),
        ("flag", "１", YES, 1),
        ("flag", " 否", NO, 1),
        ("date", "2024-01-05", date(2024, 1, 5), 0),
        ("date", "2024/1/5", date(2024, 1, 5), 0),
        ("date", "2024.1.5", date(2024, 1, 5), 0),
        ("date", "2024年1月5日", date(2024, 1, 5), 0),
        ("date", "20240105", date(2024, 1, 5), 0),
        ("date", "2024-01-05 00:00:00", date(2024, 1, 5), 1),
        # words
        ("text", " Ａ类，甲 ", "A类，甲", 2),
        ("text", "两行\n字", "两行\n字", 0),
        ("text", "无", "无", 0),
        ("text", "98%", "98%", 0),
        ("id", " P001 ", "P001", 1),
        ("id", "../../x", "../../x", 0),
        ("code", "00123", "00123", 0),
        ("grade", "良 ", "良", 1),
        ("grade", "无", "无", 0),  # an option of that name is that option
        ("grade", "Ｂ(二)", "B（二）", 1),
        ("grade", "B(二)", "B（二）", 1),
        ("set", "①、③", frozenset("①③"), 0),
        ("set", "②;②", frozenset("②"), 0),
    ],
)
def test_a_cell_is_read_as_a_person_would(
    kind: str, text: str, expected: object, notes: int
) -> None:
    reading = READERS[kind](text)
    assert reading.value == expected
    assert type(reading.value) is type(expected)
    assert len(reading.notes) == notes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "\u3000",
        "—",
        "——",
        "-",
        "－",
        "/",
        "／",
        "无",
        "暂无",
        "不适用",
        "待定",
        "nan",
        "NaN",
        "N/A",
        "null",
    ],
)
@pytest.mark.parametrize("kind", ["number", "count", "percent", "wan", "flag", "date", "set"])
def test_a_cell_that_says_there_is_no_value_is_missing(kind: str, text: str) -> None:
    assert READERS[kind](text).value is MISSING


@pytest.mark.parametrize("kind", ["text", "id"])
@pytest.mark.parametrize(
    ("text", "missing"), [("", 1), (" ", 1), ("——", 1), ("／", 1), ("无", 0), ("nan", 0)]
)
def test_in_a_text_column_only_nothing_and_dashes_are_missing(
    kind: str, text: str, missing: int
) -> None:
    assert (READERS[kind](text).value is MISSING) is bool(missing)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        *(
            ("number", text, "PRF503")
            for text in (
                "九十八", "1,23", "1,2345", "1 234", "1.23E+11", "1e3", "1/2", "--5", "infinity",
                "True", "1_000", "0x10", "(5)", "½", "②", "٣", "≥5", "5件套",
            )
        ),
        ("number", "1" * 400, "PRF510"),
        ("number", "0." + "1" * 200, "PRF510"),
        ("number", "1" + "0" * 25, "PRF510"),
        ("number", "9" * 10_001, "PRF516"),
        ("number", "98%", "PRF505"),
        ("number", "98分", "PRF507"),
        ("number", "5万", "PRF507"),
        ("people", "940户", "PRF507"),
        ("count", "1.5", "PRF508"),
        ("count", "-1", "PRF508"),
        ("percent", "98", "PRF506"),
        ("percent", "1", "PRF506"),
        ("percent", "0.98", "PRF506"),
        ("percent", "98%%", "PRF503"),
        ("percent", "98个百分点", "PRF503"),
        ("wan", "1.2亿", "PRF507"),
        ("wan", "120万", "PRF507"),
        ("wan", "5美元", "PRF507"),
        ("wan", "5%", "PRF505"),
        ("wan", "五万元", "PRF503"),
        ("wan", "9" * 24 + "亿元", "PRF510"),
        *(("flag", text, "PRF512") for text in ("√", "on", "已审计", "-1", "2", "有", "yes")),
        *(
            ("date", text, "PRF513")
            for text in (
                "01/02/2024", "2024-02-30", "45296", "24-1-5", "2024-01-05T10:00:00Z",
                "2024-1/5", "2024年1月", "20241305", "2024-01-05 08:00:00",
            )
        ),
        *(
            (kind, text, "PRF504")
            for kind in ("number", "percent", "wan", "flag", "date", "text", "grade")
            for text in ("#DIV/0!", "#REF!", "#NAME?", "#SPILL!", "########", "#N/A")
        ),
        ("id", "P0\n01", "PRF517"),
        ("id", "P\x1b[2J001", "PRF517"),
        ("text", "\u202e甲", "PRF517"),
        ("text", "\ud800", "PRF517"),
        ("text", "甲\x00", "PRF517"),
        ("text", "甲" * 10_001, "PRF516"),
        ("id", "1" * 101, "PRF516"),
        ("code", "123.0", "PRF515"),
        ("code", "123", "PRF515"),
        ("grade", "中", "PRF514"),
        ("set", "①、④", "PRF514"),
        ("set", "①、", "PRF514"),
    ],
)  # fmt: skip
def test_what_a_cell_does_not_say_is_refused(kind: str, text: str, code: str) -> None:
    with pytest.raises(Fault) as caught:
        READERS[kind](text)
    assert caught.value.code == code
    assert str(caught.value.args_by_name["value"]) in text


@pytest.mark.parametrize(
    ("value", "example"),
    [("95", "95%"), ("0.95", "95%"), ("1", "100%"), ("0", "0%"), ("-3.5", "-3.5%")],
)
def test_a_percentage_without_its_sign_comes_back_with_it(value: str, example: str) -> None:
    with pytest.raises(Fault) as caught:
        read_percent(value)
    assert caught.value.args_by_name["example"] == example


def test_a_cut_unit_comes_back_in_full() -> None:
    with pytest.raises(Fault) as caught:
        read_money("1.2亿", "万元")
    assert caught.value.args_by_name["example"] == "1.2亿元"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (98, "98"),
        (0.1, "0.1"),
        (Decimal("0.10"), "0.10"),
        (1e22, "1E+22"),
        (True, None),
        ("9", None),
        (None, None),
    ],
)
def test_a_number_of_a_program_is_its_shortest_decimal(value: object, expected: str | None) -> None:
    assert exact_number(value) == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (float("nan"), "PRF503"),
        (float("-inf"), "PRF503"),
        (Decimal("sNaN"), "PRF503"),
        (10**400, "PRF510"),
        (-(10**25), "PRF510"),
        (1e25, "PRF510"),
        (Decimal("1e999999999"), "PRF510"),
        (Decimal("1." + "1" * 34), "PRF510"),
    ],
)
def test_a_number_that_cannot_be_exact_is_refused(value: object, code: str) -> None:
    with pytest.raises(Fault) as caught:
        exact_number(value)
    assert caught.value.code == code


def test_the_host_s_decimal_context_changes_nothing() -> None:
    with localcontext(Context(prec=3, traps=[])):
        assert read_number("123456.789").value == Decimal("123456.789")
        assert read_money("12345.678901", "万元").value == Decimal("123456789.01")
        assert exact_number(Decimal("9.99999e24")) == Decimal("9.99999e24")


LAWS = settings(max_examples=150, deadline=None)
CELLS = st.one_of(
    st.text(max_size=12),
    st.text(alphabet="0123456789.,-+%％万亿元人月日年≥≤=底前上以 '￥#/—无９", max_size=12),
)


@given(st.sampled_from(sorted(READERS)), CELLS)
@LAWS
def test_any_text_is_read_or_refused(kind: str, text: str) -> None:
    try:
        reading: object = READERS[kind](text)
    except Fault as fault:
        reading = fault
    assert isinstance(reading, (Reading, Fault))
    if isinstance(reading, Fault):
        assert reading.code.startswith("PRF5")
        assert "value" in reading.args_by_name


@given(CELLS)
@LAWS
def test_what_was_read_is_plain_and_reads_the_same_again(text: str) -> None:
    with suppress(Fault):
        number = read_number(text).value
        if isinstance(number, Decimal):
            assert read_number(f"{number:f}") == Reading(number)
    with suppress(Fault):
        words = read_text(text).value
        if isinstance(words, str):
            assert read_text(words) == Reading(words)
