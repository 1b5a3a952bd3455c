"""Columns compare as decimals snapped to 12 places do."""

from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.engine.batch.kernel.compare import Test, compare
from perfrules.engine.batch.kernel.numbers import Known, Number
from perfrules.engine.codegen.values import compared
from perfrules.lang.tree import CompareOp
from tests.engine.batch.kernel.columns import around, chunk_of, real_of, units_of, whole_of

OPS: tuple[CompareOp, ...] = ("<", "<=", ">", ">=", "==", "!=")
EDGES = [Decimal(text) for text in ("0", "0.95", "-1", "0.333333333333", "100", "0.000000000001")]
some = settings(max_examples=150, deadline=None)


def told(test: Test, size: int) -> list[bool]:
    if isinstance(test, bool):
        return [test] * size
    return [bool(item) for item in np.broadcast_to(test(chunk_of(size)), (size,))]


@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize("edge", EDGES, ids=str)
@pytest.mark.parametrize("scale", [13, 14])
def test_whole_units_with_a_constant(op: CompareOp, edge: Decimal, scale: int) -> None:
    values = around(edge, scale)
    number = whole_of(units_of(values, scale), scale)
    assert told(compare(op, number, Known(edge)), len(values)) == [
        compared(op, value, edge) for value in values
    ]
    assert told(compare(op, Known(edge), number), len(values)) == [
        compared(op, edge, value) for value in values
    ]


@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize("edge", EDGES, ids=str)
@pytest.mark.parametrize("wrong", [-1.0, 0.0, 1.0])
def test_guesses_with_a_constant(op: CompareOp, edge: Decimal, wrong: float) -> None:
    values = around(edge)
    number = real_of(values, 1e-14, 1e-14, wrong)
    assert told(compare(op, number, Known(edge)), len(values)) == [
        compared(op, value, edge) for value in values
    ]


@pytest.mark.parametrize("op", OPS)
def test_guesses_with_guesses(op: CompareOp) -> None:
    values = [value for edge in EDGES for value in around(edge)]
    others = [edge for edge in EDGES for _ in around(edge)]
    left, right = real_of(values, 1e-15, 1e-14, 1.0), real_of(others, 1e-15, 1e-14, -1.0)
    assert told(compare(op, left, right), len(values)) == [
        compared(op, a, b) for a, b in zip(values, others, strict=True)
    ]


def test_what_equals_a_threshold_is_not_in_doubt() -> None:
    values = [Decimal("0.95")] * 4
    chunk = chunk_of(4)
    test = compare(">=", real_of(values, 1e-15, 0.0, -1.0), Known(Decimal("0.95")))
    assert not isinstance(test, bool)
    assert test(chunk).all()
    assert chunk.redone == 0


def test_a_bound_that_is_too_small_is_found_out() -> None:
    """Errors that the bound denies tell a value just below half a step from its number."""
    values = around(Decimal("0.95"))
    wrong = real_of(values, 0.0, 2e-13, 1.0)
    lying = real_of(values, 0.0, 0.0)
    number = type(lying)(wrong.floats, 0.0, 0.0, 0.0, 1.0, lying.exact)
    found = told(compare(">=", number, Known(Decimal("0.95"))), len(values))
    assert found != [compared(">=", value, Decimal("0.95")) for value in values]


@some
@given(
    st.lists(st.tuples(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9)), min_size=1),
    st.integers(0, 14),
    st.integers(0, 14),
    st.sampled_from(OPS),
)
def test_two_columns(pairs: list[tuple[int, int]], one: int, other: int, op: CompareOp) -> None:
    pairs = [*pairs, (0, 0)]
    left: Number = whole_of([pair[0] for pair in pairs], one)
    right: Number = whole_of([pair[1] for pair in pairs], other)
    assert told(compare(op, left, right), len(pairs)) == [
        compared(op, Decimal(a).scaleb(-one), Decimal(b).scaleb(-other)) for a, b in pairs
    ]


def test_what_bounds_decide_is_a_constant() -> None:
    number = whole_of([1, 5], 0)
    assert compare(">", number, Known(Decimal(0))) is True
    assert compare("<", number, Known(Decimal(1))) is False
    assert compare("==", number, Known(Decimal("1.5"))) is False
    assert compare("!=", number, Known(Decimal(6))) is True
