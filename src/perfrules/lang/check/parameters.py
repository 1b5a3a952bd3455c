"""Parameters: their values by date, maps by key to depth 3, all values of one type."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from perfrules.errors import Path, Text
from perfrules.lang.check.basis import basis_plans
from perfrules.lang.check.context import Context, kinds
from perfrules.lang.document import Scalar
from perfrules.lang.expr import Names
from perfrules.lang.plan import InputPlan, ParameterPlan
from perfrules.lang.spec.values import ParameterSpec
from perfrules.lang.types import DATE, MONEY, NUMBER, TEXT, UNKNOWN, Kind, Type
from perfrules.lang.units import MONEY_FACTORS
from perfrules.messages import did_you_mean

_KEY_KINDS = {"count": NUMBER, "number": NUMBER, "text": TEXT, "date": DATE}


def parameter_plan(
    context: Context, path: Path, name: str, spec: ParameterSpec, inputs: Mapping[str, InputPlan]
) -> ParameterPlan | None:
    """Return the plan of one parameter, or None after noting what is wrong."""
    keys = tuple(_key_type(context, path, key, inputs) for key in spec.keys)
    seen: list[Type] = []
    values: list[tuple[date, object]] = []
    given: list[tuple[date, object, Path]] = (
        [(date.min, spec.value, (*path, "value"))]
        if spec.values is None
        else [(day, raw, (*path, "values", day.isoformat())) for day, raw in spec.values.items()]
    )
    for day, raw, place in sorted(given, key=lambda item: item[0]):
        values.append((day, _read(context, place, raw, (keys, 0), spec.unit, seen)))
    if not seen or any(value is None for _, value in values):
        return None
    inner = seen[0]
    kind = Type(Kind.MAP, depth=len(keys), inner=inner, keys=keys) if keys else inner
    return ParameterPlan(
        id=name,
        type=kind,
        title=spec.title or Text(),
        values=tuple(values),
        dated=spec.values is not None,
        basis=basis_plans(spec.basis),
    )


def _key_type(context: Context, path: Path, key: str, inputs: Mapping[str, InputPlan]) -> Type:
    if key in _KEY_KINDS:
        return _KEY_KINDS[key]
    found = inputs.get(key)
    if found is not None and found.type.kind is Kind.CHOICE:
        return Type(Kind.CHOICE, of=found.type.of)
    choices = [name for name, item in inputs.items() if item.type.kind is Kind.CHOICE]
    context.report(
        "PRF476", (*path, "keys"), value=key, hint=did_you_mean(key, [*_KEY_KINDS, *choices])
    )
    return UNKNOWN


def _read(  # noqa: PLR0913 - one level of a map
    context: Context,
    path: Path,
    raw: object,
    level: tuple[tuple[Type, ...], int],
    unit: str | None,
    seen: list[Type],
) -> object | None:
    keys, depth = level
    if isinstance(raw, dict) != (depth < len(keys)):
        context.report(
            "PRF477",
            path,
            value=str(raw) if isinstance(raw, Scalar) else "{…}",
            count=len(keys),
        )
        return None
    if not isinstance(raw, dict):
        return _literal(context, path, raw, unit, seen)
    found: dict[object, Any] = {}
    for text, value in raw.items():
        key = _key(context, (*path, text), str(text), keys[depth])
        inner = _read(context, (*path, text), value, (keys, depth + 1), unit, seen)
        if key is not None:
            if key in found:
                context.report("PRF478", (*path, text), key=True, value=str(text))
            found[key] = inner
    return found


def _key(context: Context, path: Path, text: str, kind: Type) -> object | None:
    """Return a map's key as the value it is compared with."""
    if kind.kind is Kind.NUMBER:
        try:
            return Decimal(text)
        except ArithmeticError:
            _no_key(context, path, text, kind)
            return None
    if kind.kind is Kind.DATE:
        try:
            return date.fromisoformat(text)
        except ValueError:
            _no_key(context, path, text, kind)
            return None
    if kind.kind is Kind.CHOICE and text not in kind.of:
        _no_key(context, path, text, kind)
        return None
    return text


def _no_key(context: Context, path: Path, text: str, kind: Type) -> None:
    args: dict[str, Any] = {"hint": did_you_mean(text, kind.of)} if kind.of else {}
    context.report("PRF479", path, key=True, value=text, expected=kinds(kind.kind), **args)


def _literal(
    context: Context, path: Path, raw: object, unit: str | None, seen: list[Type]
) -> object | None:
    """Return one value; all of a parameter's values must be of one type."""
    expr = context.compile(path, raw, Names(values={}))
    if expr is None:
        return None
    context.exprs.pop()
    value, kind = expr.constant, expr.type
    if value is None:
        operand = getattr(getattr(expr.tree, "operand", None), "value", None)
        value = -operand if isinstance(operand, Decimal) else None
    if value is None:
        context.report("PRF472", path, value=str(raw), expected=kinds(Kind.NUMBER, Kind.PERCENT))
        return None
    if unit is not None and unit in MONEY_FACTORS and kind.kind is Kind.NUMBER and isinstance(value, Decimal):
        value, kind = value * MONEY_FACTORS[unit], Type(Kind.MONEY, unit)
    if kind.kind is Kind.MONEY:
        kind = Type(Kind.MONEY, unit) if unit else MONEY
    if seen and seen[0].kind is not kind.kind:
        context.report("PRF480", path, value=str(raw), expected=kinds(seen[0].kind))
        return None
    seen.append(kind)
    return value
