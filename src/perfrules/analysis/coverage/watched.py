"""One case, watched: it is scored as always, and what it passed on the way is noted."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Any

from perfrules.analysis.coverage.conditions import Place, by_place, noting
from perfrules.analysis.coverage.exprs import exprs_in
from perfrules.analysis.coverage.inner import Spy
from perfrules.analysis.coverage.point import AT, Key
from perfrules.decimals import ONE, ZERO, snap
from perfrules.engine.facts import admit
from perfrules.engine.interpret import interpret
from perfrules.engine.node import Node, share_of
from perfrules.engine.program import parameters_on
from perfrules.engine.result import Result, State
from perfrules.engine.unit import At, Unit
from perfrules.errors import FactsError
from perfrules.lang.expr import evaluate, watch
from perfrules.lang.frame import Fault
from perfrules.lang.plan import Derived, Plan
from perfrules.lang.tree import Expr, Tree


class Watcher:
    """Watches the cases of one plan."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._exprs = tuple(exprs_in(plan))  # held, so that their identities stay theirs
        self._known: dict[int, Mapping[Place, Tree]] = {
            id(expr): places for expr in self._exprs if (places := by_place(expr))
        }

    def watch(self, facts: Mapping[str, object], as_of: date | None = None) -> frozenset[Key]:
        """Return the keys that facts reach; facts that are refused reach none."""
        reached: set[Key] = set()
        units: list[_Unit] = []

        def begin(*args: Any, **named: Any) -> Unit:  # noqa: ANN401 - what a Unit takes
            unit = _Unit(*args, **named)
            unit.reached, unit.known = reached, self._known
            units.append(unit)
            return unit

        try:
            admitted = admit(self.plan, facts, as_of)
            parameters = parameters_on(self.plan, admitted.as_of)
            result = interpret(self.plan, admitted, parameters, begin)
        except (FactsError, Fault):
            return frozenset()
        unit = units[0]
        for derived in self.plan.derived:
            with suppress(Fault):
                _row_chosen(unit, derived)
        for node in {id(node): node for node in unit.nodes.values()}.values():
            _node(unit, node)
        _outcome(unit, result)
        return frozenset(reached)


class _Unit(Unit):
    """A unit that notes which way each of its conditions goes."""

    reached: set[Key]
    known: Mapping[int, Mapping[Place, Tree]]
    before: Decimal | None = None  # the total that gates see

    @property
    def computed(self) -> Mapping[str, object]:
        """The derived values that were asked for."""
        return self._derived

    def evaluated(self, expr: Expr) -> object:
        if self.before is None and not self.gates:
            total = self.reserved.get("total")
            self.before = total if isinstance(total, Decimal) else None
        places = self.known.get(id(expr))
        if places is None:
            return evaluate(expr, self, self.functions)
        return watch(expr, self, self.functions, noting(expr, places, self.reached))


def _row_chosen(unit: _Unit, derived: Derived) -> None:
    """Note the rows of a table that are true, the last where none is."""
    if derived.rows and derived.id in unit.computed:
        for place, row in enumerate(derived.rows):
            if row.when is None or unit.value(row.when):
                unit.reached.add((derived.path, "row", place))
                if derived.choose == "first":
                    return


def _node(unit: _Unit, node: Node) -> None:
    path = node.plan.path
    rated = None if node.row is None and node.plan.for_each is not None else node.rated
    if rated is not None and node.plan.method is not None:
        _leaf(unit, node)
        if node.state is State.SCORED:
            unit.reached.add((path, "scored"))
            share = snap(share_of(rated))
            unit.reached |= {(path, "full")} if share >= ONE else {(path, "lost")}
    state = node.state.value
    if state == "not_applicable" and node.missing_input is not None:
        unit.reached.add((path, "state", "missing"))
    unit.reached.add((path, "state", state))


def _leaf(unit: _Unit, node: Node) -> None:
    assert node.plan.method is not None  # noqa: S101 - the caller looked
    each = node.plan.for_each
    if each is not None and node.row is not None:
        unit.bound[each.row] = node.row
    points = node.points or ONE
    at = At(unit, points, node.id, unit.facts.evidence.get(node.id))
    with suppress(Fault):
        Spy(node.plan.method, node.plan.path, unit.reached).rate(at)
    if each is not None:
        unit.bound.pop(each.row, None)


def _outcome(unit: _Unit, result: Result) -> None:
    reached, plan = unit.reached, unit.plan
    for line in result.adjustments:
        if line.score != ZERO:
            reached.add(("adjustments", line.id))
    for gate in result.gates:
        reached.add(("gates", gate.id, gate.fired))
    fired = {item.id for item in result.decisions}
    for rule in plan.decisions:
        reached.add(("decisions", rule.id, rule.id in fired))
    before = unit.before
    for place, grade in enumerate(plan.grades):
        if grade.name == result.grade:
            reached.add(("grades", place, "given"))
        if grade.at_least is not None and grade.at_least in (result.total, before):
            reached.add(("grades", place, AT))
    _capped(unit, result, before)


def _capped(unit: _Unit, result: Result, before: Decimal | None) -> None:
    """Note the gates whose cap the outcome hit."""
    order = [grade.name for grade in unit.plan.grades if grade.at_least is not None]
    for gate in unit.plan.gates:
        if not unit.gates.get(gate.id):
            continue
        lowered = before is not None and result.total is not None and result.total < before
        if gate.effect == "cap_total" and isinstance(gate.value, Expr) and lowered:
            with suppress(Fault):
                if unit.value(gate.value) == result.total:
                    unit.reached.add(("gates", gate.id, "capped"))
        if gate.effect == "cap_grade" and result.grade == gate.value and result.total is not None:
            natural = next(
                (
                    g.name
                    for g in unit.plan.grades
                    if g.at_least is not None and result.total >= g.at_least
                ),
                None,
            )
            if natural is not None and order.index(natural) < order.index(str(gate.value)):
                unit.reached.add(("gates", gate.id, "capped"))
