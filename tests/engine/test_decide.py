"""Bonuses and the limit, gates, grades, decisions, findings, the report: language §2, §7, §12."""

import pytest

from perfrules.engine.decide import grade_for
from perfrules.lang.plan import Grade
from tests.small import d, refused, score

FORM = """
inputs:
  share: {type: percent, optional: true}
  n: {type: number, optional: true}
  bad: {type: flag, optional: true}
  worse: {type: flag, optional: true}
indicators:
  - {id: a, points: 60, missing: zero, score: {method: proportional, actual: share, target: 100%}}
  - {id: b, points: 40, missing: zero, score: {method: proportional, actual: share, target: 100%}}
grades: [{name: 优, at_least: 90}, {name: 良, at_least: 80}, {name: 中, at_least: 60},
  {name: 差, at_least: 0}, {name: 未能证明}]
"""
BAD = "known(bad) and bad"
WORSE = "known(worse) and worse"


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("100", "优"), ("90", "优"), ("89.99", "良"), ("80", "良"), ("79.99", "中"),
        ("60", "中"), ("59.99", "差"), ("0", "差"),
    ],
)  # fmt: skip
def test_grades_are_inclusive(total: str, grade: str) -> None:
    """domain §14 row 17."""
    scale = (Grade("优", d("90")), Grade("良", d("80")), Grade("中", d("60")), Grade("差", d("0")))
    assert grade_for(d(total), scale) == grade


@pytest.mark.parametrize(("share", "grade"), [("89.995%", "优"), ("89.99%", "良"), ("60%", "中")])
def test_the_grade_is_of_the_printed_total(share: str, grade: str) -> None:
    assert score(FORM, share=share).grade == grade


BONUS = """
adjustments:
  - {id: extra, range: [0, 5], score: "n if known(n) and n > 0 else 0"}
  - {id: fraud, range: [-15, 0], score: "n if known(n) and n < 0 else 0"}
"""


@pytest.mark.parametrize(
    ("share", "n", "total", "limit"),
    [
        ("80%", 3, "83", None),
        ("98%", 3, "100", "-1"),  # 101 is limited to 100
        ("80%", -15, "65", None),
        ("10%", -15, "0", "5"),
        ("80%", "2.345", "82.35", None),
    ],
)
def test_bonuses_and_the_limit(share: str, n: object, total: str, limit: str | None) -> None:
    result = score(FORM + BONUS, share=share, n=n)
    assert result.total == d(total)
    found = [item.score for item in result.adjustments if item.kind == "limit"]
    assert found == ([] if limit is None else [d(limit)])
    before = sum(line.score or 0 for line in result.indicators)
    assert before + sum(item.score for item in result.adjustments) == result.total


@pytest.mark.parametrize("n", ["5.01", "-15.01"])
def test_outside_its_range_it_is_refused(n: str) -> None:
    assert refused(FORM + BONUS, share="50%", n=n) == ["PRF543"]


def gates(*given: str) -> str:
    return FORM + "gates:\n" + "".join(f"  - {gate}\n" for gate in given)


CAP59 = f"{{id: cap, when: {BAD}, then: {{cap_total: 59}}}}"
CAP80 = f"{{id: cap80, when: {WORSE}, then: {{cap_total: 80}}}}"
FIX = f"{{id: fix, when: {BAD}, then: {{grade: 中}}}}"
FIX2 = f"{{id: fix2, when: {WORSE}, then: {{grade: 差}}}}"
MOST = f"{{id: most, when: {BAD}, then: {{cap_grade: 良}}}}"
MOST2 = f"{{id: most2, when: {WORSE}, then: {{cap_grade: 中}}}}"
ZERO = f"{{id: none, when: {BAD}, then: {{zero: b}}}}"
TELL = f"{{id: tell, when: {BAD}, then: {{flag: 需要核查}}}}"
OPEN = f"{{id: open, when: {WORSE}, then: {{grade: 未能证明}}}}"


@pytest.mark.parametrize(
    ("given", "bad", "worse", "total", "grade"),
    [
        ([CAP59], False, False, "95", "优"),
        ([CAP59], True, False, "59", "差"),
        ([CAP80, CAP59], True, True, "59", "差"),  # the smallest cap
        ([CAP80], False, True, "80", "良"),
        ([FIX], True, False, "95", "中"),
        ([FIX, FIX2], True, True, "95", "差"),
        ([MOST], True, False, "95", "良"),
        ([MOST, MOST2], True, True, "95", "中"),  # the worst cap
        ([FIX2, MOST], True, True, "95", "差"),  # a cap doesn't raise a fixed grade
        ([ZERO], True, False, "57", "差"),  # 60 × 95 %
        ([ZERO, CAP80], True, True, "57", "差"),
        ([TELL], True, True, "95", "优"),
        ([MOST, OPEN], True, True, "95", "未能证明"),
        ([FIX2, OPEN], True, True, "95", "未能证明"),
    ],
)
def test_gates_combine(given: list[str], total: str, grade: str, *, bad: bool, worse: bool) -> None:
    result = score(gates(*given), share="95%", bad=bad, worse=worse)
    assert (result.total, result.grade) == (d(total), grade)


