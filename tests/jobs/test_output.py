"""Files are whole or not there; cells of others' texts never become formulas."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.errors import UsageError
from perfrules.jobs.output import csv_line, guarded, output

# The group `output` of the hostile corpus: ids and texts kept, all to be shown as text.
HOSTILE = {
    "OUT-001": "=cmd|'/C calc'!A0",
    "OUT-002": "+1+1",
    "OUT-004": "@SUM(1+1)",
    "OUT-005": "\t=1+1",
    "OUT-007": "\n=1+1",
    "OUT-008": " =1+1",
    "OUT-010": "＋1+1",
    "OUT-011": '"=1+1',
    "OUT-016": "%0A=1+1",
    "OUT-017": "\x00=1+1",
    "OUT-027": "P\u202e001",
    "OUT-031": "\ud800",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_shown_as_text(name: str) -> None:
    cell = guarded(HOSTILE[name])
    assert cell[0] not in "=+-@＝＋－＠\t\r\n\0 "
    assert cell.isprintable()


@pytest.mark.parametrize("number", ["-5", "+5", "-0.50", "95.85"])
def test_numbers_stay_numbers(number: str) -> None:
    assert guarded(number) == number


def test_a_line_is_quoted_where_it_must_be() -> None:
    assert csv_line(["a", 'b "c", d', "", "e\nf"]) == 'a,"b ""c"", d",,e f\r\n'


def test_a_file_appears_when_it_is_committed(tmp_path: Path) -> None:
    place = tmp_path / "out.txt"
    place.write_text("old", encoding="utf-8")
    with output(str(place)) as sink:
        assert sink is not None
        sink.write("新\n")
        assert place.read_text(encoding="utf-8") == "old"
        sink.commit()
    assert place.read_bytes() == "新\n".encode()
    assert list(tmp_path.iterdir()) == [place]


def test_what_is_not_committed_leaves_no_trace(tmp_path: Path) -> None:
    def stopped() -> None:
        with output(str(tmp_path / "out.txt")) as sink:
            assert sink is not None
            sink.write("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stopped()
    assert list(tmp_path.iterdir()) == []


def test_a_link_stays_one(tmp_path: Path) -> None:
    real, link = tmp_path / "real.txt", tmp_path / "link.txt"
    real.write_text("old", encoding="utf-8")
    link.symlink_to(real)
    with output(str(link)) as sink:
        assert sink is not None
        sink.write("new")
        sink.commit()
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "new"


def test_what_is_no_plain_file_is_written_directly() -> None:
    with output(os.devnull) as sink:
        assert sink is not None
        sink.write("x")
        sink.commit()
    assert not Path(os.devnull).is_file()


def test_no_name_is_no_file() -> None:
    with output(None) as sink:
        assert sink is None


@pytest.mark.parametrize("name", ["nowhere/out.txt", ".", "a\0b", "x" * 300])
def test_a_place_that_can_not_be_written_is_a_sentence(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError) as error, output(name):
        pass
    assert [item.code for item in error.value.diagnostics] == ["PRF640"]
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=12))
def test_no_text_starts_a_formula_or_a_line(text: str) -> None:
    cell = guarded(text)
    assert "\n" not in cell
    if cell[:1] in ("=", "@"):
        raise AssertionError(cell)
