"""The whole of one unit: strata in order, adjustments by hand, completeness, the same bytes."""

from decimal import localcontext

import pytest

from tests.small import d, refused, score, scores

FORM = """
inputs:
  executed: {type: money, unit: 万元, min: 0}
  budget: {type: money, unit: 万元, min: 0}
  liked: {type: percent}
  misused: {type: flag}
indicators:
  - {id: execution, points: 20, score: {method: proportional, actual: executed, target: budget}}
  - id: output
    points: 80
    indicators:
      - {id: satisfaction, points: 80, score: {method: proportional, actual: liked, target: 95%}}
gates: [{id: misuse, when: misused, then: {grade: 差}, reason: 存在截留、挪用资金}]
decisions:
  rules:
    - {id: guarantee, when: 'grade == "优"', do: {code: guarantee_funding, title: 优先保障经费}}
"""
FACTS: dict[str, object] = {"executed": "1585.4", "budget": 2000, "liked": "96%", "misused": "否"}


def test_a_form_by_hand() -> None:
    """20 × 1585.4 ÷ 2000 = 15.854 → 15.85; 80 in full; together 95.85."""
    result = score(FORM, **FACTS, unit="某小学")
    assert scores(result) == {
        "execution": "15.85", "output": "80.00", "satisfaction": "80.00",
    }  # fmt: skip
    assert (result.total, result.grade, result.unit) == (d("95.85"), "优", "某小学")
    assert result.rate == d("0.9585")
    assert result.complete == 1
    assert [item.code for item in result.decisions] == ["guarantee_funding"]
    assert result.defaulted == ()


def test_what_cost_most_comes_first() -> None:
    result = score(FORM, **{**FACTS, "liked": "47.5%"})
    assert [(line.id, line.lost) for line in result.reasons()] == [
        ("satisfaction", d("40.00")),
        ("execution", d("4.15")),
    ]


def test_the_same_input_gives_the_same_bytes() -> None:
    first, second = score(FORM, **FACTS), score(FORM, **dict(reversed(FACTS.items())))
    assert first.to_json() == second.to_json()
    assert repr(first) == repr(second)


def test_the_hosts_decimal_context_changes_nothing() -> None:
    before = score(FORM, **FACTS).to_json()
    with localcontext() as context:
        context.prec = 3
        assert score(FORM, **FACTS).to_json() == before


@pytest.mark.parametrize(
    ("adjust", "code"),
    [
        ({"output": {"score": 7, "reason": "复核"}}, "PRF553"),  # a branch
        ({"satisfaction": {"score": "80.01", "reason": "复核"}}, "PRF554"),
        ({"satisfactoin": {"score": 7, "reason": "复核"}}, "PRF549"),
    ],
)
def test_what_cannot_be_set_by_hand(adjust: object, code: str) -> None:
    assert refused(FORM, **FACTS, adjust=adjust) == [code]


def test_a_negative_score_is_refused() -> None:
    assert refused(FORM, **FACTS, adjust={"satisfaction": {"score": -1, "reason": "复核"}})


def test_without_a_reason_it_is_refused() -> None:
    assert refused(FORM, **FACTS, adjust={"satisfaction": {"score": 7}})


def test_set_by_hand() -> None:
    adjust = {"satisfaction": {"score": 7, "reason": "三季度发放延迟"}}
    result = score(FORM, **FACTS, adjust=adjust)
    assert result.total == d("22.85")
    assert result.line("satisfaction").rate == d("0.0875")
    assert [(item.kind, item.before, item.score) for item in result.adjustments] == [
        ("manual", d("80.00"), d("7"))
    ]


def test_a_row_is_set_by_hand() -> None:
    body = """
    inputs: {sheet: {type: table, columns: {name: {type: text}, ok: {type: flag}}}}
    indicators:
      - id: goals
        for_each: {row: t, in: sheet, key: t.name}
        split: {points: 100}
        score: {method: met, when: t.ok}
    """
    sheet = [{"name": "受助人数", "ok": True}, {"name": "标准", "ok": True}]
    adjust = {"goals[受助人数]": {"score": 7, "reason": "三季度发放延迟"}}
    assert score(body, sheet=sheet, adjust=adjust).total == 57
    assert refused(body, sheet=sheet, adjust={"goals[人数]": adjust["goals[受助人数]"]}) == [
        "PRF549"
    ]


def test_monitoring_has_no_points() -> None:
    """domain §14 row 18: June execution 39.9 % warns, 40 % is in order."""
    body = """
    parameters: {minimum: {keys: count, value: {4: 25%, 6: 40%, 8: 60%, 10: 80%}}}
    inputs: {period: {type: count}, execution: {type: percent}}
    derive: {behind: "execution < step(minimum, period)"}
    decisions: {rules: [{id: warn, when: behind, do: {code: warn, title: 预警}}]}
    report: {behind: behind}
    """
    result = score(body, period=6, execution="39.9%")
    assert (result.total, result.grade, result.complete) == (None, None, None)
    assert [item.id for item in result.decisions] == ["warn"]
    assert score(body, period=6, execution="40%").decisions == ()
    assert score(body, period=6, execution="40%").report == {"behind": False}


def test_defaults_are_told() -> None:
    body = """
    inputs: {n: {type: number, default: 5}, ok: {type: flag}}
    indicators: [{id: a, points: 100, score: {method: met, when: ok and n > 1}}]
    """
    assert score(body, ok=True).defaulted == ("n",)
    assert score(body, ok=True, n=5).defaulted == ()


def test_an_aggregate_at_the_top() -> None:
    body = """
    aggregate: minimum
    inputs: {a: {type: number}, b: {type: number}}
    indicators:
      - {id: x, score: {method: formula, rate: a}}
      - {id: y, score: {method: formula, rate: b}}
    """
    assert score(body, a="0.91", b="0.8").total == 80
