"""`deduct`, `deadline`."""

from fractions import Fraction

from perfrules.lang.methods.amount import Amount
from perfrules.lang.methods.deadline import DeadlinePlan, Step
from perfrules.lang.methods.deduct import DeductPlan, Occurrence, Steps
from perfrules.lang.tree import Expr
from perfrules.sql.expressions import value
from perfrules.sql.methods.share import NOTHING, WHOLE, Rating, Share
from perfrules.sql.nodes import negated
from perfrules.sql.number import ZERO, Number, whole_number, within
from perfrules.sql.values import Day


def deduct(plan: DeductPlan, at: Rating) -> Share:
    """Return what is left."""
    lost = NOTHING
    for item in plan.losses:
        loss = _steps(item, at) if isinstance(item, Steps) else _occurrence(item, at)
        lost = at.plus(lost, loss)
    return _left(at, _capped(at, lost, plan.at_most))


def _steps(item: Steps, at: Rating) -> Share:
    numbers, watch = at.scene.numbers, at.scene.watch
    actual, start = at.number(item.actual), at.number(item.start)
    excess = numbers.named(numbers.subtract(actual, start))
    excess = excess if item.above else numbers.negative(excess)
    # A reason shows step and cost also where nothing is lost.
    at.number(item.per)
    at.number(item.lose.expr)
    none = at.scene.condition(numbers.compare("<=", excess, ZERO))
    with watch.when(negated(none)):
        lost = _per(at, excess, item.per, item.lose, whole=item.whole)
    return at.select([(none, NOTHING)], lost)


def _per(at: Rating, excess: Number, per: Expr, lose: Amount, *, whole: bool) -> Share:
    """Return what *excess* costs by the step; only whole steps where *whole* says so."""
    numbers = at.scene.numbers
    size = at.number(per)
    size = at.required("PRF569", size, numbers.compare(">", size, ZERO))
    size = within(size, Fraction(0), size.size)
    steps = Share(excess, size)
    if whole:
        steps = Share(numbers.round_to(at.value(steps), 0, "floor"))
    return at.times(steps, at.loss(lose))


def _occurrence(item: Occurrence, at: Rating) -> Share:
    count = at.not_negative(item.count)
    return _capped(at, at.times(Share(count), at.loss(item.lose)), item.at_most)


def _capped(at: Rating, loss: Share, at_most: Amount | None) -> Share:
    if at_most is None:
        return loss
    most = at.worth(at_most)
    return at.select([(at.under(most, loss), most)], loss)


def _left(at: Rating, lost: Share) -> Share:
    """Return what is left of the points; 扣完为止."""
    some = at.under(NOTHING, lost)
    return at.select([(some, at.floored(at.minus(WHOLE, lost)))], WHOLE)


def deadline(plan: DeadlinePlan, at: Rating) -> Share:
    """Return full points on time, else what is left."""
    numbers, watch = at.scene.numbers, at.scene.watch
    actual, due = value(at.scene, plan.actual), value(at.scene, plan.due)
    assert isinstance(actual, Day)  # noqa: S101 - typed at load
    assert isinstance(due, Day)  # noqa: S101 - typed at load
    made = at.scene.whole
    late = whole_number(made.let(made.add(actual.ordinal, made.negative(due.ordinal))))
    if plan.grace is not None:
        late = numbers.named(numbers.subtract(late, at.not_negative(plan.grace)))
    in_time = at.scene.condition(numbers.compare("<=", late, ZERO))
    if plan.step is None:
        return at.select([(in_time, WHOLE)], NOTHING)
    with watch.when(negated(in_time)):
        found = _late(plan.step, at, late)
    return at.select([(in_time, WHOLE)], found)


def _late(step: Step, at: Rating, late: Number) -> Share:
    lost = _per(at, late, step.per, step.lose, whole=step.whole)
    return _left(at, _capped(at, lost, step.at_most))
