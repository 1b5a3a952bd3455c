"""Points that must add up, and what an indicator needs to be scored at all."""

from collections.abc import Iterable
from decimal import Decimal

from perfrules.decimals import CONTEXT, ZERO, plain
from perfrules.errors import Path
from perfrules.lang.check.context import Context
from perfrules.lang.plan import Aggregation, Indicator
from perfrules.messages import did_you_mean


def check_points(
    context: Context, nodes: tuple[Indicator, ...], total: Decimal | None, aggregate: Aggregation
) -> None:
    """Check sums at every level, then the policies that name other indicators."""
    if nodes:
        _siblings(context, nodes, total, aggregate, ("total",), "total")
    for node in walk(nodes):
        if node.children:
            _siblings(
                context, node.children, constant(node), node.aggregate, (*node.path, "points"), node.id
            )
        elif node.for_each is not None:
            _rows(context, node)
    _destinations(context, nodes)


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


def _siblings(  # noqa: PLR0913 - one branch
    context: Context,
    nodes: tuple[Indicator, ...],
    whole: Decimal | None,
    aggregate: Aggregation,
    path: Path,
    name: str,
) -> None:
    """PRF400, PRF401, PRF402, PRF414: sums, and points or weights as the branch needs them."""
    scored = [node for node in nodes if node.scored]
    if aggregate == "sum":
        for node in scored:
            if node.weight is not None:
                context.report("PRF414", (*node.path, "weight"), key=True, name=node.id)
            elif _has_no_points(node):
                context.report("PRF402", (*node.path, "id"), name=node.id)
        found = added(scored)
        if found is None or whole is None or found == whole:
            return
        code = "PRF401" if path == ("total",) else "PRF400"
        listed = " + ".join(f"{node.id} {plain(possible(node) or ZERO)}" for node in scored)
        context.report(
            code,
            path,
            value=plain(whole),
            found=plain(found),
            name=name,
            listed=listed,
            difference=f"{'+' if whole > found else '-'}{plain(abs(whole - found))}",
        )
    else:
        for node in scored:
            if node.weight is None and node.points is None and aggregate != "minimum":
                context.report("PRF415", (*node.path, "id"), name=node.id)


def _has_no_points(node: Indicator) -> bool:
    if node.points is not None:
        return False
    if node.for_each is not None:
        return node.for_each.points is None and node.for_each.split is None
    return not node.children or node.aggregate != "sum"


def _rows(context: Context, node: Indicator) -> None:
    each = node.for_each
    if each is None or not node.scored:
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



