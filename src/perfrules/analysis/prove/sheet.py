"""What the rows of a table must look like: keys that differ, points that add up, cells in pairs."""

import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from perfrules.analysis.prove.numbers import exprs_in
from perfrules.decimals import ZERO
from perfrules.lang.check.points import walk
from perfrules.lang.check.usage import trees
from perfrules.lang.methods.target import TargetPlan
from perfrules.lang.plan import Indicator, Plan
from perfrules.lang.tree import Column, Compare, Const, Logic, Name, Tree
from perfrules.lang.types import Kind


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that one indicator scores: what their cells must be, and their points in all."""

    column: str
    points: Decimal
    fixed: tuple[tuple[str, object], ...]

    def split(self, count: int, chance: random.Random) -> list[Decimal]:
        """Return points for *count* rows that add up to the whole."""
        if count == 1:
            return [self.points]
        most = int(self.points)
        cuts = sorted(chance.randint(0, most) for _ in range(count - 1))
        ends = [*map(Decimal, cuts), self.points]
        return [end - start for start, end in zip([ZERO, *ends], ends, strict=False)]


@dataclass(slots=True)
class Sheets:
    """The tables of a ruleset."""

    plan: Plan
    _groups: dict[str, list[Group]] = field(default_factory=dict)
    _keys: dict[str, set[str]] = field(default_factory=dict)
    _pairs: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    _texts: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for node in walk(self.plan.indicators):
            each = node.for_each
            if each is None:
                continue
            for tree in trees(each.key.tree):
                if isinstance(tree, Column):
                    self._keys.setdefault(each.table, set()).add(tree.column)
            self._note_pairs(node, each.table)
            points = _needed(self.plan, node)
            worth = None if each.points is None else each.points.tree
            if isinstance(worth, Column) and points is not None:
                fixed = () if each.where is None else tuple(_fixed(each.where.tree))
                self._groups.setdefault(each.table, []).append(Group(worth.column, points, fixed))

    def _note_pairs(self, node: Indicator, table: str) -> None:
        method = node.method
        if not isinstance(method, TargetPlan):
            return
        target, actual = method.target.tree, method.actual.tree
        if not isinstance(target, Column) or not isinstance(actual, Column):
            return
        if actual.type.kind is Kind.TEXT:
            self._pairs.setdefault(table, set()).add((target.column, actual.column))

    def of(self, table: str) -> list[Group]:
        """Return the groups of rows whose points add up to something."""
        return self._groups.get(table, [])

    def keys(self, table: str) -> list[str]:
        """Return the columns whose texts must differ from row to row; names that rows share too."""
        if table in self._texts:
            return self._texts[table]
        found = set(self._keys.get(table, set()))
        for expr in exprs_in(self.plan):
            for tree in trees(expr.tree):
                if isinstance(tree, Compare) and all(
                    isinstance(side, Column) and side.type.kind is Kind.TEXT
                    for side in tree.operands
                ):
                    found |= {
                        side.column for side in tree.operands
                        if isinstance(side, Column) and self._has(table, side.column)
                    }  # fmt: skip
        self._texts[table] = sorted(found)
        return self._texts[table]

    def _has(self, table: str, column: str) -> bool:
        item = next(item for item in self.plan.inputs if item.id == table)
        return any(part.id == column for part in item.columns)

    def pairs(self, table: str) -> list[tuple[str, str]]:
        """Return the columns of target cells with those of their actual values."""
        return sorted(self._pairs.get(table, set()))


def _needed(plan: Plan, node: Indicator) -> Decimal | None:
    """Return the points that rows must add up to: an indicator's own, or what is left for it."""
    own = _written(plan, node)
    if own is not None:
        return own
    whole, siblings = plan.total, plan.indicators
    for above in walk(plan.indicators):
        if node in above.children:
            whole, siblings = _written(plan, above), above.children
    if whole is None:
        return None
    left = whole
    for other in siblings:
        if other is not node and other.scored:
            points = _written(plan, other)
            if points is None:
                return None
            left -= points
    return left


def _written(plan: Plan, node: Indicator) -> Decimal | None:
    """Return points that are written out, or an input's with their default."""
    if node.points is None:
        if node.children:
            found = [_written(plan, child) for child in node.children if child.scored]
            known = [item for item in found if item is not None]
            return sum(known, ZERO) if len(known) == len(found) else None
        return node.for_each.split[0].constant if node.for_each and node.for_each.split else None  # type: ignore[return-value] # a number
    tree = node.points.tree
    if isinstance(tree, Const) and isinstance(tree.value, Decimal):
        return tree.value
    if isinstance(tree, Name):
        item = next((item for item in plan.inputs if item.id == tree.id), None)
        if item is not None and isinstance(item.default, Decimal):
            return item.default
    return None


def _fixed(tree: Tree) -> list[tuple[str, object]]:
    """Return what a condition asks of cells by name: `t.block == "产出指标"`."""
    if isinstance(tree, Logic) and tree.op == "and":
        return [pair for part in tree.operands for pair in _fixed(part)]
    if isinstance(tree, Compare) and tree.ops == ("==",):
        left, right = tree.operands
        if isinstance(left, Const):
            left, right = right, left
        if isinstance(left, Column) and isinstance(right, Const):
            return [(left.column, right.value)]
    return []


def with_cell(
    rows: list[dict[str, Any]], place: int | None, column: str, value: object
) -> list[dict[str, Any]]:
    """Return rows with one cell changed, or a whole column."""
    found = [dict(row) for row in rows]
    for number, row in enumerate(found):
        if place in (None, number):
            row.pop(column, None)
            if value is not None:
                row[column] = value
    return found
