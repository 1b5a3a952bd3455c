"""Target cells of a batch as whole numbers: below what an actual value loses, and above what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias

import numpy as np

from perfrules.decimals import CONTEXT, ONE
from perfrules.engine.batch.intake.scaled import Scaled
from perfrules.engine.batch.kernel.quantities import DEEPEST, Quantities, targets
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.lang.cells import TargetCell
from perfrules.lang.units import BARE

if TYPE_CHECKING:
    from perfrules.lang.methods.target import Plain

Read: TypeAlias = Callable[[str], TargetCell]

ROOM: Final = 10**17
_NOTHING: Final = -1  # no value is below it
_FINER: Final = 4  # decimals that targets may have more than the actual values
_PERCENT: Final = "%"
_PERMILLE: Final = "‰"


@dataclass(frozen=True, slots=True)
class Edges:
    """What cells state, a place each: `low` and `high` in units of `1 / 10**scale`.

    A value below `low` earns value ÷ low, one above `high` high ÷ value, any other all. `unit` is
    what must stand around a plain actual value, by its place among theirs, -1 for none;
    where `bare` holds it may be a number alone. A cell that isn't `plain` is one of `words`, or is
    read by itself.
    """

    low: Ints
    high: Ints
    unit: Ints
    bare: Bools
    plain: Bools
    words: Bools
    scale: int

    @classmethod
    def of(cls, size: int, scale: int) -> "Edges":
        """Return those of cells that state nothing yet."""
        numbers: Ints = np.zeros((3, size), np.int64)
        marks: Bools = np.zeros((3, size), np.bool_)
        return cls(numbers[0], numbers[1], numbers[2], marks[0], marks[1], marks[2], scale)

    def put(self, where: int | Bools, cell: TargetCell, given: Quantities) -> None:
        """Set what plain cells have in common with one."""
        measure = cell.measure
        around = "", cell.unit or ""
        self.plain[where] = True
        self.unit[where] = given.around.index(around) if around in given.around else -1
        self.bare[where] = measure is not None and measure.kind != BARE


def edges(texts: Sequence[str], read: Read, plain: "Plain", given: Quantities) -> Edges:
    """Return what cells state, in units that hold the actual values too.

    Args:
        texts: The cells, all different.
        read: Reads one.
        plain: What a number without a sign means.
        given: The actual values.
    """
    signed = targets(texts)
    alone = np.flatnonzero(~signed.plain).tolist()
    cells = [read(texts[at]) for at in alone]
    known = [_numbers(cell, plain) for cell in cells]
    places = [max(_places(low), _places(high)) for low, high in filter(None, known)]
    finest = min(DEEPEST, given.scale + _FINER)
    scale = max(given.scale, *(min(place, finest) for place in (signed.scale, *places)))
    found = Edges.of(len(texts), scale)
    _by_sign(found, texts, read, signed, given)
    for at, cell, ends in zip(alone, cells, known, strict=True):
        found.words[at] = cell.kind == "words"
        if ends is None:
            continue
        low, high = (_units(end, scale) for end in ends)
        if low is not None and high is not None:
            found.low[at], found.high[at] = low, high
            found.put(at, cell, given)
    return found


def _by_sign(
    found: Edges, texts: Sequence[str], read: Read, signed: Quantities, given: Quantities
) -> None:
    """Set what cells with a sign before a number state: one of each sign and unit is read."""
    numbers = Scaled(signed.units, signed.scale).at(found.scale)
    plain = signed.plain & (numbers.units < ROOM)
    if numbers.odd is not None:
        plain &= ~numbers.odd
    for place in np.unique(signed.places[plain]).tolist():
        sign, unit = signed.around[place]
        cell = read(f"{sign}1{unit}")
        where = plain & (signed.places == place)
        ends = _numbers(cell, "refuse")
        if ends is None or ONE not in ends:
            continue  # `texts` of that kind are read by themselves
        below, above = ends[0] == ONE, ends[1] == ONE
        if below and not above:
            where &= numbers.units > 0  # a target of 0 that divides
        found.low[where] = numbers.units[where] if below else _NOTHING
        found.high[where] = numbers.units[where] if above else ROOM
        found.put(where, cell, given)
    for at in np.flatnonzero(signed.plain & ~found.plain).tolist():
        found.words[at] = read(texts[at]).kind == "words"


def _numbers(cell: TargetCell, plain: "Plain") -> tuple[Decimal, Decimal] | None:
    """Return the ends of what a cell allows, a percentage as written; None where it has none."""
    kind = plain if cell.kind == "none" else cell.kind
    number, high = cell.number, cell.high
    if kind in ("words", "date", "refuse") or number is None or cell.unit == _PERMILLE:
        return None
    if cell.unit == _PERCENT:
        number = CONTEXT.scaleb(number, 2)
        high = None if high is None else CONTEXT.scaleb(high, 2)
    if number < 0 or (kind == "at_least" and not number):
        return None
    match kind:
        case "at_least":
            return number, Decimal("Infinity")
        case "at_most":
            return Decimal("-Infinity"), number
        case _:
            return number, number if high is None else high


def _places(number: Decimal) -> int:
    """Return how many decimals a number has, padding aside; none where it is infinite."""
    exponent = number.normalize(CONTEXT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def _units(number: Decimal, scale: int) -> int | None:
    """Return a number in units of the scale; None where it has no room or no such units."""
    if number.is_infinite():
        return ROOM if number > 0 else _NOTHING
    found = CONTEXT.scaleb(number, scale)
    if found != found.to_integral_value() or found >= ROOM:
        return None
    return int(found)
