"""`mix`, `either` and `survey` in generated code: methods inside methods."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from perfrules.decimals import HUNDRED, ONE, ZERO
from perfrules.engine.codegen.arithmetic import combine, rounded
from perfrules.engine.codegen.expressions import flag_of, value_of
from perfrules.engine.codegen.runtime import OddError
from perfrules.engine.codegen.shares import (
    Fraction,
    Kept,
    Rule,
    Sink,
    less,
    nothing,
    plus,
    quotient,
    times,
)
from perfrules.engine.codegen.source import Source, UnsupportedError
from perfrules.engine.codegen.values import Value, constant, places_of
from perfrules.lang.ballots import SurveyFact
from perfrules.lang.methods.share import Share

if TYPE_CHECKING:
    from perfrules.lang.methods.amount import Amount
    from perfrules.lang.methods.base import MethodPlan
    from perfrules.lang.methods.either import Alternative, EitherPlan
    from perfrules.lang.methods.mix import MixPlan
    from perfrules.lang.methods.survey import SurveyPlan
    from perfrules.lang.methods.weights import Weights

Write: TypeAlias = "Callable[[MethodPlan, Rule, Sink], None]"


def mix(method: "MixPlan", rule: Rule, sink: Sink, write: Write) -> None:
    """The weighted sum of the parts; a part is worth its share of the points."""
    source = rule.source
    total = nothing(source)
    for part in method.parts:
        share = constant(source, part.share)
        inner = replace(rule, points=combine(source, "*", rule.points, share))
        kept = Kept.fresh(source)
        write(part.method, inner, kept)
        weighted = times(source, Fraction(share, constant(source, ONE)), kept.share)
        total = plus(source, total, weighted)
    sink.put(total)


def either(method: "EitherPlan", rule: Rule, sink: Sink, write: Write) -> None:
    """What the picked way gives."""
    if method.declared is not None:
        _declared(method, rule, sink, write)
    elif method.pick == "first_applicable":
        _first(method.of, rule, sink, write)
    else:
        _best(method, rule, sink, write)


def _declared(method: "EitherPlan", rule: Rule, sink: Sink, write: Write) -> None:
    assert method.declared is not None  # noqa: S101 - the caller looked
    source = rule.source
    label = source.keep(value_of(rule.scope, method.declared).code)
    head = "if"
    for item in method.of:
        with source.block(f"{head} {label} == {source.slot(item.id)}"):
            write(item.method, rule, sink)
        head = "elif"
    with source.block("else"):
        source.give_up()


def _first(of: tuple["Alternative", ...], rule: Rule, sink: Sink, write: Write) -> None:
    source = rule.source
    if not of:
        source.give_up()
        return
    item, *others = of
    if item.applies_when is None:
        write(item.method, rule, sink)
        return
    with source.block(f"if {flag_of(rule.scope, item.applies_when).code}"):
        write(item.method, rule, sink)
    with source.block("else"):
        _first(tuple(others), rule, sink, write)


def _best(method: "EitherPlan", rule: Rule, sink: Sink, write: Write) -> None:
    source = rule.source
    conditions = [
        "True" if item.applies_when is None else source.keep(
            flag_of(rule.scope, item.applies_when).code
        )
        for item in method.of
    ]  # fmt: skip
    best = Kept.fresh(source)
    source.line(f"{best.over} = None")
    for item, holds in zip(method.of, conditions, strict=True):
        with source.block(f"if {holds}"):
            found = Kept.fresh(source)
            write(item.method, rule, found)
            with source.block(f"if {best.over} is None"):
                best.put(found.share)
            with source.block("else"):
                worse = less(source, best.share, found.share)
                with source.block(f"if {worse.code}"):
                    best.put(found.share)
    source.give_up(f"{best.over} is None")
    sink.put(best.share)


def survey(method: "SurveyPlan", rule: Rule, sink: Sink, write: Write) -> None:
    """The satisfaction, or what the inner method makes of it."""
    source = rule.source
    fact = value_of(rule.scope, method.actual)
    values = {label: _constant(rule, amount) for label, amount in method.values.items()}
    if method.return_rate is not None:
        _constant(rule, method.return_rate)
    answers = Answers(values, method.weights, method.pooled, method.exclude_empty)
    source.doubts += 1
    kept = Kept.fresh(source)
    _count(source, fact.code, answers, kept)
    share = Fraction(Value(kept.over, ZERO), Value(kept.under, ONE, None, 0), proper=True)
    if method.digits is not None:
        percent = combine(source, "*", quotient(source, share), constant(source, HUNDRED))
        exact = rounded(source, percent, method.digits, "half_up")
        share = Fraction(exact, constant(source, HUNDRED))
    if method.then is None:
        sink.put(share)
        return
    value = quotient(source, share)
    write(method.then, replace(rule, scope=rule.scope.bind(value=value)), sink)


def _count(source: Source, fact: str, answers: "Answers", kept: Kept) -> None:
    """Add the mean of ungrouped answers; grouped ones are left to *answers*."""
    grouped = f"{kept.over}, {kept.under} = {source.slot(answers)}({fact})"
    if answers.weights.shares or not answers.scaled:
        source.line(grouped)
        return
    known = source.counts.get(fact)
    if known is not None and known.keys() == answers.scaled.keys():
        _mean(source, [known[level] for level in answers.scaled], answers, kept)
        return
    groups = source.keep(f"{fact}.groups")
    with source.block(f"if None in {groups} and len({groups}) == 1"):
        counts = source.keep(f"{groups}[None]")
        source.give_up(f"len({counts}) != {len(answers.scaled)}")
        names = [source.keep(f"{counts}[{source.slot(level)}]") for level in answers.scaled]
        _mean(source, names, answers, kept)
    with source.block("else"):
        source.line(grouped)


def _mean(source: Source, names: list[str], answers: "Answers", kept: Kept) -> None:
    """Add the mean of counts in whole numbers: those of the levels, in their order."""
    total = source.keep(" + ".join(names))
    worth = [
        f"{name} * {source.slot(scaled)}"
        for name, scaled in zip(names, answers.scaled.values(), strict=True)
        if scaled
    ]
    found = source.keep(" + ".join(worth) or "0")
    source.give_up(f"not {total} or {found} >= {source.slot(_MOST)}")
    source.line(f"{kept.over} = D({found}) * {source.slot(answers.step)}")
    source.line(f"{kept.under} = D({total})")


def _constant(rule: Rule, amount: "Amount") -> Decimal:
    """Return a share that doesn't depend on the facts."""
    found = rule.share(amount)
    if found.over.number is None or found.under.number != ONE:
        raise UnsupportedError
    return found.over.number


