"""`deduct` and `deadline` in generated code: full points less what is lost, never below 0."""

from decimal import Decimal
from typing import TYPE_CHECKING, cast

from perfrules.decimals import ONE, ZERO
from perfrules.engine.codegen.arithmetic import combine, negated
from perfrules.engine.codegen.expressions import value_of
from perfrules.engine.codegen.shares import (
    Fraction,
    Kept,
    Rule,
    Sink,
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
    from perfrules.lang.methods.amount import Amount
    from perfrules.lang.methods.deadline import DeadlinePlan, Step
    from perfrules.lang.methods.deduct import DeductPlan, Occurrence, Steps

_TINY = Decimal("1e-9")  # a share that small may vanish when snapped: the reference decides


def deduct(method: "DeductPlan", rule: Rule, sink: Sink) -> None:
    """What is left after all losses."""
    source = rule.source
    lost = nothing(source)
    for item in method.losses:
        lost = plus(source, lost, _loss(item, rule))
    _left(rule, sink, capped(rule, lost, method.at_most))


def _loss(item: "Steps | Occurrence", rule: Rule) -> Fraction:
    # By what it has: importing the classes would build the pydantic models beside them.
    if hasattr(item, "count"):
        return _occurrence(cast("Occurrence", item), rule)
    return _steps(item, rule)


def _steps(item: "Steps", rule: Rule) -> Fraction:
    source = rule.source
    actual, start = rule.number(item.actual), rule.number(item.start)
    excess = combine(source, "-", actual, start) if item.above else _below(rule, actual, start)
    per, lose = rule.number(item.per), rule.number(item.lose.expr)
    over, under = source.local(), source.local()
    with source.block(f"if {compare(source, '<=', excess, constant(source, ZERO)).code}"):
        source.line(f"{over} = Z")
        place = len(source.lines)
    with source.block("else"):
        steps = _counted(rule, excess, per, whole_steps=item.whole)
        worth = _worth(rule, item.lose, lose, steps)
        source.line(f"{over} = {worth.over.code}")
        if not worth.under.known:
            source.line(f"{under} = {worth.under.code}")
    if worth.under.known:  # nothing of any whole is nothing
        return Fraction(Value(over, places=worth.over.places), worth.under)
    source.lines.insert(place, (source.depth + 1, f"{under} = I"))
    return Fraction(Value(over), Value(under))


def _below(rule: Rule, actual: Value, start: Value) -> Value:
    return negated(rule.source, combine(rule.source, "-", actual, start))


def _counted(rule: Rule, excess: Value, per: Value, *, whole_steps: bool) -> Fraction:
    """Return how many steps lie in *excess*."""
    source = rule.source
    rule.refuse(compare(source, "<=", per, constant(source, ZERO)))
    steps = Fraction(excess, per)
    if not whole_steps:
        return steps
    one = source.slot(ONE)
    count = source.keep(f"floor({snapped(source, quotient(source, steps)).code}, {one})")
    return Fraction(Value(count, None, None, 0), constant(source, ONE))


def _worth(rule: Rule, amount: "Amount", lose: Value, steps: Fraction) -> Fraction:
    source = rule.source
    rule.refuse(compare(source, "<", lose, constant(source, ZERO)))
    under = rule.points if amount.in_points else constant(source, ONE)
    return times(source, steps, Fraction(lose, under))


def _occurrence(item: "Occurrence", rule: Rule) -> Fraction:
    source = rule.source
    count = rule.not_negative(item.count)
    lose = rule.number(item.lose.expr)
    loss = _worth(rule, item.lose, lose, Fraction(count, constant(source, ONE)))
    return capped(rule, loss, item.at_most)


def capped(rule: Rule, loss: Fraction, at_most: "Amount | None") -> Fraction:
    """Return the loss, at most what was said."""
    if at_most is None:
        return loss
    source = rule.source
    most = rule.share(at_most)
    more = less(source, most, loss)
    if more.known:
        return most if more.constant else loss
    kept = Kept.fresh(source)
    with source.block(f"if {more.code}"):
        kept.put(most)
    with source.block("else"):
        kept.put(loss)
    return kept.share


def _left(rule: Rule, sink: Sink, lost: Fraction) -> None:
    """Put what is left of the points.

    What the reference compares are quotients; numerators tell the same unless they are tiny.
    """
    source = rule.source
    over, under = lost.over, lost.under
    with source.block(f"if {over.code} <= Z"):
        sink.put(whole(source))
    with source.block("else"):
        tiny = combine(source, "*", under, constant(source, _TINY))
        source.give_up(f"{over.code} <= {tiny.code}")
        left = minus(source, whole(source), lost)
        with source.block(f"if {left.over.code} >= Z"):
            rest = Value(left.over.code, ZERO, left.under.number, left.over.places)
            sink.put(Fraction(rest, left.under))
        with source.block("else"):
            source.give_up(f"{left.over.code} >= -{tiny.code}")
            sink.put(nothing(source))


def deadline(method: "DeadlinePlan", rule: Rule, sink: Sink) -> None:
    """Full points by the due day, else what is left."""
    source = rule.source
    actual, due = value_of(rule.scope, method.actual), value_of(rule.scope, method.due)
    grace = constant(source, ZERO) if method.grace is None else rule.not_negative(method.grace)
    days = Value(source.keep(f"D(({actual.code} - {due.code}).days)"), places=0)
    late = combine(source, "-", days, grace)
    with source.block(f"if {compare(source, '<=', late, constant(source, ZERO)).code}"):
        sink.put(whole(source))
    with source.block("else"):
        if method.step is None:
            sink.put(nothing(source))
        else:
            _late(method.step, rule, sink, late)


def _late(step: "Step", rule: Rule, sink: Sink, late: Value) -> None:
    source = rule.source
    per = rule.number(step.per)
    rule.refuse(compare(source, "<=", per, constant(source, ZERO)))
    lose = rule.number(step.lose.expr)
    steps = _counted(rule, late, per, whole_steps=step.whole)
    _left(rule, sink, capped(rule, _worth(rule, step.lose, lose, steps), step.at_most))
