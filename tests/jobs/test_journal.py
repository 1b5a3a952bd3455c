"""A journal's lines are whole or as if they had never been written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.jobs.journal import Record, latest, line_of, lines_of, lock, record_line, record_of

RECORDS = [Record(number, 3 + number, number, (10, "a" * 64), (0, "b" * 64)) for number in range(3)]


def test_a_record_comes_back() -> None:
    (body,) = [body for _, body in lines_of(record_line(RECORDS[1]))]
    assert record_of(body) == RECORDS[1]


@given(st.integers(0, 10_000))
def test_a_line_that_was_cut_off_never_was(size: int) -> None:
    lines = [line_of({"ruleset": "城市"}), *map(record_line, RECORDS)]
    data = b"".join(lines)[:size]
    whole, end = 0, 0
    for line in lines:
        if end + len(line) > size:
            break
        whole, end = whole + 1, end + len(line)
    found = list(lines_of(data))
    assert len(found) == whole
    assert not found or found[-1][0] == end


@given(st.data())
def test_a_changed_byte_ends_what_is_believed(data: st.DataObject) -> None:
    lines = b"".join(map(record_line, RECORDS))
    place = data.draw(st.integers(0, len(lines) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda byte: byte != lines[place]))
    changed = lines[:place] + bytes([other]) + lines[place + 1 :]
    sound = lines[:place].count(b"\n")
    assert len(list(lines_of(changed))) == sound


def test_the_last_record_of_a_part_counts() -> None:
    again = Record(0, 9, 0, (1, "c" * 64), (0, "d" * 64))
    bodies = [body for _, body in lines_of(b"".join(map(record_line, [*RECORDS, again])))]
    assert latest(bodies)[0] == again


def test_one_process_has_a_journal(tmp_path: Path) -> None:
    place = tmp_path / "journal"
    place.touch()
    with place.open("r+b") as one, place.open("r+b") as other:
        assert lock(one)
        assert not lock(other)
    with place.open("r+b") as third:
        assert lock(third)


@pytest.mark.parametrize("name", ["kept", "own"])
def test_signs_of_any_language_are_kept(name: str) -> None:
    (body,) = [body for _, body in lines_of(line_of({name: "数据.csv"}))]
    assert body == {name: "数据.csv"}
