"""What a branch may earn of what lies in it: parts are added as they are printed, rounded."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from perfrules.analysis.prove.interval import UNIT, Interval, point
from perfrules.analysis.prove.share import hull
from perfrules.analysis.prove.world import World
from perfrules.decimals import ONE, ZERO, round_to
from perfrules.lang.plan import Indicator

_HALF: Final = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Part:
    """A node's rate; `aside`: it may be left out, so that the rest decides the rate.

    `seen` is the rate that conditions read: gates may have zeroed it, a branch that doesn't apply
    may have given it another, and rows may be rounded. `score` is the score that they read.
    """

    rate: Interval
    aside: bool = False
    seen: Interval = UNIT
    score: Interval | None = None


def line_rate(node: Indicator, part: Part, world: World) -> Interval:
    """Return the rate of a whole line: rows have points of their own, however small, and round."""
    exact = (ZERO,) if world.moving else (ZERO, ONE)
    return part.rate if node.for_each is None or part.rate.one in exact else any_rate(world)


def any_rate(world: World) -> Interval:
    """Return what the rate of a line that adds up others can be.

    Points that come from a line that is left out are finer than scores: all that is below may be
    rounded up, and 3.2 of 3.1666… points is more than all of them.
    """
    return Interval(ZERO) if world.moving else UNIT


def constant(node: Indicator) -> Decimal | None:
    """Return points, or a weight, that are written out."""
    for expr in (node.weight, node.points):
        if expr is not None:
            found = expr.constant
            return found if isinstance(found, Decimal) else None
    return None


def combined(how: str, parts: Sequence[tuple[Indicator, Part]], world: World) -> Interval | None:
    """Return the rate of a branch, as far as its children decide it."""
    rates = [line_rate(node, part, world) for node, part in parts]
    weights = [constant(node) for node, _ in parts]
    if how == "sum":  # of what is rounded
        moved = [
            (_slack(*item, world), weight) for item, weight in zip(parts, weights, strict=True)
        ]
        whole = hull(
            any_rate(world) if slack and not weight else rate.plus(_around(slack / (weight or ONE)))
            for rate, (slack, weight) in zip(rates, moved, strict=True)
        )
    else:
        whole = hull(rates)
    if whole is None or world.sent or any(part.aside for _, part in parts):
        return whole and whole.meet(any_rate(world))
    if how == "minimum":
        lows = [rate.low for rate in rates if rate.low is not None]
        highs = [rate.high for rate in rates if rate.high is not None]
        return Interval(min(lows), min(highs)) if len(lows) == len(highs) == len(parts) else whole
    if how == "geometric_mean" or None in weights:
        return whole
    added, sum_of = point(ZERO), ZERO
    for rate, weight in zip(rates, weights, strict=True):
        assert weight is not None  # noqa: S101 - looked at
        sum_of += weight
        added = added.plus(rate.times(point(weight)))
    if not sum_of:
        return whole
    slack = sum((_slack(*item, world) for item in parts), ZERO) if how == "sum" else ZERO
    return added.over(point(sum_of)).plus(_around(slack / sum_of)).meet(any_rate(world))


def _around(slack: Decimal) -> Interval:
    return Interval(-slack, slack)


def _slack(node: Indicator, part: Part, world: World) -> Decimal:
    """Return by how much rounding below may move a score; whole shares of points aren't rounded."""
    rounding = node.rounding or world.plan.rounding
    points = constant(node)
    ends = (part.rate.low, part.rate.high)
    if node.for_each is not None:
        return ZERO  # any rate was assumed
    if (
        node.is_leaf
        and points is not None
        and not world.moving
        and all(
            end is not None
            and round_to(end * points, rounding.digits, rounding.mode) == end * points
            for end in ends
        )
    ):
        return ZERO
    step = _HALF if rounding.mode.startswith("half") else ONE
    return step.scaleb(-rounding.digits) * max(1, _leaves(node))


def _leaves(node: Indicator) -> int:
    return 1 if node.is_leaf else sum(map(_leaves, node.children))