class Answers:
    """How the counts of a questionnaire become a satisfaction."""

    def __init__(
        self,
        values: Mapping[str, Decimal],
        weights: "Weights",
        pooled: bool,  # noqa: FBT001 - as the plan has it
        exclude_empty: bool,  # noqa: FBT001 - as the plan has it
    ) -> None:
        places = max((places_of(value) for value in values.values()), default=0)
        self.scaled = {label: int(value.scaleb(places)) for label, value in values.items()}
        self.step = ONE.scaleb(-places)
        self.weights = weights
        self.pooled = pooled
        self.exclude_empty = exclude_empty

    def __call__(self, fact: SurveyFact) -> tuple[Decimal, Decimal]:
        """Return numerator and denominator of the satisfaction."""
        groups = fact.groups
        if len(groups) == 1 and None in groups:
            if self.weights.shares and not self.exclude_empty:
                raise OddError
            return self._mean(groups[None])
        named = {group: levels for group, levels in groups.items() if group is not None}
        silent = [group for group, levels in named.items() if not sum(levels.values())]
        silent += [group for group in self.weights.shares if group not in named]
        if silent and not self.exclude_empty:
            raise OddError
        if self.pooled or not named:
            return self._mean(_pooled(groups))
        found = {
            group: Share(*self._mean(levels)) for group, levels in named.items()
            if sum(levels.values())
        }  # fmt: skip
        if not found:
            raise OddError
        mean = self.weights.mean(found)
        return mean.numerator, mean.denominator

    def _mean(self, counts: Mapping[str, int]) -> tuple[Decimal, Decimal]:
        """Return the mean of the levels' values, weighted by their counts, in whole numbers."""
        scaled = self.scaled
        total = found = 0
        for level, count in counts.items():
            total += count
            found += count * scaled[level]
        if not total or found >= _MOST:
            raise OddError
        return Decimal(found) * self.step, Decimal(total)


_MOST = 10**30  # beyond it the reference would round


def _pooled(groups: Mapping[str | None, Mapping[str, int]]) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for levels in groups.values():
        for level, count in levels.items():
            counts[level] = counts.get(level, 0) + count
    return counts
