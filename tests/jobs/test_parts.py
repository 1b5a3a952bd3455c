"""Parts are kept, taken over, refused and removed."""

from pathlib import Path

import pytest

from perfrules.errors import UsageError
from perfrules.jobs.done import Done
from perfrules.jobs.parts import Kind, Parts

ABOUT = {"ruleset": "city.form 1.0 sha256:1", "facts": "facts.csv (9 B)", "delimiter": ","}
ONE, TWO = Done(2, 0, b"a\nb\n", b""), Done(1, 1, b"c\n", b"bad\n")


def all_of(parts: Parts, kind: Kind) -> list[bytes]:
    """Return what was written of every part."""
    return [parts.one(number, kind) for number in sorted(parts.done)]


def codes(error: pytest.ExceptionInfo[UsageError]) -> list[str]:
    return [item.code for item in error.value.diagnostics]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return an output of which two parts are kept by a run that is over."""
    parts = Parts(str(tmp_path / "out.csv"))
    parts.begin(ABOUT)
    parts.keep(1, TWO)
    parts.keep(0, ONE)
    parts.close()
    return tmp_path / "out.csv"


def test_parts_come_back_in_their_order(place: Path) -> None:
    parts = Parts(str(place))
    assert parts.left()
    assert parts.resume(ABOUT) == ()
    assert all_of(parts, "output") == [b"a\nb\n", b"c\n"]
    assert all_of(parts, "rejects") == [b"", b"bad\n"]
    assert [(item.scored, item.rejected) for item in parts.done.values()] == [(1, 1), (2, 0)]
    parts.remove()
    assert list(place.parent.iterdir()) == []


def test_nothing_left_is_nothing_to_refuse(tmp_path: Path) -> None:
    assert not Parts(str(tmp_path / "out.csv")).left()


def test_what_is_left_is_told(place: Path) -> None:
    told = Parts(str(place)).refuse().diagnostics[0]
    assert told.code == "PRF672"
    assert "2 parts" in told.message.en


@pytest.mark.parametrize("name", ABOUT)
def test_another_run_is_refused(place: Path, name: str) -> None:
    parts = Parts(str(place))
    with pytest.raises(UsageError) as error:
        parts.resume({**ABOUT, name: "other"})
    assert codes(error) == ["PRF673"]
    assert ABOUT[name] in error.value.diagnostics[0].message.en
    assert "other" in error.value.diagnostics[0].message.en


def test_everything_that_differs_is_told(place: Path) -> None:
    with pytest.raises(UsageError) as error:
        Parts(str(place)).resume(dict.fromkeys(ABOUT, "other"))
    assert codes(error) == ["PRF673"] * 3


@pytest.mark.parametrize("damage", ["cut", "changed", "gone"])
@pytest.mark.parametrize("kind", ["output", "rejects"])
def test_a_part_that_was_changed_is_done_again(place: Path, damage: str, kind: str) -> None:
    part = place.with_name("out.csv.parts") / f"00000001.{kind}"
    data = part.read_bytes()
    if damage == "gone":
        part.unlink()
    else:
        part.write_bytes(data[:-1] if damage == "cut" else data[:-1] + b"!")
    parts = Parts(str(place))
    (told,) = parts.resume(ABOUT)
    assert (told.code, told.severity) == ("PRF677", "warning")
    assert list(parts.done) == [0]
    parts.keep(1, TWO)
    assert all_of(parts, "output") == [b"a\nb\n", b"c\n"]
    parts.close()


def test_a_record_that_was_cut_off_is_done_again(place: Path) -> None:
    journal = place.with_name("out.csv.parts") / "journal"
    journal.write_bytes(journal.read_bytes()[:-20])
    parts = Parts(str(place))
    assert parts.resume(ABOUT) == ()
    assert list(parts.done) == [1]
    parts.keep(0, ONE)
    parts.close()
    again = Parts(str(place))
    again.resume(ABOUT)
    assert sorted(again.done) == [0, 1]
    again.close()


@pytest.mark.parametrize("lost", [True, False])
def test_a_folder_without_a_journal_is_begun_again(place: Path, lost: bool) -> None:  # noqa: FBT001
    journal = place.with_name("out.csv.parts") / "journal"
    if lost:
        journal.unlink()
    else:
        journal.write_bytes(journal.read_bytes()[:30])
    parts = Parts(str(place))
    assert parts.left()
    assert parts.refuse().diagnostics[0].code == "PRF672"
    assert parts.resume(ABOUT) == ()
    assert parts.done == {}
    parts.close()


def test_two_runs_do_not_share_a_folder(place: Path) -> None:
    first = Parts(str(place))
    first.resume(ABOUT)
    with pytest.raises(UsageError) as error:
        Parts(str(place)).resume(ABOUT)
    assert codes(error) == ["PRF676"]
    first.close()


def test_two_runs_that_begin_at_once_do_not_share_a_folder(tmp_path: Path) -> None:
    name = str(tmp_path / "new.csv")
    first, second = Parts(name), Parts(name)
    assert not first.left()
    assert not second.left()
    first.begin(ABOUT)
    with pytest.raises(UsageError) as error:
        second.begin(dict.fromkeys(ABOUT, "other"))
    assert codes(error) == ["PRF676"]
    first.keep(0, ONE)
    assert all_of(first, "output") == [ONE.output]
    first.close()
    with pytest.raises(UsageError) as error:
        second.begin(ABOUT)
    assert codes(error) == ["PRF672"]


def test_a_folder_of_someone_else_is_left_alone(place: Path) -> None:
    (place.with_name("out.csv.parts") / "minutes.docx").touch()
    with pytest.raises(UsageError) as error:
        Parts(str(place)).left()
    assert codes(error) == ["PRF675"]


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "out.csv.parts").touch()
    with pytest.raises(UsageError) as error:
        Parts(str(tmp_path / "out.csv")).left()
    assert codes(error) == ["PRF675"]


def test_a_part_changed_while_the_run_is_at_work(place: Path) -> None:
    parts = Parts(str(place))
    parts.resume(ABOUT)
    (parts.folder / "00000000.output").write_bytes(b"x")
    with pytest.raises(UsageError) as error:
        all_of(parts, "output")
    assert codes(error) == ["PRF678"]
    parts.close()
