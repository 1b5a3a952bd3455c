"""What a facts file is read into."""

from perfrules.files.entry import Entries, Entry, at_line


def test_units_are_walked_once_and_in_order() -> None:
    entries = Entries(iter([Entry(1, {}), Entry(2, None)]), 2)
    assert [entry.row for entry in entries] == [1, 2]
    assert list(entries) == []


def test_a_place_is_one_sign_wide() -> None:
    span = at_line("facts.csv", 3, 5)
    assert str(span) == "facts.csv:3:5"
    assert span.end_column == 6
