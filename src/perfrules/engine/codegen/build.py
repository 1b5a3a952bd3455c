"""A plan and its parameters → one Python function over admitted values.

The function unpacks the inputs, computes derived values and points, rates every leaf, and where all
are scored adds up, fires the gates, grades and decides. Where a line isn't scored it returns what
it found, for the policies of the reference; where it can't answer at all it gives up.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import localcontext
from types import MappingProxyType
from typing import cast

from perfrules.decimals import ONE
from perfrules.engine.codegen.arithmetic import EXACT
from perfrules.engine.codegen.derived import derive
from perfrules.engine.codegen.leaves import Leaf, LeafSink, asked
from perfrules.engine.codegen.lines import LinePlan, declare, differs, lines_of, total_points
from perfrules.engine.codegen.outcome import Outcome
from perfrules.engine.codegen.rollup import Rollup
from perfrules.engine.codegen.runtime import NAMES
from perfrules.engine.codegen.scope import Named, Scope, admitted, taken
from perfrules.engine.codegen.scores import Scores
from perfrules.engine.codegen.sheets import Tables, rate_rows
from perfrules.engine.codegen.source import Source, UnsupportedError
from perfrules.engine.codegen.steps import Steps, is_free, steps_of
from perfrules.engine.codegen.values import Value, constant
from perfrules.engine.unit import Unit
from perfrules.lang.plan import Plan
from perfrules.lang.types import MISSING

# What a unit's function returns where a line isn't scored: by line its state, share, points and
# weight; by sheet its keys, points, flags, states and shares by row.
Found = tuple[Sequence[tuple[object, ...]], Sequence[tuple[object, ...]]]
INPUTS = "INPUTS"  # stands for the inputs' values until all is written
Function = Callable[[Sequence[object], object, Mapping[str, str], "Unit | None"], "Scores | Found"]


@dataclass(frozen=True, slots=True)
class Made:
    """A generated function, its source and literals; `asks`: it may ask the reference's unit."""

    function: Function
    source: str
    literals: tuple[object, ...]
    asks: bool
    steps: Steps
    free: bool  # no facts can make the reference run out of steps
    watches: bool  # findings or reported values could refuse a unit


def make(plan: Plan, parameters: Mapping[str, object]) -> Made | None:
    """Return the function of a plan on a day's parameters; None where it has no code form."""
    try:
        with localcontext(EXACT):
            body = Body(plan, parameters)
            return _compiled(body.write(), steps_of(plan), watches=body.watches)
    except (UnsupportedError, SyntaxError, RecursionError, MemoryError):
        return None


def _compiled(source: Source, steps: Steps, *, watches: bool) -> Made:
    text = f"def score(V, A, E, U):\n{source.text()}\n"
    literals = {f"k{place}": value for place, value in enumerate(source.literals)}
    names: dict[str, object] = {"__builtins__": MappingProxyType({}), **NAMES, **literals}
    exec(compile(text, "<perfrules>", "exec"), names)  # noqa: S102 - our own text, nothing of an author's
    function = cast("Function", names["score"])
    return Made(
        function, text, tuple(source.literals), "(U, " in text, steps, is_free(steps), watches
    )


