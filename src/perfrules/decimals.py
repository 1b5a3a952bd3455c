"""The one number policy: decimal128 arithmetic, exact admission, snapping and rounding.

A value is the decimal that was written. Arithmetic keeps 34 digits, half-even. What is compared or
rounded is snapped to 12 decimals first, which absorbs the residue of a division.
"""

import re
from decimal import (
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Clamped,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
)
from typing import Literal, TypeAlias

RoundingMode: TypeAlias = Literal["half_up", "floor", "half_even"]

DIGITS = 34
LIMIT = Decimal("1e25")  # beyond it decimal128 drops small terms in silence
SNAP = 12
_SMALLEST = -6000  # no exponent in use is near it; below, decimal128 would lose digits
ZERO = Decimal(0)
ONE = Decimal(1)
HUNDRED = Decimal(100)

CONTEXT = Context(
    prec=DIGITS,
    rounding=ROUND_HALF_EVEN,
    Emin=-6143,
    Emax=6144,
    traps=[DivisionByZero, InvalidOperation, Overflow],
)
# Wide enough to quantize anything below the limit to 12 decimals without losing a digit.
_WIDE = Context(prec=80, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation], Emin=-6143, Emax=6144)
_ROUNDED = {
    mode: Context(prec=80, rounding=how, traps=[InvalidOperation], Emin=-6143, Emax=6144).quantize
    for mode, how in (
        ("half_up", ROUND_HALF_UP),
        ("floor", ROUND_FLOOR),
        ("half_even", ROUND_HALF_EVEN),
    )
}
_STEP = tuple(Decimal(1).scaleb(-n) for n in range(35))
_PLAIN = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")

assert Clamped not in CONTEXT.traps or not CONTEXT.traps[Clamped]  # noqa: S101 - subnormals are fine


def parse_decimal(text: str) -> Decimal | None:
    """Return the decimal that *text* writes, or None: ASCII digits, one point, one sign, no more.

    The digits are kept as written; the caller checks `fits`.

    >>> parse_decimal("0.10"), parse_decimal("1_000"), parse_decimal("1e3")
    (Decimal('0.10'), None, None)
    """
    if not _PLAIN.fullmatch(text):
        return None
    return Decimal(text)


def fits(value: Decimal) -> bool:
    """Return whether *value* is finite, has at most 34 significant digits and is below 1e25.

    >>> fits(Decimal("9.9e24")), fits(Decimal("1e25")), fits(Decimal("NaN"))
    (True, False, False)
    """
    parts = value.as_tuple()
    if not isinstance(parts.exponent, int) or parts.exponent < _SMALLEST:
        return False
    return len(_strip(parts.digits)) <= DIGITS and value.copy_abs() < LIMIT


def _strip(digits: tuple[int, ...]) -> tuple[int, ...]:
    """Return *digits* without trailing zeros."""
    end = len(digits)
    while end > 1 and digits[end - 1] == 0:
        end -= 1
    return digits[:end]


def from_float(value: float) -> Decimal:
    """Return the decimal that a float's shortest repr writes.

    >>> from_float(0.1)
    Decimal('0.1')
    """
    return Decimal(repr(value))


def snap(value: Decimal) -> Decimal:
    """Return *value* rounded to 12 decimals, half-even: what is compared and rounded.

    >>> third = CONTEXT.divide(Decimal(1), Decimal(3))
    >>> snap(CONTEXT.multiply(third, Decimal(3))) == 1
    True
    """
    return value if has_decimals(value, SNAP) else _WIDE.quantize(value, _STEP[SNAP])


def has_decimals(value: Decimal, most: int) -> bool:
    """Return whether *value* is written with *most* decimals at most.

    >>> has_decimals(Decimal("0.10"), 2), has_decimals(Decimal("0.100"), 2)
    (True, False)
    """
    text = str(value)  # nothing else tells it as fast
    if "E" not in text:
        point = text.find(".")
        return point < 0 or len(text) - point - 1 <= most
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -most


def on_grid(value: Decimal, digits: int) -> bool:
    """Return whether *value* needs no more than *digits* decimals, however it is written.

    >>> on_grid(Decimal("0.50"), 1), on_grid(Decimal("0.005"), 2)
    (True, False)
    """
    return has_decimals(value, digits) or _WIDE.quantize(value, _STEP[digits]) == value


def round_to(value: Decimal, digits: int, mode: RoundingMode = "half_up") -> Decimal:
    """Return *value* snapped, then rounded to *digits* decimals by *mode*.

    >>> round_to(Decimal("10.005"), 2), round_to(Decimal("89.994999999999999"), 2)
    (Decimal('10.01'), Decimal('90.00'))
    """
    return _ROUNDED[mode](snap(value), _STEP[digits])


def plain(value: Decimal) -> str:
    """Return *value* without exponent and without trailing zeros.

    >>> plain(Decimal("20.00")), plain(Decimal("1E+2")), plain(Decimal("-0.0"))
    ('20', '100', '0')
    """
    if not value:
        return "0"
    text = str(value)
    if "E" in text:
        text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def fixed(value: Decimal, digits: int) -> str:
    """Return *value*, already rounded, with exactly *digits* decimals.

    >>> fixed(Decimal("90"), 2)
    '90.00'
    """
    found = _WIDE.plus(_WIDE.quantize(value, _STEP[digits]))  # plus: -0 is 0
    text = str(found)
    return text if "E" not in text else f"{found:f}"


def percent(value: Decimal, digits: int = 2) -> str:
    """Return a fraction as a percentage for people, at most *digits* decimals.

    >>> percent(Decimal("0.79265")), percent(Decimal(1))
    ('79.27%', '100%')
    """
    return f"{plain(round_to(CONTEXT.multiply(value, HUNDRED), digits))}%"
