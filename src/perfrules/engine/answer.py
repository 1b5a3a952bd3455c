"""What a result is made of: frozen data, numbers as decimals, texts bilingual; nothing decides."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from perfrules.decimals import CONTEXT
from perfrules.engine.later import Later
from perfrules.errors import Diagnostic, Text

FORMAT = 1


class State(Enum):
    """The closed list of a line's states."""

    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    WAIVED = "waived"
    UNVERIFIED = "unverified"
    INFORMATIONAL = "informational"


@dataclass(frozen=True, slots=True)
class Line(Later):
    """One indicator: a branch, a leaf, or a target-sheet row's leaf.

    `points` are the declared points, `effective` what they are after not-applicable policies;
    `score` is rounded to `digits`; `rate` is the method's rate to 12 decimals, a sum's is score ÷
    points. Points, effective and score are None for a node that only has a weight. `lost` is
    effective points - score.
    """

    id: str
    path: tuple[str, ...]
    title: Text
    points: Decimal | None
    effective: Decimal | None
    weight: Decimal | None
    rate: Decimal | None
    score: Decimal | None
    state: State
    because: Text
    digits: int
    method: str | None = None  # None: a branch
    category: str | None = None
    core: bool = False
    basis: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    children: tuple["Line", ...] = ()

    @property
    def lost(self) -> Decimal:
        """The points this line cost; 0 where none could be had."""
        if self.score is None or self.effective is None:
            return Decimal(0)
        return CONTEXT.subtract(self.effective, self.score)


@dataclass(frozen=True, slots=True)
class GateLine(Later):
    """A gate: whether it fired, and what it did."""

    id: str
    title: Text
    fired: bool
    effect: str  # cap_total, cap_grade, grade, zero, flag
    value: str
    reason: Text
    because: Text
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AdjustmentLine:
    """What changed a score.

    `kind` is bonus (or penalty), limit (to 0..total), manual (by hand) or rescaled (top indicators
    were left out, the others decide the rate).
    """

    id: str
    kind: str
    before: Decimal | None
    score: Decimal
    title: Text
    reason: Text


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A problem and a suggestion."""

    indicator: str
    problem: Text
    suggestion: Text
    lost: Decimal


@dataclass(frozen=True, slots=True)
class DecisionLine(Later):
    """What should follow."""

    id: str
    code: str
    title: Text
    because: Text
    amount: str | None = None
    due: date | None = None
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Core:
    """The common block (共性指标): what its topmost `core` lines can earn and earned.

    None where none of them was assessed.
    """

    points: Decimal | None
    score: Decimal | None
    rate: Decimal | None
    digits: int


@dataclass(frozen=True, slots=True)
class Answer(Later):
    """The scored unit. `total`, `rate`, `grade` are None where nothing could be assessed.

    `Result` is an answer that renders itself: renderers need the data, and only the data.
    """

    ruleset: str
    version: str
    digest: str
    title: Text
    engine: str
    as_of: date | None
    unit: str | None
    facts_digest: str
    total: Decimal | None
    rate: Decimal | None
    grade: str | None
    complete: Decimal | None
    digits: int  # of the total
    points: Decimal | None  # the ruleset's total
    defaulted: tuple[str, ...]
    notes: tuple[Text, ...]  # how inputs were normalised on the way in
    adjustments: tuple[AdjustmentLine, ...]
    warnings: tuple[Diagnostic, ...]
    indicators: tuple[Line, ...]  # the top level; children below
    gates: tuple[GateLine, ...]
    findings: tuple[FindingLine, ...]
    decisions: tuple[DecisionLine, ...]
    report: Mapping[str, object] = field(default_factory=dict)  # money in 元, None: missing
    reported: Mapping[str, Text] = field(default_factory=dict)  # the same as people write it
    undecided: tuple[str, ...] = ()  # decisions that lack a value; a warning says which

    def lines(self) -> tuple[Line, ...]:
        """Return every line, parents before children, in document order."""
        found: list[Line] = []
        _add(self.indicators, found)
        return tuple(found)

    @property
    def core(self) -> Core | None:
        """The sub-score of the common block; None where the ruleset has none."""
        found = _topmost(self.indicators)
        if not found:
            return None
        counted = [
            (line.effective, line.score)
            for line in found
            if line.effective is not None and line.score is not None
        ]
        if not counted:
            return Core(None, None, None, self.digits)
        points, score = Decimal(0), Decimal(0)
        for effective, earned in counted:
            points, score = CONTEXT.add(points, effective), CONTEXT.add(score, earned)
        digits = max(line.digits for line in found)
        return Core(points, score, CONTEXT.divide(score, points) if points else None, digits)

    def line(self, name: str) -> Line:
        """Return the line of an indicator id; KeyError where there is none."""
        for line in self.lines():
            if line.id == name:
                return line
        raise KeyError(name)

    def reasons(self) -> tuple[Line, ...]:
        """Return the leaves that cost points, the costliest first, ties in document order."""
        leaves = [line for line in self.lines() if not line.children and line.lost > 0]
        return tuple(sorted(leaves, key=lambda line: line.lost.copy_negate()))


def _add(lines: tuple[Line, ...], found: list[Line]) -> None:
    """Add lines, each with what is below it; the depth is the document's."""
    for line in lines:
        found.append(line)
        if line.children:
            _add(line.children, found)


def _topmost(lines: tuple[Line, ...]) -> list[Line]:
    """Return the core lines that have no core line above them; the depth is the document's."""
    found: list[Line] = []
    for line in lines:
        found += [line] if line.core else _topmost(line.children)
    return found
