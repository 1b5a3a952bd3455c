"""Where the points of lines that aren't scored go, by the reference's own policies.

All units in which the same lines are in the same states have the same effective points, as long as
declared points don't vary: they are found once for each pattern of states.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from perfrules.decimals import ONE
from perfrules.engine.answer import State
from perfrules.engine.batch.kernel.chunk import UnsupportedError
from perfrules.engine.batch.kernel.lines import Line
from perfrules.engine.batch.kernel.numbers import Known, Number
from perfrules.engine.node import Node
from perfrules.engine.policies import Whole, completeness, move_to, settle_branches, spread
from perfrules.errors import Text
from perfrules.lang.plan import Plan

_NOTHING = Text()


def arranged(
    plan: Plan, tops: Sequence[Line], states: Mapping[str, State]
) -> tuple[list[Node], Decimal | None]:
    """Return the reference's nodes with their effective points, and the share that is assessed.

    Args:
        plan: The plan.
        tops: Its lines.
        states: The state of each line that isn't scored though it could be.

    Raises:
        UnsupportedError: Points vary, and not everything is scored and adds up: where it does,
            points are what they are declared to be, and the nodes' own say nothing.
    """
    if varies(tops):
        lines = [line for top in tops for line in top.walk() if line.scored]
        weights = any(line.weight is not None for line in lines)
        rated = any(line.below and not line.sums for line in lines)
        if states or weights or rated or plan.aggregate != "sum":
            raise UnsupportedError
    nodes = [_node(line, states) for line in tops]
    settle_branches(nodes)
    move_to(nodes, {node.id: node for top in nodes for node in top.walk()})
    spread(nodes, Whole(plan.total, plan.total, plan.total, plan.aggregate == "sum"))
    complete = completeness(nodes, plan.total) if plan.total else None
    return nodes, ONE if complete is not None and varies(tops) else complete


def _node(line: Line, states: Mapping[str, State]) -> Node:
    state = State.SCORED if line.scored else State.INFORMATIONAL
    if line.scored:
        state = states.get(line.plan.id, state)
    node = Node(
        plan=line.plan,
        id=line.plan.id,
        path=line.path,
        title=_NOTHING,
        points=_fixed(line.points),
        weight=_fixed(line.weight),
        children=[_node(child, states) for child in line.below],
        state=state,
    )
    if line.sheet is not None:
        node.children = [_rows(node)]
    return node


def _rows(sheet: Node) -> Node:
    """Return one leaf for all rows of a sheet: every one of them counts, or none."""
    name = f"{sheet.id}[]"
    return replace(sheet, id=name, path=(*sheet.path, name), row={}, children=[])


def _fixed(number: Number | None) -> Decimal | None:
    if number is None:
        return None
    if not isinstance(number, Known):
        return ONE  # it varies
    return number.value


def varies(tops: Sequence[Line]) -> bool:
    """Return whether declared points or weights depend on the facts."""
    return any(
        number is not None and not isinstance(number, Known)
        for top in tops
        for line in top.walk()
        for number in (line.points, line.weight)
    )
