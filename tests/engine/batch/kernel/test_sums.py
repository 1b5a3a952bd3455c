"""Scores added up at once: the sum, its bounds, and what is left to one addition after another."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from perfrules.engine.batch.kernel.numbers import Known, Whole
from perfrules.engine.batch.kernel.sums import Sum, together
from tests.engine.batch.kernel.columns import chunk_of, whole_of

COLUMN = st.lists(st.integers(-(10**6), 10**9), min_size=3, max_size=3)


@given(st.lists(COLUMN, min_size=2, max_size=6), st.integers(0, 4))
def test_the_sum_of_each_unit(columns: list[list[int]], scale: int) -> None:
    parts = [whole_of(column, scale) for column in columns]
    found = together(parts)
    assert found is not None
    sums = [sum(units) for units in zip(*columns, strict=True)]
    chunk = chunk_of(3)
    assert found.units(chunk).tolist() == sums
    assert found.factor == Fraction(1, 10**scale)
    assert found.low <= min(sums) <= max(sums) <= found.high
    assert found.exact(chunk, np.array([2, 0])) == [
        Decimal(sums[at]).scaleb(-scale) for at in (2, 0)
    ]
    out = np.empty(3, np.int64)
    assert isinstance(found.units, Sum)
    found.units.into(chunk, out)
    assert out.tolist() == sums
    assert [part.units(chunk).tolist() for part in parts] == columns


def test_what_takes_more_than_adding_units() -> None:
    cents, tenths = whole_of([1, 2], 2), whole_of([1, 2], 1)
    assert together([]) is None
    assert together([cents]) is None
    assert together([cents, tenths]) is None
    assert together([cents, Known(Decimal(1))]) is None
    large = Whole(cents.units, cents.factor, 0, 2**61, cents.exact)
    assert together([large, large]) is None
    wide = Whole(cents.units, Fraction(10**9), 0, 10**16 - 1, cents.exact)
    assert together([wide, wide]) is None
