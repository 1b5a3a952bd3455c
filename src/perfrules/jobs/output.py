"""Files that are written beside their place and moved into it when they are complete."""

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


def csv_cell(cell: str) -> str:
    """Return *cell* as a line of CSV holds it: guarded, and in quotes where it must be.

    >>> csv_cell("P001"), csv_cell("甲,乙")
    ('P001', '"甲,乙"')
    """
    if cell.isalnum():
        return cell
    shown = guarded(cell)
    if "," in shown or '"' in shown:
        return '"' + shown.replace('"', '""') + '"'
    return shown


def csv_line(cells: Sequence[str]) -> str:
    r"""Return one line of CSV, every cell guarded.

    >>> csv_line(["甲, 乙", "=1+1"])
    '"甲, 乙",\'=1+1\r\n'
    """
    line = ",".join(map(csv_cell, cells))
    return (line or '""') + "\r\n" if len(cells) == 1 else line + "\r\n"


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
        run: What only one run at a time writes has a name that no other run's has: what an earlier
            one left half written is written over.
    """

    def __init__(self, name: str, *, mark: bool = False, run: str | None = None) -> None:
        self.name = name
        with writing(name):
            self._place = Path(os.path.realpath(name))
            direct = not replaceable(name)
            if direct and self._place.is_dir():
                raise IsADirectoryError(21, "")
            middle = str(os.getpid()) if run is None else run
            self._partial = (
                None if direct else self._place.with_name(f".{self._place.name}.{middle}.partial")
            )
            self._stream: IO[bytes] = (self._partial or self._place).open("wb")
        if mark:
            self.write("\ufeff")

    def write(self, text: str) -> None:
        """Write text as UTF-8; a lone half of a sign is shown by its number."""
        self.put(text.encode("utf-8", "backslashreplace"))

    def put(self, data: bytes | memoryview) -> None:
        """Write bytes."""
        with writing(self.name):
            self._stream.write(data)

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


def replaceable(name: str) -> bool:
    """Return whether an output is moved into place: not a pipe, a terminal or a folder."""
    with writing(name):
        place = Path(os.path.realpath(name))
        return place.is_file() or not place.exists()


@contextmanager
def output(
    name: str | None, *, mark: bool = False, run: str | None = None
) -> Iterator[Output | None]:
    """Give a file in the making, or None for no name; what isn't committed leaves no trace."""
    if name is None:
        yield None
        return
    sink = Output(name, mark=mark, run=run)
    try:
        yield sink
    finally:
        sink.discard()
