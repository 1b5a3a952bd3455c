"""Numbers as forms print them: plain, counted, as a percentage, as an amount of money.

A number keeps the digits that were written. Chinese numerals, exponents, fractions and decimal
commas are refused: what they mean is a guess.
"""

import re
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from perfrules.decimals import CONTEXT, HUNDRED, LIMIT, fits, plain
from perfrules.errors import Text
from perfrules.lang.cells.reading import Reading, is_missing, refuse_error, refuse_length
from perfrules.lang.characters import tidy
from perfrules.lang.frame import Fault
from perfrules.lang.types import MISSING, Missing
from perfrules.lang.units import MONEY, PERCENT, Unit, exactly, find_unit, to_base

Bare: TypeAlias = Literal["percent", "fraction"]
Number: TypeAlias = Reading[Decimal | Missing]

APOSTROPHE: Final = Text("删去了数前的撇号", "the apostrophe before the number was removed")
MINUS: Final = Text("减号按负号读", "a minus sign was read as -")
CURRENCY: Final = Text("删去了货币符号", "the currency sign was removed")
OWN_UNIT: Final = Text("数后写有单位", "the number was written with its unit")

_PLAIN = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?")  # few enough digits for any check
_NUMBER = r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_WITH_REST = re.compile(rf"({_NUMBER})\s*(.*)", re.DOTALL)
_SCIENTIFIC = re.compile(r"[+-]?[0-9.]+[eE][+-]?[0-9]+")
_SHORT_MONEY = re.compile("[十百千万亿]+")


def split_number(text: str) -> tuple[Decimal, str] | None:
    """Return the number that *text* begins with and what follows, or None.

    >>> split_number("1,234.5 万元"), split_number("1,23")
    ((Decimal('1234.5'), '万元'), (Decimal('1'), ',23'))
    """
    found = _WITH_REST.match(text)
    if found is None:
        return None
    value = Decimal(found[1].replace(",", ""))
    if not fits(value):
        raise Fault("PRF510", value=text[:60])
    return value, found[2].strip()


def read_number(text: str, unit: str | None = None) -> Number:
    """Return the number in a cell; one with the column's own unit behind it is fine.

    Raises:
        Fault: PRF503 no number, PRF504 an error value, PRF505 a percentage, PRF507 another unit,
            PRF510 too large or too many digits.

    >>> read_number("１,234.5").value, read_number("—").value, read_number("940人", "人").value
    (Decimal('1234.5'), MISSING, Decimal('940'))
    """
    if _PLAIN.fullmatch(text):
        return Reading(Decimal(text))
    found = _parts(text)
    if found is None:
        return Reading(MISSING)
    value, rest, notes = found
    if not rest:
        return Reading(value, notes)
    written = find_unit(rest)
    own = find_unit(unit) if unit else None
    if written is not None and own is not None:
        same = exactly(value, written, own)
        if same is not None:
            return Reading(same, (*notes, OWN_UNIT))
    if written is not None and written.kind == PERCENT:
        raise Fault("PRF505", value=text, expected=_a_number(unit), example=plain(value))
    if written is not None:
        raise Fault("PRF507", value=text, unit=rest, expected=_a_number(unit), example=plain(value))
    raise _no_number(text, _a_number(unit))


def read_count(text: str, unit: str | None = None) -> Number:
    """Return the whole number, 0 or more, in a cell; raise `Fault` PRF508 for any other number.

    >>> read_count("1,240").value
    Decimal('1240')
    """
    reading = read_number(text, unit)
    whole(reading.value, text)
    return reading


def whole(value: Decimal | Missing, written: object) -> None:
    """Raise `Fault` PRF508 where *value* is not a whole number, 0 or more."""
    if isinstance(value, Decimal) and (value < 0 or value != value.to_integral_value()):
        raise Fault("PRF508", value=written)


def read_percent(text: str, bare: Bare | None = None) -> Number:
    """Return the fraction that a percentage in a cell is; `98` alone only where *bare* says how.

    Raises:
        Fault: as for `read_number`; PRF506 a number without `%`.

    >>> read_percent("98%").value, read_percent("98", "percent").value
    (Decimal('0.98'), Decimal('0.98'))
    """
    found = _parts(text)
    if found is None:
        return Reading(MISSING)
    value, rest, notes = found
    if not rest:
        return Reading(bare_percent(value, bare, text), notes)
    unit = find_unit(rest)
    if unit is None or unit.kind != PERCENT:
        raise _no_number(text, A_PERCENT)
    return Reading(_base(value, unit, text), notes)


def bare_percent(value: Decimal, bare: Bare | None, written: object) -> Decimal:
    """Return the fraction a number without `%` stands for; raise `Fault` PRF506 without *bare*.

    >>> bare_percent(Decimal("0.98"), "fraction", "0.98")
    Decimal('0.98')
    """
    if bare == "fraction":
        return value
    percent = find_unit("%")
    assert percent is not None  # noqa: S101 - the registry has it
    if bare == "percent":
        return _base(value, percent, written)
    small = value.copy_abs() <= 1 and value != 0
    example = plain(CONTEXT.multiply(value, HUNDRED)) if small else plain(value)
    raise Fault("PRF506", value=written, expected=A_PERCENT, example=f"{example}%")


