"""What all results of a ruleset have in common, by hand."""

from perfrules._version import __version__
from perfrules.engine.codegen.shapes import Shapes
from perfrules.errors import Text
from perfrules.lang.load import load_ruleset
from tests.sample_rulesets import FORM, SHEET
from tests.small import plan

PLAN = plan("""
rounding: {leaf: 1, total: 1}
inputs: {ok: {type: flag}, n: {type: number}}
indicators:
  - id: top
    points: 100
    core: true
    category: output
    indicators:
      - {id: a, points: 60, score: {method: met, when: ok}}
      - {id: b, points: 40, rounding: {digits: 3}, score: {method: met, when: ok}}
gates:
  - {id: low, when: n < 5, then: {cap_total: n + 50}, reason: 太少}
  - {id: warn, when: n < 9, then: {flag: 偏少}}
decisions:
  rules:
    - {id: cut, when: total < 60, do: {code: cut, title: 压减, amount: n}}
    - {id: keep, do: {code: keep, title: 保持}}
""")


def test_lines() -> None:
    lines = Shapes(PLAN).lines
    assert list(lines) == ["top", "a", "b"]
    assert [shape.parent for shape in lines.values()] == [None, "top", "top"]
    # A sum shows the digits of what it adds up.
    assert [shape.known["digits"] for shape in lines.values()] == [3, 1, 3]
    assert [shape.known["method"] for shape in lines.values()] == [None, "met", "met"]
    assert lines["b"].known["path"] == ("top", "b")
    assert lines["top"].known["core"] is True
    assert lines["top"].known["category"] == "output"


def test_rows_of_a_sheet() -> None:
    shape = Shapes(load_ruleset(SHEET, "sheet.yaml")).lines["goals"]
    assert shape.known["method"] is None
    row = shape.row("goals[甲]")
    assert row["title"] == Text("甲", "甲")
    assert row["path"] == ("goals", "goals[甲]")
    assert row["method"] is not None
    assert row["basis"] == ()


def test_gates() -> None:
    low, warn = Shapes(PLAN).gates
    assert (low.cap, low.known["effect"]) == ("n + 50", "cap_total")
    assert "value" not in low.known
    assert (warn.cap, warn.known["value"]) == (None, "偏少")


def test_decisions() -> None:
    decisions = Shapes(PLAN).decisions
    assert "amount" not in decisions["cut"]  # it is computed for each unit
    assert decisions["keep"]["amount"] is None
    assert decisions["keep"]["due"] is None


def test_the_rest() -> None:
    assert Shapes(PLAN).engine == f"perfrules {__version__}"
    assert not Shapes(PLAN).finds
    assert Shapes(load_ruleset(FORM, "form.yaml")).finds
