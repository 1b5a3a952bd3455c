"""The reference evaluator: simpleeval's, its tables cut down to our nodes, operators, functions.

It walks the nodes of a checked tree, never a text, and its constants are exact decimals: an
implementation of the language that compilers can be held to.
"""

import ast
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, cast

from simpleeval import SimpleEval

from perfrules.decimals import CONTEXT, HUNDRED, ONE, plain, snap
from perfrules.lang.expr.build import (
    AddDays,
    Asked,
    Compiled,
    DaysBetween,
    Division,
    Rank,
    Reference,
    Rows,
    SubDays,
    build,
)
from perfrules.lang.frame import Fault, Frame, MissingFault
from perfrules.lang.functions import FUNCTIONS, Function
from perfrules.lang.operations import bounded
from perfrules.lang.tree import Expr
from perfrules.lang.types import MISSING, Kind, Type
from perfrules.lang.units import MONEY_FACTORS


def evaluate(expr: Expr, frame: Frame, functions: Mapping[str, Function] = FUNCTIONS) -> object:
    """Return the value of *expr*; raise `Fault`, `MissingFault` with the place in its text.

    Args:
        expr: A checked expression.
        frame: Where its names get their values.
        functions: The table it was checked with.
    """
    code = expr.code if isinstance(expr, Compiled) else build(expr.tree, expr.text)
    # Most expressions are a number or a name: they need no walk.
    if type(code) is ast.Constant:
        frame.budget.spend()
        return code.value
    if type(code) is ast.Name:
        frame.budget.spend()
        value = frame.name(code.id)
        if value is MISSING:
            raise MissingFault(code.id, start=code.col_offset, end=code.end_col_offset)
        return value
    return _Evaluator(expr, frame, functions).value(code)


def watch(
    expr: Expr,
    frame: Frame,
    functions: Mapping[str, Function],
    note: Callable[[int, int, object], None],
) -> object:
    """Return what `evaluate` does, telling *note* the value of each part as it is computed.

    A part is told by where it stands in the expression's text; what isn't asked for isn't told.
    """
    code = expr.code if isinstance(expr, Compiled) else build(expr.tree, expr.text)
    return _Watched(expr, frame, functions, note).value(code)


def _add(left: Decimal, right: Decimal) -> Decimal:
    return bounded(CONTEXT.add(left, right))


def _subtract(left: Decimal, right: Decimal) -> Decimal:
    return bounded(CONTEXT.subtract(left, right))


def _multiply(left: Decimal, right: Decimal) -> Decimal:
    return bounded(CONTEXT.multiply(left, right))


def _divide(left: Decimal, right: Decimal) -> Decimal:
    if not right:
        raise Fault("PRF530")
    return bounded(CONTEXT.divide(left, right))


def _power(base: Decimal, exponent: int) -> Decimal:
    # By multiplication: decimal's own power is not correctly rounded, and 0 ** 0 is 1 here.
    found = ONE
    for _ in range(exponent):
        found = _multiply(found, base)
    return found


def _later(day: date, span: Decimal) -> date:
    whole = snap(span)
    if whole != whole.to_integral_value():
        raise Fault("PRF531", value=f"{day} + {plain(span)}")
    try:
        return day + timedelta(days=int(whole))
    except OverflowError:
        raise Fault("PRF531", value=f"{day} + {plain(span)}") from None


def _earlier(day: date, span: Decimal) -> date:
    return _later(day, span.copy_negate())


def _between(left: date, right: date) -> Decimal:
    return Decimal((left - right).days)


def _equal(left: object, right: object) -> bool:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return snap(left) == snap(right)
    return left == right