def read_money(text: str, unit: str) -> Number:
    """Return the amount in a cell, in 元; a bare number is in the declared *unit*.

    Raises:
        Fault: as for `read_number`; PRF507 a unit that is cut (`1.2亿`) or no money.

    >>> read_money("120万元", "元").value, read_money("0.1", "万元").value
    (Decimal('1200000'), Decimal('1000.0'))
    """
    if _PLAIN.fullmatch(text):
        return Reading(in_yuan(Decimal(text), unit, text))
    found = _parts(text, currency=True)
    if found is None:
        return Reading(MISSING)
    value, rest, notes = found
    if not rest:
        return Reading(in_yuan(value, unit, text), notes)
    written = find_unit(rest)
    if written is not None and written.kind == MONEY:
        return Reading(_base(value, written, text), notes)
    if written is not None and written.kind == PERCENT:
        raise Fault("PRF505", value=text, expected=_money(unit), example=f"{plain(value)}{unit}")
    if written is not None or _SHORT_MONEY.fullmatch(rest):
        cut = _SHORT_MONEY.fullmatch(rest)
        example = f"{plain(value)}{rest}元" if cut else f"{plain(value)}{unit}"
        raise Fault("PRF507", value=text, unit=rest, expected=_money(unit), example=example)
    raise _no_number(text, _money(unit))


def in_yuan(value: Decimal, unit: str, written: object) -> Decimal:
    """Return *value* of the money unit *unit* in 元; raise `Fault` PRF510 where it is too large.

    >>> in_yuan(Decimal("107.78"), "万元", "107.78")
    Decimal('1077800.00')
    """
    found = find_unit(unit)
    assert found is not None  # noqa: S101 - the spec admits known units only
    return _base(value, found, written)


A_PERCENT: Final = Text("带%的百分比，如 98%", "a percentage with %, such as 98%")


def _a_number(unit: str | None) -> Text:
    return Text(f"以{unit}计的数", f"a number of {unit}") if unit else Text("一个数", "a number")


def _money(unit: str) -> Text:
    return Text(f"以{unit}计的金额", f"an amount in {unit}")


def _no_number(text: str, expected: Text) -> Fault:
    if _SCIENTIFIC.fullmatch(text.strip()):
        return Fault("PRF503", value=text, expected=expected, example="123000000000")
    return Fault("PRF503", value=text, expected=expected, example="1234.5")


def _base(value: Decimal, unit: Unit, written: object) -> Decimal:
    found = to_base(value, unit)
    if found is None:
        raise Fault("PRF510", value=written)
    return found


def _parts(text: str, *, currency: bool = False) -> tuple[Decimal, str, tuple[Text, ...]] | None:
    """Return number, rest and notes of a cell's text; None where the cell says it has no value."""
    refuse_length(text)
    found, notes = tidy(text)
    if is_missing(found):
        return None
    refuse_error(found, text)
    if found[:1] in ("'", "’", "`"):
        found, notes = found[1:].lstrip(), (*notes, APOSTROPHE)
    if currency and found[:1] in ("￥", "¥"):
        found, notes = found[1:].lstrip(), (*notes, CURRENCY)
    if found[:1] == "−":
        found, notes = f"-{found[1:]}", (*notes, MINUS)
    parts = split_number(found)
    if parts is None:
        raise _no_number(text, Text("一个数", "a number"))
    return *parts, notes


def exact_number(value: object) -> Decimal | None:
    """Return the decimal of an int, a float (its shortest repr) or a decimal; None for the rest.

    Raises:
        Fault: PRF503 not finite, PRF510 too large or too many digits.

    >>> exact_number(0.1), exact_number(True)
    (Decimal('0.1'), None)
    """
    kind = type(value)
    if kind is int:
        assert isinstance(value, int)  # noqa: S101 - says the type
        if value.bit_length() > LIMIT.adjusted() * 4:
            raise Fault("PRF510", value="> 1e25" if value > 0 else "< -1e25")
        found = Decimal(value)
    elif kind is float:
        found = Decimal(repr(value))
    elif kind is Decimal:
        assert isinstance(value, Decimal)  # noqa: S101 - says the type
        found = value
    else:
        return None
    if not found.is_finite():
        raise Fault("PRF503", value=str(found), expected=Text("一个数", "a number"), example="0")
    if found.adjusted() > LIMIT.adjusted() or not fits(found):
        raise Fault("PRF510", value=_short(found))
    return found


def _short(value: Decimal) -> str:
    return f"{value:.6E}" if abs(value.adjusted()) < 1000 else str(value)  # noqa: PLR2004
