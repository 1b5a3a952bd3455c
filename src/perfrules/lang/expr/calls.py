"""Calls with values as arguments: listed functions, `date("…")` and `known(x)`."""

import ast
from datetime import date
from decimal import Decimal
from typing import Final

from perfrules.errors import Text
from perfrules.lang.expr.relations import labelled, pair_slip
from perfrules.lang.expr.resolve import attribute, name
from perfrules.lang.expr.rules import common, describe, one_of
from perfrules.lang.expr.scope import Scope
from perfrules.lang.functions import FORMS, Function
from perfrules.lang.tree import Call, Column, Const, Known, Name, Tree
from perfrules.lang.types import DATE, FLAG, NUMBER, Kind, Type
from perfrules.messages import did_you_mean, nearest

_MEAN: Final = "mean(t.x for t in table)"
_ELSEWHERE: Final = {
    **dict.fromkeys(("avg", "average", "AVERAGE", "平均值"), _MEAN),
    **dict.fromkeys(("has", "exists", "defined"), "known(x)"),
    **dict.fromkeys(("now", "today", "NOW", "TODAY"), "as_of"),
    **dict.fromkeys(("if", "IF", "iif", "如果"), "a if c else b"),
    "len": "count(t for t in table)",
    "missing": "not known(x)",
    "int": "floor(x)",
    "float": "number(x)",
    "pow": "x ** 2",
    "log": "ln(x)",
    "求和": "sum(t.x for t in table)",
    "四舍五入": "round(x, 2)",
    "最大值": "max(a, b)",
    "最小值": "min(a, b)",
}
_KEY_KINDS: Final = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.DATE})


def call(node: ast.Call, scope: Scope) -> Tree:
    """Return a call of a listed function with values as arguments."""
    if not isinstance(node.func, ast.Name):
        if isinstance(node.func, ast.Attribute):
            scope.visit(node.func)
        else:
            scope.report("PRF322", node.func, name=scope.text(node.func))
        return scope.unknown(node)
    written = scope.text(node.func)
    if written == "date":
        return _date(node, scope)
    if written == "known":
        return _known(node, scope)
    if written == "leaves":
        shown = "sum(l.score for l in leaves(id))"
        problem = Text("leaves(…) 只写在 for … in 之后", "leaves(…) stands only after for … in")
        scope.report("PRF352", node, Text(f"写作 {shown}", f"write {shown}"), problem=problem)
        return scope.unknown(node)
    function = find_function(node, written, scope)
    if function is None:
        return scope.unknown(node)
    if function.call is None:
        _needs_generator(node, function, scope)
        return scope.unknown(node)
    if not _count_fits(node, function, scope):
        return scope.unknown(node)
    args = [_argument(arg, place, function, scope) for place, arg in enumerate(node.args)]
    return _applied(node, function, args, scope)


def find_function(node: ast.Call, written: str, scope: Scope) -> Function | None:
    """Return the function that is called, or None after reporting that there is none."""
    found = scope.names.functions.get(written)
    if found is not None:
        return found
    start, _ = scope.span(node.func)
    if (
        scope.parsed.starts[start].kind == "name"
        and scope.parsed.starts[start].type.kind is Kind.UNKNOWN
    ):
        return None
    known = [*scope.names.functions, *FORMS]
    if written in _ELSEWHERE:
        better = _ELSEWHERE[written]
        hint = Text(f"请写 {better}", f"write {better}")
    elif nearest(written, known) is None:
        shown = " ".join(known)
        hint = Text(f"可用的函数：{shown}", f"functions: {shown}")
    else:
        hint = did_you_mean(written, known)
    scope.report("PRF322", node.func, hint, name=written)
    return None


def _needs_generator(node: ast.Call, function: Function, scope: Scope) -> None:
    hint = Text(f"写作 {function.signature}", f"write {function.signature}")
    if function.name == "sum" and len(node.args) > 1:
        joined = " + ".join(scope.text(arg) for arg in node.args)
        hint = Text(f"请写 {joined}", f"write {joined}")
    problem = Text(
        f"{function.name} 逐行计算，需要 for", f"{function.name} goes over rows: it needs a for"
    )
    scope.report("PRF352", node, hint, problem=problem)


def _count_fits(node: ast.Call, function: Function, scope: Scope) -> bool:
    fewest, most = function.arity
    given = len(node.args)
    if given >= fewest and (most is None or given <= most):
        return True
    if most is None:
        wanted = Text(f"至少 {fewest} 个参数", f"at least {fewest} arguments")
    elif fewest == most:
        wanted = Text(f"{fewest} 个参数", f"{fewest} argument{'s' if fewest > 1 else ''}")
    else:
        wanted = Text(f"{fewest} 到 {most} 个参数", f"{fewest} to {most} arguments")
    problem = Text(f"需要 {wanted.zh}，写了 {given} 个", f"takes {wanted.en}, {given} given")
    hint = Text(f"写作 {function.signature}", f"write {function.signature}")
    scope.report("PRF323", node, hint, function=function.name, problem=problem)
    return False


def _argument(node: ast.expr, place: int, function: Function, scope: Scope) -> Tree:
    parameter = function.parameters[min(place, len(function.parameters) - 1)]
    if isinstance(node, ast.Name):
        tree = name(node, scope, whole=Kind.MAP in parameter.kinds)
    else:
        tree = scope.visit(node)
    kind = tree.type.kind
    if kind is Kind.UNKNOWN:
        return tree
    if kind not in parameter.kinds:
        _wrong_kind(tree, place, function, parameter.kinds, scope)
        return scope.unknown(node)
    if parameter.literal is not None and not _whole_literal(tree, parameter.literal):
        low, high = parameter.literal
        expected = Text(
            f"{low} 到 {high} 的整数", f"a whole number from {low} to {high}, written out"
        )
        scope.report("PRF349", tree, None, expected, function=function.name, value=scope.text(tree))
        return scope.unknown(node)
    return tree


