"""What a ruleset's results can be in a case: rates, scores, the total, the grades.

Scores set by hand and waivers are left out: with them any line can have any score.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from perfrules.analysis.prove.branch import Part, any_rate, combined, line_rate
from perfrules.analysis.prove.case import Case, Term
from perfrules.analysis.prove.interval import UNIT, Interval, point
from perfrules.analysis.prove.reason import Reason
from perfrules.analysis.prove.share import hull, methods_in, share
from perfrules.analysis.prove.value import YES, Labels, Value, meet
from perfrules.analysis.prove.world import World
from perfrules.decimals import HUNDRED, ONE, ZERO, round_to
from perfrules.lang.methods.levels import LevelsPlan
from perfrules.lang.plan import Gate, Indicator, Rounding

_TOTAL: Final[Term] = ("name", "total")
_GRADE: Final[Term] = ("name", "grade")


@dataclass(slots=True)
class Outcome:
    """What the results can be; `grades` in the order of the ruleset."""

    parts: dict[str, Part] = field(default_factory=dict)
    before: Interval = field(default_factory=Interval)
    total: Interval = field(default_factory=Interval)
    grades: tuple[str, ...] = ()

    def known(self) -> Mapping[Term, Value]:
        """Return it as what is known of names: of a decision, which sees the final total."""
        found: dict[Term, Value] = {_TOTAL: self.total}
        if self.grades:
            found[_GRADE] = Labels(frozenset(self.grades))
        for name, part in self.parts.items():
            found["rate", name] = part.seen
            if part.score is not None:
                found["score", name] = part.score
        found["name", "complete"] = UNIT
        return found


def outcome(world: World, case: Case, *, gates: bool = True) -> Outcome | None:
    """Return what the results can be; None where the case is impossible.

    Without *gates* what is assumed of the total is assumed of the one that gates see.
    """
    reason = Reason(world, {("name", "complete"): UNIT})
    found = Outcome()
    for node in world.plan.indicators:
        if _part(reason, node, case, found) is None:
            return None
    if world.plan.total is None:
        return found
    whole = _total(world, found)
    whole = _adjusted(reason, whole, case)
    assumed = case.known(_TOTAL)
    found.before = whole
    if not gates:
        return found if assumed is None or whole.seen().meet(assumed) is not None else None
    after = Reason(world, {**found.known(), _TOTAL: found.before})
    fired = {gate.id: _fires(after, gate, case) for gate in world.plan.gates}
    found.total = _after(after, found, fired, case)
    if assumed is not None:
        limited = found.total.seen().meet(assumed)
        if limited is None:
            return None
        found.total = limited
    return _graded(world, found, fired, case)


def _fires(reason: Reason, gate: Gate, case: Case) -> tuple[bool, bool]:
    """Return whether a gate may fire, and whether it must.

    What is assumed of `total` is assumed of the final one, which a gate doesn't see.
    """
    own = Case({key: value for key, value in case.terms.items() if key != _TOTAL}, {}, case.rows)
    said = case.terms.get(("gate", gate.id))
    if said is not None:
        return said == YES, said == YES
    flag = reason.flag(gate.when.tree, own)
    return flag.true, not flag.false


def _part(
    reason: Reason, node: Indicator, case: Case, found: Outcome, *, left: bool = False
) -> Part | None:
    """Return what a node may earn; *left* says that it lies in a branch that may not apply."""
    world = reason.world
    part = (
        _leaf(reason, node, case) if node.is_leaf else _branch(reason, node, case, found, left=left)
    )
    if part is None:
        return None
    if node.points is None and node.for_each is None and node.scored and node.rounding is not None:
        part = replace(part, rate=_rounded(part.rate, node.rounding))
    others: list[Interval | None] = []  # rates that don't come from the node's own rule
    if left:
        _policy(node.not_applicable.policy, others)
    if node.id in world.zeroed:
        others.append(point(ZERO))
    line = line_rate(node, part, world)
    seen = hull([line, *others]) or line
    said = case.known(("rate", node.id))
    if said is not None:
        narrowed = seen.meet(said.unseen())
        if narrowed is None:
            return None
        own = part.rate.meet(narrowed)
        if own is not None and not others and node.for_each is None:
            part = replace(part, rate=own)
        seen = narrowed
    part = replace(part, seen=seen)
    constant = node.points.constant if node.points is not None else None
    if isinstance(constant, Decimal):
        rounding = node.rounding or world.plan.rounding
        score = _rounded(seen.times(point(constant)), rounding)
        if world.moving:  # points of others come on top
            score = Interval(score.low)
        said = case.known(("score", node.id))
        limited = score if said is None else score.meet(said)
        if limited is None:
            return None
        part = replace(part, score=limited)
    found.parts[node.id] = part
    return part


def _rounded(found: Interval, rounding: Rounding) -> Interval:
    return found.mapped(lambda end: round_to(end, rounding.digits, rounding.mode))


def points_of(reason: Reason, node: Indicator, case: Case) -> Interval:
    """Return what the points of a leaf may be; a row's own for one that has rows."""
    expr = node.points
    if node.for_each is not None:
        expr = node.for_each.points
    if expr is None:
        return point(ONE) if node.weight is not None else Interval(ZERO)
    found = reason.number(expr.tree, case)
    return Interval(ZERO) if found is None else found.meet(Interval(ZERO)) or Interval(ZERO)


