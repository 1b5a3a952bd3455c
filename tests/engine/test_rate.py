"""The states of leaves: missing, not applicable, waived, unverified, informational."""

import pytest

from tests.small import d, refused, score, scores, states

LEAF = """
inputs: {{n: {{type: number}}, ok: {{type: flag}}}}
derive: {{half: n / 2}}
indicators:
  - {{id: a, points: 60, {keys}score: {{method: proportional, actual: half, target: 10}}}}
  - {{id: b, points: 40, score: {{method: met, when: ok}}}}
"""


def test_missing_is_an_error_unless_the_indicator_says_otherwise() -> None:
    assert refused(LEAF.format(keys=""), ok=True) == ["PRF502"]


def test_missing_zero() -> None:
    result = score(LEAF.format(keys="missing: zero, "), ok=True)
    assert states(result)["a"] == "missing"
    assert scores(result) == {"a": "0.00", "b": "40.00"}
    assert result.complete == d("0.4")
    assert result.line("a").because.zh == "缺少n；计0分"


def test_missing_not_applicable() -> None:
    result = score(LEAF.format(keys="missing: not_applicable, "), ok=True)
    assert states(result)["a"] == "not_applicable"
    assert result.total == 100
    assert (
        result.line("a").because.en
        == "n is missing: not applicable; left out; the rest decides the rate"
    )


def test_a_missing_value_of_what_does_not_apply_is_not_missed() -> None:
    body = LEAF.format(keys="applies_when: not ok, ")
    assert score(body, ok=True).total == 100
    assert refused(body, ok=False) == ["PRF502"]


def test_a_branch_that_does_not_apply() -> None:
    body = """
    inputs: {n: {type: number}, ok: {type: flag}}
    indicators:
      - id: branch
        points: 60
        applies_when: ok
        not_applicable: full
        indicators:
          - {id: a, points: 60, score: {method: proportional, actual: n, target: 10}}
      - {id: b, points: 40, score: {method: met, when: not ok}}
    """
    result = score(body, ok=False, n=1)
    assert states(result) == {"branch": "not_applicable", "a": "not_applicable", "b": "scored"}
    assert scores(result) == {"branch": "60.00", "a": None, "b": "40.00"}
    assert result.complete == d("0.4")


def waived(name: str, **more: object) -> dict[str, object]:
    return {"waive": {name: {"reason": "停工检修", **more}}}


def test_waived_points_are_left_out_with_the_reason() -> None:
    result = score(LEAF.format(keys=""), n=10, ok=True, **waived("a"))
    assert states(result)["a"] == "waived"
    assert result.total == 100
    assert result.line("a").because.zh.startswith("已豁免：停工检修")


def test_a_policy_of_its_own() -> None:
    result = score(LEAF.format(keys="waived: zero, "), n=10, ok=True, **waived("a"))
    assert result.total == 40


@pytest.mark.parametrize(("as_of", "state"), [("2023-03-30", "waived"), ("2023-03-31", "scored")])
def test_a_waiver_expires(as_of: str, state: str) -> None:
    facts = waived("a", expires="2023-03-31")
    result = score(LEAF.format(keys=""), n=10, ok=True, as_of=as_of, **facts)
    assert states(result)["a"] == state


def test_a_waived_branch() -> None:
    body = """
    inputs: {ok: {type: flag}}
    indicators:
      - id: branch
        points: 100
        indicators: [{id: a, points: 100, score: {method: met, when: ok}}]
    """
    result = score(body, ok=True, **waived("branch"))
    assert states(result) == {"branch": "waived", "a": "not_applicable"}
    assert result.total is None


LEVEL = """
inputs: {{ok: {{type: flag}}}}
indicators:
  - id: a
    points: 60
    {keys}ask: {{type: choice, of: [好, 差]}}
    score:
      method: levels
      default: top
      shares: {{好: [100%, 80%], 差: [80%, 0%]}}
      anchors: {{好: {{text: 有验收报告, evidence: true}}, 差: 没有}}
  - {{id: b, points: 40, score: {{method: met, when: ok}}}}
"""


def test_a_level_without_its_evidence_is_unverified() -> None:
    result = score(LEVEL.format(keys=""), a="好", ok=True)
    assert states(result)["a"] == "unverified"
    assert scores(result)["a"] == "0.00"
    assert result.complete == d("0.4")


def test_with_evidence_it_is_scored() -> None:
    result = score(LEVEL.format(keys=""), a="好", ok=True, evidence={"a": "验收报告第3页"})
    assert states(result)["a"] == "scored"
    assert result.total == 100


def test_unverified_by_a_policy_of_its_own() -> None:
    result = score(LEVEL.format(keys="unverified: exclude\n    "), a="好", ok=True)
    assert result.total == 100
    assert result.complete == d("0.4")


def test_a_fault_names_the_rule() -> None:
    body = """
    inputs: {n: {type: number}}
    indicators: [{id: a, points: 100, score: {method: formula, rate: 1 / n}}]
    """
    assert refused(body, n=0) == ["PRF530"]


def test_what_cannot_be_rated_for_information_is_noted() -> None:
    body = """
    inputs: {n: {type: number}, ok: {type: flag}}
    indicators:
      - {id: a, points: 100, score: {method: met, when: ok}}
      - {id: b, scored: false, score: {method: formula, rate: 1 / n}}
    """
    result = score(body, n=0, ok=True)
    assert result.total == 100
    assert result.line("b").rate is None
    assert [note.zh for note in result.line("b").notes] == ["无法计算得分率"]


def test_rows_are_states_of_their_own() -> None:
    body = """
    inputs:
      sheet: {type: table, columns: {name: {type: text}, n: {type: number, optional: true}}}
    indicators:
      - id: goals
        for_each: {row: t, in: sheet, key: t.name}
        split: {points: 100}
        missing: zero
        score: {method: proportional, actual: t.n, target: 10}
    """
    result = score(body, sheet=[{"name": "甲", "n": 10}, {"name": "乙"}])
    assert states(result) == {"goals": "scored", "goals[甲]": "scored", "goals[乙]": "missing"}
    assert result.total == 50
    result = score(body, sheet=[{"name": "甲", "n": 5}, {"name": "乙", "n": 10}],
                   waive={"goals[甲]": {"reason": "延期"}})  # fmt: skip
    assert result.total == 100
