"""The values a condition or formula was decided by, for its reason."""

from perfrules.errors import Text
from perfrules.lang.frame import Evaluation, MissingFault
from perfrules.lang.methods.phrase import joined, phrase, same
from perfrules.lang.tree import (
    Arithmetic,
    Call,
    Column,
    Compare,
    Expr,
    IfElse,
    In,
    Logic,
    Name,
    Negate,
    Not,
    Power,
    Tree,
)
from perfrules.lang.types import Kind

_MOST = 6  # values a reason shows
_WHOLE = frozenset({Kind.TABLE, Kind.MAP, Kind.SURVEY, Kind.PANEL, Kind.ROW})


def with_values(at: Evaluation, expr: Expr) -> Text:
    """Return the text of *expr* with the values it read: `rate >= 90%（rate = 95%）`."""
    text = " ".join(expr.text.split())
    shown = [
        phrase("{name} = {value}", "{name} = {value}", name=_written(tree, expr), value=value)
        for tree in _read(expr.tree)
        if (value := _value(at, tree, expr)) is not None
    ]
    if not shown or (len(shown) == 1 and isinstance(expr.tree, Name | Column)):
        return same(text)
    values = joined(shown[:_MOST], zh="，")
    return phrase("{text}（{values}）", "{text} ({values})", text=text, values=values)


def _written(tree: Name | Column, expr: Expr) -> str:
    return tree.id if isinstance(tree, Name) else expr.text[tree.start : tree.end]


def _value(at: Evaluation, tree: Name | Column, expr: Expr) -> Text | None:
    """Return one value as its unit writes it; None where it may stand for itself only."""
    names = frozenset({tree.id}) if isinstance(tree, Name) else frozenset[str]()
    part = Expr(expr.text, tree, names, frozenset(), expr.where)
    try:
        return at.show(part, at.value(part))
    except MissingFault:
        return Text("缺失", "missing")


def _read(tree: Tree) -> list[Name | Column]:
    """Return the names and columns in *tree*, in the order of the text, each once."""
    found: dict[tuple[str, ...], Name | Column] = {}
    waiting = [tree]
    while waiting:
        item = waiting.pop(0)
        match item:
            case Name() if item.type.kind not in _WHOLE:
                found.setdefault((item.id,), item)
            case Column():
                found.setdefault((item.row, item.column), item)
            case Negate() | Not():
                waiting.append(item.operand)
            case Arithmetic():
                waiting += (item.left, item.right)
            case Power():
                waiting.append(item.base)
            case Compare() | Logic():
                waiting += item.operands
            case IfElse():
                waiting += (item.test, item.body, item.orelse)
            case In():
                waiting += (item.item, *((item.container,) if item.container else ()))
            case Call():
                waiting += item.args
            case _:
                continue
    return sorted(found.values(), key=lambda node: node.start)
