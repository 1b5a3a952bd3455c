"""Inputs and table columns: their types, bounds and defaults."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from perfrules.decimals import CONTEXT, ONE
from perfrules.errors import Path, Text
from perfrules.lang.cells import read_target
from perfrules.lang.check.context import Context, kinds
from perfrules.lang.check.earlier import earlier_plan
from perfrules.lang.document import Scalar, ScalarFault, read_date
from perfrules.lang.expr import Names
from perfrules.lang.patterns import pattern_fault
from perfrules.lang.plan import InputPlan
from perfrules.lang.spec.inputs import EarlierInput, InputSpec, TypedInput
from perfrules.lang.types import Kind, Type
from perfrules.lang.units import MONEY_FACTORS
from perfrules.messages import did_you_mean

_KINDS = {
    "number": Kind.NUMBER,
    "count": Kind.NUMBER,
    "money": Kind.MONEY,
    "percent": Kind.PERCENT,
    "flag": Kind.FLAG,
    "choice": Kind.CHOICE,
    "text": Kind.TEXT,
    "id": Kind.TEXT,
    "date": Kind.DATE,
    "survey": Kind.SURVEY,
    "panel": Kind.PANEL,
    "table": Kind.TABLE,
    "target": Kind.TARGET,
}


def input_plan(context: Context, path: Path, name: str, spec: InputSpec) -> InputPlan:
    """Return the plan of one input or column, noting what is wrong with its bounds."""
    if isinstance(spec, EarlierInput):
        return earlier_plan(context, path, name, spec)
    columns = tuple(
        input_plan(context, (*path, "columns", key), key, column)
        for key, column in (getattr(spec, "columns", None) or {}).items()
    )
    labels = tuple(getattr(spec, "of", None) or ())
    kind = _KINDS[spec.type]
    many = bool(getattr(spec, "many", False))
    of = labels if kind is Kind.CHOICE else ()
    given = getattr(spec, "default", None) is not None
    value_type = Type(
        kind=Kind.CHOICES if many else kind,
        unit=getattr(spec, "unit", None),
        of=of,
        columns=tuple((column.id, column.type) for column in columns),
        optional=spec.optional and not given,
    )
    _labels_differ(context, path, labels)
    low, high = (_bound(context, path, key, spec, value_type) for key in ("min", "max"))
    if low is not None and high is not None and low > high:  # type: ignore[operator] # of one kind
        value, right = getattr(spec, "min", ""), getattr(spec, "max", "")
        context.report("PRF470", (*path, "min"), value=value, right=right, name=name)
        low = high = None  # neither can be relied on
    default = _default(context, path, name, spec, value_type, (low, high))
    rows = getattr(spec, "rows", None)
    return InputPlan(
        id=name,
        type=value_type,
        title=spec.title or Text(),
        min=low,
        max=high,
        default=default,
        column=getattr(spec, "column", None),
        required=not spec.optional and not given,
        whole=spec.type == "count",
        bare=getattr(spec, "bare", None),
        pattern=_pattern(context, path, spec),
        columns=columns,
        min_rows=rows.min if rows else None,
        max_rows=rows.max if rows else None,
        levels=labels if kind is Kind.SURVEY else (),
        groups=tuple(getattr(spec, "groups", None) or ()),
        items=tuple(getattr(spec, "items", None) or ()),
    )


def _pattern(context: Context, path: Path, spec: TypedInput) -> str | None:
    """PRF496: return an id's pattern, any one line where it has none; report one too costly."""
    if spec.type != "id":
        return None
    pattern = spec.pattern
    if pattern is None:
        return ".+"
    why = pattern_fault(pattern)
    if why is not None:
        context.report("PRF496", (*path, "pattern"), value=pattern, why=why)
    return pattern


def _labels_differ(context: Context, path: Path, labels: tuple[str, ...]) -> None:
    """PRF471: two options of one choice are the same."""
    for index, label in enumerate(labels):
        if label in labels[:index]:
            context.report("PRF471", (*path, "of", index), value=label)


