"""Target cells and actual values as the published tables print them, read as a person would."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.lang.cells import PartialDate, TargetCell, read_actual, read_target
from perfrules.lang.frame import Fault
from perfrules.lang.types import MISSING, Kind
from perfrules.messages import diagnose

AT_LEAST, AT_MOST, EQUAL, NONE = "at_least", "at_most", "equal", "none"

# What a reader of the printed tables would say: kind, number in the unit (a percentage is the
# fraction), unit.
PRINTED = [
    ("=8个", EQUAL, "8", "个"),
    ("=42个", EQUAL, "42", "个"),
    ("≤202.6万元", AT_MOST, "202.6", "万元"),
    ("= 100 %", EQUAL, "1", "%"),
    ("=100%", EQUAL, "1", "%"),
    ("≤10次", AT_MOST, "10", "次"),
    ("≤5%", AT_MOST, "0.05", "%"),
    ("43.2", NONE, "43.2", None),
    ("100", NONE, "100", None),
    ("﹦ 72890 元", EQUAL, "72890", "元"),
    ("﹦ 100 %", EQUAL, "1", "%"),
    ("≥ 95 %", AT_LEAST, "0.95", "%"),
    ("≧ 735 人次", AT_LEAST, "735", "人次"),
    ("≧ 100 %", AT_LEAST, "1", "%"),
    ("═ 100 %", EQUAL, "1", "%"),
    ("≧ 95 %", AT_LEAST, "0.95", "%"),
    (">=21933人", AT_LEAST, "21933", "人"),
    (">=59人次", AT_LEAST, "59", "人次"),
    (">=530元/人*月", AT_LEAST, "530", "元/人·月"),
    ("<=5300元/户", AT_MOST, "5300", "元/户"),
    (">=9", AT_LEAST, "9", None),
    (">= 98 %(百分比)", AT_LEAST, "0.98", "%"),
    ("29.5亩", NONE, "29.5", "亩"),
    ("192只", NONE, "192", "只"),
    ("12头", NONE, "12", "头"),
    ("95%", NONE, "0.95", "%"),
    ("≥11.376万元", AT_LEAST, "11.376", "万元"),
    ("≥266米", AT_LEAST, "266", "米"),
    ("≥50厘米", AT_LEAST, "50", "厘米"),
    ("20万元", NONE, "20", "万元"),
    ("≥1000人", AT_LEAST, "1000", "人"),
    ("300公里", NONE, "300", "公里"),
    ("25TB", NONE, "25", "TB"),
    ("≥360天", AT_LEAST, "360", "天"),
    ("5万", NONE, "5", "万"),
    ("14726", NONE, "14726", None),
    ("≥8万亩", AT_LEAST, "8", "万亩"),
    ("≤0.9%", AT_MOST, "0.009", "%"),
    (">=5000", AT_LEAST, "5000", None),
    ("<=62.73", AT_MOST, "62.73", None),
    (">=90%", AT_LEAST, "0.9", "%"),
    ("≥550万粒", AT_LEAST, "550", "万粒"),
    ("8000亩", NONE, "8000", "亩"),
    ("2%", NONE, "0.02", "%"),
    ("10台套", NONE, "10", "台套"),
    ("940人次", NONE, "940", "人次"),
    ("1000元/生.年", NONE, "1000", "元/生·年"),
    ("115户", NONE, "115", "户"),
    ("32.63公里", NONE, "32.63", "公里"),
    # forms of the issue and the language
    ("＞=95%", AT_LEAST, "0.95", "%"),
    ("＝50个", EQUAL, "50", "个"),
    ("‹=5", AT_MOST, "5", None),
    ("≦5", AT_MOST, "5", None),
    ("不少于3次", AT_LEAST, "3", "次"),
    ("不低于90%", AT_LEAST, "0.9", "%"),
    ("95%以上", AT_LEAST, "0.95", "%"),
    ("95%及以上", AT_LEAST, "0.95", "%"),
    ("不超过100万元", AT_MOST, "100", "万元"),
    ("5天以内", AT_MOST, "5", "天"),
    ("5日以内", AT_MOST, "5", "天"),
    ("≥1,000人", AT_LEAST, "1000", "人"),
    ("１００％", NONE, "1", "%"),
]


@pytest.mark.parametrize(("text", "kind", "number", "unit"), PRINTED)
def test_printed_targets(text: str, kind: str, number: str, unit: str | None) -> None:
    assert read_target(text) == TargetCell(kind, text, Decimal(number), unit=unit)  # type: ignore[arg-type] # a kind of the table above


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("90%–95%", "0.9", "0.95", "%"),
        ("90%-95%", "0.9", "0.95", "%"),
        ("90%~95%", "0.9", "0.95", "%"),
        ("90～95%", "0.9", "0.95", "%"),
        ("3-5天", "3", "5", "天"),
        ("3万-5万人", "3", "5", "万人"),
        ("12-31", "12", "31", None),
    ],
)
def test_ranges(text: str, low: str, high: str, unit: str | None) -> None:
    assert read_target(text) == TargetCell("range", text, Decimal(low), Decimal(high), unit)


@pytest.mark.parametrize(
    ("text", "year", "month", "day"),
    [
        ("2021年12月31日前完成", 2021, 12, 31),
        ("2022-12-31", 2022, 12, 31),
        ("2022/12/31前", 2022, 12, 31),
        ("2022年12月底前", 2022, 12, None),
        ("2022年12月", 2022, 12, None),
        ("2022年底前", 2022, 12, None),
        ("9月底前", None, 9, None),
        ("9月底", None, 9, None),
        ("9月30日前", None, 9, 30),
        ("12月前完成", None, 12, None),
    ],
)
def test_due_days(text: str, year: int | None, month: int, day: int | None) -> None:
    assert read_target(text) == TargetCell("date", text, due=PartialDate(year, month, day))


@pytest.mark.parametrize(
    "text",
    [
        # printed
        "合规", "严格执行相关制度规定", "及时", "效果明显", "有效", "显著提升", "100%覆盖",
        "资源采购期以当年为主", "全天候可用", "公益性事业",
        "独有数据资源查询,查询范围可扩展到省图", "良好", "是",
        "维护国家和社会公共利益,提高办案质量",
        "11月底完成100%", "扩大", "便于信息化应用", "25TB/年度共享", "—", "",
        # an operator that leaves its bound out, two operators, two numbers, an unknown unit
        ">95%", "大于5", "高于90%", "小于3次", "超过100万元", "≥95%以上", "约100人", "100人左右",
        "90%以上95%以下", "100个村", "5天/10天", "90%-80%", "3天-5月", "2%至5%",
        # days or numbers, and nobody can say which
        "12月", "5日", "20221231", "2021-2022", "2021-2022年", "9-10月",
        # no such day
        "2022-02-30", "2月30日前", "13月底前",
        "1" * 40, "≥" * 30, "9" * 70,
    ],
)  # fmt: skip
def test_words(text: str) -> None:
    assert read_target(text) == TargetCell("words", text)


ACTUALS = [
    # printed pairs
    ("=8个", "8", "8"),
    ("≤202.6万元", "132.9", "132.9"),
    ("﹦ 72890 元", "72890", "72890"),
    ("﹦ 100 %", "100", "1"),
    ("≥ 95 %", "95", "0.95"),
    ("≧ 735 人次", "735", "735"),
    ("═ 100 %", "98%", "0.98"),
    (">=59人次", "87人次", "87"),
    (">=530元/人*月", "583元/人*月", "583"),
    ("<=5300元/户", "5830元/户", "5830"),
    (">= 98 %(百分比)", "100%", "1"),
    ("≥266米", "≥266米", "266"),
    ("≥8万亩", "8", "8"),
    ("≤0.4%", "0.1", "0.001"),
    (">=5000", "6418件", "6418"),
    (">=6", "8年", "8"),
    ("8000亩", "8535.5亩", "8535.5"),
    ("10台套", "10台套", "10"),
    ("625元/生.年", "625元/生.年", "625"),
    ("43.2", "37.24", "37.24"),
    ("5万", "5万", "5"),
    # converted exactly
    ("≤202.6万元", "1329000元", "132.9"),
    ("≥8万亩", "90000亩", "9"),
    ("≥300公里", "320000米", "320"),
    ("≥1000人", "0.12万", "1200"),
    ("≤100万元", "98万", "98"),
    ("5万", "62000人", "6.2"),
    ("≥5‰", "0.6%", "0.006"),
    ("不少于3次", "3次以上", "3"),
    ("90%–95%", "93%", "0.93"),
    ("≤1.2万元/公里", "11000元/公里", "1.1"),
]


@pytest.mark.parametrize(("target", "actual", "expected"), ACTUALS)
def test_an_actual_value_is_read_in_the_unit_of_its_target(
    target: str, actual: str, expected: str
) -> None:
    assert read_actual(actual, read_target(target)).value == Decimal(expected)


@pytest.mark.parametrize(
    ("target", "actual", "note"),
    [
        ("≥266米", "≥266米", "the actual value ≥266米 was read as its number, without ≥"),
        ("≥ 95 %", "95", "the actual value 95 has no unit and was taken to be in %"),
        (
            ">=6",
            "8年",
            "the target >=6 has no unit; it was taken to be in that of the actual value 8年",
        ),
    ],
)  # fmt: skip
def test_what_was_supposed_is_noted(target: str, actual: str, note: str) -> None:
    assert [item.en for item in read_actual(actual, read_target(target)).notes] == [note]


@pytest.mark.parametrize(
    ("target", "actual", "code"),
    [
        ("≥1000人", "1200户", "PRF538"),
        ("≥1000人", "98%", "PRF538"),
        ("≥95%", "95个百分点", "PRF538"),
        ("<=62.73", "62.73万", "PRF538"),  # 62.73 or 627300: nobody can say
        ("<=62.73", "62.73万元", "PRF538"),
        ("100", "98%", "PRF538"),
        ("5万", "5", "PRF538"),
        ("5万", "50000", "PRF538"),
        ("≥3公顷", "50亩", "PRF538"),  # a third: not exact
        ("≥5天", "72小时", "PRF538"),
        ("≥95%", "良好", "PRF534"),
        ("≥95%", "90%-95%", "PRF534"),
        ("≥95%", "100%覆盖", "PRF534"),
        ("≥95%", "#DIV/0!", "PRF504"),
        ("9月底前", "10月8日", "PRF537"),
        ("2022年9月底前", "按时", "PRF513"),
        ("2022年9月底前", "98%", "PRF513"),
        ("≥95%", "9" * 40, "PRF510"),
    ],
)
def test_an_actual_value_that_does_not_fit_is_refused(target: str, actual: str, code: str) -> None:
    with pytest.raises(Fault) as caught:
        read_actual(actual, read_target(target))
    assert caught.value.code == code
    assert caught.value.args_by_name["value"] == actual
    problem = diagnose(code, **caught.value.args_by_name)
    assert actual in problem.message.zh


def test_the_two_sides_are_named_where_their_units_differ() -> None:
    with pytest.raises(Fault) as caught:
        read_actual("1200户", read_target("≥1000人"))
    assert caught.value.args_by_name["target"] == "≥1000人"
    assert caught.value.args_by_name["value"] == "1200户"


@pytest.mark.parametrize(
    ("target", "actual", "year", "expected"),
    [
        ("2021年12月31日前完成", "2021年12月31日前完成", None, date(2021, 12, 31)),
        ("2022年9月底前", "9月28日", None, date(2022, 9, 28)),
        ("2022年2月底前", "2022-02-28", None, date(2022, 2, 28)),
        ("9月底前", "9月28日", 2022, date(2022, 9, 28)),
        ("9月底前", "2023年1月5日", 2022, date(2023, 1, 5)),
        ("2月底前", "2月", 2024, None),
        ("2月底前", "2月底", 2024, date(2024, 2, 29)),
    ],
)
def test_days(target: str, actual: str, year: int | None, expected: date | None) -> None:
    if expected is None:
        with pytest.raises(Fault, match="PRF513"):
            read_actual(actual, read_target(target), year=year)
    else:
        assert read_actual(actual, read_target(target), year=year).value == expected


@pytest.mark.parametrize(
    ("target", "given", "kind", "expected"),
    [
        ("≥1000人", Decimal(1200), Kind.NUMBER, Decimal(1200)),
        ("≥95%", Decimal("0.98"), Kind.PERCENT, Decimal("0.98")),
        ("≥95%", Decimal(98), Kind.NUMBER, Decimal("0.98")),
        ("≤100万元", Decimal(980_000), Kind.MONEY, Decimal(98)),
        ("2022年9月底前", date(2022, 9, 28), Kind.DATE, date(2022, 9, 28)),
        ("效果明显", "较明显", Kind.TEXT, "较明显"),
        ("≥95%", "—", Kind.TEXT, MISSING),
        ("≥95%", "暂无", Kind.TEXT, MISSING),
        ("≥95%", MISSING, Kind.TEXT, MISSING),
    ],
)
def test_values_of_typed_columns(target: str, given: object, kind: Kind, expected: object) -> None:
    value = read_actual(given, read_target(target), kind=kind).value
    assert value == expected if expected is not MISSING else value is MISSING


@pytest.mark.parametrize(
    ("target", "given", "kind"),
    [
        ("100", Decimal(980_000), Kind.MONEY),  # 元 or 万元: a bare target doesn't say
        ("100", Decimal("0.98"), Kind.PERCENT),
    ],
)
def test_a_typed_value_is_not_laid_on_a_target_without_a_unit(
    target: str, given: Decimal, kind: Kind
) -> None:
    with pytest.raises(Fault, match="PRF538"):
        read_actual(given, read_target(target), kind=kind)


def test_a_value_is_shown_as_the_cell_would_write_it() -> None:
    assert read_target("≥95%").show(Decimal("0.985")) == "98.5%"
    assert read_target("≥5‰").show(Decimal("0.006")) == "6‰"
    assert read_target("≥8万亩").show(Decimal("9.0")) == "9万亩"
    assert read_target("9月底前").show(date(2022, 9, 28)) == "2022-09-28"


CELLS = st.text(
    alphabet="0123456789.,-~%％‰万亿元人月日年底前≥≤>=以上内不少于超过完成 ", max_size=14
)
LAWS = settings(max_examples=200, deadline=None)


@given(CELLS)
@LAWS
def test_any_text_is_a_target(text: str) -> None:
    cell = read_target(text)
    assert cell.text == text.strip()
    assert (cell.number is not None) is (cell.kind not in ("date", "words"))
    assert (cell.due is not None) is (cell.kind == "date")
    if cell.kind == "range":
        assert cell.number is not None
        assert cell.high is not None
        assert cell.number <= cell.high
    assert read_target(cell.text) == cell


@given(CELLS, CELLS)
@LAWS
def test_any_actual_value_is_read_or_refused(target: str, actual: str) -> None:
    cell = read_target(target)
    try:
        value: object = read_actual(actual, cell, year=2022).value
    except Fault as fault:
        value = fault
    assert isinstance(value, (Decimal, date, str, Fault)) or value is MISSING


@given(
    st.decimals(0, 10**6, places=2), st.sampled_from(["人", "万元", "%", "元/人·月", "万亩", ""])
)
@LAWS
def test_a_target_met_exactly_reads_as_itself(number: Decimal, unit: str) -> None:
    cell = read_target(f"≥{number}{unit}")
    assert read_actual(f"{number}{unit}", cell).value == cell.number
