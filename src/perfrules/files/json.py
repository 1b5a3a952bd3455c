"""JSON and JSON lines: exact numbers, no key twice, bounded depth; a bad line is an entry."""

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal, InvalidOperation
from typing import BinaryIO

from perfrules.errors import Diagnostic, Span, Text, UsageError
from perfrules.files.decode import decode
from perfrules.files.entry import Entries, Entry, Source, at_line
from perfrules.lang.characters import same
from perfrules.messages import diagnose

DEPTH = 64
LONGEST_LINE = 10_000_000  # bytes of one unit in a JSON lines file
_TOKENS = re.compile(r'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)
_KINDS = {
    list: Text("一个列表", "a list"),
    str: Text("一段文字", "a text"),
    Decimal: Text("一个数", "a number"),
    bool: Text("是或否", "true or false"),
    type(None): Text("空值", "null"),
}


class _RepeatedKeyError(ValueError):
    """A key stands twice in one object."""


def nesting(text: str) -> int:
    """Return how deep the brackets of a JSON text are nested, without recursion.

    >>> nesting('{"a": ["]", [1]]}'), nesting("[" * 10_000)
    (3, 10000)
    """
    depth = deepest = 0
    for found in _TOKENS.finditer(text):
        sign = found[0]
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def _number(text: str) -> Decimal | str:
    """Return the number as written; what no decimal can hold is left as text for admission."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise _RepeatedKeyError(key)
            seen.add(key)
    return found


def parse_json(text: str, file: str, line: int = 1) -> object:
    """Return the value of a JSON text, every number a `Decimal` of the digits written.

    NaN and Infinity come as such decimals: admission refuses them, naming the input.

    Raises:
        UsageError: PRF608 not JSON, PRF609 a key twice, PRF610 nested too deep.

    >>> parse_json('{"executed": 0.10}', "facts.json")
    {'executed': Decimal('0.10')}
    """
    deepest = nesting(text)
    if deepest > DEPTH:
        raise UsageError(
            (
                diagnose(
                    "PRF610",
                    at_line(file, line),
                    value=deepest,
                    file=file,
                    expected=Text(str(DEPTH), str(DEPTH)),
                ),
            )
        )
    try:
        value: object = json.loads(
            text,
            parse_float=_number,
            parse_int=_number,
            parse_constant=Decimal,
            object_pairs_hook=_object,
        )
    except json.JSONDecodeError as fault:
        raise UsageError((_not_json(text, file, line, fault),)) from None
    except _RepeatedKeyError as fault:
        raise UsageError(
            (diagnose("PRF609", at_line(file, line), value=str(fault), file=file),)
        ) from None
    return value


def _not_json(text: str, file: str, line: int, fault: json.JSONDecodeError) -> Diagnostic:
    lines = text.split("\n")
    row = min(fault.lineno, len(lines))
    place = line + row - 1
    span = Span(file, place, fault.colno, place, fault.colno + 1)
    return diagnose(
        "PRF608", span, excerpt=lines[row - 1], file=file, line=place, column=fault.colno
    )


def entry_of(value: object, row: int, file: str, place: Span | None = None) -> Entry:
    """Return the entry of one parsed value: its facts, or PRF611 where it is no mapping."""
    if isinstance(value, dict):
        unit = value.get("unit")
        return Entry(row, value, unit=str(unit) if unit is not None else None)
    kind = _KINDS.get(type(value), _KINDS[str])
    return Entry(row, None, (diagnose("PRF611", place, file=file, row=row, kind=kind),))


def entries_of(value: object, file: str) -> Entries:
    """Return the entries of a document that is one unit or a list of units.

    Raises:
        UsageError: PRF612, an empty list.
    """
    if not isinstance(value, list):
        return Entries(iter((entry_of(value, 1, file),)), 1, single=True)
    if not value:
        raise UsageError((diagnose("PRF612", at_line(file, 1), file=file),))
    entries = (entry_of(item, row, file) for row, item in enumerate(value, start=1))
    return Entries(distinct(entries, file), len(value))


def distinct(entries: Iterable[Entry], file: str) -> Iterator[Entry]:
    """Yield the entries; PRF623 in place of a unit that was there before."""
    seen: dict[str, int] = {}
    for entry in entries:
        first = entry.row
        if entry.unit is not None:
            first = seen.setdefault(same(entry.unit), entry.row)
        if first == entry.row:
            yield entry
        else:
            place = at_line(file, entry.row) if file.endswith(".jsonl") else None
            problem = diagnose(
                "PRF623", place, value=entry.unit, file=file, row=entry.row, first=first
            )
            yield Entry(entry.row, None, (*entry.problems, problem), entry.unit)


def read_json(source: Source, encoding: str | None = None) -> Entries:
    """Return the units of a JSON file: one object, or a list of them."""
    with source.open() as stream:
        text = decode(stream.read(), source.name, encoding)
    return entries_of(parse_json(text, source.name), source.name)


def read_values(source: Source, encoding: str | None = None) -> list[object]:
    """Return what a JSON file lists, or the one value it holds; of JSON lines each line's value.

    Raises:
        UsageError: It can't be read, or it holds nothing.
    """
    with source.open() as stream:
        text = decode(stream.read(), source.name, encoding)
    if source.name.endswith(".jsonl"):
        lines = enumerate(text.split("\n"), start=1)
        found = [parse_json(line, source.name, row) for row, line in lines if line.strip()]
    else:
        value = parse_json(text, source.name)
        found = value if isinstance(value, list) else [value]
    if not found:
        raise UsageError((diagnose("PRF612", at_line(source.name, 1), file=source.name),))
    return found


def read_jsonl(source: Source, encoding: str | None = None) -> Entries:
    """Return the units of a JSON lines file; a line that can't be read is an entry of its own.

    Raises:
        UsageError: PRF612, no line holds anything.
    """
    with source.open() as stream:
        if not any(line.strip() for line in iter(lambda: stream.readline(LONGEST_LINE), b"")):
            raise UsageError((diagnose("PRF612", at_line(source.name, 1), file=source.name),))
    return Entries(distinct(_lines(source, encoding), source.name))


def _lines(source: Source, encoding: str | None) -> Iterator[Entry]:
    with source.open() as stream:
        for row, line in enumerate(_bounded(stream), start=1):
            if line is None:
                yield Entry(row, None, (_too_long(source.name, row),))
            elif line.strip():
                yield _line(line, row, source.name, encoding)


def _line(line: bytes, row: int, file: str, encoding: str | None) -> Entry:
    try:
        text = decode(line.rstrip(b"\r\n"), file, encoding, row)
        return entry_of(parse_json(text, file, row), row, file, at_line(file, row))
    except UsageError as error:
        return Entry(row, None, error.diagnostics)


def _bounded(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines; None for one that is too long, which is skipped to its end."""
    while line := stream.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := stream.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            yield line


def _too_long(file: str, row: int) -> Diagnostic:
    return diagnose(
        "PRF614",
        at_line(file, row),
        file=file,
        line=row,
        value=f"> {LONGEST_LINE} B",
        expected=Text(f"{LONGEST_LINE} 字节", f"{LONGEST_LINE} bytes"),
    )
