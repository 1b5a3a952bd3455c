"""The values inside the rule behind a difference: what each part of it came to, and where it is."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from perfrules.engine.facts import admit
from perfrules.engine.interpret import interpret
from perfrules.engine.program import Program, parameters_on
from perfrules.engine.reason import show_value
from perfrules.engine.unit import Unit
from perfrules.errors import FactsError
from perfrules.lang.expr import watch
from perfrules.lang.expr.scope import children
from perfrules.lang.frame import Fault
from perfrules.lang.plan import Indicator, Plan
from perfrules.lang.tree import Const, Expr, Tree
from perfrules.testing.outcome import Difference, Inside

if TYPE_CHECKING:
    from perfrules.lang.spec.cases import CaseSpec

_MOST: Final = 12  # parts shown of one rule
_OF_LEAF: Final = frozenset({"scores", "rates", "states", "findings", "score", "rate", "state"})


class _Noting(Unit):
    """A unit that keeps the last value of each part of the expressions that are looked at."""

    wanted: frozenset[int] = frozenset()
    found: dict[tuple[int, int, int], object]

    def evaluated(self, expr: Expr) -> object:
        if id(expr) not in self.wanted:
            return super().evaluated(expr)

        def note(start: int, end: int, value: object) -> None:
            self.found[id(expr), start, end] = value

        return watch(expr, self, self.functions, note)


def looked_into(
    differences: tuple[Difference, ...], case: "CaseSpec", program: Program
) -> tuple[Difference, ...]:
    """Return the differences with the values inside the rules that they come from."""
    plan = program.plan
    rules = [_rules(item, plan) for item in differences]
    wanted = frozenset(id(expr) for exprs in rules for expr in exprs)
    if not wanted:
        return differences
    values = _values(plan, wanted, case)
    return tuple(
        replace(item, inside=tuple(_parts(plan, exprs, values)))
        for item, exprs in zip(differences, rules, strict=True)
    )


def _values(
    plan: Plan, wanted: frozenset[int], case: "CaseSpec"
) -> dict[tuple[int, int, int], object]:
    found: dict[tuple[int, int, int], object] = {}

    def begin(*args: Any, **named: Any) -> Unit:  # noqa: ANN401 - what a Unit takes
        unit = _Noting(*args, **named)
        unit.wanted, unit.found = wanted, found
        return unit

    try:
        admitted = admit(plan, case.facts, case.as_of)
        interpret(plan, admitted, parameters_on(plan, admitted.as_of), begin)
    except (FactsError, Fault):
        return {}
    return found


def _rules(item: Difference, plan: Plan) -> tuple[Expr, ...]:
    """Return the expressions of the leaf, gates or decisions that a difference is about."""
    key, _, name = item.what.partition(".")
    nodes = list(_nodes(plan.indicators))
    if key in _OF_LEAF:
        names = {name.partition("[")[0]} if name else _apart(item)
        if not names and nodes:
            names = {nodes[0].id}
        return tuple(
            expr
            for node in nodes
            if node.id in names
            for expr in (
                *((node.applies_when,) if node.applies_when else ()),
                *(node.method.reads if node.method else ()),
                *((finding.when for finding in node.findings) if key == "findings" else ()),
            )
        )
    if key == "gates":
        return tuple(gate.when for gate in plan.gates if gate.id in _apart(item))
    if key == "decisions":
        apart = _apart(item)
        return tuple(rule.when for rule in plan.decisions if rule.when and rule.id in apart)
    if key == "report":
        return tuple(expr for id_, expr in plan.report if id_ == name)
    return ()


def _apart(item: Difference) -> set[str]:
    """Return the names that only one side of a list has."""
    want, got = ({name.strip() for name in text.split(",")} for text in (item.want, item.got))
    return {name.partition("[")[0] for name in want ^ got} - {"-"}


def _nodes(nodes: tuple[Indicator, ...]) -> Iterator[Indicator]:
    for node in nodes:
        yield node
        yield from _nodes(node.children)


def _parts(
    plan: Plan, exprs: tuple[Expr, ...], values: dict[tuple[int, int, int], object]
) -> Iterator[Inside]:
    """Yield each part that is no literal, inner ones first, at most so many."""
    told: set[str] = set()
    for expr in exprs:
        for tree in _inner_first(expr.tree):
            value = values.get((id(expr), tree.start, tree.end))
            text = " ".join(expr.text[tree.start : tree.end].split())
            if value is None or isinstance(tree, Const) or text in told:
                continue
            told.add(text)
            yield Inside(text, show_value(value, tree.type), plan.places.at(expr.where))
            if len(told) == _MOST:
                return


def _inner_first(tree: Tree) -> Iterator[Tree]:
    found: list[Tree] = []
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        found.append(one)
        waiting += children(one)
    return reversed(found)
