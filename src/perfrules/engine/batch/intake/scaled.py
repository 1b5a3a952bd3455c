"""Numbers of any Arrow type as whole numbers over a power of ten; what isn't one exactly is odd."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.types as kinds

from perfrules.engine.batch.arrays import either, nulls, words
from perfrules.engine.batch.vectors import Bools, Floats, Ints

DEEPEST: Final = 15  # decimals that a column can have
_LONGEST: Final = 10**15  # below it a decimal of that many signs is the shortest of its float
ROOM: Final = 2**62
_SAFE: Final = 18  # digits that fit into 64 bits
_SCALES: Final = range(DEEPEST)
_SAMPLE: Final = 64
_WIDE: Final = Context(prec=80)
_SHORTER: Final = (2, 4, 6, 9, 12)


@dataclass(frozen=True, slots=True)
class Scaled:
    """Values `units / 10**scale`; an absent or odd one has 0 in its place."""

    units: Ints
    scale: int
    absent: Bools | None = None
    odd: Bools | None = None

    @property
    def most(self) -> int:
        """A bound on the absolute value of all units."""
        if not len(self.units):
            return 0
        return max(int(self.units.max()), -int(self.units.min()))

    def without(self, rows: Bools | None) -> "Scaled":
        """Return the same with some more values odd."""
        if rows is None or not rows.any():
            return self
        units = np.where(rows, 0, self.units)
        return replace(self, units=units, odd=either(self.odd, rows))

    def times(self, tens: int) -> "Scaled":
        """Return the values times a power of ten."""
        if tens <= self.scale:
            return replace(self, scale=self.scale - tens)
        return replace(self.finer(tens), scale=0)

    def finer(self, scale: int) -> "Scaled":
        """Return the same values over a greater power of ten; those without room are odd."""
        factor = 10 ** (scale - self.scale)
        if factor == 1:
            return self
        found = self
        if self.most * factor >= ROOM:
            found = self.without(np.abs(self.units) >= -(-ROOM // factor))
        units = found.units * np.int64(factor) if factor < ROOM else np.zeros_like(found.units)
        return replace(found, units=units, scale=scale)

    def coarser(self, scale: int) -> "Scaled":
        """Return the same values over a smaller power of ten; those that need more are odd."""
        factor = np.int64(min(10 ** (self.scale - scale), ROOM))
        units = self.units // factor
        found = replace(self, units=units, scale=scale)
        return found.without(units * factor != self.units)

    def at(self, scale: int) -> "Scaled":
        """Return the same values over another power of ten."""
        return self.finer(scale) if scale >= self.scale else self.coarser(scale)


def scaled(array: pa.Array) -> Scaled | None:
    """Return numbers of an Arrow type that has them; None for any other type."""
    kind = array.type
    if kinds.is_decimal128(kind):
        return _decimals(array)
    if kinds.is_decimal(kind):
        return _narrowed(array)
    if kinds.is_integer(kind):
        return _integers(array)
    if kinds.is_floating(kind):
        return floats(as_floats(array), nulls(array))
    return None


def _integers(array: pa.Array) -> Scaled:
    absent = nulls(array)
    values = (array if absent is None else array.fill_null(0)).to_numpy()
    if kinds.is_uint64(array.type):
        large = values >= ROOM
        if large.any():
            return Scaled(np.where(large, 0, values).astype(np.int64), 0, absent, large)
    units = values.astype(np.int64, copy=False)
    found = Scaled(units, 0, absent)
    return found if array.type.bit_width < 64 else found.without(_too_large(units))  # noqa: PLR2004


def _too_large(units: Ints) -> Bools:
    found: Bools = (units >= ROOM) | (units <= -ROOM)
    return found


def _decimals(array: pa.Array) -> Scaled:
    if array.type.scale < 0:
        return _narrowed(array)
    absent = nulls(array)
    pairs = words(array)
    low = pairs[:, 0]
    units = low.copy() if absent is None else np.where(absent, 0, low)
    if array.type.precision <= _SAFE:
        return Scaled(units, array.type.scale, absent)
    large = (pairs[:, 1] != low >> 63) | _too_large(units)
    if absent is not None:
        large &= ~absent
    if not large.any():
        return Scaled(units, array.type.scale, absent)
    shorter = _narrowed(array)
    if shorter.odd is None or shorter.odd.sum() < large.sum():
        return shorter
    return Scaled(np.where(large, 0, units), array.type.scale, absent, large)


def _narrowed(array: pa.Array) -> Scaled:
    """Return decimals that have fewer signs than their type; all are odd where they haven't."""
    absent = nulls(array)
    for scale in (0, *_SHORTER):
        if scale > max(array.type.scale, 0):
            break
        try:
            fewer = array.cast(pa.decimal128(_SAFE, scale))
        except pa.ArrowInvalid:
            continue
        return replace(_decimals(fewer), absent=absent)
    there = np.ones(len(array), np.bool_) if absent is None else ~absent
    return Scaled(np.zeros(len(array), np.int64), 0, absent, there)


