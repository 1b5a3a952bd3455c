"""How the functions of expressions are computed: pure, exact, a `Fault` where it can't be."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import cast

from perfrules.decimals import CONTEXT, LIMIT, ZERO, plain, round_to, snap
from perfrules.lang.frame import Fault


def bounded(value: Decimal) -> Decimal:
    """Return *value*; raise `Fault` PRF531 where it is too large for exact arithmetic.

    >>> bounded(Decimal("9.9e24"))
    Decimal('9.9E+24')
    """
    if value.adjusted() >= 25 and value.copy_abs() >= LIMIT:  # noqa: PLR2004 - LIMIT is 1e25
        raise Fault("PRF531", value=f"{value:.6E}")
    return value


def total(values: Iterable[Decimal]) -> Decimal:
    """Return the sum, 0 where there are no values.

    >>> total([Decimal("0.1"), Decimal("0.2")])
    Decimal('0.3')
    """
    found = ZERO
    for value in values:
        found = bounded(CONTEXT.add(found, value))
    return found


def mean(values: Iterable[Decimal]) -> Decimal:
    """Return the arithmetic mean; raise `Fault` PRF546 where there are no values.

    >>> mean([Decimal(1), Decimal(2)])
    Decimal('1.5')
    """
    found = list(values)
    if not found:
        raise Fault("PRF546")
    return CONTEXT.divide(total(found), Decimal(len(found)))


def count(values: Iterable[bool]) -> Decimal:
    """Return how many values are true.

    >>> count([True, False, True])
    Decimal('2')
    """
    return Decimal(sum(1 for value in values if value))


def smallest(values: Iterable[Decimal]) -> Decimal:
    """Return the smallest number or date; raise `Fault` PRF546 where there are no values.

    >>> smallest([Decimal(2), Decimal(1)])
    Decimal('1')
    """
    found = list(values)
    if not found:
        raise Fault("PRF546")
    return min(found)


def largest(values: Iterable[Decimal]) -> Decimal:
    """Return the largest number or date; raise `Fault` PRF546 where there are no values.

    >>> largest([Decimal(2), Decimal(1)])
    Decimal('2')
    """
    found = list(values)
    if not found:
        raise Fault("PRF546")
    return max(found)


def rounded(value: Decimal, digits: Decimal = ZERO) -> Decimal:
    """Return *value* rounded half up, snapped first.

    >>> rounded(Decimal("10.005"), Decimal(2)), rounded(Decimal("-0.5"))
    (Decimal('10.01'), Decimal('-1'))
    """
    return round_to(value, int(digits))


def floor(value: Decimal) -> Decimal:
    """Return the largest whole number at or below *value*, snapped first.

    >>> floor(Decimal("2.9999999999999")), floor(Decimal("-0.5"))
    (Decimal('3'), Decimal('-1'))
    """
    return round_to(value, 0, "floor")


def ceil(value: Decimal) -> Decimal:
    """Return the smallest whole number at or above *value*, snapped first.

    >>> ceil(Decimal("2.0000000000001")), ceil(Decimal("2.1"))
    (Decimal('2'), Decimal('3'))
    """
    return round_to(value.copy_negate(), 0, "floor").copy_negate()


def sqrt(value: Decimal) -> Decimal:
    """Return the square root to 34 digits; raise `Fault` PRF532 below 0.

    >>> sqrt(Decimal("6.25"))
    Decimal('2.5')
    """
    if value < 0:
        raise Fault("PRF532", function="sqrt", value=plain(value))
    return CONTEXT.sqrt(value)


def ln(value: Decimal) -> Decimal:
    """Return the natural logarithm to 34 digits; raise `Fault` PRF532 at 0 and below.

    >>> ln(Decimal(1))
    Decimal('0')
    """
    if value <= 0:
        raise Fault("PRF532", function="ln", value=plain(value))
    return CONTEXT.ln(value)


_LARGEST_EXPONENT = Decimal(58)  # e ** 58 is 1.5e25


def exp(value: Decimal) -> Decimal:
    """Return e to the power of *value* to 34 digits; raise `Fault` PRF531 where it is too large.

    >>> exp(Decimal(0))
    Decimal('1')
    """
    if value > _LARGEST_EXPONENT:
        raise Fault("PRF531", value=f"exp({plain(value)})")
    return bounded(CONTEXT.exp(value))


def contains(text: str, part: str) -> bool:
    """Return whether *part* stands in *text*, exactly as written.

    >>> contains("学校食堂改造", "食堂")
    True
    """
    return part in text


def lookup(table: Mapping[object, object], *keys: object) -> object:
    """Return the map parameter's entry at exactly *keys*; raise `Fault` PRF533 without one.

    >>> lookup({Decimal(4): Decimal("0.25")}, Decimal("4.0"))
    Decimal('0.25')
    """
    found: object = table
    for key in keys:
        entries = cast("Mapping[object, object]", found)
        key = snap(key) if isinstance(key, Decimal) else key  # noqa: PLW2901 - a key in its final form
        if key not in entries:
            raise Fault("PRF533", key=_show(key), known=", ".join(map(_show, entries)))
        found = entries[key]
    return found


def step(table: Mapping[object, object], *keys: object) -> object:
    """Return the entry at the last key at or below the last of *keys*; the others are exact.

    >>> scale = {Decimal(4): "small", Decimal(6): "large"}
    >>> step(scale, Decimal(6)), step(scale, Decimal("5.9"))
    ('large', 'small')
    """
    entries = cast("Mapping[object, object]", lookup(table, *keys[:-1]))
    key = snap(keys[-1]) if isinstance(keys[-1], Decimal) else keys[-1]
    below = [item for item in entries if item <= key]  # type: ignore[operator] # checked kinds
    if not below:
        raise Fault("PRF533", key=_show(key), known=", ".join(map(_show, entries)))
    return entries[max(below)]  # type: ignore[type-var] # checked kinds


def _show(key: object) -> str:
    return plain(key) if isinstance(key, Decimal) else str(key)


def number_of(cell: object) -> Decimal:
    """Return the number of a target cell or of a text; raise `Fault` PRF534 without one.

    >>> number_of("≥95%")
    Decimal('0.95')
    """
    from perfrules.lang.cells import TargetCell, read_target  # noqa: PLC0415 - only where used

    found = cell if isinstance(cell, TargetCell) else read_target(str(cell))
    if found.number is None:
        raise Fault("PRF534", value=found.text, target=found.text)
    return found.number


def kind_of(cell: object) -> str:
    """Return what kind of target a target cell states.

    >>> from perfrules.lang.cells import read_target
    >>> kind_of(read_target("≥95%"))
    'at_least'
    """
    from perfrules.lang.cells import TargetCell, read_target  # noqa: PLC0415 - only where used

    return str((cell if isinstance(cell, TargetCell) else read_target(str(cell))).kind)


def year(day: date) -> Decimal:
    """Return the year of a date.

    >>> year(date(2022, 9, 30))
    Decimal('2022')
    """
    return Decimal(day.year)


def month(day: date) -> Decimal:
    """Return the month of a date, 1 to 12.

    >>> month(date(2022, 9, 30))
    Decimal('9')
    """
    return Decimal(day.month)


def days(span: Decimal) -> Decimal:
    """Return a number of days as a plain number.

    >>> days(Decimal(10))
    Decimal('10')
    """
    return span
