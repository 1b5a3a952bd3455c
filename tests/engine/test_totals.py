"""The total of a unit and its share."""

from decimal import Decimal

from perfrules.engine.program import Program
from perfrules.engine.totals import known, share
from tests.small import plan

LEFT_OUT = plan("""
inputs:
  a: {type: number}
  b: {type: number, optional: true}
indicators:
  - {id: one, points: 60, score: {method: proportional, actual: a, target: 100}}
  - {id: two, points: 40, missing: not_applicable, score: {method: proportional, actual: b, target: 100}}
gates:
  - {id: nothing, when: a < 10, then: {zero: one}}
""")  # noqa: E501 - as an author writes it


def test_what_is_left_out_is_rescaled() -> None:
    """60 × 75 ÷ 100 = 45 of 60; 45 × 100 ÷ 60 = 75."""
    found = Program(LEFT_OUT).interpret({"a": 75})
    assert found.total == Decimal(75)
    assert [(item.kind, item.before, item.score) for item in found.adjustments] == [
        ("rescaled", Decimal(45), Decimal(30))
    ]
    assert found.complete == Decimal("0.6")


def test_what_a_gate_zeroes_is_scored_again() -> None:
    """One is zeroed; two earns 40 × 50 ÷ 100 = 20."""
    found = Program(LEFT_OUT).interpret({"a": 5, "b": 50})
    assert found.total == Decimal(20)
    assert found.line("one").score == 0
    assert found.line("one").because.en == "zeroed by nothing"


def test_nothing_counts() -> None:
    body = """
    inputs: {b: {type: number, optional: true}}
    indicators:
      - {id: one, points: 100, missing: not_applicable, score: {method: met, when: b > 1}}
    """
    found = Program(plan(body)).interpret({})
    assert (found.total, found.rate, found.grade) == (None, None, None)


def test_a_share() -> None:
    assert share(Decimal(50), Decimal(200)) == Decimal("0.25")
    assert share(Decimal(0), Decimal(0)) == 1


def test_known_values() -> None:
    assert known(total=Decimal(0), grade=None) == {"total": Decimal(0)}
