"""A folder with everything that commands read."""

from pathlib import Path

import pytest

from tests.sample_work import fill


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with rulesets, cases and facts of every format; it is the current one."""
    fill(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path
