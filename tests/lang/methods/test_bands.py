"""`bands`: the first band whose bound is reached, from the highest to `else`."""

from decimal import Decimal

import pytest

from tests.lang.methods.fakes import at, checked, codes, earned, fault, plan, rate, reach, score

# domain §3.2 [V2 S18]: 预算控制率 =0 → 8; (0,10%] → 6; (10,20%] → 4; (20,30%] → 2; >30% → 0
CONTROL = """\
method: bands
actual: x / y
bands:
  - {above: 30%, points: 0}
  - {above: 20%, points: 2}
  - {above: 10%, points: 4}
  - {above: 0%, points: 6}
  - {else: 8}
"""
# domain §2 [B]: execution 10 / 7 / 5 / 0
EXECUTION = (
    "{method: bands, actual: rate, bands: [{at_least: 90%, points: 10}, "
    "{at_least: 80%, points: 7}, {at_least: 60%, share: 50%}, {else: 0}]}"
)
# domain §13 [V2 S61]: 9–8, 7–6 …
WITHIN = (
    "{method: bands, actual: x, within: linear, bands: [{at_least: 90, points: 10}, "
    "{at_least: 80, points: [9, 8]}, {at_least: 60, points: [7, 6]}, {else: 0}]}"
)


def test_golden_9_budget_control_rate() -> None:
    # domain §14.9: 767.86/1922.76, tiers 8/6/4/2/0 → 39.94 % → 0 [V2 S18 formula]
    assert score(CONTROL, "8", x="767.86", y="1922.76") == 0
    because = rate(CONTROL, "8", x="767.86", y="1922.76").because
    assert because.zh == "39.9353% 高于 30%"
    assert because.en == "39.9353% is above 30%"


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("-1", 8), ("0", 8), ("0.01", 6), ("10", 6), ("10.01", 4), ("20", 4), ("20.01", 2),
        ("30", 2), ("30.01", 0), ("1000", 0),
    ],
)  # fmt: skip
def test_above_excludes_its_bound(actual: str, expected: int) -> None:
    assert score(CONTROL, "8", x=actual, y="100") == expected


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("90.01%", 10),
        ("90%", 10),
        ("89.99%", 7),
        ("80%", 7),
        ("79.99%", 5),
        ("60%", 5),
        ("59.99%", 0),
    ],
)
def test_at_least_includes_its_bound(actual: str, expected: int) -> None:
    assert score(EXECUTION, rate=actual) == expected


def test_a_bound_is_compared_snapped() -> None:
    text = "{method: bands, actual: x / 3 * 3, bands: [{at_least: 1, points: 10}, {else: 0}]}"
    assert score(text, x="1") == 10


def test_above_and_exactly_at_one_value_are_two_bands() -> None:
    text = (
        "{method: bands, actual: x, bands: [{above: 5, points: 10}, {at_least: 5, points: 4}, "
        "{else: 0}]}"
    )
    assert [score(text, x=x) for x in ("5.1", "5", "4.9")] == [10, 4, 0]


def test_points_need_not_be_monotone() -> None:
    text = (
        "{method: bands, actual: x, bands: [{above: 110, points: 2}, {at_least: 90, points: 10}, "
        "{else: 4}]}"
    )
    assert [score(text, x=x) for x in ("111", "110", "90", "89")] == [2, 10, 10, 4]


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        ("100", "10"), ("90", "10"), ("89.9", "8.99"), ("85", "8.5"), ("80", "8"),
        ("79.9", "7.00"), ("79.8", "6.99"), ("70", "6.5"), ("60", "6"), ("59.9", "0"),
    ],
)  # fmt: skip
def test_within_a_band_on_a_line(actual: str, expected: str) -> None:
    assert score(WITHIN, x=actual) == Decimal(expected)


def test_reason_within_a_band() -> None:
    because = rate(WITHIN, x="85").because
    assert because.zh == "85 达到 80、低于 90，在 8分 至 9分 之间按线性计"
    assert because.en == "85 is at least 80 and below 90: on the line from 8 points to 9 points"


@pytest.mark.parametrize(
    ("actual", "zh"),
    [("95%", "95% 达到 90%"), ("85%", "85% 达到 80%、低于 90%"), ("39.94%", "39.94% 低于 60%")],
)
def test_reason(actual: str, zh: str) -> None:
    assert rate(EXECUTION, rate=actual).because.zh == zh


def test_reason_where_the_bound_above_is_not_included() -> None:
    assert rate(CONTROL, "8", x="8", y="100").because.zh == "8% 高于 0%、不高于 10%"


