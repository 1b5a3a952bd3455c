"""`proportional`: actual by target, or target by actual; never above the points."""

from decimal import Decimal

import pytest

from tests.lang.methods.fakes import codes, fault, plan, rate, reach, score

MONEY = "{method: proportional, actual: paid, target: budget}"
SHARE = "{method: proportional, actual: rate, target: 100%}"
LOWER = "{method: proportional, actual: x, target: 5300, better: lower}"
OVER = "{method: proportional, actual: x, target: 100, over: {above: 130%, slope: 1}}"


def test_golden_3_execution_of_107_78_by_149_63() -> None:
    # domain §14.3: weight 20, 107.78/149.63 → 14.41 [D]
    assert score(MONEY, "20", paid="107.78", budget="149.63") == Decimal("14.41")


def test_golden_4_execution_of_79_27_percent() -> None:
    # domain §14.4: weight 10, 79.27 % → 7.93 [C 027]
    assert score(SHARE, rate="79.27%") == Decimal("7.93")


def test_golden_5_execution_of_99_percent() -> None:
    # domain §14.5: weight 20, 99 % → 19.80 [C 024]
    assert score(SHARE, "20", rate="99%") == Decimal("19.80")


def test_golden_11_lower_is_better() -> None:
    # domain §14.11: reverse, target 5300, actual 5830, weight 10 → 9.09 [D of S68]
    assert score(LOWER, x="5830") == Decimal("9.09")


def test_golden_12_at_least_4754() -> None:
    # domain §14.12: ≥4754, actual 4604, weight 5 → 4.84 [D]
    text = "{method: proportional, actual: x, target: 4754}"
    assert score(text, "5", x="4604") == Decimal("4.84")


def test_score_multiplies_before_it_divides() -> None:
    found = rate(MONEY, "15", paid="0.667", budget="1")
    assert found.numerator * 15 / found.denominator == Decimal("10.005")
    assert score(MONEY, "15", paid="0.667", budget="1") == Decimal("10.01")


@pytest.mark.parametrize(
    ("actual", "expected"), [("0", "0"), ("99", "9.9"), ("100", "10"), ("101", "10"), ("1e9", "10")]
)
def test_around_the_target(actual: str, expected: str) -> None:
    assert score("{method: proportional, actual: x, target: 100}", x=actual) == Decimal(expected)


@pytest.mark.parametrize(
    ("actual", "expected"), [("0", "10"), ("5299", "10"), ("5300", "10"), ("5301", "10.00")]
)
def test_around_the_target_from_above(actual: str, expected: str) -> None:
    assert score(LOWER, x=actual) == Decimal(expected)


def test_just_above_a_lower_target_is_a_ratio() -> None:
    assert rate(LOWER, x="5301").product
    assert rate(LOWER, x="5300").product is False


@pytest.mark.parametrize(
    ("actual", "expected"), [("49.99", "0"), ("50", "5"), ("50.01", "5"), ("100", "10")]
)
def test_below_the_floor_nothing_is_earned(actual: str, expected: str) -> None:
    text = "{method: proportional, actual: x, target: 100, floor: 50%}"
    assert score(text, x=actual) == Decimal(expected)


@pytest.mark.parametrize(
    ("actual", "expected"), [("89", "8.9"), ("90", "9"), ("91", "9"), ("200", "9")]
)
def test_no_more_than_the_cap(actual: str, expected: str) -> None:
    text = "{method: proportional, actual: x, target: 100, cap: 90%}"
    assert score(text, x=actual) == Decimal(expected)
    assert reach(plan(text)) == "0 to 0.9"


@pytest.mark.parametrize(
    ("actual", "expected"),
    [("100", "10"), ("130", "10"), ("131", "9.9"), ("180", "5"), ("230", "0"), ("500", "0")],
)
def test_far_beyond_the_target_points_are_lost(actual: str, expected: str) -> None:
    assert score(OVER, x=actual) == Decimal(expected)


@pytest.mark.parametrize(("actual", "notes"), [("130", 0), ("130.01", 1)])
def test_far_beyond_the_target_may_only_be_noted(actual: str, notes: int) -> None:
    text = "{method: proportional, actual: x, target: 100, over: {above: 130%, flag: true}}"
    found = rate(text, x=actual)
    assert found.numerator == found.denominator
    assert len(found.notes) == notes


