"""Slips of the keyboard that YAML reads as something else, found in one line of the text."""

import re
from bisect import bisect_right
from operator import itemgetter
from typing import Final

from perfrules.errors import Diagnostic
from perfrules.lang.document.source import Source

_KEY: Final = r"^\s*(?:- +)*(?:[{]\s*)?(?P<key>[\"']?[\w.]+[\"']?)\s*"
_FULL_WIDTH: Final = re.compile(_KEY + "(?P<colon>：) *(?P<rest>.*)")
_COMMENT: Final = re.compile(r"(?:^|(?<=[ \t]))#", re.MULTILINE)
_NO_SPACE: Final = re.compile(_KEY + r"(?P<colon>:)(?P<rest>[^\s:/].*)")


def stray_tab(text: Source, quoted: list[tuple[int, int]], until: int) -> Diagnostic | None:
    r"""PRF117: the first tab before *until* that is in no *quoted* text and in no comment.

    libyaml takes a tab for a space where PyYAML's own scanner refuses it; neither is let through.

    >>> stray_tab(Source("x.yaml", "a:\t1  # \t"), [], 99).span.column
    3
    >>> stray_tab(Source("x.yaml", "a: 1  # \t"), [], 99) is None
    True
    """
    at = text.text.find("\t")
    while 0 <= at < until:
        if not _inside(quoted, at):
            start = text.text.rfind("\n", 0, at) + 1
            marks = _COMMENT.finditer(text.text, start, at)
            if all(_inside(quoted, mark.start()) for mark in marks):
                return text.diagnose("PRF117", text.span(at, at + 1))
            at = text.text.find("\n", at)
        at = text.text.find("\t", at + 1) if at >= 0 else -1
    return None


def _inside(quoted: list[tuple[int, int]], at: int) -> bool:
    found = bisect_right(quoted, at, key=itemgetter(0)) - 1
    return found >= 0 and at < quoted[found][1]


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
