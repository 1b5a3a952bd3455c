"""Laws that hold for every ruleset, tried on facts drawn for one."""

import json
import os
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from perfrules.api import load
from perfrules.decimals import CONTEXT, ZERO, round_to
from perfrules.engine.decide import grade_for
from perfrules.engine.program import Program
from perfrules.engine.result import Line, Result
from perfrules.errors import FactsError, RulesetError, Text, UsageError
from perfrules.lang.plan import Plan
from perfrules.messages import diagnose
from perfrules.testing.draw import Draw, Facts, nodes_of
from perfrules.testing.seeds import seeds_of
from perfrules.testing.written import flow

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

Ruleset: TypeAlias = "str | os.PathLike[str] | Program | Plan"


def facts_for(ruleset: Ruleset) -> "SearchStrategy[Facts]":
    """Return a hypothesis strategy of valid facts for a ruleset.

    Every value is of its input's kind and within its bounds, at and around the ruleset's
    thresholds more often than elsewhere. Facts may still be refused where values don't fit each
    other (a division by 0, points of rows that don't add up).

    Args:
        ruleset: Its id or file, or what `load` returned.

    Raises:
        RulesetError: The ruleset has faults.
        UsageError: There is no such ruleset; PRF831, hypothesis isn't installed.
    """
    try:
        from hypothesis import strategies  # noqa: PLC0415 - an extra, only where it is used
    except ImportError:
        raise UsageError((diagnose("PRF831"),)) from None
    plan = _program(ruleset).plan
    seeds = seeds_of(plan)
    drawn = strategies.randoms(use_true_random=False)
    return drawn.map(lambda chance: Draw(plan, chance, seeds).facts())


def check_ruleset(ruleset: Ruleset, *, examples: int = 100, seed: int = 0) -> int:
    """Try the laws that hold for any ruleset on facts drawn for this one.

    Children add up to their parent; every score lies from 0 to its points; the grade is that of
    the printed total, and better totals have no worse grade; what is compiled agrees with what is
    interpreted; the result comes back from JSON; the order of facts doesn't matter; the same facts
    give the same result.

    Args:
        ruleset: Its id or file, or what `load` returned.
        examples: How many facts are drawn.
        seed: Where the drawing starts: the same facts each time.

    Returns:
        How many of the facts could be scored.

    Raises:
        RulesetError: The ruleset has faults; PRF835, a law doesn't hold, with the facts.
        UsageError: There is no such ruleset.
    """
    import random  # noqa: PLC0415 - beside the strategy that brings its own

    program = _program(ruleset)
    draw = Draw(program.plan, random.Random(seed), seeds_of(program.plan))  # noqa: S311 - facts, no secrets
    grades: list[tuple[Decimal, str]] = []
    scored = 0
    for _ in range(examples):
        facts = draw.facts()
        found = _scored(program, facts)
        if isinstance(found, Result):
            scored += 1
            if found.total is not None and found.grade is not None and not _by_gate(found):
                grades.append((found.total, found.grade))
        for law, detail in _broken(program, facts, found):
            raise _error(program.plan, law, detail, facts)
    for law, detail in _not_monotone(program.plan, grades):
        raise _error(program.plan, law, detail, {})
    return scored


def _program(ruleset: Ruleset) -> Program:
    if isinstance(ruleset, Program):
        return ruleset
    return Program(ruleset) if isinstance(ruleset, Plan) else load(ruleset)


def _error(plan: Plan, law: Text, detail: str, facts: Mapping[str, object]) -> RulesetError:
    told = diagnose("PRF835", value=plan.id, law=law, detail=detail, facts=flow(facts))
    return RulesetError((told,))


def _scored(program: Program, facts: Mapping[str, Any]) -> Result | tuple[str, ...]:
    try:
        return program.score(facts)
    except FactsError as error:
        return tuple(item.code for item in error.diagnostics)


def _broken(
    program: Program, facts: Facts, found: Result | tuple[str, ...]
) -> Iterator[tuple[Text, str]]:
    again = _scored(program, dict(reversed(list(facts.items()))))
    if _plainly(again) != _plainly(found):
        yield Text("数据的先后次序无关", "the order of facts doesn't matter"), ""
    yield from _compiled(program, facts, found)
    if isinstance(found, Result):
        if json.loads(found.to_json()) != found.to_dict():
            yield Text("结果可由 JSON 还原", "a result comes back from JSON"), ""
        yield from _sizes(program.plan, found)


def _plainly(found: Result | tuple[str, ...]) -> object:
    return found.to_json() if isinstance(found, Result) else sorted(found)


def _compiled(
    program: Program, facts: Facts, found: Result | tuple[str, ...]
) -> Iterator[tuple[Text, str]]:
    law = Text("编译计算与逐条计算一致", "what is compiled agrees with what is interpreted")
    try:
        scores = program.scores(facts)
    except FactsError as error:
        codes = tuple(item.code for item in error.diagnostics)
        if codes != found:
            yield law, ", ".join(codes)
        return
    if not isinstance(found, Result):
        yield law, ", ".join(found)
    elif (scores.total, scores.grade) != (found.total, found.grade):
        yield law, f"{scores.total} {scores.grade}, {found.total} {found.grade}"


def _sizes(plan: Plan, found: Result) -> Iterator[tuple[Text, str]]:
    inside = Text("得分在0与分值之间", "a score lies from 0 to its points")
    if found.total is not None and not ZERO <= found.total <= (found.points or found.total):
        yield inside, f"total {found.total}"
    summed = {node.id for node in nodes_of(plan.indicators) if node.aggregate == "sum"}
    for line in found.lines():
        if line.score is not None and line.effective is not None:
            most = round_to(line.effective, plan.rounding.digits, "half_up")
            if not ZERO <= line.score <= max(most, line.effective):
                yield inside, f"{line.id} {line.score}"
        if line.children and line.id in summed and not _adds_up(line):
            yield Text("下级得分相加为上级得分", "children add up to their parent"), line.id
    expected = None if found.total is None else grade_for(found.total, plan.grades)
    if not _by_gate(found) and not found.warnings and expected != found.grade:
        yield (
            Text("等级由印出的总分决定", "the grade is that of the printed total"),
            str(found.grade),
        )


def _adds_up(line: Line) -> bool:
    """Whether the shown scores of a summed branch add up; rates that are combined need not."""
    parts = [child.score for child in line.children if child.score is not None]
    if line.score is None or not parts:
        return True
    total = ZERO
    for part in parts:
        total = CONTEXT.add(total, part)
    return total == line.score


def _by_gate(found: Result) -> bool:
    return any(gate.fired for gate in found.gates)


def _not_monotone(plan: Plan, grades: list[tuple[Decimal, str]]) -> Iterator[tuple[Text, str]]:
    order = [grade.name for grade in plan.grades]
    ranked = sorted((total, -order.index(grade)) for total, grade in grades)
    for (low, one), (high, other) in pairwise(ranked):
        if other < one:
            law = Text("总分高的等级不低", "a better total has no worse grade")
            yield law, f"{low}, {high}"
