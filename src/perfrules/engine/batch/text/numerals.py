"""Plain numbers read eight signs at a time: a word holds them, its lowest byte the first.

What is done with a word is done with all of its bytes at once, and with the words of many texts
by one operation; nothing here is an approximation.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from perfrules.engine.batch.text.lines import Bytes, words_at
from perfrules.engine.batch.text.words import LITTLE, WORD, Words
from perfrules.engine.batch.vectors import Bools, Ints

MOST: Final = 10**15  # what is read is below it, whatever its decimals
LONGEST: Final = 2 * WORD  # signs
DEEPEST: Final = WORD - 1  # decimals: the point stands in the last word

_PIECE: Final = 16384  # texts: what is computed of them stays in the cache


def _each(byte: int) -> np.uint64:
    return np.uint64(int.from_bytes(bytes([byte]) * WORD, "little"))


_ZEROS: Final = _each(ord("0"))
_POINT: Final = _each(ord(".") ^ ord("0"))
_ONES: Final = _each(1)
_HIGH: Final = _each(0x80)
_ABOVE_NINE: Final = _each(0x80 - 10)
_SEVEN: Final = np.uint64(7)
_BYTE: Final = np.uint64(8)
_ONE: Final = np.uint64(1)
# The lowest bit of byte k times this has k in its three highest bits.
_PLACE: Final = np.uint64(sum(place << (61 - 8 * place) for place in range(WORD)))
_TOP: Final = np.uint64(61)
# Two digits, four, eight: each step multiplies by the place value and adds the neighbour.
_STEPS: Final = (
    (np.uint64(10 * 2**8 + 1), np.uint64(8), np.uint64(0x00FF00FF00FF00FF)),
    (np.uint64(100 * 2**16 + 1), np.uint64(16), np.uint64(0x0000FFFF0000FFFF)),
    (np.uint64(10_000 * 2**32 + 1), np.uint64(32), np.uint64(0x00000000FFFFFFFF)),
)
_TENS: Final = np.array([10**power for power in range(WORD + 1)], np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class Numerals:
    """Numbers `units / 10**decimals` where `good`: the others aren't plain, or not read here."""

    units: Ints
    decimals: NDArray[np.int8]
    good: Bools


def numerals(data: Bytes, ends: Ints, sizes: Ints) -> Numerals:
    r"""Return the numbers that texts such as `1234.50` are.

    Args:
        data: The texts, and 16 bytes or more before the first.
        ends: Where each ends.
        sizes: How many signs each has.

    >>> data = np.frombuffer(b" " * 16 + b"12.5;x;007", np.uint8)
    >>> found = numerals(data, np.array([20, 22, 26]), np.array([4, 1, 3]))
    >>> found.units, found.decimals, found.good
    (array([125,  72,   7]), array([1, 0, 0], dtype=int8), array([ True, False,  True]))
    """
    count = len(ends)
    units = np.empty(count, np.int64)
    decimals = np.empty(count, np.int8)
    good = np.empty(count, np.bool_)
    for start in range(0, count, _PIECE):
        part = slice(start, min(start + _PIECE, count))
        units[part], decimals[part], good[part] = _read(data, ends[part], sizes[part])
    return Numerals(units, decimals, good)


def _read(data: Bytes, ends: Ints, sizes: Ints) -> tuple[Words, NDArray[np.int8] | int, Bools]:
    """Return the units, the decimals and what is good of some texts."""
    words = _digits(words_at(data, ends - WORD), WORD - sizes)
    other = words ^ _POINT
    points = (other - _ONES) & ~other & _HIGH  # the highest bit of each byte that is a point
    first = points[0]
    decimals: NDArray[np.int8] | int
    if (points == first).all() and not first & (first - _ONE if first else first):
        decimals, words = _alike(words, int(first))
        least = decimals + 1 if first else 0
        good = sizes > least
        if first and not decimals:
            good[:] = False
    else:
        decimals, words = _apart(words, points)
        pointed = points != 0
        good = sizes > np.where(pointed, decimals + 1, 0)
        good &= ~pointed | (decimals > 0)
    good &= _are_digits(words)
    units = _value(words)
    if int(sizes.max()) > WORD:
        _add_first(data, ends, sizes, units, points != 0, good)
    return units, decimals, good


def _digits(words: Words, before: Ints) -> Words:
    """Return words whose digits are their values, with 0 for so many bytes *before* the text."""
    shift = np.maximum(before, 0).astype(LITTLE) << np.uint64(3)
    words = words ^ _ZEROS
    words >>= shift
    words <<= shift
    return words


def _alike(words: Words, point: int) -> tuple[int, Words]:
    """Return the decimals of words whose point is in one place, and the words without it."""
    if not point:
        return 0, words
    place = point.bit_length() // WORD - 1
    below = (1 << 8 * place) - 1
    above = ~((1 << 8 * (place + 1)) - 1) & (2**64 - 1)
    found = (words & np.uint64(below)) << _BYTE
    found |= words & np.uint64(above)
    return WORD - 1 - place, found


def _apart(words: Words, points: Words) -> tuple[NDArray[np.int8], Words]:
    """Return the same of words each of which has its point elsewhere, or none.

    A second point isn't taken out, and is no digit.
    """
    lowest = points >> _SEVEN
    place = (lowest * _PLACE) >> _TOP
    pointed = points != 0
    decimals = np.where(pointed, _SEVEN - place, 0).astype(np.int8)
    found = (words & (lowest - _ONE)) << (pointed.astype(LITTLE) << np.uint64(3))
    found |= words & ~((lowest << _BYTE) - _ONE)
    return decimals, found


def _are_digits(words: Words) -> Bools:
    """Return whether every byte is below ten."""
    found: Bools = (((words + _ABOVE_NINE) | words) & _HIGH) == 0
    return found


def _value(words: Words) -> Words:
    """Return the number that eight digits are, the first in the lowest byte."""
    for factor, shift, mask in _STEPS:
        words = words * factor
        words >>= shift
        words &= mask
    return words


def _add_first(
    data: Bytes, ends: Ints, sizes: Ints, units: Words, pointed: Bools, good: Bools
) -> None:
    """Add what stands before the last eight signs to the units of longer texts."""
    rows = np.flatnonzero(sizes > WORD)
    words = _digits(words_at(data, ends[rows] - 2 * WORD), 2 * WORD - sizes[rows])
    tens = _TENS[WORD - pointed[rows].astype(np.int64)]
    units[rows] += _value(words) * tens.astype(LITTLE)
    good[rows] &= _are_digits(words) & (sizes[rows] <= LONGEST) & (units[rows] < MOST)
