"""`survey`, `mix`, `either`, and the table of all methods."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from sqlglot import exp

from perfrules.decimals import CONTEXT
from perfrules.errors import Text
from perfrules.lang.methods.bands import BandsPlan
from perfrules.lang.methods.base import MethodPlan
from perfrules.lang.methods.checklist import ChecklistPlan
from perfrules.lang.methods.deadline import DeadlinePlan
from perfrules.lang.methods.deduct import DeductPlan
from perfrules.lang.methods.either import EitherPlan
from perfrules.lang.methods.formula import FormulaPlan
from perfrules.lang.methods.levels import LevelsPlan
from perfrules.lang.methods.linear import LinearPlan
from perfrules.lang.methods.met import MetPlan
from perfrules.lang.methods.mix import MixPlan
from perfrules.lang.methods.proportional import ProportionalPlan
from perfrules.lang.methods.survey import SurveyPlan
from perfrules.sql.expressions import holds, is_label, value
from perfrules.sql.methods.losses import deadline, deduct
from perfrules.sql.methods.measured import bands, linear, proportional
from perfrules.sql.methods.plain import checklist, formula, levels, met
from perfrules.sql.methods.share import NOTHING, Rating, Share
from perfrules.sql.nodes import Cond, both, negated, some
from perfrules.sql.number import Number, decimal, whole_number, within
from perfrules.sql.scene import Known, Unsaid
from perfrules.sql.values import Answers, Label
from perfrules.sql.whole import Whole, compare, constant

_HUNDRED: Final = decimal(Decimal(100))


def rated(plan: MethodPlan, at: Rating) -> Share:
    """Return the share a method gives; `Unsaid` for one that has no form in SQL."""
    found = METHODS.get(type(plan))
    if found is None:
        name = str(getattr(plan, "name", type(plan).__name__))
        raise Unsaid(Text(f"得分方法 {name}", f"the method {name}"))
    return found(plan, at)


def survey(plan: SurveyPlan, at: Rating) -> Share:
    """Return the satisfaction, or what the inner method makes of it."""
    answers = value(at.scene, plan.actual)
    assert isinstance(answers, Answers)  # noqa: S101 - typed at load
    share = _satisfaction(plan, at, answers)
    numbers = at.scene.numbers
    if plan.digits is not None:
        percent = numbers.multiply(at.value(share), _HUNDRED)
        share = Share(numbers.round_to(percent, plan.digits), _HUNDRED)
    if plan.then is None:
        return share
    found = numbers.named(at.value(share))
    near = Fraction(1) + Fraction(1, 10**30)
    with at.scene.binding(value=Known(within(found, Fraction(0), near))):
        return rated(plan.then, at)


def _satisfaction(plan: SurveyPlan, at: Rating, answers: Answers) -> Share:
    named = {group: levels for group, levels in answers.groups.items() if group is not None}
    if named and plan.exclude_empty:
        raise Unsaid(Text("empty: exclude", "empty: exclude"), where=plan.actual.where)
    if named and not plan.exclude_empty:
        empty = [compare(exp.EQ, _total(at, levels), constant(0)) for levels in named.values()]
        at.scene.watch.tell("PRF544", some(empty))
    if plan.pooled or not named:
        counts: dict[str, Whole] = {}
        for levels_of in answers.groups.values():
            for level, count in levels_of.items():
                before = counts.get(level)
                counts[level] = count if before is None else at.scene.whole.add(before, count)
        return _mean(plan, at, counts)
    total, weight = NOTHING, NOTHING
    for group, levels_of in named.items():
        own = Share(decimal(plan.weights.of(group)))
        total = at.plus(total, at.times(own, _mean(plan, at, levels_of)))
        weight = at.plus(weight, own)
    return Share(total.top, at.scene.numbers.multiply(total.bottom, weight.top))


def _total(at: Rating, counts: Mapping[str, Whole]) -> Whole:
    made = at.scene.whole
    found = constant(0)
    for count in counts.values():
        found = made.add(found, count)
    return made.let(found)


def _mean(plan: SurveyPlan, at: Rating, counts: Mapping[str, Whole]) -> Share:
    numbers = at.scene.numbers
    answered = whole_number(_total(at, counts))
    good = numbers.raw(">", answered, decimal(Decimal(0)))
    answered = at.required("PRF544", answered, good)
    found = NOTHING
    for level, count in counts.items():
        if level not in plan.values:
            at.scene.watch.tell("PRF566", True)
            return NOTHING
        worth = at.worth(plan.values[level])
        found = at.plus(found, at.times(Share(whole_number(count)), worth))
    return Share(found.top, numbers.named(numbers.multiply(found.bottom, answered)))


def mix(plan: MixPlan, at: Rating) -> Share:
    """Return the weighted sum of the parts' shares."""
    total = NOTHING
    for part in plan.parts:
        inner = replace(at, points=CONTEXT.multiply(at.points, part.share))
        total = at.plus(total, at.times(Share(decimal(part.share)), rated(part.method, inner)))
    return total


