"""`linear`: a line between no points and full points, either way, or beside an interval."""

from decimal import Decimal

import pytest

from tests.lang.methods.fakes import codes, fault, plan, rate, reach, score

RISING = "{method: linear, actual: x, zero_at: 50, full_at: 90}"
FALLING = "{method: linear, actual: x, zero_at: 30, full_at: 10}"
BETWEEN = "{method: linear, actual: x, between: [95, 105], zero_at: [80, 120]}"


@pytest.mark.parametrize(
    ("text", "actual", "expected"),
    [
        (RISING, "49", "0"),
        (RISING, "50", "0"),
        (RISING, "50.4", "0.1"),
        (RISING, "70", "5"),
        (RISING, "89.6", "9.9"),
        (RISING, "90", "10"),
        (RISING, "91", "10"),
        (FALLING, "31", "0"),
        (FALLING, "30", "0"),
        (FALLING, "25", "2.5"),
        (FALLING, "10", "10"),
        (FALLING, "9", "10"),
        (FALLING, "-5", "10"),
        (BETWEEN, "79", "0"),
        (BETWEEN, "80", "0"),
        (BETWEEN, "87.5", "5"),
        (BETWEEN, "94.5", "9.67"),
        (BETWEEN, "95", "10"),
        (BETWEEN, "100", "10"),
        (BETWEEN, "105", "10"),
        (BETWEEN, "112.5", "5"),
        (BETWEEN, "120", "0"),
        (BETWEEN, "121", "0"),
    ],
)
def test_on_the_line_and_at_its_ends(text: str, actual: str, expected: str) -> None:
    assert score(text, x=actual) == Decimal(expected)


def test_an_interval_may_be_one_value() -> None:
    text = "{method: linear, actual: x, between: [100, 100], zero_at: [80, 120]}"
    assert [score(text, x=x) for x in ("90", "100", "110")] == [5, 10, 5]


@pytest.mark.parametrize(
    ("text", "actual", "zh", "en"),
    [
        (RISING, "70", "(70 - 50) ÷ (90 - 50)", "(70 - 50) ÷ (90 - 50)"),
        (FALLING, "25", "(30 - 25) ÷ (30 - 10)", "(30 - 25) ÷ (30 - 10)"),
        (RISING, "40", "40 ≤ 零分点 50", "40 ≤ 50, where nothing is earned"),
        (FALLING, "40", "40 ≥ 零分点 30", "40 ≥ 30, where nothing is earned"),
        (RISING, "95", "95 ≥ 满分点 90", "95 ≥ 90, where all is earned"),
        (BETWEEN, "100", "100 在 95 至 105 之内", "100 is within 95 to 105"),
        (BETWEEN, "110", "(120 - 110) ÷ (120 - 105)", "(120 - 110) ÷ (120 - 105)"),
    ],
)
def test_reason(text: str, actual: str, zh: str, en: str) -> None:
    found = rate(text, x=actual)
    assert (found.because.zh, found.because.en) == (zh, en)
    assert found.product == ("÷" in zh)


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("actual: x, zero_at: 50, full_at: 50", ["PRF435"]),
        ("actual: x, zero_at: 50", ["PRF222"]),
        ("actual: x, zero_at: 50, full_at: 90, between: [1, 2]", ["PRF222"]),
        ("actual: x, zero_at: [50, 60], full_at: 90", ["PRF446"]),
        ("actual: x, zero_at: 50, between: [60, 70]", ["PRF446"]),
        ("actual: x, zero_at: [50, 60, 70], between: [60, 70]", ["PRF445"]),
        ("actual: x, zero_at: [50, 90], between: [70, 60]", ["PRF436"]),
        ("actual: x, zero_at: [60, 90], between: [60, 70]", ["PRF436"]),
        ("actual: x, zero_at: [50, 70], between: [60, 70]", ["PRF436"]),
        ("actual: bounded, zero_at: 50%, full_at: 101%", ["PRF438"]),
        ("actual: bounded, zero_at: 50%, full_at: -1%", ["PRF438"]),
        ("actual: rate, zero_at: 0, full_at: 95", ["PRF342"]),
        ("zero_at: 0, full_at: 1", ["PRF420"]),
    ],
)
def test_faults(keys: str, found: list[str]) -> None:
    assert codes(f"{{method: linear, {keys}}}") == found


@pytest.mark.parametrize(
    "keys", ["zero_at: 50%, full_at: 100%", "zero_at: 50%, full_at: 0%", "zero_at: 1, full_at: 0"]
)
def test_ends_at_the_inputs_bounds_are_fine(keys: str) -> None:
    assert codes(f"{{method: linear, actual: bounded, {keys}}}") == []


def test_ends_computed_alike_are_a_fault_of_the_unit() -> None:
    text = "{method: linear, actual: x, zero_at: y, full_at: y * 2}"
    assert score(text, x="3", y="2") == 5
    assert fault(text, x="3", y="0").code == "PRF568"


def test_an_interval_computed_out_of_order_is_a_fault_of_the_unit() -> None:
    text = "{method: linear, actual: x, zero_at: [0, 10], between: [y, 5]}"
    assert score(text, x="2", y="4") == 5
    assert fault(text, x="2", y="6").code == "PRF568"


def test_reachable_and_reads() -> None:
    made = plan(BETWEEN)
    assert reach(made) == "0 to 1"
    assert [item.text for item in made.reads] == ["x", "80", "95", "120", "105"]
