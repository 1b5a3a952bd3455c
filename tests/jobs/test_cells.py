"""Lines without quotation marks as columns: what the csv module makes of them, or nothing."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.jobs.cells import cells_of

SIGNS = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='",;')


@given(
    st.lists(st.lists(st.text(SIGNS, max_size=3), min_size=2, max_size=3), min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_cells_are_those_of_the_csv_module(rows: list[list[str]], delimiter: str, end: str) -> None:
    text = "".join(delimiter.join(row) + end for row in rows)
    wanted = list(csv.reader(text.split("\n")[:-1], delimiter=delimiter))
    found = cells_of(text.encode(), delimiter, 3)
    if any(len(row) != 3 for row in wanted):
        assert found is None
    else:
        assert found is not None
        assert [column.to_pylist() for column in found] == [
            list(column) for column in zip(*wanted, strict=True)
        ]


@pytest.mark.parametrize("word", ["NULL", "NA", "nan", "#N/A", "true", "1e5", "", " "])
def test_no_word_means_anything(word: str) -> None:
    found = cells_of(f"{word},x\n".encode(), ",", 2, (0,))
    assert found is not None
    assert found[0].to_pylist() == [word]
