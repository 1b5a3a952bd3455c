from decimal import Decimal

import pytest

from perfrules.lang.units import MONEY_FACTORS, convert, find_unit, to_base


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        # money
        ("1.2", "亿元", "万元", "12000"),
        ("120", "万元", "元", "1200000"),
        ("1", "元", "万元", "0.0001"),
        ("3", "百万元", "千元", "3000"),
        # length, area, land, mass, volume
        ("1.5", "公里", "米", "1500"),
        ("50", "厘米", "米", "0.5"),
        ("1", "km", "千米", "1"),
        ("2", "公顷", "亩", "30"),
        ("30", "亩", "公顷", "2"),
        ("1", "平方公里", "㎡", "1000000"),
        ("1", "吨", "kg", "1000"),
        ("3", "斤", "公斤", "1.5"),
        ("1", "立方米", "升", "1000"),
        # time: three kinds
        ("2", "周", "日", "14"),
        ("90", "分钟", "小时", "1.5"),
        ("3", "年", "个月", "36"),
        ("2", "季度", "月", "6"),
        # data, percent
        ("25", "TB", "GB", "25600"),
        ("5", "‰", "%", "0.5"),
        # scales before any unit
        ("8", "万亩", "亩", "80000"),
        ("2000000", "粒", "万粒", "200"),
        ("1", "亿", "万", "10000"),
        # compounds: what is above the line converts
        ("1.2", "万元/公里", "元/公里", "12000"),
        ("530", "元/人*月", "元/人·月", "530"),
        ("530", "元/人/月", "元/月·人", "530"),
        ("1250", "元/生.年", "元/生·年", "1250"),
    ],
)
def test_what_converts_does_so_exactly(value: str, source: str, target: str, expected: str) -> None:
    assert convert(Decimal(value), source, target) == Decimal(expected)


@pytest.mark.parametrize(
    ("value", "source", "target"),
    [
        ("10", "亩", "公顷"),  # 2/3 has no last digit
        ("10", "分钟", "小时"),
        ("1", "天", "月"),
        ("24", "小时", "天"),  # kept apart: a service day need not have 24 hours
        ("1", "亩", "平方米"),
        ("1", "人", "户"),
        ("1", "人", "人次"),
        ("1", "美元", "元"),
        ("1", "元/人", "元/户"),
        ("1", "元/年", "元/月"),  # below the line nothing converts
        ("1", "元", "%"),
        ("1", "台桌", "台"),
        ("9e24", "亿元", "元"),  # too large to be exact
    ],
)
def test_what_does_not_convert_exactly_is_refused(value: str, source: str, target: str) -> None:
    assert convert(Decimal(value), source, target) is None


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("％", "%"),
        ("%(百分比)", "%"),
        ("%（百分比）", "%"),
        (" 人 次 ", "人次"),
        ("千米", "公里"),
        ("m²", "平方米"),
        ("个月", "月"),
        ("年度", "年"),
        ("元/人*月", "元/人·月"),
        ("元／人", "元/人"),
        ("TB/年度", "TB/年"),
        ("人·天", "人·天"),
        ("万亩", "万亩"),
        ("万千米", "万公里"),
        ("万", "万"),
    ],
)
def test_units_have_one_name(written: str, name: str) -> None:
    unit = find_unit(written)
    assert unit is not None
    assert unit.name == name


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "覆盖",
        "%覆盖",
        "TB/年度共享",
        "万元(含税)",
        "元(%)",
        "万万",
        "万%",
        "元/",
        "/人",
        "个村",
        "x" * 100,
    ],
)
def test_what_is_no_unit_is_none(written: str) -> None:
    assert find_unit(written) is None


def test_money_is_held_in_yuan_and_a_percentage_as_its_fraction() -> None:
    yuan, share = find_unit("亿元"), find_unit("‰")
    assert yuan is not None
    assert share is not None
    assert to_base(Decimal("1.2"), yuan) == Decimal(120_000_000)
    assert to_base(Decimal(4), share) == Decimal("0.004")
    assert MONEY_FACTORS["万元"] == Decimal(10_000)
