"""A CSV read in blocks is what `files.csv` reads row by row: units, faults, lines, everything."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules import loads
from perfrules.errors import Diagnostic, UsageError
from perfrules.files.csv import CsvOptions, read_csv
from perfrules.files.entry import Entry, Source
from perfrules.jobs import blocks as module
from perfrules.jobs.blocks import Blocks, BlockTasks
from perfrules.jobs.cells import BlockReader
from perfrules.jobs.columns import Rows
from perfrules.jobs.identity import About
from perfrules.jobs.names import ColumnNames

TEXT = """\
ruleset: block.form
version: "1.0"
title: blocks
inputs:
  a: {type: text, title: 甲, optional: true}
  b: {type: number, title: 乙, optional: true}
  s: {type: survey, of: [很满意, 满意], title: 满意度, optional: true}
report: {b: b}
"""
PROGRAM = loads(TEXT)
INPUTS = PROGRAM.plan.inputs
HEADS = "unit,a,b,s.很满意,s.满意"
SPACES = [" ", "\t", "\u3000", "\u00a0", "\u2003", "\u2028", "\x85", "\x1c", "\ufeff"]
ODD = [
    '"',
    "x\x00y",
    "\x0b",
    "\r",
    "\u200b",
    "é",
    "ĳСѧ",
    "P001",
    "p００１ ",
    "P002",
    "",
    "1,234",
    "5",
]
CELLS = st.one_of(
    st.sampled_from([*ODD, *SPACES, "某小学", '"a\nb"', '"a ""b"" c"', '"1,5"', '"a"', '""']),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=3),
)
ROWS = st.lists(
    st.one_of(
        st.lists(CELLS, min_size=5, max_size=5),
        st.lists(CELLS, max_size=7),
        st.just(["", "", "", "", ""]),
        st.tuples(st.sampled_from(["P001", "Ｐ001", "P002", "p003 ", ""]), CELLS).map(
            lambda two: [*two, "7", "1", "2"]
        ),
    ),
    max_size=8,
)


READERS: list[BlockReader] = []


def source_of(data: bytes) -> Source:
    return Source("facts.csv", lambda: BytesIO(data))


def by_rows(data: bytes, options: CsvOptions) -> tuple[list[Entry] | None, Sequence[Diagnostic]]:
    """Return the units that `read_csv` gives, or why there are none."""
    try:
        return list(read_csv(source_of(data), INPUTS, options)), ()
    except UsageError as error:
        return None, error.diagnostics


def parts_of(data: bytes, options: CsvOptions, rows: int, threads: int) -> Iterator[Rows]:
    """Yield what the blocks of a file hold."""
    blocks = Blocks(source_of(data), INPUTS, options, rows)
    tasks = BlockTasks(blocks, blocks.survey(ColumnNames, threads), About(PROGRAM, (), {}))
    reader = BlockReader("facts.csv", options, blocks.headings, blocks.width)
    with patch.object(Path, "open", lambda *_: BytesIO(data)):
        for _, block in tasks.parts(()):
            yield reader.read(block)
    READERS.append(reader)


def by_blocks(
    data: bytes, options: CsvOptions, rows: int, threads: int
) -> tuple[list[Entry] | None, Sequence[Diagnostic]]:
    """Return the same from blocks."""
    found: list[Entry] = []
    READERS.clear()
    try:
        parts = list(parts_of(data, options, rows, threads))
    except UsageError as error:
        return None, error.diagnostics
    for part in parts:
        entries = [READERS[0].entry(part, place) for place in range(len(part.batch))]
        for entry, row in zip(entries, part.batch.to_pylist(), strict=True):
            assert entry.facts is not None
            assert flat(entry.facts) == {
                name: value
                for name, value in row.items()
                if value is not None and not ("." in name and not value.strip())
            }
        found += sorted((*entries, *part.refused), key=lambda entry: entry.row)
    return found, ()


def flat(facts: object, *steps: str) -> dict[str, object]:
    """Return facts by heading."""
    if not isinstance(facts, dict):
        return {".".join(steps): facts}
    found: dict[str, object] = {}
    for name, value in facts.items():
        found |= flat(value, *steps, name)
    return found


def agree(data: bytes, options: CsvOptions, rows: int) -> None:
    wanted = by_rows(data, options)
    for threads in (1, 2):
        assert by_blocks(data, options, rows, threads) == wanted


@settings(max_examples=200, deadline=None)
@given(ROWS, st.sampled_from(["\n", "\r\n"]), st.integers(1, 4), st.booleans())
def test_any_text(rows: list[list[str]], end: str, size: int, last: bool) -> None:  # noqa: FBT001
    text = end.join([HEADS, *(",".join(row) for row in rows)]) + (end if last else "")
    agree(text.encode(), CsvOptions(), size)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=60), st.sampled_from([None, "gbk", "big5"]), st.integers(1, 3))
def test_any_bytes(data: bytes, encoding: str | None, size: int) -> None:
    agree(HEADS.encode("gbk" if encoding else "utf-8") + b"\n" + data, CsvOptions(encoding), size)


PLAIN = [f"P{number:03},甲{number},{number},1,2" for number in range(9)]
MARKED = [",".join(f'"{cell}"' for cell in row.split(",")) for row in PLAIN]
FILES = {
    "marks round every cell": "\n".join([HEADS, *MARKED]),
    "marks round some cells": "\r\n".join([HEADS, *MARKED[:3], *PLAIN[3:], ""]),
    "marks round every cell, twice": "\n".join([HEADS, *MARKED, MARKED[0], PLAIN[1]]),
    "marks round nothing": "\n".join([HEADS, *MARKED, '"","","","",""', '"",,,,', MARKED[0]]),
    "nothing but marks": f'{HEADS}\n"","","","",""\n',
    "marks round some cells and in others": "\n".join(
        [HEADS, *MARKED, '"P9","a ""b""",1,1,1', 'P8,"a,b",1,1,1', *PLAIN]
    ),
    "plain": "\n".join([HEADS, *PLAIN]),
    "a mark at the start": "\ufeff" + "\n".join([HEADS, *PLAIN]),
    "a mark inside": "\n".join([HEADS, *[f"\ufeff{row}" for row in PLAIN]]),
    "no unit": "\n".join(["a,b,s.很满意,s.满意", *(row[5:] for row in PLAIN)]),
    "blank lines": "\n".join(["", HEADS, "", *PLAIN, "", "", ",,,,", PLAIN[0], ""]),
    "a row of more lines than a block": "\n".join([HEADS, 'P9,"' + "\n" * 12 + '",1,1,1', *PLAIN]),
    "cells beyond the headings": "\n".join(
        [f"{HEADS},,", *(f"{row},," for row in PLAIN), "P9,,,,,,x"]
    ),
    "ragged": "\n".join([HEADS, *PLAIN, "P9,1", "P8,1,2,3,4,5", "P8,1,2,3,4,,"]),
    "twice": "\n".join([HEADS, *PLAIN, *PLAIN, "ｐ００1 ,,,,", "P9,\x00,,,"]),
    "twice and odd": "\n".join([HEADS, "P1,\x00,,,", 'p1,"a",,,', "P1,,", *PLAIN]),
    "a quotation mark inside": "\n".join([HEADS, 'P9,5" pipe,1,1,1', *PLAIN]),
    "an open quotation mark": "\n".join([HEADS, *PLAIN, 'P9,"never closed,1,1,1']),
    "a carriage return inside": "\n".join([HEADS, *PLAIN, "P9,a\rb,1,1,1"]),
    "headings alone": HEADS,
    "nothing": "",
    "nothing but blanks": f"{HEADS}\n,,,,\n , ,,,",
    "an unknown heading": "\n".join([f"{HEADS},c", *PLAIN]),
    "an unknown heading and no end": "\n".join([f"{HEADS},c", *PLAIN, 'P9,"']),
    "two readings": "unit,a,b\nP1,ĳСѧ,1",
    "a long line": "\n".join([HEADS, *PLAIN, f"P9,{'a' * 1_000_001},1,1,1"]),
    "a long cell": "\n".join([HEADS, *PLAIN, f"P9,{'a' * 140_000},1,1,1"]),
}