def bands(rows: str, more: str = "", actual: str = "x") -> str:
    return f"{{method: bands, actual: {actual}, {more}bands: [{rows}]}}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (bands("{at_least: 1, points: 1}, {at_least: 2, points: 2}, {else: 0}"), ["PRF422"]),
        (bands("{at_least: 1, points: 1}, {at_least: 1, points: 2}, {else: 0}"), ["PRF423"]),
        (bands("{above: 1, points: 1}, {above: 1.0, points: 2}, {else: 0}"), ["PRF423"]),
        (bands("{at_least: 1, points: 1}, {above: 1, points: 2}, {else: 0}"), ["PRF423"]),
        (bands("{at_least: 1, points: 1}"), ["PRF424"]),
        (bands("{else: 1}, {at_least: 1, points: 1}"), ["PRF425"]),
        (bands("{at_least: 1, points: 1}, {else: 1}, {else: 0}"), ["PRF425"]),
        (bands("{at_least: 1, points: 11}, {else: 0}"), ["PRF426"]),
        (bands("{at_least: 1, share: 101%}, {else: 0}"), ["PRF426"]),
        (bands("{at_least: 1, points: 1}, {else: 11}"), ["PRF426"]),
        (bands("{at_least: 1, points: -1}, {else: 0}"), ["PRF427"]),
        (bands("{at_least: 1, points: 40%}, {else: 0}"), ["PRF350"]),
        (bands("{at_least: 1, share: 40}, {else: 0}"), ["PRF342"]),
        (bands("{at_least: 1, points: [2, 1]}, {else: 0}"), ["PRF448"]),
        (bands("{at_least: 1, points: [2, 1]}, {else: 0}", "within: linear, "), ["PRF448"]),
        (bands("{at_least: 1, points: [2]}, {else: 0}"), ["PRF445"]),
        (bands("{at_least: 1, above: 1, points: 1}, {else: 0}"), ["PRF222"]),
        (bands("{at_least: 1}, {else: 0}"), ["PRF222"]),
        (bands("{at_least: 1, points: 1, share: 10%}, {else: 0}"), ["PRF222"]),
        (bands("{points: 1}, {else: 0}"), ["PRF222"]),
        (bands("{at_least: 1, points: 1}, {else: 0, points: 0}"), ["PRF222"]),
        (bands("{at_least: 1, points: 1}, {else: 0}", "within: lines, "), ["PRF205"]),
        (bands("{at_least: 101%, points: 1}, {else: 0}", actual="bounded"), ["PRF438"]),
        (bands("{above: 100%, points: 1}, {else: 0}", actual="bounded"), ["PRF438"]),
        (bands("{at_least: 95, points: 1}, {else: 0}", actual="rate"), ["PRF342"]),
        (bands("{at_least: 2亿元, points: 1}, {else: 0}", actual="paid"), ["PRF438"]),
        ("{method: bands, bands: [{at_least: 1, points: 1}, {else: 0}]}", ["PRF420"]),
        (
            bands("{at_least: ok, points: 11}, {at_least: 1, points: 1}"),
            ["PRF424", "PRF350", "PRF426"],
        ),
    ],
)
def test_faults(text: str, found: list[str]) -> None:
    assert codes(text) == found


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ("{at_least: 1, points: 1}, {at_least: 2, points: 2}, {else: 0}", ("bands", 1, "at_least")),
        ("{at_least: 1, points: 11}, {else: 0}", ("bands", 0, "points")),
        ("{at_least: 1, points: 1}", ("bands", 0)),
    ],
)
def test_a_fault_is_at_its_place(rows: str, place: tuple[str | int, ...]) -> None:
    assert checked(bands(rows))[1].faults[0][1] == place


def test_the_largest_value_may_be_a_bound() -> None:
    assert codes(bands("{at_least: 100%, points: 1}, {else: 0}", actual="bounded")) == []


def test_the_sentence_names_the_limit_as_it_is_written() -> None:
    found = checked(bands("{at_least: 2亿元, points: 1}, {else: 0}", actual="paid"))[1]
    assert found.args[0] == {"value": "2亿元", "name": "paid", "other": "10000万元"}


def test_computed_bounds_are_looked_at_for_each_unit() -> None:
    text = bands("{at_least: y, points: 10}, {at_least: 5, points: 5}, {else: 0}")
    made = plan(text)
    assert earned(made.rate(at(x="7", y="6"))) == 10
    assert earned(made.rate(at(x="5.5", y="6"))) == 5
    assert fault(text, x="7", y="4").code == "PRF568"
    assert fault(text, x="7", y="5").code == "PRF568"


def test_reachable_and_reads() -> None:
    assert reach(plan(EXECUTION)) == "0 to 1"
    assert reach(plan(CONTROL, "8")) == "0 to 1"
    made = plan(bands("{at_least: 1, points: 5}, {else: 2}"))
    assert reach(made) == "0.2 to 0.5"
    assert [item.text for item in made.reads] == ["x", "1", "5", "2"]
    assert plan(bands("{at_least: 1, points: x}, {else: 2}")).reachable() is None
