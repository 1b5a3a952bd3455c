"""Declared points: the plan's indicators with one leaf per row, sums checked, nothing rescaled."""

from collections.abc import Iterable
from decimal import Decimal

from perfrules.decimals import CONTEXT, ONE, ZERO, on_grid, plain, round_to
from perfrules.engine.node import Node
from perfrules.engine.result import State
from perfrules.engine.unit import Unit
from perfrules.errors import Text
from perfrules.lang.frame import Fault
from perfrules.lang.plan import ForEach, Indicator
from perfrules.lang.tree import Expr


def expand(unit: Unit) -> list[Node]:
    """Return the top nodes of the unit with their declared points."""
    nodes = [_expand(unit, indicator, (), scored=True) for indicator in unit.plan.indicators]
    show_rows_once([below for node in nodes for below in node.walk()])
    for node in nodes:
        for below in node.walk():
            unit.nodes[below.id] = below
    return nodes


def show_rows_once(nodes: list[Node]) -> None:
    """Leave each row that isn't scored under one indicator only, where several share its table.

    A sheet lists what a row breaks down (其中) right below it, so the row stays with the indicator
    that scores the nearest row above it, else the nearest below, else with the first.
    """
    sharing: dict[str, list[Node]] = {}
    for node in nodes:
        each = node.plan.for_each
        if each is not None and node.row is None and node.state is State.SCORED:
            sharing.setdefault(each.table, []).append(node)
    for branches in sharing.values():
        if len(branches) > 1:
            owners = _owners(branches)
            for branch in branches:
                branch.children = [
                    row
                    for row, owner in zip(branch.children, owners, strict=True)
                    if row.state is State.SCORED or owner is branch
                ]


def _owners(branches: list[Node]) -> list[Node]:
    """Return, for each row of the table, the branch under which it is shown."""
    scoring = [
        next((branch for branch, row in zip(branches, rows, strict=True) if row.counts), None)
        for rows in zip(*(branch.children for branch in branches), strict=True)
    ]
    first = next((branch for branch in scoring if branch is not None), branches[0])
    owners: list[Node] = []
    for branch in scoring:
        owners.append(branch or (owners[-1] if owners else first))
    return owners


def _expand(unit: Unit, plan: Indicator, path: tuple[str, ...], *, scored: bool) -> Node:
    scored = scored and plan.scored
    node = Node(
        plan=plan,
        id=plan.id,
        path=(*path, plan.id),
        title=plan.title,
        points=_amount(unit, plan.points) if scored else None,
        weight=_amount(unit, plan.weight) if scored else None,
        state=State.SCORED if scored else State.INFORMATIONAL,
    )
    if plan.for_each is not None:
        node.children = _rows(unit, node, plan.for_each)
    else:
        node.children = [_expand(unit, child, node.path, scored=scored) for child in plan.children]
    if node.points is None and scored and node.sums and node.children and node.weight is None:
        node.points = total_points(node.children)
    return node


def _rows(unit: Unit, parent: Node, each: ForEach) -> list[Node]:
    """Return one leaf per row; rows that fail `where` are informational."""
    nodes: list[Node] = []
    seen: dict[str, int] = {}
    for number, row in enumerate(unit.rows(each.table), start=1):
        unit.budget.spend()
        unit.bound[each.row] = row
        key = str(unit.value(each.key))
        counted = parent.state is State.SCORED and (
            each.where is None or bool(unit.value(each.where))
        )
        if key in seen:
            raise Fault(
                "PRF541",
                where=each.key.where,
                name=parent.id,
                key=key,
                left=seen[key],
                right=number,
            )
        seen[key] = number
        name = f"{parent.id}[{key}]"
        nodes.append(
            Node(
                plan=parent.plan,
                id=name,
                path=(*parent.path, name),
                title=Text(key, key),
                points=_amount(unit, each.points) if counted else None,
                weight=None,
                row=row,
                state=State.SCORED if counted else State.INFORMATIONAL,
            )
        )
    unit.bound.pop(each.row, None)
    if each.split is not None:
        sharing = [node for node in nodes if node.state is State.SCORED]
        _split(sharing, _amount(unit, each.split[0]) or ZERO, each.split[1])
    _refuse_finer(unit, parent.plan, each, nodes)
    return nodes


