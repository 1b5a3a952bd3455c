"""What a ruleset declares of every name before there are facts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final

from perfrules.analysis.prove.interval import UNIT, Interval
from perfrules.analysis.prove.value import Labels, Value, join, of_type, of_value
from perfrules.decimals import ZERO
from perfrules.engine.program import Program
from perfrules.lang.check.points import walk
from perfrules.lang.plan import Derived, Gate, Indicator, InputPlan, ParameterPlan, Plan
from perfrules.lang.types import Kind, Type

_MOVING: Final = frozenset({"redistribute", "redistribute_equally", "to"})


@dataclass(frozen=True, slots=True)
class World:
    """A plan with its parts by name, and the values that its parameters have.

    Attributes:
        zeroed: The lines whose result a gate may zero, and those above them.
        moving: Whether a line may get points of another one that is left out.
        sent: Whether that line may lie in another branch.
    """

    plan: Plan
    as_of: date | None
    inputs: Mapping[str, InputPlan]
    derived: Mapping[str, Derived]
    parameters: Mapping[str, ParameterPlan]
    nodes: Mapping[str, Indicator]
    gates: Mapping[str, Gate]
    zeroed: frozenset[str] = frozenset()
    moving: bool = False
    sent: bool = False
    bound: Mapping[str, Value] = field(default_factory=dict)  # by methods: value, goal

    def input(self, name: str) -> Value:
        """Return what is known of an input."""
        return of_input(self.inputs[name])

    def column(self, table: str, column: str, kind: Type) -> Value:
        """Return what is known of a table's column, or of the leaves of an indicator."""
        item = self.inputs.get(table)
        if item is not None:
            found = next((part for part in item.columns if part.id == column), None)
            return of_type(kind) if found is None else of_input(found)
        if column == "rate":
            return UNIT
        return Interval(ZERO) if column in ("score", "points") else of_type(kind)

    def values(self, name: str) -> list[object]:
        """Return the values that a parameter has on the days that are asked about."""
        item = self.parameters[name]
        if item.dated and self.as_of is not None:
            before = [value for start, value in item.values if start <= self.as_of]
            return before[-1:] or [value for _, value in item.values]
        return [value for _, value in item.values]

    def parameter(self, name: str) -> Value:
        """Return what is known of a parameter; of a map, of all its entries."""
        found: Value | None = None
        for value in self.values(name):
            for entry in entries(value):
                found = join(found, of_value(entry))
        return of_type(self.parameters[name].type) if found is None else found

    def day(self) -> Interval:
        """Return what is known of the date of the evaluation."""
        if self.as_of is not None:
            found = of_value(self.as_of)
            assert isinstance(found, Interval)  # noqa: S101 - a day
            return found
        start, until = self.plan.effective_from, self.plan.effective_until
        low = None if start is None else Decimal(start.toordinal())
        return Interval(low, None if until is None else Decimal(until.toordinal() - 1))


def world_of(program: Program) -> World:
    """Return the world of a program's ruleset."""
    plan = program.plan
    nodes = {item.id: item for item in walk(plan.indicators)}
    return World(
        plan,
        program.as_of,
        {item.id: item for item in plan.inputs},
        {item.id: item for item in plan.derived},
        {item.id: item for item in plan.parameters},
        nodes,
        {item.id: item for item in plan.gates},
        _zeroed(plan, nodes),
        not _MOVING.isdisjoint(_policies(nodes)),
        "to" in _policies(nodes),
    )


def _zeroed(plan: Plan, nodes: Mapping[str, Indicator]) -> frozenset[str]:
    aims = [nodes[str(gate.value)].path for gate in plan.gates if gate.effect == "zero"]
    return frozenset(
        node.id
        for node in nodes.values()
        for aim in aims
        if node.path[: len(aim)] == aim or aim[: len(node.path)] == node.path
    )


def _policies(nodes: Mapping[str, Indicator]) -> frozenset[str]:
    """Return what may become of the points of lines that can be left out."""
    left = any(
        node.applies_when is not None or node.missing == "not_applicable" for node in nodes.values()
    )
    away = [node.not_applicable.policy for node in nodes.values() if left]
    return frozenset([*away, *(node.unverified.policy for node in nodes.values() if node.is_leaf)])


def entries(value: object) -> Iterator[object]:
    """Yield a value; of a map, however deep, its entries."""
    if isinstance(value, Mapping):
        for item in value.values():
            yield from entries(item)
    else:
        yield value


def of_input(item: InputPlan) -> Value:
    """Return what is known of an admitted value.

    >>> from perfrules.errors import Text
    >>> str(of_input(InputPlan("n", Type(Kind.NUMBER), Text(), whole=True)))
    '[0, ∞)'
    """
    found = of_type(item.type)
    if not isinstance(found, Interval):
        return Labels(frozenset(item.type.of)) if item.type.kind is Kind.CHOICE else found
    low, high = _end(item.min), _end(item.max)
    if item.whole and low is None:
        low = ZERO
    found = Interval(low, high)
    own = of_value(item.default) if item.default is not None else None
    return found.join(own) if isinstance(own, Interval) else found


def _end(bound: Decimal | date | None) -> Decimal | None:
    return Decimal(bound.toordinal()) if isinstance(bound, date) else bound
