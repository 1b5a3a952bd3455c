"""Comparisons and `in`: what may stand on both sides, and the slips that have a sentence."""

import ast
from dataclasses import replace
from decimal import Decimal
from typing import Final

from perfrules.errors import Text
from perfrules.lang.expr.rules import (
    as_money,
    as_percent,
    comparable,
    describe,
    money_slip,
    percent_slip,
)
from perfrules.lang.expr.scope import Scope
from perfrules.lang.tree import Compare, CompareOp, Const, In, Tree
from perfrules.lang.types import FLAG, Kind
from perfrules.messages import did_you_mean, nearest

_OPS: Final[dict[type[ast.cmpop], CompareOp]] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
_EQUALITY: Final = frozenset({"==", "!="})
_UNORDERED: Final = frozenset({Kind.TEXT, Kind.FLAG})


def pair_slip(left: Tree, right: Tree, scope: Scope) -> bool:
    """Report a bare number where a percent or an amount is meant; return whether there was one."""
    slip = percent_slip(left, right)
    if slip is not None and isinstance(slip.value, Decimal):
        better = as_percent(slip.value)
        scope.report(
            "PRF342", slip, Text(f"请写 {better}", f"write {better}"), value=scope.text(slip)
        )
        return True
    slip = money_slip(left, right)
    if slip is not None and isinstance(slip.value, Decimal):
        unit = (right if slip is left else left).type.unit
        better = as_money(slip.value, unit)
        hint = Text(f"写上单位，例如 {better}", f"write the unit, such as {better}")
        scope.report("PRF343", slip, hint, value=scope.text(slip))
        return True
    return False


def labelled(choice: Tree, label: Tree, scope: Scope, name: str | None = None) -> Tree | None:
    """Return the quoted *label* typed as one of the choice's, or None after reporting.

    *name* is what the sentence calls the choice, where that isn't how it is written.
    """
    if not isinstance(label, Const) or label.value not in choice.type.of:
        written = str(label.value) if isinstance(label, Const) else scope.text(label)
        known = choice.type.of
        close = nearest(written, known)
        shown = "、".join(known)
        hint = (
            did_you_mean(written, known)
            if close
            else Text(f"可选的有：{shown}", f"one of {', '.join(known)}")
        )
        scope.report("PRF344", label, hint, Text(shown, ", ".join(known)),
                     name=name or scope.text(choice), label=written)  # fmt: skip
        return None
    return replace(label, type=choice.type)


def related(left: Tree, right: Tree, op: CompareOp, scope: Scope) -> tuple[Tree, Tree] | None:
    """Return the two sides of one comparison, labels typed; None after reporting."""
    a, b = left.type.kind, right.type.kind
    if Kind.UNKNOWN in (a, b) or pair_slip(left, right, scope):
        return None
    if a is Kind.CHOICE and b is Kind.TEXT and isinstance(right, Const):
        found = labelled(left, right, scope)
        sides = None if found is None else (left, found)
    elif b is Kind.CHOICE and a is Kind.TEXT and isinstance(left, Const):
        found = labelled(right, left, scope)
        sides = None if found is None else (found, right)
    elif comparable(left, right):
        sides = (left, right)
    else:
        scope.report(
            "PRF341", (left.start, right.end), _mixed(left, right),
            one=describe(left.type), other=describe(right.type),
            left=scope.text(left), right=scope.text(right),
        )  # fmt: skip
        return None
    if sides is None or op in _EQUALITY or _ordered(*sides, op, scope):
        return sides
    return None


def _ordered(left: Tree, right: Tree, op: CompareOp, scope: Scope) -> bool:
    """Return whether `<` means something here, reporting where it doesn't."""
    kind = left.type
    if kind.kind in _UNORDERED:
        what = describe(kind)
    elif kind.kind is Kind.CHOICE and len(kind.unordered) == len(kind.of):
        what = Text(f"{scope.text(left)} 的各个选项", f"the labels of {scope.text(left)}")
    else:
        lost = [
            str(side.value)
            for side in (left, right)
            if isinstance(side, Const) and side.value in kind.unordered
        ]
        if not lost:
            return True
        what = Text(f"“{lost[0]}”与其他选项", f"'{lost[0]}' and the other labels")
    scope.report("PRF347", (left.start, right.end), op=op, what=what)
    return False


