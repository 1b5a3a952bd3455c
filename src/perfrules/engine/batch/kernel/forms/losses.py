"""`deduct`, `deadline` and `rank` by column: full points less what is lost, never below 0."""

from typing import TYPE_CHECKING, Any, cast

import numpy as np

from perfrules.decimals import ONE, ZERO
from perfrules.engine.batch.kernel.arithmetic import combine, negated
from perfrules.engine.batch.kernel.chunk import Chunk, Kept, UnsupportedError
from perfrules.engine.batch.kernel.compare import compare
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.expressions import days_between
from perfrules.engine.batch.kernel.forms.measured import clipped, floored
from perfrules.engine.batch.kernel.functions import rounded
from perfrules.engine.batch.kernel.numbers import Known, Number, Whole
from perfrules.engine.batch.kernel.rule import Rule
from perfrules.engine.batch.kernel.scope import ordinals
from perfrules.engine.batch.kernel.select import select
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
    from perfrules.lang.methods.amount import Amount
    from perfrules.lang.methods.deadline import DeadlinePlan, Step
    from perfrules.lang.methods.deduct import DeductPlan, Occurrence, Steps


def deduct(method: "DeductPlan", rule: Rule) -> Share:
    """What is left after all losses."""
    lost: Portion = NOTHING
    for item in method.losses:
        lost = plus(rule.effects, lost, _loss(item, rule))
    return left(rule, capped(rule, lost, method.at_most))


def _loss(item: "Steps | Occurrence", rule: Rule) -> Portion:
    # By what it has: importing the classes would build the pydantic models beside them.
    if hasattr(item, "count"):
        return _occurrence(cast("Occurrence", item), rule)
    return _steps(item, rule)


def _steps(item: "Steps", rule: Rule) -> Portion:
    actual, start = rule.number(item.actual), rule.number(item.start)
    excess = combine(rule.effects, "-", actual, start)
    if not item.above:
        excess = negated(excess)
    within = compare("<=", excess, Known(ZERO))
    per, lose = rule.number(item.per), rule.number(item.lose.expr)  # shown, whatever follows
    effects = Effects()
    inner = rule.within(effects)
    loss = _worth(inner, item.lose, lose, _counted(inner, per, excess, whole=item.whole))
    rule.effects.take(effects, every(opposite(within)))
    if isinstance(within, bool):
        return NOTHING if within else loss
    if isinstance(loss.under, Known):  # nothing of any whole is nothing
        return Portion(select(within, Known(ZERO), loss.over), loss.under)
    return flat(when(within, NOTHING, loss))


def _counted(rule: Rule, per: Number, excess: Number, *, whole: bool) -> Portion:
    """Return how many steps lie in *excess*."""
    rule.refuse(compare("<=", per, Known(ZERO)))
    steps = Portion(excess, per)
    if not whole:
        return steps
    return Portion(rounded(rule.effects, quotient(rule.effects, steps), 0, "floor"), Known(ONE))


def _worth(rule: Rule, amount: "Amount", lose: Number, steps: Portion) -> Portion:
    rule.refuse(compare("<", lose, Known(ZERO)))
    under: Number = rule.points if amount.in_points else Known(ONE)
    return times(rule.effects, steps, Portion(lose, under))


def _occurrence(item: "Occurrence", rule: Rule) -> Portion:
    count = rule.not_negative(item.count)
    loss = _worth(rule, item.lose, rule.number(item.lose.expr), Portion(count, Known(ONE)))
    return capped(rule, loss, item.at_most)


def capped(rule: Rule, loss: Portion, at_most: "Amount | None") -> Portion:
    """Return the loss, at most what was said."""
    if at_most is None:
        return loss
    most = rule.share(at_most)
    return flat(when(less(rule.effects, most, loss), most, loss))


def left(rule: Rule, lost: Portion) -> Share:
    """Return what is left of the points.

    Where every unit of the numerator shows when snapped, the reference's tests are those of the
    numerator's sign: what is left is clipped between nothing and the whole.
    """
    rest = minus(rule.effects, WHOLE, lost)
    units = coarse(rest)
    if units is not None and isinstance(rest.over, Whole):
        return Portion(clipped(rest.over, units), rest.under)
    some = compare("<", Known(ZERO), quotient(rule.effects, lost))
    return when(some, floored(rule, rest), WHOLE)


def deadline(method: "DeadlinePlan", rule: Rule) -> Share:
    """Full points by the due day, else what is left."""
    actual = ordinals(rule.value(method.actual))
    due = ordinals(rule.value(method.due))
    grace: Number = Known(ZERO)
    if method.grace is not None:
        grace = rule.not_negative(method.grace)
    late = combine(rule.effects, "-", days_between(actual, due), grace)
    on_time = compare("<=", late, Known(ZERO))
    if method.step is None:
        return when(on_time, WHOLE, NOTHING)
    effects = Effects()
    found = _late(method.step, rule.within(effects), late)
    rule.effects.take(effects, every(opposite(on_time)))
    return when(on_time, WHOLE, found)


def _late(step: "Step", rule: Rule, late: Number) -> Share:
    steps = _counted(rule, rule.number(step.per), late, whole=step.whole)
    lose = rule.number(step.lose.expr)
    return left(rule, capped(rule, _worth(rule, step.lose, lose, steps), step.at_most))


def rank(method: Any, rule: Rule) -> Share:  # noqa: ANN401 - its class stands beside a pydantic model
    """What a place is worth, by table, or by a step a place."""
    place = rule.number(method.actual)
    if not isinstance(place, Whole) or place.factor.denominator != 1:
        raise UnsupportedError
    rule.refuse(compare("<", place, Known(ONE)))
    if method.lose is not None:
        steps = combine(rule.effects, "-", place, Known(ONE))
        lost = times(rule.effects, Portion(steps, Known(ONE)), rule.loss(method.lose))
        return left(rule, capped(rule, lost, method.at_most))
    size, by, units = len(method.table), place.factor.numerator, place.units

    def index(chunk: Chunk) -> Ints:
        found: Ints = np.clip(units(chunk) * by - 1, 0, size)
        return found

    at = Kept(index)
    shares = []
    for number, amount in enumerate((*method.table, method.rest)):
        effects = Effects()
        shares.append(rule.within(effects).share(amount))
        rule.effects.take(effects, lambda chunk, number=number: np.equal(at(chunk), number))  # type: ignore[misc]
    return by_index(at, shares)