def test_all_gates_see_the_total_before_gates() -> None:
    body = gates(CAP59, "{id: low, when: total < 60, then: {grade: 差}}")
    result = score(body, share="95%", bad=True)
    assert [(gate.id, gate.fired) for gate in result.gates] == [("cap", True), ("low", False)]
    assert result.gates[1].because.zh == "total < 60（total = 95）"
    assert result.total == 59


def test_a_cap_is_computed_from_the_total_before_gates() -> None:
    body = gates(f"{{id: cut, when: {BAD}, then: {{cap_total: total - 10}}}}")
    result = score(body, share="95%", bad=True)
    assert result.total == 85
    assert result.gates[0].value == "85"


def test_a_cap_that_is_not_asked_for_is_not_computed() -> None:
    body = gates(f"{{id: cut, when: {BAD}, then: {{cap_total: 100 / n if known(n) else 1}}}}")
    assert score(body, share="95%", n=0).total == 95


NOTHING = """
inputs: {no: {type: flag}, ok: {type: flag}}
indicators: [{id: a, points: 100, applies_when: no, score: {method: met, when: ok}}]
gates: [{id: low, when: WHEN, then: {grade: 差}}]
"""


def test_without_a_total_a_gate_on_it_does_not_fire() -> None:
    result = score(NOTHING.replace("WHEN", "total < 60"), no=False, ok=True)
    assert (result.total, result.grade) == (None, None)
    assert [gate.fired for gate in result.gates] == [False]


def test_a_gate_that_cannot_be_decided_refuses_the_unit() -> None:
    assert refused(NOTHING.replace("WHEN", "rate.a < 60%"), no=False, ok=True) == ["PRF502"]


def test_zeroed_lines_say_so() -> None:
    result = score(gates(ZERO), share="95%", bad=True)
    assert result.line("b").score == 0
    assert result.line("b").rate == 0
    assert result.line("b").because.zh == "因none计0分"


def test_a_whole_branch_is_zeroed() -> None:
    body = """
    inputs: {ok: {type: flag}, bad: {type: flag}}
    indicators:
      - id: branch
        points: 60
        indicators:
          - {id: x, points: 40, score: {method: met, when: ok}}
          - {id: y, points: 20, applies_when: bad, not_applicable: full,
              score: {method: met, when: ok}}
      - {id: z, points: 40, score: {method: met, when: ok}}
    gates: [{id: none, when: bad, then: {zero: branch}}]
    """
    assert score(body, ok=True, bad=True).total == 40
    assert score(body, ok=True, bad=False).total == 100


def decided(rules: str, match: str = "all", **facts: object) -> list[str]:
    result = score(f"{FORM}decisions:\n  match: {match}\n  rules:\n{rules}", **facts)
    return [item.id for item in result.decisions]


RULES = """
    - {id: good, when: grade >= "良", do: {code: keep}}
    - {id: fair, when: total >= 60, do: {code: rectify}}
    - {id: always, do: {code: publish}}
"""


@pytest.mark.parametrize(
    ("share", "match", "found"),
    [
        ("85%", "all", ["good", "fair", "always"]),
        ("85%", "first", ["good"]),
        ("70%", "first", ["fair"]),
        ("10%", "first", ["always"]),
    ],
)
def test_match(share: str, match: str, found: list[str]) -> None:
    assert decided(RULES, match, share=share) == found


@pytest.mark.parametrize(
    ("expr", "holds"),
    [
        ('grade < "优"', True),  # `<` is worse
        ('grade <= "良"', True),
        ('grade < "良"', False),
        ('grade > "中"', True),
        ('grade == "良"', True),
        ('grade in ["优", "良"]', True),
    ],
)
def test_grades_are_ordered_best_first(expr: str, *, holds: bool) -> None:
    rules = f"    - id: x\n      when: {expr}\n      do: {{code: c}}\n"
    assert (decided(rules, share="85%") == ["x"]) is holds


def test_decisions_see_the_final_total() -> None:
    body = gates(CAP59) + (
        "decisions:\n  rules:\n    - {id: cut, when: total < 60 and gate.cap, do: {code: cut}}\n"
    )
    assert [item.id for item in score(body, share="95%", bad=True).decisions] == ["cut"]
    assert score(body, share="95%", bad=False).decisions == ()


UNDECIDED = """
inputs: {no: {type: flag}, ok: {type: flag}}
indicators:
  - {id: a, points: 60, applies_when: no, score: {method: met, when: ok}}
  - {id: b, points: 40, score: {method: met, when: ok}}
decisions:
  match: %s
  rules:
    - {id: slow, when: rate.a < 80%%, do: {code: rectify}}
    - {id: next, when: ok, do: {code: keep}}
"""


