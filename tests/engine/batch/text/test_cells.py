"""What a table of texts can't hold is refused, not written wrong."""

from decimal import Decimal

import pyarrow as pa
import pytest

from perfrules.engine.batch.text.cells import Cells, labels
from perfrules.engine.batch.text.lines import Coded, Same, lines_of

END = Same(b"; and the end\n")


def texts(found: Coded | None) -> list[str]:
    """Return the texts of a cell."""
    assert found is not None
    lines = bytes(lines_of([found, END], len(found.codes)).data).decode()
    return [line.removesuffix("; and the end") for line in lines.splitlines()]


@pytest.mark.parametrize("value", ["-0.01", "1310.72", "184467440737095516.16", "1e20"])
def test_scores_that_no_table_holds(value: str) -> None:
    column = pa.array([Decimal(1), Decimal(value)], pa.decimal128(38, 2))
    assert Cells().scores(column) is None
    assert Cells().scores(column.slice(0, 1)) is not None


def test_scores_of_other_widths() -> None:
    cells = Cells()
    for kind in (pa.decimal128(38, 2), pa.decimal128(9, 2), pa.decimal256(40, 2)):
        column = pa.array([Decimal("0.07"), None, Decimal(1310)], kind)
        assert texts(cells.scores(column)) == [",0.07", ",", ",1310.00"]
    assert texts(cells.scores(pa.array([5], pa.decimal128(38, 0)))) == [",5"]


def test_shares_of_few_decimals() -> None:
    column = pa.array([Decimal("0.5"), None, Decimal("1.2345")], pa.decimal128(38, 12))
    assert texts(Cells().shares(column, 4)) == [",0.5", ",", ",1.2345"]
    assert Cells().shares(column, 3) is None
    assert Cells().shares(pa.array([Decimal(1)], pa.decimal128(38, 34)), 4) is None


@pytest.mark.parametrize("count", [1, 8, 9, 62])
def test_sets_of_names(count: int) -> None:
    names = [f"n{place}" for place in range(count)]
    columns = [pa.array([True, None, place == count - 1]) for place in range(count)]
    found = Cells().sets(columns, names, lambda text: f"[{text}]")
    assert texts(found) == [f",[{' '.join(names)}]", ",[]", f",[{names[-1]}]"]


def test_labels_without_a_word() -> None:
    column = pa.array(["优", None, "a,b"]).dictionary_encode()
    assert texts(labels(column, lambda text: text.replace(",", ";"))) == [",优", ",", ",a;b"]
    assert texts(labels(pa.nulls(2, pa.dictionary(pa.int8(), pa.string())), str)) == [",", ","]
