"""Inputs and table columns: their types, bounds and defaults."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise

from perfrules.errors import Path, Text
from perfrules.lang.check.context import Context, kinds
from perfrules.lang.document import Scalar
from perfrules.lang.expr import Names
from perfrules.lang.plan import InputPlan
from perfrules.lang.spec.inputs import InputSpec
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
_BARE_NUMBERS = (Kind.MONEY, Kind.DAYS)  # a bare literal takes the input's unit


def input_plan(context: Context, path: Path, name: str, spec: InputSpec) -> InputPlan:
    """Return the plan of one input or column, noting what is wrong with its bounds."""
    columns = tuple(
        input_plan(context, (*path, "columns", key), key, column)
        for key, column in (getattr(spec, "columns", None) or {}).items()
    )
    labels = tuple(getattr(spec, "of", None) or ())
    kind = _KINDS[spec.type]
    many = bool(getattr(spec, "many", False))
    of = labels if kind is Kind.CHOICE else ()
    value_type = Type(
        kind=Kind.CHOICES if many else kind,
        unit=getattr(spec, "unit", None),
        of=of,
        columns=tuple((column.id, column.type) for column in columns),
        optional=spec.optional,
    )
    _labels_differ(context, path, labels)
    low, high = (_bound(context, path, key, spec, value_type) for key in ("min", "max"))
    if low is not None and high is not None and low > high:  # type: ignore[operator] # one kind
        context.report("PRF470", (*path, "min"), value=_shown(low), right=_shown(high), name=name)
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
        required=not spec.optional and default is None,
        whole=spec.type == "count",
        bare=getattr(spec, "bare", None),
        pattern=getattr(spec, "pattern", None),
        columns=columns,
        min_rows=rows.min if rows else None,
        max_rows=rows.max if rows else None,
        levels=labels if kind is Kind.SURVEY else (),
        groups=tuple(getattr(spec, "groups", None) or ()),
        items=tuple(getattr(spec, "items", None) or ()),
    )


def _shown(value: object) -> str:
    return str(value)


def _labels_differ(context: Context, path: Path, labels: tuple[str, ...]) -> None:
    """PRF471: two options of one choice are the same."""
    for index, label in enumerate(labels):
        if label in labels[:index]:
            context.report("PRF471", (*path, "of", index), value=label)


def literal(
    context: Context, path: Path, raw: Scalar, kind: Type, names: Mapping[str, Type] | None = None
) -> object | None:
    """Return the constant that *raw* writes, in the base unit of *kind*; None after a fault.

    A bare number takes the declared unit: `min: 10` of an input in 万元 is 100,000 元.
    """
    if kind.kind in (Kind.DATE, Kind.TEXT, Kind.CHOICE):
        return _word(context, path, raw, kind)
    expr = context.compile(path, raw, Names(values=names or {}))
    if expr is None:
        return None
    context.exprs.pop()  # a literal reads nothing
    value, found = expr.constant, expr.type.kind
    if value is None:
        value = _negative(expr.tree)
    if isinstance(value, Decimal) and found is Kind.NUMBER:
        if kind.kind in _BARE_NUMBERS:
            return value * MONEY_FACTORS.get(kind.unit or "元", Decimal(1))
        if kind.kind is Kind.NUMBER or (kind.kind is Kind.PERCENT and value in (0, 1)):
            return value
    if value is not None and found is kind.kind:
        return value
    context.report("PRF472", path, value=str(raw), expected=kinds(kind.kind))
    return None


def _negative(tree: object) -> object | None:
    """Return the value of a negated literal."""
    operand = getattr(tree, "operand", None)
    value = getattr(operand, "value", None)
    return -value if isinstance(value, Decimal) else None


def _word(context: Context, path: Path, raw: Scalar, kind: Type) -> object | None:
    """Return a date, a text, or a label that must be one of the choice's."""
    if kind.kind is Kind.DATE:
        try:
            return date.fromisoformat(str(raw))
        except ValueError:
            context.report("PRF472", path, value=str(raw), expected=kinds(Kind.DATE))
            return None
    if kind.kind is Kind.CHOICE and str(raw) not in kind.of:
        context.report(
            "PRF473",
            path,
            value=str(raw),
            choices="、".join(kind.of),
            hint=did_you_mean(str(raw), kind.of),
        )
        return None
    return str(raw)


def _bound(
    context: Context, path: Path, key: str, spec: InputSpec, kind: Type
) -> Decimal | date | None:
    raw = getattr(spec, key, None)
    if raw is None:
        return None
    value = literal(context, (*path, key), raw, kind)
    return value if isinstance(value, (Decimal, date)) else None


def _default(  # noqa: PLR0913 - an input's parts
    context: Context,
    path: Path,
    name: str,
    spec: InputSpec,
    kind: Type,
    bounds: tuple[Decimal | date | None, Decimal | date | None],
) -> object | None:
    raw = getattr(spec, "default", None)
    if raw is None:
        return None
    if spec.optional:
        context.report("PRF474", (*path, "optional"), key=True, name=name)
    value = literal(context, (*path, "default"), raw, kind)
    ends = (bounds[0] if bounds[0] is not None else value, value, bounds[1] if bounds[1] is not None else value)
    if value is not None and any(left > right for left, right in pairwise(ends)):  # type: ignore[operator] # one kind
        context.report(
            "PRF475",
            (*path, "default"),
            value=str(raw),
            left=_shown(bounds[0]),
            right=_shown(bounds[1]),
            name=name,
        )
    return value
