"""Where each character of a scalar's value comes from in the text that was written.

The text is scanned once more, by the rules of its style; nothing of it is kept at load, since only
a fault asks.
"""

import re
from typing import Final, TypeAlias

Place: TypeAlias = tuple[int, int]  # from, up to, counted from the start of the written scalar

# A run of spaces is taken at once, so that none is looked at twice.
_BREAK = r"(?P<break>[ \t]*+\n[ \t\n]*)|(?P<run>[ \t]++)"
_TOKENS: Final = {
    '"': re.compile(
        rf"(?P<join>\\\n[ \t\n]*)|{_BREAK}"
        r"|\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\.|[^\n]"
    ),
    "'": re.compile(rf"{_BREAK}|''|[^\n]"),
    "": re.compile(rf"{_BREAK}|[^\n]"),
}
_TAG: Final = re.compile(r"![^ \t\n]*(?:[ \t\n]+(?:#[^\n]*\n)?)*")
_QUOTES: Final = "\"'"


def origins(raw: str, value: str) -> list[Place]:
    r"""Return for each character of *value* the place in *raw* that it was written at.

    The list is empty where *raw* is not how *value* is written.

    >>> origins('"a\\tb"', "a\tb")
    [(1, 2), (2, 4), (4, 5)]
    >>> origins(">\n  x >\n  80\n", "x > 80")
    [(4, 5), (5, 6), (6, 7), (7, 10), (10, 11), (11, 12)]
    """
    tag = _TAG.match(raw)
    skip = tag.end() if tag else 0
    body = raw[skip:]
    if body[:1] in ("|", ">"):
        found = _block(body, value)
    else:
        quote = body[:1] if body[:1] in _QUOTES else ""
        found = _flow(body, quote)
    if len(found) != len(value):
        return []
    return [(start + skip, end + skip) for start, end in found]


def _flow(body: str, quote: str) -> list[Place]:
    """Return the places of a plain or quoted scalar."""
    first, last = (1, len(body) - 1) if quote else (0, len(body))
    found: list[Place] = []
    for token in _TOKENS[quote].finditer(body, first, last):
        place = token.span()
        feeds = token[0].count("\n")
        if token.lastgroup == "break":
            # One line end folds into a space; of several, all but the first are kept.
            found += [place] * max(1, feeds - 1)
        elif token.lastgroup == "join":
            found += [place] * (feeds - 1)
        elif token.lastgroup == "run":
            found += [(at, at + 1) for at in range(*place)]
        else:
            found.append(place)
    return found


def _block(body: str, value: str) -> list[Place]:
    """Return the places of a literal or folded block: its lines are found in *value* one by one."""
    header, _, content = body.partition("\n")
    at = len(header) + 1
    lines = content.split("\n")
    indent = _indent(header, lines, value)
    found: list[Place] = []
    before = at
    for line in lines:
        words = line[indent:]
        if words.strip(" ") or (words and value.startswith(words, len(found))):
            while len(found) < len(value) and not value.startswith(words, len(found)):
                found.append((before, at + indent))
            if len(found) == len(value):
                return []
            start = at + indent
            found += [(start + place, start + place + 1) for place in range(len(words))]
            before = at + len(line)
        at += len(line) + 1
    end = min(before, len(body))
    found += [(end, end)] * (len(value) - len(found))
    return found


def _indent(header: str, lines: list[str], value: str) -> int:
    """Return by how much the lines of a block are indented.

    With a digit in the header a first line may be indented further; how much of it is text is
    told by the value.
    """
    first = next((line for line in lines if line.strip(" ")), "")
    blanks = len(first) - len(first.lstrip(" "))
    if not re.match(r"[|>][+-]?[1-9]", header):
        return blanks
    kept = value.lstrip("\n")
    return blanks - (len(kept) - len(kept.lstrip(" ")))
