"""One unit: derived values when needed, choosing tables, rows, leaves."""

import pytest

from tests.small import d, refused, score

CHOOSE = """
inputs: {gap: {type: percent}}
derive:
  light: {of: [红, 黄, 绿], choose: HOW, rows: [ROWS]}
report: {light: light}
"""
FIRST = "{when: gap > 20%, then: 红}, {when: gap > 10%, then: 黄}, {else: 绿}"
APART = "{when: gap > 20%, then: 红}, {when: gap < 10%, then: 绿}"


def light(how: str, rows: str) -> str:
    return CHOOSE.replace("HOW", how).replace("ROWS", rows)


@pytest.mark.parametrize(
    ("gap", "label"), [("20.01%", "红"), ("20%", "黄"), ("10.01%", "黄"), ("10%", "绿")]
)
def test_the_first_row_that_holds(gap: str, label: str) -> None:
    assert score(light("first", FIRST), gap=gap).report["light"] == label


@pytest.mark.parametrize(("gap", "label"), [("30%", "红"), ("5%", "绿")])
def test_the_only_row_that_holds(gap: str, label: str) -> None:
    assert score(light("unique", APART), gap=gap).report["light"] == label


def test_unique_with_none_or_two_is_a_fault() -> None:
    assert refused(light("unique", APART), gap="15%") == ["PRF539"]
    assert refused(light("unique", FIRST), gap="30%") == ["PRF539"]


def test_unique_takes_the_else_where_no_row_holds() -> None:
    assert score(light("unique", FIRST), gap="5%").report["light"] == "绿"


def test_labels_are_ordered_best_first() -> None:
    body = light("first", FIRST.replace("of: [红, 黄, 绿]", "")) + '  worst: light < "绿"\n'
    body = body.replace("of: [红, 黄, 绿]", "of: [绿, 黄, 红]").replace(
        "report: {light: light}", "report:\n  light: light"
    )
    assert score(body, gap="30%").report["worst"] is True
    assert score(body, gap="5%").report["worst"] is False


def test_values_of_a_choosing_table() -> None:
    body = """
    inputs: {gap: {type: percent}}
    derive: {cut: {choose: first, rows: [{when: gap > 20%, then: gap / 2}, {else: 0}]}}
    report: {cut: cut}
    """
    assert score(body, gap="30%").report["cut"] == d("0.15")
    assert score(body, gap="3%").report["cut"] == 0


def test_what_fails_fails_where_it_is_used() -> None:
    body = """
    inputs: {n: {type: number}}
    derive: {inverse: 1 / n, other: n + 1}
    report:
      a: other
      b: inverse if n > 0 else 0
    """
    assert score(body, n=0).report == {"a": 1, "b": 0}
    assert refused(body.replace("inverse if n > 0 else 0", "inverse"), n=0) == ["PRF530"]


def test_an_optional_value_behind_known() -> None:
    body = "inputs: {n: {type: number, optional: true}}\nreport:\n  a: n + 1 if known(n) else 0\n"
    assert score(body).report["a"] == 0
    assert score(body, n=1).report["a"] == 2


def test_generators_over_a_table_and_over_leaves() -> None:
    body = """
    inputs:
      sheet: {type: table, columns: {name: {type: text}, n: {type: number}, done: {type: flag}}}
    derive:
      most: max(r.n for r in sheet)
      part: sum(r.n for r in sheet if r.done)
    indicators:
      - id: goals
        for_each: {row: t, in: sheet, key: t.name}
        split: {points: 100}
        score: {method: met, when: t.n == most}
    report:
      part: part
      failed: count(l for l in leaves(goals) if l.rate < 60%)
      best: max(l.score for l in leaves(goals))
    """
    sheet = [{"name": "甲", "n": 1, "done": True}, {"name": "乙", "n": 3, "done": False}]
    result = score(body, sheet=sheet)
    assert result.report == {"part": 1, "failed": 1, "best": 50}
    assert result.total == 50


def test_lookup_and_step() -> None:
    body = """
    parameters: {minimum: {keys: count, value: {4: 25%, 6: 40%, 8: 60%, 10: 80%}}}
    inputs: {n: {type: count}}
    report:
      exact: lookup(minimum, 6)
      step: step(minimum, n)
    """
    assert score(body, n=9).report == {"exact": d("0.4"), "step": d("0.6")}
    assert score(body, n=6).report["step"] == d("0.4")


def test_rows_times_rows_is_bounded() -> None:
    body = """
    inputs:
      sheet: {type: table, columns: {name: {type: text}, n: {type: number}}}
    indicators:
      - id: goals
        for_each: {row: t, in: sheet, key: t.name}
        split: {points: 100, digits: 2}
        score: {method: met, when: "t.n >= mean(r.n + r.n * r.n + r.n for r in sheet)"}
    """
    sheet = [{"name": str(n), "n": 1} for n in range(1500)]
    assert refused(body, sheet=sheet) == ["PRF509"]
