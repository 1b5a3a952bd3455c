"""How many steps the reference may take at most: where they run out, only it can say so.

The reference counts every node it evaluates, and again those it shows; generated code counts
nothing. An upper bound by the sizes of the tables tells that no unit of that size runs out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from perfrules.engine.codegen.trees import walk
from perfrules.lang.frame import Budget
from perfrules.lang.plan import Indicator, Plan
from perfrules.lang.tree import Aggregate, Expr
from perfrules.lang.types import Kind

# A method evaluates an expression a few times: to rate, to compare, to explain each value of it.
_TIMES = 60
_MOST = Budget().left // 2


@dataclass(frozen=True, slots=True)
class Steps:
    """Upper bounds: steps without rows, by row, and by pair of rows; `tables` are input places."""

    alone: int
    by_row: int
    by_pair: int
    deeper: bool  # loops inside loops inside loops
    tables: tuple[int, ...]


def steps_of(plan: Plan) -> Steps:
    """Return the bounds of a plan."""
    counts = [0, 0, 0, 0]
    for expr in _exprs(plan):
        _count(expr, counts, inside=0)
    for indicator in _indicators(plan.indicators):
        each = indicator.for_each
        own = [*_own(indicator)]
        for expr in own:
            _count(expr, counts, inside=0 if each is None else 1)
    tables = tuple(place for place, item in enumerate(plan.inputs) if item.type.kind is Kind.TABLE)
    return Steps(counts[0] + 1, counts[1] + 1, counts[2], counts[3] > 0, tables)


def is_free(steps: Steps) -> bool:
    """Return whether no facts can make the reference run out of steps."""
    return not steps.tables and steps.alone < _MOST


def affordable(steps: Steps, values: Sequence[object]) -> bool:
    """Return whether the reference can't run out of steps on these values."""
    rows = 0
    for place in steps.tables:
        value = values[place]
        rows += len(value) if isinstance(value, tuple) else 0
    return affords(steps, rows)


def affords(steps: Steps, rows: int) -> bool:
    """Return whether the reference can't run out of steps on tables of so many rows in all."""
    if rows and steps.deeper:
        return False
    return steps.alone + rows * steps.by_row + rows * rows * steps.by_pair < _MOST


def _count(expr: Expr, counts: list[int], inside: int) -> None:
    """Add the nodes of an expression to the bound of the loops they stand in."""
    deepest = inside
    size = 0
    for part in walk(expr.tree):
        size += 1
        if isinstance(part, Aggregate):
            deepest = max(deepest, inside + _loops(part))
    counts[min(deepest, 3)] += size * _TIMES


def _loops(tree: Aggregate) -> int:
    """Return how many loops stand in each other at most."""
    most = 0
    waiting = [(part, 1) for part in walk(tree) if part is not tree and isinstance(part, Aggregate)]
    for part, depth in waiting:
        most = max(most, depth + _loops(part) - 1)
    return most + 1


def _exprs(plan: Plan) -> Iterator[Expr]:
    for derived in plan.derived:
        if derived.expr is not None:
            yield derived.expr
        for row in derived.rows:
            yield from (item for item in (row.when, row.then) if isinstance(item, Expr))
    for adjustment in plan.adjustments:
        yield adjustment.score
    for gate in plan.gates:
        yield gate.when
        if isinstance(gate.value, Expr):
            yield gate.value
    for rule in plan.decisions:
        yield from (item for item in (rule.when, rule.amount, rule.due) if item is not None)
    yield from (expr for _, expr in plan.report)


def _indicators(nodes: Sequence[Indicator]) -> Iterator[Indicator]:
    for node in nodes:
        yield node
        yield from _indicators(node.children)


def _own(node: Indicator) -> Iterator[Expr]:
    for item in (node.points, node.weight, node.applies_when):
        if item is not None:
            yield item
    each = node.for_each
    if each is not None:
        yield from (item for item in (each.where, each.key, each.points) if item is not None)
        if each.split is not None:
            yield each.split[0]
    yield from (item.when for item in node.findings)
    if node.method is not None:
        yield from node.method.reads
