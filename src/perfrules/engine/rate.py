"""Leaves: each gets its state, and its share of the points where it is scored."""

from collections.abc import Mapping

from perfrules.decimals import ONE, ZERO
from perfrules.engine.facts import Waiver
from perfrules.engine.node import Node
from perfrules.engine.result import State
from perfrules.engine.unit import At, Unit
from perfrules.errors import Text
from perfrules.lang.frame import Fault, MissingFault


def rate(unit: Unit, node: Node, waivers: Mapping[str, Waiver]) -> None:
    """Set the state of *node* and of all below, and rate every leaf that is scored."""
    if node.row is not None and node.plan.for_each is not None:
        unit.bound[node.plan.for_each.row] = node.row
    if node.state is State.SCORED:
        node.state = _state(unit, node, waivers)
    if node.state in (State.SCORED, State.INFORMATIONAL):
        if node.is_leaf:
            _rate_leaf(unit, node)
        for child in node.children:
            rate(unit, child, waivers)
    else:
        for below in node.walk():
            if below is not node and below.state is State.SCORED:
                below.state = State.NOT_APPLICABLE
    if node.row is not None and node.plan.for_each is not None:
        del unit.bound[node.plan.for_each.row]


def _state(unit: Unit, node: Node, waivers: Mapping[str, Waiver]) -> State:
    waiver = waivers.get(node.id)
    if waiver is not None:
        node.waiver = waiver.reason
        return State.WAIVED
    if node.plan.applies_when is not None and (node.row is not None or node.plan.for_each is None):
        try:
            applies = unit.value(node.plan.applies_when)
        except MissingFault as fault:
            return _without(node, fault)
        if not applies:
            return State.NOT_APPLICABLE
    return State.SCORED


def _without(node: Node, fault: MissingFault) -> State:
    """Return the state of a line that lacks an input, by its policy; an error is raised again."""
    node.missing_input = fault.name
    match node.plan.missing:
        case "zero":
            return State.MISSING
        case "not_applicable":
            return State.NOT_APPLICABLE
        case _:
            raise fault


def _rate_leaf(unit: Unit, node: Node) -> None:
    method = node.plan.method
    if method is None:
        return
    if node.state is State.INFORMATIONAL:
        if node.row is None:
            _rate_informational(unit, node)
        return
    try:
        node.rated = method.rate(_at(unit, node))
    except MissingFault as fault:
        node.state = _without(node, fault)
        return
    except Fault as fault:
        fault.args_by_name.setdefault("rule", node.id)
        raise
    node.notes += node.rated.notes
    if node.rated.unverified:
        node.state = State.UNVERIFIED


def _rate_informational(unit: Unit, node: Node) -> None:
    """Rate a line that isn't scored, for information; what can't be rated is noted, not fatal."""
    assert node.plan.method is not None  # noqa: S101 - the caller asked
    try:
        node.rated = node.plan.method.rate(_at(unit, node))
    except Fault:
        node.notes.append(Text("无法计算得分率", "no rate could be computed"))


def _at(unit: Unit, node: Node) -> At:
    points = node.points if node.points is not None else ONE
    return At(unit, points if points != ZERO else ONE, node.id, unit.facts.evidence.get(node.id))
