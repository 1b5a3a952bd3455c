"""A plan as operations on whole columns.

A binary float is only ever a guess with a bound on its error; what lies within the bound of a
rounding tie, a threshold or a fault is computed again exactly.
"""

from collections.abc import Mapping
from datetime import date
from decimal import localcontext
from typing import Final

import numpy as np

from perfrules.decimals import CONTEXT
from perfrules.engine.batch.kernel.chunk import UnsupportedError
from perfrules.engine.batch.kernel.days import dated
from perfrules.engine.batch.kernel.output import Output
from perfrules.engine.batch.kernel.program import Program
from perfrules.engine.batch.kernel.shape import Shape, shape_of
from perfrules.engine.batch.kernel.sheet_rows import told
from perfrules.engine.batch.scored import BatchScored, LineScored
from perfrules.engine.batch.vectors import Ints, Taken
from perfrules.lang.plan import Plan

__all__ = ["Kernel", "dated"]

_MOST_SHAPES: Final = 32  # kept at a time


class _Unmade:
    """No program was made yet."""


_UNMADE: Final = _Unmade()


class Kernel:
    """What was made of a plan and the parameter values of one day.

    Args:
        plan: The checked ruleset.
        parameters: Each parameter's value on the day.
        as_of: The day, where the units have one and all the same.
    """

    def __init__(
        self, plan: Plan, parameters: Mapping[str, object], as_of: date | None = None
    ) -> None:
        self.plan = plan
        self.parameters = parameters
        self.as_of = as_of
        self._programs: dict[Shape, Program | None] = {}

    def program(self, shape: Shape) -> Program | None:
        """Return what scores batches of a shape; None where nothing can."""
        found: Program | _Unmade | None = self._programs.get(shape, _UNMADE)
        if isinstance(found, _Unmade):  # another thread may clear them
            if len(self._programs) >= _MOST_SHAPES:
                self._programs.clear()
            try:
                with localcontext(CONTEXT):
                    found = Program(self.plan, self.parameters, self.as_of, shape)
            except (UnsupportedError, RecursionError):
                found = None
            self._programs[shape] = found
        return found

    def run(
        self, taken: Taken, *, rates: bool = True, bits: int = 128, times: int = 1
    ) -> BatchScored | None:
        """Return the scores of a batch; None where no unit of this plan can be scored here.

        Args:
            taken: The batch.
            rates: Whether rates are wanted.
            bits: How wide scores and rates come out: 128, or 64.
            times: How many times as large as one thread likes it best chunks are.
        """
        program = self.program(shape_of(taken))
        if program is None:
            return None
        with localcontext(CONTEXT):
            out, redone = program.run(taken, rates=rates, bits=bits, times=times)
        return self._scored(program, out, redone)

    def _scored(self, program: Program, out: Output, redone: int) -> BatchScored:
        lines = []
        for line in program.lines:
            place = line.place
            states = None if out.states is None else out.states[place]
            if out.states is None and program.base.states[place]:
                states = np.full(out.size, program.base.states[place], np.int8)
            if states is not None and not states.any():
                states = None
            found = program.base.rollup.found[line.plan.id]
            lines.append(
                LineScored(
                    line.plan.id,
                    _column(out, place),
                    found.digits,
                    out.most[place],
                    None if out.rates is None else _column(out, len(program.lines) + place),
                    states,
                    out.unscored.line(place, program.base.unscored),
                    out.unrated.line(place, program.base.unrated),
                )
            )
        untotalled = out.untotalled
        if program.base.outcome.total is None:
            untotalled = np.ones(out.size, np.bool_)
        complete = out.complete
        if complete is None and program.base.complete is not None:
            complete = np.full(out.size, program.base.complete, np.int64)
        return BatchScored(
            total=out.total,
            digits=self.plan.total_rounding.digits,
            grade=out.grade,
            lines=tuple(lines),
            gates=tuple(out.gates),
            decisions=tuple(out.decisions),
            undecided=tuple(part if part.any() else None for part in out.undecided),
            again=out.again,
            untotalled=untotalled if untotalled.any() else None,
            complete=complete,
            redone=redone,
            sheets={
                line.plan.id: told(out.sheets[line.place])
                for line in program.lines
                if line.sheet is not None
            },
        )


def _column(out: Output, column: int) -> Ints:
    """Return a column of scores or rates: pairs of words, or single ones."""
    numbers = out.numbers if out.words is None else out.words
    found: Ints = numbers[column]
    return found
