"""Cases at the edges of a ruleset, made from facts that can be scored, for a team to review."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from perfrules.api import read_plan
from perfrules.decimals import CONTEXT, ZERO, plain
from perfrules.engine.program import Program
from perfrules.engine.result import Line, Result
from perfrules.errors import DiagnosedError, UsageError
from perfrules.lang.plan import Indicator, Plan
from perfrules.lang.types import Kind
from perfrules.messages import diagnose
from perfrules.registry import Registry, default_registry
from perfrules.testing.edges import edges
from perfrules.testing.record import MARK
from perfrules.testing.seeds import starts
from perfrules.testing.written import block, scalar, want_of

_SIDES = {"below": "低一步", "at": "恰好", "above": "高一步"}
_REASON = "边界用例"


@dataclass(frozen=True, slots=True)
class _Case:
    """A generated case before it is scored."""

    name: str
    facts: Mapping[str, object]


def boundaries(ruleset: str | os.PathLike[str], registry: Registry | None = None) -> str:
    """Return the text of a file of cases at every edge of a ruleset that facts can be found for.

    At, one step below and one above each threshold that one input meets; each label and element;
    each answer of yes or no; each indicator waived; each optional value left out; each grade's
    bound and one step below. What comes out is recorded and marked, for people to check.

    Args:
        ruleset: Its id or its file. Its own cases give the facts to start from.
        registry: Where ids are found.

    Raises:
        RulesetError: The ruleset has faults.
        UsageError: There is no such ruleset; PRF836, none of its cases can be scored.
    """
    registry = registry or default_registry()
    plan = read_plan(ruleset, registry)
    program = Program(plan)
    facts, as_of = _start(plan, program)
    lines = [f"cases: {plan.id}", "language: 1", f"title: {scalar(_title(plan))}", "tests:"]
    seen: set[str] = set()
    for case in _cases(plan, program, facts, as_of):
        if case.name in seen:
            continue
        try:
            result = program.score(case.facts, as_of=as_of)
        except DiagnosedError:
            continue  # the edge lies where facts aren't admitted: there is nothing to keep
        seen.add(case.name)
        lines += _written(case, as_of, result)
    return "\n".join(lines) + "\n"


def _title(plan: Plan) -> str:
    return f"{plan.title.get('zh') or plan.id}：边界用例"


def _start(plan: Plan, program: Program) -> tuple[Mapping[str, object], date | None]:
    """Return the facts of the best-scored case beside the ruleset: from there all can be lost."""
    best: tuple[Decimal, Mapping[str, object], date | None] | None = None
    for given, as_of in starts(plan):
        try:
            total = program.score(given, as_of=as_of).total
        except DiagnosedError:
            continue
        if total is not None and (best is None or total > best[0]):
            best = total, given, as_of
    if best is None:
        raise UsageError((diagnose("PRF836", value=plan.id),))
    return best[1], best[2]


def _cases(
    plan: Plan, program: Program, facts: Mapping[str, object], as_of: date | None
) -> Iterator[_Case]:
    for edge in edges(plan, facts, as_of):
        yield _Case(
            f"{edge.text}：{'、'.join(edge.changes)} {_SIDES[edge.side]}", {**facts, **edge.changes}
        )
    yield from _answers(plan, facts)
    yield from _states(plan, facts)
    yield from _bounds(plan, facts, program.score(facts, as_of=as_of))


def _answers(plan: Plan, facts: Mapping[str, object]) -> Iterator[_Case]:
    """Yield a case for each label, each element alone missing, and each yes and no."""
    for item in plan.inputs:
        title = item.title.get("zh") or item.id
        if item.type.kind is Kind.CHOICE:
            for label in item.type.of:
                yield _Case(f"{title}为{label}", {**facts, item.id: label})
        elif item.type.kind is Kind.CHOICES:
            for label in item.type.of:
                rest = [other for other in item.type.of if other != label]
                yield _Case(f"{title}缺{label}", {**facts, item.id: rest})
        elif item.type.kind is Kind.FLAG:
            for word in ("是", "否"):
                yield _Case(f"{title}：{word}", {**facts, item.id: word})


def _states(plan: Plan, facts: Mapping[str, object]) -> Iterator[_Case]:
    """Yield a case for each indicator waived, and for each value that may be left out."""
    for node in _nodes(plan):
        if node.for_each is None and node.scored:
            waive = {node.id: {"reason": _REASON}}
            yield _Case(f"{node.title.get('zh') or node.id}豁免", {**facts, "waive": waive})
    for item in plan.inputs:
        if item.id in facts and not (item.required and item.default is None and not item.only_for):
            rest = {key: value for key, value in facts.items() if key != item.id}
            yield _Case(f"不填{item.title.get('zh') or item.id}", rest)


def _nodes(plan: Plan) -> Iterator[Indicator]:
    waiting = list(reversed(plan.indicators))
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(node.children)


def _bounds(plan: Plan, facts: Mapping[str, object], result: Result) -> Iterator[_Case]:
    """Yield a case at each grade's bound and one step below, by scores set by hand."""
    leaves = [line for line in result.lines() if not line.children and line.points]
    step = Decimal(1).scaleb(-plan.total_rounding.digits)
    for grade in plan.grades:
        bound = grade.at_least
        for total in (bound, CONTEXT.subtract(bound, step)) if bound else ():
            adjust = _lowered(leaves, result, total)
            if adjust is not None:
                yield _Case(f"总分恰好{plain(total)}", {**facts, "adjust": adjust})


def _lowered(leaves: Sequence[Line], result: Result, total: Decimal) -> dict[str, object] | None:
    """Return scores by hand that take the total down to *total*; None where they can't."""
    if result.total is None or result.total < total:
        return None
    left = CONTEXT.subtract(result.total, total)
    found: dict[str, object] = {}
    for line in leaves:
        if line.score is None or line.state.value != "scored" or not left:
            continue
        cut = min(left, line.score)
        if cut:
            left = CONTEXT.subtract(left, cut)
            found[line.id] = {"score": CONTEXT.subtract(line.score, cut), "reason": _REASON}
    return None if left > ZERO else found


def _written(case: _Case, as_of: date | None, result: Result) -> Iterator[str]:
    yield f"  - name: {scalar(case.name)}"
    if as_of is not None:
        yield f"    as_of: {as_of.isoformat()}"
    yield from block("facts", case.facts, 4)
    yield from block("want", want_of(result), 4)
    yield f"    {MARK}: true"
