"""`deduct`: what steps and occurrences cost, down to 0."""

from decimal import Decimal

import pytest

from tests.lang.methods.fakes import codes, fault, plan, rate, reach, score

# domain §3.2 [V2 S18]: 在职人员控制率, 8 points: ≤100 % full; each percentage point above −0.5
STAFF = "{method: deduct, actual: x / y, side: above, from: 100%, per: 1%, lose: 0.5}"
# domain §3.2 [V2 S18]: 三公经费变动率, 8 points: ≤0 full; each point above −0.8
OFFICIAL = "{method: deduct, actual: (x - y) / y, side: above, from: 0%, per: 1%, lose: 0.8}"
# domain §3.2 [V2 S18, D]: 预算完成率, 8 points: each whole 5 % below 100 % −2
DONE = (
    "{method: deduct, actual: rate, side: below, from: 100%, per: 5%, lose: 2, whole_steps: true}"
)
# domain §13 [V2 S38]: −0.5 a place, −3 a cesspit
CLEAN = (
    "{method: deduct, kinds: [{title: 暴露垃圾, count: x, lose: 0.5, at_most: 4}, "
    "{title: {zh: 化粪池, en: cesspits}, count: y, lose: 30%}]}"
)


def test_golden_6_staff() -> None:
    # domain §14.6: 136/143 staff, weight 8 → 95.10 % → 8
    found = rate(STAFF, "8", x="136", y="143")
    assert score(STAFF, "8", x="136", y="143") == 8
    assert found.because.zh == "95.1049% 不高于 100%，不扣分"


def test_golden_7_official_expenses() -> None:
    # domain §14.7: 63.46 vs 32.00, weight 8, −0.8/pp → 98.31 % → 0
    assert score(OFFICIAL, "8", x="63.46", y="32.00") == 0
    because = rate(OFFICIAL, "8", x="63.46", y="32.00").because
    assert because.zh == "98.3125% 比 0% 高 98.3125%，每 1% 扣0.8分，共扣78.65分，扣完为止"


def test_golden_8_whole_steps_only() -> None:
    # domain §14.8: 99.27 %, weight 8, −2 per 5 % → 8
    text = DONE.replace("rate", "x / y")
    budget = Decimal("19.8") + Decimal("1922.76") + Decimal("767.86")
    assert score(text, "8", x=budget - Decimal("19.8"), y=budget) == 8
    because = rate(text, "8", x=budget - Decimal("19.8"), y=budget).because
    assert because.zh == "99.2695% 低于 100% 0.7305%，不足 5%，不扣分"


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("101%", "8"), ("100%", "8"), ("95.01%", "8"), ("95%", "6"), ("94.99%", "6"),
        ("90.01%", "6"), ("90%", "4"), ("80%", "0"), ("79.99%", "0"), ("0%", "0"),
    ],
)  # fmt: skip
def test_whole_steps(actual: str, expected: str) -> None:
    assert score(DONE, "8", rate=actual) == Decimal(expected)


@pytest.mark.parametrize(
    ("actual", "expected"),
    [("99", "8"), ("100", "8"), ("100.5", "7.75"), ("101", "7.5"), ("116", "0"), ("117", "0")],
)
def test_parts_of_a_step(actual: str, expected: str) -> None:
    assert score(STAFF, "8", x=actual, y="100") == Decimal(expected)


@pytest.mark.parametrize(
    ("x", "y", "expected"),
    [
        ("0", "0", "10"), ("1", "0", "9.5"), ("8", "0", "6"), ("9", "0", "6"), ("0", "1", "7"),
        ("8", "2", "0"), ("8", "1", "3"), ("0", "4", "0"),
    ],
)  # fmt: skip
def test_kinds_of_occurrences(x: str, y: str, expected: str) -> None:
    assert score(CLEAN, x=x, y=y) == Decimal(expected)


@pytest.mark.parametrize(
    ("x", "y", "zh", "en"),
    [
        (
            "2", "1", "暴露垃圾 2 × 0.5分 + 化粪池 1 × 30%，共扣4分",
            "暴露垃圾 2 × 0.5 points + cesspits 1 × 30%: 4 points off",
        ),
        (
            "9", "0", "暴露垃圾 9 × 0.5分，最多扣4分 + 化粪池 0 × 30%，共扣4分",
            "暴露垃圾 9 × 0.5 points, at most 4 points + cesspits 0 × 30%: 4 points off",
        ),
    ],
)  # fmt: skip
def test_reason_of_occurrences(x: str, y: str, zh: str, en: str) -> None:
    because = rate(CLEAN, x=x, y=y).because
    assert (because.zh, because.en) == (zh, en)


