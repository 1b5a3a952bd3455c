"""Bytes become the text of a document, or the reasons why not; UTF-8 alone, bounded, printable."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any, Final
from unicodedata import name

from perfrules.errors import Diagnostic, RulesetError, Span, Text
from perfrules.messages import diagnose

MOST_BYTES: Final = 1_000_000
MOST_FAULTS: Final = 100  # told at once; who has more has one fault a hundred times
_BOM: Final = "\ufeff"
# Controls, U+0085 and the other invisible line breaks, direction marks, surrogates, noncharacters.
FORBIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
TAG: Final = re.compile(r"![^\s,\[\]{}]*")
_SIGNATURES: Final = (
    (b"PK\x03\x04", Text("Excel、Word 或压缩文件", "an Excel, Word or zip file")),
    (b"\xd0\xcf\x11\xe0", Text("旧版 Excel 或 Word 文件", "an old Excel or Word file")),
    (b"\x1f\x8b", Text("压缩文件", "a compressed file")),
    (b"\xff\xfe", Text("UTF-16 文本", "text in UTF-16")),
    (b"\xfe\xff", Text("UTF-16 文本", "text in UTF-16")),
)
_SHOWN: Final = 8  # bytes of the place that can't be decoded


@dataclass(frozen=True)
class Source:
    """A document's text, line ends as line feeds, with the name of its file."""

    file: str
    text: str

    @cached_property
    def lines(self) -> list[str]:
        """Return the lines of the text without their ends."""
        return self.text.split("\n")

    @cached_property
    def starts(self) -> list[int]:
        """Return the place in the text at which each line starts."""
        found = [0]
        for line in self.lines:
            found.append(found[-1] + len(line) + 1)
        return found[:-1]

    def line(self, number: int) -> str:
        """Return the line of that 1-based number; one that isn't there is empty."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def index(self, line: int, column: int) -> int:
        """Return the place in the text of a 1-based line and column."""
        if line > len(self.starts):
            return len(self.text)
        return self.starts[line - 1] + column - 1

    def span(self, start: int, end: int) -> Span:
        """Return the span of the text from *start* up to *end*, counted in characters."""
        line = self.text.count("\n", 0, start) + 1
        end_line = line + self.text.count("\n", start, end)
        return Span(
            self.file,
            line,
            start - self.text.rfind("\n", 0, start),
            end_line,
            end - self.text.rfind("\n", 0, end),
        )

    def diagnose(
        self,
        code: str,
        span: Span,
        **args: Any,  # noqa: ANN401 - what the sentence of the code names
    ) -> Diagnostic:
        """Return the diagnostic of *code* at *span*, with its source line."""
        return diagnose(code, span, excerpt=self.line(span.line), **args)


def read_source(source: bytes | str, file: str) -> Source:
    r"""Return the text that *source* holds, without a byte order mark, line ends as line feeds.

    Raises:
        RulesetError: PRF101 too large, PRF105 not UTF-8, PRF106 characters that can't be printed.

    >>> read_source(b"\xef\xbb\xbfa: 1\r\n", "x.yaml").text
    'a: 1\n'
    """
    if _size(source) > MOST_BYTES:
        raise RulesetError(
            (
                diagnose(
                    "PRF101",
                    Span(file, 1, 1, 1, 1),
                    value=f"{_size(source):,}",
                    most=f"{MOST_BYTES:,}",
                ),
            )
        )
    text = source if isinstance(source, str) else _decoded(source, file)
    text = text.removeprefix(_BOM).replace("\r\n", "\n").replace("\r", "\n")
    found = Source(file, text)
    forbidden = [item.start() for item in islice(FORBIDDEN.finditer(text), MOST_FAULTS)]
    if forbidden:
        raise RulesetError(
            tuple(
                found.diagnose("PRF106", found.span(at, at + 1), value=sign_name(text[at]))
                for at in forbidden
            )
        )
    return found


def sign_name(sign: str) -> str:
    r"""Return what a sentence calls a character that can't be shown.

    >>> sign_name("\u202e"), sign_name("\x1b")
    ('U+202E RIGHT-TO-LEFT OVERRIDE', 'U+001B')
    """
    return f"U+{ord(sign):04X} {name(sign, '')}".strip()


def _size(source: bytes | str) -> int:
    if isinstance(source, bytes) or len(source) > MOST_BYTES:
        return len(source)
    return len(source.encode("utf-8", "surrogatepass"))


def _decoded(data: bytes, file: str) -> str:
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise RulesetError((_not_utf8(data, 0, file, what),))
    if data.count(0) > len(data) // 4:
        raise RulesetError((_not_utf8(data, data.index(0), file, _SIGNATURES[-1][1]),))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise RulesetError((_not_utf8(data, fault.start, file, _guess(data)),)) from None


def _guess(data: bytes) -> Text:
    """Return what *data*, which is not UTF-8, most likely is."""
    for encoding in ("gb18030", "big5"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return Text(f"{encoding.upper()} 之类的编码", f"an encoding such as {encoding.upper()}")
    return Text("别的编码，或已损坏", "another encoding, or damaged")


def _not_utf8(data: bytes, at: int, file: str, what: Text) -> Diagnostic:
    before = data[:at].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    line = before.count("\n") + 1
    column = len(before) - before.rfind("\n")
    span = Span(file, line, column, line, column + 1)
    return diagnose("PRF105", span, value=data[at : at + _SHOWN].hex(" "), what=what)
