"""One unit being evaluated: where expressions and methods get their values from.

Derived values are computed when first needed and kept; a value that can't be computed fails where
it is used. Nothing here is shared between units.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from perfrules.engine.choose import derive
from perfrules.engine.facts import Facts
from perfrules.engine.node import Node
from perfrules.engine.reason import show_value
from perfrules.errors import Text
from perfrules.lang.expr import evaluate
from perfrules.lang.frame import Budget, Evaluation, Fault, MissingFault
from perfrules.lang.functions import FUNCTIONS, Function
from perfrules.lang.plan import Derived, Plan
from perfrules.lang.tree import Expr, RefKind
from perfrules.lang.types import MISSING, Kind, Type


@dataclass(slots=True)
class Unit:
    """The frame of one unit; `nodes` and `gates` fill up as the strata are evaluated."""

    plan: Plan
    facts: Facts
    as_of: date | None
    parameters: Mapping[str, object]
    budget: Budget = field(default_factory=Budget)
    nodes: dict[str, Node] = field(default_factory=dict)
    gates: dict[str, bool] = field(default_factory=dict)
    whole: Decimal | None = None  # the points of the total; what is declared where sums may differ
    reserved: dict[str, object] = field(default_factory=dict)  # total, complete, grade
    extra: dict[str, object] = field(default_factory=dict)  # bound by methods and findings
    bound: dict[str, Mapping[str, object]] = field(default_factory=dict)
    _derived: dict[str, object] = field(default_factory=dict)
    _formulas: dict[str, Derived] = field(default_factory=dict)
    functions: Mapping[str, Function] = field(default_factory=lambda: FUNCTIONS)

    def __post_init__(self) -> None:
        self._formulas = {derived.id: derived for derived in self.plan.derived}
        self.functions = self.plan.functions

    def name(self, name: str) -> object:
        """Return the value of a name, innermost first."""
        if name in self.extra:
            return self.extra[name]
        if name in self.facts.values:
            return self.facts.values[name]
        if name in self.parameters:
            return self.parameters[name]
        if name in self._formulas:
            return self._computed(name)
        if name == "as_of":
            return MISSING if self.as_of is None else self.as_of
        return self.reserved.get(name, MISSING)

    def _computed(self, name: str) -> object:
        """Return a derived value, after those before it in evaluation order.

        One after the other, so that a long chain of derived values doesn't use up the stack; what
        fails is kept and fails where it is used.
        """
        if name not in self._derived:
            for derived in self.plan.derived:
                if derived.id not in self._derived:
                    try:
                        self._derived[derived.id] = self._derive(derived)
                    except Fault as fault:
                        self._derived[derived.id] = fault
                if derived.id == name:
                    break
        found = self._derived[name]
        if isinstance(found, Fault):
            raise found
        return found

    def _derive(self, derived: Derived) -> object:
        """Return a derived value; a missing input behind it fails here, naming that input."""
        outer, self.extra = self.extra, {}
        try:
            return derive(derived, self.value)
        finally:
            self.extra = outer

    def value(self, expr: Expr) -> object:
        """Return the value of *expr*, with the place of a fault filled in."""
        try:
            found = self.evaluated(expr)
        except Fault as fault:
            if fault.where is None:
                fault.where = expr.where
            raise
        if found is MISSING:
            raise located(MissingFault(expr.text), expr)
        return found

    def evaluated(self, expr: Expr) -> object:
        """Return what the evaluator finds; who watches a unit overrides this."""
        return evaluate(expr, self, self.functions)

    def holds(self, expr: Expr) -> bool:
        """Return whether a condition holds; one on a value that isn't there doesn't."""
        try:
            return bool(self.value(expr))
        except MissingFault:
            return False

    def shown_type(self, expr: Expr) -> Type:
        """Return the type *expr* is shown by: its own, or for money that of an input it reads."""
        if expr.type.unit is not None or expr.type.kind is not Kind.MONEY:
            return expr.type
        for item in self.plan.inputs:
            if item.id in expr.names and item.type.kind is Kind.MONEY:
                return item.type
        return expr.type

    def ref(self, kind: RefKind, name: str) -> object:
        """Return rate, score, points or state of an indicator, or a gate's flag."""
        if kind == "gate":
            return self.gates[name]
        return getattr_of(self.nodes[name], kind)

    def rows(self, table: str) -> Sequence[Mapping[str, object]]:
        """Return the rows of a table; a missing table has none."""
        found = self.facts.values[table]
        if found is MISSING:
            raise MissingFault(table)
        assert isinstance(found, tuple)  # noqa: S101 - admission promises it
        return found

    def leaves(self, name: str) -> Sequence[Mapping[str, object]]:
        """Return what may be asked of the leaves under an indicator that count or could."""
        kinds: tuple[RefKind, ...] = ("rate", "score", "points", "state")
        return [
            {"id": leaf.id, **{kind: getattr_of(leaf, kind) for kind in kinds}}
            for leaf in self.nodes[name].leaves()
            if leaf.state.value != "informational"
        ]

    def row(self, variable: str) -> Mapping[str, object]:
        """Return the row that `for_each` bound to *variable*."""
        return self.bound[variable]


def located(fault: MissingFault, expr: Expr) -> MissingFault:
    """Return *fault* with the document path of *expr*."""
    fault.where = expr.where
    return fault


def getattr_of(node: Node, kind: RefKind) -> object:
    """Return rate, score, points or state of a node; MISSING where it has none."""
    found: object
    match kind:
        case "rate":
            found = node.rate
        case "score":
            found = node.score
        case "points":
            found = node.points
        case _:
            found = node.state.value
    return MISSING if found is None else found


@dataclass(frozen=True, slots=True)
class At:
    """A method's view of the unit: `lang.frame.Evaluation`."""

    frame: Unit
    points: Decimal
    leaf: str
    evidence: str | None
    names: Mapping[str, object] = field(default_factory=dict)

    @property
    def as_of(self) -> date | None:
        """The evaluation's date."""
        return self.frame.as_of

    def value(self, expr: Expr) -> object:
        """Return the value of *expr*, with the names bound by outer methods."""
        if not self.names:
            return self.frame.value(expr)
        outer = self.frame.extra
        self.frame.extra = {**outer, **self.names}
        try:
            return self.frame.value(expr)
        finally:
            self.frame.extra = outer

    def bind(self, **names: object) -> Evaluation:
        """Return an evaluation that also knows *names*."""
        return At(self.frame, self.points, self.leaf, self.evidence, {**self.names, **names})

    def show(self, expr: Expr, value: object) -> Text:
        """Return *value* as a person writes it, money in the unit of the input it came from."""
        return show_value(value, self.frame.shown_type(expr))
