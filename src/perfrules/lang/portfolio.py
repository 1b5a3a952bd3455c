"""A checked portfolio: rules over the results of many units, columns in evaluation order.

Only `lang.check.portfolio` builds one. What a unit scored is never changed by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from perfrules.errors import Diagnostic, Path, Text
from perfrules.lang.plan import Basis, Decision, Derived, InputPlan, ParameterPlan, Places
from perfrules.lang.tree import Expr
from perfrules.lang.types import Type

Form: TypeAlias = Literal[
    "rank", "percentile", "min_max", "z_score", "allocate", "count", "sum", "mean", "any", "all"
]


@dataclass(frozen=True, slots=True)
class Source:
    """Results of one ruleset: what may be read of each, and the digest they must carry.

    `columns` are the paths after the source's name (`total`, `score.execution`, `fact.budget`),
    `inputs` what facts of its units may hold, `facts` those that the portfolio really reads.
    """

    id: str
    of: str
    ruleset: str
    version: str
    digest: str
    title: Text
    joined: bool
    total: Decimal | None  # the ruleset's
    columns: Mapping[str, Type]
    facts: tuple[InputPlan, ...]
    inputs: tuple[InputPlan, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """A value among others: over the rows where `where` holds, within groups by `by`."""

    form: Form
    expr: Expr | None  # None: count
    where: Expr | None = None
    by: tuple[Expr, ...] = ()
    descending: bool = True
    weight: Expr | None = None  # of an allocation
    digits: int = 2


@dataclass(frozen=True, slots=True)
class Column:
    """A value of each row: an expression, a choosing table or a fold."""

    id: str
    type: Type
    title: Text
    rule: Derived | Fold
    path: Path


@dataclass(frozen=True, slots=True)
class Reported:
    """A value of the whole file; a fold with `by` gives one for each group."""

    id: str
    type: Type
    rule: Expr | Fold
    path: Path


_NO_TEXT = Text()


@dataclass(frozen=True, slots=True)
class PortfolioPlan:
    """A checked portfolio. The first source gives the rows, joined ones add to them.

    `relative` are the columns that depend on which units are in the file, as written.
    """

    id: str
    version: str
    title: Text
    digest: str
    text: str
    places: Places
    sources: tuple[Source, ...]
    inputs: tuple[InputPlan, ...]
    parameters: tuple[ParameterPlan, ...]
    columns: tuple[Column, ...]  # in evaluation order
    order: tuple[str, ...]  # of the columns as written
    relative: tuple[str, ...]
    match: Literal["all", "first"]
    decisions: tuple[Decision, ...]
    report: tuple[Reported, ...]
    effective_from: date | None = None
    effective_until: date | None = None  # exclusive
    needs_as_of: bool = False
    basis: tuple[Basis, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()
    note: Text = field(default=_NO_TEXT)

    @property
    def rows(self) -> Source:
        """The source whose results are the rows."""
        return self.sources[0]
