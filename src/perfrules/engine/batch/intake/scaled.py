"""Numbers of any Arrow type as whole numbers over a power of ten; what isn't one exactly is odd."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.types as kinds

from perfrules.engine.batch.arrays import either, nulls, words
from perfrules.engine.batch.vectors import Bools, Floats, Ints, Shifted, Units

DEEPEST: Final = 15  # decimals that a column can have
_LONGEST: Final = 10**15  # below it a decimal of that many signs is the shortest of its float
ROOM: Final = 2**62
_SAFE: Final = 18  # digits that fit into 64 bits
_SHORT: Final = 12  # digits that leave room to count with: a type of so few needs no look at values
_SCALES: Final = range(DEEPEST)
_SAMPLE: Final = 64
_BLOCK: Final = 16384  # values: what is made of them fits the second cache
_POWERS: Final = np.array([[10.0**scale] for scale in _SCALES])
_WIDE: Final = Context(prec=80)
_SHORTER: Final = (2, 4, 6, 9, 12)


@dataclass(frozen=True, slots=True)
class Scaled:
    """Values `units * 10**-scale`; an absent or odd one has 0 in its place.

    `ends` are the smallest and the largest of all units, where they are known already; `limit` is a
    bound on their absolute value that their type sets, where it sets a useful one.
    """

    held: Units
    scale: int
    absent: Bools | None = None
    odd: Bools | None = None
    ends: tuple[int, int] | None = None
    limit: int | None = None

    @property
    def units(self) -> Ints:
        """The units as whole numbers of 64 bits."""
        if isinstance(self.held, Shifted):
            return self.held[:]
        return self.held.astype(np.int64, copy=False)

    @property
    def most(self) -> int:
        """A bound on the absolute value of all units."""
        if self.ends is None and self.limit is not None:
            return self.limit
        low, high = self.bounds()
        return max(high, -low)

    def bounds(self) -> tuple[int, int]:
        """Return the smallest and the largest of all units; 0 of none."""
        if self.ends is not None:
            return self.ends
        units = self.held[:]
        if not len(units):
            return 0, 0
        if units.flags.c_contiguous:
            return int(units.min()), int(units.max())
        low, high = int(units[0]), int(units[0])
        for start in range(0, len(units), _BLOCK):  # of every other word: a copy takes half as long
            part = np.copy(units[start : start + _BLOCK])
            low, high = min(low, int(part.min())), max(high, int(part.max()))
        return low, high

    def bounded(self) -> "Scaled":
        """Return the same with its bounds known."""
        return self if self.ends is not None else replace(self, ends=self.bounds())

    def without(self, rows: Bools | None) -> "Scaled":
        """Return the same with some more values odd."""
        if rows is None or not rows.any():
            return self
        units = np.where(rows, 0, self.units)
        return replace(self, held=units, odd=either(self.odd, rows), ends=None)

    def times(self, tens: int) -> "Scaled":
        """Return the values times a power of ten; those that are no int64 then are odd."""
        if not tens:
            return self
        found = replace(self, scale=self.scale - tens)
        if found.scale >= 0:
            return found
        limit = -(-ROOM // 10**-found.scale)
        return found if found.most < limit else found.without(np.abs(found.units) >= limit)

    def finer(self, scale: int) -> "Scaled":
        """Return the same values over a greater power of ten; those without room are odd."""
        factor = 10 ** (scale - self.scale)
        if factor == 1:
            return self
        found = self
        if self.most * factor >= ROOM:
            found = self.without(np.abs(self.units) >= -(-ROOM // factor))
        units = found.units
        units = units * np.int64(factor) if factor < ROOM else np.zeros_like(units)
        return replace(found, held=units, scale=scale, ends=None, limit=None)

    def coarser(self, scale: int) -> "Scaled":
        """Return the same values over a smaller power of ten; those that need more are odd."""
        if scale == self.scale:
            return self
        factor = np.int64(min(10 ** (self.scale - scale), ROOM))
        given = self.units
        units = given // factor
        found = replace(self, held=units, scale=scale, ends=None, limit=None)
        return found.without(units * factor != given)

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
    found = Scaled(values, 0, absent)
    return found if array.type.bit_width < 64 else found.without(_too_large(found.units))  # noqa: PLR2004


def _too_large(units: Ints) -> Bools:
    found: Bools = (units >= ROOM) | (units <= -ROOM)
    return found


def _decimals(array: pa.Array) -> Scaled:
    if array.type.scale < 0:
        return _narrowed(array)
    absent = nulls(array)
    pairs = words(array)
    low = pairs[:, 0]
    units = low if absent is None else np.where(absent, 0, low)
    if array.type.precision <= _SAFE:
        precision = array.type.precision
        limit = 10**precision - 1 if precision <= _SHORT else None
        return Scaled(units, array.type.scale, absent, limit=limit)
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
            found = _all_at(values, scale, absent)
            if found is not None:
                return found
            shifted = np.rint(values * 10.0**scale)
            good = shifted / 10.0**scale == values
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


def _all_at(values: Floats, scale: int, absent: Bools | None) -> Scaled | None:
    """Return all values over one scale; None where one of them isn't its decimal there.

    Block by block, so that what is in between stays in the cache. Nothing is kept of it: what is
    asked for later is computed again.
    """
    power = 10.0**scale
    room, back = np.empty((2, min(len(values), _BLOCK)))
    low, high = np.inf, -np.inf
    for start in range(0, len(values), _BLOCK):
        part = values[start : start + _BLOCK]
        shifted, again = room[: len(part)], back[: len(part)]
        np.multiply(part, power, out=shifted)
        np.rint(shifted, out=shifted)
        np.divide(shifted, power, out=again)
        low, high = min(low, shifted.min()), max(high, shifted.max())
        if not ((again == part).all() and -_LONGEST < low <= high < _LONGEST):
            return None
    if not len(values):
        return None
    return Scaled(Shifted(values, power), scale, absent, ends=(int(low), int(high)))


def _first_scale(sample: Floats) -> int:
    """Return the place of the first scale that gives most of a few values back."""
    again = np.rint(sample * _POWERS) / _POWERS
    return int(np.count_nonzero(again == sample, axis=1).argmax())


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
