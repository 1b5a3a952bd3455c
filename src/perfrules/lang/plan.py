"""A checked ruleset in evaluation order: holding a `Plan` means the author is to blame for nothing.

Only `lang.check` builds one. Everything is frozen; all expressions are typed; ids are unique;
points add up where they are constant.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from perfrules.decimals import RoundingMode
from perfrules.errors import Diagnostic, Path, Span, Text
from perfrules.lang.document import Document
from perfrules.lang.frame import Fault
from perfrules.lang.functions import FUNCTIONS, Function
from perfrules.lang.methods.base import MethodPlan
from perfrules.lang.tree import Expr
from perfrules.lang.types import Type
from perfrules.messages import diagnose

Policy: TypeAlias = Literal["full", "zero", "exclude", "redistribute", "redistribute_equally", "to"]
Aggregation: TypeAlias = Literal["sum", "weighted_mean", "geometric_mean", "minimum"]


_NO_TEXT = Text()


@dataclass(frozen=True, slots=True)
class Basis:
    """Where a rule comes from, and how sure that is."""

    document: str
    clause: str | None
    evidence: Literal["official", "published", "background", "proposed"]
    note: Text = _NO_TEXT


@dataclass(frozen=True, slots=True)
class Rounding:
    """How many digits a score is rounded to, and how."""

    digits: int
    mode: RoundingMode


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier stage's result: of which ruleset, by which rules, and what is read of it."""

    ruleset: str
    version: str
    digest: str
    field: str


@dataclass(frozen=True, slots=True)
class InputPlan:
    """One input, or one column of a table: how its values are admitted.

    `type.kind` says the kind; numbers `min`, `max` and `default` are in the kind's base unit (money
    in 元, percent as fraction). `required`: its absence refuses the unit when facts are admitted,
    unless nothing but leaves reads it (`only_for`) and all of them are waived.
    """

    id: str
    type: Type
    title: Text
    min: Decimal | date | None = None
    max: Decimal | date | None = None
    default: object | None = None
    column: str | None = None  # the spreadsheet heading
    required: bool = True
    whole: bool = False  # a count: a whole number, 0 or more
    bare: Literal["percent", "fraction"] | None = None
    pattern: str | None = None
    columns: tuple["InputPlan", ...] = ()  # of a table
    min_rows: int | None = None
    max_rows: int | None = None
    levels: tuple[str, ...] = ()  # of a survey, best first
    groups: tuple[str, ...] = ()  # of a survey or panel, where declared
    items: tuple[str, ...] = ()  # of a panel, where declared
    only_for: tuple[frozenset[str], ...] = ()  # a leaf and what it lies in; a waived one needs none
    earlier: Earlier | None = None  # the value may come as a whole result


