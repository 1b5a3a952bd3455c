"""Names that stand twice are found whatever their width, spaces and case."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from perfrules.jobs.names import ColumnNames, compared
from perfrules.lang.characters import same

NAMES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=4),
    st.sampled_from(["P1", "p1", "Ｐ１ ", "某小学", "某 小学", "ß", "SS", "İ", ""]),
)


@given(st.lists(NAMES, max_size=12))
def test_names_are_compared_as_rows_compare_them(names: list[str]) -> None:
    assert compared(pa.array(names, pa.string())).to_pylist() == list(map(same, names))


@given(st.lists(st.lists(NAMES, max_size=5), max_size=4), st.booleans())
def test_lines_of_names_that_stood_before(parts: list[list[str]], one: bool) -> None:  # noqa: FBT001
    found = ColumnNames(0)
    wanted: dict[int, int] = {}
    first: dict[str, int] = {}
    line = 1
    for number, part in enumerate(parts):
        lines = range(line, line + len(part))
        if one == (number % 2 == 0):
            for name, place in zip(part, lines, strict=True):
                found.one(name, place)
        else:
            found.column(pa.array(part, pa.string()), lines)
        for name, place in zip(part, lines, strict=True):
            before = first.setdefault(same(name), place) if same(name) else place
            if before != place:
                wanted[place] = before
        line += len(part)
    assert found.twice() == wanted
