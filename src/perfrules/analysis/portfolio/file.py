"""Where a portfolio's expressions get their values from: one row at a time, among all rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from perfrules.engine.reason import show_value
from perfrules.errors import Text
from perfrules.lang.check.usage import trees
from perfrules.lang.expr import evaluate
from perfrules.lang.frame import Budget, Fault, MissingFault
from perfrules.lang.portfolio import PortfolioPlan
from perfrules.lang.tree import Column, Expr, Name, RefKind
from perfrules.lang.types import MISSING, Kind

_EACH = 2_000  # steps that each row adds to what a file may take
_SHOWN = 6  # values that a reason shows


@dataclass(slots=True)
class Unit:
    """One row in the making: what was read of its result, and its columns so far.

    `data` holds both, by path and by name: a column can't be named like a path.
    """

    name: str
    number: int
    data: dict[str, object]
    joined: Mapping[str, Mapping[str, object]]


@dataclass(slots=True)
class File:
    """The frame of a portfolio: names of the file, and of the row that is looked at."""

    plan: PortfolioPlan
    as_of: date | None
    values: Mapping[str, object]  # inputs and parameters
    units: Sequence[Unit]
    others: Mapping[str, Sequence[Mapping[str, object]]]  # results of the further sources
    budget: Budget = field(default_factory=Budget)
    current: Unit | None = None
    gaps: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.budget.left += _EACH * len(self.units)

    def name(self, name: str) -> object:
        """Return the value of a name of the file, or of a column of the row."""
        if name in self.values:
            return self.values[name]
        if name == "as_of":
            return MISSING if self.as_of is None else self.as_of
        return MISSING if self.current is None else self.current.data.get(name, MISSING)

    def ref(self, kind: RefKind, name: str) -> object:
        """Raise KeyError: a portfolio reads a result's lines by path."""
        raise KeyError(kind, name)

    def rows(self, table: str) -> Sequence[Mapping[str, object]]:
        """Return all results of a source, those of the first with their columns."""
        if table == self.plan.rows.id:
            return [unit.data for unit in self.units]
        return self.others[table]

    def leaves(self, name: str) -> Sequence[Mapping[str, object]]:
        """Raise KeyError: there is no tree here."""
        raise KeyError(name)

    def row(self, variable: str) -> Mapping[str, object]:
        """Return the row's own result, or the one joined to it."""
        if self.current is None:
            raise KeyError(variable)
        if variable == self.plan.rows.id:
            return self.current.data
        return self.current.joined[variable]

    def value(self, expr: Expr) -> object:
        """Return the value of *expr*, with the place of a fault filled in."""
        try:
            return evaluate(expr, self)
        except Fault as fault:
            if fault.where is None:
                fault.where = expr.where
            raise

    def holds(self, expr: Expr | None, about: str) -> bool:
        """Return whether a condition holds; one on a value that isn't there doesn't."""
        if expr is None:
            return True
        try:
            return bool(self.value(expr))
        except MissingFault as fault:
            self.gap(about, fault)
            return False

    def gap(self, about: str, fault: MissingFault) -> None:
        """Remember that *about* has no value for the row because its result lacks one.

        What follows from another column's gap isn't told again, nor what no joined result says.
        """
        if self.current is not None and fault.name.startswith(f"{self.plan.rows.id}."):
            self.gaps.setdefault((about, fault.name), []).append(self.current.name)

    def reason(self, expr: Expr | None) -> Text:
        """Return a condition with the values it was decided by."""
        if expr is None:
            return Text()
        shown: dict[str, Text] = {}
        for tree in sorted(trees(expr.tree), key=lambda tree: tree.start):
            if isinstance(tree, Name | Column) and tree.type.kind is not Kind.TABLE:
                written = expr.text[tree.start : tree.end]
                found = self._shown(tree)
                if found is not None:
                    shown.setdefault(written, show_value(found, tree.type))
        text = " ".join(expr.text.split())
        if not shown:
            return Text(text, text)
        some = list(shown.items())[:_SHOWN]
        zh = "，".join(f"{name} = {value.zh}" for name, value in some)
        en = ", ".join(f"{name} = {value.en}" for name, value in some)
        return Text(f"{text}（{zh}）", f"{text} ({en})")

    def _shown(self, tree: Name | Column) -> object | None:
        """Return a value of the row; None for one of a generator's rows, which has many."""
        if isinstance(tree, Name):
            return self.name(tree.id)
        try:
            return self.row(tree.row).get(tree.column, MISSING)
        except KeyError:
            return None
