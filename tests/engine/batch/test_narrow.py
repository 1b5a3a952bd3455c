"""Decimals of 64 bits are those of 128, in every ruleset; other libraries read them."""

from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pytest

import perfrules
from perfrules.engine.program import Program
from perfrules.errors import UsageError
from tests.engine.batch.tables import table_of
from tests.engine.batch.test_table import RULESETS, many
from tests.small import plan

D = Decimal


def decimals(schema: pa.Schema, bits: int) -> list[str]:
    """Return the columns of decimals of so many bits."""
    return [
        field.name
        for field in schema
        if pa.types.is_decimal(field.type) and field.type.bit_width == bits
    ]


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: path.stem)
def test_the_same_digits(path: Path) -> None:
    program = Program(perfrules.load(str(path)).plan)
    table = table_of(program.plan, many(program.plan, 40, path))
    for rates in (True, False):
        wide = program.score_table(table, rates=rates, batch_rows=17)
        narrow = program.score_table(table, rates=rates, batch_rows=17, decimal_bits=64)
        narrow.validate(full=True)
        assert narrow.cast(wide.schema).equals(wide)
        left = set(decimals(narrow.schema, 128))
        assert left <= {"rate", "complete"}  # of a total that doesn't divide a power of ten
        assert set(decimals(wide.schema, 128)) - left == set(decimals(narrow.schema, 64))


def test_units_scored_alone_stand_among_the_others() -> None:
    program = Program(plan("""
        inputs: {done: {type: number}}
        indicators: [{id: a, points: 100, score: {method: proportional, actual: done, target: 3}}]
    """))  # fmt: skip
    table = pa.table({"done": ["1", "二", "2", None, "1,000"]})
    found = program.score_table(table, decimal_bits=64)
    assert found["score.a"].to_pylist() == [D("33.33"), None, D("66.67"), None, D(100)]
    assert found["rate.a"].to_pylist()[0] == D("0.333333333333")
    assert found["rejected"].null_count == 3


def test_a_total_that_64_bits_cannot_hold_is_rejected() -> None:
    program = Program(plan("""
        total: 20000000000000000
        inputs: {done: {type: number}}
        indicators:
          - {id: a, points: 20000000000000000, rounding: {digits: 0},
             score: {method: proportional, actual: done, target: 4}}
        grades: [{name: 优, at_least: 90}, {name: 差, at_least: 0}]
    """))  # fmt: skip
    table = pa.table({"done": [1, 4]})
    wide = program.score_table(table)
    assert wide["total"].to_pylist() == [D(5 * 10**15), D(2 * 10**16)]
    narrow = program.score_table(table, decimal_bits=64)
    assert narrow["total"].to_pylist() == [D(5 * 10**15), None]
    assert [told["code"] for told in narrow["rejected"][1].as_py()] == ["PRF668"]


@pytest.mark.parametrize("bits", [32, 0, "64", True, 64.0])
def test_what_is_no_width(bits: object) -> None:
    program = perfrules.load(str(RULESETS[0]))
    table = table_of(program.plan, many(program.plan, 1, RULESETS[0]))
    with pytest.raises(UsageError) as caught:
        program.score_table(table, decimal_bits=bits)  # type: ignore[arg-type] # as callers may
    (told,) = caught.value.diagnostics
    assert told.code == "PRF646"
    assert "decimal_bits" in told.message.get("zh")


def test_other_libraries_read_them() -> None:
    polars, duckdb = pytest.importorskip("polars"), pytest.importorskip("duckdb")
    program = Program(plan("""
        inputs: {done: {type: number}}
        indicators: [{id: a, points: 100, score: {method: proportional, actual: done, target: 3}}]
    """))  # fmt: skip
    scored = program.score_table(pa.table({"done": [1, 2]}), decimal_bits=64)
    assert polars.from_arrow(scored)["score.a"].sum() == D(100)
    assert duckdb.sql('select sum("score.a") from scored').fetchall() == [(D(100),)]
    assert scored.to_pandas()["score.a"].tolist() == [D("33.33"), D("66.67")]
