"""A line says why it has its score, with the numbers filled in."""

from tests.small import score

BODY = """
inputs:
  executed: {type: money, unit: 万元}
  budget: {type: money, unit: 万元}
  ok: {type: flag}
  no: {type: flag}
indicators:
  - id: execution
    title: 预算执行率
    points: 20
    category: process.execution
    core: true
    basis: {document: 办法, clause: 第二条, evidence: background}
    score: {method: proportional, actual: executed, target: budget}
  - id: rest
    points: 80
    indicators:
      - {id: one, points: 50, score: {method: met, when: ok}}
      - {id: two, points: 30, applies_when: no, score: {method: met, when: ok}}
  - {id: extra, scored: false, score: {method: met, when: ok}}
"""
RESULT = score(BODY, executed="1585.4万元", budget=2000, ok=True, no=False)


def test_a_product_shows_the_calculation() -> None:
    because = RESULT.line("execution").because
    assert because.zh == "20 × 1585.4万元 ÷ 2000万元 = 15.854，计15.85"
    assert because.en == "20 × 1585.4万元 ÷ 2000万元 = 15.854, rounded to 15.85"


def test_a_branch_shows_its_sum() -> None:
    assert RESULT.line("rest").because.zh == "50.00 + 30.00 = 80.00"
    assert RESULT.line("rest.rescaled").because.zh == "50.00 ÷ 50 × 80 = 80.00"


def test_states_have_reasons() -> None:
    assert RESULT.line("two").because.zh == "不适用；不计入，上级指标按其余指标的得分率计分"
    assert RESULT.line("two").because.en == "not applicable; left out; the rest decides the rate"
    assert RESULT.line("extra").because.zh == "仅供参考，不计分"


def test_what_a_line_carries() -> None:
    line = RESULT.line("execution")
    assert line.title.zh == "预算执行率"
    assert (line.category, line.core) == ("process.execution", True)
    assert line.basis == ("办法 第二条 [background]",)
    assert line.method == "proportional"
    assert line.path == ("execution",)
    assert RESULT.line("one").path == ("rest", "one")
    assert RESULT.line("rest").method is None


def test_children_add_up_exactly() -> None:
    for line in RESULT.lines():
        if line.children:
            assert sum(child.score or 0 for child in line.children) == line.score


def test_a_line_set_by_hand_says_so() -> None:
    result = score(
        BODY, executed=1, budget=2, ok=True, no=False,
        adjust={"execution": {"score": 7, "reason": "三季度发放延迟"}},
    )  # fmt: skip
    assert result.line("execution").because.zh == "人工核定为7.00分"
    assert result.line("execution").score == 7
    assert result.adjustments[0].reason.zh == "三季度发放延迟"
    assert result.adjustments[0].before == 10


def test_a_rate_branch_shows_its_rates() -> None:
    body = """
    aggregate: weighted_mean
    inputs: {a: {type: percent}}
    indicators:
      - id: index
        weight: 1
        aggregate: minimum
        indicators:
          - {id: x, weight: 1, score: {method: proportional, actual: a, target: 100%}}
          - {id: y, weight: 1, score: {method: met, when: a > 0}}
    """
    result = score(body, a="50%")
    assert result.line("index").because.zh == "取最低（50%, 100%） = 50%"
    assert result.line("x").because.zh.endswith("得分率50%")
