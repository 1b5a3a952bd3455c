"""One generator over a table or leaves: `sum(t.points for t in targets if t.block == "产出")`."""

import ast
from dataclasses import replace
from typing import Literal, TypeAlias

from perfrules.errors import Text
from perfrules.lang.expr.calls import find_function
from perfrules.lang.expr.resolve import GROUPS, name
from perfrules.lang.expr.rules import describe, one_of
from perfrules.lang.expr.scope import Scope, guards
from perfrules.lang.functions import FORMS, FUNCTIONS, Function
from perfrules.lang.tree import Aggregate, Column, Const, Known, Logic, Name, Tree
from perfrules.lang.types import FLAG, Kind, Type
from perfrules.messages import did_you_mean

# Table or leaves, the table's name or the indicator's id, the row's type.
_Source: TypeAlias = tuple[Literal["table", "leaves"], str, Type]


def aggregate(node: ast.Call, generator: ast.GeneratorExp, scope: Scope) -> Tree:
    """Return a function over the rows of a table or the leaves of an indicator."""
    if not isinstance(node.func, ast.Name):
        scope.visit(node.func)
        return scope.unknown(node)
    function = find_function(node, scope.text(node.func), scope)
    if function is None:
        return scope.unknown(node)
    if function.fold is None:
        hint = Text(f"写作 {function.signature}", f"write {function.signature}")
        problem = Text(f"{function.name} 不能逐行计算", f"{function.name} doesn't go over rows")
        scope.report("PRF352", node, hint, problem=problem)
        return scope.unknown(node)
    if len(generator.generators) > 1:
        problem = Text("一个 for 之后又有一个 for", "there is a second for")
        scope.report(
            "PRF352", node, Text("只能有一个 for", "one for is all there can be"), problem=problem
        )
        return scope.unknown(node)
    clause = generator.generators[0]
    source = _source(clause.iter, scope)
    row = _row(clause.target, scope)
    if source is None or row is None:
        return scope.unknown(node)
    over, where, kind = source
    inside = _inside(scope, row, kind)
    condition, inside = _condition(clause, inside)
    element = _element(generator.elt, row, function, inside)
    if element is None or (condition is not None and condition.type.kind is Kind.UNKNOWN):
        return scope.unknown(node)
    result = function.result if isinstance(function.result, Type) else element.type
    start, end = scope.span(node)
    return Aggregate(result, start, end, function.name, element, row, where, over, condition)


def folded(node: ast.Call, scope: Scope) -> Tree | None:
    """Return `sum(share)`: a function over a column of all rows that have a value; else None."""
    arg = node.args[0] if len(node.args) == 1 else None
    column = scope.names.columns.get(scope.text(arg)) if isinstance(arg, ast.Name) else None
    function = scope.names.functions.get(scope.text(node.func)) if column is not None else None
    if arg is None or column is None or function is None or function.fold is None:
        return None
    table, kind = column
    if kind.kind is Kind.UNKNOWN:
        return scope.unknown(node)
    if kind.kind not in function.element:
        expected = one_of(function.element)
        scope.report("PRF349", arg, None, expected, function=function.name, value=scope.text(arg))
        return scope.unknown(node)
    element = Column(replace(kind, optional=False), *scope.span(arg), "row", scope.text(arg))
    there = Known(FLAG, *scope.span(arg), element)
    result = function.result if isinstance(function.result, Type) else element.type
    return Aggregate(
        result, *scope.span(node), function.name, element, "row", table, "table", there
    )


def _inside(scope: Scope, row: str, kind: Type) -> Scope:
    rows = {**scope.rows, row: kind}
    names = scope.names
    if any("." in column for column, _ in kind.columns):
        # A row of a file of results: one missing value would leave the whole fold without one.
        names = replace(names, missing_ok=False)
    return replace(scope, rows=rows, names=names, known=scope.known)


