"""A target sheet by column: the rows of all units laid end to end, each rated as a leaf.

A unit whose rows' points go to others by a policy, or none of whose scored rows counts, is left to
the policies of the reference.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from perfrules.engine.batch.kernel.chunk import (
    BoolsOf,
    Chunk,
    Kept,
    Mask,
    UnsupportedError,
    either,
)
from perfrules.engine.batch.kernel.compare import Test
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.expressions import flag_of, value_of
from perfrules.engine.batch.kernel.numbers import Number
from perfrules.engine.batch.kernel.row_points import equal_parts, own_points
from perfrules.engine.batch.kernel.row_states import RowStates
from perfrules.engine.batch.kernel.rows import Table
from perfrules.engine.batch.kernel.scope import Scope
from perfrules.engine.batch.kernel.spread import inside
from perfrules.engine.batch.kernel.tables import summed
from perfrules.engine.batch.kernel.values import Label, every
from perfrules.engine.batch.vectors import Bools
from perfrules.lang.plan import ForEach, Indicator
from perfrules.lang.tree import Column

if TYPE_CHECKING:
    from perfrules.engine.batch.kernel.lines import Line


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one indicator: `key`, `counted`, `points` and `states` are by row.

    `total` is what the points of a unit's scored rows add up to; None, as are points and states,
    where the sheet isn't scored. `shown` are the rows that aren't left to another sheet.
    """

    table: Table
    key: Label
    counted: BoolsOf
    points: Number | None = None
    states: RowStates | None = None
    total: Number | None = None
    shown: BoolsOf | None = None  # None: every row

    def sum_of(self, *policies: str) -> Number:
        """Return what the points add up to that go one of these ways, by unit."""
        states, points = self.states, self.points
        assert states is not None  # noqa: S101 - it is scored
        assert points is not None  # noqa: S101 - the same

        def among(chunk: Chunk) -> Bools:
            found = states.among(chunk, *policies)
            return np.zeros(chunk.size, np.bool_) if found is None else found

        return summed(self.table, among, points)


def sheet_of(scope: Scope, line: "Line") -> Sheet:
    """Return how a sheet is expanded and rated; units that can't be here are marked as odd.

    Raises:
        UnsupportedError: No unit can.
    """
    each = _each(line.plan)
    table = (scope.tables or {}).get(each.table)
    if table is None:
        raise UnsupportedError(each.table)
    effects = Effects()
    inner = inside(scope, each.row, table, effects)
    key = value_of(inner, each.key)
    if not isinstance(key, Label) or not isinstance(each.key.tree, Column):
        raise UnsupportedError(each.key.text)
    nothing: BoolsOf = lambda chunk: np.zeros(chunk.size, np.bool_)  # noqa: E731 - a constant
    found = Sheet(table, key, nothing)
    if line.scored:
        found = _scored((scope, inner), line, found, each)
    scope.effects.odd(_absent(table))
    scope.effects.odd(_twice(table, key))
    if effects.marks:
        scope.effects.odd(anywhere(table, effects, lacks=True))
    return found


def _each(plan: Indicator) -> ForEach:
    assert plan.for_each is not None  # noqa: S101 - it is a sheet
    return plan.for_each


def _scored(scopes: tuple[Scope, Scope], line: "Line", sheet: Sheet, each: ForEach) -> Sheet:
    """Return a sheet with its points and what rates its rows."""
    (scope, inner), plan, table = scopes, line.plan, sheet.table
    if plan.weight is not None or not _adds_up(line):
        raise UnsupportedError(plan.id)
    test: Test = True if each.where is None else flag_of(inner, each.where)
    counted = Kept(every(test))
    if each.split is not None:
        points = equal_parts(scope, *each.split, sheet.key, counted, line.rounding.digits)
    elif each.points is not None:
        points = own_points(inner, table, each.points, counted, line.rounding.digits)
    else:
        raise UnsupportedError(plan.id)
    states = RowStates(inner, plan, counted, points)
    scope.effects.odd(states.odd(table))
    scope.effects.odd(states.left(table))
    return Sheet(table, sheet.key, counted, points, states, summed(table, test, points))


def _adds_up(line: "Line | None") -> bool:
    """Whether a line's score is a sum, and so is all above it."""
    while line is not None:
        if not line.sums:
            return False
        line = line.above
    return True


def _absent(table: Table) -> Mask:
    """Return where a unit has no table at all."""

    def absent(chunk: Chunk) -> Bools | None:
        gone = table.sheet(chunk.run).absent
        return None if gone is None else chunk.part(gone)

    return absent


def _twice(table: Table, key: Label) -> Mask:
    """Return where two rows of a unit have one key."""

    def twice(chunk: Chunk) -> Bools | None:
        rows = table.rows(chunk)
        codes = key.codes(rows.chunk)
        within = rows.unit[1:] == rows.unit[:-1]
        falls = np.flatnonzero((codes[1:] <= codes[:-1]) & within)
        if not len(falls):
            return None  # keys that rise are different ones
        doubted = np.zeros(chunk.size, np.bool_)
        doubted[rows.unit[falls]] = True
        where = np.flatnonzero(doubted[rows.unit])
        pairs = np.sort(rows.unit[where] * (int(codes.max()) + 1) + codes[where])
        same = pairs[1:] == pairs[:-1]
        if not same.any():
            return None
        found = np.zeros(chunk.size, np.bool_)
        found[pairs[1:][same] // (int(codes.max()) + 1)] = True
        return found

    return twice


def anywhere(table: Table, effects: Effects, *, lacks: bool) -> Mask:
    """Return the units that have a row with a mark: an odd one, or with *lacks* any."""
    find = Kept(effects.find())

    def marked(chunk: Chunk) -> Bools | None:
        rows = table.rows(chunk)
        lacking, odd = find(rows.chunk)
        found = either(lacking, odd) if lacks else odd
        return None if found is None else rows.any(found)

    return marked
