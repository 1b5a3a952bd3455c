"""`met`: all or nothing, or a fallback in points or as a share."""

from decimal import Decimal

import pytest

from perfrules.lang.frame import Fault
from tests.lang.methods.fakes import at, codes, fault, plan, rate, reach, score, share


@pytest.mark.parametrize(("rate_given", "expected"), [("89.99%", 0), ("90%", 1), ("90.01%", 1)])
def test_collection_rate_of_sanitation_fees(rate_given: str, expected: int) -> None:
    # domain §9.2.10 [V2 S46]: 垃圾处理费征收率 ≥90% → 1 point, else 0
    assert score("{method: met, when: rate >= 90%}", "1", rate=rate_given) == expected


@pytest.mark.parametrize(
    ("otherwise", "expected"), [("40%", "4"), ("4", "4"), ("0", "0"), ("100%", "10"), ("10", "10")]
)
def test_a_percent_is_a_share_and_a_number_is_points(otherwise: str, expected: str) -> None:
    text = f"{{method: met, when: ok, otherwise: {otherwise}}}"
    assert score(text, ok=False) == Decimal(expected)
    assert score(text, ok=True) == 10


def test_comparison_is_snapped() -> None:
    assert score("{method: met, when: x / 3 * 3 >= 1}", x="1") == 10


def test_reason_holds_the_values() -> None:
    because = rate("{method: met, when: rate >= 90% and ok}", rate="89%", ok=True).because
    assert because.zh == "rate >= 90% and ok（rate = 89%，ok = 是），不成立"
    assert because.en == "rate >= 90% and ok (rate = 89%, ok = yes) doesn't hold"


def test_reason_of_a_fallback() -> None:
    because = rate("{method: met, when: ok, otherwise: 4}", ok=False).because
    assert because.zh == "ok，不成立，按4分计"
    assert because.en == "ok doesn't hold: worth 4 points"


def test_a_missing_value_is_named() -> None:
    found = fault("{method: met, when: rate >= 90%}")
    assert (found.code, found.args_by_name["name"]) == ("PRF502", "rate")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{method: met, when: rate}", ["PRF350"]),
        ("{method: met, when: ok, otherwise: 11}", ["PRF426"]),
        ("{method: met, when: ok, otherwise: 101%}", ["PRF426"]),
        ("{method: met, when: ok, otherwise: -1}", ["PRF427"]),
        ("{method: met, when: rate, otherwise: 11}", ["PRF350", "PRF426"]),
        ("{method: met, otherwise: 1}", ["PRF202"]),
    ],
)
def test_faults_are_told_at_once(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_points_that_vary_are_checked_when_rated() -> None:
    text = "{method: met, when: ok, otherwise: 5}"
    assert codes(text, points=None) == []
    made = plan(text, points=None)
    assert made.reachable() is None
    assert share(made.rate(at("10", ok=False))) == Decimal("0.5")
    with pytest.raises(Fault, match="PRF563"):
        made.rate(at("4", ok=False))


def test_reachable() -> None:
    assert reach(plan("{method: met, when: ok}")) == "0 to 1"
    assert reach(plan("{method: met, when: ok, otherwise: 4}")) == "0.4 to 1"
    assert [item.text for item in plan("{method: met, when: ok, otherwise: 4}").reads] == [
        "ok",
        "4",
    ]
