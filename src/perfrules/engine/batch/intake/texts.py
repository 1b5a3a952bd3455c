"""Texts and target cells that a reader gives back as they are: each different one is a label."""

from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from perfrules.engine.batch.arrays import flags, is_text
from perfrules.engine.batch.intake.readings import REFUSED, Reader, encoded
from perfrules.engine.batch.text.lines import texts_of
from perfrules.engine.batch.vectors import Bools, Ints, Labels
from perfrules.engine.facts.inputs import default_of
from perfrules.lang.cells import TargetCell, read_target
from perfrules.lang.cells.reading import LONGEST
from perfrules.lang.types import MISSING, Kind


def _listed(signs: bytes) -> Bools:
    found = np.zeros(256, np.bool_)
    found[list(signs)] = True
    return found


# Nothing here is missing, an error, folded, trimmed or refused. Words of a target cell may be.
_PLAIN: Final = {
    Kind.TEXT: "^[0-9A-Za-z一-鿿](?:[0-9A-Za-z一-鿿 .,%/:-]*[0-9A-Za-z一-鿿%])?$",
    Kind.TARGET: "^(?:≥|≤|=|>=|<=)?[0-9][0-9A-Za-z一-鿿.,%/~-]*$",
}
_SIGNS: Final = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FIRST: Final = _listed(_SIGNS + bytes(range(0xE4, 0xEA)))
_LAST: Final = _listed(_SIGNS + b"%" + bytes(range(0x80, 0xC0)))
_INSIDE: Final = _FIRST | _LAST | _listed(b" .,/:-")
_GONE: Final = -1
_ODD: Final = -2


def texts(reader: Reader, array: pa.Array) -> tuple[Labels, Bools | None] | None:
    """Return which text each value is, and which are odd; None where values are read as usual.

    That is where there are no texts.
    """
    item = reader.item
    if item.type.kind not in _PLAIN or item.pattern is not None:
        return None
    coded = encoded(array)
    if coded is None or not is_text(coded[1].type):
        return None
    codes, different = coded
    names: list[str] = different.to_pylist()
    places = np.arange(len(names) + 1)
    places[-1] = _GONE  # what the code -1 finds
    others = np.flatnonzero(~plain_texts(different, item.type.kind))
    if len(others) or item.default is not None or pa.types.is_dictionary(array.type):
        names = _places(reader, names, others, places)
    found = places[codes]
    if found.min(initial=0) >= 0:
        return Labels(found, tuple(names)), None
    absent, odd = found == _GONE, found == _ODD
    if item.required:
        odd |= absent
    labels = Labels(np.maximum(found, 0), tuple(names), absent if absent.any() else None)
    return labels, odd if odd.any() else None


def _places(reader: Reader, names: list[str], others: Ints, places: Ints) -> list[str]:
    """Read the others, and set which label each different text is; return the labels."""
    known: dict[str, int] = {}
    odd = set(others.tolist())
    places[-1] = _place(MISSING, reader, known)
    for at, name in enumerate(names):
        places[at] = (
            _place(reader.read(name), reader, known)
            if at in odd
            else known.setdefault(name, len(known))
        )
    return [*known]


def _place(value: object, reader: Reader, known: dict[str, int]) -> int:
    """Return which label a value is that was read; one that is missing may have a default."""
    if value is MISSING and reader.item.default is not None:
        value = default_of(reader.item)
    if value is MISSING:
        return _GONE
    if value is REFUSED:
        return _ODD
    if not isinstance(value, TargetCell):
        return known.setdefault(str(value), len(known))
    if value.kind == "words" and read_target(value.text) != value:
        return _ODD  # what is read of its text isn't what was read of the cell
    return known.setdefault(value.text, len(known))


def _are_plain(array: pa.Array) -> bool:
    """Return whether all of a column's texts are plain, by their bytes; where not, some may be.

    The signs of E4 to E9 are those from U+4000 to U+9FFF; no sign begins with 80 to BF.
    """
    if array.null_count or not len(array):
        return False
    held = texts_of(array)
    sizes = held.sizes
    if sizes.min() == 0 or sizes.max() > LONGEST:
        return False
    if not _INSIDE[held.data[: int(sizes.sum())]].all():
        return False
    first, last = held.data[held.starts], held.data[held.starts + sizes - 1]
    return bool(_FIRST[first].all() and _LAST[last].all())


def plain_texts(array: pa.Array, kind: Kind) -> Bools:
    """Return which texts a reader of texts, or of target cells, gives back as they are.

    >>> plain_texts(pa.array(["935.5元/户", "——", " 完成", "Ａ"]), Kind.TEXT)
    array([ True, False, False, False])
    """
    if kind is Kind.TEXT and _are_plain(array):
        return np.ones(len(array), np.bool_)
    fits = pc.less_equal(pc.binary_length(array), LONGEST)
    plain = pc.and_(pc.match_substring_regex(array, _PLAIN[kind]), fits)
    return flags(pc.fill_null(plain, False))
