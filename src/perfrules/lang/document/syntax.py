"""What the scanner stumbled over becomes a sentence about what the author most likely did.

libyaml and PyYAML's own scanner word the same fault differently, so a fault is told by what both
say and by the line it stands in; the words of neither reach an author.
"""

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from perfrules.errors import Diagnostic, Text
from perfrules.lang.document.events import SyntaxFault
from perfrules.lang.document.slips import colon_slip
from perfrules.lang.document.source import TAG, Source, sign_name

_LONG_ESCAPES: Final = {"x": 2, "u": 4, "U": 8}
_LAST_SIGN: Final = 0x10FFFF
_LONGEST_KEY: Final = 1000  # about: YAML gives a key 1,024 characters on its line
_HINTED: Final = 200  # characters to either side from which a hint is made
_AFTER_QUOTE: Final = re.compile(r"[\"'] *$")
_DASHES: Final = re.compile(r" *(?:- +)*")
_KEY: Final = re.compile(r"[^\s,{}\[\]\"'#]+: +")
_VALUE_END: Final = re.compile(r",\s*[^\s:,]+:\s|[}\]]+\s*$|\s#")


def explain(fault: SyntaxFault, text: Source) -> Diagnostic:
    """Return the diagnostic of a syntax fault, at the place where something can be done."""
    at = text.index(fault.at[0] + 1, fault.at[1] + 1)
    since = at if fault.since is None else text.index(fault.since[0] + 1, fault.since[1] + 1)
    for problem, context, tell in _CAUSES:
        if problem in fault.problem and context in fault.context:
            found = tell(text, at, since)
            if found is not None:
                return found
    return _else(text, at)


def _else(text: Source, at: int) -> Diagnostic:
    end = min(at + 1, len(text.text))
    if text.text[at:end] == "\t":
        return text.diagnose("PRF117", text.span(at, end))
    shown = text.text[at : at + 20].partition("\n")[0].strip()
    return text.diagnose("PRF129", text.span(at, end), value=shown or text.line(_row(text, at)))


def _row(text: Source, at: int) -> int:
    """Return the 1-based line of a place."""
    return text.text.count("\n", 0, at) + 1


def _split(text: Source, at: int) -> tuple[str, str]:
    """Return the line of a place, before it and from it on."""
    start = text.text.rfind("\n", 0, at) + 1
    line, _, _ = text.text[start:].partition("\n")
    return line[: at - start], line[at - start :]


def _quoted(text: str) -> str:
    r"""Return *text* in quotes that it doesn't hold.

    >>> _quoted('grade == "优"')
    '\'grade == "优"\''
    """
    text = text.strip()
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _in_quotes(text: Source, at: int) -> str:
    """Return the key and value around a place, the value in quotes, as they could be written."""
    before, behind = _split(text, at)
    before, behind = before[-_HINTED:], behind[:_HINTED]
    keys = list(_KEY.finditer(before))
    key, start = (keys[-1][0], keys[-1].end()) if keys else ("", len(before))
    rest = (before + behind)[start:]
    end = _VALUE_END.search(rest, min(len(before) - start + 1, len(rest))) if keys else None
    return f"{key}{_quoted(rest[: end.start()] if end else rest)}"


def _escape(text: Source, at: int, _: int) -> Diagnostic:
    """PRF127, or PRF106 where the escape is known but the character may not stand here."""
    back = at
    while back > 0 and text.text[back : back + 1] != "\\" and at - back < len("\\x"):
        back -= 1
    kind = text.text[back + 1 : back + 2]
    size = _LONG_ESCAPES.get(kind, 0)
    digits = text.text[back + 2 : back + 2 + size]
    if size and re.fullmatch(rf"[0-9A-Fa-f]{{{size}}}", digits):
        code = int(digits, 16)
        shown = sign_name(chr(code)) if code <= _LAST_SIGN else f"U+{code:X}"
        return text.diagnose("PRF106", text.span(back, back + 2 + size), value=shown)
    return text.diagnose("PRF127", text.span(back, back + 2), value=f"\\{kind}")


def _no_token(text: Source, at: int, since: int) -> Diagnostic:
    """PRF117: a tab; PRF119: another character that nothing begins with."""
    if text.text[at : at + 1] == "\t":
        return text.diagnose("PRF117", text.span(at, at + 1))
    return _sign(text, at, since)


def _sign(text: Source, at: int, _: int) -> Diagnostic:
    """PRF119: a value starts with a sign that means something in YAML."""
    sign = text.text[at : at + 1]
    rest = _split(text, at)[1].rstrip()
    span = text.span(at, at + max(1, len(rest)))
    if sign == "-":
        return text.diagnose("PRF119", span, value=sign, hint=_LIST)
    return text.diagnose("PRF119", span, value=sign, better=_in_quotes(text, at))


_LIST: Final = Text(
    "列表的每一项另起一行；若是负数或表达式，整段加引号",
    "put each item of a list on a line of its own; quote what is no list",
)


def _began_with_sign(text: Source, _: int, since: int) -> Diagnostic:
    return _sign(text, since, since)


def _open_quote(text: Source, at: int, since: int) -> Diagnostic:
    """PRF121: a quote stays open; told where the reading ended."""
    return _unclosed(text, at, since, "PRF121")


def _unclosed(text: Source, at: int, since: int, code: str) -> Diagnostic:
    place = text.span(since, since)
    return text.diagnose(
        code,
        text.span(at, at),
        value=text.text[since : since + 1],
        line=place.line,
        column=place.column,
    )


def _tag(text: Source, _: int, since: int) -> Diagnostic:
    found = TAG.search(text.text, since)
    start, end = found.span() if found else (since, since)
    return text.diagnose("PRF112", text.span(start, end), value=text.text[start:end])


