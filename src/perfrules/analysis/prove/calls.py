"""What the functions of expressions make of intervals."""

from collections.abc import Sequence
from decimal import Decimal

from perfrules.analysis.prove.interval import Interval, point
from perfrules.analysis.prove.value import EITHER, NO, YES, Flag, Value, of_type
from perfrules.decimals import ONE, ZERO
from perfrules.lang.operations import ceil, floor, rounded, sqrt
from perfrules.lang.tree import Aggregate, Call


def called(tree: Call, args: Sequence[Value]) -> Value:  # noqa: C901, PLR0912 - one branch a function
    """Return what a call may give."""
    known = [item for item in args if isinstance(item, Interval)]
    if len(known) < len(args) or not known:
        return _looked_up(tree, args)
    first = known[0]
    match tree.function:
        case "min":
            return _extreme(known, smallest=True)
        case "max":
            return _extreme(known, smallest=False)
        case "abs":
            return _absolute(first)
        case "floor":
            return first.mapped(floor)
        case "ceil":
            return first.mapped(ceil)
        case "round":
            digits = known[1].one if len(known) > 1 else ZERO
            if digits is None:
                return Interval()
            return first.mapped(lambda end: rounded(end, digits))
        case "sqrt":
            within = first.meet(Interval(ZERO))
            return Interval(ZERO) if within is None else within.mapped(sqrt)
        case "exp":
            return Interval(ZERO)
        case "days":
            return first
        case "month":
            return Interval(ONE, Decimal(12))
        case _:
            return of_type(tree.type)


def _looked_up(tree: Call, args: Sequence[Value]) -> Value:
    """A look-up gives one of the map's entries, which its parameter is known by."""
    if tree.function in ("lookup", "step"):
        found = args[0]
        return found if type(found) is type(of_type(tree.type)) else of_type(tree.type)
    return of_type(tree.type)


def _extreme(known: Sequence[Interval], *, smallest: bool) -> Interval:
    """Return the interval of the smallest or largest of several."""
    if not smallest:
        return _extreme([item.negated() for item in known], smallest=True).negated()
    highs = [item.high for item in known if item.high is not None]
    high = min(highs) if highs else None
    open_end = any(item.high == high and item.high_open for item in known)
    if any(item.low is None for item in known):
        return Interval(None, high, high_open=open_end)
    low = min(item.low for item in known if item.low is not None)
    closed = any(item.low == low and not item.low_open for item in known)
    return Interval(low, high, not closed, open_end)


def _absolute(found: Interval) -> Interval:
    if found.decides in (0, 1):
        return found
    if found.decides == -1:
        return found.negated()
    ends = [end.copy_abs() for end in (found.low, found.high) if end is not None]
    return Interval(ZERO, max(ends) if len(ends) == 2 else None)  # noqa: PLR2004 - both ends


def folded(tree: Aggregate, element: Value | None, least: int, most: int | None) -> Value | None:
    """Return what a function over rows may give.

    Args:
        tree: The function.
        element: What is known of each element; None where no row has one.
        least: How many elements there are at least.
        most: How many at most, where that is known.
    """
    match tree.function:
        case "any" | "all":
            return _quantified(tree.function, element, least)
        case "count":
            return _count(element, least, most)
        case "sum":
            return _sum(element, least, most)
        case "mean" | "min" | "max":
            return element
        case _:
            return of_type(tree.type)


def _quantified(function: str, element: Value | None, least: int) -> Flag:
    if element is None:
        return YES if function == "all" else NO
    if not isinstance(element, Flag):
        return EITHER
    if function == "any":
        return Flag(element.true, element.false or not least)
    return Flag(element.true or not least, element.false)


def _count(element: Value | None, least: int, most: int | None) -> Interval:
    if element is None or element == NO:
        return point(ZERO)
    if isinstance(element, Flag) and element.false:
        least = 0
    return Interval(Decimal(least), None if most is None else Decimal(most))


def _sum(element: Value | None, least: int, most: int | None) -> Interval:
    if element is None:
        return point(ZERO)
    if not isinstance(element, Interval):
        return Interval()
    low = high = None
    if element.low is not None and element.low >= 0:
        low = element.low * least
    elif element.low is not None and most is not None:
        low = element.low * most
    if element.high is not None and element.high <= 0:
        high = element.high * least
    elif element.high is not None and most is not None:
        high = element.high * most
    return Interval(low, high)
