"""The bound of steps is never below what the reference takes, and small for what is small."""

from pathlib import Path

import pytest

import perfrules
from perfrules.engine.codegen.steps import affordable, is_free, steps_of
from perfrules.engine.facts import admit
from perfrules.engine.interpret import _evaluate
from perfrules.engine.program import parameters_on
from perfrules.engine.unit import Unit
from perfrules.errors import FactsError
from perfrules.lang.frame import Budget, Fault
from tests.kinds import holds
from tests.small import plan
from tests.strategies import seeds_of

ROOT = Path(__file__).parents[3]
RULESETS = sorted(
    path
    for folder in ("rulesets", "tests/cases/good")
    for path in (ROOT / folder).rglob("*.yaml")
    if holds("ruleset", path)
)


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: path.stem)
def test_the_reference_never_takes_more(path: Path) -> None:
    found = perfrules.load(str(path)).plan
    bound = steps_of(found)
    for facts in seeds_of(path):
        try:
            admitted = admit(found, facts)
            parameters = parameters_on(found, admitted.as_of)
        except (FactsError, Fault):
            continue
        unit = Unit(found, admitted, admitted.as_of, parameters, whole=found.total)
        try:
            _evaluate(unit)
        except (FactsError, Fault):
            continue
        tables = [admitted.values[found.inputs[place].id] for place in bound.tables]
        rows = sum(len(table) for table in tables if isinstance(table, tuple))
        most = bound.alone + rows * bound.by_row + rows * rows * bound.by_pair
        assert Budget().left - unit.budget.left <= most


def test_no_tables_no_doubt() -> None:
    small = plan("""
        inputs: {done: {type: flag}}
        indicators:
          - {id: x, points: 100, score: {method: met, when: done}}
    """)
    assert is_free(steps_of(small))


LOOPS = """
    inputs:
      rows: {type: table, columns: {name: {type: text}, size: {type: number}}}
    derive:
      found: "%s"
    indicators:
      - {id: x, points: 100, score: {method: met, when: found > 0}}
"""


@pytest.mark.parametrize(
    ("text", "rows", "fine"),
    [
        ("sum(a.size for a in rows)", 3000, True),
        ("sum(count(a.size == b.size for a in rows) for b in rows)", 20, True),
        ("sum(count(a.size == b.size for a in rows) for b in rows)", 3000, False),
        ("sum(sum(count(a.size == c.size for a in rows) for b in rows) for c in rows)", 2, False),
    ],
)
def test_loops_inside_loops(text: str, rows: int, fine: bool) -> None:  # noqa: FBT001 - a case
    steps = steps_of(plan(LOOPS % text))
    assert affordable(steps, [({},) * rows]) is fine
