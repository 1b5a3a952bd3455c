"""Slips of the keyboard that YAML reads as something else, found in one line of the text."""

import re
from typing import Final

from perfrules.errors import Diagnostic
from perfrules.lang.document.source import Source

_KEY: Final = r"^\s*(?:- +)*[{]?\s*(?P<key>[\"']?[\w.]+[\"']?)\s*"
_FULL_WIDTH: Final = re.compile(_KEY + "(?P<colon>：) *(?P<rest>.*)")
_NO_SPACE: Final = re.compile(_KEY + r"(?P<colon>:)(?P<rest>[^\s:/].*)")


def colon_slip(text: Source, number: int) -> Diagnostic | None:
    """Return the fault of a line whose colon is full-width or has no space behind it.

    >>> colon_slip(Source("x.yaml", "权重：10"), 1).code
    'PRF115'
    >>> colon_slip(Source("x.yaml", "权重: 10"), 1) is None
    True
    """
    line = text.line(number)
    for code, pattern in (("PRF115", _FULL_WIDTH), ("PRF116", _NO_SPACE)):
        found = pattern.match(line)
        if found:
            at = text.index(number, found.start("colon") + 1)
            return text.diagnose(
                code,
                text.span(at, at + 1),
                value=line.strip(),
                better=f"{found['key']}: {found['rest']}",
            )
    return None
