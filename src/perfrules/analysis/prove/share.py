"""The share of its points that a scoring method may give, without facts."""

from collections.abc import Iterable, Iterator

from perfrules.analysis.prove.case import Case
from perfrules.analysis.prove.interval import UNIT, Interval, point
from perfrules.analysis.prove.reason import Reason
from perfrules.analysis.prove.value import Labels
from perfrules.decimals import ONE, ZERO
from perfrules.lang.methods.amount import Amount
from perfrules.lang.methods.bands import BandsPlan
from perfrules.lang.methods.base import MethodPlan
from perfrules.lang.methods.checklist import ChecklistPlan
from perfrules.lang.methods.deadline import DeadlinePlan
from perfrules.lang.methods.deduct import DeductPlan, Occurrence, Steps
from perfrules.lang.methods.either import Alternative, EitherPlan
from perfrules.lang.methods.formula import FormulaPlan
from perfrules.lang.methods.levels import LevelsPlan
from perfrules.lang.methods.linear import LinearPlan
from perfrules.lang.methods.met import MetPlan
from perfrules.lang.methods.mix import MixPlan
from perfrules.lang.methods.panel import PanelPlan
from perfrules.lang.methods.proportional import ProportionalPlan
from perfrules.lang.methods.scale import Scale
from perfrules.lang.methods.survey import SurveyPlan


def share(reason: Reason, method: MethodPlan, points: Interval, case: Case) -> Interval | None:  # noqa: C901, PLR0912 - one branch a method
    """Return the interval of the share; None where the method can't give one.

    Args:
        reason: What is known.
        method: The leaf's method.
        points: The leaf's points.
        case: What is assumed.
    """
    match method:
        case MetPlan():
            found = _when(reason, method, points, case)
        case ProportionalPlan():
            found = _proportional(reason, method, points, case)
        case BandsPlan():
            found = hull(
                amount(reason, worth, points, case)
                for place in open_bands(reason, method, case)
                for worth in method.bands[place].worth
            )
        case LevelsPlan():
            found = _scale(reason, method.scale, open_labels(reason, method.level, case), case)
        case ChecklistPlan():
            found = _checklist(reason, method, case)
        case LinearPlan():
            found = _linear(reason, method, case)
        case DeductPlan():
            found = _deduct(reason, method, points, case)
        case DeadlinePlan():
            found = _deadline(reason, method, points, case)
        case SurveyPlan() | PanelPlan():
            found = _asked(reason, method, points, case)
        case MixPlan():
            found = point(ZERO)
            for part in method.parts:
                weight = point(part.share)
                inner = share(reason, part.method, points.times(weight), case)
                found = None if found is None or inner is None else found.plus(inner.times(weight))
        case EitherPlan():
            found = hull(
                share(reason, item.method, points, inner)
                for item in method.of
                for inner in ways(reason, method, item, case)
            )
        case FormulaPlan():
            found = reason.number(method.expr.tree, case)
            if found is not None and method.in_points:
                found = found.over(points)
        case _:
            span = method.reachable()
            found = UNIT if span is None else Interval(*span)
    return None if found is None else found.meet(UNIT)


def hull(found: Iterable[Interval | None]) -> Interval | None:
    """Return the smallest interval that holds all that are there."""
    whole: Interval | None = None
    for item in found:
        if item is not None:
            whole = item if whole is None else whole.join(item)
    return whole


def amount(reason: Reason, item: Amount, points: Interval, case: Case) -> Interval | None:
    """Return what a band, a level or a fallback is worth, as a share."""
    found = reason.number(item.expr.tree, case)
    if found is None:
        return None
    return (found.over(points) if item.in_points else found).meet(Interval(ZERO))


def open_bands(reason: Reason, method: BandsPlan, case: Case) -> list[int]:
    """Return the places of the bands that a value may lie in."""
    found = []
    cases = [case]
    for place, band in enumerate(method.bands):
        if band.bound is None:
            found += [place] if cases else []
            break
        inside = [
            inner
            for one in cases
            for inner in reason.reaches(method.actual, band.bound, one, inclusive=band.inclusive)
        ]
        found += [place] if inside else []
        cases = [
            inner
            for one in cases
            for inner in reason.reaches(
                method.actual, band.bound, one, inclusive=band.inclusive, truth=False
            )
        ]
    return found


