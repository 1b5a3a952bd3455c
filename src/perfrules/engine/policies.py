"""Where the points of lines that aren't scored go: the six policies, without losing a point.

Declared points become effective points, top down. A branch whose parent gave it more passes the
growth on in proportion; `redistribute` moves points between siblings, `to` anywhere, `exclude`
takes them out of the branch, which then keeps its points and takes its rate from the rest.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from perfrules.decimals import CONTEXT, ONE, ZERO
from perfrules.engine.expand import total_points, weight_of
from perfrules.engine.node import Node
from perfrules.engine.result import State


def settle_branches(nodes: Iterable[Node]) -> None:
    """Set the state of each branch: not applicable where none of its children counts."""
    for node in nodes:
        if node.is_leaf:
            continue
        settle_branches(node.children)
        if node.state is State.SCORED and not any(child.counts for child in node.children):
            if all(child.state is State.INFORMATIONAL for child in node.children):
                node.state = State.INFORMATIONAL if node.points in (None, ZERO) else node.state
            if node.state is State.SCORED:
                node.state = State.NOT_APPLICABLE


@dataclass(frozen=True, slots=True)
class Whole:
    """What is spread among the children of a branch, or at the top level.

    `declared` are its points before policies, `effective` those after; None where it has only a
    weight. `stake` is the part of the total it stands for. `summed`: its children add up.
    """

    declared: Decimal | None
    effective: Decimal | None
    stake: Decimal | None
    summed: bool


def spread(nodes: Sequence[Node], whole: Whole) -> None:
    """Set the effective points and the stake of *nodes* and of all below them."""
    counted = [node for node in nodes if node.state is not State.INFORMATIONAL]
    if whole.summed and whole.effective is not None:
        _spread_points(counted, whole)
        for node in counted:
            node.stake = _part(whole.stake, node.effective or ZERO, whole.effective)
    else:
        _keep_points(counted, whole.stake)
    for node in counted:
        if node.children:
            spread(node.children, Whole(node.base, node.effective, node.stake, node.sums))


def _part(stake: Decimal | None, size: Decimal, whole: Decimal) -> Decimal | None:
    if stake is None or stake == whole:
        return None if stake is None else size
    return CONTEXT.divide(CONTEXT.multiply(stake, size), whole) if whole else ZERO


def _spread_points(nodes: list[Node], whole: Whole) -> None:
    """Pass on what the branch gained or lost, then move the points of what isn't scored."""
    assert whole.effective is not None  # noqa: S101 - the caller looked
    for node in nodes:
        node.effective = base = node.base or ZERO
        if whole.declared and whole.declared != whole.effective:
            node.effective = CONTEXT.divide(CONTEXT.multiply(base, whole.effective), whole.declared)
    takers = [node for node in nodes if node.counts]
    for how in ("redistribute", "redistribute_equally"):
        givers = [node for node in nodes if not node.counts and node.policy.policy == how]
        pool = ZERO
        for node in givers if takers else ():
            pool = CONTEXT.add(pool, node.effective or ZERO)
            node.effective = ZERO
        if pool:
            _hand_out(pool, takers, equally=how == "redistribute_equally")
    for node in nodes:
        if not node.counts:
            node.excluded = node.effective or ZERO
            node.effective = ZERO


def _hand_out(pool: Decimal, takers: list[Node], *, equally: bool) -> None:
    declared = total_points(takers)
    for node in takers:
        points = node.points or ZERO
        part = (
            CONTEXT.divide(pool, Decimal(len(takers)))
            if equally or not declared
            else CONTEXT.divide(CONTEXT.multiply(pool, points), declared)
        )
        node.effective = CONTEXT.add(node.effective or ZERO, part)


def _keep_points(nodes: list[Node], stake: Decimal | None) -> None:
    """Give children of a rate branch their part of its stake; their own points stay as they are.

    What was left out keeps its part, so that the branch doesn't count as completely assessed.
    """
    left_out = [node for node in nodes if not node.counts and node.policy.policy == "exclude"]
    whole = ZERO
    for node in (*left_out, *(node for node in nodes if node.counts)):
        whole = CONTEXT.add(whole, weight_of(node))
    for node in nodes:
        node.effective = _own_points(node) if node.counts else ZERO
        if node.points is None and not node.counts:
            node.effective = None
        if stake is not None:
            node.stake = _part(stake, weight_of(node), whole) if node.counts else ZERO


def _own_points(node: Node) -> Decimal | None:
    """Return the points of a node whose parent doesn't add up: its own, else its children's."""
    if node.points is not None:
        return node.base
    if not node.sums or not node.children:
        return None
    found = ZERO
    for child in node.children:
        found = CONTEXT.add(found, child.base or ZERO)
    return found


def move_to(nodes: Sequence[Node], by_id: dict[str, Node]) -> None:
    """Set `base`: declared points after those of not counted lines went where `to` says.

    Every branch on the way loses or gains as much, so that the sums still hold. A line that isn't
    scored itself passes points on by its own policy; in a ring of such lines nothing moves.
    """
    for top in nodes:
        for node in top.walk():
            node.base = node.points
    for node in _left_out(nodes):
        if node.policy.policy != "to" or not node.points:
            continue
        target = _destination(node, by_id)
        if target is not None:
            _shift(by_id, node, node.points.copy_negate())
            _shift(by_id, target, node.points)


def _left_out(nodes: Sequence[Node]) -> Iterator[Node]:
    """Yield what isn't scored, outermost first: below it only the outermost's policy counts."""
    for node in nodes:
        if node.state is State.SCORED:
            yield from _left_out(node.children)
        elif node.state is not State.INFORMATIONAL and not node.counts:
            yield node


def _destination(node: Node, by_id: dict[str, Node]) -> Node | None:
    seen = {node.id}
    target = by_id.get(node.policy.to or "")
    while target is not None and not target.counts and target.policy.policy == "to":
        if target.id in seen:
            return None
        seen.add(target.id)
        target = by_id.get(target.policy.to or "")
    return target


def _shift(by_id: dict[str, Node], node: Node, amount: Decimal) -> None:
    """Add *amount* to the base of *node* and of every branch above it."""
    for name in node.path:
        above = by_id[name]
        above.base = CONTEXT.add(above.base or ZERO, amount)


def completeness(nodes: Sequence[Node], total: Decimal) -> Decimal:
    """Return the share of *total* that was really assessed: the stakes of scored leaves."""
    assessed = ZERO
    for top in nodes:
        for leaf in top.leaves():
            if leaf.state is State.SCORED and leaf.stake is not None:
                assessed = CONTEXT.add(assessed, leaf.stake)
    return CONTEXT.divide(assessed, total) if total else ONE
