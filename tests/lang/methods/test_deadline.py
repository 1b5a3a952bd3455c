"""`deadline`: full points by the due day, less for each n days after it."""

from decimal import Decimal

import pytest

from tests.lang.methods.fakes import codes, fault, plan, rate, reach, score

# domain §9.1.3 [V S49]: 任务完成时间 2023-12-31, each 10 days late −1
STEPS = (
    '{method: deadline, actual: done, due: date("2023-12-31"), per: 10, lose: 1, whole_steps: true}'
)
PARTS = "{method: deadline, actual: done, due: due, grace: 5天, per: 10天, lose: 10%, at_most: 50%}"
HARD = "{method: deadline, actual: done, due: due}"


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ("2023-12-30", 10), ("2023-12-31", 10), ("2024-01-01", 10), ("2024-01-09", 10),
        ("2024-01-10", 9), ("2024-01-19", 9), ("2024-01-20", 8), ("2024-12-31", 0),
    ],
)  # fmt: skip
def test_each_whole_ten_days(done: str, expected: int) -> None:
    assert score(STEPS, done=done) == expected


@pytest.mark.parametrize(
    ("done", "expected"),
    [("2022-01-06", "10"), ("2022-01-07", "9.9"), ("2022-01-16", "9"), ("2022-02-25", "5"),
     ("2022-02-26", "5"), ("2023-01-01", "5")],
)  # fmt: skip
def test_grace_moves_the_day_and_at_most_ends_it(done: str, expected: str) -> None:
    assert score(PARTS, done=done, due="2022-01-01") == Decimal(expected)


@pytest.mark.parametrize(("done", "expected"), [("2022-01-01", 10), ("2022-01-02", 0)])
def test_without_steps_a_late_day_earns_nothing(done: str, expected: int) -> None:
    assert score(HARD, done=done, due="2022-01-01") == expected


@pytest.mark.parametrize(
    ("text", "done", "zh", "en"),
    [
        (
            HARD, "2022-01-01",
            "2022-01-01 不晚于期限 2022-01-01", "2022-01-01 is no later than 2022-01-01",
        ),
        (
            HARD, "2022-01-04",
            "2022-01-04 晚于期限 2022-01-01 3天", "2022-01-04 is 3 days after 2022-01-01",
        ),
        (
            PARTS, "2022-01-11",
            "2022-01-11 晚于期限 2022-01-01（宽限 5天） 5天，每10天扣10%，共扣0.5分",
            (
                "2022-01-11 is 5 days after 2022-01-01 (and 5 days of grace); "
                "10% off for each 10 days: 0.5 points off"
            ),
        ),
    ],
)  # fmt: skip
def test_reason(text: str, done: str, zh: str, en: str) -> None:
    because = rate(text, done=done, due="2022-01-01").because
    assert (because.zh, because.en) == (zh, en)


def test_reason_of_whole_steps() -> None:
    assert rate(STEPS, done="2024-01-25").because.zh == (
        "2024-01-25 晚于期限 2023-12-31 25天，每满10天扣1分，计2次，共扣2分"
    )


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ("actual: done, due: due, per: 0, lose: 1", ["PRF437"]),
        ("actual: done, due: due, per: 10, lose: 11", ["PRF426"]),
        ("actual: done, due: due, per: 10, lose: 1, at_most: 11", ["PRF426"]),
        ("actual: done, due: due, per: 10", ["PRF202"]),
        ("actual: done, due: due, lose: 1", ["PRF202"]),
        ("actual: done, due: due, whole_steps: true", ["PRF202"]),
        ("actual: done, due: due, grace: -1", ["PRF427"]),
        ("actual: done, due: x", ["PRF350"]),
        ("actual: x, due: due", ["PRF350"]),
        ("actual: done, due: due, per: rate, lose: 1", ["PRF350"]),
        ("actual: done", ["PRF202"]),
        ("due: due", ["PRF420"]),
    ],
)
def test_faults(keys: str, found: list[str]) -> None:
    assert codes(f"{{method: deadline, {keys}}}") == found


def test_what_is_computed_below_zero_is_a_fault_of_the_unit() -> None:
    grace = "{method: deadline, actual: done, due: due, grace: x, per: y, lose: 1}"
    late = {"done": "2022-01-11", "due": "2022-01-01"}
    assert score(grace, x="0", y="10", **late) == 9
    assert fault(grace, x="-1", y="10", **late).code == "PRF560"
    assert fault(grace, x="0", y="0", **late).code == "PRF569"


def test_reachable_and_reads() -> None:
    assert reach(plan(HARD)) == "0 to 1"
    assert reach(plan(PARTS)) == "0.5 to 1"
    assert [item.text for item in plan(PARTS).reads] == [
        "done", "due", "5天", "10天", "10%", "50%",
    ]  # fmt: skip
    assert [item.text for item in plan(HARD).reads] == ["done", "due"]
