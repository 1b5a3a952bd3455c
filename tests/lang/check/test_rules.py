"""Grades, adjustments, gates, decisions, findings and the report."""

import pytest

from perfrules.lang.tree import Expr
from tests.small import codes, faults, plan

LEAF = """
inputs: {ok: {type: flag}, n: {type: number}}
indicators:
  - {id: quality, points: 100, score: {method: met, when: ok}}
"""


def with_grades(*bounds: str) -> str:
    rows = ", ".join(f"{{name: g{n}, at_least: {bound}}}" for n, bound in enumerate(bounds))
    return f"{LEAF}grades: [{rows}]\nreport: {{n: n}}\n"


@pytest.mark.parametrize(
    ("bounds", "found"),
    [
        (("90", "60", "0"), []),
        (("100", "0"), []),
        (("0",), []),
        (("90", "60"), ["PRF466"]),
        (("90", "0.01"), ["PRF466"]),
        (("60", "90", "0"), ["PRF463"]),
        (("90", "90", "0"), ["PRF464"]),
        (("100.01", "0"), ["PRF465"]),
    ],
)
def test_grades(bounds: tuple[str, ...], found: list[str]) -> None:
    assert codes(with_grades(*bounds)) == found


def test_a_grade_without_a_bound_has_no_order() -> None:
    grades = "grades: [{name: 优, at_least: 0}, {name: 未能证明}]\n"
    ordered = "report: {n: n, g: 'grade < \"优\"'}"
    apart = "report: {n: n, g: 'grade < \"未能证明\"'}"
    assert codes(LEAF + grades + ordered) == []
    assert len(codes(LEAF + grades + apart)) == 1


@pytest.mark.parametrize(
    ("then", "found"),
    [
        ("{cap_total: 59}", []),
        ("{cap_total: n}", []),
        ("{cap_total: 59%}", ["PRF350"]),
        ("{cap_total: 100}", ["PRF468"]),
        ("{cap_grade: 中}", []),
        ("{cap_grade: 良}", ["PRF488"]),
        ("{grade: 差}", []),
        ("{zero: quality}", []),
        ("{zero: qualty}", ["PRF469"]),
        ("{flag: 需要核查}", []),
    ],
)
def test_gates(then: str, found: list[str]) -> None:
    gates = f"gates: [{{id: g, when: not ok, then: {then}}}]\nreport: {{n: n}}\n"
    assert codes(LEAF + gates) == found


def test_a_grade_only_a_gate_gives_can_be_given_but_is_no_cap() -> None:
    grades = "grades: [{name: 优, at_least: 0}, {name: 未能证明}]\nreport: {n: n}\n"
    given = "gates: [{id: g, when: not ok, then: {grade: 未能证明}}]\n"
    assert codes(LEAF + grades + given) == []
    assert codes(LEAF + grades + given.replace("grade:", "cap_grade:")) == ["PRF488"]


@pytest.mark.parametrize(
    "section",
    [
        "gates: [{id: x, when: ok, then: {flag: 甲}}, {id: x, when: ok, then: {flag: 乙}}]",
        "decisions: {rules: [{id: x, when: ok, do: {code: a}}, {id: x, when: ok, do: {code: b}}]}",
        "adjustments: [{id: x, range: [0, 1], score: 1}, {id: x, range: [0, 1], score: 1}]",
    ],
)
def test_ids_are_unique_in_their_list(section: str) -> None:
    assert codes(f"{LEAF}{section}\nreport: {{n: n}}\n") == ["PRF467"]


@pytest.mark.parametrize(
    ("do", "found"),
    [
        ("{code: c, amount: n}", []),
        ("{code: c, amount: 10万元}", []),
        ("{code: c, due: as_of + 10}", []),
        ("{code: c, due: n}", ["PRF350"]),
        ("{code: c, amount: ok}", ["PRF350"]),
    ],
)
def test_decisions(do: str, found: list[str]) -> None:
    body = f"{LEAF}decisions: {{rules: [{{id: d, when: ok, do: {do}}}]}}\nreport: {{n: n}}\n"
    assert codes(body) == found


def test_a_grade_in_a_decision_must_exist() -> None:
    body = f"{LEAF}decisions: {{rules: [{{id: d, when: 'grade == \"良好\"', do: {{code: c}}}}]}}\n"
    found = faults(body + "report: {n: n}")
    assert len(found) == 1
    assert "优" in f"{found[0].message.en} {found[0].hint.en}"


def test_findings_see_their_own_line() -> None:
    body = """
    inputs: {ok: {type: flag}}
    indicators:
      - id: quality
        points: 100
        score: {method: met, when: ok}
        finding:
          - {when: rate < 80% and score < points and state == "scored", problem: 质量不足}
          - {when: rate < 60%, problem: 质量差, suggestion: 返工}
    """
    findings = plan(body).indicators[0].findings
    assert [item.problem.zh for item in findings] == ["质量不足", "质量差"]
    assert codes(body.replace("rate < 60%", "rate < 60")) == ["PRF342"]


def test_a_cap_is_an_expression() -> None:
    body = f"{LEAF}gates: [{{id: g, when: not ok, then: {{cap_total: total - 10}}}}]\n"
    gate = plan(body + "report: {n: n}").gates[0]
    assert isinstance(gate.value, Expr)


def test_adjustments_write_points_not_percents() -> None:
    text = f"{LEAF}adjustments: [{{id: a, range: [0, 5], score: SCORE}}]\nreport: {{n: n}}\n"
    assert codes(text.replace("SCORE", "5 * rate.quality")) == []
    assert codes(text.replace("SCORE", "5%")) == ["PRF350"]
