"""The total of one unit: lines scored and added up or combined, its share, what was assessed."""

from collections.abc import Sequence
from decimal import Decimal

from perfrules.decimals import CONTEXT, ONE, round_to
from perfrules.engine.aggregate import add_up, combine, score
from perfrules.engine.decide import bonuses
from perfrules.engine.lines import RESCALED
from perfrules.engine.node import Node
from perfrules.engine.policies import completeness
from perfrules.engine.result import AdjustmentLine
from perfrules.engine.unit import Unit
from perfrules.errors import Text


def total_of(unit: Unit, nodes: Sequence[Node]) -> tuple[Decimal | None, list[AdjustmentLine]]:
    """Score all lines and return the total before gates; None where nothing counts."""
    plan = unit.plan
    for node in nodes:
        score(node, plan)
    counted = [node for node in nodes if node.counts]
    if plan.total is None or not counted:
        return None, []
    rounding = plan.total_rounding
    if plan.aggregate != "sum":
        found = CONTEXT.multiply(plan.total, combine(plan.aggregate, counted))
        return bonuses(unit, round_to(found, rounding.digits, rounding.mode))
    added = add_up(nodes)
    whole = round_to(added.rescaled, rounding.digits, rounding.mode)
    total, lines = bonuses(unit, whole)
    if added.excluded:
        lines = [_rescaling(added.score, whole), *lines]
    return total, lines


def _rescaling(before: Decimal, whole: Decimal) -> AdjustmentLine:
    """Return the line that makes the top level add up where indicators were left out."""
    return AdjustmentLine(
        "rescaled",
        "rescaled",
        before,
        CONTEXT.subtract(whole, before),
        RESCALED,
        Text("不适用指标不计入，按其余指标的得分率计分", "left out; the rest decides the rate"),
    )


def zero(unit: Unit) -> bool:
    """Mark what the fired gates zero; return whether there is any."""
    marked = False
    for gate in unit.plan.gates:
        if gate.effect == "zero" and unit.gates[gate.id]:
            for node in unit.nodes[str(gate.value)].walk():
                node.zeroed = gate.id
                marked = True
    return marked


def complete_of(unit: Unit, nodes: Sequence[Node]) -> Decimal | None:
    """Return the share of the unit's points that was assessed; None where there are no points."""
    return completeness(nodes, unit.whole) if unit.whole else None


def known(**values: object) -> dict[str, object]:
    """Return the values that are there; a missing one is not a name's value.

    >>> known(total=None, grade="优")
    {'grade': '优'}
    """
    return {name: value for name, value in values.items() if value is not None}


def share(total: Decimal, whole: Decimal) -> Decimal:
    """Return *total* as a share of *whole*; 1 of nothing.

    >>> share(Decimal("95.85"), Decimal(100))
    Decimal('0.9585')
    """
    return CONTEXT.divide(total, whole) if whole else ONE
