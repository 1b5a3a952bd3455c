"""The cells of lines are those of the csv module, for lines that have no quotation marks."""

import csv
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.engine.batch.text import grid as module
from perfrules.engine.batch.text.grid import cut, grid_of, is_utf8, signs_of

SIGNS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='",;')
LINES = st.lists(
    st.lists(st.text(SIGNS, max_size=3), min_size=1, max_size=3), min_size=1, max_size=5
)


@given(
    LINES, st.sampled_from([",", ";", "\t", "|"]), st.sampled_from(["\n", "\r\n"]), st.booleans()
)
def test_cells_of_a_grid(rows: list[list[str]], delimiter: str, end: str, last: bool) -> None:  # noqa: FBT001
    text = end.join(delimiter.join(row) for row in rows) + (end if last else "")
    data = text.encode()
    lines = len(text.split("\n")) - text.endswith("\n")
    wanted = list(csv.reader(text.split("\n")[:lines], delimiter=delimiter))
    wanted = [row or [""] for row in wanted]  # an empty line has one cell
    if not data:
        return
    found = grid_of(data, lines, delimiter, 2)
    if any(len(row) != 2 for row in wanted):
        assert found is None
        return
    assert found is not None
    columns = [found.column(place).to_pylist() for place in range(2)]
    assert list(zip(*columns, strict=True)) == [tuple(row) for row in wanted]
    assert found.breaks() == text.count("\n") + text.count("\r\n")
    sizes = [len(line) + 1 for line in data.split(b"\n")[:lines]]
    assert found.longest() == max(sizes)


def test_a_grid_of_many_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PIECE", 7)
    data = b"".join(b"%d,%d\r\n" % (place, place * 3) for place in range(100))
    found = grid_of(data, 100, ",", 2)
    assert found is not None
    assert found.column(1).to_pylist() == [str(place * 3) for place in range(100)]
    assert signs_of(data).controls == 200
    for lines in (1, 50, 99):
        size, count = cut(data, lines)
        assert data[:size] == b"".join(data.splitlines(keepends=True)[:lines])
        assert count == lines
    assert cut(data, 101) == (len(data), 100)
    assert cut(data + b"x", 101) == (len(data), 100)


BYTES = st.lists(
    st.one_of(
        st.binary(max_size=4),
        st.text(max_size=3).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.sampled_from([b"\xc0\x80", b"\xe0\x80\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
                         b"\xf8\x88\x80\x80\x80", b"\xef\xbf\xbf", b"\xf0\x9f\x98\x80", b"\x80"]),
    ),
    max_size=6,
).map(b"".join)  # fmt: skip


@settings(max_examples=300)
@given(BYTES)
def test_text_is_what_python_can_decode(data: bytes) -> None:
    try:
        data.decode()
    except UnicodeDecodeError:
        good = False
    else:
        good = True
    assert is_utf8(data) is good


def test_every_sequence_of_two_or_three_bytes() -> None:
    for first in range(0x80, 0x100):
        for second in range(0x80, 0x100):
            data = bytes([first, second])
            assert is_utf8(data) == (len(data.decode(errors="ignore").encode()) == 2)
    starts = np.arange(0xE0, 0x100)
    for first in starts.tolist():
        for second in range(0x80, 0xC0, 4):
            data = bytes([first, second, 0x80, 0x80])[: 4 if first >= 0xF0 else 3]
            assert is_utf8(data) == (data.decode(errors="ignore").encode() == data)


@given(st.one_of(st.binary(max_size=30), st.text('\t"a\x7f\x80', max_size=9).map(str.encode)))
def test_signs(data: bytes) -> None:
    found = signs_of(data)
    assert found.controls == len(re.findall(rb"[\x00-\x1f]", data))
    assert found.tabs == data.count(b"\t")
    assert found.quoted == (b'"' in data)
    assert found.ascii == data.isascii()
