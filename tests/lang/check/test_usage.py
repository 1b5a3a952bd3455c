"""What nothing reads, and which inputs a unit can do without."""

from decimal import Decimal

import pytest

from perfrules.errors import FactsError
from tests.small import codes, plan, score


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("inputs: {n: {type: number}}\nreport: {n: n}", []),
        ("inputs: {n: {type: number}, m: {type: number}}\nreport: {n: n}", ["PRF481"]),
        ("parameters: {p: {value: 1}}\ninputs: {n: {type: number}}\nreport: {n: n}", ["PRF482"]),
        ("inputs: {n: {type: number}}\nderive: {d: n}\nreport: {n: n}", ["PRF483"]),
        ("inputs: {n: {type: number}}\nderive: {d: n, e: d}\nreport: {e: e}", []),
        ("inputs: {n: {type: number, optional: true}}\nreport: {n: known(n)}", []),
        (
            """
            inputs: {t: {type: table, columns: {a: {type: number}}}}
            report:
              s: sum(r.a for r in t)
            """,
            [],
        ),
        ("inputs: {}\nderive:\n  d: {of: [x], choose: first, rows: [{else: x}]}", ["PRF483"]),
    ],
)
def test_unused(body: str, found: list[str]) -> None:
    assert codes(body) == found


def test_nothing_is_called_unused_while_there_are_faults() -> None:
    assert codes("inputs: {n: {type: number}}\nreport: {n: m}") == ["PRF320"]


def needed(leaf: str, rest: str = "") -> bool:
    found = plan(f"""
    inputs: {{n: {{type: number}}, ok: {{type: flag}}}}
    derive: {{twice: n * 2}}
    indicators:
      - {{id: a, points: 60, {leaf}}}
      - {{id: b, points: 40, score: {{method: met, when: ok}}}}
    {rest}
    """)
    return next(item for item in found.inputs if item.id == "n").required


READS = "score: {method: met, when: n > 1}"
BEHIND = "score: {method: met, when: twice > 1}"


@pytest.mark.parametrize(
    ("leaf", "rest", "required"),
    [
        (READS, "", True),
        (f"missing: zero, {READS}", "", False),
        (f"missing: not_applicable, {BEHIND}", "", False),
        (f"applies_when: ok, {READS}", "", False),
        (f"applies_when: n > 1, {READS}", "", True),
        (f"missing: zero, {READS}", "gates: [{id: g, when: n > 9, then: {grade: 差}}]", True),
        (f"missing: zero, {READS}", "report: {n: n}", False),
        (f"missing: zero, {READS}, finding: {{when: n < 1, problem: 少}}", "", False),
    ],
)
def test_what_a_unit_can_do_without(leaf: str, rest: str, *, required: bool) -> None:
    assert needed(leaf, rest) is required


WAIVABLE = """
    inputs:
      done: {type: number, min: 0}
      liked: {type: percent}
    indicators:
      - {id: work, points: 60, score: {method: proportional, actual: done, target: 10}}
      - id: people
        points: 40
        indicators:
          - {id: opinion, points: 40, score: {method: met, when: liked >= 90%}}
"""


def test_a_waived_indicator_needs_no_input() -> None:
    # 60 × 5 ÷ 10 = 30 of 60 assessed points; the other 40 are left out, so 100 × 30 ÷ 60 = 50.
    for waived in ("opinion", "people"):
        result = score(WAIVABLE, done="5", waive={waived: {"reason": "问卷未开展"}})
        assert result.total == Decimal(50)
        assert result.line(waived).state.value == "waived"


def test_without_a_waiver_the_input_is_missed() -> None:
    with pytest.raises(FactsError) as caught:
        score(WAIVABLE, done="5")
    assert [item.code for item in caught.value.diagnostics] == ["PRF502"]


def test_an_expired_waiver_misses_the_input_when_scored() -> None:
    waive = {"opinion": {"reason": "问卷未开展", "expires": "2022-12-31"}}
    with pytest.raises(FactsError) as caught:
        score(WAIVABLE, done="5", waive=waive, as_of="2022-12-31")
    assert [item.code for item in caught.value.diagnostics] == ["PRF502"]


def test_an_input_that_a_gate_reads_is_needed_all_the_same() -> None:
    body = WAIVABLE + "    gates: [{id: low, when: liked < 10%, then: {grade: 差}}]\n"
    with pytest.raises(FactsError):
        score(body, done="5", waive={"opinion": {"reason": "问卷未开展"}})
