"""Units scored one by one: what every file and every format can be scored with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from perfrules.engine.codegen.intake import is_name
from perfrules.engine.facts.problems import Problems
from perfrules.engine.facts.reserved import read_as_of, read_unit
from perfrules.engine.program import Program
from perfrules.engine.result import Rejected
from perfrules.errors import FactsError
from perfrules.files.entry import Entry
from perfrules.jobs.done import Done, Refusals, encoded
from perfrules.jobs.forms import Form
from perfrules.lang.characters import fold


@dataclass(slots=True)
class RowWork:
    """Scores the entries of a part; travels to a worker process as it is.

    Args:
        program: The ruleset.
        form: What is written for a unit.
        file: The name of the facts file, for reasons without a place.
        rejects: Whether the rejected units are written to a file.
    """

    program: Program
    form: Form
    file: str
    rejects: bool
    _days: dict[object, date | None] = field(default_factory=dict)

    def __call__(self, entries: Sequence[Entry]) -> Done:
        """Return what became of a part."""
        refusals = Refusals(self.file, self.rejects)
        texts = self.texts(entries, refusals)
        frame = self.form.frame
        output = encoded(frame.joint.join(texts))
        return refusals.done(len(texts), output)

    def texts(self, entries: Iterable[Entry], refusals: Refusals) -> list[str]:
        """Return what is written for each unit that is scored."""
        found: list[str] = []
        for entry in entries:
            answer = self.answer(entry)
            if isinstance(answer, Rejected):
                refusals.add(entry, answer)
            else:
                found.append(answer)
        return found

    def answer(self, entry: Entry) -> str | Rejected:
        """Return what is written for a unit, or why it is refused."""
        if entry.facts is None:
            return Rejected(entry.row, entry.unit, entry.problems)
        try:
            # Observers are promised each result, which numbers alone aren't.
            if self.form.numbers and not self.program.observers:
                return self._scores(entry.facts)
            return self.form.of(self.program.score(entry.facts))
        except FactsError as error:
            return Rejected(entry.row, entry.unit, error.diagnostics)

    def _scores(self, facts: Mapping[str, object]) -> str:
        scores = self.program.scores(facts)
        given = facts.get("unit")
        unit = fold(str(given)) if is_name(given) else read_unit(given, Problems())
        return self.form.of_scores(unit, self._day(facts.get("as_of")), scores)

    def _day(self, given: object) -> date | None:
        """Return the date of a unit that was found good."""
        if type(given) is not str and given is not None:
            return read_as_of(self.program.plan, given, self.program.as_of, Problems())
        if given not in self._days:
            when = read_as_of(self.program.plan, given, self.program.as_of, Problems())
            self._days[given] = when
        return self._days[given]
