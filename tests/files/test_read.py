"""Which reader a file gets, and which options belong to which."""

from decimal import Decimal
from io import BytesIO

import pytest

from perfrules.errors import UsageError
from perfrules.files.csv import CsvOptions
from perfrules.files.entry import Source
from perfrules.files.read import read_facts


def source(text: str | bytes, name: str = "facts.json") -> Source:
    data = text if isinstance(text, bytes) else text.encode()
    return Source(name, lambda: BytesIO(data))


@pytest.mark.parametrize("name", ["facts.xlsx", "facts.parquet", "facts", "facts.txt"])
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


def test_a_table_without_its_key_is_refused() -> None:
    with pytest.raises(UsageError) as error:
        read_facts(source("a\n1\n", "f.csv"), (), CsvOptions(tables={"targets": source("")}))
    assert "--key" in error.value.diagnostics[0].message.en


def test_standard_input_is_json() -> None:
    (entry,) = read_facts(source('{"a": 1}', "-"), (), CsvOptions())
    assert entry.facts == {"a": Decimal(1)}
