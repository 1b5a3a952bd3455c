"""The thresholds of a plan: pairs of sizes that are compared, in conditions and in methods."""

from collections.abc import Iterator

from perfrules.analysis.coverage.conditions import has_edge
from perfrules.analysis.coverage.exprs import exprs_in
from perfrules.analysis.coverage.inner import methods_within
from perfrules.lang.expr.scope import children, names_of
from perfrules.lang.methods.bands import BandsPlan
from perfrules.lang.methods.base import MethodPlan
from perfrules.lang.methods.deadline import DeadlinePlan
from perfrules.lang.methods.deduct import DeductPlan, Steps
from perfrules.lang.methods.linear import LinearPlan
from perfrules.lang.methods.proportional import ProportionalPlan
from perfrules.lang.plan import Indicator, Plan
from perfrules.lang.tree import Compare, Expr, Tree


def sized_pairs(plan: Plan) -> Iterator[tuple[Expr, Expr, Expr, str]]:
    """Yield each threshold: the expression it is written in, its sides, and its text."""
    for node in _leaves(plan.indicators):
        if node.method is not None and node.for_each is None:
            for method in methods_within(node.method):
                for actual, bound in _of_method(method):
                    yield bound, actual, bound, f"{actual.text} = {bound.text}"
    for expr in exprs_in(plan):
        for tree in _trees(expr.tree):
            if isinstance(tree, Compare):
                yield from _compared(expr, tree)


def _leaves(nodes: tuple[Indicator, ...]) -> Iterator[Indicator]:
    for node in nodes:
        yield node
        yield from _leaves(node.children)


def _of_method(method: MethodPlan) -> Iterator[tuple[Expr, Expr]]:
    match method:
        case BandsPlan():
            yield from ((method.actual, band.bound) for band in method.bands if band.bound)
        case LinearPlan():
            for line in method.slopes:
                yield method.actual, line.zero
                yield method.actual, line.full
        case ProportionalPlan():
            yield method.actual, method.target
        case DeductPlan():
            for loss in method.losses:
                if isinstance(loss, Steps):
                    yield loss.actual, loss.start
        case DeadlinePlan():
            yield method.actual, method.due
        case _:
            return


def _compared(expr: Expr, tree: Compare) -> Iterator[tuple[Expr, Expr, Expr, str]]:
    for place, op in enumerate(tree.ops):
        left, right = tree.operands[place], tree.operands[place + 1]
        if has_edge(left, right, op):
            one, other = _part(expr, left), _part(expr, right)
            yield expr, one, other, f"{one.text} {op} {other.text}"


def _part(expr: Expr, tree: Tree) -> Expr:
    """Return a part of an expression as one of its own, told with the text it has there."""
    text = " ".join(expr.text[tree.start : tree.end].split())
    return Expr(text, tree, names_of(tree), frozenset(), expr.where)


def _trees(tree: Tree) -> Iterator[Tree]:
    waiting = [tree]
    while waiting:
        found = waiting.pop()
        yield found
        waiting += children(found)
