"""What the scanner stumbled over becomes a sentence about what the author most likely did.

libyaml and PyYAML's own scanner word the same fault differently, so a fault is told by what both
say and by the line it stands in; the words of neither reach an author.
"""

import re
from typing import Final

from perfrules.errors import Diagnostic, Text
from perfrules.lang.document.events import SyntaxFault
from perfrules.lang.document.slips import colon_slip
from perfrules.lang.document.source import Source, sign_name

_ESCAPES: Final = ("escape", "hexdecimal", "hexadecimal")
_LONG_ESCAPES: Final = {"x": 2, "u": 4, "U": 8}
_LAST_SIGN: Final = 0x10FFFF
_AFTER_QUOTE: Final = re.compile(r"[\"'] *$")
_KEY_BEFORE: Final = re.compile(r"(?:^|[\s\"'\])}]|\S):\s")
_FIRST_KEY: Final = re.compile(r"^(?P<key>\s*(?:- +)*[{]?\s*[^\s:{}\[\]\"'#]+: +)(?P<rest>\S.*)$")


def explain(fault: SyntaxFault, text: Source) -> Diagnostic:  # noqa: C901 - one case a fault
    """Return the diagnostic of a syntax fault, at the place where something can be done."""
    problem, context = fault.problem, fault.context
    at = text.index(fault.at[0] + 1, fault.at[1] + 1)
    since = at if fault.since is None else text.index(fault.since[0] + 1, fault.since[1] + 1)
    found: Diagnostic | None = None
    if any(word in problem for word in _ESCAPES) and "tag" not in context:
        found = _escape(text, at)
    elif "cannot start any token" in problem:
        found = _tab(text, at) if text.text[at] == "\t" else _sign(text, at)
    elif "block scalar" in context or "an anchor" in context or "an alias" in context:
        found = _sign(text, since)
    elif "quoted scalar" in context:
        found = _unclosed(text, at, since, "PRF121")
    elif "tag" in context or "tag handle" in problem:
        found = _tag(text, since)
    elif "irective" in context or "irective" in problem or "incompatible" in problem:
        found = _directive(text, at)
    elif "document start" in problem:
        found = _directive(text, 0) if text.text.startswith("%") else _second(text, at)
    elif "could not find expected ':'" in problem:
        found = _no_colon(text, since)
    elif "mapping values are not allowed" in problem:
        found = _colon(text, at)
    elif "are not allowed" in problem:
        found = _sign(text, at)
    elif "flow" in context:
        found = _flow(text, at, since)
    elif "node content" in problem:
        found = _content(text, at)
    elif "block mapping" in context or "block collection" in context:
        found = _after_quote(text, at) or _indentation(text, at)
    return found or _else(text, at)


def _else(text: Source, at: int) -> Diagnostic:
    end = min(at + 1, len(text.text))
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
    """Return *text* in quotes that it doesn't hold.

    >>> _quoted('grade == "优"')
    "'grade == \\"优\\"'"
    """
    text = text.strip()
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def _in_quotes(text: Source, at: int) -> str:
    """Return the line of a place with its whole value in quotes, as it could be written."""
    line = "".join(_split(text, at))
    found = _FIRST_KEY.match(line)
    if not found:
        return _quoted(line)
    rest, end = found["rest"].rstrip(), ""
    if "{" in found["key"] and rest.endswith("}"):
        rest, end = rest[:-1], "}"
    return f"{found['key'].strip()} {_quoted(rest)}{end}"


def _escape(text: Source, at: int) -> Diagnostic:
    """PRF127, or PRF106 where the escape is known but the character may not stand here."""
    back = at
    while back > 0 and text.text[back] != "\\" and at - back < 2:  # noqa: PLR2004 - `\\x` is two
        back -= 1
    kind = text.text[back + 1 : back + 2]
    digits = text.text[back + 2 : back + 2 + _LONG_ESCAPES.get(kind, 0)]
    span = text.span(back, back + 2 + len(digits))
    if digits and re.fullmatch("[0-9A-Fa-f]+", digits) and len(digits) == _LONG_ESCAPES[kind]:
        code = int(digits, 16)
        shown = sign_name(chr(code)) if code <= _LAST_SIGN else f"U+{code:X}"
        return text.diagnose("PRF106", span, value=shown)
    return text.diagnose("PRF127", text.span(back, back + 2), value=f"\\{kind}")


def _tab(text: Source, at: int) -> Diagnostic:
    return text.diagnose("PRF117", text.span(at, at + 1))