def _ordered(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    """Return *test* on snapped numbers; what has no order is neither better nor worse."""

    def compare(left: object, right: object) -> bool:
        if isinstance(left, Decimal) and isinstance(right, Decimal):
            return test(snap(left), snap(right))
        return left is not None and right is not None and test(left, right)

    return compare


def _among(item: object, options: frozenset[object]) -> bool:
    return (snap(item) if isinstance(item, Decimal) else item) in options


OPERATORS: Final[Mapping[type[ast.AST], Callable[..., object]]] = MappingProxyType(
    {
        ast.Add: _add,
        ast.Sub: _subtract,
        ast.Mult: _multiply,
        ast.Div: _divide,
        ast.Pow: _power,
        AddDays: _later,
        SubDays: _earlier,
        DaysBetween: _between,
        ast.USub: Decimal.copy_negate,
        ast.Not: operator.not_,
        ast.Eq: _equal,
        ast.NotEq: lambda left, right: not _equal(left, right),
        ast.Lt: _ordered(operator.lt),
        ast.LtE: _ordered(operator.le),
        ast.Gt: _ordered(operator.gt),
        ast.GtE: _ordered(operator.ge),
        ast.In: _among,
        ast.NotIn: lambda item, options: not _among(item, options),
    }
)


class _Evaluator(SimpleEval):  # type: ignore[misc] # simpleeval ships no types
    """One evaluation: simpleeval's walk over our nodes, counting steps."""

    def __init__(self, expr: Expr, frame: Frame, functions: Mapping[str, Function]) -> None:
        # Not simpleeval's own: it would enter our tables beside its defaults and touch `warnings`.
        self.expr = expr.text
        self.frame = frame
        self.operators = OPERATORS
        self.functions = functions
        self.bound: dict[str, Mapping[str, object]] = {}

    def value(self, code: ast.expr) -> object:
        """Return the value of *code*."""
        return self._eval(code)

    def _eval(self, node: ast.expr) -> object:
        self.frame.budget.spend()
        return _NODES[type(node)](self, node)

    def _there(self, value: object, name: str, node: ast.expr) -> object:
        if value is MISSING:
            raise MissingFault(name, start=node.col_offset, end=node.end_col_offset)
        return value

    def _name(self, node: ast.Name) -> object:
        return self._there(self.frame.name(node.id), node.id, node)

    def _row(self, variable: str) -> Mapping[str, object]:
        found = self.bound.get(variable)
        return self.frame.row(variable) if found is None else found

    def _column(self, node: ast.Attribute) -> object:
        row = cast("ast.Name", node.value).id
        return self._there(self._row(row).get(node.attr, MISSING), f"{row}.{node.attr}", node)

    def _reference(self, node: Reference) -> object:
        return self._there(self.frame.ref(node.ref, node.id), f"{node.ref}.{node.id}", node)

    def _asked(self, node: Asked) -> bool:
        if node.row is None:
            return self.frame.name(node.id) is not MISSING
        return self._row(node.row).get(node.id, MISSING) is not MISSING

    def _rank(self, node: Rank) -> int | None:
        return node.ranks.get(cast("str", self._eval(node.operand)))

    def _binary(self, node: ast.BinOp) -> object:
        left, right = self._eval(node.left), self._eval(node.right)
        try:
            return self.operators[type(node.op)](left, right)
        except Fault as fault:
            raise self._placed(fault, node) from None

    def _division(self, node: Division) -> object:
        left = cast("Decimal", self._eval(node.left))
        right = cast("Decimal", self._eval(node.right))
        try:
            return _divide(left, right)
        except Fault as fault:
            (left_text, left_type), (right_text, right_type) = node.sides
            fault.args_by_name.update(
                left=left_text,
                right=right_text,
                left_value=show(left, left_type),
                right_value=show(right, right_type),
            )
            raise self._placed(fault, node) from None

    def _placed(self, fault: Fault, node: ast.expr) -> Fault:
        """Return *fault* with its place and the text there, where it has none yet."""
        if fault.start is None:
            fault.start, fault.end = node.col_offset, node.end_col_offset
            text = self.expr[fault.start : fault.end]
            fault.args_by_name.setdefault("text", text)
            if fault.code == "PRF546":
                fault.args_by_name["name"] = text
        return fault

    def _call(self, node: ast.Call) -> object:
        function = self.functions[cast("ast.Name", node.func).id]
        args = [self._eval(arg) for arg in node.args]
        if function.call is None:  # not reached: checked when typed
            raise KeyError(function.name)
        try:
            found = function.call(*args)
        except Fault as fault:
            if fault.code == "PRF533":
                first = node.args[0]
                fault.args_by_name["map"] = self.expr[first.col_offset : first.end_col_offset]
            raise self._placed(fault, node) from None
        return found

    def _rows(self, node: Rows) -> object:
        source = node.source
        rows = self.frame.rows(source) if node.over == "table" else self.frame.leaves(source)
        self._there(rows, source, node)
        function = self.functions[node.function]
        if function.fold is None:  # not reached: checked when typed
            raise KeyError(function.name)
        try:
            return function.fold(self._elements(node, rows))
        except Fault as fault:
            raise self._placed(fault, node) from None
        finally:
            self.bound.pop(node.row, None)

    def _elements(self, node: Rows, rows: Sequence[Mapping[str, object]]) -> Iterator[object]:
        for row in rows:
            self.bound[node.row] = row
            self.frame.budget.spend()
            if node.condition is None or self._eval(node.condition):
                yield self._eval(node.element)


_NODES: Final[Mapping[type[ast.expr], Callable[[_Evaluator, Any], object]]] = MappingProxyType(
    {
        ast.Constant: lambda _, node: node.value,
        ast.Name: _Evaluator._name,  # noqa: SLF001 - its own table, made once
        ast.Attribute: _Evaluator._column,  # noqa: SLF001
        ast.UnaryOp: SimpleEval._eval_unaryop,  # noqa: SLF001
        ast.BinOp: _Evaluator._binary,  # noqa: SLF001
        Division: _Evaluator._division,  # noqa: SLF001
        ast.BoolOp: SimpleEval._eval_boolop,  # noqa: SLF001
        ast.Compare: SimpleEval._eval_compare,  # noqa: SLF001
        ast.IfExp: SimpleEval._eval_ifexp,  # noqa: SLF001
        ast.Call: _Evaluator._call,  # noqa: SLF001
        Reference: _Evaluator._reference,  # noqa: SLF001
        Asked: _Evaluator._asked,  # noqa: SLF001
        Rank: _Evaluator._rank,  # noqa: SLF001
        Rows: _Evaluator._rows,  # noqa: SLF001
    }
)


class _Watched(_Evaluator):
    """An evaluation that tells the value of each part."""

    def __init__(
        self,
        expr: Expr,
        frame: Frame,
        functions: Mapping[str, Function],
        note: Callable[[int, int, object], None],
    ) -> None:
        super().__init__(expr, frame, functions)
        self.note = note

    def _eval(self, node: ast.expr) -> object:
        found = super()._eval(node)
        end = getattr(node, "end_col_offset", None)
        if end is not None:  # the values of a written list have no place of their own
            self.note(node.col_offset, end, found)
        return found


def show(value: Decimal, kind: Type) -> str:
    """Return a number as its type's unit writes it.

    >>> show(Decimal(15854000), Type(Kind.MONEY, unit="万元"))
    '1585.4万元'
    """
    if kind.kind is Kind.PERCENT:
        return f"{plain(CONTEXT.multiply(value, HUNDRED))}%"
    if kind.kind is Kind.MONEY:
        unit = kind.unit if kind.unit in MONEY_FACTORS else "元"
        return f"{plain(CONTEXT.divide(value, MONEY_FACTORS[unit or '元']))}{unit}"
    if kind.kind is Kind.DAYS:
        return f"{plain(value)}天"
    return plain(value)
