"""Grades, the total and indicators: what of them can be had at all."""

from decimal import Decimal
from itertools import product
from typing import Final

from perfrules.analysis.prove.case import Case, term
from perfrules.analysis.prove.inquiry import Inquiry, share_gap
from perfrules.analysis.prove.interval import Interval
from perfrules.analysis.prove.outcome import outcome
from perfrules.analysis.prove.search import Goal
from perfrules.analysis.prove.value import NO, YES, Labels, Value
from perfrules.analysis.reads import behind
from perfrules.decimals import ONE, ZERO, percent, plain
from perfrules.engine.unit import Unit
from perfrules.lang.plan import Indicator
from perfrules.lang.tree import Name
from perfrules.lang.types import Kind

_MOST_CASES: Final = 256


def check_leaves(inquiry: Inquiry) -> None:
    """PRF811 to PRF813: an indicator that can't lose, gain, or earn all of its points."""
    for node in inquiry.world.nodes.values():
        if node.is_leaf and node.scored and not _worthless(node):
            _leaf(inquiry, node)


def _worthless(node: Indicator) -> bool:
    return node.points is not None and node.points.constant == ZERO


def _leaf(inquiry: Inquiry, node: Indicator) -> None:
    part = inquiry.results.parts[node.id]
    found, path = inquiry.search.found, (*node.path, "score")
    name = node.title.get("zh") or node.id
    reads = inquiry.reads(node)
    if part.rate.one == ONE and not part.aside:
        facts = found.least.get(node.id, (ONE, None))[1] or found.most.get(node.id, (ONE, None))[1]
        inquiry.report("PRF811", path, "proven", facts, key=True, name=name, value="100%")
        return
    if part.rate.one == ZERO:
        facts = found.most.get(node.id, (ONE, None))[1]
        inquiry.report("PRF812", path, "proven", facts, key=True, name=name, value="0%")
        return
    high = part.rate.high
    if high is not None and high < ONE:
        facts = found.most.get(node.id, (ONE, None))[1]
        inquiry.report("PRF813", path, "proven", facts, key=True, name=name, value=percent(high))
    elif found.most.get(node.id, (ZERO,))[0] < ONE:
        near = inquiry.reach(_line_goal(inquiry, node, full=True), reads)
        if not near.there:
            best = found.most.get(node.id, (ZERO, None))
            gap = ONE if near.gap is None else min(near.gap, ONE)
            most = max(best[0], ONE - gap)
            code = "PRF813" if most else "PRF812"
            inquiry.report(
                code, path, "searched", near.facts, key=True, name=name, value=percent(most)
            )
    if found.least.get(node.id, (ONE,))[0] >= ONE:
        near = inquiry.reach(_line_goal(inquiry, node, full=False), reads)
        if not near.there:
            inquiry.report(
                "PRF811", path, "searched", near.facts, key=True, name=name, value="100%"
            )


def _line_goal(inquiry: Inquiry, node: Indicator, *, full: bool) -> Goal:
    near = _rate_goal(node.id, full=full)

    def gap(unit: Unit) -> Decimal:
        line = unit.nodes.get(node.id)
        if line is not None and line.rate is None and line.state.value == "not_applicable":
            return inquiry.away(unit, node)
        return near(unit)

    return gap


def _rate_goal(name: str, *, full: bool) -> Goal:
    def gap(unit: Unit) -> Decimal:
        rates = [
            share_gap(node.rate, full=full)
            for node in unit.nodes.values()
            if node.plan.id == name and node.is_leaf and node.state.value != "informational"
        ]
        return min(rates, default=Decimal(2))

    return gap


