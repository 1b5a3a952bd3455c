"""Units scored one by one into columns: for files that have none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from perfrules.engine.batch.exact import Refused, UnitScored, scored_alone
from perfrules.engine.batch.output import Alone, Output
from perfrules.engine.batch.schema import Shape, shape_of
from perfrules.engine.batch.wide import TooWideError
from perfrules.engine.codegen.scores import Scores
from perfrules.engine.facts.problems import Problems
from perfrules.engine.facts.reserved import read_as_of, read_unit
from perfrules.engine.program import Program
from perfrules.engine.result import Rejected
from perfrules.files.entry import Entry
from perfrules.jobs.columns import TOO_LONG, serialised
from perfrules.jobs.done import Done, Refusals


@dataclass(frozen=True, slots=True)
class UnitWork:
    """Scores the entries of a part; travels to a worker process as it is.

    Args:
        program: The ruleset.
        file: The name of the facts file, for reasons without a place.
        rejects: Whether the rejected units are written to a file.
    """

    program: Program
    file: str
    rejects: bool

    def __call__(self, entries: Sequence[Entry]) -> Done:
        """Return what became of a part."""
        shape = shape_of(self.program.plan, rates=True)
        sheets = frozenset(line.id for line in shape.lines if line.has_rows)
        good = iter(
            scored_alone(
                (entry.facts for entry in entries if entry.facts is not None),
                self._score,
                sheets=sheets,
                rates=True,
            )
        )
        found = [entry.problems if entry.facts is None else next(good) for entry in entries]
        columns = self._columns(shape, found)
        refusals = Refusals(self.file, self.rejects)
        for entry, answer in zip(entries, found, strict=True):
            if isinstance(answer, tuple):
                refusals.add(entry, Rejected(entry.row, entry.unit, answer))
        batch = pa.RecordBatch.from_arrays(
            [
                pa.array([entry.row for entry in entries], pa.int64()),
                pa.array([self._unit(entry) for entry in entries], pa.string()),
                pa.array(list(map(self._day, entries)), pa.date32()),
                *columns,
            ],
            schema=shape.schema,
        )
        return refusals.done(len(entries) - refusals.count, serialised(batch))

    def _columns(self, shape: Shape, found: list[UnitScored | Refused]) -> list[pa.Array]:
        """Return the columns from `total` on; a unit whose numbers have no room is refused."""
        places = pa.array(range(len(found)), pa.int64()).to_numpy()
        whole = self.program.plan.total
        try:
            made = Output(shape, whole, len(found), None, Alone(places, found))
            return made.columns(rates=True)
        except TooWideError as error:
            for place in error.places:
                found[place] = (TOO_LONG,)
            return self._columns(shape, found)

    def _score(self, facts: Mapping[str, object]) -> Scores:
        if self.program.observers:  # they are promised each result
            self.program.score(facts)
        return self.program.scores(facts)

    def _unit(self, entry: Entry) -> str | None:
        given = None if entry.facts is None else entry.facts.get("unit")
        if given is None:
            return entry.unit
        problems = Problems()
        name = read_unit(given, problems)
        return entry.unit if problems.found else name  # a dash names nothing

    def _day(self, entry: Entry) -> date | None:
        if entry.facts is None:
            return None
        problems = Problems()
        given = entry.facts.get("as_of")
        found = read_as_of(self.program.plan, given, self.program.as_of, problems)
        return None if problems.found else found
