"""YAML facts become units, every value as it was written."""

from io import BytesIO

import pytest

from perfrules.errors import UsageError
from perfrules.files.entry import Source
from perfrules.files.yaml import read_yaml


def source(text: str | bytes, name: str = "facts.json") -> Source:
    data = text if isinstance(text, bytes) else text.encode()
    return Source(name, lambda: BytesIO(data))


def test_yaml_gives_values_as_they_were_written() -> None:
    one = read_yaml(source("unit: A\nexecuted: 0.10\nflag: no\n", "facts.yaml"))
    (entry,) = one
    assert one.single
    assert entry.facts == {"unit": "A", "executed": "0.10", "flag": "no"}
    many = read_yaml(source("- unit: A\n- unit: B\n- 3\n", "facts.yaml"))
    assert [entry.facts is None for entry in many] == [False, False, True]


def test_an_empty_yaml_file_is_no_success() -> None:
    with pytest.raises(UsageError) as error:
        read_yaml(source(" \n", "facts.yaml"))
    assert [item.code for item in error.value.diagnostics] == ["PRF612"]
