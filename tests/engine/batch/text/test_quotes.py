"""Marks round whole cells are taken off where the csv module would, and nowhere else."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfrules.engine.batch.text import quotes
from perfrules.engine.batch.text.quotes import bare, unquoted

CELL = st.sampled_from(["", "a", "甲", " ", "1.5", '"a"', '""', '" a"', '"甲,"', '"a""b"', 'a"b',
                        '"a" ', ' "a"', '"', '"a\nb"', '"a\r\nb"'])  # fmt: skip
LINE = st.lists(CELL, min_size=1, max_size=3).map(",".join)
ENDS = st.sampled_from(["\n", "\r\n"])


@given(st.lists(st.tuples(LINE, ENDS), min_size=1, max_size=4).map(
    lambda lines: "".join(line + end for line, end in lines)
))  # fmt: skip
@example('"a","b"\n"",c')
@example('"a\n')
@example('"","",""\n')
@example('"')
def test_what_the_csv_module_reads(text: str) -> None:
    found = unquoted(text.encode(), ",")
    if found is None:
        return
    assert b'"' not in found
    wanted = list(csv.reader(io.StringIO(text, newline="")))
    lines = found.decode().split("\n")
    cells = [line.removesuffix("\r").split(",") for line in lines if line.removesuffix("\r")]
    assert [row for row in wanted if any(row)] == [row for row in cells if any(row)]
    assert bare(text.encode()) == found


@pytest.mark.parametrize("size", [1, 2, 3, 5])
def test_pieces_don_t_show(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    good = b'"ab","",c\r\n"d",e,"f"\n'
    bad = [b'"a,b",c\n', b'"a""b"\n', b'a"b\n', b'"a" ,b\n', b'a,"b\n', b'"a"b,c\n', b'"a\nb"\n']
    assert unquoted(good, ",") == b"ab,,c\r\nd,e,f\n"
    monkeypatch.setattr(quotes, "_PIECE", size)
    assert unquoted(good, ",") == b"ab,,c\r\nd,e,f\n"
    assert [unquoted(data, ",") for data in bad] == [None] * len(bad)


def test_another_delimiter() -> None:
    assert unquoted(b'"a,b";c\n', ";") == b"a,b;c\n"
    assert unquoted(b'"a;b";c\n', ";") is None


def test_lines_without_marks_are_not_copied() -> None:
    data = b"a,b\n"
    assert bare(data) is data