def as_floats(array: pa.Array) -> Floats:
    """Return floats as doubles that mean the same decimal: a narrow one is its shortest text."""
    values = (array.fill_null(0) if array.null_count else array).to_numpy(zero_copy_only=False)
    if values.dtype != np.float64:
        values = values.astype("U")
    found: Floats = values.astype(np.float64, copy=False)
    return found


def floats(values: Floats, absent: Bools | None = None) -> Scaled:
    """Return the decimals of the shortest texts of *values*, where they have up to 15 signs.

    Of so few signs only one decimal belongs to a float, so that one that gives the float back is
    its shortest text.

    >>> found = floats(np.array([0.1, 2.675, 0.1 + 0.2]))
    >>> found.units, found.scale, found.odd
    (array([ 100, 2675,    0]), 3, array([False, False,  True]))
    """
    best: tuple[Ints, int, Bools] | None = None
    least = len(values) + 1
    with np.errstate(invalid="ignore", over="ignore"):
        start = _first_scale(values[:_SAMPLE])
        for scale in _SCALES[start:]:
            shifted = np.rint(values * 10.0**scale)
            good = shifted / 10.0**scale == values
            if good.all() and len(good) and -_LONGEST < shifted.min() <= shifted.max() < _LONGEST:
                return Scaled(shifted.astype(np.int64), scale, absent)
            good &= np.abs(shifted) < _LONGEST
            bad = len(values) - int(np.count_nonzero(good))
            if bad < least:
                least = bad
                best = np.where(good, shifted, 0.0).astype(np.int64), scale, ~good
            if not bad:
                break
    assert best is not None  # noqa: S101 - the first scale is better than none
    units, scale, odd = best
    return Scaled(units, scale, absent, odd if least else None)


def _first_scale(sample: Floats) -> int:
    """Return the place of the first scale that gives most of a few values back."""
    most, found = -1, 0
    for place, scale in enumerate(_SCALES):
        shifted = np.rint(sample * 10.0**scale)
        good = int(np.count_nonzero(shifted / 10.0**scale == sample))
        if good > most:
            most, found = good, place
    return found


def units_of(value: Decimal, scale: int) -> int | None:
    """Return *value* times `10**scale`; None where that isn't whole or has no room.

    >>> units_of(Decimal("1.50"), 1), units_of(Decimal("1.55"), 1)
    (15, None)
    """
    found = _WIDE.scaleb(value, scale)
    if found != found.to_integral_value() or abs(found) >= ROOM:
        return None
    return int(found)


def least_units(value: Decimal, scale: int) -> int:
    """Return the least whole number that is *value* times `10**scale` or more, within 64 bits."""
    found = _WIDE.scaleb(value, scale).to_integral_value(ROUND_CEILING)
    return max(-ROOM, min(ROOM, int(found)))


def most_units(value: Decimal, scale: int) -> int:
    """Return the greatest whole number that is *value* times `10**scale` or less."""
    found = _WIDE.scaleb(value, scale).to_integral_value(ROUND_FLOOR)
    return max(-ROOM, min(ROOM, int(found)))


def places_of(values: Sequence[Decimal]) -> int:
    """Return how many decimals *values* need, padding aside.

    >>> places_of([Decimal("1.50"), Decimal(100)])
    1
    """
    found = 0
    for value in values:
        exponent = value.normalize(_WIDE).as_tuple().exponent
        if isinstance(exponent, int):
            found = max(found, -exponent)
    return found


def of_decimals(values: Sequence[Decimal]) -> Scaled:
    """Return decimals over the power of ten that leaves fewest of them odd.

    >>> of_decimals([Decimal("1.5"), Decimal(20)]).units
    array([ 15, 200])
    """
    most = min(DEEPEST, places_of(values))
    best: Scaled | None = None
    least = len(values) + 1
    for scale in (most, *(scale for scale in reversed((0, *_SHORTER)) if scale < most)):
        units = [units_of(value, scale) for value in values]
        bad = units.count(None)
        if bad < least:
            least = bad
            odd = np.array([unit is None for unit in units], np.bool_)
            known = np.array([unit or 0 for unit in units], np.int64)
            best = Scaled(known, scale, odd=odd if bad else None)
        if not bad:
            break
    assert best is not None  # noqa: S101 - the first scale is better than none
    return best
