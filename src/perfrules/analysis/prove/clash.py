"""Decisions that contradict each other, and gates that do nothing beside another one.

Two decisions contradict where both follow for one unit and

- they have one `code`, but not one amount or due day: two answers to one question; or
- their codes dispose of one thing in two ways: `guarantee_funding` and `cut_funding`. Such a code
  is a verb and an object; the verbs that settle what becomes of a thing are those listed here.
"""

from decimal import Decimal
from functools import partial
from itertools import combinations
from typing import Any, Final

from perfrules.analysis.prove.case import Case, each
from perfrules.analysis.prove.fires import gate_possible, gate_reason
from perfrules.analysis.prove.inquiry import Inquiry
from perfrules.decimals import ZERO
from perfrules.engine.unit import Unit
from perfrules.lang.plan import Decision, Gate
from perfrules.lang.tree import Expr

_VERBS: Final = """
    accept admit adjust approve cancel continue cut end expand guarantee hold increase keep maintain
    pass prioritise raise reduce refuse reject release stop suspend
"""
DISPOSES: Final = frozenset(_VERBS.split())


def disposal(code: str) -> tuple[str, str] | None:
    """Return what a code does and to what, where it settles that; else None.

    >>> disposal("cut_funding"), disposal("rectify"), disposal("dissent_desks")
    (('cut', 'funding'), None, None)
    """
    verb, _, thing = code.partition("_")
    return (verb, thing) if thing and verb in DISPOSES else None


def contradict(one: Decision, other: Decision) -> bool:
    """Return whether two decisions can't both be carried out."""
    if one.code == other.code:
        amounts = _text(one.amount) != _text(other.amount)
        return amounts or _text(one.due) != _text(other.due)
    first, second = disposal(one.code), disposal(other.code)
    return first is not None and second is not None and first[1] == second[1]


def _text(expr: Expr | None) -> str:
    return "" if expr is None else " ".join(expr.text.split())


def check_clashes(inquiry: Inquiry) -> None:
    """PRF809: two decisions that contradict each other follow for one unit."""
    if inquiry.plan.match == "first":
        return  # only one decision ever follows
    for (_, one), (place, other) in combinations(enumerate(inquiry.plan.decisions), 2):
        if contradict(one, other):
            _clash(inquiry, one, other, place)


def _clash(inquiry: Inquiry, one: Decision, other: Decision, place: int) -> None:
    exprs = [rule.when for rule in (one, other) if rule.when is not None]
    cases = [Case()]
    for when in exprs:
        cases = each(cases, partial(inquiry.reason.assume, when.tree, True))
    if not inquiry.possible(cases, exprs):
        inquiry.show(
            f"{one.id} 与 {other.id} 不会同时出现", f"{one.id} and {other.id} exclude each other",
            "proven",
        )  # fmt: skip
        return

    def goal(unit: Unit) -> Decimal:
        return sum((inquiry.search.gauge.gap(unit, when) for when in exprs), ZERO)

    near = inquiry.reach(goal, exprs)
    if not near.there:
        inquiry.show(
            f"{one.id} 与 {other.id} 未见同时出现", f"{one.id} and {other.id}: not seen together",
            "searched",
        )  # fmt: skip
        return
    path = other.when.where if other.when is not None else ("decisions", "rules", place, "id")
    told: dict[str, Any] = {
        "name": other.id,
        "value": other.code,
        "other": one.id,
        "against": one.code,
    }
    inquiry.report("PRF809", path, "proven", near.facts, **told)


def check_shadows(inquiry: Inquiry) -> None:
    """PRF810: whenever a gate fires, another fires that does as much at least."""
    told: set[str] = set()
    for gate in inquiry.plan.gates:
        for other in inquiry.plan.gates:
            if gate is other or other.id in told or gate.id in told:
                continue
            if _as_much(inquiry, gate, other) and _shadowed(inquiry, gate, other):
                told.add(gate.id)


def _as_much(inquiry: Inquiry, gate: Gate, other: Gate) -> bool:
    """Return whether *other* does all that *gate* does."""
    order = [grade.name for grade in inquiry.plan.grades if grade.at_least is not None]
    kinds = (gate.effect, other.effect)
    if kinds in (("grade", "grade"), ("cap_grade", "cap_grade"), ("cap_grade", "grade")):
        mine, theirs = str(gate.value), str(other.value)
        if mine not in order or theirs not in order:
            return mine == theirs
        return order.index(theirs) >= order.index(mine)
    if kinds == ("cap_total", "cap_total"):
        caps = [
            item.value.constant if isinstance(item.value, Expr) else None for item in (gate, other)
        ]
        mine_cap, their_cap = caps
        return (
            isinstance(mine_cap, Decimal)
            and isinstance(their_cap, Decimal)
            and their_cap <= mine_cap
        )
    return kinds == ("zero", "zero") and gate.value == other.value


def _shadowed(inquiry: Inquiry, gate: Gate, other: Gate) -> bool:
    found, reason = inquiry.search.found, gate_reason(inquiry)
    if gate.id not in found.fired:
        return False  # it never fires: that is told
    cases = reason.assume(gate.when.tree, True, Case())
    cases = each(cases, partial(reason.assume, other.when.tree, False))
    told: dict[str, Any] = {"name": gate.id, "value": gate.when.text, "other": other.id}
    if not gate_possible(inquiry, cases, gate.when, other.when):
        inquiry.report("PRF810", gate.when.where, "proven", found.fired[gate.id], **told)
        return True

    return False  # that no unit was seen in which it decides would say little: it isn't told
