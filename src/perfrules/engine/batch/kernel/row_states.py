"""The states of a sheet's rows, and what their policies make of them."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from perfrules.engine.answer import State
from perfrules.engine.batch.kernel.chunk import BoolsOf, Chunk, Kept, Mask, either
from perfrules.engine.batch.kernel.compare import Test
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.expressions import flag_of
from perfrules.engine.batch.kernel.leaf import CODE, Rating, Standing, States, rating_of
from perfrules.engine.batch.kernel.numbers import Number
from perfrules.engine.batch.kernel.rows import Table
from perfrules.engine.batch.kernel.scope import Scope
from perfrules.engine.batch.kernel.values import every
from perfrules.engine.batch.vectors import Bools
from perfrules.lang.plan import Indicator

_SHOWN: Final = np.int8(CODE[State.INFORMATIONAL])
_COUNTING: Final = ("full", "zero")


class RowStates:
    """Which rows are rated, and in which state the others are.

    Rows that `where` leaves out are only shown. Where points of rows that aren't scored go to other
    rows, or to another line, their unit is an odd one.
    """

    def __init__(self, inner: Scope, plan: Indicator, counted: BoolsOf, points: Number) -> None:
        effects = Effects()
        applies: Test = True
        if plan.applies_when is not None:
            applies = flag_of(inner.marking(effects), plan.applies_when)
        self.plan = plan
        self.counted = counted
        self.rating: Rating = rating_of(inner, plan, points)
        effects.take(self.rating.effects, None if applies is True else every(applies))
        standing = Standing(plan, applies, effects, self.rating)
        self._found = Kept(lambda chunk: standing(chunk, counted(chunk)))
        may_lack = effects.lacks and plan.missing != "error"
        self.varied = may_lack or applies is not True or bool(self.rating.unverified)

    def __call__(self, chunk: Chunk) -> States:
        """Return the states of a chunk of rows."""
        found = self._found(chunk)[0]
        counted = self.counted(chunk)
        if found is None:
            found = np.zeros(chunk.size, np.int8)
        return found if counted.all() else np.where(counted, found, _SHOWN)

    def by(self, *policies: str) -> Sequence[int]:
        """Return the states whose points go one of these ways."""
        ways = {
            State.MISSING: "zero",
            State.NOT_APPLICABLE: self.plan.not_applicable.policy,
            State.UNVERIFIED: self.plan.unverified.policy,
        }
        return [CODE[state] for state, way in ways.items() if way in policies]

    def among(self, chunk: Chunk, *policies: str) -> Bools | None:
        """Return the rows whose points go one of these ways; None for none."""
        found = self._found(chunk)[0]
        if found is None:
            return None
        rows: Bools = np.isin(found, self.by(*policies))
        return rows if rows.any() else None

    def others(self, chunk: Chunk) -> Bools | None:
        """Return the rows that would be scored, were they in another state; None for none."""
        found = self._found(chunk)[0]
        return None if found is None else found != 0

    def odd(self, table: Table) -> Mask:
        """Return the units with a row that is odd, or whose points go to others."""

        def odd(chunk: Chunk) -> Bools | None:
            rows = table.rows(chunk)
            wrong = self._found(rows.chunk)[1]
            if self.varied:
                moved = ("redistribute", "redistribute_equally", "to")
                wrong = either(wrong, self.among(rows.chunk, *moved))
            return None if wrong is None else rows.any(wrong)

        return odd

    def left(self, table: Table) -> Mask:
        """Return the units of whose scored rows none counts."""

        def left(chunk: Chunk) -> Bools | None:
            rows = table.rows(chunk)
            out = self.among(rows.chunk, "exclude")
            if out is None:
                return None
            counted = self.counted(rows.chunk)
            found: Bools = rows.any(counted) & ~rows.any(counted & ~out)
            return found if found.any() else None

        return left