class Body:
    """The body of a unit's function in the making."""

    def __init__(
        self, plan: Plan, parameters: Mapping[str, object], source: Source | None = None
    ) -> None:
        self.plan = plan
        self.unpacked = source is not None  # whether the inputs' locals are set already
        self.source = source or Source()
        self.tops = lines_of(plan)
        self.lines = {line.plan.id: line for top in self.tops for line in top.walk()}
        self.tables = Tables()
        self.watches = True  # whether findings or reported values could refuse the unit
        names: dict[str, Named] = {}
        for place, item in enumerate(plan.inputs):
            named = taken if self.unpacked else admitted
            names[item.id] = named(item, f"i{place}")
        for parameter in plan.parameters:
            value = parameters[parameter.id]
            names[parameter.id] = Named(constant(self.source, value))
        names.setdefault("as_of", Named(Value("A"), lacks=True))
        columns = {item.id: {part.id: part for part in item.columns} for item in plan.inputs}
        self.scope = Scope(self.source, names, columns, plan.functions)

    def write(self) -> Source:
        """Add everything."""
        source, plan = self.source, self.plan
        if plan.inputs and not self.unpacked:
            source.line(f"{''.join(f'i{place}, ' for place in range(len(plan.inputs)))}= V")
        derive(self.scope, plan, cast("dict[str, Named]", self.scope.names))
        declare(self.scope, self.tops, self.tables.expand)
        if plan.total is not None and plan.aggregate == "sum" and self.tops:
            differs(source, total_points(source, self.tops), constant(source, plan.total))
        rollup = Rollup(source, plan, self.tops)
        straight = True
        mark = source.mark()
        try:
            rollup.prepare()
        except UnsupportedError:
            source.back(mark)
            straight = False
        source.line("odd = False")
        for line in self.tops:
            self._rate(line)
        for sheet in self.tables.sheets:
            if sheet.scored:
                source.line(f"if True not in {sheet.counted}: odd = True")
        if straight:
            mark = source.mark()
            try:
                with source.block("if not odd"):
                    self._conclude(rollup)
            except UnsupportedError:
                source.back(mark)
                self.watches = True
        source.line(f"return {self._found()}")
        return source

    def _rate(self, line: LinePlan) -> None:
        """Add the statements that rate a line and all below."""
        source = self.source
        if line.is_sheet:
            rate_rows(self.scope, line)
            return
        if line.is_leaf:
            self._leaf(line)
            return
        when = line.plan.applies_when
        if when is None or not line.scored:
            for child in line.below:
                self._rate(child)
            return
        line.odd = True
        source.line(f"{line.state} = SCORED")
        self._branch(line)

    def _branch(self, line: LinePlan) -> None:
        """Add a branch that may not apply: what is below is then not looked at."""
        source, plan = self.source, line.plan
        assert plan.applies_when is not None  # noqa: S101 - the caller looked
        missing = {"zero": "MISSING", "not_applicable": "NOT_APPLICABLE"}.get(plan.missing)
        name = source.local()
        with source.aside() as lines:
            before = source.lacks
            source.line(f"{name} = {asked(self.scope, plan.applies_when).code}")
            lacking = source.lacks > before
        if missing is None or not lacking:
            source.add(lines)
        else:
            source.lacks = before
            with source.block("try"):
                source.add(lines, 1)
            with source.block("except Lack"):
                source.line(f"{name} = None")
        with source.block(f"if {name}"):
            for below in line.walk():
                if below is not line and not below.is_sheet and below.scored:
                    below.odd = True
                    source.line(f"{below.state} = SCORED")
            for child in line.below:
                self._rate(child)
        with source.block("else"):
            state = "NOT_APPLICABLE"
            if missing is not None and lacking:
                state = f"{missing} if {name} is None else NOT_APPLICABLE"
            source.line(f"{line.state} = {state}")
            source.line("odd = True")
            for below in line.walk():
                self._not_rated(below, top=below is line)

    def _not_rated(self, line: LinePlan, *, top: bool) -> None:
        source = self.source
        if line.is_sheet:
            for name in (line.share, line.row_scores, line.row_states):
                source.line(f"{name} = [None] * len({line.keys})")
        elif line.is_leaf:
            source.line(f"{line.share} = {line.score} = None")
        if not top and not line.is_sheet and line.scored:
            source.line(f"{line.state} = NOT_APPLICABLE")

    def _leaf(self, line: LinePlan) -> None:
        source = self.source
        effective = None
        if line.scored and line.points is not None:
            effective = line.effective or line.points
        sink = LeafSink(
            source, line.share, line.score, line.state, effective, line.rounding, not line.scored
        )
        leaf = Leaf(line.plan, sink, self.scope, line.points, source.slot(line.plan.id))
        if not line.scored:
            leaf.inform()
            return
        leaf.write()
        line.odd = line.odd or sink.odd

    def _conclude(self, rollup: Rollup) -> None:
        """Add what follows where everything is scored, up to the return of the scores."""
        source, plan = self.source, self.plan
        outcome = Outcome(source, plan, rollup, self.scope, self.lines)
        rollup.score(self.tops)
        rollup.assessed()
        outcome.asked_rates()
        before = outcome.total()
        zeroing = outcome.fire(before)
        if zeroing is not None:
            source.line(f"if {zeroing}: return {self._found()}")
        total = None if before is None else outcome.cap(before)
        grade = None if total is None else outcome.grade(total)
        scope = outcome.final(total, grade)
        outcome.decide(scope)
        self.watches = outcome.watch(scope)
        whole = "None" if plan.total is None else source.slot(plan.total)
        complete = rollup.complete.code if rollup.complete else "None"
        source.line("fired = ()")
        for gate in plan.gates:
            source.line(f"if {outcome.gates[gate.id]}: fired += ({source.slot(gate.id)},)")
        parts = [
            total.code if total else "None",
            whole,
            grade or "None",
            complete,
            *self._shown(rollup),
        ]
        ids, scores, states, shares = parts[4:]
        source.line(
            f"return new(Scores, ({', '.join(parts[:4])}, {ids}, {scores}, {states}, "
            f"fired, h, u, {shares}))"
        )

    def _shown(self, rollup: Rollup) -> list[str]:
        """Return the codes of ids, scores, states and shares of all lines."""
        lines = list(self.lines.values())
        if not self.tables.sheets:
            ids = self.source.slot(tuple(line.plan.id for line in lines))
            states = self.source.slot(tuple(_state(line) for line in lines))
            scores = "".join(f"{_score(line)}, " for line in lines)
            shares = "".join(f"{self._share(rollup, line)}, " for line in lines)
            return [ids, f"({scores})", states, f"({shares})"]
        self._shown_rows()
        found: list[list[str]] = [[], [], [], []]
        for line in lines:
            one = (
                self.source.slot(line.plan.id), _score(line), _initial(line),
                self._share(rollup, line),
            )  # fmt: skip
            for part, code in zip(found, one, strict=True):
                part.append(code)
            if line.is_sheet:
                shown = f"y{line.place}"
                slot = self.source.slot(line.plan.id)
                rows = (
                    f"*row_ids({slot}, {line.keys}, {shown})",
                    *(f"*picked({name}, {shown})" for name in (
                        line.row_scores, line.row_states, line.share)),
                )  # fmt: skip
                for part, code in zip(found, rows, strict=True):
                    part.append(code)
        return [f"({', '.join(part)},)" for part in found]

    def _shown_rows(self) -> None:
        """Add which rows each sheet shows: one that isn't scored is shown once by its table."""
        source = self.source
        for sheets in self.tables.sharing.values():
            names = "".join(f"y{sheet.place}, " for sheet in sheets)
            counted = "".join(f"{sheet.counted}, " for sheet in sheets)
            source.line(f"{names}= shown_rows(({counted}))")
        for sheet in self.tables.sheets:
            if not sheet.scored:
                source.line(f"y{sheet.place} = every({sheet.keys})")

    def _share(self, rollup: Rollup, line: LinePlan) -> str:
        """Return the code of a line's share of its points."""
        if line.is_leaf:
            if line.scored and line.points is None and line.plan.rounding is not None:
                return rollup.rate(line).code
            return line.share
        if not line.scored:
            return "None"
        if not line.sums:
            return rollup.rate(line).code
        base = rollup.base(line)
        score = rollup.scores[line.plan.id].code
        if base.number is not None:
            return f"({score}, {base.code})" if base.number else self.source.slot(ONE)
        return f"(({score}, {base.code}) if {base.code} else I)"

    def _found(self) -> str:
        """Return the code of what was found, for the policies of the reference."""
        lines = "".join(
            f"({_found_state(line)}, {line.share if line.is_leaf else 'None'}"
            f", {_code(line.points)}, {_code(line.weight)}), "
            for line in self.lines.values()
        )
        sheets = "".join(
            f"({sheet.keys}, {sheet.row_points}, {sheet.counted}, "
            f"{sheet.row_states}, {sheet.share}, i{self._table(sheet)}), "
            for sheet in self.tables.sheets
        )
        found = f"(({lines}), ({sheets}))"
        return f"(({INPUTS}), {found})" if self.unpacked else found

    def _table(self, sheet: LinePlan) -> int:
        each = sheet.plan.for_each
        assert each is not None  # noqa: S101 - it is a sheet
        return [item.id for item in self.plan.inputs].index(each.table)


def _code(value: Value | None) -> str:
    return "None" if value is None else value.code


def _found_state(line: LinePlan) -> str:
    if line.is_sheet:
        return "None"
    return line.state if line.odd else _initial(line)


def _initial(line: LinePlan) -> str:
    return "SCORED" if line.scored else "INFORMATIONAL"


def _state(line: LinePlan) -> object:
    return NAMES[_initial(line)]


def _score(line: LinePlan) -> str:
    return line.score if line.scored and line.points is not None else "None"


__all__ = ["INPUTS", "MISSING", "Body", "Found", "Made", "make"]
