"""A typed tree → the node tree the evaluator walks: Python's `ast`, cut down and sanitised.

Constants are exact decimals, operators are chosen by type, and what Python has no node for has one
of ours. Nothing here is ever compiled by Python.
"""

import ast
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final, Literal, cast

from perfrules.decimals import snap
from perfrules.lang.tree import (
    Aggregate,
    Arithmetic,
    ArithmeticOp,
    Call,
    Column,
    Compare,
    CompareOp,
    Const,
    Expr,
    IfElse,
    In,
    Known,
    Logic,
    Name,
    Negate,
    Not,
    Power,
    Ref,
    RefKind,
    Tree,
)
from perfrules.lang.types import Kind, Type


class AddDays(ast.operator):
    """A date + days."""


class SubDays(ast.operator):
    """A date - days."""


class DaysBetween(ast.operator):
    """A date - a date."""


class Reference(ast.expr):
    """`rate.x` and its like."""

    ref: RefKind
    id: str


class Asked(ast.expr):
    """`known(x)`; `row` is None for a name."""

    row: str | None
    id: str


class Rank(ast.expr):
    """A choice as a number: the first label is the highest; None for one without order."""

    operand: ast.expr
    ranks: dict[str, int]


class Division(ast.BinOp):
    """A division that knows how its sides are written and typed, for the sentence about zero."""

    sides: tuple[tuple[str, Type], tuple[str, Type]]


class Rows(ast.expr):
    """A function over the rows of a table or the leaves of an indicator."""

    element: ast.expr
    condition: ast.expr | None
    function: str
    row: str
    source: str
    over: Literal["table", "leaves"]


@dataclass(frozen=True, slots=True)
class Compiled(Expr):
    """A checked expression with the nodes its evaluation walks."""

    code: ast.expr = field(compare=False, repr=False)


_OPS: Final[dict[ArithmeticOp, type[ast.operator]]] = {
    "+": ast.Add,
    "-": ast.Sub,
    "*": ast.Mult,
    "/": ast.Div,
}
_COMPARE: Final[dict[CompareOp, type[ast.cmpop]]] = {
    "==": ast.Eq,
    "!=": ast.NotEq,
    "<": ast.Lt,
    "<=": ast.LtE,
    ">": ast.Gt,
    ">=": ast.GtE,
}


def build(tree: Tree, text: str) -> ast.expr:
    """Return the nodes of *tree*; each has its place, a division also how its sides are written."""
    node = _node(tree, text)
    node.col_offset, node.end_col_offset = tree.start, tree.end
    return node


def _node(tree: Tree, text: str) -> ast.expr:  # noqa: C901, PLR0912 - one case a node
    match tree:
        case Const():
            return _constant(tree.value)
        case Name():
            return ast.Name(tree.id)
        case Column():
            return ast.Attribute(ast.Name(tree.row), tree.column)
        case Ref():
            return _reference(tree)
        case Negate():
            return ast.UnaryOp(ast.USub(), build(tree.operand, text))
        case Not():
            return ast.UnaryOp(ast.Not(), build(tree.operand, text))
        case Arithmetic():
            return _arithmetic(tree, text)
        case Power():
            return ast.BinOp(build(tree.base, text), ast.Pow(), ast.Constant(tree.exponent))
        case Compare():
            ordered = any(op not in ("==", "!=") for op in tree.ops)
            left, *right = (_operand(item, text, ordered=ordered) for item in tree.operands)
            return ast.Compare(left, [_COMPARE[op]() for op in tree.ops], right)
        case Logic():
            op = ast.And() if tree.op == "and" else ast.Or()
            return ast.BoolOp(op, [build(operand, text) for operand in tree.operands])
        case IfElse():
            return ast.IfExp(
                build(tree.test, text), build(tree.body, text), build(tree.orelse, text)
            )
        case In():
            return _in(tree, text)
        case Call():
            return ast.Call(ast.Name(tree.function), [build(arg, text) for arg in tree.args], [])
        case Known():
            return _asked(tree)
        case Aggregate():
            return _rows(tree, text)


def _constant(value: object) -> ast.Constant:
    return ast.Constant(cast("str", value))  # typeshed knows only the constants that Python writes


def _reference(tree: Ref) -> ast.expr:
    node = Reference()
    node.ref, node.id = tree.ref, tree.id
    return node


def _asked(tree: Known) -> ast.expr:
    node, one = Asked(), tree.operand
    node.row, node.id = (one.row, one.column) if isinstance(one, Column) else (None, one.id)
    return node


def _rows(tree: Aggregate, text: str) -> ast.expr:
    node = Rows()
    node.element = build(tree.element, text)
    node.condition = None if tree.condition is None else build(tree.condition, text)
    node.function, node.row = tree.function, tree.row
    node.source, node.over = tree.source, tree.over
    return node


def _arithmetic(tree: Arithmetic, text: str) -> ast.expr:
    kinds = (tree.left.type.kind, tree.right.type.kind)
    op: ast.operator = _OPS[tree.op]()
    if kinds == (Kind.DATE, Kind.DATE):
        op = DaysBetween()
    elif kinds[0] is Kind.DATE:
        op = AddDays() if tree.op == "+" else SubDays()
    left, right = build(tree.left, text), build(tree.right, text)
    if tree.op != "/":
        return ast.BinOp(left, op, right)
    node = Division(left, op, right)
    node.sides = (_side(tree.left, text), _side(tree.right, text))
    return node


def _side(tree: Tree, text: str) -> tuple[str, Type]:
    return text[tree.start : tree.end], tree.type


def _operand(tree: Tree, text: str, *, ordered: bool) -> ast.expr:
    node = build(tree, text)
    if not ordered or tree.type.kind is not Kind.CHOICE:
        return node
    rank = Rank()
    rank.operand, rank.ranks = node, ranks(tree.type)
    rank.col_offset, rank.end_col_offset = tree.start, tree.end
    return rank


def ranks(kind: Type) -> dict[str, int]:
    """Return the height of each ordered label: the first, the best, is the highest.

    >>> ranks(Type(Kind.CHOICE, of=("优", "良", "未能证明"), unordered=("未能证明",)))
    {'优': 0, '良': -1}
    """
    return {label: -place for place, label in enumerate(kind.of) if label not in kind.unordered}


def _in(tree: In, text: str) -> ast.expr:
    op = ast.NotIn() if tree.negated else ast.In()
    if tree.container is not None:
        container = build(tree.container, text)
    else:
        values = (option.value for option in tree.options if isinstance(option, Const))
        container = _constant(
            frozenset(snap(value) if isinstance(value, Decimal) else value for value in values)
        )
    return ast.Compare(build(tree.item, text), [op], [container])
