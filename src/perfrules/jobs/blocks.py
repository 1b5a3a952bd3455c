"""A CSV cut into blocks of rows that can be read by themselves, wherever they are read.

The first walk sees that the file is sound from end to end, finds where rows begin and names that
stand twice; the second only takes bytes. A block is plain where every line is a row of cells
with quotation marks round whole cells only: nearly all are, and are read many times faster.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import chain, islice
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from perfrules.engine.batch.text.grid import Data, Grid, Signs, grid_of, is_utf8, signs_of
from perfrules.engine.batch.text.quotes import unquoted
from perfrules.errors import UsageError
from perfrules.files.csv import CsvOptions, records
from perfrules.files.entry import Source, at_line
from perfrules.files.headings import Headings, wanted_of
from perfrules.files.lines import Lines, raw_lines
from perfrules.files.units import headings_of
from perfrules.jobs.identity import About
from perfrules.jobs.pieces import pieces, taken
from perfrules.lang.characters import narrowed
from perfrules.lang.plan import InputPlan
from perfrules.messages import diagnose

_FIELD = 131_072  # signs: the longest cell that the csv module reads
_BLANK = re.compile(rb"\n\r?\n")
_CHINESE = re.compile(rb"[\xe0-\xf4]")  # a sign that UTF-8 writes in three bytes or four


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of a CSV.

    `line` is the file's line where they begin. `twice` has the lines of units that stood before,
    with the lines where they first stood.
    """

    line: int
    data: Data
    plain: bool
    twice: Mapping[int, int]

    def __reduce__(self) -> tuple[object, ...]:
        """A view of memory doesn't travel, its bytes do."""
        return Block, (self.line, bytes(self.data), self.plain, self.twice)


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

    def of(self, grid: Grid) -> Any:  # noqa: ANN401 - whatever `plain` takes
        """Return the units of a plain block; in any thread."""

    def plain(self, names: Any, line: int) -> None:  # noqa: ANN401 - what `of` gave
        """Take the units of a plain block."""

    def one(self, unit: str, line: int) -> None:
        """Take one unit."""

    def twice(self) -> Mapping[int, int]:
        """Return the lines of units that stood before, with the first line of each."""


NamesOf: TypeAlias = Callable[[int | None], Names]


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

    def survey(self, names: NamesOf, threads: int = 1) -> Mapping[int, int]:
        """Walk over the file; return the lines of units that stood before.

        Args:
            names: Makes the `Names` of a file from the place of its unit.
            threads: How many blocks are looked at side by side.

        Raises:
            UsageError: The file or a heading can't be used.
        """
        options = self.options
        lines = Lines(self.source.name, options.encoding)
        with self.source.open() as stream:
            start = self._head(lines, raw_lines(stream))
            place = self.headings.places.get(narrowed(options.id or "unit"))
            found = names(place)
            look = _Look(options.delimiter, self.width, lines.encoding, found.of)
            plain, full = True, False
            with pieces(stream, self.rows, look, threads) as walk:
                while piece := walk.at(start, ahead=plain):
                    first = lines.number + 1
                    before = self.total
                    data, seen = piece.data, piece.seen
                    plain = seen is not None and _sure(seen, lines)
                    if seen is not None and plain:
                        found.plain(seen.names, first)
                        lines.number += piece.count
                        self.total += piece.count
                        full = full or any(self._says(line, lines) for line in BytesIO(data))
                    else:
                        stream.seek(start)
                        data = self._rows(lines, raw_lines(stream), found, place)
                        full = full or self.total > before
                    size = len(data)
                    count = lines.number + 1 - first
                    self.places.append(Place(first, start, size, plain, count))
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

    def _says(self, line: bytes, lines: Lines) -> bool:
        """Return whether a cell of a plain line has a value."""
        text = line.decode(lines.encoding).replace('"', "")
        return bool(text.replace(self.options.delimiter, "").strip())

    def _rows(self, lines: Lines, raw: Iterator[bytes], names: Names, place: int | None) -> bytes:
        """Read a block row by row, to the end of its last one; return its bytes."""
        block = list(islice(raw, self.rows))
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
class _Seen:
    """What there is to know of plain lines: their units, and what tells their encoding."""

    names: Any
    ascii: bool
    chinese: bool


@dataclass(frozen=True, slots=True)
class _Look:
    """Looks at lines by themselves.

    Args:
        delimiter: What separates cells.
        width: How many cells a row has.
        encoding: What the file is written in.
        names: Takes the units of lines.
    """

    delimiter: str
    width: int
    encoding: str
    names: Callable[[Grid], Any]

    def __call__(self, data: Data, count: int) -> _Seen | None:
        """Return what is seen where each line is a row, its cells between delimiters; else None.

        Args:
            data: The lines.
            count: How many they are.
        """
        signs = signs_of(data)
        if bytes(data[:1]) in b"\r\n" or (self.width == 1 and _BLANK.search(data)):
            return None
        if signs.quoted:
            bare = unquoted(data, self.delimiter)
            if bare is None or (self.width == 1 and (bare[:1] in b"\r\n" or _BLANK.search(bare))):
                return None
            data = bare
        text = self._text(data, signs)
        if text is None or text[:3] == BOM_UTF8:  # of a cell: the file's own was read before
            return None
        grid = grid_of(text, count, self.delimiter, self.width)
        if grid is None or grid.longest() >= _FIELD:
            return None
        # Signs of control are no text; a carriage return that ends no line ends it for some.
        if signs.controls != grid.breaks() + signs.tabs:
            return None
        return _Seen(self.names(grid), signs.ascii, _CHINESE.search(data) is not None)

    def _text(self, data: Data, signs: Signs) -> Data | None:
        """Return lines in UTF-8; None where they are no text: which isn't, reading them says."""
        if self.encoding == "utf-8":
            return data if signs.ascii or is_utf8(data) else None
        try:
            return str(data, self.encoding).encode()
        except UnicodeDecodeError:
            return None


def _sure(seen: _Seen, lines: Lines) -> bool:
    """Return whether plain lines leave no doubt about the encoding of their file."""
    if not lines.sure and not seen.ascii:
        lines.sure = seen.chinese
        return lines.sure
    return True


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
                data = taken(stream, place.size)
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
