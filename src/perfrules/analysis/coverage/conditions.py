"""The conditions inside an expression: each has two sides, a comparison of sizes an edge too."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from perfrules.analysis.coverage.limits import sides_of
from perfrules.analysis.coverage.point import AT, FALSE, TRUE, Key, Mark, Sides, key_of
from perfrules.decimals import snap
from perfrules.errors import Text
from perfrules.lang.expr.scope import children
from perfrules.lang.tree import (
    Aggregate,
    Compare,
    Const,
    Expr,
    IfElse,
    In,
    Known,
    Logic,
    Not,
    Tree,
)
from perfrules.lang.types import NUMERIC, Kind

Place: TypeAlias = tuple[int, int]
Values: TypeAlias = dict[Place, object]

_ORDER: Final = frozenset({"<", "<=", ">", ">="})


def _deciding(tree: Tree, decides: bool) -> tuple[tuple[Tree, bool], ...]:  # noqa: FBT001 - a pair's second half
    """Return the parts of a node, each with whether its truth decides something."""
    match tree:
        case Logic() | Not():
            return tuple((part, True) for part in children(tree))
        case IfElse():
            return (tree.test, True), (tree.body, decides), (tree.orelse, decides)
        case Aggregate():
            inner = ((tree.condition, True),) if tree.condition is not None else ()
            return ((tree.element, tree.element.type.kind is Kind.FLAG), *inner)
        case Known():
            return ()
        case _:
            return tuple((part, False) for part in children(tree))


def atoms(expr: Expr) -> Iterator[Tree]:
    """Yield the conditions of *expr* that aren't put together from others, from left to right.

    A comparison, `in` and `known` always are; a flag where its truth decides something.
    """
    waiting: list[tuple[Tree, bool]] = [(expr.tree, expr.type.kind is Kind.FLAG)]
    while waiting:
        tree, decides = waiting.pop()
        if isinstance(tree, (Compare, In, Known)) or (
            decides
            and tree.type.kind is Kind.FLAG
            and not isinstance(tree, (Const, Logic, Not, IfElse))
        ):
            yield tree
        waiting += reversed(_deciding(tree, decides))


def _pairs(tree: Tree) -> Iterator[tuple[int, Tree, Tree, str]]:
    if isinstance(tree, Compare):
        for place, op in enumerate(tree.ops):
            yield place, tree.operands[place], tree.operands[place + 1], op


def has_edge(left: Tree, right: Tree, op: str) -> bool:
    """Whether both sides are sizes that can be equal by a hair."""
    kinds = {left.type.kind, right.type.kind}
    return op in _ORDER and kinds <= NUMERIC | {Kind.DATE}


def condition_marks(expr: Expr) -> Iterator[Mark]:
    """Yield the marks of the conditions in *expr*."""
    text = expr.text
    for atom in atoms(expr):
        if not isinstance(atom, Compare):
            yield from _sides(expr, atom, 0, text[atom.start : atom.end])
            continue
        for place, left, right, op in _pairs(atom):
            one, other = text[left.start : left.end], text[right.start : right.end]
            sized = left.type.kind in NUMERIC and right.type.kind in NUMERIC
            pair = (left, right, op) if sized else None
            yield from _sides(expr, atom, place, f"{one} {op} {other}", pair)
            if has_edge(left, right, op):
                yield Mark(
                    key_of(expr, atom.start, atom.end, place, AT),
                    "edge",
                    expr.where,
                    Text(f"条件 {one} {op} {other} 的边界", f"the edge of {one} {op} {other}"),
                    Text(f"使 {one} 恰好等于 {other}", f"make {one} exactly {other}"),
                    atom.start,
                    atom.end,
                    Sides(left, right, frozenset({AT})),
                )


def _sides(
    expr: Expr, atom: Tree, place: int, text: str, pair: tuple[Tree, Tree, str] | None = None
) -> Iterator[Mark]:
    for side, zh, en in ((TRUE, "成立", "true"), (FALSE, "不成立", "false")):
        yield Mark(
            key_of(expr, atom.start, atom.end, place, side),
            "condition",
            expr.where,
            Text(f"条件 {text} {zh}", f"{text} is {en}"),
            Text(f"使 {text} {zh}", f"make {text} {en}"),
            atom.start,
            atom.end,
            Sides(*pair[:2], sides_of(pair[2], holds=side == TRUE)) if pair else None,
        )


def by_place(expr: Expr) -> Mapping[Place, Tree]:
    """Return the conditions of *expr* by where they stand in its text."""
    return {(atom.start, atom.end): atom for atom in atoms(expr)}


def noting(
    expr: Expr, known: Mapping[Place, Tree], reached: set[Key]
) -> Callable[[int, int, object], None]:
    """Return what adds to *reached* each side and edge that an evaluation of *expr* passes."""
    values: Values = {}

    def note(start: int, end: int, value: object) -> None:
        place = (start, end)
        atom = known.get(place)
        if isinstance(atom, Compare):
            reached.update(_compared(expr, atom, value=bool(value), values=values))
        elif atom is not None:
            reached.add(key_of(expr, start, end, 0, TRUE if value else FALSE))
        values[place] = value

    return note


def _compared(expr: Expr, atom: Compare, *, value: bool, values: Values) -> Iterator[Key]:
    """Yield what a comparison passed; of a chain that stopped, the pairs before held."""
    found = [values.pop((part.start, part.end), None) for part in atom.operands]
    last = max(place for place, item in enumerate(found) if item is not None or place == 1)
    for place, left, right, op in _pairs(atom):
        if place >= last:
            return
        held = value or place + 1 < last
        yield key_of(expr, atom.start, atom.end, place, TRUE if held else FALSE)
        if has_edge(left, right, op) and _equal(found[place], found[place + 1]):
            yield key_of(expr, atom.start, atom.end, place, AT)


def _equal(left: object, right: object) -> bool:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return snap(left) == snap(right)
    return isinstance(left, date) and left == right
