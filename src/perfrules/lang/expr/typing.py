"""A parsed expression → its typed tree: names resolved, types checked, all faults at once."""

import ast
import re
from dataclasses import replace
from decimal import Decimal
from typing import Final, Literal

from perfrules.errors import Path, Text
from perfrules.lang.expr.build import Compiled, build
from perfrules.lang.expr.calls import call
from perfrules.lang.expr.faults import ExprFaults, Names
from perfrules.lang.expr.parse import parse
from perfrules.lang.expr.relations import compare, contained, pair_slip
from perfrules.lang.expr.resolve import attribute, name
from perfrules.lang.expr.rows import aggregate, folded
from perfrules.lang.expr.rules import (
    arithmetic,
    as_money,
    as_percent,
    common,
    describe,
    is_literal,
    one_of,
)
from perfrules.lang.expr.scope import Scope, guards, names_of, refs_of
from perfrules.lang.tree import (
    Arithmetic,
    ArithmeticOp,
    Const,
    Expr,
    IfElse,
    Logic,
    Negate,
    Not,
    Power,
    Tree,
)
from perfrules.lang.types import FLAG, MONEY, NUMERIC, PERCENT, UNKNOWN, Kind

_OPS: Final[dict[type[ast.operator], ArithmeticOp]] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Div: "/",
}
LARGEST_EXPONENT: Final = 9


def compile_expr(text: str, names: Names, where: Path, want: tuple[Kind, ...] = ()) -> Expr:
    """Return the checked expression in *text*; raise `ExprFaults` with all that is wrong with it.

    Args:
        text: What the author wrote.
        names: What the expression sees.
        where: The document path, kept for messages at evaluation.
        want: The kinds the value may have; none accepts every kind but a table, a map, a survey
            or a panel as a whole.

    >>> expr = compile_expr("executed / budget", Names({"executed": MONEY, "budget": MONEY}), ())
    >>> expr.type.kind.name, sorted(expr.names)
    ('NUMBER', ['budget', 'executed'])
    """
    parsed = parse(text)
    scope = Scope(parsed, names, typed, names.rows)
    if isinstance(parsed.node, ast.Name):
        tree = name(parsed.node, scope, whole=bool(want))
    else:
        tree = typed(parsed.node, scope)
    tree = _wanted(tree, want, scope)
    faults = [*parsed.faults, *scope.faults]
    if faults:
        raise ExprFaults.of(faults)
    return Compiled(text, tree, names_of(tree), refs_of(tree), where, build(tree, text))


def _wanted(tree: Tree, want: tuple[Kind, ...], scope: Scope) -> Tree:
    """Return *tree* where it is of a wanted kind, a literal adapted to it; else report."""
    kind = tree.type.kind
    if kind is Kind.UNKNOWN or kind in want or not want:
        return tree
    if isinstance(tree, Const) and is_literal(tree) and isinstance(tree.value, Decimal):
        if Kind.PERCENT in want:
            if tree.value in (0, 1):
                return replace(tree, type=PERCENT)
            better = as_percent(tree.value)
            scope.report(
                "PRF342", tree, Text(f"请写 {better}", f"write {better}"), value=scope.text(tree)
            )
            return tree
        if Kind.MONEY in want:
            if tree.value == 0:
                return replace(tree, type=MONEY)
            better = as_money(tree.value, None)
            hint = Text(f"写上单位，例如 {better}", f"write the unit, such as {better}")
            scope.report("PRF343", tree, hint, value=scope.text(tree))
            return tree
    expected = one_of(want)
    scope.report("PRF350", tree, None, expected, value=scope.text(tree), found=describe(tree.type))
    return tree


