"""`proportional`, `linear`, `bands`."""

from fractions import Fraction
from itertools import pairwise

from perfrules.lang.methods.bands import BandsPlan
from perfrules.lang.methods.linear import LinearPlan, Slope
from perfrules.lang.methods.measure import reads
from perfrules.lang.methods.proportional import Over, ProportionalPlan
from perfrules.sql.methods.share import NOTHING, WHOLE, Rating, Share
from perfrules.sql.nodes import Cond, both, negated, some
from perfrules.sql.number import ONE, ZERO, Number, within

_PAIR = 2


def proportional(plan: ProportionalPlan, at: Rating) -> Share:
    """Return actual ÷ target, or target ÷ actual where lower is better."""
    numbers, watch = at.scene.numbers, at.scene.watch
    actual = at.not_negative(plan.actual)
    target = at.not_negative(plan.target)
    without = at.scene.condition(numbers.compare("==", target, ZERO))
    if plan.zero_target == "error":
        watch.tell("PRF535", without)
    with watch.when(negated(without)):
        found = _lower(at, actual, target) if plan.lower else _higher(plan, at, actual, target)
    nothing = WHOLE if plan.zero_target == "full" else NOTHING
    if plan.floor is None and plan.cap is None:
        return at.select([(without, nothing)], found)
    with watch.when(negated(without)):
        found = _limited(plan, at, found)
    return at.select([(without, nothing)], found)


def _lower(at: Rating, actual: Number, target: Number) -> Share:
    reached = at.scene.condition(at.scene.numbers.compare("<=", actual, target))
    return at.select([(reached, WHOLE)], Share(target, actual))


def _higher(plan: ProportionalPlan, at: Rating, actual: Number, target: Number) -> Share:
    numbers, watch = at.scene.numbers, at.scene.watch
    below = at.scene.condition(numbers.compare("<", actual, target))
    pairs: list[tuple[Cond, Share]] = [(below, Share(actual, target))]
    if plan.over is not None:
        with watch.when(negated(below)):
            above = at.number(plan.over.above)
            ratio = numbers.divide(actual, target)
            beyond = at.scene.condition(numbers.compare(">", ratio, above))
            if plan.over.slope is not None:
                with watch.when(beyond):
                    pairs.append((beyond, _beyond(plan.over, at, above, actual, target)))
    return at.select(pairs, WHOLE)


def _beyond(over: Over, at: Rating, above: Number, actual: Number, target: Number) -> Share:
    """Return what is left beyond the limit: a slope of what is above is lost."""
    assert over.slope is not None  # noqa: S101 - the caller looked
    numbers = at.scene.numbers
    slope = at.not_negative(over.slope)
    excess = numbers.named(numbers.subtract(actual, numbers.multiply(above, target)))
    lost = Share(numbers.named(numbers.multiply(slope, excess)), target)
    return at.floored(at.minus(WHOLE, lost))


def _limited(plan: ProportionalPlan, at: Rating, found: Share) -> Share:
    """Return nothing below the floor, and the cap above the cap."""
    below: Cond = False
    if plan.floor is not None:
        below = at.under(found, at.worth(plan.floor))
    pairs: list[tuple[Cond, Share]] = [(below, NOTHING)]
    if plan.cap is not None:
        with at.scene.watch.when(negated(below)):
            cap = at.worth(plan.cap)
            pairs.append((at.under(cap, found), cap))
    return at.select(pairs, found)


def linear(plan: LinearPlan, at: Rating) -> Share:
    """Return the share on the line; beside an interval the smaller of the two."""
    actual = at.number(plan.actual)
    if len(plan.slopes) == _PAIR:
        rising, falling = plan.slopes
        ends = (rising.zero, rising.full, falling.full, falling.zero)
        values = [at.compared(end) for end in ends]
        numbers = at.scene.numbers
        at.scene.watch.tell(
            "PRF568", some(numbers.raw(">", left, right) for left, right in pairwise(values))
        )
    found: Share | None = None
    for line in plan.slopes:
        share = _slope(line, at, actual)
        found = share if found is None else at.select([(at.under(share, found), share)], found)
    assert found is not None  # noqa: S101 - there is a line
    return found


def _slope(line: Slope, at: Rating, actual: Number) -> Share:
    numbers = at.scene.numbers
    zero, full = at.number(line.zero), at.number(line.full)
    at.scene.watch.tell("PRF568", numbers.compare("==", zero, full))
    falling = at.scene.condition(numbers.compare("<", full, zero))
    top = numbers.named(numbers.subtract(actual, zero))
    bottom = numbers.named(numbers.subtract(full, zero))
    top = numbers.select([(falling, numbers.negative(top))], top)
    bottom = numbers.select([(falling, numbers.negative(bottom))], bottom)
    bottom = within(bottom, Fraction(0), bottom.size)
    share = Share(top, bottom)
    value = numbers.snap(at.value(share))
    nothing = at.scene.condition(numbers.raw("<=", value, ZERO))
    partly = at.scene.condition(numbers.raw("<", value, ONE))
    return at.select([(nothing, NOTHING), (partly, share)], WHOLE)


def bands(plan: BandsPlan, at: Rating) -> Share:
    """Return what the first band that the value reaches is worth."""
    numbers, watch = at.scene.numbers, at.scene.watch
    actual = at.compared(plan.actual)
    bounds = [at.compared(expr) for expr in reads(*(band.bound for band in plan.bands))]
    for place, (above, below) in enumerate(pairwise(bounds)):
        shared = plan.bands[place + 1]
        excludes = not plan.bands[place].inclusive and shared.inclusive and shared.low is None
        watch.tell("PRF568", numbers.raw(">" if excludes else ">=", below, above))
    pairs: list[tuple[Cond, Share]] = []
    before: list[Cond] = []
    for place, band in enumerate(plan.bands):
        reached: Cond = True
        if band.bound is not None:
            op = ">=" if band.inclusive else ">"
            reached = at.scene.condition(numbers.raw(op, actual, bounds[place]))  # type: ignore[arg-type] # one of two
        with watch.when(both(reached, *(negated(item) for item in before))):
            share = at.worth(band.high)
            if band.low is not None:
                low = at.worth(band.low)
                span = Share(
                    numbers.subtract(at.number(plan.actual), bounds[place]),
                    numbers.subtract(bounds[place - 1], bounds[place]),
                )
                share = at.plus(low, at.times(at.minus(share, low), span))
        pairs.append((reached, share))
        before.append(reached)
    return at.select(pairs)
