"""Where a value stands among others: place, percentile, distance from the mean; pure and exact.

What is compared is snapped, so that two equal values are equal however they were computed. Nothing
here is ever 0 or 1 for want of an answer: values that are all alike have no range and no deviation,
and that is a `Fault`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal

from perfrules.decimals import CONTEXT, ZERO, plain, snap
from perfrules.lang.frame import Fault

_TWO = Decimal(2)


def places(values: Sequence[Decimal], *, descending: bool = True) -> list[int]:
    """Return each value's place in a competition: equal values share one, the next is left out.

    >>> places([Decimal(90), Decimal(95), Decimal(90), Decimal(80)])
    [2, 1, 2, 4]
    >>> places([Decimal(90), Decimal(95)], descending=False)
    [1, 2]
    """
    found = [snap(value) for value in values]
    ordered = sorted(found)
    if descending:
        return [len(ordered) - bisect_right(ordered, value) + 1 for value in found]
    return [bisect_left(ordered, value) + 1 for value in found]


def percentile(value: Decimal, ordered: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the percentile rank of *value* as a fraction: those below and half of those equal.

    PR = (CF - 0.5 F) ÷ N, the mid-rank definition: it needs no second value, and reversing the
    order gives 1 - PR.

    Args:
        value: The value.
        ordered: Snapped values in ascending order, at least one.

    >>> scale = [Decimal(1), Decimal(2), Decimal(2), Decimal(3)]
    >>> percentile(Decimal(2), scale), percentile(Decimal(5), scale)
    ((Decimal('4'), Decimal('8')), (Decimal('8'), Decimal('8')))
    """
    here = snap(value)
    low, high = bisect_left(ordered, here), bisect_right(ordered, here)
    return Decimal(low + high), CONTEXT.multiply(_TWO, Decimal(len(ordered)))


def ends(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Return the smallest and the largest value; raise `Fault` PRF725 where they are one.

    >>> ends([Decimal(3), Decimal(1)])
    (Decimal('1'), Decimal('3'))
    """
    low, high = min(values), max(values)
    if snap(low) == snap(high):
        raise Fault("PRF725", value=plain(low), count=len(values))
    return low, high


def moments(values: Sequence[Decimal]) -> tuple[Decimal, Decimal]:
    """Return mean and standard deviation (of the whole, ÷ n); PRF725 where all are alike.

    >>> moments([Decimal(2), Decimal(4), Decimal(4), Decimal(4), Decimal(5), Decimal(5),
    ...     Decimal(7), Decimal(9)])
    (Decimal('5'), Decimal('2'))
    """
    ends(values)
    count = Decimal(len(values))
    total = ZERO
    for value in values:
        total = CONTEXT.add(total, value)
    mean = CONTEXT.divide(total, count)
    squares = ZERO
    for value in values:
        gap = CONTEXT.subtract(value, mean)
        squares = CONTEXT.add(squares, CONTEXT.multiply(gap, gap))
    return mean, CONTEXT.sqrt(CONTEXT.divide(squares, count))
