"""Comparisons of what isn't a number: flags, labels, days, sets."""

import numpy as np

from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, IntsOf, Kept, Run, UnsupportedError
from perfrules.engine.batch.kernel.scope import ordinals
from perfrules.engine.batch.kernel.values import (
    Constant,
    Day,
    Flag,
    Label,
    Places,
    Value,
    inverse,
    matches,
)
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.lang.expr.build import ranks
from perfrules.lang.tree import CompareOp
from perfrules.lang.types import Kind, Type

_CALLS = {"<": np.less, "<=": np.less_equal, ">": np.greater, ">=": np.greater_equal}
_UNRANKED = -(2**31)


def same(left: Value, right: Value, *, negated: bool) -> bool | BoolsOf:
    """Return whether two values are equal, or aren't."""
    found = _same(left, right)
    if isinstance(found, bool):
        return found is not negated
    return inverse(found) if negated else found


def _same(left: Value, right: Value) -> bool | BoolsOf:
    if isinstance(left, Constant) and isinstance(right, Constant):
        return bool(left.value == right.value)
    if isinstance(left, Constant):
        return _same(right, left)
    if isinstance(left, Label):
        if isinstance(right, Constant):
            return matches(left, frozenset([str(right.value)]))
        if isinstance(right, Label):
            return _same_labels(left, right)
    if isinstance(left, Flag):
        if isinstance(right, Constant):
            return left.get if right.value else inverse(left.get)
        if isinstance(right, Flag):
            one, other = left.get, right.get
            return Kept(lambda chunk: one(chunk) == other(chunk))
    if isinstance(left, Day):
        return _days("==", left, right)
    raise UnsupportedError


def _same_labels(left: Label, right: Label) -> BoolsOf:
    """Return whether two labels have one name: both are brought to the places of all names."""
    key = object()

    def tables(run: Run) -> tuple[Ints, Ints]:
        order: dict[str, int] = {}
        places = [
            [order.setdefault(name, len(order)) for name in label.names(run)]
            for label in (left, right)
        ]
        one, other = (np.array(part or [-1], np.int64) for part in places)
        return one, other

    def test(chunk: Chunk) -> Bools:
        if left.names(chunk.run) is right.names(chunk.run):
            equal: Bools = np.equal(left.codes(chunk), right.codes(chunk))
            return equal
        one, other = chunk.run.table(key, lambda: tables(chunk.run))
        codes = one.take(left.codes(chunk), mode="clip")
        found: Bools = codes == other.take(right.codes(chunk), mode="clip")
        return found

    return Kept(test)


def ordered(op: CompareOp, left: Value, right: Value, one: Type, other: Type) -> bool | BoolsOf:
    """Return whether days, or labels by their rank, are in order; what has no rank never is."""
    if Kind.CHOICE not in (one.kind, other.kind):
        return _days(op, left, right)
    sides = _ranks(left, one), _ranks(right, other)
    call = _CALLS[op]

    def test(chunk: Chunk) -> Bools:
        a, b = sides[0](chunk), sides[1](chunk)
        found: Bools = call(a, b) & (a != _UNRANKED) & (b != _UNRANKED)
        return found if found.ndim else np.full(chunk.size, found)

    return Kept(test)


def _ranks(value: Value, kind: Type) -> IntsOf:
    heights: dict[object, int] = {name: rank for name, rank in ranks(kind).items()}  # noqa: C416 - wider keys
    if isinstance(value, Constant):
        fixed = np.int64(heights.get(value.value, _UNRANKED))
        return lambda _: fixed  # type: ignore[return-value] # broadcast
    if not isinstance(value, Label):
        raise UnsupportedError
    return _Ranked(value, heights)


class _Ranked(Places):
    """The rank of each unit's label."""

    def __init__(self, label: Label, heights: dict[object, int]) -> None:
        super().__init__(label, heights, _UNRANKED)


def _days(op: CompareOp, left: Value, right: Value) -> BoolsOf:
    call = np.equal if op == "==" else _CALLS[op]
    one, other = ordinals(left), ordinals(right)
    return Kept(lambda chunk: np.broadcast_to(call(one(chunk), other(chunk)), (chunk.size,)))
