"""Optional values behind `known()` in another condition: applies_when, where, a decision's when."""

import pytest

from tests.small import codes, score

LEAF = """
    inputs:
      done: {{type: number, min: 0, optional: true}}
      ok: {{type: flag}}
    indicators:
      - id: work
        points: 60
        applies_when: {condition}
        score: {{method: proportional, actual: done, target: 10}}
      - {{id: rest, points: 40, score: {{method: met, when: ok}}}}
"""


@pytest.mark.parametrize(
    ("condition", "found"),
    [
        ("known(done)", []),
        ("ok and known(done)", []),
        ("known(done) or ok", ["PRF351"]),
        ("not known(done)", ["PRF351"]),
        ("ok", ["PRF351"]),
    ],
)
def test_a_method_is_behind_applies_when(condition: str, found: list[str]) -> None:
    assert codes(LEAF.format(condition=condition)) == found


def test_without_the_value_the_indicator_does_not_apply() -> None:
    result = score(LEAF.format(condition="known(done)"), ok=True)
    assert result.line("work").state.value == "not_applicable"
    assert result.total == 100


def test_an_amount_is_behind_the_decisions_condition() -> None:
    body = """
    inputs:
      carried: {type: money, unit: 万元, optional: true}
      ok: {type: flag}
    indicators: [{id: a, points: 100, score: {method: met, when: ok}}]
    decisions:
      rules:
        - {id: recover, when: known(carried) and carried > 0, do: {code: recover, amount: carried}}
    """
    assert codes(body) == []
    assert score(body, ok=True, carried="12").decisions[0].amount == "12万元"
    assert score(body, ok=True).decisions == ()
    bare = body.replace("known(carried) and carried > 0", "ok")
    assert codes(bare) == ["PRF351"]
