"""The strata: an expression sees what is known before it, and is told when the rest comes."""

import pytest

from tests.small import codes, faults

BODY = """
inputs: {{n: {{type: number}}}}
derive: {{x: {derive}}}
indicators:
  - {{id: quality, points: 100, score: {{method: met, when: {leaf}}}}}
adjustments: [{{id: bonus, range: [0, 5], score: {bonus}}}]
gates: [{{id: g, when: {gate}, then: {{cap_total: 59}}}}]
decisions: {{rules: [{{id: d, when: {decision}, do: {{code: c}}}}]}}
report: {{x: x, r: {report}}}
"""
PLAIN = {
    "derive": "n + 1",
    "leaf": "n > 1",
    "bonus": "1",
    "gate": "n > 1",
    "decision": "n > 1",
    "report": "n",
}


@pytest.mark.parametrize(
    ("place", "expr"),
    [
        ("leaf", "x > n"),
        ("bonus", "5 * rate.quality"),
        ("bonus", '1 if state.quality == "scored" else 0'),
        ("gate", "total < 60"),
        ("gate", "complete < 50%"),
        ("gate", "score.quality < 10"),
        ("decision", 'grade == "优"'),
        ("decision", "gate.g and total < 60"),
        ("decision", "any(l.rate < 60% for l in leaves(quality))"),
        ("report", "points.quality"),
    ],
)
def test_what_is_known(place: str, expr: str) -> None:
    assert codes(BODY.format(**{**PLAIN, place: f"'{expr}'"})) == []


@pytest.mark.parametrize(
    ("place", "expr", "reason", "there"),
    [
        ("derive", "total + n", "the total is known after the indicators", "gates"),
        ("derive", "rate.quality + n", "rates are known after", "gates"),
        ("leaf", "x > n and complete > 50%", "complete is known after", "gates"),
        ("leaf", "x > n and gate.g", "gates are decided after", "decisions"),
        ("bonus", "total", "the total is known after", "gates"),
        ("gate", 'grade == "优"', "the grade is known after", "decisions"),
        ("gate", "gate.g", "gates are decided after", "decisions"),
    ],
)
def test_what_comes_later(place: str, expr: str, reason: str, there: str) -> None:
    """The hint names places where it is known: nobody is sent from one gate to another."""
    found = faults(BODY.format(**{**PLAIN, place: f"'{expr}'"}))
    assert [item.code for item in found] == ["PRF321"]
    assert reason in found[0].message.en
    assert found[0].hint.en.startswith(f"move this to {there}")
    assert found[0].hint.zh.startswith(f"把这一条写到 {there}")


def test_without_a_total_there_is_none_to_ask_for() -> None:
    body = (
        "inputs: {n: {type: number}}\ndecisions: {rules: [{id: d, when: total > n, do: {code: c}}]}"
    )
    assert codes(body) == ["PRF320"]


def test_without_grades_there_is_none_to_ask_for() -> None:
    body = "inputs: {n: {type: number}}\nreport:\n  g: grade\n  n: n"
    assert codes(body) == ["PRF320"]