@pytest.mark.parametrize(("x", "expected"), [("2", "8"), ("3", "7"), ("4", "7"), ("100", "7")])
def test_no_more_is_lost_than_at_most(x: str, expected: str) -> None:
    text = "{method: deduct, kinds: [{count: x, lose: 1}], at_most: 3}"
    assert score(text, x=x) == Decimal(expected)
    assert reach(plan(text)) == "0.7 to 1"


def test_reason_of_whole_steps() -> None:
    because = rate(DONE, "8", rate="89%").because
    assert because.zh == "89% 低于 100% 11%，满 5% 扣2分，计2次，共扣4分"
    assert because.en == (
        "89% is 11% below 100%; 2 points off for each whole 5%, 2 in all: 4 points off"
    )


def test_steps_are_counted_on_snapped_values() -> None:
    text = (
        "{method: deduct, actual: x / 3 * 3, side: above, from: 0, per: 1, lose: 1, "
        "whole_steps: true}"
    )
    assert score(text, x="1") == 9


def deduct(keys: str) -> str:
    return f"{{method: deduct, {keys}}}"


STEP = "actual: rate, side: above, from: 100%, per: 1%, lose: 1"


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        (STEP.replace("per: 1%", "per: 0%"), ["PRF437"]),
        (STEP.replace("per: 1%", "per: -1%"), ["PRF437"]),
        (STEP.replace("per: 1%", "per: 5"), ["PRF342"]),
        (STEP.replace("from: 100%", "from: 100"), ["PRF342"]),
        (STEP.replace("lose: 1", "lose: 11"), ["PRF426"]),
        (STEP.replace("lose: 1", "lose: -1"), ["PRF427"]),
        (STEP.replace("lose: 1", "lose: 110%"), ["PRF426"]),
        (STEP + ", at_most: 11", ["PRF426"]),
        (STEP.replace("side: above", "side: over"), ["PRF205"]),
        (STEP.replace("side: above, ", ""), ["PRF202"]),
        ("actual: rate, lose: 1", ["PRF202", "PRF202", "PRF202"]),
        ("actual: rate", ["PRF222"]),
        (STEP + ", kinds: [{count: x, lose: 1}]", ["PRF222"]),
        ("kinds: [{count: x, lose: 1}], whole_steps: true", ["PRF222"]),
        ("kinds: [{count: rate, lose: 1}]", ["PRF350"]),
        ("kinds: [{count: x, lose: 11}]", ["PRF426"]),
        ("kinds: [{count: x, lose: 1, at_most: -1}]", ["PRF427"]),
        ("kinds: [{lose: 1}]", ["PRF202"]),
        ("kinds: []", ["PRF213"]),
        (STEP.replace("actual: rate, ", ""), ["PRF420"]),
    ],
)
def test_faults(keys: str, found: list[str]) -> None:
    assert codes(deduct(keys)) == found


def test_a_count_below_zero_is_a_fault_of_the_unit() -> None:
    assert fault(CLEAN, x="-1", y="0").code == "PRF560"


def test_a_step_computed_as_zero_is_a_fault_of_the_unit() -> None:
    text = deduct("actual: x, side: above, from: 0, per: y, lose: 1")
    assert score(text, x="3", y="1") == 7
    assert fault(text, x="3", y="0").code == "PRF569"


def test_money_in_steps() -> None:
    text = deduct("actual: paid, side: above, from: budget, per: 10万元, lose: 1")
    assert score(text, paid="125", budget="100") == Decimal("7.5")
    because = rate(text, paid="125", budget="100").because
    assert because.zh == "125万元 比 100万元 高 25万元，每 10万元 扣1分，共扣2.5分"


def test_reachable_and_reads() -> None:
    assert reach(plan(STAFF, "8")) == "0 to 1"
    assert [item.text for item in plan(STAFF, "8").reads] == ["x / y", "100%", "1%", "0.5"]
    assert [item.text for item in plan(CLEAN).reads] == ["x", "0.5", "4", "y", "30%"]