def typed(node: ast.expr, scope: Scope) -> Tree:  # noqa: C901, PLR0912 - one case a node
    """Return the typed tree of *node*, reporting what is wrong with it."""
    match node:
        case ast.Constant():
            return _constant(node, scope)
        case ast.Name():
            return name(node, scope)
        case ast.Attribute():
            return attribute(node, scope)
        case ast.UnaryOp(op=ast.USub()):
            return _negative(node, scope)
        case ast.UnaryOp(op=ast.Not()):
            operand = _flag(scope.visit(node.operand), scope)
            return Not(FLAG, *scope.span(node), operand)
        case ast.BinOp(op=ast.Pow()):
            return _power(node, scope)
        case ast.BinOp():
            return _arithmetic(node, scope)
        case ast.BoolOp():
            return _logic(node, scope)
        case ast.Compare(ops=[ast.In() | ast.NotIn()]):
            return contained(node, scope)
        case ast.Compare():
            return compare(node, scope)
        case ast.IfExp():
            return _choice(node, scope)
        case ast.Call():
            if len(node.args) == 1 and isinstance(node.args[0], ast.GeneratorExp):
                return aggregate(node, node.args[0], scope)
            return folded(node, scope) or call(node, scope)
        case _:
            return _construct(node, scope)


def _construct(node: ast.expr, scope: Scope) -> Tree:
    """Report what isn't part of the language."""
    hint = None
    if isinstance(node, ast.Tuple) and not node.elts:
        what = Text("空括号", "empty brackets")
    elif isinstance(node, ast.Tuple):
        what = Text("逗号分开的值", "values with commas between")
        thousands = re.search(r"[0-9]{1,3}(?:,[0-9]{3})+", scope.text(node))
        if thousands:
            joined = thousands.group().replace(",", "")
            hint = Text(f"数里不写逗号：{joined}", f"a number has no commas: {joined}")
    elif isinstance(node, ast.List):
        what = Text("列表", "a list")
        hint = Text(
            '列表只写在 in 之后，例如 x in ["甲", "乙"]',
            'a list stands only after in, as in x in ["甲", "乙"]',
        )
    else:
        what = Text("for 循环", "a loop with for")
        hint = Text("写作 sum(t.x for t in 表)", "write sum(t.x for t in table)")
    scope.report("PRF314", node, hint, what=what)
    return scope.unknown(node)


def _constant(node: ast.Constant, scope: Scope) -> Tree:
    start, end = scope.span(node)
    token = scope.parsed.starts[start]
    return Const(token.type, start, end, token.value if token.type is not UNKNOWN else None)


def _negative(node: ast.UnaryOp, scope: Scope) -> Tree:
    operand = scope.visit(node.operand)
    start, end = scope.span(node)
    kind = operand.type.kind
    if kind is Kind.UNKNOWN:
        return scope.unknown(node)
    if kind not in NUMERIC:
        scope.report("PRF340", node, None, problem=_unary(operand), value=scope.text(node))
        return scope.unknown(node)
    if isinstance(operand, Const) and isinstance(operand.value, Decimal):
        return Const(operand.type, start, end, operand.value.copy_negate())
    return Negate(operand.type, start, end, operand)


def _unary(operand: Tree) -> Text:
    found = describe(operand.type)
    return Text(f"{found.zh}没有负值", f"{found.en} has no negative")


def _flag(tree: Tree, scope: Scope) -> Tree:
    """Return *tree*, reporting it where it isn't a condition."""
    if tree.type.kind not in (Kind.FLAG, Kind.UNKNOWN):
        hint = None
        if isinstance(tree, Const) and tree.type.kind is Kind.TEXT:
            label = scope.text(tree)
            hint = Text(
                f"每一项都要写全比较，例如 x == {label}，或用 x in [{label}]",
                f"write each comparison in full: x == {label}, or x in [{label}]",
            )
        elif tree.type.kind in NUMERIC:
            hint = Text(
                f"请写比较，例如 {scope.text(tree)} > 0",
                f"write a comparison: {scope.text(tree)} > 0",
            )
        scope.report("PRF345", tree, hint, value=scope.text(tree), found=describe(tree.type))
    return tree


