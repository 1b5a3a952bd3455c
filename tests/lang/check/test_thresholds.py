"""Thresholds nobody can reach, or everybody."""

import pytest

from tests.small import codes, faults

BODY = """
inputs:
  n: {{type: number, min: 10, max: 100}}
  p: {{type: percent, min: 0%, max: 100%}}
  m: {{type: money, unit: 万元, min: 0, max: 50}}
  c: {{type: count, optional: true}}
  free: {{type: number, optional: true}}
indicators:
  - {{id: quality, points: 20, {policy}score: {{method: met, when: p > 50% and m > 1万元}}}}
  - {{id: rest, points: 80, score: {{method: met, when: n > 50}}}}
report:
  both: known(c) and known(free)
  x: {expr}
"""


@pytest.mark.parametrize(
    ("expr", "found"),
    [
        ("n >= 100", []),
        ("n > 100", ["PRF490"]),
        ("n >= 100.01", ["PRF490"]),
        ("n < 10", ["PRF490"]),
        ("n <= 10", []),
        ("n == 9", ["PRF490"]),
        ("850 <= n", ["PRF490"]),
        ("n >= 10", ["PRF491"]),
        ("n <= 100", ["PRF491"]),
        ("n < 100", []),
        ("p > 100%", ["PRF490"]),
        ("p >= 0%", []),
        ("m > 51万元", ["PRF490"]),
        ("m > 500001元", ["PRF490"]),
        ("c < 0", ["PRF490"]),
        ("free < 0", []),
        ("rate.quality > 100%", ["PRF490"]),
        ("score.quality >= 20", []),
        ("score.quality > 20", ["PRF490"]),
        ("total > 100", ["PRF490"]),
        ("complete >= 100%", []),
        ("10 < n < 200", []),
    ],
)
def test_one_comparison(expr: str, found: list[str]) -> None:
    assert codes(BODY.format(expr=expr, policy="")) == found


def test_points_that_move_have_no_upper_bound() -> None:
    policy = "applies_when: n > 20, not_applicable: redistribute, "
    assert codes(BODY.format(expr="score.rest > 90", policy="")) == ["PRF490"]
    assert codes(BODY.format(expr="score.rest > 90", policy=policy)) == []


@pytest.mark.parametrize(
    ("expr", "words"),
    [
        ("n > 850", "10 to 100"),
        ("p > 100%", "0% to 100%"),
        ("m > 51万元", "0万元 to 50万元"),
        ("c < 0", "0 or more"),
    ],
)
def test_the_range_is_told_in_its_unit(expr: str, words: str) -> None:
    found = faults(BODY.format(expr=expr, policy=""))[0]
    assert found.message.en == f'"{expr}" can never be true: the value is {words}'


def test_other_faults_do_not_hide_it() -> None:
    assert codes(BODY.format(expr="n > 850 and oops > 1", policy="")) == ["PRF320"]
    assert codes(BODY.format(expr="n > 850\n  y: oops", policy="")) == ["PRF490", "PRF320"]


def test_the_place_is_the_comparison() -> None:
    span = faults(BODY.format(expr="p > 50% and n > 850", policy=""))[0].span
    assert span is not None
    assert (span.line, span.column, span.end_column) == (16, 18, 25)
