"""What is ruled out never happens: shipped and random rulesets against units drawn at random."""

import random
from decimal import Decimal
from pathlib import Path

import pytest

from perfrules import load, loads
from perfrules.analysis.prove.case import Case
from perfrules.analysis.prove.draw import Drawer
from perfrules.analysis.prove.outcome import Outcome, outcome, within
from perfrules.analysis.prove.reason import Reason
from perfrules.analysis.prove.search import Search
from perfrules.analysis.prove.value import Flag
from perfrules.analysis.prove.world import World, world_of
from perfrules.engine.answer import State
from perfrules.engine.codegen import Scores
from perfrules.engine.program import Program
from perfrules.engine.unit import Unit
from perfrules.errors import FactsError
from perfrules.lang.frame import Fault
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind
from tests.random_rulesets import any_ruleset

ROOT = Path(__file__).parents[3] / "rulesets"
SHIPPED = (
    "hubei/project_self_evaluation.yaml",
    "mof/project_evaluation/project_evaluation.yaml",
    "hunan/department_evaluation/department_evaluation.yaml",
    "tianmen/monitoring/monitoring.yaml",
    "tianmen/result_application/result_application.yaml",
    "tianmen/joint_review/joint_review.yaml",
)
UNITS = 25


def held_to(program: Program, seed: int, units: int = UNITS) -> int:
    """Hold a ruleset's intervals and cases to units; return how many were scored."""
    world = world_of(program)
    found = outcome(world, Case())
    assert found is not None
    reason = Reason(world, found.known())
    search = Search(program, world, seed, units)
    drawer = Drawer(program.plan, random.Random(seed))  # noqa: S311 - no secret
    count = 0
    seen: set[tuple[object, object]] = set()
    for _ in range(units):
        facts = drawer.facts()
        try:
            scores = program.scores(facts)
        except FactsError:
            continue
        count += 1
        unit = search.unit(facts)
        assert unit is not None
        if scores.total is not None:
            assert scores.total in found.total
        if scores.grade is not None:
            assert scores.grade in found.grades
        assert_rates(world, found, unit, scores)
        whens = [rule.when for rule in program.plan.decisions if rule.when is not None]
        for derived in program.plan.derived:
            whens += [row.when for row in derived.rows if row.when is not None]
            if derived.expr is not None and derived.type.kind is Kind.FLAG:
                whens.append(derived.expr)
        for when in whens:
            try:
                value = unit.value(when)
            except Fault:
                continue
            if (when.where, value) not in seen:
                seen.add((when.where, value))
                assert_possible(world, reason, when, value)
    return count


def assert_rates(world: World, found: Outcome, unit: Unit, scores: Scores) -> None:
    for name, rate in zip(scores.ids, scores.rates, strict=True):
        base = name.partition("[")[0] if name.endswith("]") else name
        part, node = found.parts.get(base), unit.nodes[name]
        if rate is None or part is None:
            continue
        if base == name:
            assert rate in part.seen.unseen(), (name, rate, part.seen)
        by_rule = node.state is State.SCORED and base not in world.zeroed
        if by_rule and (base != name or node.plan.for_each is None):
            assert rate in part.rate.unseen(), (name, rate, part.rate)


def assert_possible(world: World, reason: Reason, when: Expr, value: object) -> None:
    cases = reason.assume(when.tree, bool(value), Case())
    assert cases, (when.text, value)
    assert any(outcome(world, case) is not None for case in cases), (when.text, value)


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_rulesets(name: str) -> None:
    assert held_to(load(ROOT / name), 3) > 3


# Beyond the first: rounding beside what is left out, lines below a branch that does not apply,
# gates that zero, points that come from others, rates that are not rounded for information, parts
# of points as fine as scores, points of others that are finer, lines for information whose
# condition doesn't hold.
@pytest.mark.parametrize("seed", [*range(12), 14, 23, 38, 42, 77, 90, 103, 110, 113, 193, 229])
def test_random_rulesets(seed: int) -> None:
    drawn = any_ruleset(random.Random(seed))  # noqa: S311 - no secret
    held_to(loads(drawn), seed, 15)


FLAGS = """\
ruleset: t.flags
version: "1.0"
title: 总分
total: 100
inputs:
  a: {type: flag}
  n: {type: number, min: 0, max: 10}
indicators:
  - {id: x, points: 60, score: {method: met, when: a}}
  - {id: y, points: 40, score: {method: linear, actual: n * 1, zero_at: 0, full_at: 20}}
grades: [{name: 好, at_least: 60}, {name: 差, at_least: 0}]
"""


def flags() -> tuple[World, Outcome]:
    world = world_of(loads(FLAGS))
    found = outcome(world, Case())
    assert found is not None
    return world, found


def test_a_total_is_the_sum_of_what_can_be_earned() -> None:
    # 60 × 0 or 1, and 40 × (n ÷ 20) for n from 0 to 10: at most 20
    _, found = flags()
    assert (found.total.low, found.total.high) == (Decimal(0), Decimal(80))
    assert found.grades == ("好", "差")


def test_an_assumption_of_an_input_reaches_the_total() -> None:
    world, found = flags()
    reason = Reason(world, found.known())
    [node] = [item for item in world.plan.indicators if item.id == "x"]
    assert node.method is not None
    when = node.method.reads[0]
    [case] = reason.assume(when.tree, False, within(node, Case()))
    without = outcome(world, case)
    assert without is not None
    assert without.total.high == Decimal(20)
    assert without.grades == ("差",)
    assert reason.flag(when.tree, case) == Flag(true=False, false=True)


BEYOND_ITS_LIMIT = """\
ruleset: t.zero_target
version: "1.0"
title: 零目标
total: 100
inputs:
  done: {type: count}
  planned: {type: count}
indicators:
  - id: x
    points: 100
    score: {method: proportional, actual: done, target: planned, zero_target: WORD, LIMIT: 90%}
grades: [{name: 好, at_least: 95}, {name: 差, at_least: 0}]
"""


@pytest.mark.parametrize(
    ("word", "limit", "worth"),
    [("full", "cap", "1"), ("zero", "floor", "0"), ("full", "floor", "1")],
)
def test_a_target_of_zero_is_worth_what_it_says_whatever_cap_and_floor_are(
    word: str, limit: str, worth: str
) -> None:
    program = loads(BEYOND_ITS_LIMIT.replace("WORD", word).replace("LIMIT", limit))
    rate = program.scores({"done": 0, "planned": 0}).line("x").rate
    assert rate == Decimal(worth)
    found = outcome(world_of(program), Case())
    assert found is not None
    assert rate in found.parts["x"].rate
    low, high = program.plan.indicators[0].method.reachable()  # type: ignore[union-attr,misc]
    assert low <= rate <= high