def check_total(inquiry: Inquiry) -> None:
    """PRF801: no unit can have the whole total, though each indicator alone can be full."""
    plan, found = inquiry.plan, inquiry.search.found
    if plan.total is None or found.best is None:
        return
    told = any(item.diagnostic.code in ("PRF812", "PRF813") for item in inquiry.findings)
    goals = {
        node.id: (_rate_goal(node.id, full=True), inquiry.names(inquiry.reads(node)))
        for node in inquiry.world.nodes.values()
        if node.is_leaf and node.scored
    }
    inquiry.search.polish(goals)
    if found.best[0] >= plan.total:
        inquiry.show(
            f"满分{plain(plan.total)}可以得到", f"the total of {plain(plan.total)} can be had",
            "proven", found.best[1],
        )  # fmt: skip
        return
    before, after = inquiry.results.before.high, inquiry.results.total.high
    capped = after is not None and after < plan.total and (before is None or before >= plan.total)
    if told or capped:
        return  # the indicator that can't be full says it, or the gate that always fires
    high = _highest(inquiry)
    if high is not None and high < plan.total:
        inquiry.report(
            "PRF801", ("total",), "proven", found.best[1],
            value=plain(plan.total), best=plain(high),
        )  # fmt: skip
        return
    inquiry.report(
        "PRF801", ("total",), "searched", found.best[1],
        value=plain(plan.total), best=plain(found.best[0]),
    )  # fmt: skip


def _highest(inquiry: Inquiry) -> Decimal | None:
    """Return the largest total, the flags and choices that several indicators read told apart."""
    leaves = [node for node in inquiry.world.nodes.values() if node.is_leaf and node.scored]
    counts: dict[str, int] = {}
    for node in leaves:
        assert node.method is not None  # noqa: S101 - a leaf
        for name in behind(inquiry.plan, node.method.reads):
            counts[name] = counts.get(name, 0) + 1
    shared: list[list[tuple[str, Value]]] = []
    size = 1
    for name, item in inquiry.world.inputs.items():
        sides: list[Value] = []
        if counts.get(name, 0) > 1 and item.type.kind is Kind.FLAG:
            sides = [YES, NO]
        elif counts.get(name, 0) > 1 and item.type.kind is Kind.CHOICE:
            sides = [Labels(frozenset({label})) for label in item.type.of]
        if sides and size * len(sides) <= _MOST_CASES:
            size *= len(sides)
            shared.append([(name, side) for side in sides])
    highest: Decimal | None = None
    for sides_of in product(*shared):
        terms = {
            term(Name(inquiry.world.inputs[name].type, 0, 0, name)): side for name, side in sides_of
        }
        found = outcome(inquiry.world, Case(terms))
        if found is None:
            continue
        if found.before.high is None:
            return None
        highest = found.before.high if highest is None else max(highest, found.before.high)
    return highest


def check_grades(inquiry: Inquiry) -> None:
    """PRF800: a grade that no unit can have."""
    for place, grade in enumerate(inquiry.plan.grades):
        path = ("grades", place, "name")
        facts = inquiry.search.found.grades.get(grade.name)
        if facts is not None:
            inquiry.show(
                f"等级“{grade.name}”可以得到", f"the grade {grade.name} can be had", "proven", facts
            )
            continue
        span = inquiry.results.total
        near = inquiry.search.found.best or inquiry.search.found.worst
        example = None if near is None else near[1]
        if grade.name not in inquiry.results.grades:
            inquiry.report("PRF800", path, "proven", example, value=grade.name, range=_range(span))
            continue
        goal = _grade_goal(inquiry, grade.name)
        reached = inquiry.search.reach(goal, list(inquiry.world.inputs), inquiry.search.effort // 6)
        if reached.there:
            inquiry.show(
                f"等级“{grade.name}”可以得到", f"the grade {grade.name} can be had",
                "proven", reached.facts,
            )  # fmt: skip
            continue
        found = inquiry.search.found
        seen = Interval(found.worst and found.worst[0], found.best and found.best[0])
        inquiry.report(
            "PRF800", path, "searched", reached.facts, value=grade.name, range=_range(seen)
        )


def _range(span: Interval) -> str:
    low = "…" if span.low is None else plain(span.low)
    return f"{low}–{'…' if span.high is None else plain(span.high)}"


def _grade_goal(inquiry: Inquiry, name: str) -> Goal:
    def gap(unit: Unit) -> Decimal:
        if unit.reserved.get("grade") == name:
            return ZERO
        total = unit.reserved.get("total")
        for grade in inquiry.plan.grades:
            if grade.name == name and grade.at_least is not None and isinstance(total, Decimal):
                distance = abs(total - grade.at_least)
                fired = sum(unit.gates.values())
                return distance / (distance + 1) + fired + Decimal("0.0001")
        return ONE

    return gap
