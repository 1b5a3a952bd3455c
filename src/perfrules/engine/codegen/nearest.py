"""Points × share, rounded half up, in fewer operations, with the digits of the reference.

The reference divides to 34 digits, snaps to 12 decimals, half to even, and rounds half up to d
decimals. Between two results lies a tie T, an odd multiple of half a step 10^-d. With d of 10 at
most its twelfth decimal is 0, which is even, so that what lies half of 1e-12 below it is snapped up
to it: the upper result is found from the edge B = T - 5e-13 on, the lower below. So x + 5e-13,
rounded half up, is the result of x, and so is the number of edges up to x, times the step:

    floor((x + 10^-d / 2 + 5e-13) / 10^-d) × 10^-d

What remains is that nothing else may be rounded near an edge.
"""

from decimal import Decimal

from perfrules.decimals import DIGITS, ZERO, round_to
from perfrules.engine.codegen.arithmetic import ROUNDING, rounded, step_of
from perfrules.engine.codegen.shares import Fraction
from perfrules.engine.codegen.source import Source
from perfrules.engine.codegen.values import WIDE, Value, places_of
from perfrules.lang.plan import Rounding

_MOST_DECIMALS = 10
_HALF = Decimal("0.5")
_SNAPPED = Decimal("5e-13")  # how far below a tie its edge is
_EDGE = 13  # decimals of an edge
_SMALL = Decimal(10) ** 20


def nearest(source: Source, quotient: Value, most: Decimal, rounding: Rounding) -> Value:
    """Return a quotient of 34 digits from 0 to *most*, rounded.

    Adding to it is exact where it matters: below 1e20, what has 34 digits and is 1e-13 or more ends
    at the 13th decimal or behind it, where 5e-13 ends. The sum needs a digit more than the quotient
    only where it has just passed a power of ten, far from any edge; and so it is below 1e-13.
    """
    if not _fine(rounding) or most >= _SMALL:
        return rounded(source, quotient, rounding.digits, rounding.mode)
    step = source.slot(step_of(rounding.digits))
    source.doubts += 1
    name = ROUNDING[rounding.mode]
    code = source.keep(f"{name}({quotient.code} + {source.slot(_SNAPPED)}, {step})")
    return Value(code, ZERO, round_to(most, rounding.digits), rounding.digits)


def divided(source: Source, points: Value, share: Fraction, rounding: Rounding) -> Value | None:
    """Return points × over ÷ under, rounded, by one division; None where it isn't sure.

    With points P and under U known, it is the number of steps k = U × 10^-d / P in over, and the
    half and what snapping adds are k times as large: c = k × (1/2 + 5e-13 × 10^d). Let over be
    m × 10^-p and k be K × 10^-e, m and K whole. The exact quotient is m × 10^(e-p-d) / K and the
    edge b × 10^-13, so that they are equal or at least 10^-w / K apart, w being the larger of 13
    and p + d - e. The reference rounds to 34 digits, by 10^(a-34) / 2 at most where the edge has a
    digits before the point: where K × 10^(w + a) is below 10^34 that is too little to reach it.
    """
    over, under = share.over, share.under
    if not _fine(rounding) or not points.number or not under.number or over.places is None:
        return None
    if over.low is None or over.low < ZERO or over.high is None or over.known:
        return None
    digits = rounding.digits
    step = WIDE.multiply(under.number, step_of(digits))
    size = WIDE.divide(step, points.number)
    if WIDE.multiply(size, points.number) != step:
        return None  # it never ends
    size = size.normalize(WIDE)
    half = WIDE.multiply(size, WIDE.add(_HALF, WIDE.multiply(_SNAPPED, Decimal(10) ** digits)))
    places, whole = places_of(size), len(size.as_tuple().digits) + max(0, _exponent(size))
    highest = WIDE.divide(WIDE.multiply(points.number, over.high), under.number)
    apart = whole + max(_EDGE, over.places + digits - places) + max(0, highest.adjusted() + 2)
    product = over.places + places_of(points.number) + _before(over.high) + _before(points.number)
    added = max(over.places, places_of(half)) + max(_before(over.high), _before(half)) + 1
    if max(apart, product, added) > DIGITS or size <= ZERO:
        return None
    source.doubts += 1
    steps = f"({over.code} + {source.slot(half)}) // {source.slot(size)}"
    code = source.keep(f"{steps} * {source.slot(step_of(digits))}")
    return Value(code, ZERO, None, digits)


def _fine(rounding: Rounding) -> bool:
    return rounding.mode == "half_up" and 0 <= rounding.digits <= _MOST_DECIMALS


def _exponent(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)  # noqa: S101 - constants are finite
    return exponent


def _before(value: Decimal) -> int:
    """Return how many digits stand before the point."""
    return max(0, value.adjusted() + 1)
