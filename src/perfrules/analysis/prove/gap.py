"""How far a unit is from a condition: 0 where it holds, smaller where less would have to change."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

from perfrules.decimals import CONTEXT, ONE, ZERO, snap
from perfrules.engine.unit import Unit
from perfrules.lang.expr.build import Compiled, build
from perfrules.lang.frame import Fault
from perfrules.lang.plan import Derived, Grade
from perfrules.lang.tree import Compare, Const, Expr, IfElse, Logic, Name, Not, Tree

_FAR: Final = Decimal(3)  # what can't be computed
_MISS: Final = ONE
_OPPOSITE: Final[Mapping[str, str]] = {
    "<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==",
}  # fmt: skip


class Gauge:
    """Measures conditions of one ruleset; keeps what it has built of their parts."""

    def __init__(self, derived: Mapping[str, Derived], grades: tuple[Grade, ...]) -> None:
        self._derived = derived
        self._grades = grades
        self._built: dict[int, tuple[Tree, Expr]] = {}

    def gap(self, unit: Unit, expr: Expr, *, truth: bool = True) -> Decimal:
        """Return how far *unit* is from *expr* being *truth*."""
        return self._gap(unit, expr, expr.tree, truth)

    def row(self, unit: Unit, item: Derived, place: int) -> Decimal:
        """Return how far *unit* is from a row of a `choose` table being taken."""
        found = ZERO
        for number, row in enumerate(item.rows[: place + 1]):
            if row.when is not None:
                found += self._gap(unit, row.when, row.when.tree, number == place)
        return found

    def value(self, unit: Unit, expr: Expr, tree: Tree) -> object:
        """Return the value of a part of *expr*; None where it has none."""
        if isinstance(tree, Const):
            return tree.value
        known = self._built.get(id(tree))
        if known is None:
            part = Compiled(
                expr.text, tree, expr.names, expr.refs, expr.where, code=build(tree, expr.text)
            )
            known = self._built[id(tree)] = tree, part  # the tree is held: its id stays its own
        try:
            return unit.value(known[1])
        except Fault:
            return None

    def _gap(self, unit: Unit, expr: Expr, tree: Tree, truth: bool) -> Decimal:  # noqa: FBT001
        match tree:
            case Not():
                return self._gap(unit, expr, tree.operand, not truth)
            case Logic():
                parts = [self._gap(unit, expr, part, truth) for part in tree.operands]
                return sum(parts, ZERO) if (tree.op == "and") == truth else min(parts)
            case IfElse():
                return min(
                    self._gap(unit, expr, tree.test, holds) + self._gap(unit, expr, side, truth)
                    for side, holds in ((tree.body, True), (tree.orelse, False))
                )
            case Compare():
                return self._compared(unit, expr, tree, truth)
            case Name() if tree.id in self._derived:
                return self._named(unit, self._derived[tree.id], truth)
            case _:
                found = self.value(unit, expr, tree)
                return _FAR if found is None else ZERO if bool(found) is truth else _MISS

    def _named(self, unit: Unit, item: Derived, truth: bool) -> Decimal:  # noqa: FBT001
        if item.expr is not None:
            return self._gap(unit, item.expr, item.expr.tree, truth)
        return min(
            self.row(unit, item, place)
            + (
                ZERO
                if isinstance(row.then, str)
                else self._gap(unit, row.then, row.then.tree, truth)
            )
            for place, row in enumerate(item.rows)
        )

    def _compared(self, unit: Unit, expr: Expr, tree: Compare, truth: bool) -> Decimal:  # noqa: FBT001
        pairs = zip(tree.operands, tree.ops, tree.operands[1:], strict=False)
        found = [
            self._pair(unit, expr, (left, op if truth else _OPPOSITE[op], right))
            for left, op, right in pairs
        ]
        return sum(found, ZERO) if truth else min(found)

    def _pair(self, unit: Unit, expr: Expr, pair: tuple[Tree, str, Tree]) -> Decimal:
        left, op, right = pair
        one, other = self.value(unit, expr, left), self.value(unit, expr, right)
        if one is None or other is None:
            return _FAR
        if isinstance(one, date) and isinstance(other, date):
            one, other = Decimal(one.toordinal()), Decimal(other.toordinal())
        if isinstance(one, Decimal) and isinstance(other, Decimal):
            return _numbers(op, snap(one), snap(other))
        if _holds(op, one, other, left.type.of or right.type.of):
            return ZERO
        if isinstance(left, Name) and left.id == "grade" and op == "==":
            return self._grade(unit, str(other))
        table = self._derived.get(left.id) if isinstance(left, Name) else None
        if table is not None and table.rows and op == "==":
            return min(
                (self.row(unit, table, place) for place, row in enumerate(table.rows)
                 if row.then == other), default=_MISS,
            )  # fmt: skip
        return _MISS

    def _grade(self, unit: Unit, name: str) -> Decimal:
        """Return how far the total is from what earns a grade."""
        total = unit.reserved.get("total")
        upper: Decimal | None = None
        for grade in self._grades:
            if grade.name == name and grade.at_least is not None and isinstance(total, Decimal):
                if total < grade.at_least:
                    return _size(grade.at_least - total)
                if upper is not None and total >= upper:
                    return _size(total - upper)
            upper = grade.at_least if grade.at_least is not None else upper
        return _MISS


def _size(distance: Decimal) -> Decimal:
    """Return a distance as a part of 1, larger for a larger one."""
    distance = distance.copy_abs()
    return CONTEXT.divide(distance, distance + ONE)


def _numbers(op: str, one: Decimal, other: Decimal) -> Decimal:
    """Return how far two numbers are from comparing so.

    >>> _numbers(">=", Decimal(1), Decimal(2)), _numbers("<", Decimal(1), Decimal(2))
    (Decimal('0.5'), Decimal('0'))
    """
    distance = one - other
    held = {
        "<": distance < 0, "<=": distance <= 0, ">": distance > 0,
        ">=": distance >= 0, "==": distance == 0, "!=": distance != 0,
    }[op]  # fmt: skip
    if held:
        return ZERO
    return max(_size(distance), Decimal("0.000001"))


def _holds(op: str, one: object, other: object, of: tuple[str, ...]) -> bool:
    if op in ("==", "!="):
        return (one == other) == (op == "==")
    if one not in of or other not in of:
        return False
    return _numbers(op, Decimal(of.index(str(other))), Decimal(of.index(str(one)))) == ZERO
