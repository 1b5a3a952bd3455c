"""An identifier that matches a pattern, made from the pattern."""

import re
from typing import Final

_REPEAT: Final = re.compile(r"[?*+]|\{([0-9]+)(,[0-9]*)?\}")
_CLASSES: Final = {"d": "1", "w": "a", "s": " ", "D": "A", "W": "-", "S": "A"}


def example(pattern: str) -> str:
    r"""Return a text that matches a pattern of ids; one that can't be made is the empty text.

    >>> example(r"P[0-9]{5}(-[A-Z]+)?"), example("(甲|乙)\\d{3}")
    ('P00000-A', '甲111')
    """
    found, _ = _sequence(pattern, 0)
    return found if re.fullmatch(pattern, found) else ""


def _sequence(pattern: str, place: int) -> tuple[str, int]:
    """Return a match of the first alternative from *place* on, and where it ends."""
    found, first = "", True
    while place < len(pattern) and pattern[place] != ")":
        if pattern[place] == "|":
            first = False
            place += 1
            continue
        piece, place = _piece(pattern, place)
        repeat = _REPEAT.match(pattern, place)
        if repeat is not None:
            place = repeat.end()
            piece *= int(repeat[1]) if repeat[1] else 1
        found += piece if first else ""
    return found, place


def _piece(pattern: str, place: int) -> tuple[str, int]:
    sign = pattern[place]
    if sign == "\\":
        escaped = pattern[place + 1 : place + 2]
        return _CLASSES.get(escaped, escaped), place + 2
    if sign == "(":
        inner, end = _sequence(pattern, place + (3 if pattern.startswith("(?:", place) else 1))
        return inner, end + 1
    if sign == "[":
        end = pattern.index("]", place + 2)
        members = pattern[place + 1 : end]
        fits = (chr(code) for code in range(0x30, 0x7B) if re.fullmatch(f"[{members}]", chr(code)))
        return next(fits, members[0]), end + 1
    return ("A" if sign == "." else sign), place + 1
