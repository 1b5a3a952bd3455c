"""Files that are written beside their place and moved into it when they are complete."""

import csv
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from perfrules.api import why
from perfrules.decimals import parse_decimal
from perfrules.engine.render.words import tidy
from perfrules.errors import UsageError
from perfrules.messages import diagnose

_STARTS = "=+-@＝＋－＠"


def guarded(cell: str) -> str:
    """Return *cell* so that a spreadsheet shows it as text: an apostrophe before a formula.

    >>> guarded("=cmd|'/C calc'!A0"), guarded("-5"), guarded("P001")
    ("'=cmd|'/C calc'!A0", '-5', 'P001')
    """
    shown = tidy(cell)
    if shown[:1] in _STARTS and shown and parse_decimal(shown) is None:
        return f"'{shown}"
    return shown


def csv_line(cells: Sequence[str]) -> str:
    r"""Return one line of CSV, every cell guarded.

    >>> csv_line(["甲, 乙", "=1+1"])
    '"甲, 乙",\'=1+1\r\n'
    """
    found: list[str] = []

    class Sink:
        """What `csv.writer` needs of a file."""

        def write(self, text: str) -> int:
            found.append(text)
            return len(text)

    csv.writer(Sink(), lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return "".join(found)


@contextmanager
def writing(name: str) -> Iterator[None]:
    """Turn what the system says about writing into PRF640."""
    try:
        yield
    except (OSError, ValueError) as fault:
        raise UsageError((diagnose("PRF640", value=name, reason=why(fault)),)) from None


class Output:
    """A file in the making; `commit` moves it into place, leaving it otherwise removes it.

    Args:
        name: Where it shall be. What is there and is no plain file (a pipe, a terminal) is written
            directly.
        mark: Whether it starts with a byte order mark, for spreadsheet programs.
    """

    def __init__(self, name: str, *, mark: bool = False) -> None:
        self.name = name
        with writing(name):
            self._place = Path(os.path.realpath(name))
            direct = self._place.exists() and not self._place.is_file()
            if direct and self._place.is_dir():
                raise IsADirectoryError(21, "")
            self._partial = (
                None
                if direct
                else self._place.with_name(f".{self._place.name}.{os.getpid()}.partial")
            )
            self._stream: IO[bytes] = (self._partial or self._place).open("wb")
        if mark:
            self.write("\ufeff")

    def write(self, text: str) -> None:
        """Write text as UTF-8; a lone half of a sign is shown by its number."""
        with writing(self.name):
            self._stream.write(text.encode("utf-8", "backslashreplace"))

    def commit(self) -> None:
        """Make the file durable and move it into place."""
        with writing(self.name):
            self._stream.flush()
            if self._partial is not None:
                os.fsync(self._stream.fileno())
            self._stream.close()
            if self._partial is not None:
                self._partial.replace(self._place)
                self._partial = None

    def discard(self) -> None:
        """Remove what was not committed."""
        with suppress(OSError):  # where the disk is full, removing the file is what helps
            self._stream.close()
        if self._partial is not None:
            self._partial.unlink(missing_ok=True)


@contextmanager
def output(name: str | None, *, mark: bool = False) -> Iterator[Output | None]:
    """Give a file in the making, or None for no name; what isn't committed leaves no trace."""
    if name is None:
        yield None
        return
    sink = Output(name, mark=mark)
    try:
        yield sink
    finally:
        sink.discard()