def _directive(text: Source, at: int, _: int) -> Diagnostic:
    """PRF128: a directive that isn't used here."""
    before, behind = _split(text, at)
    start = at - len(before)
    line = (before + behind).rstrip()
    return text.diagnose("PRF128", text.span(start, start + len(line)), value=line)


def _second(text: Source, at: int, _: int) -> Diagnostic:
    """PRF109: a second document begins, or PRF128: a directive lacks its `---`."""
    if text.text.startswith("%"):
        return _directive(text, 0, 0)
    rest = _split(text, at)[1].rstrip()
    return text.diagnose("PRF109", text.span(at, at + max(1, len(rest))), value=rest)


def _no_colon(text: Source, _: int, since: int) -> Diagnostic:
    """PRF115, PRF116: a slip of the colon; else PRF130: there is none."""
    slip = colon_slip(text, _row(text, since))
    if slip is not None:
        return slip
    rest = _split(text, since)[1].rstrip()
    return text.diagnose("PRF130", text.span(since, since + len(rest)), value=rest)


def _colon(text: Source, at: int, since: int) -> Diagnostic | None:
    """A colon that makes no key: it belongs to a value's text, or the line above went wrong."""
    before = _split(text, at)[0]
    if ": " in before:
        return text.diagnose(
            "PRF120", text.span(at, at + 1), value=before.strip() + ":", better=_in_quotes(text, at)
        )
    row = _row(text, at)
    above = row - 1
    while above > 1 and not text.line(above).strip():
        above -= 1
    if _starts(text.line(above)) == _blanks(text.line(row)):
        slip = colon_slip(text, above)
        if slip is not None:
            return slip
    if row == 1 or len(before) > _LONGEST_KEY:
        return None
    return _indentation(text, at - len(before) + _blanks(before), since)


def _starts(line: str) -> int:
    """Return where a line's key starts, behind the dashes of lists."""
    found = _DASHES.match(line)
    return found.end() if found else 0


def _blanks(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _indentation(text: Source, at: int, _: int) -> Diagnostic | None:
    """PRF124: a line starts further right or left than what it belongs to."""
    before, behind = _split(text, at)
    shown = behind.rstrip()
    if before.strip() or not shown:
        return None
    return text.diagnose(
        "PRF124", text.span(at, at + len(shown)), value=shown, column=len(before) + 1
    )


def _after_quote(text: Source, at: int, _: int) -> Diagnostic | None:
    """PRF118: something follows behind quoted text."""
    before, behind = _split(text, at)
    shown = behind.rstrip()
    if not _AFTER_QUOTE.search(before) or not shown:
        return None
    return text.diagnose(
        "PRF118", text.span(at, at + len(shown)), value=shown, better=_in_quotes(text, at)
    )


def _no_key(text: Source, at: int, _: int) -> Diagnostic | None:
    """PRF114: a colon with no key before it."""
    behind = _split(text, at)[1].rstrip()
    if not behind.startswith(":"):
        return None
    return text.diagnose("PRF114", text.span(at, at + len(behind)), value=behind)


def _content(text: Source, at: int, _: int) -> Diagnostic | None:
    """PRF119 where a value starts with a bracket or a comma."""
    before = _split(text, at)[0]
    starts = before.rstrip().endswith(":") or not before.strip()
    return _sign(text, at, at) if starts and text.text[at : at + 1] in set(",]}") else None


def _flow(text: Source, at: int, since: int) -> Diagnostic | None:
    """PRF122: brackets that don't close; PRF123: an expression that is cut by one."""
    sign = text.text[at : at + 1]
    if not sign or sign in ")]}" or (sign == ":" and _row(text, at) != _row(text, since)):
        return _unclosed(text, at, since, "PRF122")
    if sign in "[{\"'":
        rest = _split(text, at)[1].rstrip()
        return text.diagnose("PRF123", text.span(at, at + len(rest)), value=rest)
    return None


def _at_end(text: Source, at: int, _: int) -> Diagnostic | None:
    """PRF122: the file ends behind an open bracket."""
    if text.text[at:].strip():
        return None
    back = len(text.text[:at].rstrip()) - 1
    while back > 0 and text.text[back] not in "[{":
        back -= 1
    return _unclosed(text, at, back, "PRF122")


_Tell: TypeAlias = Callable[[Source, int, int], Diagnostic | None]
# What must stand in PyYAML's problem and in its context, and what is then told: first match.
_CAUSES: Final[tuple[tuple[str, str, _Tell], ...]] = (
    ("", "directive", _directive),
    ("directive", "", _directive),
    ("duplicate tag handle", "", _directive),
    ("incompatible", "", _directive),
    ("document start", "", _second),
    ("", "a tag", _tag),
    ("tag handle", "", _tag),
    ("escape", "", _escape),
    ("hexdecimal", "", _escape),
    ("cannot start any token", "", _no_token),
    ("", "block scalar", _began_with_sign),
    ("", "an anchor", _began_with_sign),
    ("", "an alias", _began_with_sign),
    ("", "quoted scalar", _open_quote),
    ("could not find expected ':'", "", _no_colon),
    ("mapping values", "", _colon),
    ("sequence entries", "", _sign),
    ("mapping keys", "", _sign),
    ("", "block mapping", _after_quote),
    ("", "block mapping", _no_key),
    ("", "block mapping", _indentation),
    ("", "block collection", _indentation),
    ("node content", "", _content),
    ("node content", "flow", _no_key),
    ("node content", "flow", _at_end),
    ("expected ',' or", "flow", _after_quote),
    ("expected ',' or", "flow", _flow),
)
