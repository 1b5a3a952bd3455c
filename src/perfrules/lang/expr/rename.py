"""A checked expression by other names: what a library calls `covered` may be `受助人数` here."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from perfrules.errors import Path
from perfrules.lang.expr.build import Compiled, build
from perfrules.lang.expr.scope import names_of, refs_of
from perfrules.lang.tree import (
    Aggregate,
    Arithmetic,
    Call,
    Column,
    Compare,
    Expr,
    IfElse,
    In,
    Known,
    Logic,
    Name,
    Negate,
    Not,
    Power,
    Tree,
)
from perfrules.lang.types import Kind

_OF_A_MAP = ("lookup", "step")


@dataclass(frozen=True, slots=True)
class Renaming:
    """Names and what they are called instead; those in `flat` were maps and are one value now."""

    names: Mapping[str, str]
    flat: frozenset[str] = field(default_factory=frozenset)

    def __call__(self, expr: Expr) -> Expr:
        """Return *expr* with its names replaced; its text and its places stay as written."""
        if all(self.names.get(name, name) == name for name in expr.names):
            return expr
        tree = self._tree(expr.tree)
        where: Path = expr.where
        return Compiled(
            expr.text, tree, names_of(tree), refs_of(tree), where, build(tree, expr.text)
        )

    def _name(self, tree: Name) -> Name:
        return replace(tree, id=self.names.get(tree.id, tree.id))

    def _many(self, trees: tuple[Tree, ...]) -> tuple[Tree, ...]:
        return tuple(self._tree(tree) for tree in trees)

    def _tree(self, tree: Tree) -> Tree:
        match tree:
            case Name():
                return self._name(tree)
            case Negate() | Not():
                return replace(tree, operand=self._tree(tree.operand))
            case Arithmetic():
                return replace(tree, left=self._tree(tree.left), right=self._tree(tree.right))
            case Power():
                return replace(tree, base=self._tree(tree.base))
            case Compare() | Logic():
                return replace(tree, operands=self._many(tree.operands))
            case IfElse():
                test, body = self._tree(tree.test), self._tree(tree.body)
                return replace(tree, test=test, body=body, orelse=self._tree(tree.orelse))
            case In():
                container = None if tree.container is None else self._tree(tree.container)
                options = self._many(tree.options)
                return replace(
                    tree, item=self._tree(tree.item), options=options, container=container
                )
            case Call():
                return self._call(tree)
            case Known():
                one = tree.operand
                return tree if isinstance(one, Column) else replace(tree, operand=self._name(one))
            case Aggregate():
                return self._aggregate(tree)
            case _:
                return tree

    def _call(self, tree: Call) -> Tree:
        """Return a call; a lookup in a map that is one value here is that value."""
        first = tree.args[0] if tree.args else None
        if tree.function in _OF_A_MAP and isinstance(first, Name) and first.id in self.flat:
            inner = first.type.inner if first.type.kind is Kind.MAP else None
            name = self._name(first)
            return replace(name, type=inner or name.type, start=tree.start, end=tree.end)
        return replace(tree, args=self._many(tree.args))

    def _aggregate(self, tree: Aggregate) -> Aggregate:
        source = self.names.get(tree.source, tree.source) if tree.over == "table" else tree.source
        condition = None if tree.condition is None else self._tree(tree.condition)
        return replace(tree, source=source, element=self._tree(tree.element), condition=condition)
