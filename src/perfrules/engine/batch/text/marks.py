"""Numbers of 64 bits for texts: equal for equal texts, and hardly ever for others."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from perfrules.engine.batch.text.lines import Texts, texts_of, words_at
from perfrules.engine.batch.text.words import LITTLE, WORD, Words
from perfrules.engine.batch.vectors import Bools, Ints

_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_SHIFT: Final = np.uint64(29)
_ALL: Final = np.uint64(0xFFFFFFFFFFFFFFFF)


def _listed(signs: bytes) -> Bools:
    found = np.zeros(256, np.bool_)
    found[list(signs)] = True
    return found


_LETTERS: Final = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_PLAIN: Final = _listed(_LETTERS)
_JOINED: Final = _listed(_LETTERS + b"_-")
_SPACE: Final = ord(" ")
_DELETE: Final = 0x7F


def is_plain(array: pa.Array, *, joined: bool = False) -> bool:
    """Return whether texts without nulls have letters of English and digits alone.

    Args:
        array: The texts.
        joined: Whether `_` and `-` are good too.

    >>> is_plain(pa.array(["P1", ""])), is_plain(pa.array(["P-1"])), is_plain(pa.array(["某"]))
    (True, False, False)
    """
    texts = texts_of(array)
    table = _JOINED if joined else _PLAIN
    return bool(table[texts.data[: int(texts.sizes.sum())]].all())


def is_full(array: pa.Array) -> bool:
    """Return whether every value is a text without spaces and of signs of ASCII.

    Where it isn't so, nothing is said: some may still have what a text needs.

    >>> is_full(pa.array(["a", "b"])), is_full(pa.array(["a", " b"])), is_full(pa.array(["a", ""]))
    (True, False, False)
    """
    if array.null_count or not len(array):
        return False
    texts = texts_of(array)
    data = texts.data[: int(texts.sizes.sum())]
    return bool(texts.sizes.min() > 0 and data.min() > _SPACE and data.max() < _DELETE)


def marks_of(array: pa.Array) -> Words:
    """Return the marks of texts without nulls; 0 for those that are empty.

    >>> one, other, again, none = marks_of(pa.array(["P1", "P2", "P1", ""])).tolist()
    >>> one == again, one == other, none
    (True, False, 0)
    """
    texts = texts_of(array)
    found = texts.sizes.astype(LITTLE) * _FACTOR
    for size in range(0, int(texts.sizes.max(initial=0)), WORD):
        rows = np.flatnonzero(texts.sizes > size)
        found[rows] = _mixed(found[rows] ^ _words(texts, rows, size))
    return found


def _words(texts: Texts, rows: Ints, size: int) -> Words:
    """Return the words of some texts from a byte on, without what follows their ends."""
    left = np.minimum(texts.sizes[rows] - size, WORD)
    mask = _ALL >> ((WORD - left) * WORD).astype(LITTLE)
    return words_at(texts.data, texts.starts[rows] + size) & mask


def _mixed(words: Words) -> Words:
    words = words * _FACTOR
    words ^= words >> _SHIFT
    return words * _FACTOR


def any_twice(marks: Sequence[Words]) -> bool:
    """Return whether a mark other than 0 stands twice.

    >>> any_twice([np.array([1, 0], np.uint64), np.array([0, 2], np.uint64)])
    False
    """
    if not marks:
        return False
    found = np.sort(np.concatenate(marks))
    found = found[np.searchsorted(found, np.uint64(1)) :]
    return bool((found[1:] == found[:-1]).any())
