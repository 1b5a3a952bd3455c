"""What an expression and a scoring method see while a unit is evaluated, and how they fail."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from perfrules.errors import Path, Text
from perfrules.lang.tree import Expr, RefKind


@dataclass(slots=True)
class Budget:
    """The steps one unit may take: cost is counted, not timed."""

    left: int = 5_000_000

    def spend(self, steps: int = 1) -> None:
        """Take *steps*; raise `Fault` PRF509 when none are left."""
        self.left -= steps
        if self.left < 0:
            raise Fault("PRF509")


class Fault(Exception):  # noqa: N818 - not an error of the public API: the engine turns it into one
    """A value that can't be computed for this unit: a code, its arguments, and where.

    `start` and `end` are places in the expression's text; `where` is the document path of the
    expression or method key. The engine adds file, line, column, rule and unit.
    """

    def __init__(
        self,
        code: str,
        *,
        where: Path | None = None,
        start: int | None = None,
        end: int | None = None,
        **args: object,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.where = where
        self.start = start
        self.end = end
        self.args_by_name: dict[str, Any] = args


class MissingFault(Fault):
    """The value of `name` is needed and not there (PRF502)."""

    def __init__(self, name: str, *, start: int | None = None, end: int | None = None) -> None:
        super().__init__("PRF502", start=start, end=end, name=name)
        self.name = name


class Frame(Protocol):
    """Where names get their values; implemented by the engine.

    Values: Decimal (money in 元, percent as fraction), bool, str, date, frozenset[str] for a set of
    choices, `cells.TargetCell`, tuple of row mappings for a table, mapping for a map parameter,
    `MISSING` where there is none.
    """

    budget: Budget

    def name(self, name: str) -> object:
        """Return the value of an input, parameter, derived value or reserved name."""

    def ref(self, kind: RefKind, name: str) -> object:
        """Return rate, score, points or state of an indicator, or a gate's flag."""

    def rows(self, table: str) -> Sequence[Mapping[str, object]]:
        """Return the rows of a table."""

    def leaves(self, name: str) -> Sequence[Mapping[str, object]]:
        """Return `id rate score points state` of the leaves under an indicator."""

    def row(self, variable: str) -> Mapping[str, object]:
        """Return the row bound to *variable* (by for_each); KeyError where there is none."""


@dataclass(frozen=True, slots=True)
class Rated:
    """What a scoring method found: a share of the declared points, with its reason.

    The share is `numerator / denominator`, kept apart so that the score multiplies before it
    divides. `because` is a clause without points and score, e.g. `1585.4万元 ÷ 2000万元`; `product`
    says that it may be read as a factor (`20 × 1585.4万元 ÷ 2000万元 = 15.854`). `unverified` and
    `notes` go into the result.
    """

    numerator: Decimal
    because: Text
    denominator: Decimal = Decimal(1)
    product: bool = False
    unverified: bool = False
    notes: tuple[Text, ...] = ()
    detail: Mapping[str, object] = field(default_factory=dict)


class Evaluation(Protocol):
    """What a method plan gets from the engine to rate one leaf."""

    @property
    def frame(self) -> Frame:
        """Where names get their values."""

    @property
    def points(self) -> Decimal:
        """Declared points of the leaf; 1 for a leaf with a weight."""

    @property
    def as_of(self) -> date | None:
        """The evaluation's date."""

    @property
    def leaf(self) -> str:
        """The leaf's id."""

    @property
    def evidence(self) -> str | None:
        """The evidence given for this leaf."""

    def value(self, expr: Expr) -> object:
        """Return the value of *expr*; raise Fault, MissingFault where it is missing."""

    def bind(self, **names: object) -> "Evaluation":
        """Return an evaluation that also knows *names* (`value`, `goal`, an outer `actual`)."""

    def show(self, expr: Expr, value: object) -> Text:
        """Return *value* as the expression's unit writes it: `1585.4万元`, `79.27%`, `940`."""