def _power(node: ast.BinOp, scope: Scope) -> Tree:
    base = scope.visit(node.left)
    start, end = scope.span(node)
    right = scope.visit(node.right) if isinstance(node.right, ast.Constant) else None
    value = right.value if isinstance(right, Const) and right.type.kind is Kind.NUMBER else None
    if (
        not isinstance(value, Decimal)
        or value != value.to_integral_value()
        or not 0 <= value <= LARGEST_EXPONENT
    ):
        scope.report("PRF316", node.right, value=scope.text(node.right))
        return scope.unknown(node)
    if base.type.kind is Kind.UNKNOWN:
        return scope.unknown(node)
    if base.type.kind not in (Kind.NUMBER, Kind.PERCENT):
        found = describe(base.type)
        problem = Text(f"{found.zh}不能乘方", f"{found.en} has no powers")
        scope.report("PRF340", node, None, problem=problem, value=scope.text(node))
        return scope.unknown(node)
    return Power(base.type, start, end, base, int(value))


def _arithmetic(node: ast.BinOp, scope: Scope) -> Tree:
    left, right = scope.visit(node.left), scope.visit(node.right)
    op = _OPS.get(type(node.op))
    if op is None or UNKNOWN.kind in (left.type.kind, right.type.kind):
        return scope.unknown(node)
    found = arithmetic(op, left.type, right.type)
    if found is None:
        if op in "+-" and pair_slip(left, right, scope):
            return scope.unknown(node)
        a, b = describe(left.type), describe(right.type)
        word = {
            "+": ("相加", "added to"),
            "-": ("相减", "subtracted from"),
            "*": ("相乘", "multiplied with"),
            "/": ("相除", "divided by"),
        }[op]
        first, second = (b, a) if op == "-" else (a, b)
        problem = Text(f"{a.zh}与{b.zh}不能{word[0]}", f"{first.en} can't be {word[1]} {second.en}")
        scope.report("PRF340", node, _mixing(left, right), problem=problem, value=scope.text(node))
        return scope.unknown(node)
    return Arithmetic(found, *scope.span(node), op, left, right)


def _mixing(left: Tree, right: Tree) -> Text | None:
    """Return what to write for a frequent mistake, or None."""
    kinds = {left.type.kind, right.type.kind}
    if Kind.TARGET in kinds:
        return Text(
            "用 number(…) 取出目标值里的数", "number(…) takes the number out of a target cell"
        )
    if Kind.DATE in kinds and Kind.TEXT in kinds:
        return Text('日期写作 date("2022-09-30")', 'a date is written date("2022-09-30")')
    if kinds == {Kind.TEXT}:
        return Text(
            '文字不能拼接；日期写作 date("2022-09-30")',
            'texts aren\'t joined; a date is written date("2022-09-30")',
        )
    if kinds == {Kind.DAYS, Kind.NUMBER}:
        return Text(
            "天数写作 10天，或用 days(…) 化为数", "write 10天, or days(…) for a plain number"
        )
    return None


def _logic(node: ast.BoolOp, scope: Scope) -> Tree:
    op: Literal["and", "or"] = "and" if isinstance(node.op, ast.And) else "or"
    operands: list[Tree] = []
    for value in node.values:
        operand = _flag(scope.visit(value), scope)
        true, false = guards(operand)
        scope = scope.knowing(true if op == "and" else false)
        operands.append(operand)
    return Logic(FLAG, *scope.span(node), op, tuple(operands))


def _choice(node: ast.IfExp, scope: Scope) -> Tree:
    test = _flag(scope.visit(node.test), scope)
    true, false = guards(test)
    body = scope.knowing(true).visit(node.body)
    orelse = scope.knowing(false).visit(node.orelse)
    if UNKNOWN.kind in (body.type.kind, orelse.type.kind) or pair_slip(body, orelse, scope):
        return scope.unknown(node)
    found = common(body, orelse)
    if found is None:
        scope.report(
            "PRF346",
            node,
            value=scope.text(node),
            one=describe(body.type),
            other=describe(orelse.type),
        )
        return scope.unknown(node)
    return IfElse(found, *scope.span(node), test, body, orelse)