def _refuse_finer(unit: Unit, plan: Indicator, each: ForEach, rows: list[Node]) -> None:
    """Refuse points with more decimals than the score of their row is rounded to.

    A row that meets everything would earn more than its points, or less.
    """
    digits = (plan.rounding or unit.plan.rounding).digits
    expr = each.points or (each.split[0] if each.split else None)
    for row in rows:
        if row.points is not None and expr is not None and not on_grid(row.points, digits):
            raise Fault(
                "PRF557", where=expr.where, name=row.id, value=plain(row.points), digits=digits
            )


def _split(nodes: list[Node], amount: Decimal, digits: int) -> None:
    """Give *nodes* equal parts of *amount*: largest remainder, ties by key, exact in sum.

    Equal parts have equal remainders, so what is left over goes step by step in order of the key.
    """
    if not nodes:
        return
    step = Decimal(1).scaleb(-digits)
    part = round_to(CONTEXT.divide(amount, Decimal(len(nodes))), digits, "floor")
    left = CONTEXT.subtract(amount, CONTEXT.multiply(part, Decimal(len(nodes))))
    for node in sorted(nodes, key=lambda node: node.id):
        extra = min(step, max(left, ZERO))
        node.points = CONTEXT.add(part, extra)
        left = CONTEXT.subtract(left, extra)


def _amount(unit: Unit, expr: Expr | None) -> Decimal | None:
    """Return points or a weight; a negative one is a fault of the facts."""
    if expr is None:
        return None
    found = unit.value(expr)
    assert isinstance(found, Decimal)  # noqa: S101 - typed at load
    if found < 0:
        raise Fault("PRF551", where=expr.where, value=plain(found), text=expr.text)
    return found


def total_points(nodes: Iterable[Node]) -> Decimal:
    """Return the exact sum of the points that are declared."""
    total = ZERO
    for node in nodes:
        if node.points is not None:
            total = CONTEXT.add(total, node.points)
    return total


def sums_that_differ(unit: Unit, nodes: list[Node]) -> list[Fault]:
    """Return a fault for each sum of points that differs from the node's own, or the total."""
    faults = []
    for top in nodes:
        for node in top.walk():
            if node.points is None or node.is_leaf or not node.sums:
                continue
            found = total_points(node.children)
            if found != node.points:
                faults.append(_differs(node.plan.path, _called(node), found, node.points))
    if unit.plan.total is not None and unit.plan.aggregate == "sum" and nodes:
        found = total_points(nodes)
        if found != unit.plan.total:
            faults.append(_differs(("total",), Text("总分", "the total"), found, unit.plan.total))
    return faults


def adopt(nodes: list[Node]) -> Decimal:
    """Give every branch the sum of what is below it, and return the sum of the top level.

    Only where facts allow sums to differ: then what was declared is reported, and nothing rescaled.
    """
    for node in nodes:
        if node.sums and not node.is_leaf and node.points is not None:
            node.points = adopt(node.children)
    return total_points(nodes)


def _called(node: Node) -> Text:
    """Return what a sentence calls a node: its title and its id."""
    zh, en = node.title.get("zh"), node.title.get("en")
    return Text(
        zh if zh == node.id else f"{zh}（{node.id}）", en if en == node.id else f"{en} ({node.id})"
    )


def _differs(where: tuple[str | int, ...], name: Text, found: Decimal, wanted: Decimal) -> Fault:
    return Fault("PRF540", where=where, name=name, left=plain(found), right=plain(wanted))


def weight_of(node: Node) -> Decimal:
    """Return the weight a child contributes its rate with: its weight, else its points, else 1."""
    if node.weight is not None:
        return node.weight
    return node.points if node.points is not None else ONE
