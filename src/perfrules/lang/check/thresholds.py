"""Thresholds that no value can reach, or that every value meets."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from perfrules.decimals import CONTEXT, ONE, ZERO, percent, plain
from perfrules.errors import Text
from perfrules.lang.check.context import Context
from perfrules.lang.check.points import possible, walk
from perfrules.lang.check.usage import trees
from perfrules.lang.plan import Indicator, InputPlan
from perfrules.lang.tree import Compare, Const, Expr, Name, Ref, Tree
from perfrules.lang.types import Kind, Type
from perfrules.lang.units import MONEY_FACTORS

_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_MOVING = frozenset({"redistribute", "redistribute_equally", "to"})


@dataclass(frozen=True, slots=True)
class Known:
    """What the ranges of values follow from: bounds of inputs, points, the total."""

    inputs: Mapping[str, InputPlan]
    points: Mapping[str, Decimal | None]
    total: Decimal | None


@dataclass(frozen=True, slots=True)
class Range:
    """The smallest and the largest value, where they are known."""

    low: Decimal | None = None
    high: Decimal | None = None

    def shown(self, kind: Type) -> Text:
        """Return the range as a sentence names it, in the unit of *kind*.

        >>> Range(ZERO, ONE).shown(Type(Kind.PERCENT)).en, Range(ZERO).shown(Type(Kind.NUMBER)).en
        ('0% to 100%', '0 or more')
        """
        low, high = (None if end is None else _written(end, kind) for end in (self.low, self.high))
        if low is not None and high is not None:
            return Text(f"{low}至{high}", f"{low} to {high}")
        if low is not None:
            return Text(f"{low}以上", f"{low} or more")
        return Text(f"{high}以下", f"up to {high}")


def _written(value: Decimal, kind: Type) -> str:
    if kind.kind is Kind.PERCENT:
        return percent(value, 12)
    if kind.kind is Kind.MONEY:
        unit = kind.unit or "元"
        return f"{plain(CONTEXT.divide(value, MONEY_FACTORS.get(unit, ONE)))}{unit}"
    return plain(value)


def check_thresholds(
    context: Context,
    inputs: Mapping[str, InputPlan],
    nodes: tuple[Indicator, ...],
    total: Decimal | None,
) -> None:
    """PRF490, PRF491: a comparison with a literal that is never true, or always."""
    every = walk(nodes)
    # Points that move make an indicator worth more than it says.
    moving = any(
        policy.policy in _MOVING
        for node in every
        for policy in (node.not_applicable, node.unverified, node.waived)
    )
    points = {node.id: None if moving else possible(node) for node in every}
    known = Known(inputs, points, total)
    for expr in context.exprs:
        for tree in trees(expr.tree):
            if isinstance(tree, Compare) and len(tree.ops) == 1:
                _threshold(context, expr, tree, known)


def _threshold(context: Context, expr: Expr, tree: Compare, known: Known) -> None:
    left, right = tree.operands
    op: str = tree.ops[0]
    if isinstance(left, Const):
        left, right, op = right, left, _TURNED[op]
    if not isinstance(right, Const) or not isinstance(right.value, Decimal):
        return
    found = _range(left, known)
    never, always = _never(op, right.value, found), _always(op, right.value, found)
    if never or always:
        context.found.append(
            context.document.diagnose(
                "PRF490" if never else "PRF491",
                expr.where,
                start=tree.start,
                end=tree.end,
                value=expr.text[tree.start : tree.end],
                range=found.shown(left.type),
            )
        )


def _never(op: str, bound: Decimal, found: Range) -> bool:
    """Return whether no value of the range compares so."""
    low, high = found.low, found.high
    match op:
        case ">":
            return high is not None and high <= bound
        case ">=":
            return high is not None and high < bound
        case "<":
            return low is not None and low >= bound
        case "<=":
            return low is not None and low > bound
        case "==":
            return (low is not None and bound < low) or (high is not None and bound > high)
        case _:
            return False


def _always(op: str, bound: Decimal, found: Range) -> bool:
    """Return whether every value does; a harmless `>= 0` is let pass."""
    low, high = found.low, found.high
    match op:
        case "<":
            return high is not None and high < bound
        case "<=":
            return high is not None and high <= bound
        case ">":
            return low is not None and low > bound
        case ">=":
            return low is not None and low >= bound and low != ZERO
        case _:
            return False


def _range(tree: Tree, known: Known) -> Range:
    """Return the range of what is compared."""
    if isinstance(tree, Ref):
        if tree.ref == "rate":
            return Range(ZERO, ONE)
        if tree.ref == "score":
            return Range(ZERO, known.points.get(tree.id))
        return Range(ZERO) if tree.ref == "points" else Range()
    if not isinstance(tree, Name):
        return Range()
    if tree.id == "complete" or (tree.id == "rate" and tree.type.kind is Kind.PERCENT):
        return Range(ZERO, ONE)
    if tree.id == "total":
        return Range(ZERO, known.total)
    item = known.inputs.get(tree.id)
    if item is None:
        return Range()
    low, high = (end if isinstance(end, Decimal) else None for end in (item.min, item.max))
    return Range(ZERO if low is None and item.whole else low, high)
