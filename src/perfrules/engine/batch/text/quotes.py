"""Quotation marks round whole cells, which change nothing: many programs write them everywhere."""

from typing import Final

import numpy as np

from perfrules.engine.batch.text.grid import Bytes, Data
from perfrules.engine.batch.vectors import Ints

_PIECE: Final = 1 << 17  # bytes: what is found in them stays in the cache
_QUOTE: Final = ord('"')
_BREAKS: Final = (ord("\n"), ord("\r"))
_MARK: Final = b'"'


def unquoted(data: Data, delimiter: str) -> bytes | None:
    r"""Return lines without the quotation marks round their cells; None where one is anything else.

    A mark that stands round a cell opens where the cell begins and closes where it ends, and
    neither another mark nor what separates cells and lines is between them.

    Args:
        data: Whole lines.
        delimiter: One sign of one byte.

    >>> unquoted(b'"a",b\n"",c\n', ",")
    b'a,b\n,c\n'
    >>> unquoted(b'"a,b"\n', ","), unquoted(b'"a""b"\n', ","), unquoted(b'a"b"\n', ",")
    (None, None, None)
    """
    signs = np.frombuffer(data, np.uint8)
    inside = False
    for start in range(0, len(signs), _PIECE):
        piece = signs[start : start + _PIECE]
        marks = piece == _QUOTE
        ends = piece == ord(delimiter)
        for sign in _BREAKS:
            ends |= piece == sign
        within = np.logical_xor.accumulate(marks)
        if inside:
            np.logical_not(within, out=within)
        if (ends & within).any():
            return None
        # A mark that leaves the inside behind it on opens, the others close.
        at = np.flatnonzero(marks)
        opens = within[at]
        if not (_are_ends(signs, at[opens] + start - 1, delimiter)
                and _are_ends(signs, at[~opens] + start + 1, delimiter)):  # fmt: skip
            return None
        inside = bool(within[-1])
    return None if inside else bytes(data).translate(None, _MARK)


def bare(data: Data) -> Data:
    r"""Return lines without any mark: of lines whose marks are known to stand round whole cells.

    >>> bare(b'"a",b\n')
    b'a,b\n'
    """
    if (np.frombuffer(data, np.uint8) == _QUOTE).any():
        return bytes(data).translate(None, _MARK)
    return data


def _are_ends(signs: Bytes, at: Ints, delimiter: str) -> bool:
    """Return whether at all places there is what separates cells or lines, or nothing at all."""
    at = at[(at >= 0) & (at < len(signs))]
    found = signs[at]
    good = found == ord(delimiter)
    for sign in _BREAKS:
        good |= found == sign
    return bool(good.all())
