"""Texts by their code, as words of eight bytes: looked up and stored a word at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from perfrules.engine.batch.vectors import Ints

Words: TypeAlias = NDArray[np.uint64]

WORD: Final = 8  # bytes
LITTLE: Final = np.dtype("<u8")  # the first byte of a text is the lowest of its word
_SIZE: Final = np.uint64(56)  # where the size of a short text stands in its word


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Texts, each as `words`, one array for the first eight bytes of all, one for the next.

    `packed` has word and size in one where no text is longer than seven bytes: the size is the
    eighth byte, which the next cell of the line is written over.
    """

    words: tuple[Words, ...]
    sizes: Ints
    packed: Words | None


def table_of(texts: Sequence[bytes]) -> Table:
    """Return the table of some texts, at least one.

    >>> table_of([b"a", b"bc"]).sizes
    array([1, 2])
    """
    sizes = np.array([len(text) for text in texts], np.int64)
    count = max(1, -(-int(sizes.max()) // WORD))
    joined = b"".join(text.ljust(WORD * count, b"\0") for text in texts)
    rows = np.frombuffer(joined, LITTLE).reshape(-1, count)
    words = tuple(rows[:, place].copy() for place in range(count))
    packed = None
    if sizes.max() < WORD:
        packed = words[0] | (sizes.astype(LITTLE) << _SIZE)
    return Table(words, sizes, packed)


def sizes_of(packed: Words) -> Ints:
    """Return the sizes of texts that were looked up packed.

    >>> sizes_of(table_of([b"a", b"bc"]).packed)
    array([1, 2])
    """
    found: Ints = (packed >> _SIZE).astype(np.int64)
    return found


def fixed_texts(limit: int, scale: int) -> Iterable[bytes]:
    """Yield the texts of `0 / 10**scale` and so on, *limit* of them, with all decimals.

    >>> list(fixed_texts(3, 2)), list(fixed_texts(2, 0))
    ([b'0.00', b'0.01', b'0.02'], [b'0', b'1'])
    """
    if not scale:
        return (b"%d" % units for units in range(limit))
    one = 10**scale
    return (b"%d.%0*d" % (units // one, scale, units % one) for units in range(limit))


def short_texts(limit: int, scale: int) -> Iterable[bytes]:
    """Yield the same without zeros at their ends.

    >>> list(short_texts(11, 1))[-2:]
    [b'0.9', b'1']
    """
    texts = fixed_texts(limit, scale)
    return texts if not scale else (text.rstrip(b"0").rstrip(b".") for text in texts)
