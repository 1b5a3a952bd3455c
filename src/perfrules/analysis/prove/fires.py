"""Rows, bands, levels, gates, decisions, findings: what never happens, and what always does."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from perfrules.analysis.prove.case import Case, Cases, each
from perfrules.analysis.prove.inquiry import Inquiry
from perfrules.analysis.prove.outcome import outcome, within
from perfrules.analysis.prove.reason import Reason
from perfrules.analysis.prove.share import open_bands, open_labels, ways
from perfrules.decimals import ONE, ZERO, snap
from perfrules.engine.node import Node
from perfrules.engine.unit import At, Unit
from perfrules.lang.frame import Evaluation, Fault
from perfrules.lang.methods.bands import BandsPlan
from perfrules.lang.methods.base import MethodPlan
from perfrules.lang.methods.either import EitherPlan
from perfrules.lang.methods.levels import LevelsPlan
from perfrules.lang.methods.mix import MixPlan
from perfrules.lang.plan import Decision, Derived, Gate, Indicator
from perfrules.lang.tree import Expr


def check_rows(inquiry: Inquiry) -> None:
    """PRF802: a row of a `choose` table that is never taken."""
    for item in inquiry.world.derived.values():
        for place in range(len(item.rows)):
            _row(inquiry, item, place)


def _row(inquiry: Inquiry, item: Derived, place: int) -> None:
    row = item.rows[place]
    reads = [other.when for other in item.rows[: place + 1] if other.when is not None]

    def goal(unit: Unit) -> Decimal:
        return inquiry.search.gauge.row(unit, item, place)

    path = row.when.where if row.when is not None else (*item.path, "rows", place, "else")
    text = "else" if row.when is None else row.when.text
    told: dict[str, Any] = {"name": item.id, "row": place + 1, "value": text}
    if not inquiry.reason.chosen(item, place, Case()):
        facts = inquiry.nearest(goal, reads)
        inquiry.report("PRF802", path, "proven", facts, key=row.when is None, **told)
        return
    near = inquiry.reach(goal, reads)
    if not near.there:
        inquiry.report("PRF802", path, "searched", near.facts, key=row.when is None, **told)


def check_parts(inquiry: Inquiry) -> None:
    """PRF803, PRF804: bands no value lies in, levels nobody can be rated, ways never taken."""
    for node in inquiry.world.nodes.values():
        if node.is_leaf and node.method is not None:
            for case in _cases_of(inquiry.reason, node)[:1]:
                _parts(inquiry, node, node.method, case, outer=True)


def _cases_of(reason: Reason, node: Indicator) -> Cases:
    cases = [within(node, Case())]
    for when in (node.for_each.where if node.for_each else None, node.applies_when):
        if when is not None:
            tree = when.tree
            cases = each(cases, partial(reason.assume, tree, True))
    return cases


def _parts(
    inquiry: Inquiry, node: Indicator, method: MethodPlan, case: Case, *, outer: bool
) -> None:
    name = node.title.get("zh") or node.id
    match method:
        case BandsPlan():
            _bands(inquiry, node, method, case, outer=outer)
        case LevelsPlan():
            open_ones = open_labels(inquiry.reason, method.level, case)
            for label, item in method.scale.ranges.items():
                if label not in open_ones:
                    path = item.high.expr.where
                    inquiry.report("PRF804", path, "proven", None, name=name, value=label)
        case EitherPlan():
            for way in method.of:
                if not ways(inquiry.reason, method, way, case):
                    path = node.path if way.applies_when is None else way.applies_when.where
                    inquiry.report("PRF804", path, "proven", None, name=name, value=way.id)
                else:
                    _parts(inquiry, node, way.method, case, outer=False)
        case _:
            for part in method.parts if isinstance(method, MixPlan) else ():
                _parts(inquiry, node, part.method, case, outer=False)


def _bands(
    inquiry: Inquiry, node: Indicator, method: BandsPlan, case: Case, *, outer: bool
) -> None:
    open_ones = open_bands(inquiry.reason, method, case)
    name = node.title.get("zh") or node.id
    for place, band in enumerate(method.bands):
        path = band.high.expr.where if band.bound is None else band.bound.where
        value = "else" if band.bound is None else band.bound.text
        told: dict[str, Any] = {"name": name, "value": value}

        def goal(unit: Unit, place: int = place) -> Decimal:
            line = unit.nodes.get(node.id)
            if line is not None and line.rated is None and node.for_each is None:
                return inquiry.away(unit, node)
            return _least(unit, node, lambda at: _band_gap(at, method, place))

        if place not in open_ones:
            facts = inquiry.nearest(goal, method.reads) if outer else None
            inquiry.report("PRF803", path, "proven", facts, **told)
            continue
        if outer:
            near = inquiry.reach(goal, inquiry.reads(node))
            if not near.there:
                inquiry.report("PRF803", path, "searched", near.facts, **told)


def _least(unit: Unit, node: Indicator, gap: Any) -> Decimal:  # noqa: ANN401 - a function of an evaluation
    """Return the smallest gap over the lines of an indicator that are scored."""
    found = [Decimal(3)]
    found += [
        _at_line(unit, line, gap)
        for line in unit.nodes.values()
        if line.plan is node and line.is_leaf and line.rated is not None
    ]
    return min(found)


def _at_line(unit: Unit, line: Node, gap: Any) -> Decimal:  # noqa: ANN401 - a function of an evaluation
    row = line.plan.for_each
    if row is not None and line.row is not None:
        unit.bound[row.row] = line.row
    at = At(unit, line.points or ONE, line.id, None)
    try:
        found: Decimal = gap(at)
    except Fault:
        found = Decimal(3)
    finally:
        if row is not None:
            unit.bound.pop(row.row, None)
    return found


def _band_gap(at: Evaluation, method: BandsPlan, place: int) -> Decimal:
    actual = at.value(method.actual)
    assert isinstance(actual, Decimal)  # noqa: S101 - typed at load
    found = ZERO
    for number, band in enumerate(method.bands[: place + 1]):
        if band.bound is None:
            continue
        bound = at.value(band.bound)
        assert isinstance(bound, Decimal)  # noqa: S101 - typed at load
        held = band.holds(snap(actual), snap(bound))
        if held != (number == place):
            distance = abs(actual - bound) + Decimal("0.000001")
            found += distance / (distance + 1)
    return found


def check_gates(inquiry: Inquiry) -> None:
    """PRF807, PRF808: a gate that never fires, or always."""
    for gate in inquiry.plan.gates:
        _gate(inquiry, gate)


def gate_reason(inquiry: Inquiry) -> Reason:
    """Return the reasoning of gates, which see the total before them."""
    known = {**inquiry.results.known(), ("name", "total"): inquiry.results.before}
    return Reason(inquiry.world, known)


def gate_possible(inquiry: Inquiry, cases: Cases, *exprs: Expr) -> bool:
    """Return whether a case of gates is left, which see the results before them."""
    if not any(inquiry.about_results(expr) for expr in exprs):
        return bool(cases)
    return any(outcome(inquiry.world, case, gates=False) is not None for case in cases)


def _gate(inquiry: Inquiry, gate: Gate) -> None:
    found, reason = inquiry.search.found, gate_reason(inquiry)
    for code, truth, seen in (("PRF807", True, found.fired), ("PRF808", False, found.quiet)):
        if gate.id in seen:
            continue
        told: dict[str, Any] = {"name": gate.id, "value": gate.when.text}

        def goal(unit: Unit, truth: bool = truth) -> Decimal:  # noqa: FBT001
            if unit.gates.get(gate.id) is truth:
                return ZERO
            return max(inquiry.search.gauge.gap(unit, gate.when, truth=truth), Decimal("0.0001"))

        cases = reason.assume(gate.when.tree, truth, Case())
        if not gate_possible(inquiry, cases, gate.when):
            facts = inquiry.nearest(goal, [gate.when])
            inquiry.report(code, gate.when.where, "proven", facts, **told)
            continue
        near = inquiry.reach(goal, [gate.when])
        if not near.there:
            inquiry.report(code, gate.when.where, "searched", near.facts, **told)


def check_decisions(inquiry: Inquiry) -> None:
    """PRF805, PRF806: a decision that never follows, or always."""
    before: list[Decision] = []
    for place, rule in enumerate(inquiry.plan.decisions):
        others = before if inquiry.plan.match == "first" else []
        _never(inquiry, rule, others, place)
        if rule.when is not None and not others:
            _always(inquiry, rule, rule.when)
        before.append(rule)


def _never(inquiry: Inquiry, rule: Decision, before: list[Decision], place: int) -> None:
    seen = inquiry.search.found.follows.get(rule.id)
    if seen is not None:
        inquiry.show(f"决定 {rule.id} 会出现", f"the decision {rule.id} can follow", "proven", seen)
        return
    cases: Cases = [Case()]
    exprs = [other.when for other in before if other.when is not None]
    for when in exprs:
        tree = when.tree
        cases = each(cases, partial(inquiry.reason.assume, tree, False))
    if any(other.when is None for other in before):
        cases = []
    if rule.when is not None:
        own = rule.when.tree
        cases = each(cases, partial(inquiry.reason.assume, own, True))
    asked = [*exprs, *([rule.when] if rule.when is not None else [])]
    path = rule.when.where if rule.when is not None else ("decisions", "rules", place, "id")
    told: dict[str, Any] = {
        "name": rule.id,
        "value": "else" if rule.when is None else rule.when.text,
    }

    def goal(unit: Unit) -> Decimal:
        gauge = inquiry.search.gauge
        found = sum((gauge.gap(unit, when, truth=False) for when in exprs), ZERO)
        return found + (ZERO if rule.when is None else gauge.gap(unit, rule.when))

    if not inquiry.possible(cases, asked):
        inquiry.report("PRF805", path, "proven", inquiry.nearest(goal, asked), **told)
        return
    near = inquiry.reach(goal, asked)
    if not near.there:
        inquiry.report("PRF805", path, "searched", near.facts, **told)


def _always(inquiry: Inquiry, rule: Decision, when: Expr) -> None:
    if rule.id in inquiry.search.found.spared or _may_lack(inquiry, when):
        return

    def goal(unit: Unit) -> Decimal:
        return inquiry.search.gauge.gap(unit, when, truth=False)

    told: dict[str, Any] = {"name": rule.id, "value": when.text}
    cases = inquiry.reason.assume(when.tree, False, Case())
    if not inquiry.possible(cases, [when]):
        facts = inquiry.search.found.follows.get(rule.id)
        inquiry.report("PRF806", when.where, "proven", facts, **told)
        return
    near = inquiry.reach(goal, [when])
    if not near.there:
        inquiry.report("PRF806", when.where, "searched", near.facts, **told)


def _may_lack(inquiry: Inquiry, when: Expr) -> bool:
    """Return whether a condition may lack a value, so that nothing follows from it."""
    parts = inquiry.results.parts
    tops = [parts[node.id] for node in inquiry.plan.indicators if node.scored]
    if {"total", "grade"} & when.names and all(part.aside for part in tops):
        return True
    if any(
        kind in ("rate", "score") and parts[name].aside for kind, name in when.refs if name in parts
    ):
        return True
    return any(
        item.type.optional or not item.required
        for name, item in inquiry.world.inputs.items()
        if name in when.names
    )


def check_findings(inquiry: Inquiry) -> None:
    """PRF814: a problem that is never told."""
    for node in inquiry.world.nodes.values():
        for item in node.findings:
            _finding(inquiry, node, item.when)


def _own(inquiry: Inquiry, node: Indicator) -> Mapping[tuple[object, ...], Any]:
    part = inquiry.results.parts.get(node.id)
    known = dict(inquiry.results.known())
    if part is not None:
        known["name", "rate"] = part.rate
        if part.score is not None:
            known["name", "score"] = part.score
    return known


def _finding(inquiry: Inquiry, node: Indicator, when: Expr) -> None:
    reason = Reason(inquiry.world, _own(inquiry, node))
    told: dict[str, Any] = {"name": node.title.get("zh") or node.id, "value": when.text}
    reads = (*inquiry.reads(node), when)

    def goal(unit: Unit) -> Decimal:
        return _finding_gap(inquiry, unit, node, when)

    cases = reason.assume(when.tree, True, within(node, Case()))
    if not cases:
        inquiry.report("PRF814", when.where, "proven", inquiry.nearest(goal, reads), **told)
        return
    names = list(inquiry.world.inputs)
    if node.is_leaf and not inquiry.about_results(when):
        names = inquiry.names(reads) or names
    near = inquiry.search.reach(goal, names)
    if not near.there:
        inquiry.report("PRF814", when.where, "searched", near.facts, **told)


def _finding_gap(inquiry: Inquiry, unit: Unit, node: Indicator, when: Expr) -> Decimal:
    found = [Decimal(3)]
    for line in unit.nodes.values():
        if line.plan.path != node.path or (node.for_each is not None and line.row is None):
            continue
        own = {"rate": line.rate, "score": line.score, "points": line.points}
        unit.extra = {name: value for name, value in own.items() if value is not None}
        unit.extra["state"] = line.state.value
        if line.row is not None and node.for_each is not None:
            unit.bound[node.for_each.row] = line.row
        if line.state.value == "not_applicable" and "state" not in when.names:
            found.append(inquiry.away(unit, node))
        else:
            found.append(inquiry.search.gauge.gap(unit, when))
        unit.extra = {}
        if node.for_each is not None:
            unit.bound.pop(node.for_each.row, None)
    return min(found)
