"""Which reader a file gets, and which options belong to which."""

from decimal import Decimal
from io import BytesIO

import pytest

from perfrules.errors import UsageError
from perfrules.files.csv import CsvOptions
from perfrules.files.entry import Source
from perfrules.files.read import read_facts
from tests.sample_books import book


def source(text: str | bytes, name: str = "facts.json") -> Source:
    data = text if isinstance(text, bytes) else text.encode()
    return Source(name, lambda: BytesIO(data))


@pytest.mark.parametrize("name", ["facts.xls", "facts.parquet", "facts", "facts.txt"])
def test_other_formats_are_a_sentence(name: str) -> None:
    with pytest.raises(UsageError) as error:
        read_facts(source("", name), (), CsvOptions())
    (problem,) = error.value.diagnostics
    assert problem.code == "PRF625"
    assert name in problem.message.zh


@pytest.mark.parametrize(
    "options",
    [
        CsvOptions(id="unit"),
        CsvOptions(key="unit"),
        CsvOptions(ignore=("a",)),
        CsvOptions(delimiter=";"),
        CsvOptions(tables={"targets": source("")}),
    ],
)
def test_options_of_csv_are_refused_elsewhere(options: CsvOptions) -> None:
    with pytest.raises(UsageError) as error:
        read_facts(source("{}"), (), options)
    assert [item.code for item in error.value.diagnostics] == ["PRF642"]


WORKBOOK = book([["a", "b"], [1, 2]], 另表=[["a"], [3]])


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("f.csv", CsvOptions(sheet="另表")),
        ("f.json", CsvOptions(sheet="另表")),
        ("f.xlsx", CsvOptions(encoding="gbk")),
        ("f.xlsx", CsvOptions(delimiter=";")),
        ("f.xlsx", CsvOptions(tables={"t": source("", "t.xlsx")})),
    ],
)
def test_options_of_the_other_kind_of_file_are_refused(name: str, options: CsvOptions) -> None:
    with pytest.raises(UsageError) as error:
        read_facts(source(WORKBOOK if name == "f.xlsx" else "a\n1\n", name), (), options)
    assert [item.code for item in error.value.diagnostics] == ["PRF642"]


@pytest.mark.parametrize("name", ["f.xlsx", "F.XLSX", "f.xlsm"])
def test_workbooks_are_read(name: str) -> None:
    (entry,) = read_facts(source(WORKBOOK, name), (), CsvOptions(sheet="另表", ignore=("a",)))
    assert (entry.row, entry.facts) == (2, {})


def test_a_table_without_its_key_is_refused() -> None:
    with pytest.raises(UsageError) as error:
        read_facts(source("a\n1\n", "f.csv"), (), CsvOptions(tables={"targets": source("")}))
    assert "--key" in error.value.diagnostics[0].message.en


def test_standard_input_is_json() -> None:
    (entry,) = read_facts(source('{"a": 1}', "-"), (), CsvOptions())
    assert entry.facts == {"a": Decimal(1)}
