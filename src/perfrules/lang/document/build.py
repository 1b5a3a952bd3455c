"""Events become plain values and spans, one event at a time and without recursion.

What a document may not do (aliases, tags, keys twice …) is noted and read over, so that all of it
is told at once; what would cost too much (depth, size) stops the reading.
"""

import re
import unicodedata
from typing import Any, Final, NamedTuple

import yaml

from perfrules.decimals import parse_decimal, plain
from perfrules.errors import Diagnostic, Path, Span
from perfrules.lang.document.origin import origins
from perfrules.lang.document.scalar import Scalar
from perfrules.lang.document.source import FORBIDDEN, MOST_FAULTS, TAG, Source, sign_name

# A list or mapping is one level and what stands in it another, so 32 may be nested in each other.
DEPTH: Final = 64
MOST_NODES: Final = 100_000
MOST_CHARACTERS: Final = 20_000  # of a scalar
_STR: Final = "tag:yaml.org,2002:str"
_INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060]")
_WHOLE: Final = re.compile(r"[1-9][0-9]*(?:\.[0-9]*)?|0?\.[0-9]+")
_DASHES: Final = re.compile(r"-[^\s-][^\n]*(?:\n\s*-[^\s-][^\n]*)+")
_BRACKETS: Final = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'|[\[\]{}]")
_VERSION: Final = re.compile(r"%YAML +1\.[12] *(?: #.*)?")
_LONGEST_NUMBER: Final = 40
_SHORT: Final = 40  # characters of a value that a sentence shows whole


class Stop(Exception):  # noqa: N818 - ends the reading; the fault was noted
    """Reading on would cost too much, or there is nothing more to tell."""


class _Place(NamedTuple):
    """A place as PyYAML counts it, from 0."""

    line: int
    column: int


class _Frame:
    """A list or mapping that is being filled."""

    __slots__ = ("end", "flow", "items", "key", "keys", "path", "start")

    def __init__(self, items: Any, path: Path, start: Any, *, flow: bool) -> None:  # noqa: ANN401
        self.items = items
        self.path = path
        self.start = start
        self.end = start
        self.flow = flow
        self.key: str | None = None
        self.keys: dict[str, int] = {}  # each key as it is compared, and its line


