"""Columns of one value: made once, cut to size, made anew when a longer one is asked for."""

import pyarrow as pa

from perfrules.engine.batch.alike import Alike


def test_made_once_and_again_only_for_more() -> None:
    asked: list[int] = []

    def make(size: int) -> pa.Array:
        asked.append(size)
        return pa.nulls(size, pa.int8())

    kept = Alike()
    assert [len(kept.column("a", size, make)) for size in (3, 2, 0, 5, 4)] == [3, 2, 0, 5, 4]
    assert asked == [3, 5]


def test_kinds_are_kept_apart_and_few_of_them() -> None:
    kept = Alike()
    for key in range(100):
        assert kept.column(key, 1, lambda size, key=key: pa.array([key] * size))[0].as_py() == key  # type: ignore[misc]
    assert len(kept._made) <= 64
