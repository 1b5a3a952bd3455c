"""A plan as operations on the columns of batches of one shape."""

from collections.abc import Mapping
from datetime import date
from threading import Lock

import numpy as np

from perfrules.engine.answer import State
from perfrules.engine.batch.kernel.called import rating_by
from perfrules.engine.batch.kernel.chunk import Before, Chunk, Run, UnsupportedError, size_of
from perfrules.engine.batch.kernel.derived import derive
from perfrules.engine.batch.kernel.effects import Effects, there
from perfrules.engine.batch.kernel.empties import empty
from perfrules.engine.batch.kernel.expressions import flag_of
from perfrules.engine.batch.kernel.gather import gathered
from perfrules.engine.batch.kernel.leaf import CODE, STATES, Rating, Standing, States, rating_of
from perfrules.engine.batch.kernel.lines import Line, declare, lines_of
from perfrules.engine.batch.kernel.output import WORD, Output
from perfrules.engine.batch.kernel.pattern import Pattern
from perfrules.engine.batch.kernel.row_owners import own_once
from perfrules.engine.batch.kernel.rows import Table
from perfrules.engine.batch.kernel.scope import Scope, column_of, constant
from perfrules.engine.batch.kernel.shape import Shape
from perfrules.engine.batch.kernel.sheet_rows import RowsOut
from perfrules.engine.batch.kernel.values import Constant, Named, every
from perfrules.engine.batch.vectors import Bools, Ints, Sheet, Taken
from perfrules.lang.plan import Plan

FEWEST = 200  # units of a pattern, of all batches so far, that are worth code of their own
_LEAST = 64  # units of a chunk, however many rows they have
_MOST_PATTERNS = 200  # of a program; units of other patterns are scored by themselves
_MOST_SEEN = 10_000
_ONCE = 2**25 - 2**13  # bytes: just under what glibc ever learns from


