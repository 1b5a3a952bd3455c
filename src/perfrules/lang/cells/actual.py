"""Actual values as score tables print them, read in the unit of their target."""

from datetime import date
from decimal import Decimal
from typing import TypeAlias

from perfrules.decimals import CONTEXT, ONE, fits, plain
from perfrules.errors import Text
from perfrules.lang.cells.numbers import exact_number
from perfrules.lang.cells.partial import partial_date
from perfrules.lang.cells.reading import Reading, is_missing, refuse_error, refuse_length
from perfrules.lang.cells.target import Quantity, TargetCell, in_unit, read_quantity
from perfrules.lang.characters import tidy
from perfrules.lang.frame import Fault
from perfrules.lang.types import MISSING, Kind, Missing
from perfrules.lang.units import BARE, MONEY, PERCENT, Unit, exactly, find_unit

Actual: TypeAlias = Reading[Decimal | date | str | Missing]


def read_actual(
    given: object, cell: TargetCell, *, kind: Kind = Kind.TEXT, year: int | None = None
) -> Actual:
    """Return an actual value as *cell* measures it: a number in its unit, a day, or the words.

    Args:
        given: What the sheet holds: text, or a number or day where the column is of such a *kind*.
        cell: The target. A percentage is read as the fraction; a range like a number.
        kind: The kind of the value: MONEY is in 元, PERCENT the fraction, a NUMBER has no unit.
        year: The year of a day that is written without one, where the target names none.

    Raises:
        Fault: PRF504 an error value, PRF534 no number for a numeric target, PRF513 no day for a
            dated one, PRF537 no year, PRF538 a unit that doesn't fit the target's.

    >>> from perfrules.lang.cells.target import read_target
    >>> [read_actual(text, read_target("≥8万亩")).value for text in ("90000亩", "9", "≥9万亩")]
    [Decimal('9'), Decimal('9'), Decimal('9')]
    """
    try:
        return _read(given, cell, kind, year)
    except Fault as fault:
        fault.args_by_name.setdefault("name", _NAME)
        raise


_NAME = Text("实际值", "the actual value")


def _read(given: object, cell: TargetCell, kind: Kind, year: int | None) -> Actual:
    if given is MISSING:
        return Reading(MISSING)
    if cell.kind == "words":
        return Reading(given if isinstance(given, str) else _shown(given, kind))
    if isinstance(given, date):
        return _day(given.isoformat(), cell, year)
    if not isinstance(given, str):
        return _number(given, cell, kind)
    refuse_length(given)
    found = tidy(given)[0]
    if is_missing(found):
        return Reading(MISSING)
    refuse_error(found, given)
    if cell.kind == "date":
        return _day(given, cell, year)
    quantity = read_quantity(found)
    if quantity is None:
        raise Fault("PRF534", value=given, target=cell.text)
    return _quantity(quantity, given, cell)


def _shown(given: object, kind: Kind) -> str:
    if isinstance(given, Decimal):
        return plain(given) if kind is not Kind.PERCENT else f"{plain(CONTEXT.scaleb(given, 2))}%"
    return given.isoformat() if isinstance(given, date) else str(given)


def _number(given: object, cell: TargetCell, kind: Kind) -> Actual:
    """Return a number that came from a numeric column."""
    value = exact_number(given)
    if value is None or cell.kind == "date":
        raise Fault(
            "PRF513" if cell.kind == "date" else "PRF534",
            value=_shown(given, kind),
            target=cell.text,
        )
    unit = find_unit("%") if kind is Kind.PERCENT else None
    if kind is Kind.MONEY:  # scaled: the sheet may show 万元, and a bare target may mean that
        unit = Unit("元", MONEY, ONE, scaled=True)
    written = _shown(value, kind) + ("元" if kind is Kind.MONEY else "")
    return _quantity(Quantity(value, unit), written, cell)


def _quantity(quantity: Quantity, written: str, cell: TargetCell) -> Actual:
    notes: tuple[Text, ...] = ()
    if quantity.bound is not None:
        sign = quantity.sign
        notes = (
            Text(
                f"实际值“{written}”按数读，不计“{sign}”",
                f"the actual value {written} was read as its number, without {sign}",
            ),
        )
    value, unit_notes = _fitted(quantity, written, cell)
    return Reading(value, (*notes, *unit_notes))


def _fitted(quantity: Quantity, written: str, cell: TargetCell) -> tuple[Decimal, tuple[Text, ...]]:
    """Return the value in the target's unit, and a note where one of the two had none."""
    own, measure = quantity.unit, cell.measure
    found: Decimal | None = None
    note: tuple[Text, ...] = ()
    if own is None:
        if measure is None:
            return quantity.value, ()
        if measure.kind != BARE:  # 5 for a target of 5万 may mean 5 or 50000
            found = in_unit(quantity.value, measure)
            note = _takes(written, measure.name)
    elif measure is None:
        # A unit that scales the number (万元, %) can't be laid on a target that has none.
        if not own.scaled:
            return quantity.value, (
                Text(
                    f"目标值“{cell.text}”没有单位，按实际值“{written}”的单位理解",
                    f"the target {cell.text} has no unit; it was taken to be in that of the "
                    f"actual value {written}",
                ),
            )
    elif own.kind == PERCENT and measure.kind == PERCENT:
        return quantity.value, ()  # both are fractions already
    elif own.kind == measure.kind:
        found = exactly(quantity.value, own, measure)
    elif own.kind == BARE and measure.kind != PERCENT:
        base = _unscaled(measure)
        found = exactly(quantity.value, Unit("", base.kind, own.factor), measure)
        note = _takes(written, base.name)
    elif measure.kind == BARE and own.kind not in (PERCENT, MONEY):
        found = exactly(quantity.value, Unit("", BARE, own.factor), measure)
    if found is None or not fits(found):
        raise Fault("PRF538", value=written, target=cell.text, unit=cell.unit or "—")
    return found, note


def _unscaled(unit: Unit) -> Unit:
    """Return 人 for 万人 and 元 for 万元: what a bare 万 is put before."""
    if unit.kind == MONEY:
        return find_unit("元") or unit
    base = find_unit(unit.name[1:]) if unit.scaled and unit.name[:1] in "万亿" else None
    return base or unit


def _takes(written: str, unit: str) -> tuple[Text, ...]:
    return (
        Text(
            f"实际值“{written}”没有单位，按{unit}计",
            f"the actual value {written} has no unit and was taken to be in {unit}",
        ),
    )


def _day(written: str, cell: TargetCell, year: int | None) -> Actual:
    if cell.kind != "date" or cell.due is None:
        raise Fault("PRF534", value=written, target=cell.text)
    found = partial_date(tidy(written)[0])
    if found is None:
        raise Fault(
            "PRF513",
            value=written,
            expected=Text(f"与目标值“{cell.text}”相应的日期", f"a day, as the target {cell.text}"),
        )
    year = cell.due.year if cell.due.year is not None else year
    if found.year is None and year is None:
        raise Fault("PRF537", value=written, target=cell.text)
    day = found.on(year)
    if day is None:
        raise Fault("PRF513", value=written, expected=Text("日历上有的日期", "a day that exists"))
    notes: tuple[Text, ...] = ()
    if found.year is None:
        notes = (
            Text(
                f"实际值“{written}”没有年份，按{year}年计",
                f"the actual value {written} has no year and was taken to be in {year}",
            ),
        )
    return Reading(day, notes)