@pytest.mark.parametrize("size", [1, 3, 100])
@pytest.mark.parametrize("name", FILES)
def test_files(name: str, size: int) -> None:
    agree(FILES[name].encode(), CsvOptions(), size)


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters(encoding: str, delimiter: str) -> None:
    text = "\n".join([HEADS, *PLAIN, "P9,輡鄚縷,1,1,1"]).replace(",", delimiter)
    agree(text.encode(encoding), CsvOptions(encoding, delimiter), 4)


def test_another_column_names_the_unit() -> None:
    data = "\n".join(["code,a,b,s.很满意,s.满意", *PLAIN, *PLAIN[:2]]).encode()
    agree(data, CsvOptions(id="code"), 4)
    agree(data, CsvOptions(id="a"), 4)


def test_half_a_file_in_another_encoding() -> None:
    agree("\n".join([HEADS, *PLAIN]).encode() + "\n某,乡,1,1,1".encode("gbk"), CsvOptions(), 3)


@pytest.mark.parametrize("name", ["plain", "marks round every cell", "marks round some cells"])
def test_plain_blocks_are_read_at_once(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def never(*_: object) -> None:
        raise AssertionError

    data = FILES[name].encode()
    blocks = Blocks(source_of(data), INPUTS, CsvOptions(), 4)
    monkeypatch.setattr(module.Blocks, "_rows", never)
    blocks.survey(ColumnNames)
    assert [place.plain for place in blocks.places] == [True] * 3
    assert blocks.total == 9