def either(plan: EitherPlan, at: Rating) -> Share:
    """Return what the picked way gives."""
    watch = at.scene.watch
    if plan.declared is not None:
        picked = value(at.scene, plan.declared)
        assert isinstance(picked, Label)  # noqa: S101 - typed at load
        pairs: list[tuple[Cond, Share]] = []
        for item in plan.of:
            here = at.scene.condition(is_label(picked, item.id))
            with watch.when(here):
                pairs.append((here, rated(item.method, at)))
        return at.select(pairs)
    return _first(plan, at) if plan.pick == "first_applicable" else _best(plan, at)


def _first(plan: EitherPlan, at: Rating) -> Share:
    watch = at.scene.watch
    pairs: list[tuple[Cond, Share]] = []
    before: list[Cond] = []
    for item in plan.of:
        with watch.when(both(*(negated(one) for one in before))):
            here = True if item.applies_when is None else holds(at.scene, item.applies_when)
            with watch.when(here):
                pairs.append((here, rated(item.method, at)))
        before.append(here)
    watch.tell("PRF562", negated(some(before)))
    return at.select(pairs)


def _best(plan: EitherPlan, at: Rating) -> Share:
    """Return the best of the ways that apply; the first of equals."""
    watch = at.scene.watch
    here = [
        True if item.applies_when is None else holds(at.scene, item.applies_when)
        for item in plan.of
    ]
    watch.tell("PRF562", negated(some(here)))
    shares: list[Share] = []
    for condition, item in zip(here, plan.of, strict=True):
        with watch.when(condition):
            shares.append(rated(item.method, at))
    numbers = at.scene.numbers
    values: list[Number] = []
    for condition, share in zip(here, shares, strict=True):
        with watch.when(condition):
            values.append(numbers.snap(at.value(share)))
    pairs: list[tuple[Cond, Share]] = []
    for place, share in enumerate(shares):
        # Better than each before it, at least as good as each after it, of those that apply.
        beaten = [
            both(
                here[other],
                numbers.raw(">=" if other < place else ">", values[other], values[place]),
            )
            for other in range(len(shares))
            if other != place
        ]
        wins = both(here[place], *(negated(at.scene.condition(one)) for one in beaten))
        pairs.append((at.scene.condition(wins), share))
    return at.select(pairs)


METHODS: Final[Mapping[type, Callable[[Any, Rating], Share]]] = {
    BandsPlan: bands,
    ChecklistPlan: checklist,
    DeadlinePlan: deadline,
    DeductPlan: deduct,
    EitherPlan: either,
    FormulaPlan: formula,
    LevelsPlan: levels,
    LinearPlan: linear,
    MetPlan: met,
    MixPlan: mix,
    ProportionalPlan: proportional,
    SurveyPlan: survey,
}
