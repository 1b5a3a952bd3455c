"""The journal of a run: what it is about, and a record of each part, every line with its digest.

A line that was cut off while it was written fails its digest, and is as if it had never been there.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, BinaryIO

_SIZE = 64  # hexadecimal digits of a digest


@dataclass(frozen=True, slots=True)
class Record:
    """A finished part: its counts, and the size and the digest of each of its files."""

    part: int
    scored: int
    rejected: int
    output: tuple[int, str]
    rejects: tuple[int, str]


def digest(data: bytes | memoryview) -> str:
    """Return the sha256 of *data* in hexadecimal digits.

    >>> digest(b"")[:8]
    'e3b0c442'
    """
    return hashlib.sha256(data).hexdigest()


def line_of(body: Mapping[str, object]) -> bytes:
    r"""Return a line of the journal.

    >>> line_of({"part": 0})[64:]
    b' {"part": 0}\n'
    """
    text = json.dumps(body, ensure_ascii=False, sort_keys=True)
    data = text.encode("utf-8", "backslashreplace")
    return digest(data).encode() + b" " + data + b"\n"


def lines_of(data: bytes) -> Iterator[tuple[int, dict[str, object]]]:
    r"""Yield each sound line with the place where it ends, up to the first that isn't.

    >>> whole = line_of({"part": 0}) + line_of({"part": 1})
    >>> [body for _, body in lines_of(whole)], [body for _, body in lines_of(whole[:-2])]
    ([{'part': 0}, {'part': 1}], [{'part': 0}])
    """
    end = 0
    for line in data.splitlines(keepends=True):
        body = line[_SIZE + 1 : -1]
        if line != digest(body).encode() + b" " + body + b"\n":
            return
        end += len(line)
        yield end, json.loads(body)


def record_line(record: Record) -> bytes:
    """Return the line of a finished part."""
    return line_of(asdict(record))


def record_of(body: Mapping[str, object]) -> Record:
    """Return the record of a line that `record_line` wrote."""
    given: Any = body  # written by us: the digest says so
    output, rejects = (tuple(given[name]) for name in ("output", "rejects"))
    return Record(given["part"], given["scored"], given["rejected"], output, rejects)


def latest(bodies: Iterable[Mapping[str, object]]) -> dict[int, Record]:
    """Return the last record of each part."""
    return {record.part: record for record in map(record_of, bodies)}


def lock(stream: BinaryIO) -> bool:
    """Keep other processes away from an open journal until it is closed; False if one has it."""
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415 - there is none elsewhere

        stream.seek(1 << 30)  # a byte that nobody reads
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import errno  # noqa: PLC0415 - only beside fcntl
    import fcntl  # noqa: PLC0415 - there is none on Windows

    try:
        fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        # A file system without locks is no reason not to score.
        return fault.errno not in (errno.EAGAIN, errno.EACCES)
    return True


def durable(stream: BinaryIO) -> None:
    """See to it that what was written is on the disk."""
    stream.flush()
    os.fsync(stream.fileno())