@dataclass(frozen=True, slots=True)
class ParameterPlan:
    """A parameter's values by date, ascending; an undated one has the single date `date.min`.

    A map's value is a mapping by key (Decimal or str), nested `type.depth` deep.
    """

    id: str
    type: Type
    title: Text
    values: tuple[tuple[date, object], ...]
    dated: bool
    basis: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a `choose` table: a condition (None in the last `else`) and what it gives."""

    when: Expr | None
    then: Expr | str  # a label where the table has `of`


@dataclass(frozen=True, slots=True)
class Derived:
    """A derived value: an expression, or a `choose` table."""

    id: str
    type: Type
    expr: Expr | None
    choose: Literal["first", "unique"] = "first"
    rows: tuple[Row, ...] = ()
    path: Path = ()


@dataclass(frozen=True, slots=True)
class Applicability:
    """What happens to a node's points in each state in which it isn't scored."""

    policy: Policy = "exclude"
    to: str | None = None


_EXCLUDED = Applicability()
_ZERO = Applicability("zero")


@dataclass(frozen=True, slots=True)
class ForEach:
    """One leaf per row of a table."""

    row: str
    table: str
    where: Expr | None
    key: Expr
    points: Expr | None  # points_of
    split: tuple[Expr, int] | None  # points to split, digits


@dataclass(frozen=True, slots=True)
class FindingPlan:
    """A problem and a suggestion, produced when an indicator fell short."""

    when: Expr
    problem: Text
    suggestion: Text


@dataclass(frozen=True, slots=True)
class Indicator:
    """A node: a leaf has a method, a branch has children; a `for_each` node has rows as leaves."""

    id: str
    path: Path  # in the document
    title: Text
    points: Expr | None
    weight: Expr | None
    method: MethodPlan | None
    children: tuple["Indicator", ...] = ()
    for_each: ForEach | None = None
    aggregate: Aggregation = "sum"
    rounding: Rounding | None = None  # this node's own
    applies_when: Expr | None = None
    not_applicable: Applicability = _EXCLUDED
    missing: Literal["error", "zero", "not_applicable"] = "error"
    unverified: Applicability = _ZERO
    waived: Applicability = _EXCLUDED
    scored: bool = True
    category: str | None = None
    core: bool = False
    definition: Text = _NO_TEXT
    evidence: Text = _NO_TEXT
    findings: tuple[FindingPlan, ...] = ()
    basis: tuple[Basis, ...] = ()
    points_by: Mapping[str, str] = field(default_factory=dict)
    use: str | None = None  # the indicator of a library that it is: `education.coverage@2.0`
    formula: Expr | None = None  # what is measured, where the author says so
    nature: str | None = None
    direction: str | None = None
    unit: str | None = None

    @property
    def is_leaf(self) -> bool:
        """Whether a method rates it (row by row, for a `for_each` node)."""
        return self.method is not None


Effect: TypeAlias = Literal["cap_total", "cap_grade", "grade", "zero", "flag"]


@dataclass(frozen=True, slots=True)
class Gate:
    """A condition outside the sum."""

    id: str
    when: Expr
    effect: Effect
    value: Expr | str | Text  # cap_total: expression; cap_grade, grade, zero: a name; flag: a text
    title: Text
    reason: Text
    basis: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class Grade:
    """A label earned at `at_least` or more; None: given only by a gate, without an order."""

    name: str
    at_least: Decimal | None
    title: Text = _NO_TEXT


@dataclass(frozen=True, slots=True)
class Decision:
    """What should follow."""

    id: str
    when: Expr | None
    code: str
    title: Text
    amount: Expr | None = None
    due: Expr | None = None
    basis: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Points added after the sum, within a range, outside `points`."""

    id: str
    title: Text
    low: Decimal
    high: Decimal
    score: Expr
    basis: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class Places:
    """Where things stand in the source: for faults at evaluation, years after the load."""

    file: str
    spans: Mapping[Path, Span]
    document: Document | None = None

    def diagnose(self, fault: Fault) -> Diagnostic:
        """Return the diagnostic of a fault at evaluation, at its place in the ruleset."""
        where = fault.where or ()
        if self.document is None:
            return diagnose(fault.code, self.at(where), path=where, **fault.args_by_name)
        return self.document.diagnose(
            fault.code, where, start=fault.start, end=fault.end, **fault.args_by_name
        )

    def at(self, path: Path) -> Span | None:
        """Return the span of the nearest enclosing path that has one."""
        for size in range(len(path), -1, -1):
            if path[:size] in self.spans:
                return self.spans[path[:size]]
        return None


@dataclass(frozen=True, slots=True)
class Plan:
    """A checked ruleset."""

    id: str
    version: str
    title: Text
    digest: str  # sha256 of the meaning
    text: str  # the source, so that a Program can travel
    places: Places
    total: Decimal | None
    rounding: Rounding  # of leaves
    total_rounding: Rounding
    aggregate: Aggregation
    inputs: tuple[InputPlan, ...]
    parameters: tuple[ParameterPlan, ...]
    derived: tuple[Derived, ...]  # in evaluation order
    indicators: tuple[Indicator, ...]
    adjustments: tuple[Adjustment, ...]
    gates: tuple[Gate, ...]
    grades: tuple[Grade, ...]
    match: Literal["all", "first"]
    decisions: tuple[Decision, ...]
    report: tuple[tuple[str, Expr], ...]
    effective_from: date | None = None
    effective_until: date | None = None  # exclusive
    needs_as_of: bool = False
    basis: tuple[Basis, ...] = ()
    points_by: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[Diagnostic, ...] = ()
    added: tuple[Function, ...] = ()  # functions of plugins that it calls
    plugins: tuple[str, ...] = ()  # name and version of those it needs

    @property
    def functions(self) -> Mapping[str, Function]:
        """The table that its expressions were checked with, as far as they use it."""
        if not self.added:
            return FUNCTIONS
        return {**FUNCTIONS, **{item.name: item for item in self.added}}
