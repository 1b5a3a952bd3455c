"""`met`, `formula` and `checklist` by column."""

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, Final

import numpy as np

from perfrules.decimals import CONTEXT, ONE, ZERO
from perfrules.engine.batch.kernel.arithmetic import combine
from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, IntsOf, Kept, Run, UnsupportedError
from perfrules.engine.batch.kernel.compare import compare
from perfrules.engine.batch.kernel.effects import Effects, there
from perfrules.engine.batch.kernel.expressions import holds
from perfrules.engine.batch.kernel.numbers import Known, Number, real
from perfrules.engine.batch.kernel.rule import Rule, floored
from perfrules.engine.batch.kernel.shares import (
    NOTHING,
    WHOLE,
    Pair,
    Picked,
    Portion,
    Share,
    by_index,
)
from perfrules.engine.batch.kernel.values import Constant, Members, every, opposite
from perfrules.engine.batch.vectors import Ints

if TYPE_CHECKING:
    from perfrules.lang.methods.checklist import ChecklistPlan
    from perfrules.lang.methods.formula import FormulaPlan
    from perfrules.lang.methods.met import MetPlan

_LARGEST_TABLE: Final = 12  # elements whose combinations are scored beforehand


def met(method: "MetPlan", rule: Rule) -> Share:
    """All, or the fallback."""
    test = rule.flag(method.when)
    rule.shown(method.when)
    effects = Effects()
    other: Share = NOTHING
    if method.otherwise is not None:
        other = rule.within(effects).share(method.otherwise)
    if isinstance(test, bool):
        if not test:
            rule.effects.take(effects)
        return WHOLE if test else other
    failed = opposite(test)
    rule.effects.take(effects, every(failed))
    return by_index(_byte(test), [other, WHOLE])


def _byte(test: BoolsOf) -> IntsOf:
    """Return 0 where a condition fails and 1 where it holds, without a copy."""
    return lambda chunk: test(chunk).view(np.uint8)


def formula(method: "FormulaPlan", rule: Rule) -> Share:
    """An expression's value; what is outside 0 to the whole is refused."""
    found = rule.number(method.expr)
    top: Number = rule.points if method.in_points else Known(ONE)
    # What is hardly below 0, so that it is 0 when snapped, is left to the reference.
    rule.refuse(compare("<", found, Known(ZERO)))
    _refuse_residue(rule, found)
    rule.refuse(compare(">", found, top))
    rule.shown(method.expr)
    return Portion(floored(found), top)


def _refuse_residue(rule: Rule, found: Number) -> None:
    if isinstance(found, Known):
        if found.value < ZERO:
            rule.effects.always_odd()
        return
    if found.low >= 0:
        return
    floats = real(found).floats
    rule.effects.odd(there(lambda chunk: floats(chunk) < 0))


def checklist(method: "ChecklistPlan", rule: Rule) -> Share:
    """The sum of what is there; nothing where a required element isn't."""
    top = _top(method, rule)
    size = len(method.elements)
    if size > _LARGEST_TABLE or not isinstance(top, Known):
        raise UnsupportedError
    pairs = tuple(_outcome(method, held, top.value) for held in _combinations(size))
    members = None if method.actual is None else rule.value(method.actual)
    if isinstance(members, Members) and all(item.when is None for item in method.elements):
        return Picked(_Bits(members, [item.id for item in method.elements]), pairs)
    tests = []
    for item in method.elements:
        if item.when is not None:
            tests.append(every(rule.flag(item.when)))
        elif isinstance(members, Members):
            tests.append(holds(members, item.id))
        elif isinstance(members, Constant) and isinstance(members.value, frozenset):
            tests.append(every(item.id in members.value))
        else:
            raise UnsupportedError
    return Picked(_index(tests), pairs)


def _top(method: "ChecklistPlan", rule: Rule) -> Number:
    if method.whole is not None:
        return Known(method.whole)
    found: Number = Known(ZERO)
    for item in method.elements:
        found = combine(rule.effects, "+", found, Known(item.worth))
    if not isinstance(rule.points, Known):
        raise UnsupportedError
    if isinstance(found, Known) and found.value != rule.points.value:
        rule.effects.always_odd()
    return found


def _combinations(size: int) -> list[tuple[bool, ...]]:
    """Return which elements are there by index: bit k is element k."""
    return [held[::-1] for held in product((False, True), repeat=size)]


def _outcome(method: "ChecklistPlan", held: tuple[bool, ...], top: Decimal) -> Pair:
    """Return the share of one combination of elements that are there."""
    lost = [item for item, has in zip(method.elements, held, strict=True) if not has]
    if any(item.required for item in lost):
        return ZERO, ONE
    if not lost:
        return ONE, ONE
    found = ZERO
    for item, has in zip(method.elements, held, strict=True):
        if has:
            found = CONTEXT.add(found, item.worth)
    return found, top


def _index(tests: list[BoolsOf]) -> IntsOf:
    def index(chunk: Chunk) -> Ints:
        found = np.zeros(chunk.size, np.int64)
        for place, test in enumerate(tests):
            found |= test(chunk).astype(np.int64) << place
        return found

    return Kept(index)


class _Bits:
    """The bits of a set in the order of elements; the batch's own where that is the same."""

    def __init__(self, members: Members, order: list[str]) -> None:
        self.members = members
        self.order = order

    def _moves(self, run: Run) -> list[tuple[int, int]] | None:
        names = self.members.names(run)
        if list(names) == self.order:
            return None
        return [(names.index(name), at) for at, name in enumerate(self.order) if name in names]

    def __call__(self, chunk: Chunk) -> Ints:
        """Return them as an index."""
        moves = chunk.run.table(self, lambda: self._moves(chunk.run))
        bits = self.members.bits(chunk)
        if moves is None:
            return bits
        found = np.zeros(chunk.size, np.int64)
        for source, target in moves:
            found |= ((bits >> source) & 1) << target
        return found
