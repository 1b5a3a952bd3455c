"""Names, row columns and `rate.x`: what they stand for where the expression stands."""

import ast
from dataclasses import replace
from typing import Final, cast

from perfrules.errors import Text
from perfrules.lang.expr.faults import STATE
from perfrules.lang.expr.rules import describe
from perfrules.lang.expr.scope import Scope
from perfrules.lang.functions import FORMS
from perfrules.lang.tree import Column, Const, Name, Ref, RefKind, Tree
from perfrules.lang.types import FLAG, NUMBER, PERCENT, UNKNOWN, Kind, Type
from perfrules.messages import did_you_mean, nearest

GROUPS: Final = {"rate": PERCENT, "score": NUMBER, "points": NUMBER, "state": STATE, "gate": FLAG}

_CONSTANTS: Final = {"true": True, "false": False}
_FOREIGN: Final = {
    **dict.fromkeys(("True", "TRUE", "yes", "Yes", "YES", "是", "真", "on"), "true"),
    **dict.fromkeys(("False", "FALSE", "no", "No", "NO", "否", "假", "off"), "false"),
    **dict.fromkeys(("None", "none", "null", "NULL", "Null", "nil", "nan", "NaN"), "known(x)"),
    **dict.fromkeys(("空", "无"), "known(x)"),
}
_WHOLE: Final = {
    Kind.TABLE: ("sum(t.列 for t in {name})", "sum(t.column for t in {name})"),
    Kind.MAP: ("lookup({name}, 键)", "lookup({name}, key)"),
    Kind.SURVEY: ("method: survey, actual: {name}",) * 2,
    Kind.PANEL: ("method: panel, actual: {name}",) * 2,
}


def name(node: ast.Name, scope: Scope, *, whole: bool = False, asked: bool = False) -> Tree:
    """Return what a bare name stands for.

    Args:
        node: The name.
        scope: Where it stands.
        whole: A table, map or survey may stand here as a whole.
        asked: It is the question of `known()`: it may be missing.
    """
    start, end = scope.span(node)
    token = scope.parsed.starts[start]
    written = token.text
    if token.type is UNKNOWN:
        return scope.unknown(node)
    if written in _CONSTANTS:
        return Const(FLAG, start, end, _CONSTANTS[written])
    if written in scope.rows and not (whole and written in scope.names.values):
        columns = [column for column, _ in scope.rows[written].columns]
        shown = f"{written}.{columns[0] if columns else 'x'}"
        scope.report("PRF326", node, Text(f"请写一列，例如 {shown}", f"name a column: {shown}"),
                     value=written, what=Text("一行", "a row"))  # fmt: skip
        return scope.unknown(node)
    found = scope.names.values.get(written)
    if found is None:
        _unknown_name(node, written, scope)
        return scope.unknown(node)
    if found.kind in _WHOLE and not whole:
        zh, en = _WHOLE[found.kind]
        zh, en = zh.format(name=written), en.format(name=written)
        hint = Text(f"写作 {zh}", f"write {en}")
        scope.report("PRF326", node, hint, value=written, what=describe(found))
        return scope.unknown(node)
    return Name(_there(node, found, (written,), scope, asked=asked), start, end, written)


def _there(node: ast.expr, found: Type, key: tuple[str, ...], scope: Scope, *, asked: bool) -> Type:
    """Return the type of a value that is there, reporting an optional one used unguarded."""
    if not found.optional:
        return found
    if not asked and key not in scope.known and not scope.names.missing_ok:
        written = ".".join(key)
        hint = Text(
            f"请写 known({written}) and …，或 {written} if known({written}) else 0",
            f"write known({written}) and …, or {written} if known({written}) else 0",
        )
        scope.report("PRF351", node, hint, name=written)
    return replace(found, optional=False)


