"""Units in parts of so many, those that are done left out."""

from pathlib import Path

import pytest

from perfrules import loads
from perfrules.errors import UsageError
from perfrules.files.entry import Entry
from perfrules.jobs.identity import About, files_of
from perfrules.jobs.tasks import EntryTasks
from tests.sample_rulesets import FORM

ENTRIES = [Entry(row, None) for row in range(1, 8)]


def tasks(files: tuple[tuple[str, str], ...] = ()) -> EntryTasks:
    return EntryTasks(iter(ENTRIES), 3, About(loads(FORM), files_of(files), {}))


def test_parts_have_their_number_whatever_is_done() -> None:
    assert [(number, len(part)) for number, part in tasks().parts(())] == [(0, 3), (1, 3), (2, 1)]
    ((number, part),) = tasks().parts({0, 2})
    assert (number, [entry.row for entry in part]) == (1, [4, 5, 6])


def test_a_file_that_changed_ends_the_run(tmp_path: Path) -> None:
    place = tmp_path / "facts.csv"
    place.write_bytes(b"a")
    found = tasks((("facts", str(place)),)).parts(())
    next(found)
    place.write_bytes(b"ab")
    with pytest.raises(UsageError):
        list(found)
