"""`proportional`, `bands` and `linear` in generated code: a number held to thresholds."""

from itertools import pairwise
from typing import TYPE_CHECKING

from perfrules.decimals import ONE, ZERO
from perfrules.engine.codegen.arithmetic import combine, negated
from perfrules.engine.codegen.shares import (
    Fraction,
    Kept,
    Rule,
    Sink,
    as_written,
    less,
    minus,
    nothing,
    plus,
    quotient,
    times,
    whole,
)
from perfrules.engine.codegen.values import Value, compare, constant, snapped

if TYPE_CHECKING:
    from perfrules.lang.methods.bands import Band, BandsPlan
    from perfrules.lang.methods.linear import LinearPlan, Slope
    from perfrules.lang.methods.proportional import Over, ProportionalPlan

_PAIR = 2


def proportional(method: "ProportionalPlan", rule: Rule, sink: Sink) -> None:
    """Actual ÷ target, or target ÷ actual where lower is better; then the floor and the cap."""
    source = rule.source
    actual, target = rule.not_negative(method.actual), rule.not_negative(method.target)
    if method.over is None and not isinstance(sink, Kept):  # what is kept is counted with
        actual, target = as_written(source, actual, target)
    zero = compare(source, "==", target, constant(source, ZERO))
    if zero.constant is False:
        _ratio(method, rule, sink, actual, target)
        return
    with source.block(f"if {zero.code}"):
        if method.zero_target == "error":
            source.give_up()
        else:
            sink.put(whole(source) if method.zero_target == "full" else nothing(source))
    with source.block("else"):
        _ratio(method, rule, sink, actual, target)


def _ratio(
    method: "ProportionalPlan", rule: Rule, sink: Sink, actual: Value, target: Value
) -> None:
    source = rule.source
    limited = _Limited(method, rule, sink)
    if method.lower:
        with source.block(f"if {compare(source, '<=', actual, target).code}"):
            limited.put(whole(source))
        with source.block("else"):
            limited.put(Fraction(target, actual, proper=True))
        return
    with source.block(f"if {compare(source, '<', actual, target).code}"):
        limited.put(Fraction(actual, target, proper=True))
    with source.block("else"):
        if method.over is None:
            limited.put(whole(source))
        else:
            _over(method.over, rule, limited, actual, target)


class _Limited:
    """Puts a share after its floor and its cap."""

    def __init__(self, method: "ProportionalPlan", rule: Rule, sink: Sink) -> None:
        self.method, self.rule, self.sink = method, rule, sink

    def put(self, share: Fraction) -> None:
        """Put nothing below the floor, the cap above it, else the share."""
        source = self.rule.source
        if self.method.floor is None:
            self._capped(share)
            return
        low = less(source, share, self.rule.share(self.method.floor))
        if low.known:
            (self.sink.put if low.constant else self._capped)(
                nothing(source) if low.constant else share
            )
            return
        with source.block(f"if {low.code}"):
            self.sink.put(nothing(source))
        with source.block("else"):
            self._capped(share)

    def _capped(self, share: Fraction) -> None:
        source = self.rule.source
        if self.method.cap is None:
            self.sink.put(share)
            return
        cap = self.rule.share(self.method.cap)
        high = less(source, cap, share)
        if high.known:
            self.sink.put(cap if high.constant else share)
            return
        with source.block(f"if {high.code}"):
            self.sink.put(cap)
        with source.block("else"):
            self.sink.put(share)


def _over(over: "Over", rule: Rule, sink: _Limited, actual: Value, target: Value) -> None:
    """Far beyond the target: a note, which changes no number, or a loss."""
    source = rule.source
    above = rule.number(over.above)
    if over.slope is None:
        sink.put(whole(source))
        return
    ratio = combine(source, "/", actual, target)
    with source.block(f"if {compare(source, '>', ratio, above).code}"):
        slope = rule.not_negative(over.slope)
        excess = combine(source, "-", actual, combine(source, "*", above, target))
        lost = Fraction(combine(source, "*", slope, excess), target)
        sink.put(floored(rule, minus(source, whole(source), lost)))
    with source.block("else"):
        sink.put(whole(source))