def open_labels(reason: Reason, level: object, case: Case) -> frozenset[str]:
    """Return the labels that a rating may have."""
    tree = level.tree  # type: ignore[attr-defined] # an expression
    found = reason.value(tree, case)
    if found is None:
        return frozenset()
    known = found.of if isinstance(found, Labels) else None
    return frozenset(tree.type.of) if known is None else known


def ways(reason: Reason, method: EitherPlan, item: Alternative, case: Case) -> list[Case]:
    """Return the cases in which a way to score may be taken."""
    if method.declared is not None:
        return reason.equal(method.declared.tree, Labels(frozenset({item.id})), case)
    cases = [case]
    if method.pick == "first_applicable":
        for other in method.of:
            if other is item:
                break
            if other.applies_when is None:
                return []
            when = other.applies_when.tree
            cases = [inner for one in cases for inner in reason.assume(when, False, one)]
    if item.applies_when is None:
        return cases
    when = item.applies_when.tree
    return [inner for one in cases for inner in reason.assume(when, True, one)]


def _when(reason: Reason, method: MetPlan, points: Interval, case: Case) -> Interval | None:
    flag = reason.flag(method.when.tree, case)
    held = point(ONE) if flag.true else None
    if not flag.false:
        return held
    fallback = point(ZERO)
    if method.otherwise is not None:
        fallback = amount(reason, method.otherwise, points, case) or UNIT
    return hull((held, fallback))


def _proportional(
    reason: Reason, method: ProportionalPlan, points: Interval, case: Case
) -> Interval | None:
    whole = Interval(ZERO)
    actual, target = (reason.number(item.tree, case) for item in (method.actual, method.target))
    actual = None if actual is None else actual.meet(whole)
    target = None if target is None else target.meet(whole)
    if actual is None or target is None:
        return None
    ratio = target.over(actual) if method.lower else actual.over(target)
    if method.lower and actual.one == ZERO:
        ratio = point(ONE)
    low = min(ratio.low or ZERO, ONE)
    high = ONE if ratio.high is None else min(ratio.high, ONE)
    if method.lower and ZERO in actual:
        high = ONE
    over = method.over
    if over is not None and over.slope is not None and (ratio.high is None or ratio.high > ONE):
        low = ZERO
    if method.floor is not None:
        floor = amount(reason, method.floor, points, case)
        if floor is None or floor.high is None or low < floor.high:
            low = ZERO
    if method.cap is not None:
        cap = amount(reason, method.cap, points, case)
        if cap is not None and cap.high is not None:
            high, low = min(high, cap.high), min(low, cap.low or ZERO)
    found = Interval(low, high)
    if method.zero_target != "error" and ZERO in target:  # neither floor nor cap is applied to it
        found = found.join(point(ZERO if method.zero_target == "zero" else ONE))
    return found


def _scale(reason: Reason, scale: Scale, labels: frozenset[str], case: Case) -> Interval | None:
    if scale.table is not None:
        found = reason.value(scale.table.tree, case)
        return found if isinstance(found, Interval) else UNIT
    return hull(
        amount(reason, end, UNIT, case)
        for label, item in scale.ranges.items()
        if label in labels
        for end in item.ends
    )


def _checklist(reason: Reason, method: ChecklistPlan, case: Case) -> Interval:
    whole = method.whole
    if whole is None:
        whole = sum((item.worth for item in method.elements), ZERO)
    low = high = ZERO
    veto = vetoed = False
    for item in method.elements:
        true, false = True, True
        if item.when is not None:
            flag = reason.flag(item.when.tree, case)
            true, false = flag.true, flag.false
        high += item.worth if true else ZERO
        low += ZERO if false else item.worth
        veto = veto or (item.required and false)
        vetoed = vetoed or (item.required and not true)
    if vetoed or not whole:
        return point(ZERO)
    return Interval(ZERO if veto else low, high).over(point(whole))


