"""`target` in generated code: the rule that a target cell states, without its sentences.

Which rule it is depends on the cell, so that a sheet's cells are read where the facts are; the
common ones (a number in the target's own unit) without the reader of `lang.cells`.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from perfrules.decimals import ONE, SNAP, ZERO, snap
from perfrules.engine.codegen.forms.rated import worth
from perfrules.engine.codegen.runtime import LackError, OddError
from perfrules.engine.codegen.shares import Fraction, Rule, Sink
from perfrules.engine.codegen.source import UnsupportedError
from perfrules.engine.codegen.values import Value
from perfrules.lang.cells import TargetCell, read_actual, read_target
from perfrules.lang.frame import Fault
from perfrules.lang.tree import Column, Expr, Name
from perfrules.lang.types import MISSING, Kind

if TYPE_CHECKING:
    from perfrules.lang.methods.target import Plain, TargetPlan

_STEP: Final = Decimal((0, (1,), -SNAP))
_CENT: Final = Decimal("0.01")
_NUMBER: Final = re.compile(r"[0-9]{1,15}+(?:\.[0-9]{1,15}+)?+")
# What makes a cell unreadable, so that the rating counts: as in `lang.methods.target`.
_UNREADABLE: Final = frozenset({"PRF502", "PRF513", "PRF534", "PRF537", "PRF536", "PRF570"})
Pair = tuple[Decimal, Decimal]
_ALL: Final = (ONE, ONE)
_NONE: Final = (ZERO, ONE)


def target(method: "TargetPlan", rule: Rule, sink: Sink) -> None:
    """What the cell's rule gives; the rating's worth where there is nothing to read."""
    if method.late is not None or method.as_of is not None or method.by:
        raise UnsupportedError
    source = rule.source
    cell, actual = _raw(rule, method.target), _raw(rule, method.actual)
    label = "M" if method.level is None else _raw(rule, method.level)
    goals = Goals(method.plain, method.actual.type.kind, _worths(method, rule))
    over, under = source.local(), source.local()
    source.doubts += 1
    source.lacks += 1
    source.line(f"{over}, {under} = {source.slot(goals)}({cell}, {actual}, {label})")
    sink.put(Fraction(Value(over, ZERO), Value(under, ZERO)))


def _raw(rule: Rule, expr: Expr) -> str:
    """Return the code of a value that may be missing."""
    if isinstance(expr.tree, Name):
        named = rule.scope.named(expr.tree.id)
        if named.fails or named.computed:
            raise UnsupportedError
        return named.value.code
    if isinstance(expr.tree, Column) and expr.tree.row in rule.scope.rows:
        row = rule.scope.rows[expr.tree.row].code
        return f"{row}[{rule.source.slot(expr.tree.column)}]"
    raise UnsupportedError


def _worths(method: "TargetPlan", rule: Rule) -> Mapping[str, Pair]:
    """Return what each label is worth; only where that doesn't depend on the facts."""
    if method.scale is None:
        return {}
    if method.scale.table is not None:
        raise UnsupportedError
    found: dict[str, Pair] = {}
    for label in method.scale.ranges:
        share = worth(method.scale, rule, label)
        if share.over.number is None or share.under.number is None:
            raise UnsupportedError
        found[label] = share.over.number, share.under.number
    return found


class Goals:
    """How target cells, actual values and ratings of one indicator become shares."""

    def __init__(self, plain: "Plain", kind: Kind, worths: Mapping[str, Pair]) -> None:
        self.plain = plain
        self.kind = kind
        self.worths = worths

    def __call__(self, given: object, actual: object, label: object) -> Pair:
        """Return numerator and denominator of the share.

        Raises:
            LackError: A value is missing that no rating stands in for.
            OddError: The reference refuses, or knows better.
        """
        rated = label is not MISSING and bool(self.worths)
        if given is MISSING or actual is MISSING:
            if not rated and given is not MISSING:
                self._readable(given)
            return self._rated(label, rated=rated)
        cell = given if isinstance(given, TargetCell) else read_target(str(given))
        try:
            if cell.kind != "words":
                value = self._value(cell, actual)
                if value is not None:
                    return self._share(cell, value)
            elif not rated:
                raise OddError
        except Fault as fault:
            if not rated or fault.code not in _UNREADABLE:
                raise OddError from None
        return self._rated(label, rated=rated)

    def _readable(self, given: object) -> None:
        """Give up where the cell is refused before the actual value is missed."""
        cell = given if isinstance(given, TargetCell) else read_target(str(given))
        if cell.kind == "words" or (cell.kind == "none" and self.plain == "refuse"):
            raise OddError

    def _rated(self, label: object, *, rated: bool) -> Pair:
        if not rated:
            raise LackError
        return self.worths[str(label)]

    def _value(self, cell: TargetCell, actual: object) -> Decimal | date | None:
        """Return the actual value as the cell measures it; None where it is missing."""
        if cell.kind == "none" and self.plain == "refuse":
            raise Fault("PRF570")
        unit = cell.unit or ""
        if type(actual) is str and cell.kind != "date" and actual.endswith(unit):
            digits = actual[: len(actual) - len(unit)]
            if _NUMBER.fullmatch(digits) and unit != "‰":
                number = Decimal(digits)
                return number * _CENT if unit == "%" else number
        found = read_actual(actual, cell, kind=self.kind).value
        return found if isinstance(found, (Decimal, date)) else None

    def _share(self, cell: TargetCell, value: Decimal | date) -> Pair:
        if isinstance(value, Decimal):
            kind = self.plain if cell.kind == "none" else cell.kind
            return by_number(kind, value, cell.number or ZERO, cell.high)
        assert cell.due is not None  # noqa: S101 - the cell is a day
        if cell.due.year is None:
            raise Fault("PRF537")
        due = cell.due.on(None)
        if due is None:
            raise Fault("PRF513")
        return _ALL if value <= due else _NONE


def by_number(kind: str, value: Decimal, goal: Decimal, high: Decimal | None) -> Pair:
    """Return what *value* earns by the rule *kind*, as `lang.methods.goals.by_cell`.

    >>> by_number("at_least", Decimal(9), Decimal(10), None)
    (Decimal('9'), Decimal('10'))
    """
    if _under(value, ZERO) or _under(goal, ZERO):
        raise OddError
    if kind == "range":
        assert high is not None  # noqa: S101 - the cell is a range
        if _under(value, goal):
            return _at_least(value, goal)
        return _at_most(value, high)
    if kind == "at_most":
        return _at_most(value, goal)
    if kind == "at_least":
        return _at_least(value, goal)
    if not _under(value, goal) and not _under(goal, value):
        return _ALL
    small, large = (goal, value) if goal < value else (value, goal)
    return (small, large) if _under(ZERO, small) else _NONE


def _under(left: Decimal, right: Decimal) -> bool:
    """Return whether *left* is smaller, as comparisons see it."""
    return left < right and (right - left > _STEP or snap(left) < snap(right))


def _at_least(value: Decimal, goal: Decimal) -> Pair:
    if not snap(goal):
        raise OddError
    return (value, goal) if _under(value, goal) else _ALL


def _at_most(value: Decimal, goal: Decimal) -> Pair:
    if not _under(goal, value):
        return _ALL
    return (goal, value) if _under(ZERO, goal) else _NONE
