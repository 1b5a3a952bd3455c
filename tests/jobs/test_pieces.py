"""Pieces are the same whoever looks at them, and wherever the walk goes on."""

from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.jobs import pieces as module
from perfrules.jobs.pieces import pieces

LINES = st.lists(st.sampled_from([b"", b"a", b"b" * 9, b"c" * 40]), max_size=20)


@settings(max_examples=50, deadline=None)
@given(LINES, st.booleans(), st.integers(1, 4), st.integers(1, 3), st.integers(1, 30))
def test_all_lines_in_their_order(
    lines: list[bytes],
    last: bool,  # noqa: FBT001
    rows: int,
    threads: int,
    first: int,
) -> None:
    data = b"\n".join(lines) + (b"\n" if last and lines else b"")
    whole = BytesIO(data).readlines()
    found = []
    start = 0
    with (
        pytest.MonkeyPatch.context() as patch,
        pieces(BytesIO(data), rows, lambda data, count: (len(data), count), threads) as walk,
    ):
        patch.setattr(module, "_FIRST", first)
        while piece := walk.at(start, ahead=True):
            assert piece.seen == (len(piece.data), piece.count)
            found.append(BytesIO(piece.data).readlines())
            start += len(piece.data)
    assert found == [whole[place : place + rows] for place in range(0, len(whole), rows)]


@pytest.mark.parametrize("threads", [1, 2])
def test_a_walk_that_skips_some(threads: int) -> None:
    data = b"".join(b"%d\n" % number for number in range(9))
    with pieces(BytesIO(data), 2, lambda data, _: data, threads) as walk:
        for start, ahead in ((0, True), (4, False), (10, True), (14, True), (2, True)):
            piece = walk.at(start, ahead=ahead)
            assert piece is not None
            assert bytes(piece.seen) == bytes(piece.data) == data[start : start + 4]
        assert walk.at(18, ahead=True) is None


def test_a_line_without_end_is_not_read_to_its_end() -> None:
    class Endless(BytesIO):
        asked = 0

        def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any memory
            self.asked += len(buffer)
            buffer[:] = b"x" * len(buffer)
            return len(buffer)

    stream = Endless()
    with pieces(stream, 2, lambda data, count: (len(data), count), 1) as walk:
        piece = walk.at(0, ahead=True)
    assert piece is not None
    assert piece.count == 1
    assert stream.asked < 5_000_000


def test_what_a_look_raises_is_raised() -> None:
    def look(data: object, count: int) -> None:
        raise KeyError(data, count)

    with (
        pytest.raises(KeyError),
        pieces(BytesIO(b"a\nb\nc\n"), 1, look, 2) as walk,
    ):
        walk.at(0, ahead=True)