def test_what_cannot_be_decided_is_a_warning() -> None:
    result = score(UNDECIDED % "all", no=False, ok=True)
    assert [item.id for item in result.decisions] == ["next"]
    assert [item.code for item in result.warnings] == ["PRF552"]
    warning = result.warnings[0]
    assert warning.message.en == 'the decision "slow" was left open: rate.a has no value'
    assert warning.hint.en == 'write state.a == "scored" and … in front of the condition'
    assert warning.span is not None


def test_amounts_and_dates() -> None:
    body = f"""{FORM}
decisions:
  rules:
    - id: cut
      when: grade <= "良"
      do: {{code: cut, title: 压减, amount: "100万元 * 10%", due: as_of + 10}}
"""
    found = score(body, share="85%", as_of="2022-12-31").decisions[0]
    assert found.amount == "10万元"
    assert str(found.due) == "2023-01-10"
    assert found.title.zh == "压减"
    assert found.because.zh == 'grade <= "良"（grade = 良）'


def test_because_leaves_out_what_cannot_be_computed() -> None:
    body = """
    inputs: {spent: {type: number}, budget: {type: number}}
    derive: {use: spent / budget}
    decisions:
      rules: [{id: none, when: budget == 0 or use < 50%, do: {code: c}}]
    """
    result = score(body, spent=0, budget=0)
    assert result.decisions[0].because.en == "budget == 0 or use < 50% (budget = 0)"


FINDINGS = """
inputs:
  sheet: {type: table, columns: {name: {type: text}, share: {type: percent}}}
indicators:
  - id: goals
    for_each: {row: t, in: sheet, key: t.name}
    split: {points: 100}
    score: {method: proportional, actual: t.share, target: 100%}
    finding:
      - {when: rate < 80%, problem: 未达标, suggestion: 整改}
      - {when: t.share < 50% and score < 20, problem: 严重滞后}
"""


def test_findings_are_of_each_row() -> None:
    sheet = [{"name": "甲", "share": "90%"}, {"name": "乙", "share": "30%"}]
    found = score(FINDINGS, sheet=sheet).findings
    assert [(item.indicator, item.problem.zh) for item in found] == [
        ("goals[乙]", "未达标"),
        ("goals[乙]", "严重滞后"),
    ]
    assert found[0].suggestion.zh == "整改"
    assert found[0].lost == 35


def test_a_finding_on_a_value_that_is_not_there_does_not_hold() -> None:
    body = """
    inputs: {no: {type: flag}, ok: {type: flag}}
    indicators:
      - id: a
        points: 60
        applies_when: no
        score: {method: met, when: ok}
        finding:
          - {when: rate < 80%, problem: 低}
          - {when: 'state == "not_applicable"', problem: 不适用}
      - {id: b, points: 40, score: {method: met, when: ok}}
    """
    found = score(body, no=False, ok=True).findings
    assert [item.problem.zh for item in found] == ["不适用"]


def test_the_report_names_values() -> None:
    body = FORM + "report:\n  share: share\n  n: n\n  low: total < 60\n  rate: rate.a\n"
    result = score(body, share="50%")
    assert result.report == {"share": d("0.5"), "n": None, "low": True, "rate": d("0.5")}


UNKNOWN_AMOUNT = """
    inputs:
      done: {type: number, min: 0, optional: true}
      ok: {type: flag}
    indicators:
      - id: work
        points: 60
        missing: not_applicable
        score: {method: proportional, actual: done, target: 10}
      - {id: rest, points: 40, score: {method: met, when: ok}}
    decisions:
      rules:
        - {id: recover, when: ok, do: {code: recover, amount: 100 * rate.work}}
        - {id: cut, when: rate.work < 50%, do: {code: cut}}
        - {id: stop, when: rate.work < 20%, do: {code: stop}}
"""


def test_a_decision_stands_where_its_amount_is_unknown() -> None:
    result = score(UNKNOWN_AMOUNT, ok=True)
    assert [(item.id, item.amount) for item in result.decisions] == [("recover", None)]
    assert sorted(item.code for item in result.warnings) == ["PRF552", "PRF556"]


def test_decisions_left_open_for_one_value_are_told_in_one_line() -> None:
    told = [item.message.en for item in score(UNKNOWN_AMOUNT, ok=True).warnings]
    assert any("cut, stop" in text and "rate.work" in text for text in told)


def test_after_a_rule_left_open_the_first_that_holds_is_unknown() -> None:
    body = (
        UNKNOWN_AMOUNT.replace("decisions:\n", "decisions:\n      match: first\n")
        .replace("when: ok, do: {code: recover, amount: 100 * rate.work}", _OPEN)
        .replace("when: rate.work < 20%", "when: ok")
    )
    assert score(body, ok=True).decisions == ()


_OPEN = "when: rate.work < 90%, do: {code: recover}"