class Builder:
    """Takes events; `root`, `spans`, `key_spans` and `faults` are what it made of them."""

    def __init__(self, text: Source) -> None:
        self.root: object = None
        self.spans: dict[Path, Span] = {}
        self.key_spans: dict[Path, Span] = {}
        self.faults: list[Diagnostic] = []
        self._text = text
        self._frames: list[_Frame] = []
        self._nodes = 0
        self._taken = 0  # up to where the events reach
        self._documents = 0
        self._tabs = "\t" in text.text
        self.quoted: list[tuple[int, int]] = []  # kept only where there is a tab to be judged

    def take(self, event: Any) -> None:  # noqa: ANN401 - PyYAML's events share no typed base
        """Take the next event.

        Raises:
            Stop: Nothing after it is to be read.
        """
        self._taken = event.end_mark.index
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent:
            self._open(event, {})
        elif kind is yaml.SequenceStartEvent:
            self._open(event, [])
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._close(event)
        elif kind is yaml.AliasEvent:
            self._report("PRF110", self._span(event), value=f"*{event.anchor}")
            self._put(Scalar(), event.start_mark, event.end_mark, event)
        elif kind is yaml.DocumentStartEvent:
            self._document(event)

    def directives(self) -> None:
        """PRF128: note the lines of the head that begin with `%`; `%YAML 1.1` and `1.2` are fine.

        Raises:
            Stop: PyYAML would pass over one in silence that libyaml refuses.
        """
        for number, line in enumerate(self._text.lines, 1):
            if line.startswith("%") and not _VERSION.fullmatch(line):
                at = self._text.index(number, 1)
                self._report(
                    "PRF128", self._text.span(at, at + len(line.rstrip())), value=line.rstrip()
                )
                if not line.startswith("%TAG"):
                    raise Stop
            elif line.strip() and line[0] not in "#%":
                return

    # Documents and nodes

    def _document(self, event: Any) -> None:  # noqa: ANN401
        self._documents += 1
        if self._documents > 1:
            self._report("PRF109", self._span(event), value="---")
            raise Stop

    def _node(self, event: Any, *, text: bool) -> None:  # noqa: ANN401
        """Note what is wrong with any node: its number, its anchor, its tag."""
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._report("PRF103", self._span(event), most=f"{MOST_NODES:,}")
            raise Stop
        if event.anchor is not None:
            at = event.start_mark.index
            shown = f"&{event.anchor}"
            place = self._text.text.find(shown, at, at + MOST_CHARACTERS)
            place = at if place < 0 else place
            self._report("PRF110", self._text.span(place, place + len(shown)), value=shown)
        if event.tag is not None and not (text and event.tag == _STR):
            at = event.start_mark.index
            found = TAG.search(self._text.text, at)
            start, end = found.span() if found else (at, at + 1)
            self._report("PRF112", self._text.span(start, end), value=self._text.text[start:end])

    def _open(self, event: Any, items: object) -> None:  # noqa: ANN401
        self._node(event, text=False)
        if 2 * (len(self._frames) + 1) > DEPTH:
            self._too_deep(event.start_mark.index)
        frame = self._frames[-1] if self._frames else None
        if frame is not None and isinstance(frame.items, dict) and frame.key is None:
            at = event.start_mark.index
            self._report("PRF114", self._text.span(at, at + 1), value=self._text.text[at])
        self._frames.append(
            _Frame(items, self._next_path(), event.start_mark, flow=bool(event.flow_style))
        )

    def brackets_ahead(self) -> None:
        """PRF102, where libyaml looked ahead into more brackets than it can hold.

        Raises:
            Stop: It was so.
        """
        depth = len(self._frames)
        for found in _BRACKETS.finditer(self._text.text, self._taken):
            if found[0] in "[{":
                depth += 1
            elif found[0] in "]}":
                depth -= 1
            if 2 * depth > DEPTH:
                self._too_deep(found.start())

    def _too_deep(self, at: int) -> None:
        self._report("PRF102", self._text.span(at, at + 1), most=DEPTH // 2)
        raise Stop

    def _close(self, event: Any) -> None:  # noqa: ANN401
        frame = self._frames.pop()
        end = event.end_mark if frame.flow else frame.end
        self._put(frame.items, frame.start, end, None)

    def _next_path(self) -> Path:
        if not self._frames:
            return ()
        frame = self._frames[-1]
        if isinstance(frame.items, list):
            return (*frame.path, len(frame.items))
        return (*frame.path, frame.key or "")

    # Values

    def _put(self, value: object, start: Any, end: Any, event: Any) -> None:  # noqa: ANN401
        """Put a finished *value* where it belongs; in the place of a key it becomes one."""
        span = Span(self._text.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        if not self._frames:
            self.root = value
            self.spans[()] = span
            return
        frame = self._frames[-1]
        # The scanners disagree on where a value ends that was not written.
        missing = isinstance(value, Scalar) and not value and not value.quoted
        frame.end = frame.end if missing else end
        if isinstance(frame.items, list):
            self.spans[(*frame.path, len(frame.items))] = span
            frame.items.append(value)
        elif frame.key is None:
            frame.key = self._key(frame, value, span, event)
            self.key_spans[(*frame.path, frame.key)] = span
        else:
            path = (*frame.path, frame.key)
            # Where nothing was written the key is the place to look at.
            self.spans[path] = self.key_spans[path] if missing else span
            frame.items[frame.key] = value
            frame.key = None

    def _key(self, frame: _Frame, value: object, span: Span, event: Any) -> str:  # noqa: ANN401
        """Return a key as text, after noting what is wrong with it."""
        if not isinstance(value, Scalar) or type(event) is yaml.AliasEvent:
            return f"[{len(frame.items)}]"  # was refused as a key already
        if not value:
            self._report("PRF114", span, value=self._text.line(span.line).strip())
        elif value == "<<":
            self._report("PRF111", span, value=str(value))
        compared = _compared(value)
        if compared in frame.keys:
            self._report("PRF113", span, value=str(value), line=frame.keys[compared])
        else:
            frame.keys[compared] = span.line
        return str(value)

    def _scalar(self, event: Any) -> None:  # noqa: ANN401
        self._node(event, text=True)
        style = event.style
        quoted = bool(style) or event.tag is not None
        value = Scalar(event.value, quoted=quoted)
        start, end = event.start_mark, event.end_mark
        if len(value) > MOST_CHARACTERS:
            at = start.index
            self._report(
                "PRF104",
                self._text.span(at, at + _SHORT),
                value=f"{len(value):,}",
                most=f"{MOST_CHARACTERS:,}",
            )
            raise Stop
        if style and self._tabs:
            self.quoted.append((start.index, end.index))
        if style == '"' and FORBIDDEN.search(value):
            self._unprintable(value, start.index, end.index)
        elif style in ("|", ">"):
            end = self._block_end(value, start, end)
        elif not quoted and value:
            self._plain(value, start, end)
        self._put(value, start, end, event)

    def _unprintable(self, value: str, start: int, end: int) -> None:
        """PRF106: an escape stands for a character that may not be shown."""
        places = origins(self._text.text[start:end], value)
        for found in FORBIDDEN.finditer(value):
            place = places[found.start()] if places else (0, end - start)
            self._report(
                "PRF106",
                self._text.span(start + place[0], start + place[1]),
                value=sign_name(found[0]),
            )
            if "\ud800" <= found[0] <= "\udfff":
                raise Stop  # libyaml reads no further here

    def _block_end(self, value: str, start: Any, end: Any) -> _Place:  # noqa: ANN401
        """Return the end of a block's last line with something in it."""
        raw = self._text.text[start.index : end.index].rstrip()
        header = raw.partition("\n")[0]
        if not value and re.search(r"[1-9]", header):
            at = start.index
            self._report(
                "PRF126", self._text.span(at, at + len(header)), value=header, better=f'"{header}"'
            )
        feeds = raw.count("\n")
        if not feeds:
            return _Place(start.line, start.column + len(raw))
        return _Place(start.line + feeds, len(raw) - raw.rfind("\n") - 1)

    def _plain(self, value: str, start: Any, end: Any) -> None:  # noqa: ANN401
        """Note what plain text most likely wasn't meant to be."""
        if self._frames and self._frames[-1].flow and value.count("(") > value.count(")"):
            self._report("PRF123", self._text.span(start.index, end.index), value=value)
        elif value[0] == "-" and start.line != end.line:
            raw = self._text.text[start.index : end.index]
            if _DASHES.fullmatch(raw):
                self._report(
                    "PRF125",
                    self._text.span(start.index, start.index + 1),
                    value=raw.partition("\n")[0].strip(),
                    better=f"- {raw[1:].partition(chr(10))[0].strip()}",
                )

    # Faults

    def _span(self, event: Any) -> Span:  # noqa: ANN401
        return self._text.span(event.start_mark.index, event.end_mark.index)

    def _report(self, code: str, span: Span, **args: object) -> None:
        self.faults.append(self._text.diagnose(code, span, **args))
        if len(self.faults) >= MOST_FAULTS:
            raise Stop


def _compared(key: Scalar) -> str:
    """Return a key as it is compared: equal to the eye, or equal as numbers, is equal.

    >>> _compared(Scalar("ｉｄ")), _compared(Scalar("4.0")), _compared(Scalar("04"))
    ('id', '4', '04')
    """
    text = str(key)
    if not text.isascii():
        text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text))
    text = text.strip()
    number = parse_decimal(text) if len(text) <= _LONGEST_NUMBER else None
    if number is not None and not key.quoted and _WHOLE.fullmatch(text):
        return plain(number)
    return text
