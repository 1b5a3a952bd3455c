"""Versions: every pair of steps, and that the next version always takes its step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfrules.analysis.change import Level, bump, next_version

PART = st.integers(0, 30)
VERSIONS = st.lists(PART, min_size=2, max_size=3).map(lambda parts: ".".join(map(str, parts)))


@pytest.mark.parametrize(
    ("old", "new", "level"),
    [
        ("1.0", "1.0", Level.NONE),
        ("1.0", "1.0.0", Level.NONE),
        ("1.0", "1.0.1", Level.PATCH),
        ("1.9", "1.10", Level.MINOR),
        ("1.9.4", "2.0", Level.MAJOR),
        ("1.9.4", "3.0.4", Level.MAJOR),
        ("1.0.1", "1.0", None),
        ("2.0", "1.9", None),
    ],
)
def test_bump(old: str, new: str, level: Level | None) -> None:
    assert bump(old, new) is level


@given(VERSIONS, st.sampled_from(Level))
def test_the_next_version_takes_its_step(old: str, level: Level) -> None:
    assert bump(old, next_version(old, level)) is level