def _unknown_name(node: ast.Name, written: str, scope: Scope) -> None:
    names = scope.names
    if written in names.later:
        later = names.later[written]
        scope.report("PRF321", node, later.hint, name=written, reason=later.reason)
        return
    if written in names.columns:
        hint = Text(f"对各行合计，例如 sum({written})", f"fold its rows, as in sum({written})")
        scope.report("PRF326", node, hint, value=written, what=Text("一列", "a column"))
        return
    if written in GROUPS:
        hint = Text(f"请写 {written}.编号", f"write {written}.id")
        scope.report("PRF320", node, hint, name=written)
        return
    if written in names.functions or written in FORMS:
        signature = FORMS.get(written) or names.functions[written].signature
        hint = Text(f"请写 {signature}", f"write {signature}")
        scope.report("PRF326", node, hint, value=written, what=Text("函数", "a function"))
        return
    if written in _FOREIGN:
        better = _FOREIGN[written]
        scope.report("PRF328", node, Text(f"请写 {better}", f"write {better}"), value=written)
        return
    known = [*names.values, *scope.rows]
    if any(written in kind.of for kind in names.values.values()):
        hint = Text(f'文字要加引号："{written}"', f'text stands in quotes: "{written}"')
    elif written in names.indicators:
        hint = Text(
            f"请写 rate.{written} 或 score.{written}", f"write rate.{written} or score.{written}"
        )
    else:
        hint = did_you_mean(written, known)
    scope.report("PRF320", node, hint, name=written)


def attribute(node: ast.Attribute, scope: Scope, *, asked: bool = False) -> Tree:
    """Return what `base.member` stands for: a row's column, or a part of an indicator or gate."""
    _, end = scope.span(node)
    member = scope.parsed.ends[end]
    base = (
        scope.parsed.starts[scope.span(node.value)[0]] if isinstance(node.value, ast.Name) else None
    )
    if member.type is UNKNOWN or (base is not None and base.type is UNKNOWN):
        return scope.unknown(node)
    if base is not None and base.text in scope.rows:
        return _column(node, base.text, member.text, scope, asked=asked)
    if base is not None and base.text in GROUPS and base.text not in scope.names.values:
        return _ref(node, base.text, member.text, scope)
    if isinstance(node.value, ast.Attribute) and isinstance(node.value.value, ast.Name):
        row = scope.text(node.value.value)
        group = scope.parsed.ends[scope.span(node.value)[1]].text
        if row in scope.rows and any("." in column for column, _ in scope.rows[row].columns):
            return _column(node, row, f"{group}.{member.text}", scope, asked=asked)
    hint = None
    if base is not None:
        known = [*scope.rows, *GROUPS]
        close = nearest(base.text, known)
        if close is not None:
            better = f"{close}.{member.text}"
            hint = Text(f"是否想写 {better}？", f"did you mean {better}?")
    scope.report("PRF315", node, hint, value=scope.text(node))
    return scope.unknown(node)


def _column(node: ast.Attribute, row: str, column: str, scope: Scope, *, asked: bool) -> Tree:
    start, end = scope.span(node)
    found = scope.rows[row].column(column)
    if found is None:
        known = [item for item, _ in scope.rows[row].columns]
        scope.report("PRF325", node, did_you_mean(column, known), row=row, column=column)
        return scope.unknown(node)
    return Column(_there(node, found, (row, column), scope, asked=asked), start, end, row, column)


def _ref(node: ast.Attribute, group: str, member: str, scope: Scope) -> Tree:
    start, end = scope.span(node)
    names = scope.names
    written = f"{group}.{member}"
    has = member in names.gates if group == "gate" else group in names.indicators.get(member, ())
    if has:
        return Ref(GROUPS[group], start, end, cast("RefKind", group), member)
    known = sorted(names.gates) if group == "gate" else [
        item for item, parts in names.indicators.items() if group in parts
    ]  # fmt: skip
    later = names.later.get(written) or names.later.get(group)
    if later is not None:
        scope.report("PRF321", node, later.hint, name=written, reason=later.reason)
    elif group != "gate" and member in names.indicators:
        scope.report("PRF327", node, id=member, part=group)
    else:
        what = Text("一票否决项", "gate") if group == "gate" else Text("指标", "indicator")
        scope.report("PRF324", node, did_you_mean(member, known), id=member, what=what)
    return scope.unknown(node)
