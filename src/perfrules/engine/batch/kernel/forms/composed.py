"""`mix`, `either` and `survey` by column: methods inside methods."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from perfrules.decimals import CONTEXT, HUNDRED, ONE, ZERO
from perfrules.engine.batch.kernel.arithmetic import combine
from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, Kept, UnsupportedError
from perfrules.engine.batch.kernel.effects import Effects, there
from perfrules.engine.batch.kernel.functions import rounded
from perfrules.engine.batch.kernel.numbers import MOST, Known, Number, Real, Whole, scaled
from perfrules.engine.batch.kernel.rule import Rule
from perfrules.engine.batch.kernel.shares import (
    NOTHING,
    Cases,
    Portion,
    Share,
    flat,
    less,
    plus,
    quotient,
    times,
    when,
)
from perfrules.engine.batch.kernel.values import Answers, Label, every, matches, opposite
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.engine.codegen.values import places_of

if TYPE_CHECKING:
    from perfrules.lang.methods.base import MethodPlan
    from perfrules.lang.methods.either import Alternative, EitherPlan
    from perfrules.lang.methods.mix import MixPlan
    from perfrules.lang.methods.survey import SurveyPlan

Rate: TypeAlias = "Callable[[MethodPlan, Rule], Share]"


def _inner(method: "MethodPlan", rule: Rule, rate: Rate) -> Share:
    """Return the share of a method inside another; what lacks evidence there has no form."""
    alone = replace(rule, unverified=[])
    found = rate(method, alone)
    if alone.unverified:
        raise UnsupportedError
    return found


def mix(method: "MixPlan", rule: Rule, rate: Rate) -> Share:
    """The weighted sum of the parts; a part is worth its share of the points."""
    effects = rule.effects
    total: Portion = NOTHING
    for part in method.parts:
        inner = replace(rule, points=combine(effects, "*", rule.points, Known(part.share)))
        share = flat(_inner(part.method, inner, rate))
        weighted = times(effects, Portion(Known(part.share), Known(ONE)), share)
        total = plus(effects, total, weighted)
    return total


def either(method: "EitherPlan", rule: Rule, rate: Rate) -> Share:
    """What the picked way gives."""
    if method.declared is not None:
        return _declared(method, rule, rate)
    if method.pick == "first_applicable":
        return _first(method.of, rule, rate)
    return _best(method, rule, rate)


def _gated(method: "MethodPlan", rule: Rule, rate: Rate, test: BoolsOf) -> Share:
    effects = Effects()
    found = _inner(method, rule.within(effects), rate)
    rule.effects.take(effects, test)
    return found


def _declared(method: "EitherPlan", rule: Rule, rate: Rate) -> Share:
    assert method.declared is not None  # noqa: S101 - the caller looked
    label = rule.value(method.declared)
    if not isinstance(label, Label):
        raise UnsupportedError
    tests = [matches(label, frozenset([item.id])) for item in method.of]
    cases = [
        (test, _gated(item.method, rule, rate, test))
        for item, test in zip(method.of, tests, strict=True)
    ]

    def none(chunk: Chunk) -> Bools:
        found: Bools = ~np.logical_or.reduce([test(chunk) for test in tests])
        return found

    rule.effects.odd(there(none))
    return Cases(tuple(cases), NOTHING)


def _first(of: tuple["Alternative", ...], rule: Rule, rate: Rate) -> Share:
    if not of:
        rule.effects.always_odd()
        return NOTHING
    item, *others = of
    if item.applies_when is None:
        return _inner(item.method, rule, rate)
    test = rule.flag(item.applies_when)
    if isinstance(test, bool):
        return _inner(item.method, rule, rate) if test else _first(tuple(others), rule, rate)
    found = _gated(item.method, rule, rate, test)
    effects = Effects()
    rest = _first(tuple(others), rule.within(effects), rate)
    rule.effects.take(effects, every(opposite(test)))
    return when(test, found, rest)


def _best(method: "EitherPlan", rule: Rule, rate: Rate) -> Share:
    """Return the largest share; of equal ones the first."""
    tests = [
        True if item.applies_when is None else rule.flag(item.applies_when) for item in method.of
    ]
    if not all(test is True for test in tests):
        return _best_of_some(method, rule, rate, [every(test) for test in tests])
    best: Share | None = None
    for item in method.of:
        found = _inner(item.method, rule, rate)
        if best is None:
            best = found
        else:
            best = when(less(rule.effects, flat(best), flat(found)), found, best)
    assert best is not None  # noqa: S101 - a spec has ways
    return best


def _best_of_some(method: "EitherPlan", rule: Rule, rate: Rate, tests: list[BoolsOf]) -> Share:
    """Return the largest share of what applies; what doesn't is below every share."""
    below = Portion(Known(ZERO - ONE), Known(ONE))
    best: Share = below
    for item, test in zip(method.of, tests, strict=True):
        share = when(test, _gated(item.method, rule, rate, test), below)
        effects = Effects()
        better = less(effects, flat(best), flat(share))
        rule.effects.take(effects, test)
        best = when(better, share, best)
    rule.effects.odd(there(lambda chunk: ~np.logical_or.reduce([test(chunk) for test in tests])))
    return best


