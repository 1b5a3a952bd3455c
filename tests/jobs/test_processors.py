"""As many processes as there are processors, and never more than can be waited for."""

import os

import pytest

from perfrules.jobs.processors import MOST, cores


@pytest.mark.parametrize(("there", "used"), [(1, 1), (8, 8), (MOST, MOST), (MOST + 1, MOST)])
def test_as_many_as_there_are(monkeypatch: pytest.MonkeyPatch, there: int, used: int) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(there)), raising=False)
    assert cores() == used


@pytest.mark.parametrize(("there", "used"), [(None, 1), (4, 4), (100_000, MOST)])
def test_where_the_system_only_counts(
    monkeypatch: pytest.MonkeyPatch, there: int | None, used: int
) -> None:
    monkeypatch.delattr(os, "sched_getaffinity", raising=False)
    monkeypatch.setattr(os, "cpu_count", lambda: there)
    assert cores() == used
