"""The numbers a rule compares: thresholds of the right kind, exact values, what can be reached."""

from decimal import Decimal
from typing import Final

from perfrules.decimals import CONTEXT, HUNDRED, ONE, ZERO, parse_decimal, plain, snap
from perfrules.errors import Path, Text
from perfrules.lang.frame import Evaluation, Fault
from perfrules.lang.methods.base import Scope
from perfrules.lang.tree import Expr, Name
from perfrules.lang.types import NUMERIC, Kind
from perfrules.lang.units import MONEY_FACTORS

NUMBERS: Final = tuple(kind for kind in Kind if kind in NUMERIC)
SIZES: Final = (Kind.NUMBER, Kind.PERCENT)
_BESIDE: Final = {
    Kind.NUMBER: SIZES,
    Kind.PERCENT: (Kind.PERCENT, Kind.NUMBER),
    Kind.MONEY: (Kind.MONEY,),
    Kind.DAYS: (Kind.DAYS, Kind.NUMBER),
}


def threshold(scope: Scope, path: Path, raw: object, actual: Expr | None) -> Expr | None:
    """Return the value that *actual* is compared with, of a kind that compares with it.

    A bare number beside a percentage is refused (95 where 95% is meant), but a computed one isn't.
    """
    kind = actual.type.kind if actual is not None else Kind.UNKNOWN
    want = _BESIDE.get(kind, NUMBERS)
    if kind is Kind.PERCENT and parse_decimal(str(raw)) is not None:
        want = (Kind.PERCENT,)
    return scope.value(path, raw, *want)


def constant(expr: Expr | None) -> Decimal | None:
    """Return the number that *expr* writes out, or None where it is computed."""
    found = expr.constant if expr is not None else None
    return found if isinstance(found, Decimal) else None


def number(at: Evaluation, expr: Expr) -> Decimal:
    """Return the numeric value of *expr*, exact."""
    found = at.value(expr)
    assert isinstance(found, Decimal)  # noqa: S101 - typed at load
    return found


def compared(at: Evaluation, expr: Expr) -> Decimal:
    """Return the numeric value of *expr* as comparisons see it."""
    return snap(number(at, expr))


def not_negative(at: Evaluation, expr: Expr, name: Text) -> Decimal:
    """Return the value of *expr*; raise `Fault` PRF560 where it is below 0."""
    found = number(at, expr)
    if snap(found) < ZERO:
        raise Fault("PRF560", where=expr.where, name=name, value=at.show(expr, found))
    return found


def shown_by(actual: Expr, *thresholds: Expr) -> Expr:
    """Return the expression whose unit a reason uses: a ratio beside percentages is one too."""
    if actual.type.kind is Kind.NUMBER and actual.type.unit is None:
        for item in thresholds:
            if item.type.kind is Kind.PERCENT:
                return item
    return actual


def written(value: Decimal, expr: Expr) -> str:
    """Return a value of the kind of *expr* as an author would write it, for a sentence at load."""
    kind = expr.type
    if kind.kind is Kind.PERCENT:
        return f"{plain(CONTEXT.multiply(value, HUNDRED))}%"
    if kind.kind is Kind.MONEY:
        unit = kind.unit or "元"
        return f"{plain(CONTEXT.divide(value, MONEY_FACTORS[unit]))}{unit}"
    return plain(value) + ("天" if kind.kind is Kind.DAYS else "")


def limits(scope: Scope, actual: Expr) -> tuple[Decimal | None, Decimal | None]:
    """Return the smallest and largest value that *actual* can have, where that is declared.

    What a survey hands on is a share of 1.
    """
    found = scope.input_of(actual)
    if found is not None:
        low = found.min if isinstance(found.min, Decimal) else None
        high = found.max if isinstance(found.max, Decimal) else None
        return low, high
    supplied = scope.supplied is not None and scope.supplied.kind is Kind.PERCENT
    if supplied and isinstance(actual.tree, Name) and actual.tree.id == "value":
        return ZERO, ONE
    return None, None


def reads(*exprs: Expr | None) -> tuple[Expr, ...]:
    """Return the expressions that are there."""
    return tuple(expr for expr in exprs if expr is not None)
