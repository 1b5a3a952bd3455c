"""A CSV cut into blocks of rows that can be read by themselves, wherever they are read.

The first walk sees that the file is sound from end to end, finds where rows begin and names that
stand twice; the second only takes bytes. A block is plain where every line is a row of cells
without quotation marks: nearly all are, and those are read many times faster.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Protocol, TypeAlias

from perfrules.errors import UsageError
from perfrules.files.csv import CsvOptions, records
from perfrules.files.entry import Source, at_line
from perfrules.files.fold import fold
from perfrules.files.headings import Headings, wanted_of
from perfrules.files.lines import Lines, raw_lines
from perfrules.files.units import headings_of
from perfrules.jobs.identity import About
from perfrules.lang.plan import InputPlan
from perfrules.messages import diagnose

_FIELD = 131_072  # signs: the longest cell that the csv module reads
_CONTROLS = bytes(sign for sign in range(32) if sign not in b"\t\r\n")
_BLANK = re.compile(rb"\n\r?\n")
_CHINESE = re.compile(rb"[\xe0-\xf4]")  # a sign that UTF-8 writes in three bytes or four


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a CSV.

    `line` is the file's line where they begin. `twice` has the lines of units that stood before,
    with the lines where they first stood.
    """

    line: int
    data: bytes
    plain: bool
    twice: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block stands in the file."""

    line: int
    start: int
    size: int
    plain: bool
    lines: int


class Names(Protocol):
    """Takes the units of all blocks and finds those that stand twice."""

    def plain(self, data: bytes, line: int) -> bool:
        """Take the units of a plain block; False where it can't be read as one."""

    def one(self, unit: str, line: int) -> None:
        """Take one unit."""

    def twice(self) -> Mapping[int, int]:
        """Return the lines of units that stood before, with the first line of each."""


NamesOf: TypeAlias = Callable[[str, int, int | None], Names]


@dataclass(slots=True)
class Blocks:
    """The blocks of a file.

    Args:
        source: The file.
        inputs: What the ruleset reads.
        options: How the CSV is read; no tables, no key.
        rows: How many lines a block has, and as many more as its last row needs.

    `total` is the number of rows, and of lines without a value in plain blocks.
    """

    source: Source
    inputs: tuple[InputPlan, ...]
    options: CsvOptions
    rows: int
    headings: Headings = field(init=False)
    width: int = field(init=False)
    places: list[Place] = field(default_factory=list)
    total: int = 0

    def survey(self, names: NamesOf) -> Mapping[int, int]:
        """Walk over the file; return the lines of units that stood before.

        Args:
            names: Makes the `Names` of a file from its delimiter, its width and its unit's place.

        Raises:
            UsageError: The file or a heading can't be used.
        """
        options = self.options
        lines = Lines(self.source.name, options.encoding)
        with self.source.open() as stream:
            raw = raw_lines(stream)
            start = self._head(lines, raw)
            place = self.headings.places.get(fold(options.id or "unit"))
            full = False
            found = names(options.delimiter, self.width, place)
            while block := list(islice(raw, self.rows)):
                first = lines.number + 1
                data = b"".join(block)
                plain = self._plain(block, data, lines) and found.plain(
                    data if lines.encoding == "utf-8" else _utf8(data, lines.encoding), first
                )
                if plain:
                    lines.number += len(block)
                    self.total += len(block)
                    full = full or any(self._says(line, lines) for line in block)
                else:
                    before = self.total
                    data = self._rows(lines, block, raw, found, place)
                    full = full or self.total > before
                size = len(data)
                self.places.append(Place(first, start, size, plain, lines.number + 1 - first))
                start += size
        lines.end()
        if not full:
            name = self.source.name
            raise UsageError((diagnose("PRF612", at_line(name, 1), file=name),))
        return found.twice()

    def _head(self, lines: Lines, raw: Iterator[bytes]) -> int:
        """Read the headings; return where the first row begins."""
        size = 0

        def counted() -> Iterator[str]:
            nonlocal size
            for data in raw:
                size += len(data)
                yield lines.text(data)

        rows = records(counted(), self.source.name, self.options.delimiter)
        line, _, heads = next(rows, (1, 1, []))
        named = {"--id": self.options.id} if self.options.id else {}
        wanted = wanted_of(self.inputs)
        self.headings, problems = headings_of(
            line, heads, self.source.name, wanted, named, self.options.ignore
        )
        self.width = len(heads)
        if problems:
            for _ in rows:  # a file that isn't sound says so first
                pass
            lines.end()
            raise UsageError(problems)
        return size

    def _plain(self, block: list[bytes], data: bytes, lines: Lines) -> bool:
        """Return whether each line is a row and its cells are what stands between delimiters."""
        if (
            b'"' in data
            or (b"\r" in data and data.count(b"\r") != data.count(b"\r\n"))
            or len(data.translate(None, _CONTROLS)) != len(data)
            or data[:1] in b"\r\n"
            or data.startswith(BOM_UTF8)  # of a cell, since the file's own was read before
            or _BLANK.search(data)
            or max(map(len, block)) >= _FIELD
        ):
            return False
        try:
            text = data.decode(lines.encoding)
        except UnicodeDecodeError:
            return False  # whose line it is, reading line by line says
        if not lines.sure and not text.isascii():
            if not _CHINESE.search(data):
                return False
            lines.sure = True
        return True

    def _says(self, line: bytes, lines: Lines) -> bool:
        """Return whether a cell of a plain line has a value."""
        return bool(line.decode(lines.encoding).replace(self.options.delimiter, "").strip())

    def _rows(
        self,
        lines: Lines,
        block: list[bytes],
        raw: Iterator[bytes],
        names: Names,
        place: int | None,
    ) -> bytes:
        """Read a block row by row, to the end of its last one; return its bytes."""
        taken: list[bytes] = []
        first = lines.number + 1

        def counted() -> Iterator[str]:
            for data in chain(block, raw):
                taken.append(data)
                yield lines.text(data)

        last = first + len(block) - 1
        rows = records(counted(), self.source.name, self.options.delimiter, first)
        for line, end, cells in rows:
            self.total += 1
            if place is not None and place < len(cells):
                names.one(cells[place].strip(), line)
            if end >= last:
                break
        return b"".join(taken)


@dataclass(frozen=True, slots=True)
class BlockTasks:
    """The blocks of a file that was surveyed, as parts."""

    blocks: Blocks
    twice: Mapping[int, int]
    identity: About

    def parts(self, done: Container[int]) -> Iterator[tuple[int, Block]]:
        """Yield the blocks that aren't done; only their bytes are read."""
        with Path(self.blocks.source.name).open("rb") as stream:
            for number, place in enumerate(self.blocks.places):
                if number in done:
                    continue
                stream.seek(place.start)
                data = stream.read(place.size)
                yield number, Block(place.line, data, place.plain, self._twice(place))
        self.identity.unchanged()

    def about(self) -> Mapping[str, str]:
        """Return what the run is about."""
        return self.identity()

    def _twice(self, place: Place) -> Mapping[int, int]:
        if not self.twice:
            return {}
        lines = range(place.line, place.line + place.lines)
        return {line: first for line, first in self.twice.items() if line in lines}


def _utf8(data: bytes, encoding: str) -> bytes:
    return data.decode(encoding).encode()
