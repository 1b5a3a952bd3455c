"""Points that must add up, and what an indicator needs to be scored at all."""

from collections.abc import Container, Iterable
from decimal import Decimal

from perfrules.decimals import CONTEXT, ZERO, plain
from perfrules.errors import Path, Text
from perfrules.lang.check.context import Context
from perfrules.lang.plan import Aggregation, Indicator, Rounding
from perfrules.lang.tree import Expr
from perfrules.messages import did_you_mean

_MEANS = ("weighted_mean", "geometric_mean")


def check_points(
    context: Context,
    nodes: tuple[Indicator, ...],
    total: Decimal | None,
    aggregate: Aggregation,
    broken: Container[str],
) -> None:
    """Check sums at every level, then the policies that name other indicators.

    Of the nodes in *broken* points, weight or rows were refused already: nothing more is said.
    """
    if nodes:
        _siblings(context, nodes, aggregate, broken)
        _sum(context, nodes, total if aggregate == "sum" else None, ("total",), "total")
    for node in walk(nodes):
        if node.children:
            _siblings(context, node.children, node.aggregate, broken)
            whole = constant(node) if node.aggregate == "sum" else None
            _sum(context, node.children, whole, (*node.path, "points"), node.id)
        elif node.for_each is not None:
            _rows(context, node, broken)
    _destinations(context, nodes)


def check_digits(
    context: Context,
    nodes: tuple[Indicator, ...],
    rounding: Rounding,
    total: Decimal | None,
    total_rounding: Rounding,
) -> None:
    """PRF499: points with more decimals than the score that is rounded from them can have.

    A line that meets everything would earn more than its points, or less. A sum isn't rounded, and
    its points are those of the lines below.
    """
    if total is not None:
        _fits(context, ("total",), "total", total, total_rounding.digits)
    for node in walk(nodes):
        digits = (node.rounding or rounding).digits
        each = node.for_each
        if each is not None:
            _fits_expr(context, node, each.points, digits)
            if each.split is not None:
                amount, parts = each.split
                _fits_expr(context, node, amount, min(parts, digits))
                if parts > digits:
                    shared = f"digits: {parts}"
                    place = (*amount.where[:-1], "digits")
                    context.report(
                        "PRF499", place, value=shared, name=node.id, more=parts, digits=digits
                    )
        elif node.method is not None or node.aggregate != "sum":
            _fits_expr(context, node, node.points, digits)


def _fits_expr(context: Context, node: Indicator, expr: Expr | None, digits: int) -> None:
    if expr is not None and isinstance(expr.constant, Decimal):
        _fits(context, expr.where, node.id, expr.constant, digits)


def _fits(context: Context, path: Path, name: str, points: Decimal, digits: int) -> None:
    written = plain(points)
    more = len(written.partition(".")[2])
    if more > digits:
        context.report("PRF499", path, value=written, name=name, more=more, digits=digits)


def constant(node: Indicator) -> Decimal | None:
    """Return a node's points where they are a literal."""
    value = node.points.constant if node.points is not None else None
    return value if isinstance(value, Decimal) else None


def possible(node: Indicator) -> Decimal | None:
    """Return the constant points of a node: its own, else the sum of its children's."""
    if node.points is not None:
        return constant(node)
    if not node.children or node.aggregate != "sum":
        return None
    return added(node.children)


def added(nodes: Iterable[Indicator]) -> Decimal | None:
    """Return the sum of constant points, or None where one isn't constant."""
    total = ZERO
    for node in nodes:
        if not node.scored:
            continue
        points = possible(node)
        if points is None:
            return None
        total = CONTEXT.add(total, points)
    return total


def _siblings(
    context: Context, nodes: Iterable[Indicator], aggregate: Aggregation, broken: Container[str]
) -> None:
    """PRF402, PRF414, PRF415: points or weights as the branch needs them."""
    for node in nodes:
        if not node.scored:
            continue
        if aggregate == "sum" and node.weight is not None:
            context.report("PRF414", (*node.path, "weight"), key=True, name=node.id)
        elif aggregate == "sum" and _has_no_points(node) and node.id not in broken:
            context.report("PRF402", (*node.path, "id"), name=node.id)
        elif aggregate in _MEANS and _has_no_part(node) and node.id not in broken:
            context.report("PRF415", (*node.path, "id"), name=node.id)


def _has_no_points(node: Indicator) -> bool:
    if node.points is not None or node.for_each is not None:
        return False
    return not node.children or node.aggregate != "sum"


def _has_no_part(node: Indicator) -> bool:
    return node.weight is None and node.points is None


def _sum(
    context: Context, nodes: Iterable[Indicator], whole: Decimal | None, path: Path, name: str
) -> None:
    """PRF400, PRF401: points below that add up to something else."""
    scored = [node for node in nodes if node.scored]
    found = added(scored)
    if found is None or whole is None or found == whole:
        return
    gap = CONTEXT.abs(CONTEXT.subtract(whole, found))
    zh, en = ("增加", "add {} to") if whole > found else ("减少", "take {} from")
    context.report(
        "PRF401" if path == ("total",) else "PRF400",
        path,
        value=plain(whole),
        found=plain(found),
        name=name,
        listed=" + ".join(f"{node.id} {plain(possible(node) or ZERO)}" for node in scored),
        difference=Text(f"{zh}{plain(gap)}", en.format(plain(gap))),
    )


def _rows(context: Context, node: Indicator, broken: Container[str]) -> None:
    """PRF416: rows that have no points."""
    each = node.for_each
    if each is None or not node.scored or node.id in broken:
        return
    if each.points is None and each.split is None:
        context.report("PRF416", (*node.path, "for_each"), key=True, name=node.id)


def _destinations(context: Context, nodes: tuple[Indicator, ...]) -> None:
    """PRF417: points are sent to an indicator that isn't there, or to the node's own branch."""
    by_id = {node.id: node for node in walk(nodes)}
    for node in by_id.values():
        for key, policy in (
            ("not_applicable", node.not_applicable),
            ("unverified", node.unverified),
            ("waived", node.waived),
        ):
            if policy.policy != "to" or policy.to is None:
                continue
            path = (*node.path, key, "to")
            target = by_id.get(policy.to)
            if target is None:
                context.report(
                    "PRF417", path, value=policy.to, hint=did_you_mean(policy.to, list(by_id))
                )
            elif _overlap(node.path, target.path):
                context.report("PRF418", path, value=policy.to, name=node.id)


def _overlap(left: Path, right: Path) -> bool:
    """Return whether one of two nodes lies in the other, or they are one."""
    size = min(len(left), len(right))
    return left[:size] == right[:size]


def walk(nodes: tuple[Indicator, ...]) -> list[Indicator]:
    """Return every node, parents before children, in document order."""
    found: list[Indicator] = []
    for node in nodes:
        found.append(node)
        found += walk(node.children)
    return found