def within(node: Indicator, case: Case) -> Case:
    """Return the case in which a node's rows can be read."""
    each = node.for_each
    return case if each is None else case.within(each.row, each.table)


def _leaf(reason: Reason, node: Indicator, case: Case) -> Part | None:
    inner = within(node, case)
    cases = [inner]
    if node.for_each is not None and node.for_each.where is not None:
        cases = reason.assume(node.for_each.where.tree, True, inner)
    away = False
    if node.applies_when is not None and node.scored:  # for information it is rated all the same
        tree = node.applies_when.tree
        away = any(reason.assume(tree, False, one) for one in cases)
        cases = [held for one in cases for held in reason.assume(tree, True, one)]
    assert node.method is not None  # noqa: S101 - a leaf has one
    rates = [share(reason, node.method, points_of(reason, node, one), one) for one in cases]
    aside = not cases and node.for_each is not None
    if away or node.missing == "not_applicable":
        aside = _policy(node.not_applicable.policy, rates) or aside
    if node.missing == "zero":
        rates.append(point(ZERO))
    if any(
        item.evidence
        for method in methods_in(node.method)
        if isinstance(method, LevelsPlan)
        for item in method.anchors.values()
    ):
        aside = _policy(node.unverified.policy, rates) or aside
    if node.for_each is not None and node.for_each.where is not None:
        aside = True  # where no row fits, there is nothing to score
    rate = hull(rates)
    if rate is None:
        return Part(UNIT, aside=True) if aside else None
    return Part(rate, aside)


def _policy(policy: str, rates: list[Interval | None]) -> bool:
    """Add the rate that a policy gives, or return that the line is left out."""
    if policy in ("full", "zero"):
        rates.append(point(ONE if policy == "full" else ZERO))
        return False
    return True


def _for_information(node: Indicator) -> Indicator:
    """Return a node as it is where something above it is for information only: so is it."""
    return replace(node, scored=False)


def _branch(
    reason: Reason, node: Indicator, case: Case, found: Outcome, *, left: bool
) -> Part | None:
    flag = None if node.applies_when is None else reason.flag(node.applies_when.tree, case)
    away = flag is not None and flag.false
    parts = []
    for child in node.children if node.scored else map(_for_information, node.children):
        part = _part(reason, child, case, found, left=left or away)
        if part is None:
            return None
        if child.scored:
            parts.append((child, part))
    rates: list[Interval | None] = [combined(node.aggregate, parts, reason.world)]
    if rates[0] is None:
        return Part(any_rate(reason.world), aside=True)
    if flag is not None and not flag.true:
        rates = []
    aside = bool(parts) and all(part.aside for _, part in parts)
    if away:
        aside = _policy(node.not_applicable.policy, rates) or aside
    rate = hull(rates)
    if rate is None:
        return Part(any_rate(reason.world), aside=True)
    return Part(rate, aside)


