"""`proportional`, `bands` and `linear` by column: a number held to thresholds."""

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from perfrules.decimals import ONE, SNAP, ZERO, snap
from perfrules.engine.batch.kernel.arithmetic import combine, negated
from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, IntsOf, Kept, UnsupportedError
from perfrules.engine.batch.kernel.compare import Test, compare, on_grid
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.numbers import Known, Number, Whole, scaled_by
from perfrules.engine.batch.kernel.rule import Rule
from perfrules.engine.batch.kernel.select import extreme, select
from perfrules.engine.batch.kernel.shares import (
    NOTHING,
    WHOLE,
    Portion,
    Share,
    by_index,
    coarse,
    flat,
    less,
    minus,
    plus,
    quotient,
    times,
    when,
)
from perfrules.engine.batch.kernel.values import every, opposite
from perfrules.engine.batch.vectors import Ints

if TYPE_CHECKING:
    from perfrules.lang.methods.bands import Band, BandsPlan
    from perfrules.lang.methods.linear import LinearPlan, Slope
    from perfrules.lang.methods.proportional import Over, ProportionalPlan

_PAIR = 2


def proportional(method: "ProportionalPlan", rule: Rule) -> Share:
    """Actual ÷ target, or target ÷ actual where lower is better; then the floor and the cap."""
    actual, target = rule.not_negative(method.actual), rule.not_negative(method.target)
    zero = compare("==", target, Known(ZERO))
    if zero is False:
        return _ratio(method, rule, actual, target)
    if zero is True or method.zero_target == "error":
        if method.zero_target == "error":
            rule.refuse(zero)
        without = WHOLE if method.zero_target == "full" else NOTHING
        if zero is True:
            return without
        return _ratio(method, rule, actual, target)
    effects = Effects()
    found = _ratio(method, rule.within(effects), actual, target)
    rule.effects.take(effects, every(opposite(zero)))
    return when(zero, WHOLE if method.zero_target == "full" else NOTHING, found)


def _ratio(method: "ProportionalPlan", rule: Rule, actual: Number, target: Number) -> Share:
    found = _reached(method, rule, actual, target)
    if method.floor is None and method.cap is None:
        return found
    share = flat(found)
    low: Test = False
    if method.floor is not None:
        low = less(rule.effects, share, rule.share(method.floor))
    if method.cap is not None:
        effects = Effects()
        inner = rule.within(effects)
        cap = inner.share(method.cap)
        found = when(less(effects, cap, share), cap, found)
        rule.effects.take(effects, None if low is False else every(opposite(low)))
    return when(low, NOTHING, found)


def _reached(method: "ProportionalPlan", rule: Rule, actual: Number, target: Number) -> Share:
    """Return the ratio, up to the whole.

    Of whole units on the grid the clipped one: `t / t` is the whole to the last digit.
    """
    gridded = all(
        isinstance(item, Known) or (isinstance(item, Whole) and on_grid(item))
        for item in (actual, target)
    ) and _on_grid(actual, target)
    if method.lower:
        larger = extreme(actual, target, larger=True) if gridded else None
        if larger is not None:
            return Portion(target, larger)
        enough = compare("<=", actual, target)
        return when(enough, WHOLE, Portion(target, _no_zero(actual, enough)))
    if method.over is None and gridded:
        smaller = extreme(actual, target, larger=False)
        if smaller is not None:
            return Portion(smaller, target)
    short = compare("<", actual, target)
    beyond: Share = WHOLE
    if method.over is not None:
        effects = Effects()
        beyond = _over(method.over, rule.within(effects), actual, target)
        rule.effects.take(effects, every(opposite(short)))
    return when(short, Portion(actual, target), beyond)


def _on_grid(*numbers: Number) -> bool:
    """Whether constants have 12 decimals at most."""
    return all(
        (Fraction(number.value) * 10**SNAP).denominator == 1
        for number in numbers
        if isinstance(number, Known)
    )


def _no_zero(actual: Number, enough: Test) -> Number:
    """Return the actual value where it is above the target, so that nothing divides by 0."""
    return actual if isinstance(enough, bool) else select(enough, Known(ONE), actual)


def _over(over: "Over", rule: Rule, actual: Number, target: Number) -> Share:
    """Far beyond the target: a note, which changes no number, or a loss."""
    above = rule.number(over.above)
    ratio = combine(rule.effects, "/", actual, target)
    if over.slope is None:
        return WHOLE
    far = compare(">", ratio, above)
    effects = Effects()
    inner = rule.within(effects)
    slope = inner.not_negative(over.slope)
    excess = combine(effects, "-", actual, combine(effects, "*", above, target))
    lost = Portion(combine(effects, "*", slope, excess), target)
    left = floored(inner, minus(effects, WHOLE, lost))
    rule.effects.take(effects, every(far))
    return when(far, left, WHOLE)


def floored(rule: Rule, share: Portion) -> Share:
    """Return the share, or nothing where it is below 0."""
    return when(less(rule.effects, share, NOTHING), NOTHING, share)


