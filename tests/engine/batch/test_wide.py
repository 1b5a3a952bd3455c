"""Decimals of 128 bits made of whole numbers: every size and sign, nulls, what is too wide."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.engine.batch.exact import RowScored, UnitScored
from perfrules.engine.batch.output import Alone, Output
from perfrules.engine.batch.schema import LineShape, shape_of
from perfrules.engine.batch.table import Kernels, Rules, Sizes, scored
from perfrules.engine.batch.wide import TooWideError, decimals, exactly, scattered
from perfrules.engine.codegen import Scores
from perfrules.engine.program import Program
from tests.small import plan

D = Decimal

NUMBERS = st.integers(-(2**63), 2**63 - 1)
NARROW = pa.decimal64(18, 2)


def wide(scale: int) -> pa.DataType:
    return pa.decimal128(38, scale)


@settings(max_examples=100, deadline=None)
@given(st.lists(NUMBERS, max_size=12), st.integers(0, 34), st.data())
def test_any_numbers(units: list[int], scale: int, data: st.DataObject) -> None:
    absent = data.draw(st.lists(st.booleans(), min_size=len(units), max_size=len(units)))
    array = decimals(np.array(units, np.int64), wide(scale), np.array(absent, np.bool_))
    array.validate(full=True)
    wanted = [
        None if gone else D(f"{unit}E-{scale}") for unit, gone in zip(units, absent, strict=True)
    ]
    assert array.to_pylist() == wanted


def test_some_are_replaced() -> None:
    large = D("9999999999999999999999999.99")
    values = exactly([large, None, D("-0.5")], wide(2))
    units, gone = np.array([1, 2, 3, 4, 5]), np.array([True, False, False, True, False])
    found = scattered(units, wide(2), gone, np.array([0, 2, 4]), values)
    assert found.to_pylist() == [large, D("0.02"), None, None, D("-0.50")]
    found = scattered(
        decimals(units, wide(2)), wide(2), None, np.array([1]), exactly([D(7)], wide(2))
    )
    assert found.to_pylist() == [D("0.01"), D(7), D("0.03"), D("0.04"), D("0.05")]


def test_more_decimals_than_the_column_has_are_rounded() -> None:
    found = exactly([D(1) / D(3), D("0.5"), None], wide(2))
    assert found.to_pylist() == [D("0.33"), D("0.5"), None]


def test_more_digits_than_the_column_has() -> None:
    with pytest.raises(TooWideError) as caught:
        exactly([D(1), D("1e37"), None, D("-1e36")], wide(2))
    assert caught.value.places == [1, 3]


def test_pairs_of_words_are_as_wide_as_decimals() -> None:
    words = np.array([[7, 0], [-7, -1], [0, 1]])
    found = decimals(words, wide(2))
    found.validate(full=True)
    assert found.to_pylist() == [D("0.07"), D("-0.07"), D(2**64).scaleb(-2)]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(1 - 10**18, 10**18 - 1), max_size=12), st.data())
def test_any_narrow_numbers(units: list[int], data: st.DataObject) -> None:
    absent = data.draw(st.lists(st.booleans(), min_size=len(units), max_size=len(units)))
    array = decimals(np.array(units, np.int64), NARROW, np.array(absent, np.bool_))
    array.validate(full=True)
    assert array.to_pylist() == [
        None if gone else D(unit).scaleb(-2) for unit, gone in zip(units, absent, strict=True)
    ]


def test_too_wide_for_64_bits() -> None:
    units = np.array([1, 10**18, -(10**18), 2])
    with pytest.raises(TooWideError) as caught:
        decimals(units, NARROW)
    assert caught.value.places == [1, 2]
    gone = np.array([False, True, True, False])
    assert decimals(units, NARROW, gone).to_pylist() == [D("0.01"), None, None, D("0.02")]
    rows, values = np.array([1, 2]), exactly([D(5), None], NARROW)
    found = scattered(units, NARROW, None, rows, values)
    assert found.to_pylist() == [D("0.01"), D(5), None, D("0.02")]
    with pytest.raises(TooWideError) as caught:
        scattered(units, NARROW, None, rows[:1], values[:1])
    assert caught.value.places == [2]
    with pytest.raises(TooWideError):
        exactly([D("1e16")], NARROW)


def test_a_unit_with_too_many_digits_is_rejected_alone() -> None:
    """No ruleset of ours gives such a number: scores stay below their points. So one is made up."""
    program = Program(plan("""
    inputs: {done: {type: number}, what: {type: panel, optional: true}}
    indicators: [{id: a, points: 100, score: {method: proportional, actual: done, target: 3}}]
    """))  # fmt: skip

    def absurd(facts: Mapping[str, object]) -> Scores:
        found = program.scores(facts)
        return found._replace(total=D("1e37")) if facts["done"] == 2 else found

    rules = Rules(program.plan, Kernels(program.plan), absurd, program._parameters_on, None)
    ballots = pa.array([[], [], None], pa.list_(pa.struct([("rater", pa.string())])))
    table = pa.table({"done": [1, 2, 3], "what": ballots})
    found = scored(rules, table, Sizes(10, 1, 128)).read_all()
    assert found.column("total").to_pylist() == [D("33.33"), None, D(100)]
    (told,) = found.column("rejected")[1].as_py()
    assert told["code"] == "PRF668"
    assert found.column("rejected").null_count == 2


def test_a_row_with_too_many_digits_rejects_its_unit() -> None:
    line = LineShape("goals", 2, stateful=True, has_rows=True)
    shape = replace(shape_of(plan(SHEET), rates=True), lines=(line,))
    scores = Program(plan(SHEET)).scores({"rows": [{"name": "a", "n": 100}]})
    good, wide = (RowScored("a", D(number), D(1), "scored") for number in ("1", "1e37"))
    units = [
        UnitScored(scores, ((D(1), D(1), "scored"),), {"goals": rows})
        for rows in ((good, good), (), (good, wide))
    ]
    with pytest.raises(TooWideError) as caught:
        Output(shape, D(100), 3, None, Alone(np.arange(3), units)).columns(rates=True)
    assert caught.value.places == [2]


SHEET = """
inputs: {rows: {type: table, columns: {name: {type: text}, n: {type: number}}}}
indicators:
  - id: goals
    points: 100
    for_each: {row: r, in: rows, key: r.name}
    points_of: r.n
    score: {method: proportional, actual: r.n, target: 9}
"""