def _condition(clause: ast.comprehension, inside: Scope) -> tuple[Tree | None, Scope]:
    """Return the condition and the scope behind it; several `if` count as one with `and`."""
    found: list[Tree] = []
    for test in clause.ifs:
        tree = inside.visit(test)
        if tree.type.kind not in (Kind.FLAG, Kind.UNKNOWN):
            inside.report("PRF345", tree, value=inside.text(tree), found=describe(tree.type))
            tree = inside.unknown(test)
        inside = inside.knowing(guards(tree)[0])
        found.append(tree)
    if len(found) > 1:
        if any(tree.type.kind is Kind.UNKNOWN for tree in found):
            return found[0] if found[0].type.kind is Kind.UNKNOWN else found[1], inside
        return Logic(FLAG, found[0].start, found[-1].end, "and", tuple(found)), inside
    return (found[0] if found else None), inside


def _source(node: ast.expr, scope: Scope) -> _Source | None:
    """Return what a generator goes over: (table or leaves, its name, the row's type)."""
    if isinstance(node, ast.Name):
        found = name(node, scope, whole=True)
        if isinstance(found, Name) and found.type.kind is Kind.TABLE:
            return "table", found.id, Type(Kind.ROW, columns=found.type.columns)
        if found.type.kind is Kind.UNKNOWN:
            return None
    elif isinstance(node, ast.Call) and scope.text(node.func) == "leaves":
        return _leaves(node, scope)
    hint = Text(
        "写作 for t in 表名，或 for l in leaves(编号)",
        "write for t in table, or for l in leaves(id)",
    )
    scope.report(
        "PRF352",
        node,
        hint,
        problem=Text(f"{scope.text(node)} 没有行", f"{scope.text(node)} has no rows"),
    )
    return None


def _leaves(node: ast.Call, scope: Scope) -> _Source | None:
    arg = node.args[0] if len(node.args) == 1 else None
    written = scope.text(arg) if isinstance(arg, ast.Name) else None
    names = scope.names
    if written is not None and "leaves" in names.indicators.get(written, ()):
        return "leaves", written, names.leaf
    known = [item for item, parts in names.indicators.items() if "leaves" in parts]
    if written is None:
        problem = Text("leaves 需要一个指标编号", "leaves takes the id of one indicator")
        scope.report("PRF352", node, Text("写作 leaves(编号)", "write leaves(id)"), problem=problem)
    elif "leaves" in names.later or f"leaves.{written}" in names.later:
        later = names.later.get(f"leaves.{written}") or names.later["leaves"]
        name = f"leaves({written})"
        scope.report("PRF321", node, later.hint, name=name, reason=later.reason)
    elif written in names.indicators:
        scope.report("PRF327", node, id=written, part="leaves")
    else:
        what = Text("指标", "indicator")
        scope.report("PRF324", node, did_you_mean(written, known), id=written, what=what)
    return None


def _row(target: ast.expr, scope: Scope) -> str | None:
    """Return the row variable, reporting one that isn't a name or hides another."""
    if not isinstance(target, ast.Name):
        problem = Text("for 之后应为一个名称", "for takes one name")
        scope.report("PRF352", target, problem=problem)
        return None
    written = scope.text(target)
    names = scope.names
    taken = (names.values, scope.rows, FUNCTIONS, FORMS, GROUPS, names.later)
    if any(written in group for group in taken) or written in ("true", "false"):
        scope.report("PRF353", target, name=written)
        return None
    return written


def _element(node: ast.expr, row: str, function: Function, inside: Scope) -> Tree | None:
    """Return what is computed for each row; `count(t for t in …)` counts the rows."""
    if function.name == "count" and isinstance(node, ast.Name) and inside.text(node) == row:
        return Const(FLAG, *inside.span(node), True)
    tree = inside.visit(node)
    kind = tree.type.kind
    if kind is Kind.UNKNOWN:
        return None
    if kind not in function.element:
        expected = one_of(function.element)
        hint = None
        if function.name == "count":
            hint = Text(f"写作 count({row} for {row} in …)", f"write count({row} for {row} in …)")
        inside.report(
            "PRF349", tree, hint, expected, function=function.name, value=inside.text(tree)
        )
        return None
    return tree