def _mixed(left: Tree, right: Tree) -> Text | None:
    """Return what to write for a frequent mistake, or None."""
    kinds = {left.type.kind, right.type.kind}
    if Kind.TARGET in kinds:
        return Text(
            "用 number(…) 取出目标值里的数", "number(…) takes the number out of a target cell"
        )
    if kinds == {Kind.DATE, Kind.TEXT}:
        return Text('日期写作 date("2022-09-30")', 'a date is written date("2022-09-30")')
    if Kind.CHOICES in kinds:
        return Text('请写 "①" in x', 'write "①" in x')
    if Kind.FLAG in kinds and len(kinds) > 1:
        flag = left if left.type.kind is Kind.FLAG else right
        if not isinstance(flag, Const):
            return Text("是否类的值直接写名称，或写 not 名称", "a flag stands alone, or behind not")
        return Text("true 和 false 不加引号", "true and false stand without quotes")
    numbers = {Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.DAYS}
    if Kind.TEXT in kinds and kinds & numbers:
        text = left if left.type.kind is Kind.TEXT else right
        if isinstance(text, Const):
            return Text("数不加引号", "a number stands without quotes")
        return Text("用 number(…) 取出文本里的数", "number(…) takes the number out of a text")
    return None


def compare(node: ast.Compare, scope: Scope) -> Tree:
    """Return a chain of comparisons."""
    ops = [_OPS.get(type(op)) for op in node.ops]
    if None in ops:
        scope.report(
            "PRF314", node, Text("请分开写，用 and 连接", "write two comparisons with and between"),
            what=Text("in 与其他比较连写", "in chained with another comparison"),
        )  # fmt: skip
        return scope.unknown(node)
    operands = [scope.visit(item) for item in (node.left, *node.comparators)]
    good = True
    for place, op in enumerate(ops):
        if op is None:  # not reached: looked at above
            continue
        sides = related(operands[place], operands[place + 1], op, scope)
        if sides is None:
            good = False
        else:
            operands[place], operands[place + 1] = sides
    if not good:
        # A comparison that was reported is still a condition: it makes no followers either way.
        return scope.unknown(node)
    return Compare(FLAG, *scope.span(node), tuple(operands), tuple(op for op in ops if op))


def contained(node: ast.Compare, scope: Scope) -> Tree:
    """Return `x in [a, b]` or `"①" in choices`."""
    item = scope.visit(node.left)
    right = node.comparators[0]
    negated = isinstance(node.ops[0], ast.NotIn)
    if isinstance(right, ast.List):
        return _listed(node, item, right, scope, negated=negated)
    if isinstance(right, ast.Tuple):
        brackets = Text('用方括号：["甲", "乙"]', 'use square brackets: ["甲", "乙"]')
        scope.report(
            "PRF348",
            right,
            brackets,
            value=scope.text(right),
            found=Text("圆括号里的值", "in round brackets"),
        )
        return scope.unknown(node)
    container = scope.visit(right)
    kind = container.type.kind
    if Kind.UNKNOWN in (kind, item.type.kind):
        return scope.unknown(node)
    if kind is not Kind.CHOICES:
        hint: Text | None = None
        if kind in (Kind.TEXT, Kind.CHOICE):
            part, whole = scope.text(item), scope.text(container)
            hint = Text(f"请写 contains({whole}, {part})", f"write contains({whole}, {part})")
        scope.report(
            "PRF348", container, hint, value=scope.text(container), found=describe(container.type)
        )
        return scope.unknown(node)
    if item.type.kind is Kind.CHOICE and item.type.of == container.type.of:
        found: Tree | None = item
    elif item.type.kind is Kind.TEXT:
        found = labelled(container, item, scope)
    else:
        found = None
        scope.report(
            "PRF341", node, one=describe(item.type), other=describe(container.type),
            left=scope.text(item), right=scope.text(container),
        )  # fmt: skip
    if found is None:
        return scope.unknown(node)
    return In(FLAG, *scope.span(node), found, (), container, negated)


def _listed(node: ast.Compare, item: Tree, right: ast.List, scope: Scope, *, negated: bool) -> Tree:
    options: list[Tree] = []
    good = bool(right.elts)
    if not right.elts:
        scope.report("PRF348", right, value="[]", found=Text("空列表", "an empty list"))
    for element in right.elts:
        option = scope.visit(element)
        if option.type.kind is not Kind.UNKNOWN and not isinstance(option, Const):
            hint = Text("列表里只写常量", "a list holds only literals")
            scope.report(
                "PRF348", option, hint, value=scope.text(option), found=describe(option.type)
            )
            good = False
            continue
        sides = related(item, option, "==", scope)
        good = good and sides is not None
        if sides is not None:
            options.append(sides[1])
    if not good:
        return scope.unknown(node)
    return In(FLAG, *scope.span(node), item, tuple(options), None, negated)
