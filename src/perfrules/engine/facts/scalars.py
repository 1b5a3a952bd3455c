"""One value of one input: text as forms print it, or a plain Python value, read exactly once.

Exact types only: a subclass could run code of its own when it is compared or shown.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from perfrules.decimals import CONTEXT, percent, plain
from perfrules.errors import Text
from perfrules.lang.cells import (
    Reading,
    exact_number,
    read_choice,
    read_choices,
    read_count,
    read_date,
    read_flag,
    read_id,
    read_money,
    read_number,
    read_percent,
    read_target,
    read_text,
)
from perfrules.lang.cells.numbers import bare_percent, in_yuan, whole
from perfrules.lang.cells.reading import is_missing, refuse_error, refuse_length
from perfrules.lang.characters import tidy
from perfrules.lang.document import Scalar
from perfrules.lang.frame import Fault
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import MISSING, Kind
from perfrules.lang.units import MONEY_FACTORS

Reader = Callable[[InputPlan, object], Reading[object]]

_NOTHING: Final[Reading[object]] = Reading(MISSING)
_NULLS: Final = ("~", "null")
_LISTS: Final = (list, tuple, set, frozenset)


def read_value(item: InputPlan, value: object) -> Reading[object]:
    """Return the value of a scalar input in its base unit; MISSING where there is none.

    Raises:
        Fault: what is wrong with it, without the input's name.
    """
    value = unwrapped(value)
    if value is None or value is MISSING:
        return _NOTHING
    return READERS[item.type.kind](item, value)


def unwrapped(value: object) -> object:
    """Return a document's scalar as the text it is, or None where it is YAML's null.

    >>> unwrapped(Scalar("98%")), unwrapped(Scalar("~")), unwrapped(Scalar("~", quoted=True))
    ('98%', None, '~')
    """
    if type(value) is not Scalar:
        return value
    return None if not value.quoted and value in _NULLS else str(value)


def _refuse(value: object, expected: Text) -> Fault:
    return Fault("PRF518", value=value, expected=expected)


def _numeric(value: object, expected: Text) -> Decimal:
    found = exact_number(value)
    if found is None:
        raise _refuse(value, expected)
    return found


def _number(item: InputPlan, value: object) -> Reading[object]:
    unit = item.type.unit
    if type(value) is str:
        reading = read_count(value, unit) if item.whole else read_number(value, unit)
        return _bounded(item, reading, value)
    found = _numeric(value, Text("一个数", "a number"))
    if item.whole:
        whole(found, value)
    return _bounded(item, Reading(found), value)


def _money(item: InputPlan, value: object) -> Reading[object]:
    unit = item.type.unit or "元"
    if type(value) is str:
        return _bounded(item, read_money(value, unit), value)
    found = _numeric(value, Text(f"以{unit}计的金额", f"an amount in {unit}"))
    return _bounded(item, Reading(in_yuan(found, unit, value)), value)


def _percent(item: InputPlan, value: object) -> Reading[object]:
    if type(value) is str:
        return _bounded(item, read_percent(value, item.bare), value)
    found = _numeric(value, Text("百分比，如 98%", "a percentage, such as 98%"))
    return _bounded(item, Reading(bare_percent(found, item.bare, value)), value)


def _flag(item: InputPlan, value: object) -> Reading[object]:
    del item
    if type(value) is bool:
        return Reading(value)
    if type(value) is str:
        return read_flag(value)
    if type(value) in (int, Decimal) and exact_number(value) in (0, 1):
        return Reading(value == 1)
    raise _refuse(value, Text("是 或 否", "是 (yes) or 否 (no)"))


def _as_text(value: object) -> str:
    """Return a text, or the digits of a number or day that was given for one."""
    value = unwrapped(value)
    if type(value) is str:
        return value
    if type(value) is date:
        return value.isoformat()
    found = exact_number(value)
    if found is None:
        raise _refuse(value, Text("文本", "a text"))
    return f"{found:f}"


def _text(item: InputPlan, value: object) -> Reading[object]:
    if item.pattern is None:
        return read_text(_as_text(value))
    if type(value) is not str:  # a number has lost the zeros it began with
        raise _refuse(value, Text("写成文本的编号", "an identifier given as text"))
    return read_id(value, item.pattern)


def _choice(item: InputPlan, value: object) -> Reading[object]:
    return read_choice(_as_text(value), item.type.of)


def _choices(item: InputPlan, value: object) -> Reading[object]:
    if type(value) not in _LISTS:
        return read_choices(_as_text(value), item.type.of)
    assert isinstance(value, _LISTS)  # noqa: S101 - says the type
    if len(value) > len(item.type.of):
        raise Fault("PRF514", value=value, options=item.type.of)
    notes: tuple[Text, ...] = ()
    chosen: set[str] = set()
    for part in sorted(map(_as_text, value)):
        reading = read_choice(part, item.type.of)
        if not isinstance(reading.value, str):
            raise Fault("PRF514", value=part, options=item.type.of)
        chosen.add(reading.value)
        notes += reading.notes
    return Reading(frozenset(chosen), notes)


def _date(item: InputPlan, value: object) -> Reading[object]:
    if type(value) is str:
        return _bounded(item, read_date(value), value)
    return _bounded(item, Reading(day(value)), value)


def day(value: object) -> date:
    """Return a day given as such, or as midnight of it.

    >>> day(datetime(2024, 1, 5))
    datetime.date(2024, 1, 5)
    """
    if type(value) is date:
        return value
    if type(value) is datetime and value.tzinfo is None and value.time() == time():
        return value.date()
    raise _refuse(value, Text("日期，如 2024-01-05", "a day, such as 2024-01-05"))


def _target(item: InputPlan, value: object) -> Reading[object]:
    del item
    text = _as_text(value)
    refuse_length(text)
    reading = read_text(text)
    found = tidy(text)[0]
    if is_missing(found):
        return _NOTHING
    refuse_error(found, text)
    return Reading(read_target(str(reading.value)), reading.notes)


def _bounded(item: InputPlan, reading: Reading[object], written: object) -> Reading[object]:
    """Return *reading*; raise `Fault` PRF511 where it is below `min` or above `max`."""
    value, low, high = reading.value, item.min, item.max
    if value is MISSING or (low is None and high is None):
        return reading
    if (low is not None and value < low) or (high is not None and value > high):  # type: ignore[operator] # one kind
        raise Fault("PRF511", value=written, expected=_between(item))
    return reading


def _between(item: InputPlan) -> Text:
    low = None if item.min is None else _bound(item, item.min)
    high = None if item.max is None else _bound(item, item.max)
    if low is not None and high is not None:
        return Text(f"在{low}至{high}之间", f"from {low} to {high}")
    if low is not None:
        return Text(f"不小于{low}", f"{low} or more")
    return Text(f"不大于{high}", f"{high} or less")


def _bound(item: InputPlan, bound: Decimal | date) -> str:
    """Return a bound as the input's unit writes it."""
    if not isinstance(bound, Decimal):
        return bound.isoformat()
    if item.type.kind is Kind.PERCENT:
        return percent(bound, 4)
    unit = item.type.unit or ""
    if item.type.kind is Kind.MONEY:
        unit = unit or "元"
        return f"{plain(CONTEXT.divide(bound, MONEY_FACTORS[unit]))}{unit}"
    return f"{plain(bound)}{unit}"


READERS: Final[Mapping[Kind, Reader]] = {
    Kind.NUMBER: _number,
    Kind.DAYS: _number,
    Kind.MONEY: _money,
    Kind.PERCENT: _percent,
    Kind.FLAG: _flag,
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.DATE: _date,
    Kind.TARGET: _target,
}
