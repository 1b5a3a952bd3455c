"""Strict readers of scalars whose field has a type: a number, a whole number, a flag, a date.

What YAML 1.1 or a spreadsheet would make of `no`, `012`, `12:30` or `1_000` is refused with a hint;
nothing is guessed.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Final

from perfrules.decimals import CONTEXT, HUNDRED, fits, parse_decimal, plain
from perfrules.errors import Text
from perfrules.lang.characters import fold
from perfrules.lang.document.scalar import Scalar

_LEADING_ZERO: Final = re.compile(r"[+-]?0[0-9]+(?:\.[0-9]*)?")
_BASED: Final = re.compile(r"[+-]?0[xXoObB][0-9A-Fa-f_]+")
_EXPONENT: Final = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)[eE]([+-]?[0-9]{1,3})")
_CLOCK: Final = re.compile(r"[+-]?[0-9]+(?::[0-9]+)+(?:\.[0-9]*)?")
_GROUPED: Final = re.compile(r"[+-]?[0-9]+(?:[_,，][0-9]+)+(?:\.[0-9]+)?")
_NO_NUMBER: Final = re.compile(r"[+-]?\.?(?:nan|inf|infinity)", re.IGNORECASE)
_DAY: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_OTHER_DAY: Final = re.compile(
    r"([0-9]{4}) ?[-/.年] ?([0-9]{1,2}) ?[-/.月] ?([0-9]{1,2}) ?日?(?:[ Tt].*)?"
)
_PACKED_DAY: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_TRUE: Final = frozenset({"true", "yes", "y", "on", "1", "是", "有", "√", "对"})
_FALSE: Final = frozenset({"false", "no", "n", "off", "0", "否", "无", "×", "错"})
_LARGEST_SHIFT: Final = 30  # a hint writes out no more zeros than this
_LONGEST: Final = 40  # characters that a number in a hint may have


class ScalarFault(ValueError):  # noqa: N818 - a fault of the author, turned into a diagnostic
    """A scalar isn't what its field takes: a message code and what fills its sentence."""

    def __init__(self, code: str, **args: object) -> None:
        super().__init__(code)
        self.code = code
        self.args_by_name = args


def read_decimal(scalar: Scalar, *, percent: bool = False) -> Decimal:
    """Return the number that a plain decimal literal writes, its digits as written.

    Args:
        scalar: What the document holds.
        percent: `50%` is a number here too, and means 0.5.

    Raises:
        ScalarFault: It is anything else.

    >>> read_decimal(Scalar("0.10")), read_decimal(Scalar("50%"), percent=True)
    (Decimal('0.10'), Decimal('0.5'))
    """
    return _number(scalar, "PRF206", percent=percent)


def read_int(scalar: Scalar) -> int:
    """Return the whole number that digits write.

    Raises:
        ScalarFault: It is anything else; `2.0` is, too.

    >>> read_int(Scalar("2"))
    2
    """
    number = _number(scalar, "PRF207", percent=False)
    if "." in scalar:
        whole = plain(number.to_integral_value()) if number == number.to_integral_value() else ""
        better = Text(f"写成 {whole}", f"write {whole}") if whole else None
        raise ScalarFault("PRF148", value=str(scalar), **({"hint": better} if better else {}))
    return int(number)


def read_flag(scalar: Scalar) -> bool:
    """Return whether the scalar is `true`; `false` is the only other word.

    Raises:
        ScalarFault: It is anything else: `yes`, `no`, `on`, `是` and `1` are.

    >>> read_flag(Scalar("true")), read_flag(Scalar("false"))
    (True, False)
    """
    if scalar in ("true", "false"):
        if scalar.quoted:
            raise ScalarFault("PRF142", value=f'"{scalar}"', better=str(scalar))
        return scalar == "true"
    word = fold(scalar).strip().lower()
    if word in _TRUE or word in _FALSE:
        raise ScalarFault("PRF145", value=str(scalar), better="true" if word in _TRUE else "false")
    raise ScalarFault("PRF208", value=str(scalar))


def read_date(scalar: Scalar) -> date:
    """Return the day that `2024-01-31` writes; quotes around it are fine.

    Raises:
        ScalarFault: It is written otherwise, or there is no such day.

    >>> read_date(Scalar("2024-02-29"))
    datetime.date(2024, 2, 29)
    """
    found = _DAY.fullmatch(scalar)
    if found:
        day = _day(found)
        if day is None:
            raise ScalarFault("PRF146", value=str(scalar))
        return day
    text = fold(scalar).strip()
    found = _OTHER_DAY.fullmatch(text) or _PACKED_DAY.fullmatch(text)
    if found is None:
        raise ScalarFault("PRF209", value=str(scalar))
    day = _day(found)
    if day is None:
        raise ScalarFault("PRF146", value=str(scalar))
    raise ScalarFault("PRF147", value=str(scalar), better=day.isoformat())


def _day(found: re.Match[str]) -> date | None:
    year, month, day = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _number(scalar: Scalar, otherwise: str, *, percent: bool) -> Decimal:
    """Return the number of a scalar; *otherwise* is the code where it looks like none."""
    text = str(scalar)
    digits = text.removesuffix("%")
    number = None if _LEADING_ZERO.fullmatch(digits) else parse_decimal(digits)
    if number is None:
        raise _odd(text) or ScalarFault(otherwise, value=text)
    if scalar.quoted:
        raise ScalarFault("PRF142", value=f'"{text}"', better=text)
    if not fits(number):
        raise ScalarFault("PRF143", value=text)
    if digits == text:
        return number
    fraction = CONTEXT.divide(number, HUNDRED)
    if not percent:
        raise ScalarFault("PRF144", value=text, better=plain(fraction))
    return fraction


def _odd(text: str) -> ScalarFault | None:
    """PRF141: a number in a notation that other programs read as another one, or not at all."""
    narrow = fold(text).strip()
    digits = narrow.removesuffix("%")
    better: str | None = None
    if _LEADING_ZERO.fullmatch(digits):
        number = parse_decimal(digits)
        better = "" if number is None else plain(number)
    elif _BASED.fullmatch(digits):
        better = _based(digits)
    elif _GROUPED.fullmatch(digits):
        better = re.sub("[_,，]", "", digits)
    elif exponent := _EXPONENT.fullmatch(digits):
        small = abs(int(exponent[1])) <= _LARGEST_SHIFT and len(digits) <= _LONGEST
        better = plain(Decimal(digits)) if small else ""
    elif _CLOCK.fullmatch(digits) or _NO_NUMBER.fullmatch(digits):
        better = ""
    elif parse_decimal(digits) is not None:  # it was only wide, or had spaces
        better = digits
    if better is None:
        return None
    if not better or len(better) > _LONGEST:
        return ScalarFault("PRF141", value=text)
    if narrow != digits:
        better += "%"
    return ScalarFault("PRF141", value=text, hint=Text(f"写成 {better}", f"write {better}"))


def _based(digits: str) -> str:
    """Return a hexadecimal, octal or binary number in decimal; empty where it is none."""
    if len(digits) > _LONGEST:
        return ""
    try:
        return str(int(digits, 0))
    except ValueError:
        return ""
