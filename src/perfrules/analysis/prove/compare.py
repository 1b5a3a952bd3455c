"""What a comparison says: of two numbers, two texts, labels by their rank, a set."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Final, Protocol

from perfrules.analysis.prove.case import Case, Cases, each, few, term
from perfrules.analysis.prove.interval import STEP, Interval
from perfrules.analysis.prove.value import NO, YES, Flag, Labels, Value, meet
from perfrules.lang.tree import Compare, CompareOp, Const, In, Tree
from perfrules.lang.types import Kind

_SIGNS: Final[Mapping[str, frozenset[int]]] = {
    "==": frozenset({0}),
    "!=": frozenset({-1, 1}),
    "<": frozenset({-1}),
    "<=": frozenset({-1, 0}),
    ">": frozenset({1}),
    ">=": frozenset({0, 1}),
}
_ALL: Final = frozenset({-1, 0, 1})


class Reasoning(Protocol):
    """What a comparison asks of the reasoning around it."""

    def value(self, tree: Tree, case: Case) -> Value | None:
        """Return what the value of *tree* may be; None where it can't have one."""

    def number(self, tree: Tree, case: Case) -> Interval | None:
        """Return the interval of a number; None where it can't have a value."""

    def equal(self, tree: Tree, value: Value, case: Case) -> Cases:
        """Return the cases in which *tree* is one of *value*'s."""


def _member(tree: In, value: Flag, case: Case) -> Cases:
    """Return the case in which a label is in a set, or isn't."""
    now = case.narrowed(("member", term(replace(tree, negated=False))), value)
    return [] if now is None else [now]


def compared(reason: Reasoning, tree: Compare, truth: bool, case: Case) -> Cases:  # noqa: FBT001
    """Return the cases in which a chain of comparisons is *truth*."""
    found: Cases = []
    before = [case]
    for left, op, right in zip(tree.operands, tree.ops, tree.operands[1:], strict=False):
        if not truth:
            found += each(before, partial(pair, reason, left, op, right, False))
        before = each(before, partial(pair, reason, left, op, right, True))
    return before if truth else few(found, case)


def pair(
    reason: Reasoning,
    left: Tree,
    op: CompareOp,
    right: Tree,
    truth: bool,  # noqa: FBT001
    case: Case,
) -> Cases:
    """Return the cases in which two sides compare so, or don't."""
    signs = _SIGNS[op] if truth else _ALL - _SIGNS[op]
    if left.type.kind is Kind.CHOICE or right.type.kind is Kind.CHOICE:
        return _labels(reason, left, op, right, truth, case)
    if left.type.kind in (Kind.TEXT, Kind.FLAG):
        return _same(reason, left, right, signs, case)
    one, other = reason.number(left, case), reason.number(right, case)
    if one is None or other is None:
        return []
    one, other = one.seen(), other.seen()
    possible = signs & case.signs(term(left), term(right)) & _possible(one, other)
    if term(left) == term(right):
        possible &= frozenset({0})
    found: Cases = []
    # Above and below are cases of their own only where both are open.
    parts = [possible] if possible != frozenset({-1, 1}) else [frozenset({-1}), frozenset({1})]
    for part in parts:
        if not part:
            continue
        found += _side(reason, left, right, (one, other), part, case)
    return found


def _side(
    reason: Reasoning,
    left: Tree,
    right: Tree,
    ends: tuple[Interval, Interval],
    signs: frozenset[int],
    case: Case,
) -> Cases:
    now = case.ordered(term(left), term(right), signs)
    if now is None:
        return []
    cases = [now]
    one, other = ends
    if not isinstance(left, Const):
        cases = each(cases, partial(reason.equal, left, _limited(one, other, signs)))
    if not isinstance(right, Const):
        back = frozenset(-sign for sign in signs)
        cases = each(cases, partial(reason.equal, right, _limited(other, one, back)))
    return cases