def _sign(text: Source, at: int) -> Diagnostic:
    """PRF119: a value starts with a sign that means something in YAML."""
    sign = text.text[at : at + 1]
    rest = _split(text, at)[1].rstrip()
    hint = None
    if sign == "-":
        hint = Text(
            "列表的每一项另起一行；若是负数或表达式，整段加引号",
            "put each item of a list on a line of its own; quote what is no list",
        )
    return text.diagnose(
        "PRF119",
        text.span(at, at + max(1, len(rest))),
        value=sign,
        better=_in_quotes(text, at),
        **({"hint": hint} if hint else {}),
    )


def _unclosed(text: Source, at: int, since: int, code: str) -> Diagnostic:
    """PRF121, PRF122: quotes or a bracket stay open; told where the reading ended."""
    place = text.span(since, since)
    return text.diagnose(
        code,
        text.span(at, at),
        value=text.text[since],
        line=place.line,
        column=place.column,
    )


def _tag(text: Source, since: int) -> Diagnostic:
    found = re.compile(r"!\S*").search(text.text, since)
    start, end = found.span() if found else (since, since + 1)
    return text.diagnose("PRF112", text.span(start, end), value=text.text[start:end])


def _directive(text: Source, at: int) -> Diagnostic:
    before, behind = _split(text, at)
    start = at - len(before)
    line = (before + behind).rstrip()
    return text.diagnose("PRF128", text.span(start, start + len(line)), value=line)


def _second(text: Source, at: int) -> Diagnostic:
    rest = _split(text, at)[1].rstrip()
    return text.diagnose("PRF109", text.span(at, at + max(1, len(rest))), value=rest)


def _no_colon(text: Source, since: int) -> Diagnostic:
    """PRF115, PRF116, or PRF124: the line is no `key: value`."""
    slip = colon_slip(text, _row(text, since))
    if slip is not None:
        return slip
    rest = _split(text, since)[1].rstrip()
    return text.diagnose("PRF130", text.span(since, since + len(rest)), value=rest)


def _colon(text: Source, at: int) -> Diagnostic:
    """A colon that makes no key: of a value's text, or below a line that went wrong."""
    before, _ = _split(text, at)
    if _KEY_BEFORE.search(before):
        return text.diagnose(
            "PRF120", text.span(at, at + 1), value=before.strip() + ":", better=_in_quotes(text, at)
        )
    row = _row(text, at)
    above = row - 1
    while above > 1 and not text.line(above).strip():
        above -= 1
    if _blanks(text.line(above)) == _blanks(text.line(row)):
        slip = colon_slip(text, above)
        if slip is not None:
            return slip
    return _indentation(text, at - len(before) + _blanks(before)) or _else(text, at)


def _blanks(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _indentation(text: Source, at: int) -> Diagnostic | None:
    """PRF124: a line starts further right or left than what it belongs to."""
    before, behind = _split(text, at)
    if before.strip() or not behind.strip():
        return None
    shown = behind.rstrip()
    return text.diagnose(
        "PRF124", text.span(at, at + len(shown)), value=shown, spaces=len(before)
    )


def _after_quote(text: Source, at: int) -> Diagnostic | None:
    """PRF118: something follows behind quoted text."""
    before, behind = _split(text, at)
    if not _AFTER_QUOTE.search(before) or not behind.strip():
        return None
    shown = behind.rstrip()
    return text.diagnose(
        "PRF118", text.span(at, at + len(shown)), value=shown, better=_in_quotes(text, at)
    )


def _flow(text: Source, at: int, since: int) -> Diagnostic | None:
    """A fault between brackets."""
    sign = text.text[at : at + 1]
    row, opened = _row(text, at), _row(text, since)
    if "node content" not in "" and (not sign or (row != opened and sign == ":")):
        return _unclosed(text, at, since, "PRF122")
    quote = _after_quote(text, at)
    if quote is not None:
        return quote
    if sign in "[{\"'&*!":
        rest = _split(text, at)[1].rstrip()
        return text.diagnose("PRF123", text.span(at, at + len(rest)), value=rest)
    if sign in ")]}":
        return _unclosed(text, at, since, "PRF122")
    return None


def _content(text: Source, at: int) -> Diagnostic | None:
    """PRF119 where a value starts with a bracket or a comma."""
    sign = text.text[at : at + 1]
    return _sign(text, at) if sign and sign in ",]}" else None
