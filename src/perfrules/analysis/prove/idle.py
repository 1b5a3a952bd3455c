"""Inputs that change nothing, whatever is filled in."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from perfrules.analysis.prove.draw import Facts
from perfrules.analysis.prove.inquiry import Inquiry
from perfrules.analysis.reads import behind
from perfrules.decimals import HUNDRED
from perfrules.engine.codegen.scores import Scores
from perfrules.engine.result import State
from perfrules.engine.unit import Unit
from perfrules.errors import FactsError
from perfrules.lang.plan import Indicator, InputPlan
from perfrules.lang.types import Kind

_BASES: Final = 6
_TRIES: Final = 60
_WHOLE: Final = 12  # units whose whole results are compared
_VALUES: Final = 10


def check_inputs(inquiry: Inquiry) -> None:
    """PRF819: an input no value of which was seen to change any result.

    Of an indicator of a library nothing is said: what it is measured by is the ruleset's to settle.
    """
    if not (inquiry.plan.grades or inquiry.plan.decisions or inquiry.plan.report):
        return
    for item in inquiry.plan.inputs:
        _input(inquiry, item)


def _asked(inquiry: Inquiry, item: InputPlan) -> Iterator[Facts]:
    """Yield units in which an indicator that reads the input is scored."""
    for node in inquiry.world.nodes.values():
        reads = inquiry.reads(node)
        if not node.is_leaf or item.id not in behind(inquiry.plan, reads):
            continue

        def gap(unit: Unit, node: Indicator = node) -> Decimal:
            line = unit.nodes.get(node.id)
            scored = line is not None and line.state is State.SCORED
            return Decimal(0) if scored else inquiry.away(unit, node)

        near = inquiry.reach(gap, reads, _TRIES)
        if near.facts is None:
            continue
        yield near.facts
        read = behind(inquiry.plan, reads)
        sizes = {
            other.id: HUNDRED
            for other in inquiry.plan.inputs
            if other.id in read and other.type.kind in (Kind.NUMBER, Kind.MONEY)
        }
        yield near.facts | sizes


def _input(inquiry: Inquiry, item: InputPlan) -> None:
    search = inquiry.search
    if not search.pool:
        return
    bases = search.pool[-_BASES // 2 :] + search.pool[: _BASES // 2] + search.witnesses
    bases += [
        facts
        for side in (search.found.follows, search.found.fired, search.found.grades)
        for facts in side.values()
    ]
    kept, count = bases, 0
    for step in ("numbers", "asked", "words"):
        if step == "asked":
            bases = list(_asked(inquiry, item)) or bases[:1]
        for facts in bases[:_WHOLE] if step == "words" else bases:
            seen = None
            for value in search.drawer.some(item, facts.get(item.id), _VALUES):
                other = {key: given for key, given in facts.items() if key != item.id}
                if value is not None:
                    other[item.id] = value
                words = step == "words"
                found = _said(inquiry, other) if words else _numbers(search.score(other))
                count += 1
                if seen is not None and found != seen:
                    return
                seen = found
        if step == "asked":
            bases = [*bases, *kept]
    if count > 1 and len(set(map(str, search.drawer.values(item)))) > 1:
        told: dict[str, Any] = {"value": item.id, "count": count}
        path = ("inputs", item.id)
        inquiry.report("PRF819", path, "searched", bases[-1], key=True, **told)


def _numbers(scores: Scores | None) -> object:
    if scores is None:
        return "refused"
    return (
        scores.total, scores.grade, scores.complete, scores.ids, scores.scores, scores.states,
        scores.rates, scores.gates, scores.decisions, scores.undecided,
    )  # fmt: skip


def _said(inquiry: Inquiry, facts: Facts) -> object:
    """Return what a result says beside its numbers, but for what it repeats of the facts."""
    try:
        result = inquiry.search.program.score(facts)
    except FactsError:
        return "refused"
    decisions = [(item.id, item.amount, item.due) for item in result.decisions]
    warned = [item.code for item in result.warnings]
    return result.findings, decisions, result.reported, warned