def _same(reason: Reasoning, left: Tree, right: Tree, signs: frozenset[int], case: Case) -> Cases:
    one, other = reason.value(left, case), reason.value(right, case)
    if one is None or other is None:
        return []
    if signs == frozenset({0}):
        both = meet(one, other)
        if both is None:
            return []
        cases = [case] if isinstance(left, Const) else reason.equal(left, both, case)
        if isinstance(right, Const):
            return cases
        return each(cases, partial(reason.equal, right, both))
    single = isinstance(one, Labels) and one == other and one.of is not None and len(one.of) == 1
    return [] if single or (one == other and one in (YES, NO)) else [case]


def _labels(
    reason: Reasoning,
    left: Tree,
    op: CompareOp,
    right: Tree,
    truth: bool,  # noqa: FBT001
    case: Case,
) -> Cases:
    of = left.type.of or right.type.of
    unordered = {*left.type.unordered, *right.type.unordered}
    one, other = _texts(reason, left, of, case), _texts(reason, right, of, case)
    rank = {label: -place for place, label in enumerate(of)}

    def holds(a: str, b: str) -> bool:
        if op in ("==", "!="):
            return (a == b) == (op == "==")
        if a not in rank or b not in rank or a in unordered or b in unordered:
            return False
        sign = (rank[a] > rank[b]) - (rank[a] < rank[b])
        return sign in _SIGNS[op]

    fits = [(a, b) for a in one for b in other if holds(a, b) == truth]
    if not fits:
        return []
    cases = [case]
    for tree, labels in ((left, {a for a, _ in fits}), (right, {b for _, b in fits})):
        if not isinstance(tree, Const):
            value = Labels(frozenset(labels))
            cases = each(cases, partial(reason.equal, tree, value))
    return cases


def _texts(reason: Reasoning, tree: Tree, of: tuple[str, ...], case: Case) -> frozenset[str]:
    found = reason.value(tree, case)
    if found is None:
        return frozenset()
    known = found.of if isinstance(found, Labels) else None
    return frozenset(of) if known is None else known


def among(reason: Reasoning, tree: In, truth: bool, case: Case) -> Cases:  # noqa: FBT001
    """Return the cases in which a value is in a list or a set, or isn't."""
    wanted = truth != tree.negated
    if tree.container is not None:
        return _member(tree, YES if wanted else NO, case)
    found = reason.value(tree.item, case)
    options = [reason.value(option, case) for option in tree.options]
    if found is None:
        return []
    listed = [option for option in options if option is not None]
    if isinstance(found, Labels) and all(isinstance(item, Labels) for item in listed):
        texts = frozenset(
            text for item in listed if isinstance(item, Labels) for text in item.of or ()
        )
        known = found.of
        if known is None:
            return reason.equal(tree.item, Labels(texts), case) if wanted else [case]
        left = known & texts if wanted else known - texts
        return reason.equal(tree.item, Labels(left), case) if left else []
    cases: Cases = []
    if wanted:
        for item in listed:
            if isinstance(item, Interval):
                cases += reason.equal(tree.item, item.seen(), case)
        return few(cases, case)
    return [case]


def _possible(one: Interval, other: Interval) -> frozenset[int]:
    """Return how values of two intervals on the grid may compare."""
    found = set()
    if one.low is None or other.high is None or one.low < other.high:
        found.add(-1)
    if one.meet(other) is not None:
        found.add(0)
    if one.high is None or other.low is None or one.high > other.low:
        found.add(1)
    return frozenset(found)


def _limited(one: Interval, other: Interval, signs: frozenset[int]) -> Interval:
    """Return the values of *one* that compare with one of *other*'s in one of *signs*."""
    low, high = one.low, one.high
    if 1 not in signs and other.high is not None:
        most = other.high if 0 in signs else other.high - STEP
        high = most if high is None else min(high, most)
    if -1 not in signs and other.low is not None:
        least = other.low if 0 in signs else other.low + STEP
        low = least if low is None else max(low, least)
    return Interval(low, high)