def _linear(reason: Reason, method: LinearPlan, case: Case) -> Interval | None:
    actual = reason.number(method.actual.tree, case)
    if actual is None:
        return None
    found: Interval | None = None
    for line in method.slopes:
        ends = (reason.number(end.tree, case) for end in (line.zero, line.full))
        zero, full = (None if end is None else end.one for end in ends)
        if zero is None or full is None or zero == full:
            return UNIT
        rising = actual.minus(point(zero)).over(point(full).minus(point(zero)))
        span = Interval(
            ZERO if rising.low is None else min(max(rising.low, ZERO), ONE),
            ONE if rising.high is None else min(max(rising.high, ZERO), ONE),
        )
        if found is None:
            found = span
        else:  # beside an interval the smaller of the two
            assert found.low is not None  # noqa: S101 - set above
            assert span.low is not None  # noqa: S101 - set above
            found = Interval(ZERO, min(found.high or ZERO, span.high or ZERO))
    return found


def _steps(reason: Reason, item: Steps, points: Interval, case: Case) -> Interval:
    """Return the share that steps may cost."""
    numbers = [reason.number(expr.tree, case) for expr in (item.actual, item.start, item.per)]
    lose = amount(reason, item.lose, points, case)
    if None in numbers or lose is None:
        return Interval(ZERO)
    actual, start, per = (number or Interval() for number in numbers)
    excess = actual.minus(start) if item.above else start.minus(actual)
    if excess.high is not None and excess.high <= 0:
        return point(ZERO)
    steps = Interval(max(excess.low or ZERO, ZERO), excess.high).over(per)
    low = ZERO if item.whole else (steps.low or ZERO)
    return Interval(low, steps.high).times(lose)


def _capped(
    reason: Reason, loss: Interval, most: Amount | None, points: Interval, case: Case
) -> Interval:
    cap = None if most is None else amount(reason, most, points, case)
    if cap is None or cap.high is None:
        return loss
    high = cap.high if loss.high is None else min(loss.high, cap.high)
    return Interval(min(loss.low or ZERO, cap.low or ZERO), high)


def _deduct(reason: Reason, method: DeductPlan, points: Interval, case: Case) -> Interval:
    lost = point(ZERO)
    for item in method.losses:
        if isinstance(item, Occurrence):
            count = reason.number(item.count.tree, case) or Interval()
            lose = amount(reason, item.lose, points, case) or Interval(ZERO)
            count = count.meet(Interval(ZERO)) or Interval(ZERO)
            loss = _capped(reason, count.times(lose), item.at_most, points, case)
        else:
            loss = _steps(reason, item, points, case)
        lost = lost.plus(loss)
    return _left(_capped(reason, lost, method.at_most, points, case))


def _left(lost: Interval) -> Interval:
    """Return what a loss leaves, nothing at least."""
    low = ZERO if lost.high is None else max(ONE - lost.high, ZERO)
    return Interval(low, max(ONE - max(lost.low or ZERO, ZERO), ZERO))


def _deadline(reason: Reason, method: DeadlinePlan, points: Interval, case: Case) -> Interval:
    actual, due = (reason.number(item.tree, case) for item in (method.actual, method.due))
    if actual is not None and due is not None:
        late = actual.minus(due)
        if late.high is not None and late.high <= 0:
            return point(ONE)
    if method.step is None or method.step.at_most is None:
        return UNIT
    return _left(_capped(reason, Interval(ZERO), method.step.at_most, points, case))


def _asked(
    reason: Reason, method: SurveyPlan | PanelPlan, points: Interval, case: Case
) -> Interval | None:
    if isinstance(method, SurveyPlan):
        value = hull(amount(reason, item, UNIT, case) for item in method.values.values())
        most = None
    else:
        most = reason.number(method.out_of.tree, case)
        value = Interval(ZERO, None if most is None else most.high)
    if method.then is None:
        return value if isinstance(method, SurveyPlan) else UNIT
    return share(reason.bind(value=value or Interval(ZERO)), method.then, points, case)


def methods_in(method: MethodPlan) -> Iterator[MethodPlan]:
    """Yield a method and those inside it."""
    yield method
    match method:
        case MixPlan():
            inner: list[MethodPlan] = [part.method for part in method.parts]
        case EitherPlan():
            inner = [item.method for item in method.of]
        case SurveyPlan() | PanelPlan():
            inner = [] if method.then is None else [method.then]
        case _:
            inner = []
    for part in inner:
        yield from methods_in(part)
