"""Whether a plan's scores depend on the day by more than the values of parameters."""

from collections.abc import Iterator, Sequence

from perfrules.engine.batch.kernel.forms import has_form
from perfrules.engine.codegen.trees import walk
from perfrules.lang.plan import Indicator, Plan
from perfrules.lang.tree import Expr, Name


def dated(plan: Plan) -> bool:
    """Return whether an expression reads the day, or a method without column form may."""
    methods = [item.method for item in _indicators(plan.indicators) if item.method is not None]
    if not all(has_form(method) for method in methods):
        return True
    return any(
        isinstance(part, Name) and part.id == "as_of"
        for expr in _expressions(plan)
        for part in walk(expr.tree)
    )


def _indicators(nodes: Sequence[Indicator]) -> Iterator[Indicator]:
    for node in nodes:
        yield node
        yield from _indicators(node.children)


def _expressions(plan: Plan) -> Iterator[Expr]:
    found: list[object] = []
    for derived in plan.derived:
        found += (derived.expr, *(part for row in derived.rows for part in (row.when, row.then)))
    for node in _indicators(plan.indicators):
        found += (node.points, node.weight, node.applies_when)
        found += (item.when for item in node.findings)
        found += () if node.method is None else node.method.reads
        each = node.for_each
        if each is not None:
            found += (each.where, each.key, each.points, each.split[0] if each.split else None)
    for gate in plan.gates:
        found += (gate.when, gate.value)
    for rule in plan.decisions:
        found += (rule.when, rule.amount, rule.due)
    found += (item.score for item in plan.adjustments)
    found += (expr for _, expr in plan.report)
    yield from (item for item in found if isinstance(item, Expr))
