"""What came of cases: passed, failed, couldn't be tried, skipped."""

from dataclasses import dataclass, field
from enum import Enum

from perfrules.engine.result import Result
from perfrules.errors import Diagnostic, Span, Text

_NONE = Text()


class Outcome(Enum):
    """What came of a case: an error is one that couldn't be tried, not one that failed."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    ERROR = "error"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Inside:
    """A part of the rule behind a difference: its text, its value, where it is written."""

    text: str
    value: Text
    span: Span | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What a case wants and what came: `what` is its key, as in `scores.execution`."""

    what: str
    want: str
    got: str
    because: Text = _NONE
    inside: tuple[Inside, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """One case: where it stands, what came of it and why."""

    file: str
    name: str
    outcome: Outcome
    span: Span | None = None
    differences: tuple[Difference, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    result: Result | None = None
    source: Text = _NONE


@dataclass(frozen=True, slots=True)
class CaseReport:
    """All cases of a run, in the order of the files and of the cases in them."""

    cases: tuple[CaseOutcome, ...] = ()
    searched: tuple[str, ...] = field(default=())

    def count(self, outcome: Outcome) -> int:
        """Return how many cases ended so."""
        return sum(case.outcome is outcome for case in self.cases)

    @property
    def ok(self) -> bool:
        """Whether at least one case passed and none failed or couldn't be tried."""
        bad = self.count(Outcome.FAIL) + self.count(Outcome.ERROR)
        return bad == 0 and self.count(Outcome.PASS) > 0
