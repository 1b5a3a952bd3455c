"""The check as a whole: a plan, or every fault in source order."""

import pytest

from perfrules.errors import RulesetError
from perfrules.lang.plan import Rounding
from tests.small import codes, plan

LEAF = """
inputs: {ok: {type: flag}}
indicators: [{id: q, points: 100, score: {method: met, when: ok}}]
"""


@pytest.mark.parametrize(
    ("given", "leaf", "total"),
    [
        ("", Rounding(2, "half_up"), Rounding(2, "half_up")),
        ("rounding: {digits: 1}\n", Rounding(1, "half_up"), Rounding(1, "half_up")),
        ("rounding: {leaf: 0, mode: floor}\n", Rounding(0, "floor"), Rounding(2, "floor")),
        ("rounding: {leaf: 3, total: 1}\n", Rounding(3, "half_up"), Rounding(1, "half_up")),
    ],
)
def test_rounding(given: str, leaf: Rounding, total: Rounding) -> None:
    found = plan(given + LEAF)
    assert (found.rounding, found.total_rounding) == (leaf, total)


def test_faults_of_all_groups_in_source_order() -> None:
    body = """
    total: 90
    inputs: {ok: {type: flag}, m: {type: money}}
    derive: {x: oops + 1}
    indicators:
      - {id: q, points: 100, score: {method: met, when: ok}}
    grades: [{name: 优, at_least: 60}, {name: 差, at_least: 60}]
    """
    assert codes(body) == ["PRF401", "PRF225", "PRF320", "PRF464", "PRF466"]


def test_a_plan_keeps_what_it_came_from() -> None:
    found = plan(LEAF)
    assert found.id == "small.rules"
    assert found.version == "1.0"
    assert found.title.zh == "小例"
    assert found.text.startswith("ruleset: small.rules")
    span = found.places.at(("indicators", 0, "points"))
    assert span is not None
    assert (span.file, span.line) == ("small.yaml", 6)


def test_the_error_holds_the_diagnostics() -> None:
    with pytest.raises(RulesetError) as error:
        plan("inputs: {}\nreport: {x: oops}")
    assert "small.yaml:5:13: error PRF320" in str(error.value)
    assert "错误 PRF320" in error.value.render("zh")