def survey(method: "SurveyPlan", rule: Rule, rate: Rate) -> Share:
    """The satisfaction, or what the inner method makes of it."""
    answers = rule.value(method.actual)
    if not isinstance(answers, Answers):
        raise UnsupportedError
    if method.weights.shares and not method.exclude_empty:
        rule.effects.always_odd()
    share = _mean(method, rule, answers)
    if method.return_rate is not None:
        rule.share(method.return_rate)
    if method.digits is not None:
        percent = combine(rule.effects, "*", _satisfaction(rule, share), Known(HUNDRED))
        share = Portion(rounded(rule.effects, percent, method.digits, "half_up"), Known(HUNDRED))
    if method.then is None:
        return share
    scope = rule.scope.bind(value=_satisfaction(rule, share))
    return _inner(method.then, replace(rule, scope=scope), rate)


def _satisfaction(rule: Rule, share: Portion) -> Number:
    """Return a satisfaction as one number; a mean of values from 0 to 1 is between them."""
    found = quotient(rule.effects, share)
    if not isinstance(found, Real):
        return found
    return replace(found, low=max(found.low, 0.0), high=min(found.high, 1 + 1e-9))


def _mean(method: "SurveyPlan", rule: Rule, answers: Answers) -> Portion:
    """Return the mean of the levels' values, weighted by their counts, in whole numbers."""
    values = {}
    for label, amount in method.values.items():
        share = rule.share(amount)
        if not isinstance(share.over, Known) or share.under != Known(ONE):
            raise UnsupportedError
        values[label] = share.over.value
    if set(answers.levels) - set(values):
        raise UnsupportedError
    places = max((places_of(value) for value in values.values()), default=0)
    worths = [int(values[level].scaleb(places, CONTEXT)) for level in answers.levels]
    if answers.most * max(1, sum(worths), len(worths)) >= MOST:
        raise UnsupportedError
    counts = answers.counts

    def total(chunk: Chunk) -> Ints:
        out: Ints = np.copy(counts[0](chunk))
        for count in counts[1:]:
            out += count(chunk)
        return out

    def found(chunk: Chunk) -> Ints:
        out, part = np.zeros((2, chunk.size), np.int64)
        for count, worth in zip(counts, worths, strict=True):
            if worth:
                np.multiply(count(chunk), worth, out=part)
                out += part
        return out

    under = _whole(Kept(total), 0, answers.most * len(counts))
    rule.effects.odd(there(lambda chunk: under.units(chunk) == 0))
    return Portion(_whole(Kept(found), places, answers.most * sum(worths)), under)


def _whole(units: "Kept[Ints]", places: int, most: int) -> Whole:
    return Whole(
        units, Fraction(1, 10**places), 0, most,
        lambda chunk, where: [scaled(unit, places) for unit in units(chunk)[where].tolist()],
    )  # fmt: skip
