"""What a number says by its format: a table of formats as spreadsheet programs write them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.files.xlsx.shown import BUILT_IN, number_of, sections, shown

ACCOUNT = r'_ ¥* #,##0.00_ ;_ ¥* \-#,##0.00_ ;_ ¥* "-"??_ ;_ @_ '


@pytest.mark.parametrize(
    ("stored", "code", "text"),
    [
        ("98", "", "98"),
        ("3.0", "General", "3"),
        ("12", "G/通用格式", "12"),
        ("12", 'G/通用格式"人"', "12人"),
        ("0.30000000000000004", "General", "0.3"),
        ("98.456", "0.0", "98.456"),  # the cell shows 98.5 and is 98.456
        ("1234567.5", "#,##0.00", "1234567.5"),
        ("-5", "#,##0_);(#,##0)", "-5"),
        ("0.98", "0%", "98%"),
        ("0.98", "0.00%", "98%"),
        ("0.079265", "0.00%", "7.9265%"),
        ("1", "0%", "100%"),
        ("0", "0%", "0%"),
        ("-0.05", "0%;[Red]-0%", "-5%"),
        ("98", '0.0"%"', "98%"),
        ("98", r"0\%", "98%"),
        ("98", "0％", "98％"),
        ("12.5", '0.00"万元"', "12.5万元"),
        ("12.5", "0.00万元", "12.5万元"),
        ("12.5", '0.00" 元/人"', "12.5元/人"),
        ("-3", '0"天";-0"天"', "-3天"),
        ("123456", '0!.0,"万"', "123456"),  # shown in ten thousands: only the value is sure
        ("123456", '#,##0,"千元"', "123456"),
        ("5", ACCOUNT, "5"),
        ("-5", ACCOUNT, "-5"),
        ("0", ACCOUNT, "0"),
        ("123", "00000", "00123"),
        ("7", '"P"000', "P007"),
        ("1.5", "000", "1.5"),
        ("1", '"合格";;"不合格"', "合格"),
        ("0", '"合格";;"不合格"', "不合格"),
        ("1", '[=1]"是";[=0]"否"', "1"),
        ("5", ";;;", "5"),  # hidden from people, and there
        ("1.5", "# ?/?", "1.5"),
        ("12000", "0.00E+00", "12000"),
        ("1.2E4", "General", "12000"),
        ("123", "@", "123"),
        ("44926", "yyyy-mm-dd", "2022-12-31"),
        ("44926", "yyyy/m/d;@", "2022-12-31"),
        ("44926", '[$-804]yyyy"年"m"月"d"日"', "2022-12-31"),
        ("44926.5", "yyyy-mm-dd", "2022-12-31"),
        ("44926.5", "yyyy-mm-dd hh:mm", "2022-12-31 12:00:00"),
        ("44926", "yyyy-mm-dd hh:mm", "2022-12-31"),
        ("44713", 'yyyy"年"m"月"', "2022年6月"),
        ("44713", 'yyyy"年"', "2022年"),
        ("44713", 'm"月"d"日"', "2022-06-01"),
        ("44713", "mmm-yy", "2022年6月"),
        ("0.5", "h:mm", "12:00:00"),
        ("0.5", "mm:ss", "12:00:00"),
        ("0.75", '上午/下午h"时"mm"分"', "18:00:00"),
        ("1.5", "[h]:mm", "36:00:00"),
        ("1", "yyyy-mm-dd", "1900-01-01"),
        ("59", "yyyy-mm-dd", "1900-02-28"),
        ("61", "yyyy-mm-dd", "1900-03-01"),
        ("-1", "yyyy-mm-dd", "-1"),
        ("2958466", "yyyy-mm-dd", "2958466"),
    ],
)
def test_a_number_is_read_as_its_format_says(stored: str, code: str, text: str) -> None:
    assert shown(number_of(stored), sections(code)) == text


@pytest.mark.parametrize(
    ("number", "stored", "text"),
    [
        (9, "0.98", "98%"),
        (10, "0.98", "98%"),
        (14, "44926", "2022-12-31"),
        (22, "44926.25", "2022-12-31 06:00:00"),
        (27, "44713", "2022年6月"),
        (28, "44926", "2022-12-31"),
        (31, "44926", "2022-12-31"),
        (57, "44713", "2022年6月"),
        (58, "44926", "2022-12-31"),
    ],
)
def test_formats_known_by_number_are_those_of_chinese_programs(
    number: int, stored: str, text: str
) -> None:
    assert shown(number_of(stored), sections(BUILT_IN[number])) == text


def test_days_may_be_counted_from_1904() -> None:
    code = sections("yyyy-mm-dd")
    assert shown(Decimal(43464), code, from_1904=True) == "2022-12-31"
    assert shown(Decimal(0), code, from_1904=True) == "1904-01-01"


@pytest.mark.parametrize("stored", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_none(stored: str) -> None:
    with pytest.raises(ValueError, match=stored):
        number_of(stored)


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
@settings(max_examples=200, deadline=None)
def test_fifteen_digits_come_back_from_a_double(value: Decimal) -> None:
    assert number_of(repr(float(value))) == value


@given(st.text('0#?.,%;"\\[]yYmdhs元 -_*@', max_size=30), st.decimals(-(10**8), 10**8, places=2))
@settings(max_examples=300, deadline=None)
def test_any_format_gives_a_text(code: str, value: Decimal) -> None:
    assert isinstance(shown(value, sections(code)), str)