def _whole_literal(tree: Tree, bounds: tuple[int, int]) -> bool:
    if not isinstance(tree, Const) or not isinstance(tree.value, Decimal):
        return False
    return tree.value == tree.value.to_integral_value() and bounds[0] <= tree.value <= bounds[1]


def _wrong_kind(
    tree: Tree, place: int, function: Function, kinds: frozenset[Kind], scope: Scope
) -> None:
    expected = one_of(kinds)
    found = describe(tree.type)
    expected = Text(
        f"第 {place + 1} 个参数应为{expected.zh}，而不是{found.zh}",
        f"argument {place + 1}: {expected.en}, not {found.en}",
    )
    scope.report("PRF349", tree, None, expected, function=function.name, value=scope.text(tree))


def _applied(node: ast.Call, function: Function, args: list[Tree], scope: Scope) -> Tree:
    """Return the call with its result's type; the arguments have the right kinds one by one."""
    if any(arg.type.kind is Kind.UNKNOWN for arg in args):
        return scope.unknown(node)
    found: Type | None
    if isinstance(function.result, Type):
        found = function.result
    elif function.result == "first":
        found = args[0].type
    elif function.result == "unify":
        found = _unified(node, args, scope)
    else:
        found = _entry(node, function, args, scope)
    if found is None:
        return scope.unknown(node)
    return Call(found, *scope.span(node), function.name, tuple(args))


def _unified(node: ast.Call, args: list[Tree], scope: Scope) -> Type | None:
    """Return what all arguments have in common; None after reporting."""
    found = args[0]
    for arg in args[1:]:
        if pair_slip(found, arg, scope):
            return None
        both = common(found, arg)
        if both is None:
            scope.report(
                "PRF346",
                node,
                value=scope.text(node),
                one=describe(found.type),
                other=describe(arg.type),
            )
            return None
        found = arg if both == arg.type else found
    return found.type


def _entry(node: ast.Call, function: Function, args: list[Tree], scope: Scope) -> Type | None:
    """Check the keys of a map parameter; return its entries' type, None after reporting."""
    table, keys = args[0].type, args[1:]
    if len(keys) != table.depth:
        problem = Text(
            f"{scope.text(args[0])} 有 {table.depth} 级键，写了 {len(keys)} 个",
            f"{scope.text(args[0])} has {table.depth} level(s) of keys, {len(keys)} given",
        )
        scope.report("PRF323", node, function=function.name, problem=problem)
        return None
    good = True
    for place, (key, wanted) in enumerate(zip(keys, table.keys, strict=False)):
        last = place == len(keys) - 1
        if function.name == "step" and last and wanted.kind not in _KEY_KINDS:
            expected = Text("数或日期的键才能分段", "keys that are numbers or dates")
            scope.report(
                "PRF349", key, None, expected, function=function.name, value=scope.text(key)
            )
            good = False
        elif not _key_fits(key, wanted, scope, scope.text(args[0])):
            if not scope.faults or scope.faults[-1].code != "PRF344":
                _wrong_kind(key, place + 1, function, frozenset({wanted.kind}), scope)
            good = False
    return (table.inner or NUMBER) if good else None


def _key_fits(key: Tree, wanted: Type, scope: Scope, table: str) -> bool:
    kind = key.type.kind
    if wanted.kind is Kind.CHOICE:
        if kind is Kind.CHOICE:
            return key.type.of == wanted.of
        if isinstance(key, Const) and kind is Kind.TEXT:
            known = Const(wanted, key.start, key.end, None)
            return labelled(known, key, scope, table) is not None
        return False
    if wanted.kind is Kind.TEXT:
        return kind in (Kind.TEXT, Kind.CHOICE)
    if wanted.kind is Kind.NUMBER:
        return kind in (Kind.NUMBER, Kind.DAYS)
    return kind is wanted.kind


def _date(node: ast.Call, scope: Scope) -> Tree:
    start, end = scope.span(node)
    arg = node.args[0] if len(node.args) == 1 else None
    token = scope.parsed.starts.get(scope.span(arg)[0]) if isinstance(arg, ast.Constant) else None
    written = str(token.value) if token is not None and token.kind == "text" else None
    hint = Text(f"写作 {FORMS['date']}", f"write {FORMS['date']}")
    if written is not None and len(written) == len("2022-09-30") and written.isascii():
        try:
            return Const(DATE, start, end, date.fromisoformat(written))
        except ValueError:
            hint = Text(
                f"没有这一天；写作 {FORMS['date']}", f"there is no such day; write {FORMS['date']}"
            )
    scope.report("PRF354", node, hint, value=scope.text(node))
    return scope.unknown(node)


def _known(node: ast.Call, scope: Scope) -> Tree:
    arg = node.args[0] if len(node.args) == 1 else None
    tree: Tree | None = None
    if isinstance(arg, ast.Name):
        tree = name(arg, scope, whole=True, asked=True)
    elif isinstance(arg, ast.Attribute):
        tree = attribute(arg, scope, asked=True)
    if isinstance(tree, Name | Column):
        return Known(FLAG, *scope.span(node), tree)
    if tree is None or tree.type.kind is not Kind.UNKNOWN:
        expected = Text("一个输入的名称，或一行的列", "the name of one input, or a row's column")
        scope.report("PRF349", node, Text("写作 known(x)", "write known(x)"), expected,
                     function="known", value=scope.text(node))  # fmt: skip
    return scope.unknown(node)