def _total(world: World, found: Outcome) -> Interval:
    plan = world.plan
    assert plan.total is not None  # noqa: S101 - the caller looked
    parts = [(node, found.parts[node.id]) for node in plan.indicators if node.scored]
    rate = combined(plan.aggregate, parts, world)
    if world.sent:  # any part may have gone anywhere
        leaves = [item for item in world.nodes.values() if item.is_leaf and item.scored]
        rates = [combined("sum", [(node, found.parts[node.id])], world) for node in leaves]
        rate = hull([*rates, point(ZERO)])
    rate = rate or UNIT
    return _rounded(rate.times(point(plan.total)), plan.total_rounding)


def _adjusted(reason: Reason, whole: Interval, case: Case) -> Interval:
    plan = reason.world.plan
    if not plan.adjustments:
        return whole
    for item in plan.adjustments:
        value = reason.number(item.score.tree, case)
        limits = Interval(item.low, item.high)
        whole = whole.plus((value and value.meet(limits)) or limits)
    most = plan.total if plan.total is not None else HUNDRED
    return Interval(max(ZERO, min(whole.low or ZERO, most)), min(most, whole.high or most))


def _after(
    reason: Reason, found: Outcome, fired: Mapping[str, tuple[bool, bool]], case: Case
) -> Interval:
    """Return the total after the gates that zero or cap."""
    total = found.before
    for gate in reason.world.plan.gates:
        may, must = fired[gate.id]
        if gate.effect == "zero" and may:
            total = Interval(ZERO, total.high)
        if gate.effect == "cap_total" and may and not isinstance(gate.value, str):
            tree = getattr(gate.value, "tree", None)
            cap = None if tree is None else reason.number(tree, case)
            if cap is None:
                continue
            low = None if total.low is None or cap.low is None else min(total.low, cap.low)
            high = total.high
            if must and high is not None and cap.high is not None:
                high = min(high, cap.high)
            total = Interval(low, high)
    return total


def _graded(
    world: World, found: Outcome, fired: Mapping[str, tuple[bool, bool]], case: Case
) -> Outcome | None:
    """Set the grades that the total and the gates allow, and the total that they allow."""
    plan = world.plan
    if not plan.grades:
        return found
    bands = grade_bands(world)
    order = list(bands)
    by_total = {name for name, band in bands.items() if band.meet(found.total) is not None}
    names, by_gate = set(by_total), set[str]()
    must: set[str] = set()
    for gate in plan.gates:
        may, does = fired[gate.id]
        if gate.effect == "cap_grade" and may:
            worse = {max(name, str(gate.value), key=order.index) for name in names}
            by_gate |= {str(gate.value)}
            names = worse if does else names | worse
    for gate in plan.gates:
        may, does = fired[gate.id]
        if gate.effect == "grade" and may:
            by_gate.add(str(gate.value))
            names.add(str(gate.value))
            must |= {str(gate.value)} if does else set()
    if must:
        names = {name for name in by_gate if name in {str(gate.value) for gate in plan.gates
                 if gate.effect in ("grade", "cap_grade")}}  # fmt: skip
    said = meet(Labels(frozenset(names)), case.terms.get(_GRADE, Labels()))
    if not isinstance(said, Labels) or said.of is None:
        return None
    names = set(said.of)
    if not names & by_gate:
        span = hull(bands[name] for name in names if name in bands)
        total = None if span is None else found.total.meet(span)
        if total is None:
            return None
        found.total = total
    found.grades = tuple(item.name for item in plan.grades if item.name in names)
    return found


def grade_bands(world: World) -> dict[str, Interval]:
    """Return which totals earn each grade, best first."""
    found: dict[str, Interval] = {}
    upper: Decimal | None = None
    for grade in world.plan.grades:
        if grade.at_least is not None:
            found[grade.name] = Interval(grade.at_least, upper, high_open=upper is not None)
            upper = grade.at_least
    return found