def literal(context: Context, path: Path, raw: Scalar, kind: Type) -> object | None:
    """Return the constant that *raw* writes, in the base unit of *kind*; None after a fault.

    A bare number takes the declared unit: `min: 10` of an input in 万元 is 100,000 元.
    """
    if kind.kind in (Kind.TEXT, Kind.CHOICE, Kind.CHOICES, Kind.TARGET):
        return _word(context, path, raw, kind)
    if kind.kind is Kind.DATE:
        try:
            return read_date(raw)
        except ScalarFault as fault:
            args: dict[str, Any] = fault.args_by_name
            context.report(fault.code, path, **args)
            return None
    expr = context.compile(path, raw, Names())
    if expr is None:
        return None
    context.exprs.pop()  # a literal reads nothing
    value, found = expr.constant, expr.type.kind
    if isinstance(value, Decimal) and found is Kind.NUMBER:
        if kind.kind is Kind.MONEY:
            return CONTEXT.multiply(value, MONEY_FACTORS.get(kind.unit or "元", ONE))
        if kind.kind is Kind.NUMBER or (kind.kind is Kind.PERCENT and value in (0, 1)):
            return value
    if value is not None and found is kind.kind:
        return value
    refuse_literal(context, path, raw, kind)
    return None


_EXAMPLES = {
    Kind.FLAG: "true",
    Kind.DATE: "2022-12-31",
    Kind.PERCENT: "50%",
    Kind.MONEY: "100万元",
    Kind.NUMBER: "10",
}
_BARE = re.compile(r"-?[0-9]+(\.[0-9]+)?")


def refuse_literal(
    context: Context, path: Path, raw: object, kind: Type, code: str = "PRF472"
) -> None:
    """Note that *raw* is no literal of *kind*, with one that it may stand for."""
    better = _EXAMPLES.get(kind.kind, "10")
    if _BARE.fullmatch(str(raw)) and kind.kind in (Kind.PERCENT, Kind.MONEY):
        better = f"{raw}{'%' if kind.kind is Kind.PERCENT else kind.unit or '元'}"
    context.report(code, path, value=str(raw), expected=kinds(kind.kind), better=better)


def _word(context: Context, path: Path, raw: Scalar, kind: Type) -> object | None:
    """Return a text, a target cell, or a label that must be one of the choice's."""
    text = str(raw)
    if kind.kind is Kind.TARGET:
        return read_target(text)
    if kind.of and text not in kind.of:
        context.report(
            "PRF473",
            path,
            value=text,
            choices="、".join(kind.of),
            hint=did_you_mean(text, kind.of),
        )
        return None
    return frozenset({text}) if kind.kind is Kind.CHOICES else text


def _bound(
    context: Context, path: Path, key: str, spec: TypedInput, kind: Type
) -> Decimal | date | None:
    raw = getattr(spec, key, None)
    if raw is None:
        return None
    value = literal(context, (*path, key), raw, kind)
    return value if isinstance(value, (Decimal, date)) else None


def _default(
    context: Context,
    path: Path,
    name: str,
    spec: TypedInput,
    kind: Type,
    bounds: tuple[Decimal | date | None, Decimal | date | None],
) -> object | None:
    raw = getattr(spec, "default", None)
    if raw is None:
        return None
    if spec.optional:
        context.report("PRF474", (*path, "optional"), key=True, name=name)
    value = literal(context, (*path, "default"), raw, kind)
    low, high = bounds
    below = value is not None and low is not None and value < low  # type: ignore[operator] # of one kind
    above = value is not None and high is not None and value > high  # type: ignore[operator] # of one kind
    if below or above:
        key, bound = ("min", "下限") if below else ("max", "上限")
        where = Text(
            f"{'低于' if below else '高于'}{bound}", f"{'below' if below else 'above'} its {key}"
        )
        context.report(
            "PRF475",
            (*path, "default"),
            value=str(raw),
            right=getattr(spec, key, ""),
            where=where,
            name=name,
        )
    return value