def floored(rule: Rule, share: Fraction) -> Fraction:
    """Return the share, or nothing where it is below 0."""
    source = rule.source
    low = less(source, share, nothing(source))
    if low.known:
        return nothing(source) if low.constant else share
    kept = Kept.fresh(source)
    with source.block(f"if {low.code}"):
        kept.put(nothing(source))
    with source.block("else"):
        kept.put(share)
    return kept.share


def bands(method: "BandsPlan", rule: Rule, sink: Sink) -> None:
    """What the first band that the value reaches is worth."""
    source = rule.source
    actual = rule.number(method.actual)
    bounds = [snapped(source, rule.number(band.bound)) for band in method.bands if band.bound]
    for place, (above, below) in enumerate(pairwise(bounds)):
        rule.refuse(compare(source, "<" if _excludes(method, place) else "<=", above, below))
    head = "if"
    for place, (band, bound) in enumerate(zip(method.bands, bounds, strict=False)):
        reached = compare(source, ">=" if band.inclusive else ">", actual, bound)
        with source.block(f"{head} {reached.code}"):
            _band(band, rule, sink, actual, bounds, place)
        head = "elif"
    if not bounds:
        _band(method.bands[-1], rule, sink, actual, bounds, 0)
        return
    with source.block("else"):
        _band(method.bands[-1], rule, sink, actual, bounds, len(bounds))


def _excludes(method: "BandsPlan", place: int) -> bool:
    """Whether a band may share its bound with the next: above 10 %, then exactly 10 %."""
    below = method.bands[place + 1]
    return not method.bands[place].inclusive and below.inclusive and below.low is None


def _band(
    band: "Band", rule: Rule, sink: Sink, actual: Value, bounds: list[Value], place: int
) -> None:
    source = rule.source
    share = rule.share(band.high)
    if band.low is not None:
        low = rule.share(band.low)
        span = Fraction(
            combine(source, "-", actual, bounds[place]),
            combine(source, "-", bounds[place - 1], bounds[place]),
        )
        share = plus(source, low, times(source, minus(source, share, low), span))
    sink.put(share)


def linear(method: "LinearPlan", rule: Rule, sink: Sink) -> None:
    """The share on the line; beside an interval the smaller of the two."""
    source = rule.source
    actual = rule.number(method.actual)
    if len(method.slopes) == _PAIR:
        rising, falling = method.slopes
        ends = [rule.number(end) for end in (rising.zero, rising.full, falling.full, falling.zero)]
        for left, right in pairwise(ends):
            rule.refuse(compare(source, ">", left, right))
        one, other = Kept.fresh(source), Kept.fresh(source)
        _slope(rising, rule, one, actual)
        _slope(falling, rule, other, actual)
        with source.block(f"if {less(source, other.share, one.share).code}"):
            sink.put(other.share)
        with source.block("else"):
            sink.put(one.share)
        return
    _slope(method.slopes[0], rule, sink, actual)


def _slope(line: "Slope", rule: Rule, sink: Sink, actual: Value) -> None:
    source = rule.source
    zero, full = rule.number(line.zero), rule.number(line.full)
    rule.refuse(compare(source, "==", zero, full))
    over, under = combine(source, "-", actual, zero), combine(source, "-", full, zero)
    falling = compare(source, "<", full, zero)
    if falling.known:
        if falling.constant:
            over, under = negated(source, over), negated(source, under)
    else:
        over, under = Value(source.keep(over.code)), Value(source.keep(under.code))
        with source.block(f"if {falling.code}"):
            source.line(f"{over.code} = {over.code}.copy_negate()")
            source.line(f"{under.code} = {under.code}.copy_negate()")
    found = quotient(source, Fraction(over, under))
    found = Value(found.code, constant=found.constant)
    with source.block(f"if {compare(source, '<=', found, constant(source, ZERO)).code}"):
        sink.put(nothing(source))
    with source.block(f"elif {compare(source, '<', found, constant(source, ONE)).code}"):
        sink.put(Fraction(Value(over.code, constant=over.constant), under))
    with source.block("else"):
        sink.put(whole(source))
