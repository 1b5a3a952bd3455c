"""The code of one pattern: which lines are in which states, and all that follows from it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from perfrules.decimals import CONTEXT, ONE, SNAP, snap
from perfrules.engine.answer import State
from perfrules.engine.batch.kernel.arithmetic import combine
from perfrules.engine.batch.kernel.arrange import arranged
from perfrules.engine.batch.kernel.chunk import Chunk, UnsupportedError
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.leaf import CODE
from perfrules.engine.batch.kernel.lines import Line
from perfrules.engine.batch.kernel.numbers import Known, Number
from perfrules.engine.batch.kernel.outcome import Outcome
from perfrules.engine.batch.kernel.output import Output
from perfrules.engine.batch.kernel.rollup import Rollup
from perfrules.engine.batch.kernel.scope import Scope
from perfrules.engine.batch.kernel.score import rate_of
from perfrules.engine.batch.kernel.shares import Portion, quotient
from perfrules.engine.batch.vectors import Bools
from perfrules.lang.plan import Plan


class Pattern:
    """Scores, and what follows, for units whose lines are in given states.

    Args:
        plan: The plan.
        scope: What its expressions see.
        tops: Its lines, rated.
        states: The states of lines that aren't scored though they could be, as they are found
            when lines are rated: no branch is among them that only has nothing below to score.
        fired: The gates that fired and set lines to 0; such units were scored without them before.

    Raises:
        UnsupportedError: Such units can't be scored here.
    """

    def __init__(
        self,
        plan: Plan,
        scope: Scope,
        tops: Sequence[Line],
        states: Mapping[str, State],
        fired: frozenset[str] = frozenset(),
    ) -> None:
        nodes, complete = arranged(plan, tops, states)
        self.lines = [line for top in tops for line in top.walk()]
        self.nodes = {node.id: node for top in nodes for node in top.walk()}
        effects = Effects()
        by_id = {line.plan.id: line for line in self.lines}
        zeroed = frozenset(
            below.id
            for gate in plan.gates
            if gate.id in fired
            for below in self.nodes[str(gate.value)].walk()
        )
        self.rollup = Rollup(effects, nodes, by_id, zeroed, frozenset(states))
        self.rollup.score()
        whole: Number | None = None if complete is None else Known(complete)
        assessed = _assessed(plan, self.rollup, complete)
        self.assessed = None if assessed is None else rate_of(assessed)
        if assessed is not None:
            whole = quotient(effects, assessed)
        self.outcome = Outcome(plan, self.rollup, scope, whole, again=bool(fired))
        self.outcome.conclude()
        self.find = effects.find()
        self.states = [CODE[self.nodes[line.plan.id].state] for line in self.lines]
        found = [self.rollup.found[line.plan.id] for line in self.lines]
        self.unscored = [item.score is None for item in found]
        self.unrated = [item.rate is None for item in found]
        self.complete = _units(complete)

    def run(self, chunk: Chunk, out: Output) -> Bools | None:
        """Write the results of a chunk; return the units that must be scored again."""
        part = slice(chunk.start, chunk.stop)
        for line in self.lines:
            self._line(line, chunk, out)
        if self.assessed is not None:
            self.assessed(chunk, out.assessed(chunk))
        outcome = self.outcome
        if outcome.total is not None:
            np.copyto(out.total[part], outcome.total.units(chunk))
        if outcome.grade is not None:
            np.copyto(out.grade[part], outcome.grade(chunk), casting="unsafe")
        for place, fired in enumerate(outcome.gates.values()):
            np.copyto(out.gates[place, part], fired(chunk))
        for place, (holds, lack) in enumerate(outcome.decisions):
            np.copyto(out.decisions[place, part], holds(chunk))
            if lack is not None:
                lacking = lack(chunk)
                out.undecided[place, part] = False if lacking is None else lacking
        lacking, odd = self.find(chunk)
        if lacking is None:
            return odd
        return lacking if odd is None else lacking | odd

    def _line(self, line: Line, chunk: Chunk, out: Output) -> None:
        """Write the score and the rate of a line, and what becomes of the rows of a sheet."""
        found = self.rollup.found[line.plan.id]
        if found.score is None:
            chunk.scores[line.place] = 0
        else:
            found.score.units(chunk)
        out.keep_score(chunk, line.place, found.score)
        if found.rows is not None:
            found.rows.write(chunk, out.sheets[line.place])
        if out.rates is None:
            return
        rates = out.rate_room(chunk, line.place)
        if found.rate is None:
            rates.fill(0)
        else:
            found.rate(chunk, rates)
            self._unrated(line, chunk, out)
        out.keep_rate(chunk, line.place, rates)

    def _unrated(self, line: Line, chunk: Chunk, out: Output) -> None:
        """Note where a line for information lacks what it is rated by."""
        if line.scored or line.rating is None or not line.rating.effects.lacks:
            return
        lacking = line.rating.effects.find()(chunk)[0]
        if lacking is not None:
            where = np.flatnonzero(lacking) + chunk.start
            out.unrated.mark(line.place, where, self.unrated)


def _assessed(plan: Plan, rollup: Rollup, complete: Decimal | None) -> Portion | None:
    """Return the assessed share where it differs by unit: rows of sheets may not be scored."""
    if isinstance(rollup.lost, Known) or complete is None or not plan.total:
        return None
    if complete != ONE:
        raise UnsupportedError  # its own share and that of rows are rounded together
    whole = Known(plan.total)
    return Portion(combine(rollup.effects, "-", whole, rollup.lost), whole)


def _units(complete: Decimal | None) -> int | None:
    """Return the assessed share in units of the 12th decimal; None where it is all."""
    if complete is None or complete == ONE:
        return None
    return int(snap(complete).scaleb(SNAP, CONTEXT))
