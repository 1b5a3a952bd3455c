"""Choices, texts, ids, target cells, flags, dates and sets of options."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from perfrules.engine.batch.arrays import flags, is_list, lengths, nulls
from perfrules.engine.batch.intake.readings import REFUSED, Reader, encoded
from perfrules.engine.batch.intake.texts import texts
from perfrules.engine.batch.plain import plain_values
from perfrules.engine.batch.vectors import Bools, Chosen, Days, Flags, Ints, Labels
from perfrules.engine.facts.inputs import default_of
from perfrules.lang.cells import TargetCell
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import MISSING, Kind

Code: TypeAlias = Callable[[object], int]

EPOCH: Final = date(1970, 1, 1).toordinal()
MOST_OPTIONS: Final = 62
_DAYS: Final = (date.min.toordinal(), date.max.toordinal())


def labels(reader: Reader, array: pa.Array) -> tuple[Labels, Bools | None]:
    """Return which label each value is, and which are odd."""
    read = texts(reader, array)
    if read is not None:
        return read
    item = reader.item
    known = {label: place for place, label in enumerate(item.type.of)}
    if item.type.kind is not Kind.CHOICE:
        known = {}

    def code(value: object) -> int:
        text = value.text if isinstance(value, TargetCell) else str(value)
        return known.setdefault(text, len(known))

    codes, absent, odd = _gathered(reader, array, code, 0)
    return Labels(codes, tuple(known), absent), odd


def yes_no(reader: Reader, array: pa.Array) -> tuple[Flags, Bools | None]:
    """Return a column of flags, and which are odd."""
    if kinds.is_boolean(array.type) and not array.null_count:
        return Flags(flags(array)), None
    codes, absent, odd = _gathered(reader, array, lambda value: int(value is True), 0)
    return Flags(codes != 0, absent), odd


def days(reader: Reader, array: pa.Array) -> tuple[Days, Bools | None]:
    """Return a column of dates, and which are odd."""
    item = reader.item
    first = _DAYS[0]
    if not kinds.is_date32(array.type):
        codes, gone, wrong = _gathered(reader, array, _ordinal, first)
        return Days(codes, gone), wrong
    absent = nulls(array)
    given = array.cast(pa.int32()) if absent is None else array.cast(pa.int32()).fill_null(0)
    ordinals = given.to_numpy().astype(np.int64) + EPOCH
    low = item.min.toordinal() if isinstance(item.min, date) else _DAYS[0]
    high = item.max.toordinal() if isinstance(item.max, date) else _DAYS[1]
    odd: Bools = (ordinals < low) | (ordinals > high)
    if absent is not None:
        odd &= ~absent
        if isinstance(item.default, date):
            ordinals = np.where(absent, item.default.toordinal(), ordinals)
            absent = None
        elif item.required:
            odd |= absent
    return Days(np.where(odd, first, ordinals), absent), odd if odd.any() else None


def _ordinal(value: object) -> int:
    assert isinstance(value, date)  # noqa: S101 - read as one
    return value.toordinal()


def chosen(reader: Reader, array: pa.Array) -> tuple[Chosen | None, Bools | None]:
    """Return a column of sets of options, and which are odd; None for too many options."""
    of = reader.item.type.of
    place = {label: 1 << number for number, label in enumerate(of[:MOST_OPTIONS])}

    def bits(value: object) -> int:
        assert isinstance(value, frozenset)  # noqa: S101 - read as one
        return sum(place.get(label, 0) for label in value)

    if is_list(array.type):
        column, odd = _listed(reader, array, place)
    else:
        codes, absent, odd = _gathered(reader, array, bits, 0)
        column = Chosen(codes, of, absent)
    return column if len(of) <= MOST_OPTIONS else None, odd


def _listed(
    reader: Reader, array: pa.Array, place: Mapping[str, int]
) -> tuple[Chosen, Bools | None]:
    """Return the sets that lists of options are."""
    item = reader.item
    sizes = lengths(array)
    absent = nulls(array)
    coded = encoded(pc.list_flatten(array))
    if coded is None:
        return Chosen(np.zeros(len(array), np.int64), item.type.of, absent), unread(
            item, absent, len(array)
        )
    codes, different = coded
    found = [_option(reader, value, place) for value in plain_values(different)]
    table = np.array([*(bit or 0 for bit in found), 0], np.int64)
    wrong = np.array([*(bit is None for bit in found), True])
    units = np.repeat(np.arange(len(array)), sizes)
    bits = np.zeros(len(array), np.int64)
    np.bitwise_or.at(bits, units, table[codes])
    odd = sizes > len(item.type.of)
    odd[units[wrong[codes]]] = True
    return _settled(reader, bits, absent, odd)


def _option(reader: Reader, value: object, place: Mapping[str, int]) -> int | None:
    found = reader.read((value,))
    if not isinstance(found, frozenset) or len(found) != 1:
        return None
    return place.get(next(iter(found)), 0)


def _settled(
    reader: Reader, bits: Ints, absent: Bools | None, odd: Bools
) -> tuple[Chosen, Bools | None]:
    item = reader.item
    if absent is not None:
        default = default_of(item)
        if isinstance(default, frozenset):
            whole = sum(1 << item.type.of.index(label) for label in default)
            bits, absent = np.where(absent, whole, bits), None
        elif item.required:
            odd |= absent
    return Chosen(bits, item.type.of, absent), odd if odd.any() else None


def unread(item: InputPlan, absent: Bools | None, size: int) -> Bools:
    """Return what is odd where no value is read: what is there, must be, or has a default."""
    if absent is None or item.required or item.default is not None:
        return np.ones(size, np.bool_)
    return ~absent


def _gathered(
    reader: Reader, array: pa.Array, code: Code, nothing: int
) -> tuple[Ints, Bools | None, Bools | None]:
    """Return what *code* makes of each value read, what is absent, and what is odd."""
    item = reader.item
    column = reader.column(array)
    if column is None:
        gone = nulls(array)
        return np.full(len(array), nothing, np.int64), gone, unread(item, gone, len(array))
    codes, values = column
    values = [*values, MISSING]  # what the code -1 finds
    default = MISSING if item.default is None else default_of(item)
    values = [default if value is MISSING else value for value in values]
    table = [nothing if value is MISSING or value is REFUSED else code(value) for value in values]
    missing = [value is MISSING for value in values]
    odd = [
        value is REFUSED or (gone and item.required)
        for value, gone in zip(values, missing, strict=True)
    ]
    seen = len(values) if array.null_count else len(values) - 1
    return (
        _looked_up(table, codes),
        _where(missing, codes, seen),
        _where(odd, codes, seen),
    )


def _looked_up(table: Sequence[int], codes: Ints) -> Ints:
    """Return the entry of each code, the last one for -1, in as few bits as they need."""
    entries = np.array(table, np.int64)
    narrow = np.min_scalar_type(-max(1, int(np.abs(entries).max())))  # one with a sign
    found: Ints = entries.astype(narrow).take(codes, mode="wrap")
    return found


def _where(marks: Sequence[bool], codes: Ints, seen: int) -> Bools | None:
    """Return which values are marked, of which the first *seen* marks may be; None: none is."""
    if not any(marks[:seen]):
        return None
    found: Bools = np.array(marks)[codes]
    return found if found.any() else None
