"""`formula`: an expression for the rate or for points; outside 0 to the whole is a fault."""

from decimal import Decimal

import pytest

from tests.lang.methods.fakes import codes, fault, plan, rate, reach, score

RATE = "{method: formula, rate: x}"
POINTS = "{method: formula, points: x}"


@pytest.mark.parametrize(("x", "expected"), [("0", "0"), ("0.5", "5"), ("1", "10")])
def test_a_rate(x: str, expected: str) -> None:
    assert score(RATE, x=x) == Decimal(expected)


@pytest.mark.parametrize(("x", "expected"), [("0", "0"), ("5.5", "5.5"), ("10", "10")])
def test_points(x: str, expected: str) -> None:
    assert score(POINTS, x=x) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "x"), [(RATE, "1.000001"), (RATE, "-0.000001"), (POINTS, "10.01"), (POINTS, "-0.01")]
)
def test_outside_is_a_fault_and_no_clamp(text: str, x: str) -> None:
    found = fault(text, x=x)
    assert found.code == "PRF542"
    assert found.args_by_name["text"] == "x"


def test_division_residue_is_absorbed() -> None:
    assert score("{method: formula, rate: x / 3 * 3}", x="1") == 10
    assert score("{method: formula, rate: x / 3 * 3 - x}", x="1") == 0


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            "{method: formula, rate: x / y}",
            "x / y（x = 3，y = 4） = 75%",
            "x / y (x = 3, y = 4) = 75%",
        ),
        ("{method: formula, points: x}", "x = 3分", "x = 3 points"),
        (
            "{method: formula, rate: 50% if ok else rate}",
            "50% if ok else rate（ok = 是，rate = 缺失） = 50%",
            "50% if ok else rate (ok = yes, rate = missing) = 50%",
        ),
    ],
)
def test_reason(text: str, zh: str, en: str) -> None:
    because = rate(text, x="3", y="4", ok=True).because
    assert (because.zh, because.en) == (zh, en)


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("rate: x, points: x", ["PRF222"]),
        ("{}", ["PRF222"]),
        ("rate: 110%", ["PRF426"]),
        ("rate: 95", ["PRF426"]),
        ("rate: -1", ["PRF427"]),
        ("points: 11", ["PRF426"]),
        ("points: -1", ["PRF427"]),
        ("points: rate", ["PRF350"]),
        ("rate: paid", ["PRF350"]),
        ("rate: nothing", ["PRF320"]),
    ],
)
def test_faults(keys: str, found: list[str]) -> None:
    text = "{method: formula}" if keys == "{}" else f"{{method: formula, {keys}}}"
    assert codes(text) == found


def test_reachable_and_reads() -> None:
    assert reach(plan(RATE)) == "0 to 1"
    assert [item.text for item in plan(POINTS).reads] == ["x"]
