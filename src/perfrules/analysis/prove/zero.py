"""Divisions whose divisor may be 0, under the conditions that stand before them."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial
from typing import Any, Final

from perfrules.analysis.prove.case import Case, Cases, each
from perfrules.analysis.prove.inquiry import Inquiry
from perfrules.analysis.prove.numbers import exprs_in
from perfrules.analysis.prove.outcome import within
from perfrules.analysis.reads import behind
from perfrules.decimals import ZERO
from perfrules.lang.expr.scope import children, names_of
from perfrules.lang.tree import Aggregate, Arithmetic, Expr, IfElse, Logic, Tree
from perfrules.lang.types import Kind

_ZERO: Final = "PRF530"
_TRIES: Final = 60


def check_zeros(inquiry: Inquiry) -> None:
    """PRF818: a unit is refused because a rule divides by 0."""
    told: set[tuple[object, ...]] = set()
    for expr, cases in _placed(inquiry):
        for tree in _open(inquiry, expr.tree, cases):
            place = (*expr.where, tree.start)
            if place in told:
                continue
            facts = _witness(inquiry, expr, tree)
            if facts is not None:
                told.add(place)
                values: dict[str, Any] = {
                    "value": expr.text[tree.right.start : tree.right.end],
                    "text": expr.text[tree.start : tree.end],
                }
                inquiry.report("PRF818", expr.where, "proven", facts, **values)


def _placed(inquiry: Inquiry) -> Iterator[tuple[Expr, Cases]]:  # noqa: C901 - one part after the other
    """Yield every expression that is computed, with what holds where it is."""
    plan, reason, seen = inquiry.plan, inquiry.reason, set[int]()
    for item in plan.derived:
        for place, row in enumerate(item.rows):
            cases = reason.chosen(item, place, Case())
            for expr in exprs_in(row):
                seen.add(id(expr))
                yield expr, cases if expr is row.then else [Case()]
    for node in inquiry.world.nodes.values():
        cases = [within(node, Case())]
        if node.applies_when is not None:
            cases = each(cases, partial(reason.assume, node.applies_when.tree, True))
        if node.formula is not None and not any(
            expr is node.formula for expr in exprs_in(node.method)
        ):
            seen.add(id(node.formula))  # for people: it isn't computed
        for expr in exprs_in(node.method):
            seen.add(id(expr))
            yield expr, cases
    for rule in plan.decisions:
        cases = [Case()]
        if rule.when is not None:
            cases = reason.assume(rule.when.tree, True, Case())
        for expr in exprs_in((rule.amount, rule.due)):
            seen.add(id(expr))
            yield expr, cases
    for expr in exprs_in(plan):
        if id(expr) not in seen:
            yield expr, [Case()]


def _open(inquiry: Inquiry, tree: Tree, cases: Cases) -> Iterator[Arithmetic]:
    """Yield the divisions whose divisor may be 0 in one of *cases*."""
    reason = inquiry.reason
    match tree:
        case Logic():
            before = cases
            for part in tree.operands:
                yield from _open(inquiry, part, before)
                before = each(before, partial(reason.assume, part, tree.op == "and"))
        case IfElse():
            yield from _open(inquiry, tree.test, cases)
            for side, truth in ((tree.body, True), (tree.orelse, False)):
                yield from _open(
                    inquiry, side, each(cases, partial(reason.assume, tree.test, truth))
                )
        case Aggregate():
            inner = [case.within(tree.row, tree.source) for case in cases]
            if tree.condition is not None:
                yield from _open(inquiry, tree.condition, inner)
                inner = each(inner, partial(reason.assume, tree.condition, True))
            yield from _open(inquiry, tree.element, inner)
        case _:
            for part in children(tree):
                yield from _open(inquiry, part, cases)
            if isinstance(tree, Arithmetic) and tree.op == "/":
                found = [reason.number(tree.right, case) for case in cases]
                if any(item is not None and ZERO in item for item in found):
                    yield tree


def _witness(inquiry: Inquiry, expr: Expr, tree: Arithmetic) -> dict[str, Any] | None:
    """Return facts that are refused by this very division."""
    search = inquiry.search
    for key, (facts, _) in search.found.refused.items():
        if key == f"{_ZERO}@{expr.where}":
            return facts
    names = behind(inquiry.plan, [expr]) | names_of(tree.right)
    wanted = [item for item in inquiry.world.inputs.values() if item.id in names]
    for _ in range(_TRIES):
        if not search.pool:
            return None
        facts = dict(search.chance.choice(search.pool))
        for item in wanted:
            low = item.type.kind in (Kind.NUMBER, Kind.MONEY, Kind.PERCENT)
            zero = low and not (isinstance(item.min, Decimal) and item.min > 0)
            if zero and search.chance.random() < 0.7:  # noqa: PLR2004
                facts[item.id] = "0%" if item.type.kind is Kind.PERCENT else ZERO
            else:
                value = search.drawer.one(item)
                if value is not None:
                    facts[item.id] = value
        search.score(facts)
        found = search.found.refused.get(f"{_ZERO}@{expr.where}")
        if found is not None:
            return found[0]
    return None
