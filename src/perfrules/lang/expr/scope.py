"""What typing an expression shares: the parsed text, the names in sight, and the faults found."""

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from perfrules.errors import Text
from perfrules.lang.expr.faults import ExprFault, Names
from perfrules.lang.expr.parse import Parsed
from perfrules.lang.tree import (
    Aggregate,
    Arithmetic,
    Call,
    Column,
    Compare,
    Const,
    IfElse,
    In,
    Known,
    Logic,
    Name,
    Negate,
    Not,
    Power,
    Ref,
    Tree,
)
from perfrules.lang.types import UNKNOWN, Type

Guard: TypeAlias = tuple[str, ...]  # (name,) or (row, column)
NONE: frozenset[Guard] = frozenset()


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a node is typed: `known` are the optional values asked for by `known()` on the way."""

    parsed: Parsed
    names: Names
    typed: Callable[[ast.expr, "Scope"], Tree]
    rows: Mapping[str, Type]
    known: frozenset[Guard] = NONE
    faults: list[ExprFault] = field(default_factory=list)

    def visit(self, node: ast.expr) -> Tree:
        """Return the typed tree of *node*."""
        return self.typed(node, self)

    def knowing(self, more: frozenset[Guard]) -> "Scope":
        """Return the scope in which *more* are known to be there."""
        return replace(self, known=self.known | more) if more else self

    def span(self, node: ast.expr) -> tuple[int, int]:
        """Return where *node* stands in the text."""
        return self.parsed.span(node)

    def text(self, item: ast.expr | Tree) -> str:
        """Return how *item* is written."""
        start, end = self.span(item) if isinstance(item, ast.expr) else (item.start, item.end)
        return self.parsed.text[start:end]

    def report(
        self,
        code: str,
        at: ast.expr | Tree | tuple[int, int],
        hint: Text | None = None,
        expected: Text | None = None,
        **args: object,
    ) -> None:
        """Note a fault of *at*."""
        if isinstance(at, ast.expr):
            start, end = self.span(at)
        elif isinstance(at, tuple):
            start, end = at
        else:
            start, end = at.start, at.end
        found = ExprFault(code, start, end, args, hint, expected)
        if found not in self.faults:
            self.faults.append(found)

    def unknown(self, at: ast.expr | tuple[int, int]) -> Const:
        """Return what stands for a node that was reported: its type makes no followers."""
        start, end = at if isinstance(at, tuple) else self.span(at)
        return Const(UNKNOWN, start, end, None)


def guards(tree: Tree) -> tuple[frozenset[Guard], frozenset[Guard]]:
    """Return what is known to be there where *tree* is true, and where it is false."""
    if isinstance(tree, Known):
        one = tree.operand
        key = (one.row, one.column) if isinstance(one, Column) else (one.id,)
        return frozenset({key}), NONE
    if isinstance(tree, Not):
        true, false = guards(tree.operand)
        return false, true
    if isinstance(tree, Logic):
        pairs = [guards(operand) for operand in tree.operands]
        every = frozenset[Guard]().union(*(pair[tree.op == "or"] for pair in pairs))
        some = pairs[0][tree.op == "and"].intersection(*(pair[tree.op == "and"] for pair in pairs))
        return (every, some) if tree.op == "and" else (some, every)
    return NONE, NONE


def children(tree: Tree) -> tuple[Tree, ...]:
    """Return the trees directly below *tree*."""
    match tree:
        case Negate() | Not() | Known():
            return (tree.operand,)
        case Arithmetic():
            return (tree.left, tree.right)
        case Power():
            return (tree.base,)
        case Compare() | Logic():
            return tree.operands
        case IfElse():
            return (tree.test, tree.body, tree.orelse)
        case In():
            more = () if tree.container is None else (tree.container,)
            return (tree.item, *tree.options, *more)
        case Call():
            return tree.args
        case Aggregate():
            more = () if tree.condition is None else (tree.condition,)
            return (tree.element, *more)
        case _:
            return ()


def names_of(tree: Tree) -> frozenset[str]:
    """Return the inputs, parameters and derived values that *tree* reads."""
    found = frozenset[str]().union(*map(names_of, children(tree)))
    if isinstance(tree, Name):
        return found | {tree.id}
    if isinstance(tree, Aggregate) and tree.over == "table":
        return found | {tree.source}
    return found


def refs_of(tree: Tree) -> frozenset[tuple[str, str]]:
    """Return what *tree* reads of indicators and gates."""
    found = frozenset[tuple[str, str]]().union(*map(refs_of, children(tree)))
    if isinstance(tree, Ref):
        return found | {(tree.ref, tree.id)}
    if isinstance(tree, Aggregate) and tree.over == "leaves":
        return found | {("leaves", tree.source)}
    return found
