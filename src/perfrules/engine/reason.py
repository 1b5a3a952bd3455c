"""Values and reasons as a person reads them; display only, nothing is computed with these."""

from datetime import date
from decimal import Decimal
from typing import Protocol

from perfrules.decimals import CONTEXT, ONE, has_decimals, percent, plain, round_to
from perfrules.errors import Text
from perfrules.lang.frame import Fault
from perfrules.lang.plan import Plan
from perfrules.lang.tree import Expr, RefKind
from perfrules.lang.types import MISSING, NUMBER, PERCENT, TEXT, Kind, Type
from perfrules.lang.units import MONEY_FACTORS

_SHOWN = 6  # decimals a reason shows at most


class Values(Protocol):
    """Where a reason reads the values it shows."""

    plan: Plan

    def name(self, name: str) -> object:
        """Return the value of a name."""

    def ref(self, kind: RefKind, name: str) -> object:
        """Return the value of a reference."""


def same(text: str) -> Text:
    """Return a text that is the same in both languages."""
    return Text(text, text)


def show_value(value: object, kind: Type = NUMBER) -> Text:
    """Return *value* of type *kind* as a person writes it.

    >>> show_value(Decimal("0.79274"), PERCENT).zh
    '79.274%'
    >>> show_value(Decimal(15854000), Type(Kind.MONEY, "万元")).zh
    '1585.4万元'
    """
    if isinstance(value, bool):
        return Text("是" if value else "否", "yes" if value else "no")
    if isinstance(value, Decimal):
        return _number(value, kind)
    if isinstance(value, date):
        return same(value.isoformat())
    if isinstance(value, frozenset):
        names = sorted(map(str, value))
        return Text("、".join(names) or "（无）", ", ".join(names) or "(none)")
    if value is MISSING or value is None:
        return Text("缺失", "missing")
    return same(str(getattr(value, "text", value)))


def _number(value: Decimal, kind: Type) -> Text:
    if kind.kind is Kind.PERCENT:
        return same(percent(value, 4))
    if kind.kind is Kind.MONEY:
        unit = kind.unit or "元"
        return same(f"{_short(CONTEXT.divide(value, MONEY_FACTORS.get(unit, ONE)))}{unit}")
    if kind.kind is Kind.DAYS:
        return Text(f"{_short(value)}天", f"{_short(value)} days")
    return same(_short(value) + (kind.unit or ""))


def _short(value: Decimal) -> str:
    return plain(value if has_decimals(value, _SHOWN) else round_to(value, _SHOWN))


def because_of(values: Values, expr: Expr) -> Text:
    """Return a condition with the values of the names it reads: what made it true or false.

    A value that can't be computed is left out: the condition didn't need it, or it had failed.
    """
    shown: list[tuple[str, Text]] = []
    for name in sorted(expr.names):
        try:
            value = values.name(name)
        except Fault:
            continue
        if not isinstance(value, (tuple, dict)):
            shown.append((name, show_value(value, type_of(values.plan, name))))
    for ref, name in sorted(expr.refs):
        kind = _REFS.get(ref)
        if kind is not None:
            shown.append((f"{ref}.{name}", show_value(values.ref(kind[0], name), kind[1])))
    text = " ".join(expr.text.split())
    if not shown:
        return same(text)
    zh = "，".join(f"{name} = {value.zh}" for name, value in shown)
    en = ", ".join(f"{name} = {value.en}" for name, value in shown)
    return Text(f"{text}（{zh}）", f"{text} ({en})")


_REFS: dict[str, tuple[RefKind, Type]] = {
    "rate": ("rate", PERCENT),
    "score": ("score", NUMBER),
    "points": ("points", NUMBER),
    "state": ("state", TEXT),
    "gate": ("gate", TEXT),
}


def type_of(plan: Plan, name: str) -> Type:
    """Return the type of a name, as far as showing its value needs it."""
    known: dict[str, Type] = {item.id: item.type for item in plan.derived}
    known |= {item.id: item.type for item in plan.parameters}
    known |= {item.id: item.type for item in plan.inputs}
    if name in known:
        return known[name]
    return PERCENT if name in ("complete", "rate") else NUMBER
