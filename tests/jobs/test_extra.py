"""An extra that isn't installed is a sentence with the command that installs it."""

import sys

import pytest

from perfrules.errors import UsageError
from perfrules.jobs.extra import has_columns, need_columns


def test_it_is_there() -> None:
    assert has_columns()
    need_columns("parquet")


@pytest.mark.parametrize("name", ["numpy", "pyarrow"])
def test_one_of_both_is_not_enough(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(UsageError) as error:
        need_columns("facts.parquet")
    (told,) = error.value.diagnostics
    assert (told.code, told.hint.en) == ("PRF670", 'pip install "perfrules[batch]"')
    assert "facts.parquet" in told.message.zh