def bands(method: "BandsPlan", rule: Rule) -> Share:
    """What the first band that the value reaches is worth.

    Bounds descend, so that who reaches one reaches all below: the bands that are reached are
    counted, and the count is the place in a table.
    """
    actual = rule.number(method.actual)
    bounds = [rule.number(band.bound) for band in method.bands if band.bound]
    for place, (above, below) in enumerate(pairwise(bounds)):
        rule.refuse(compare("<" if _excludes(method, place) else "<=", above, below))
    tests = [
        compare(">=" if band.inclusive else ">", actual, bound)
        for band, bound in zip(method.bands, bounds, strict=False)
    ]
    index = _count(tests)
    shares: list[Share] = []
    for count in range(len(bounds) + 1):
        place = len(bounds) - count
        effects = Effects()
        band = method.bands[place] if place < len(bounds) else method.bands[-1]
        shares.append(_band(band, rule.within(effects), actual, bounds, place))
        rule.effects.take(effects, _at(index, count))
    return by_index(index, shares)


def _count(tests: list[Test]) -> IntsOf:
    fixed = sum(test is True for test in tests)
    masks = [test for test in tests if not isinstance(test, bool)]
    if len(tests) > 250:  # noqa: PLR2004 - a byte counts no further
        raise UnsupportedError

    def count(chunk: Chunk) -> Ints:
        if not masks:
            return np.full(chunk.size, fixed)
        found = masks[0](chunk).view(np.uint8)
        for mask in masks[1:]:
            found = found + mask(chunk).view(np.uint8)
        return found + np.uint8(fixed) if fixed else found  # type: ignore[return-value] # an index

    return Kept(count)


def _at(index: IntsOf, place: int) -> BoolsOf:
    return lambda chunk: np.equal(index(chunk), place)


def _excludes(method: "BandsPlan", place: int) -> bool:
    """Whether a band may share its bound with the next: above 10 %, then exactly 10 %."""
    below = method.bands[place + 1]
    return not method.bands[place].inclusive and below.inclusive and below.low is None


def _band(band: "Band", rule: Rule, actual: Number, bounds: list[Number], place: int) -> Share:
    effects = rule.effects
    share = rule.share(band.high)
    if band.low is None:
        return share
    low = rule.share(band.low)
    span = Portion(
        combine(effects, "-", actual, snapped(bounds[place])),
        combine(effects, "-", snapped(bounds[place - 1]), snapped(bounds[place])),
    )
    return plus(effects, low, times(effects, minus(effects, share, low), span))


def snapped(number: Number) -> Number:
    """Return a number as comparisons see it; one that isn't on the grid has no such form."""
    if isinstance(number, Known):
        return Known(snap(number.value))
    if isinstance(number, Whole) and on_grid(number):
        return number
    raise UnsupportedError


def linear(method: "LinearPlan", rule: Rule) -> Share:
    """The share on the line; beside an interval the smaller of the two."""
    actual = rule.number(method.actual)
    if len(method.slopes) == _PAIR:
        rising, falling = method.slopes
        ends = [rule.number(end) for end in (rising.zero, rising.full, falling.full, falling.zero)]
        for left, right in pairwise(ends):
            rule.refuse(compare(">", left, right))
        one, other = _slope(rising, rule, actual), _slope(falling, rule, actual)
        return when(less(rule.effects, flat(other), flat(one)), other, one)
    return _slope(method.slopes[0], rule, actual)


def _slope(line: "Slope", rule: Rule, actual: Number) -> Share:
    effects = rule.effects
    zero, full = rule.number(line.zero), rule.number(line.full)
    rule.refuse(compare("==", zero, full))
    over, under = combine(effects, "-", actual, zero), combine(effects, "-", full, zero)
    falling = compare("<", full, zero)
    if falling is True:
        over, under = negated(over), negated(under)
    elif falling is not False:
        over, under = select(falling, negated(over), over), select(falling, negated(under), under)
    return between(rule, Portion(over, under))


def between(rule: Rule, share: Portion) -> Share:
    """Return the share, not under nothing and not above the whole."""
    units = coarse(share)
    if units is not None and isinstance(share.over, Whole):
        return Portion(clipped(share.over, units), share.under)
    found = quotient(rule.effects, share)
    high = when(compare("<", found, Known(ONE)), share, WHOLE)
    return when(compare("<=", found, Known(ZERO)), NOTHING, high)


def clipped(number: Whole, most: int) -> Whole:
    """Return a number's units between 0 and *most*."""
    units, exact = number.units, number.exact

    def clip(chunk: Chunk) -> Ints:
        found: Ints = np.clip(units(chunk), 0, most)
        return found

    top = scaled_by(number.factor, most)
    return Whole(
        Kept(clip), number.factor, max(0, min(number.low, most)), max(0, min(number.high, most)),
        lambda chunk, where: [min(max(value, ZERO), top) for value in exact(chunk, where)],
    )  # fmt: skip
