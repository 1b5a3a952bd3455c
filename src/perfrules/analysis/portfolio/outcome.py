"""What comes of a portfolio: a row a unit, the report of the file, who was left out and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from perfrules.engine.result import DecisionLine, Rejected
from perfrules.errors import Diagnostic, Text
from perfrules.lang.types import Type


@dataclass(frozen=True, slots=True)
class Row:
    """One unit: the value of each column (None: missing) and what follows."""

    unit: str
    values: Mapping[str, object]
    shown: Mapping[str, Text]
    decisions: tuple[DecisionLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Counted:
    """A source: whose results were read, and how many of them."""

    name: str
    ruleset: str
    version: str
    digest: str
    count: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Rows in the order of the file, and the report; the same input gives the same bytes.

    `relative` names the columns that depend on which units are in the file. `report` holds a value,
    or one for each group of a fold with `by`; None where there is none.
    """

    portfolio: str
    version: str
    digest: str
    title: Text
    engine: str
    as_of: date | None
    sources: tuple[Counted, ...]
    inputs: Mapping[str, Text]
    types: Mapping[str, Type]  # of the columns, as written
    titles: Mapping[str, Text]
    relative: tuple[str, ...]
    rows: tuple[Row, ...]
    report: Mapping[str, object]
    reported: Mapping[str, Text]
    warnings: tuple[Diagnostic, ...] = ()
    rejected: tuple[tuple[str, Rejected], ...] = ()  # with the source each was given for

    def row(self, unit: str) -> Row:
        """Return a unit's row; KeyError where there is none."""
        for row in self.rows:
            if row.unit == unit:
                return row
        raise KeyError(unit)