class Program:
    """What scores batches of one shape.

    Raises:
        UnsupportedError: No unit of this plan can be scored by columns.
    """

    def __init__(
        self, plan: Plan, parameters: Mapping[str, object], as_of: date | None, shape: Shape
    ) -> None:
        self.plan = plan
        self.parameters = parameters
        self.as_of = as_of
        self.shape = shape
        names: dict[str, Named] = {}
        for item in plan.inputs:
            if item.id in shape.columns:
                try:
                    names[item.id] = column_of(item, item.id, shape)
                except UnsupportedError:
                    continue
        for parameter in plan.parameters:
            names[parameter.id] = Named(constant(parameters[parameter.id]))
        if as_of is not None:
            names.setdefault("as_of", Named(Constant(as_of)))
        self.marks = Effects()
        self.making = Lock()
        columns = shape.columns
        tables = {
            item.id: Table(item, columns[item.id])
            for item in plan.inputs
            if item.id in columns and columns[item.id].kind is Sheet
        }
        self.scope = Scope(names, plan.functions, self.marks, tables=tables)
        derive(self.scope, plan, names)
        self.tops = lines_of(plan)
        declare(self.scope, plan, self.tops)
        self.lines = [line for top in self.tops for line in top.walk()]
        own_once(self.lines)
        self._empties()
        self.sheets = {line.place: line.sheet for line in self.lines if line.sheet is not None}
        self.size = size_of(len(self.lines))
        self.standings = {line.place: self._standing(line) for line in self.lines}
        self.base = Pattern(plan, self.scope, self.tops, {})
        self.zeroing = [place for place, gate in enumerate(plan.gates) if gate.effect == "zero"]
        self.find = self.marks.find()
        self.patterns: dict[bytes, Pattern | None] = {}
        self.seen: dict[bytes, int] = {}  # how many units of a pattern had no code yet
        # Memory that is given back is handed out again by glibc, where as much was given back at
        # once before; else each batch asks the system anew, which can take as long as its scores.
        # Nothing is written to it, so that it costs nothing.
        np.empty(_ONCE, np.uint8)

    def _empties(self) -> None:
        """Plan where lines have no row to score; where that is so of all, there is no total."""
        if any(line.sheet is not None for line in self.lines):
            nowhere = empty(self.tops)
            if nowhere is not None:
                self.marks.odd(there(nowhere))

    def _standing(self, line: Line) -> Standing | None:
        """Return what tells a line's state; None where it has none of its own."""
        if line.sheet is not None:
            return None  # its rows have states, which its own form looks at
        effects = Effects()
        when = line.plan.applies_when
        applies: bool | object = True
        if when is not None and line.scored:
            applies = flag_of(self.scope.marking(effects), when)
        if line.is_leaf:
            line.rating = self._rating(line)
            if not line.scored:
                return None
            effects.take(line.rating.effects, None if applies is True else every(applies))  # type: ignore[arg-type]
        elif when is None or not line.scored:
            return None
        return Standing(line.plan, applies, effects, line.rating)  # type: ignore[arg-type]

    def _rating(self, line: Line) -> Rating:
        try:
            return rating_of(self.scope, line.plan, line.points)
        except UnsupportedError:
            return rating_by(
                self.plan, line.plan, line.points, self.parameters, self.as_of, self.shape
            )

    def run(self, taken: Taken, *, rates: bool, bits: int, times: int) -> tuple[Output, int]:
        """Return a batch's results, and how many values were computed again exactly.

        Args:
            taken: The batch.
            rates: Whether rates are wanted.
            bits: How wide scores and rates come out.
            times: How many times as large as they like it best chunks are.
        """
        run = Run(taken)
        size = self._size(run) * times
        out = self._output(run, size, rates=rates, bits=bits)
        away: list[tuple[Ints, States]] = []
        empties: list[tuple[int, Ints]] = []
        redone = 0
        with np.errstate(all="ignore"):  # of units that are refused or absent anything may come
            for start in range(0, taken.size, size):
                chunk = self._chunk(run, out, start, size)
                out.again[chunk.start : chunk.stop] = self._refused(chunk, out, away)
                self._note_empty(chunk, empties)
                redone += chunk.redone
                chunk.clear()
            run.clear()
            where, rows = self._together(away)
            redone += self._by_pattern(taken, out, where, rows)
            if self.zeroing:
                redone += self._zeroed(taken, out, where, rows)
        for line, units in empties:
            out.inform(line, units, self.base)
        return out, redone

    def _note_empty(self, chunk: Chunk, empties: list[tuple[int, Ints]]) -> None:
        """Note the units in which a line has no row to score."""
        for line in self.lines:
            if line.empty is not None:
                units = np.flatnonzero(line.empty(chunk))
                if len(units):
                    empties.append((line.place, units + chunk.start))

    def _output(self, run: Run, chunk: int, *, rates: bool, bits: int) -> Output:
        plan = self.plan
        sheets = {
            place: RowsOut(sheet.table.sheet(run).offsets) for place, sheet in self.sheets.items()
        }
        return Output(
            run.size, len(self.lines), len(plan.gates), len(plan.decisions),
            rates=rates, bits=bits, chunk=chunk, sheets=sheets,
        )  # fmt: skip

    def _size(self, run: Run) -> int:
        """Return how many units make a chunk: those of sheets have as many rows as others units."""
        rows = max((int(sheet.table.sheet(run).offsets[-1]) for sheet in self.sheets.values()),
                   default=0)  # fmt: skip
        return self.size if rows <= run.size else max(_LEAST, self.size * run.size // rows)

    def _chunk(self, run: Run, out: Output, start: int, size: int) -> Chunk:
        stop = min(start + size, run.size)
        return Chunk(run, start, stop, out.room(start, stop))

    def _refused(self, chunk: Chunk, out: Output, away: list[tuple[Ints, States]]) -> Bools:
        """Score a chunk; return the units to be scored again, and note those of other patterns."""
        refused = np.zeros(chunk.size, np.bool_)
        for mask in (*self.find(chunk), self.base.run(chunk, out)):
            if mask is not None:
                refused |= mask
        states: dict[int, States] = {}
        for line in self.tops:
            self._stand(line, chunk, None, states, refused)
        if not states:
            return refused
        rows = np.zeros((len(self.lines), chunk.size), np.int8)
        for place, found in states.items():
            rows[place] = found
        where = np.flatnonzero(rows.any(axis=0) & ~refused & ~chunk.part(chunk.run.odd))
        away.append((where + chunk.start, rows[:, where]))
        return refused

    def _stand(
        self,
        line: Line,
        chunk: Chunk,
        active: Bools | None,
        states: dict[int, States],
        refused: Bools,
    ) -> None:
        """Find the states of a line and of all below it, among the units looked at."""
        if not line.scored:
            if line.is_leaf and line.rating is not None and line.rating.effects.odds:
                odd = line.rating.effects.find()(chunk)[1]
                if odd is not None:
                    refused |= odd
            return
        standing = self.standings[line.place]
        found: States | None = None
        if standing is not None:
            found, odd = standing(chunk, active)
            if odd is not None:
                refused |= odd
        if active is not None:
            below = CODE[State.NOT_APPLICABLE]
            found = np.where(active, 0 if found is None else found, np.int8(below)).astype(np.int8)
        if found is not None:
            states[line.place] = found
            if standing is not None or active is not None:
                active = found == 0
        for child in line.below:
            self._stand(child, chunk, active, states, refused)

    def _together(self, away: list[tuple[Ints, States]]) -> tuple[Ints, States]:
        """Return the units in which not everything is scored, with a row of states each."""
        if not away:
            return np.zeros(0, np.int64), np.zeros((0, len(self.lines)), np.int8)
        where = np.concatenate([part[0] for part in away])
        return where, np.ascontiguousarray(np.concatenate([part[1] for part in away], axis=1).T)

    def _zeroed(self, taken: Taken, out: Output, away: Ints, states: States) -> int:
        """Score the units in which a gate set lines to 0 again, with these lines at 0."""
        fired = out.gates[self.zeroing]
        where = np.flatnonzero(fired.any(axis=0) & ~out.again & ~taken.odd)
        rows = np.zeros((len(where), len(self.lines) + len(fired)), np.int8)
        rows[:, len(self.lines) :] = fired[:, where].T
        _, ours, theirs = np.intersect1d(where, away, assume_unique=True, return_indices=True)
        rows[ours, : len(self.lines)] = states[theirs]
        return self._by_pattern(taken, out, where, rows)

    def _by_pattern(self, taken: Taken, out: Output, where: Ints, rows: States) -> int:
        """Score units whose rows of states, and of gates that fired, are the same together."""
        if not len(where):
            return 0
        keys = rows.view(np.dtype((np.void, rows.shape[1]))).ravel()
        _, first, group = np.unique(keys, return_index=True, return_inverse=True)
        order = np.argsort(group, kind="stable")
        bounds = np.searchsorted(group[order], np.arange(len(first) + 1))
        redone = 0
        for place, at in enumerate(first.tolist()):
            units = where[order[bounds[place] : bounds[place + 1]]]
            pattern = self._pattern(rows[at], len(units))
            if pattern is None:
                out.again[units] = True
            else:
                before = None
                if rows.shape[1] > len(self.lines):
                    before = Before(out.gates[:, units], out.total[units])
                redone += self._scored(Run(gathered(taken, units), before), out, units, pattern)
        return redone

    def _scored(self, run: Run, out: Output, units: Ints, pattern: Pattern) -> int:
        """Score the units of one pattern, and put the results in their places."""
        bits = WORD if out.words is None else 2 * WORD
        redone, size = 0, self._size(run)
        part = self._output(run, size, rates=out.rates is not None, bits=bits)
        for start in range(0, run.size, size):
            chunk = self._chunk(run, part, start, size)
            odd = pattern.run(chunk, part)
            if odd is not None:
                part.again[chunk.start : chunk.stop] = odd
            redone += chunk.redone
            chunk.clear()
        run.clear()
        self._note(out, units, pattern)
        out.unrated.place(units, part.unrated, self.base.unrated)
        out.place(units, part)
        return redone

    def _note(self, out: Output, units: Ints, pattern: Pattern) -> None:
        """Note in which states, and without which scores, the units of a pattern are."""
        base = self.base
        if pattern.outcome.total is None:
            out.untotalled[units] = True
        out.stand(units, pattern.states, base.states)
        out.assess(units, pattern.complete, base.complete)
        out.unscored.put(units, pattern.unscored, base.unscored)
        out.unrated.put(units, pattern.unrated, base.unrated)

    def _pattern(self, states: States, size: int) -> Pattern | None:
        key = states.tobytes()
        with self.making:  # the scope is shared, and another thread may want one
            return self._made(key, states, size)

    def _made(self, key: bytes, states: States, size: int) -> Pattern | None:
        if key in self.patterns:
            return self.patterns[key]
        self.seen[key] = self.seen.get(key, 0) + size
        if self.seen[key] < FEWEST or len(self.patterns) >= _MOST_PATTERNS:
            if len(self.seen) > _MOST_SEEN:
                self.seen.clear()
            return None
        codes = states.tolist()
        given: dict[str, State] = {
            line.plan.id: STATES[code]
            for line, code in zip(self.lines, codes, strict=False)
            if code
        }
        gates = [self.plan.gates[place].id for place in self.zeroing]
        flags = zip(gates, codes[len(self.lines) :], strict=False)
        fired = frozenset(gate for gate, code in flags if code)
        try:
            found: Pattern | None = Pattern(self.plan, self.scope, self.tops, given, fired)
        except UnsupportedError:
            found = None
        self.patterns[key] = found
        return found
