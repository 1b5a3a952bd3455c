"""The lines of a file as text: decoded as it was told, nothing guessed, none too long."""

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.files.decode import LAST_DOUBTFUL, encoding_named, not_text, two_readings
from perfrules.files.entry import Source, at_line
from perfrules.messages import diagnose

LONGEST = 1_000_000  # bytes of a line


class Lines:
    """Turns the lines of one file into text, in their order.

    `number` is that of the last line; `sure` says whether the encoding can't be another one.

    Args:
        file: The file's name, for messages.
        encoding: What it is written in; None is UTF-8.
    """

    def __init__(self, file: str, encoding: str | None) -> None:
        self.file = file
        self.encoding = encoding_named(encoding)
        self.number = 0
        self.sure = encoding is not None
        self._doubt: Diagnostic | None = None

    def text(self, data: bytes) -> str:
        """Return the next line as text.

        Raises:
            UsageError: PRF614, it is too long; PRF606, it isn't in the encoding.
        """
        self.number += 1
        if len(data) == LONGEST and not data.endswith(b"\n"):
            raise UsageError((too_large(self.file, self.number, f"> {LONGEST} B", f"{LONGEST} B"),))
        try:
            text = data.decode(self.encoding)
        except UnicodeDecodeError as fault:
            told = not_text(self.file, self.encoding, data, fault.start, self.number)
            raise UsageError((told,)) from None
        self.sure = self.sure or (not text.isascii() and max(text) > LAST_DOUBTFUL)
        if not self.sure and self._doubt is None:
            self._doubt = two_readings(self.file, text, self.number)
        if self.encoding == "utf-8-sig":
            self.encoding = "utf-8"  # a byte order mark stands at the start of the file alone
        return text

    def end(self) -> None:
        """See to it that the whole file was written in one encoding; UsageError PRF627."""
        if self._doubt is not None and not self.sure:
            raise UsageError((self._doubt,))


def raw_lines(stream: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a file as bytes; one that is too long is cut."""
    return iter(partial(stream.readline, LONGEST), b"")


def lines_of(source: Source, encoding: str | None) -> Iterator[str]:
    """Yield the lines of a file.

    Raises:
        UsageError: PRF606, PRF614, and PRF627 after the last line.
    """
    lines = Lines(source.name, encoding)
    with source.open() as stream:
        if lines.encoding.startswith("utf-16"):  # a line feed is two bytes: split after decoding
            data = stream.read()
            try:
                yield from (f"{line}\n" for line in data.decode(lines.encoding).split("\n"))
            except UnicodeDecodeError as fault:
                told = not_text(source.name, lines.encoding, data, fault.start, 1)
                raise UsageError((told,)) from None
            return
        yield from map(lines.text, raw_lines(stream))
    lines.end()


def too_large(file: str, line: int, value: str, most: str) -> Diagnostic:
    """Return PRF614."""
    return diagnose(
        "PRF614", at_line(file, line), value=value, expected=Text(most, most), file=file, line=line
    )
