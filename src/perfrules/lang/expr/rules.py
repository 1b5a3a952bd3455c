"""The type table: what arithmetic gives, what may be compared, what two sides have in common."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from perfrules.decimals import CONTEXT, HUNDRED, ONE, plain
from perfrules.errors import Text
from perfrules.lang.tree import ArithmeticOp, Const, Tree
from perfrules.lang.types import DATE, DAYS, MONEY, NUMBER, NUMERIC, PERCENT, Kind, Type

_SIZES: Final = frozenset({Kind.NUMBER, Kind.PERCENT})
_N, _P, _M, _D, _T = Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.DAYS, Kind.DATE

# (operator, left, right) → result; what isn't here doesn't mix.
_TABLE: Final = {
    **{(op, kind, kind): kind for op in "+-" for kind in (_N, _P, _M, _D)},
    **{(op, a, b): _N for op in "+-" for a, b in ((_N, _P), (_P, _N))},
    ("-", _T, _T): _D,
    **{(op, _T, kind): _T for op in "+-" for kind in (_D, _N)},
    ("*", _N, _N): _N,
    **{("*", a, b): _P for a, b in ((_N, _P), (_P, _N), (_P, _P))},
    **{("*", big, size): big for big in (_M, _D) for size in _SIZES},
    **{("*", size, big): big for big in (_M, _D) for size in _SIZES},
    ("/", _N, _N): _N,
    ("/", _P, _N): _P,
    ("/", _N, _P): _N,
    ("/", _P, _P): _N,
    **{("/", big, size): big for big in (_M, _D) for size in _SIZES},
    **{("/", big, big): _N for big in (_M, _D)},
}  # fmt: skip
_TYPES: Final = {_N: NUMBER, _P: PERCENT, _M: MONEY, _D: DAYS, _T: DATE}


def arithmetic(op: ArithmeticOp, left: Type, right: Type) -> Type | None:
    """Return the type of `left op right`, or None where the two don't mix.

    >>> arithmetic("/", MONEY, MONEY).kind, arithmetic("+", MONEY, NUMBER)
    (<Kind.NUMBER: ('数', 'number')>, None)
    """
    kind = _TABLE.get((op, left.kind, right.kind))
    if kind is None:
        return None
    unit = left.unit if left.kind is kind else right.unit if right.kind is kind else None
    return replace(_TYPES[kind], unit=unit) if unit else _TYPES[kind]


def is_literal(tree: Tree) -> bool:
    """Return whether *tree* is a number written out, without a percent sign or unit."""
    return isinstance(tree, Const) and tree.type.kind is Kind.NUMBER


def percent_slip(left: Tree, right: Tree) -> Const | None:
    """Return the number literal other than 0 and 1 that stands where a percent is meant."""
    for one, other in ((left, right), (right, left)):
        if (
            other.type.kind is Kind.PERCENT
            and isinstance(one, Const)
            and is_literal(one)
            and one.value not in (0, 1)
        ):
            return one
    return None


def money_slip(left: Tree, right: Tree) -> Const | None:
    """Return the number literal other than 0 that stands where an amount of money is meant."""
    for one, other in ((left, right), (right, left)):
        if (
            other.type.kind is Kind.MONEY
            and isinstance(one, Const)
            and is_literal(one)
            and one.value != 0
        ):
            return one
    return None


def as_percent(value: Decimal) -> str:
    """Return the percent that a bare number most likely means.

    >>> as_percent(Decimal("0.95")), as_percent(Decimal(95))
    ('95%', '95%')
    """
    return f"{plain(CONTEXT.multiply(value, HUNDRED) if value.copy_abs() < ONE else value)}%"


def as_money(value: Decimal, unit: str | None) -> str:
    """Return the amount that a bare number most likely means.

    >>> as_money(Decimal(100), "万元"), as_money(Decimal(5), None)
    ('100万元', '5元')
    """
    return f"{plain(value)}{unit or '元'}"


def common(left: Tree, right: Tree) -> Type | None:
    """Return the type of a choice between the two, or None where they have nothing in common.

    A number next to a percent makes a number, a literal 0 or 1 a percent; a literal 0 is an amount
    of money; a number next to days counts as days; a label takes the choice's type.
    """
    a, b = left.type, right.type
    if a.kind is b.kind:
        if a.kind is Kind.CHOICE and a.of != b.of:
            return None
        return a
    for one, other in ((left, right), (right, left)):
        kinds = (one.type.kind, other.type.kind)
        if kinds == (Kind.NUMBER, Kind.PERCENT):
            return other.type if is_literal(one) else one.type
        if kinds == (Kind.NUMBER, Kind.DAYS):
            return other.type
        if kinds == (Kind.NUMBER, Kind.MONEY) and isinstance(one, Const) and one.value == 0:
            return other.type
        if (
            kinds == (Kind.TEXT, Kind.CHOICE)
            and isinstance(one, Const)
            and one.value in other.type.of
        ):
            return other.type
    return None


def comparable(left: Tree, right: Tree) -> bool:
    """Return whether the kinds of the two may be compared; literals are looked at elsewhere."""
    a, b = left.type, right.type
    if a.kind is b.kind:
        return a.kind in NUMERIC | {Kind.DATE, Kind.FLAG, Kind.TEXT} or (
            a.kind is Kind.CHOICE and a.of == b.of
        )
    pair = {a.kind, b.kind}
    if pair in ({_N, _P}, {_N, _D}):
        return True
    if pair == {_N, _M}:
        return any(
            isinstance(side, Const) and side.value == 0
            for side in (left, right)
            if is_literal(side)
        )
    return False


_BARE: Final = frozenset({Kind.MONEY, Kind.DAYS})  # "money", not "a money"
_SHOWN: Final = 5  # labels of a choice named in a sentence


def describe(kind: Type) -> Text:
    """Return a type as a sentence names it: its kind, with its unit or labels.

    >>> describe(Type(Kind.MONEY, unit="万元")).en, describe(NUMBER).en
    ('money in 万元', 'a number')
    >>> describe(Type(Kind.CHOICE, of=("红", "绿"))).en
    'a choice of 红, 绿'
    """
    zh, en = kind.kind.value
    if kind.kind is Kind.FLAG:
        zh = "是否值"
    if kind.unit and kind.kind is Kind.MONEY:
        return Text(f"{zh}（{kind.unit}）", f"{en} in {kind.unit}")
    if kind.of:
        more = " …" if len(kind.of) > _SHOWN else ""
        labels = kind.of[:_SHOWN]
        return Text(f"{zh}（{'、'.join(labels)}{more}）", f"a {en} of {', '.join(labels)}{more}")
    return Text(zh, en if kind.kind in _BARE else f"a {en}")


def one_of(kinds: Iterable[Kind]) -> Text:
    """Return kinds as a sentence names them, in the order of the closed list.

    >>> one_of({Kind.PERCENT, Kind.NUMBER, Kind.DATE}).en
    'a number, a percent or a date'
    """
    found = [describe(Type(kind)) for kind in Kind if kind in set(kinds)]
    if len(found) < 2:  # noqa: PLR2004 - nothing to join
        return found[0] if found else Text()
    *first, last = found
    return Text(
        f"{'、'.join(item.zh for item in first)}或{last.zh}",
        f"{', '.join(item.en for item in first)} or {last.en}",
    )
