"""A pool divided by largest remainder: exact, never negative, whatever the order of rows."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.analysis.portfolio.allocate import allocate
from perfrules.lang.frame import Fault

WEIGHTS = st.dictionaries(
    st.text("甲乙丙丁戊己abc", min_size=1, max_size=4),
    st.decimals(0, 10_000, places=4, allow_nan=False),
    min_size=1,
    max_size=12,
).filter(lambda found: any(found.values()))
POOLS = st.decimals(0, 1_000_000, places=2, allow_nan=False)


@settings(max_examples=150, deadline=None)
@given(POOLS, WEIGHTS)
def test_parts_add_up_to_the_pool_to_the_last_fen(
    pool: Decimal, weights: dict[str, Decimal]
) -> None:
    parts = allocate(pool, weights, 2)
    assert sum(parts.values()) == pool
    assert all(part >= 0 for part in parts.values())
    assert all(part == 0 for unit, part in parts.items() if weights[unit] == 0)


@settings(max_examples=100, deadline=None)
@given(POOLS, WEIGHTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_decides_nothing(
    pool: Decimal, weights: dict[str, Decimal], random: object
) -> None:
    turned = dict(sorted(weights.items(), key=lambda _: random.random()))  # type: ignore[attr-defined]
    assert allocate(pool, weights, 2) == allocate(pool, turned, 2)


@settings(max_examples=100, deadline=None)
@given(POOLS, WEIGHTS)
def test_no_part_is_a_fen_away_from_its_share(pool: Decimal, weights: dict[str, Decimal]) -> None:
    whole = sum(weights.values())
    for unit, part in allocate(pool, weights, 2).items():
        assert abs(part * whole - pool * weights[unit]) < Decimal("0.01") * whole


@settings(max_examples=60, deadline=None)
@given(POOLS, WEIGHTS, st.integers(1, 9))
def test_weights_count_in_proportion_only(
    pool: Decimal, weights: dict[str, Decimal], factor: int
) -> None:
    scaled = {unit: weight * factor for unit, weight in weights.items()}
    assert allocate(pool, weights, 2) == allocate(pool, scaled, 2)


def test_largest_remainders_get_what_is_left() -> None:
    # 100 × 2/7 = 28.571…, 3/7 = 42.857…, 2/7 = 28.571…: 28 + 42 + 28 = 98
    # one more to b, and one to a, whose name comes before c
    weights = {"a": Decimal(2), "b": Decimal(3), "c": Decimal(2)}
    assert allocate(Decimal(100), weights, 0) == {"a": 29, "b": 43, "c": 28}


def test_weights_that_differ_by_division_residue_are_equal() -> None:
    third = Decimal("0.3333333333333333333333333333333333")
    weights = {"a": third * 3, "b": Decimal(1)}
    assert allocate(Decimal("0.01"), weights, 2) == {"a": Decimal("0.01"), "b": 0}


@pytest.mark.parametrize(
    ("pool", "weight", "code"),
    [
        ("100.005", "1", "PRF727"),
        ("-1", "1", "PRF727"),
        ("1", "-1", "PRF728"),
        ("1", "0", "PRF729"),
    ],
)
def test_what_cant_be_divided_is_refused(pool: str, weight: str, code: str) -> None:
    with pytest.raises(Fault, match=code):
        allocate(Decimal(pool), {"a": Decimal(weight)}, 2)


def test_nobody_is_nobody() -> None:
    with pytest.raises(Fault, match="PRF729"):
        allocate(Decimal(1), {}, 2)
