"""A unit in which not everything is scored: the reference's policies over the shares found.

Nothing is rated again: nodes get the states, shares and points that the generated code found, and
from there on the functions of the reference decide.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import cast

from perfrules.engine.answer import State
from perfrules.engine.codegen.build import Found
from perfrules.engine.codegen.scores import Scores
from perfrules.engine.decide import capped, decide, find, graded, named_values
from perfrules.engine.expand import show_rows_once
from perfrules.engine.node import Node
from perfrules.engine.policies import Whole, move_to, settle_branches, spread
from perfrules.engine.result import Line, Result
from perfrules.engine.totals import complete_of, known, total_of, zero
from perfrules.engine.unit import Unit
from perfrules.errors import Text
from perfrules.lang.frame import Rated
from perfrules.lang.plan import Indicator
from perfrules.lang.tree import Expr

_NOTHING = Text()


def settled(unit: Unit, found: Found, *, watches: bool) -> Scores:
    """Return the scores of a unit from what its generated code found.

    Args:
        unit: The unit, of which nothing is known yet but its facts.
        found: States, shares and points by line.
        watches: Whether a finding or a reported value could refuse the unit.

    Raises:
        Fault: The unit can't be scored; the reference says so better.
    """
    plan = unit.plan
    nodes = _nodes(unit, found)
    settle_branches(nodes)
    move_to(nodes, unit.nodes)
    spread(nodes, Whole(unit.whole, unit.whole, unit.whole, plan.aggregate == "sum"))
    total, _ = total_of(unit, nodes)
    unit.reserved |= known(total=total, complete=complete_of(unit, nodes))
    _fire(unit)
    if zero(unit):
        total, _ = total_of(unit, nodes)
    grade = None
    if total is not None:
        total = capped(unit, total)
        grade = graded(unit, total)
    unit.reserved |= known(total=total, grade=grade)
    decisions, _, undecided = decide(unit)
    if watches:
        find(unit, nodes)
        named_values(unit)
    lines = [node for top in nodes for node in top.walk()]
    decided = tuple(item.id for item in decisions)
    return Scores(
        total=total,
        whole=unit.whole,
        grade=grade,
        complete=complete_of(unit, nodes),
        ids=tuple(node.id for node in lines),
        scores=tuple(node.score if node.points is not None else None for node in lines),
        states=tuple(node.state for node in lines),
        gates=tuple(gate.id for gate in plan.gates if unit.gates[gate.id]),
        decisions=decided,
        undecided=undecided,
        shares=tuple(node.rate for node in lines),
    )


def _fire(unit: Unit) -> None:
    """Set the flag of every gate; what a gate that fired caps at must have a value."""
    for gate in unit.plan.gates:
        unit.gates[gate.id] = bool(unit.value(gate.when))
    for gate in unit.plan.gates:
        if unit.gates[gate.id] and isinstance(gate.value, Expr):
            unit.value(gate.value)


def _nodes(unit: Unit, found: Found) -> list[Node]:
    """Return the unit's nodes, in their states, with their shares."""
    lines, sheets = iter(found[0]), iter(found[1])
    after: list[tuple[Node, State, object]] = []
    nodes = [
        _node(indicator, (), lines, sheets, after, scored=True)
        for indicator in unit.plan.indicators
    ]
    show_rows_once([below for node in nodes for below in node.walk()])
    for node, state, share in after:
        node.state = state
        if isinstance(share, tuple):
            node.rated = Rated(share[0], _NOTHING, share[1])
    for top in nodes:
        _lower(top)
        for node in top.walk():
            unit.nodes[node.id] = node
    return nodes


def _lower(node: Node) -> None:
    """Take what is below a line that isn't scored out of the count."""
    if node.state not in (State.SCORED, State.INFORMATIONAL):
        for below in node.walk():
            if below is not node and below.state is State.SCORED:
                below.state = State.NOT_APPLICABLE
        return
    for child in node.children:
        _lower(child)


def _node(
    plan: Indicator,
    path: tuple[str, ...],
    lines: Iterator[tuple[object, ...]],
    sheets: Iterator[tuple[object, ...]],
    after: list[tuple[Node, State, object]],
    *,
    scored: bool,
) -> Node:
    state, share, points, weight = next(lines)
    scored = scored and plan.scored
    node = Node(
        plan=plan,
        id=plan.id,
        path=(*path, plan.id),
        title=plan.title,
        points=cast("Decimal | None", points),
        weight=cast("Decimal | None", weight),
        state=State.SCORED if scored else State.INFORMATIONAL,
    )
    if plan.for_each is not None:
        node.children = _rows(node, next(sheets), after)
        return node
    if isinstance(state, State):
        after.append((node, state, share))
    node.children = [
        _node(child, node.path, lines, sheets, after, scored=scored) for child in plan.children
    ]
    return node


def _rows(
    parent: Node, sheet: tuple[object, ...], after: list[tuple[Node, State, object]]
) -> list[Node]:
    keys, points, counted, states, shares, rows = cast("tuple[Sequence[object], ...]", sheet)
    nodes = []
    for place, key in enumerate(keys):
        name = f"{parent.id}[{key}]"
        node = Node(
            plan=parent.plan,
            id=name,
            path=(*parent.path, name),
            title=_NOTHING,
            points=cast("Decimal | None", points[place]),
            weight=None,
            row=cast("Mapping[str, object]", rows[place]),
            state=State.SCORED if counted[place] else State.INFORMATIONAL,
        )
        state = states[place]
        if isinstance(state, State):
            after.append((node, state, shares[place]))
        nodes.append(node)
    return nodes


def scores_of(result: Result) -> Scores:
    """Return the numbers of a result of the reference."""
    lines = [line for line in result.lines() if not _rescaling(line)]
    decided = tuple(item.id for item in result.decisions)
    return Scores(
        total=result.total,
        whole=result.points,
        grade=result.grade,
        complete=result.complete,
        ids=tuple(line.id for line in lines),
        scores=tuple(line.score for line in lines),
        states=tuple(line.state for line in lines),
        gates=tuple(gate.id for gate in result.gates if gate.fired),
        decisions=decided,
        undecided=result.undecided,
        shares=tuple(line.rate for line in lines),
    )


def _rescaling(line: Line) -> bool:
    """Whether a line only makes a sum add up where children were left out."""
    return line.id.endswith(".rescaled")