@pytest.mark.parametrize(("word", "expected"), [("full", "10"), ("zero", "0")])
@pytest.mark.parametrize("better", ["higher", "lower"])
def test_a_zero_target_is_what_the_rule_says(word: str, expected: str, better: str) -> None:
    text = f"{{method: proportional, actual: x, target: y, zero_target: {word}, better: {better}}}"
    assert score(text, x="5", y="0") == Decimal(expected)
    assert score(text, x="0", y="0") == Decimal(expected)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"x": "5", "y": "0"}, "PRF535"),
        ({"x": "-1", "y": "5"}, "PRF560"),
        ({"x": "1", "y": "-5"}, "PRF560"),
        ({"x": "1"}, "PRF502"),
    ],
)
def test_what_cannot_be_rated(facts: dict[str, str], code: str) -> None:
    assert fault("{method: proportional, actual: x, target: y}", **facts).code == code


@pytest.mark.parametrize(
    ("facts", "zh", "en"),
    [
        ({"paid": "1585.4", "budget": "2000"}, "1585.4万元 ÷ 2000万元", "1585.4万元 ÷ 2000万元"),
        (
            {"paid": "2001", "budget": "2000"},
            "实际 2001万元 ≥ 目标 2000万元",
            "2001万元 ≥ target 2000万元",
        ),
    ],
)
def test_reason(facts: dict[str, str], zh: str, en: str) -> None:
    found = rate(MONEY, **facts)
    assert (found.because.zh, found.because.en) == (zh, en)
    assert found.product == ("÷" in zh)


def test_reason_below_the_floor() -> None:
    text = "{method: proportional, actual: x, target: 1000, floor: 50%}"
    assert rate(text, x="499").because.zh == "499 ÷ 1000 = 49.9%，低于 50%"


def test_reason_beyond_the_target() -> None:
    because = rate(OVER, x="180").because
    assert because.zh == "实际 180 为目标 100 的 180%，超过 130%，超出部分按 1 倍扣减"


def test_a_ratio_beside_percentages_is_shown_as_one() -> None:
    text = "{method: proportional, actual: x / y, target: 80%}"
    assert rate(text, x="3", y="10").because.zh == "30% ÷ 80%"


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("actual: words, target: 1", ["PRF350"]),
        ("actual: rate, target: 95", ["PRF342"]),
        ("actual: paid, target: 95", ["PRF343"]),
        ("actual: paid, target: x", ["PRF350"]),
        ("target: 1", ["PRF420"]),
        ("actual: x, target: 0", ["PRF447"]),
        ("actual: x, target: -1", ["PRF447"]),
        ("actual: x, target: 1, floor: 110%", ["PRF426"]),
        ("actual: x, target: 1, cap: 1.1", ["PRF342"]),
        ("actual: x, target: 1, cap: 110%", ["PRF426"]),
        ("actual: x, target: 1, floor: -1%", ["PRF427"]),
        ("actual: x, target: 1, over: {above: 130%}", ["PRF222"]),
        ("actual: x, target: 1, over: {above: 130%, slope: 1, flag: true}", ["PRF222"]),
        ("actual: x, target: 1, over: {above: 99%, slope: 1}", ["PRF449"]),
        ("actual: x, target: 1, over: {above: 130%, slope: -1}", ["PRF427"]),
        ("actual: x, target: 1, better: lower, over: {above: 130%, slope: 1}", ["PRF439"]),
        ("actual: x, target: 1, better: bigger", ["PRF205"]),
        ("actual: words, target: words, floor: 110%", ["PRF350", "PRF350", "PRF426"]),
    ],
)
def test_faults(keys: str, found: list[str]) -> None:
    assert codes(f"{{method: proportional, {keys}}}") == found


def test_over_100_percent_may_begin_at_the_target() -> None:
    text = "{method: proportional, actual: x, target: 100, over: {above: 100%, slope: 2}}"
    assert score(text, x="110") == 8


def test_a_zero_target_may_be_written_where_the_rule_says_what_it_means() -> None:
    assert codes("{method: proportional, actual: x, target: 0, zero_target: full}") == []


def test_reads_everything() -> None:
    text = (
        "{method: proportional, actual: x, target: y, floor: 10%, cap: 90%, "
        "over: {above: 130%, slope: 2}}"
    )
    assert [item.text for item in plan(text).reads] == ["x", "y", "10%", "90%", "130%", "2"]
