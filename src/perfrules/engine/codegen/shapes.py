"""What all results of one ruleset have in common: titles, digits and bases of lines and gates."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from perfrules.engine.decide import basis_texts
from perfrules.engine.interpret import engine_of
from perfrules.errors import Text
from perfrules.lang.plan import Decision, Gate, Indicator, Plan
from perfrules.lang.tree import Expr


@dataclass(frozen=True, slots=True)
class LineShape:
    """One indicator's line: what is `known` of it before any unit is scored."""

    id: str
    parent: str | None
    known: Mapping[str, object]
    below: Mapping[str, object]  # of the row of a sheet

    def row(self, name: str) -> Mapping[str, object]:
        """Return what is known of the row with the id *name*."""
        key = name[len(self.id) + 1 : -1]
        path = self.known["path"]
        assert isinstance(path, tuple)  # noqa: S101 - says the type
        return {**self.below, "path": (*path, name), "title": Text(key, key)}


@dataclass(frozen=True, slots=True)
class GateShape:
    """One gate; `cap` is the text of a cap that is computed only where the gate fires."""

    id: str
    known: Mapping[str, object]
    cap: str | None


class Shapes:
    """The shapes of a plan's lines, gates and decisions.

    `tops` are the places of the lines at the top, `below` those of each branch with its children's.

    Args:
        plan: The checked ruleset.
    """

    __slots__ = (
        *("below", "decisions", "engine", "finds", "gates", "has_rows", "lines", "plan", "rules"),
        "tops",
    )

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.engine = engine_of(plan)
        self.lines = {
            shape.id: shape
            for top in plan.indicators
            for shape in _line_shapes(plan, top, None, ())[0]
        }
        places: dict[str | None, list[int]] = {}
        for place, shape in enumerate(self.lines.values()):
            places.setdefault(shape.parent, []).append(place)
        self.tops = tuple(places.pop(None, ()))
        order = {name: place for place, name in enumerate(self.lines)}
        self.below = tuple(
            (order[name], tuple(found)) for name, found in places.items() if name is not None
        )
        nodes = [node for top in plan.indicators for node in _walk(top)]
        self.has_rows = any(node.for_each is not None for node in nodes)
        self.finds = any(node.findings for node in nodes)
        self.gates = tuple(_gate_shape(gate) for gate in plan.gates)
        self.rules: Mapping[str, Decision] = {rule.id: rule for rule in plan.decisions}
        self.decisions = {rule.id: _decision(rule) for rule in plan.decisions}


def _walk(node: Indicator) -> Iterator[Indicator]:
    yield node
    for child in node.children:
        yield from _walk(child)


def _line_shapes(
    plan: Plan, node: Indicator, parent: str | None, above: tuple[str, ...]
) -> tuple[list[LineShape], int]:
    """Return the shapes of an indicator and of all below, and the digits of its score."""
    path = (*above, node.id)
    digits = (node.rounding or plan.rounding).digits
    below: list[LineShape] = []
    for child in node.children:
        shapes, most = _line_shapes(plan, child, node.id, path)
        below += shapes
        if node.aggregate == "sum":  # not rounded again: it shows the digits of what it adds up
            digits = max(digits, most)
    method = getattr(node.method, "name", None)
    same = {"digits": digits, "category": node.category, "core": node.core}
    leaf = node.for_each is None
    own = {
        **same,
        "path": path,
        "title": node.title,
        "method": method if leaf else None,
        "basis": basis_texts(node.basis),
    }
    row = {**same, "method": method, "basis": ()}
    return [LineShape(node.id, parent, own, row), *below], digits


def _gate_shape(gate: Gate) -> GateShape:
    known: dict[str, object] = {
        "id": gate.id,
        "title": gate.title,
        "effect": gate.effect,
        "reason": gate.reason,
        "basis": basis_texts(gate.basis),
    }
    if isinstance(gate.value, Expr):
        return GateShape(gate.id, known, gate.value.text)
    known["value"] = gate.value.get("zh") if isinstance(gate.value, Text) else gate.value
    return GateShape(gate.id, known, None)


def _decision(rule: Decision) -> Mapping[str, object]:
    known: dict[str, object] = {
        "id": rule.id,
        "code": rule.code,
        "title": rule.title,
        "basis": basis_texts(rule.basis),
    }
    if rule.amount is None:
        known["amount"] = None
    if rule.due is None:
        known["due"] = None
    return known
