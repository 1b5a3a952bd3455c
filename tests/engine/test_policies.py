"""Where the points go of what isn't scored: language §4, by hand."""

import pytest

from tests.small import d, score, scores, states

# 4/4/5/7 with the first not applicable; the others at 90 %, 80 % and 100 %.
# 3.6 + 4 + 7 = 14.6 of 16; × 20 ÷ 16 = 18.25. In proportion: 5 × 0.9 + 6.25 × 0.8 + 8.75 = 18.25.
# In equal parts each gains 4/3: 5.33… × 0.9 = 4.80, 6.33… × 0.8 = 5.07, 8.33; together 18.20.
SHEET = """
total: 20
inputs: {{here: {{type: flag}}, a: {{type: percent}}, b: {{type: percent}}, c: {{type: percent}}}}
indicators:
{branch}
grades: [{{name: 优, at_least: 18}}, {{name: 差, at_least: 0}}]
"""
LEAVES = """
  - {{id: gone, points: 4, applies_when: here, not_applicable: {policy},
      score: {{method: met, when: here}}}}
  - {{id: four, points: 4, score: {{method: proportional, actual: a, target: 100%}}}}
  - {{id: five, points: 5, score: {{method: proportional, actual: b, target: 100%}}}}
  - {{id: seven, points: 7, score: {{method: proportional, actual: c, target: 100%}}}}
"""
FACTS = {"here": False, "a": "90%", "b": "80%", "c": "100%"}


def top(policy: str) -> str:
    return SHEET.format(branch=LEAVES.format(policy=policy))


def below(policy: str) -> str:
    inner = LEAVES.format(policy=policy).replace("\n  ", "\n      ")
    return SHEET.format(branch=f"  - id: branch\n    points: 20\n    indicators:{inner}")


@pytest.mark.parametrize(
    ("policy", "total", "complete"),
    [
        ("full", "18.60", "0.8"),
        ("zero", "14.60", "0.8"),
        ("exclude", "18.25", "0.8"),
        ("redistribute", "18.25", "1"),
        ("redistribute_equally", "18.20", "1"),
        ("{to: seven}", "18.60", "1"),
        ("{to: five}", "17.80", "1"),
    ],
)
@pytest.mark.parametrize("sheet", [top, below])
def test_six_policies(sheet: object, policy: str, total: str, complete: str) -> None:
    result = score(sheet(policy), **FACTS)  # type: ignore[operator]
    assert result.total == d(total)
    assert result.complete == d(complete)
    assert result.line("gone").state.value == "not_applicable"


def test_the_scores_of_each_policy() -> None:
    assert scores(score(top("redistribute"), **FACTS)) == {
        "gone": None, "four": "4.50", "five": "5.00", "seven": "8.75",
    }  # fmt: skip
    assert scores(score(top("redistribute_equally"), **FACTS)) == {
        "gone": None, "four": "4.80", "five": "5.07", "seven": "8.33",
    }  # fmt: skip
    assert scores(score(top("full"), **FACTS))["gone"] == "4.00"


def test_a_rescaling_is_a_line_of_its_own() -> None:
    result = score(below("exclude"), **FACTS)
    assert scores(result)["branch.rescaled"] == "3.65"
    assert result.line("branch.rescaled").because.zh == "14.60 ÷ 16 × 20 = 18.25"
    assert result.line("branch").score == d("18.25")


def test_at_the_top_it_is_an_adjustment() -> None:
    found = score(top("exclude"), **FACTS).adjustments
    assert [(item.kind, item.before, item.score) for item in found] == [
        ("rescaled", d("14.60"), d("3.65"))
    ]


def test_what_applies_stays_where_it_is() -> None:
    for policy in ("full", "exclude", "redistribute", "{to: seven}"):
        result = score(top(policy), **{**FACTS, "here": True})
        assert result.total == d("18.60")
        assert result.complete == 1
        assert result.adjustments == ()


NESTED = """
inputs: {{x: {{type: flag}}, y: {{type: flag}}, ok: {{type: flag}}}}
indicators:
  - id: effect
    points: 60
    not_applicable: {branch}
    indicators:
      - {{id: one, points: 40, applies_when: x, not_applicable: {leaf},
          score: {{method: met, when: ok}}}}
      - {{id: two, points: 20, applies_when: y, not_applicable: {leaf},
          score: {{method: met, when: ok}}}}
  - {{id: output, points: 40, score: {{method: met, when: ok}}}}
"""


@pytest.mark.parametrize("leaf", ["exclude", "redistribute", "{to: output}"])
def test_no_applicable_child_leaves_the_parents_policy(leaf: str) -> None:
    facts = {"x": False, "y": False, "ok": True}
    result = score(NESTED.format(branch="exclude", leaf=leaf), **facts)
    assert states(result)["effect"] == "not_applicable"
    assert result.total == 100
    assert result.complete == d("0.4")
    assert score(NESTED.format(branch="zero", leaf=leaf), **facts).total == 40
    moved = score(NESTED.format(branch="redistribute", leaf=leaf), **facts)
    assert scores(moved)["output"] == "100.00"
    assert moved.complete == 1


def test_points_go_to_another_branch() -> None:
    result = score(NESTED.format(branch="exclude", leaf="{to: output}"), x=False, y=True, ok=True)
    assert scores(result) == {"effect": "20.00", "one": None, "two": "20.00", "output": "80.00"}
    assert result.line("effect").effective == 20
    assert result.total == 100


def test_points_that_go_in_a_ring_stay_out() -> None:
    body = """
    inputs: {no: {type: flag}, ok: {type: flag}}
    indicators:
      - id: one
        points: 40
        applies_when: no
        not_applicable: {to: two}
        score: {method: met, when: ok}
      - id: two
        points: 20
        applies_when: no
        not_applicable: {to: one}
        score: {method: met, when: ok}
      - {id: output, points: 40, score: {method: met, when: ok}}
    """
    result = score(body, no=False, ok=True)
    assert scores(result) == {"one": None, "two": None, "output": "40.00"}
    assert result.total == 100
    assert result.complete == d("0.4")


def test_a_chain_of_destinations() -> None:
    body = """
    inputs: {ok: {type: flag}, no: {type: flag}}
    indicators:
      - {id: a, points: 20, applies_when: no, not_applicable: {to: b},
          score: {method: met, when: ok}}
      - {id: b, points: 30, applies_when: no, not_applicable: {to: c},
          score: {method: met, when: ok}}
      - {id: c, points: 50, score: {method: met, when: ok}}
    """
    result = score(body, ok=True, no=False)
    assert scores(result) == {"a": None, "b": None, "c": "100.00"}


def test_nothing_applicable_gives_no_total_and_no_grade() -> None:
    body = """
    inputs: {no: {type: flag}}
    indicators:
      - {id: a, points: 100, applies_when: no, score: {method: met, when: no}}
    """
    result = score(body, no=False)
    assert (result.total, result.rate, result.grade) == (None, None, None)
    assert result.complete == 0


def test_growth_is_passed_on_in_proportion() -> None:
    body = """
    inputs: {ok: {type: flag}, no: {type: flag}}
    indicators:
      - {id: a, points: 50, applies_when: no, not_applicable: redistribute,
          score: {method: met, when: ok}}
      - id: b
        points: 50
        indicators:
          - {id: c, points: 30, score: {method: met, when: ok}}
          - {id: e, points: 20, score: {method: met, when: no}}
    """
    result = score(body, ok=True, no=False)
    assert [result.line(name).effective for name in "bce"] == [100, 60, 40]
    assert result.total == 60
