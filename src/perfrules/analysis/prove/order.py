"""Whether better earns more: order and direction of an indicator, and how far its points jump.

Only what is written out is judged, so that each finding is proven by two values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from perfrules.analysis.prove.inquiry import Inquiry
from perfrules.analysis.prove.share import methods_in
from perfrules.decimals import CONTEXT, ONE, ZERO, percent
from perfrules.engine.unit import Unit
from perfrules.errors import Path
from perfrules.lang.methods.amount import Amount
from perfrules.lang.methods.bands import BandsPlan
from perfrules.lang.methods.base import MethodPlan
from perfrules.lang.methods.deduct import DeductPlan, Steps
from perfrules.lang.methods.levels import LevelsPlan
from perfrules.lang.methods.linear import LinearPlan
from perfrules.lang.methods.measure import constant
from perfrules.lang.methods.met import MetPlan
from perfrules.lang.methods.proportional import ProportionalPlan
from perfrules.lang.methods.relative import RelativePlan
from perfrules.lang.methods.survey import SurveyPlan
from perfrules.lang.plan import Indicator
from perfrules.lang.tree import Compare, Const, Expr


@dataclass(frozen=True, slots=True)
class Step:
    """A value or label, where it is written, and the share it earns."""

    text: str
    path: Path
    low: Decimal
    high: Decimal


def check_order(inquiry: Inquiry, tolerance: Decimal | None = None) -> None:
    """PRF815 to PRF817: points that rise and fall, fall with the better, or jump too far.

    Args:
        inquiry: The proof under way.
        tolerance: The largest share of an indicator's points that one threshold may move; None for
            any.
    """
    for node in inquiry.world.nodes.values():
        if node.method is None or not node.scored:
            continue
        for method in methods_in(node.method):
            _steps(inquiry, node, method, tolerance)
            _direction(inquiry, node, method)


def steps_of(method: MethodPlan, points: Decimal | None) -> tuple[list[Step], bool]:
    """Return the steps of a method from the lowest up, and whether they have an order.

    A rating's labels are listed best first; the values of bands may be better either way.
    """
    found: list[Step | None] = []
    match method:
        case BandsPlan():
            for band in reversed(method.bands):
                expr = band.high.expr if band.bound is None else band.bound
                text = "else" if band.bound is None else expr.text
                found.append(_step(text, expr.where, (band.low or band.high, band.high), points))
            ordered = False
        case LevelsPlan() if method.scale.table is None:
            for label in reversed(method.level.type.of):
                item = method.scale.ranges.get(label)
                if item is not None:
                    where = item.high.expr.where
                    found.append(_step(label, where, (item.low or item.high, item.high), points))
            ordered = True
        case SurveyPlan():
            for label, worth in reversed(tuple(method.values.items())):
                found.append(_step(label, worth.expr.where, (worth, worth), points))
            ordered = True
        case _:
            return [], False
    known = [item for item in found if item is not None]
    return (known if len(known) == len(found) else []), ordered


def _step(
    text: str, path: Path, worth: tuple[Amount, Amount], points: Decimal | None
) -> Step | None:
    low, high = (item.static(points) for item in worth)
    return None if low is None or high is None else Step(text, path, low, high)


def _points(node: Indicator) -> Decimal | None:
    return constant(node.points) if node.points is not None else ONE if node.weight else None


def _steps(
    inquiry: Inquiry, node: Indicator, method: MethodPlan, tolerance: Decimal | None
) -> None:
    steps, ordered = steps_of(method, _points(node))
    name = node.title.get("zh") or node.id
    rises = [(one, other) for one, other in pairwise(steps) if other.high > one.high]
    falls = [(one, other) for one, other in pairwise(steps) if other.high < one.high]
    wanted = "higher" if ordered else node.direction
    told: dict[str, Any]
    if wanted is not None:
        wrong = falls if wanted == "higher" else rises
        code = "PRF815" if (rises and falls) or ordered else "PRF816"
    else:
        wrong = min(rises, falls, key=len) if rises and falls else []
        code = "PRF815"
    for one, other in wrong[:1]:
        told = {
            "name": name, "value": other.text, "other": one.text,
            "worth": percent(other.high), "left": percent(one.high),
        }  # fmt: skip
        inquiry.report(code, other.path, "proven", _example(inquiry, node, other), **told)
    if tolerance is None or not isinstance(method, BandsPlan):
        return
    for one, other in pairwise(steps):
        rising = other.high >= one.high
        jump = (
            CONTEXT.subtract(other.low, one.high)
            if rising
            else CONTEXT.subtract(one.low, other.high)
        )
        if jump > tolerance:
            told = {
                "name": name, "value": other.text, "jump": percent(jump),
                "limit": percent(tolerance),
            }  # fmt: skip
            inquiry.report("PRF817", other.path, "proven", _example(inquiry, node, other), **told)


def _example(inquiry: Inquiry, node: Indicator, step: Step) -> Mapping[str, Any] | None:
    """Return a unit that earns the share of a step, or comes near."""

    def goal(unit: Unit) -> Decimal:
        rates = [line.rate for line in unit.nodes.values() if line.plan.id == node.id]
        gaps = [abs(CONTEXT.subtract(rate, step.high)) for rate in rates if rate is not None]
        return min(gaps, default=Decimal(2))

    return inquiry.nearest(goal, inquiry.reads(node))


def rises(method: MethodPlan) -> tuple[bool, Path] | None:
    """Return whether a method gives more for more, and where it says so; None where it may not."""
    match method:
        case ProportionalPlan():
            return not method.lower, method.actual.where[:-1]
        case LinearPlan() if len(method.slopes) == 1:
            line = method.slopes[0]
            zero, full = constant(line.zero), constant(line.full)
            return None if zero is None or full is None else (full > zero, line.full.where)
        case DeductPlan():
            for item in method.losses:
                if isinstance(item, Steps):
                    return not item.above, item.actual.where[:-1]
            return None
        case RelativePlan():
            return method.higher, method.actual.where[:-1]
        case MetPlan():
            return _compared(method.when)
        case _:
            return None


def _compared(when: Expr) -> tuple[bool, Path] | None:
    tree = when.tree
    if not isinstance(tree, Compare) or len(tree.ops) != 1 or tree.ops[0] in ("==", "!="):
        return None
    left, right = tree.operands
    more = tree.ops[0] in (">", ">=")
    if isinstance(right, Const) and isinstance(right.value, Decimal):
        return more, when.where
    if isinstance(left, Const) and isinstance(left.value, Decimal):
        return not more, when.where
    return None


def _direction(inquiry: Inquiry, node: Indicator, method: MethodPlan) -> None:
    """PRF816: the method gives more for what the indicator calls worse."""
    found = rises(method)
    if node.direction not in ("higher", "lower") or found is None:
        return
    more, path = found
    if more is (node.direction == "higher"):
        return
    facts = inquiry.search.found.least.get(node.id, (ZERO, None))[1]
    told: dict[str, Any] = {
        "name": node.title.get("zh") or node.id,
        "value": f"direction: {node.direction}",
        "other": "higher" if more else "lower",
        "worth": "", "left": "",
    }  # fmt: skip
    code = "PRF821"
    inquiry.report(code, path, "proven", facts, **told)
