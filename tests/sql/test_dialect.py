"""The statement in Spark, run where Java is; and what the dialects write differently."""

import os
import shutil
import sys
from collections.abc import Iterator
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from sqlglot import exp

import perfrules
from perfrules.sql import to_schema, to_sql
from perfrules.sql.dialect import Dialect
from perfrules.sql.nodes import name
from tests.sql.agreement import cells, differs, disagreements

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

DUCKDB, SPARK = Dialect("duckdb"), Dialect("spark")
MORE = """\
ruleset: small.spark
version: "1.0"
title: 日期、选项与除法
total: 100
grades: [{name: 优, at_least: 90}, {name: 中, at_least: 60}, {name: 差, at_least: 0}]
inputs:
  done: {type: date}
  level: {type: choice, of: [好, 中, 差]}
  a: {type: number, optional: true}
  b: {type: number}
derive:
  share: a / b if known(a) else -2
indicators:
  - id: late
    points: 30
    score: {method: deadline, actual: done, due: 'date("2022-12-31")', per: 7, lose: 12.5%}
  - id: rated
    points: 30
    score: {method: levels, level: level, shares: {好: 100%, 中: 62.5%, 差: 0%}}
  - id: ratio
    points: 40
    missing: zero
    score: {method: linear, actual: a / b, zero_at: -1.5, full_at: 1.25}
gates:
  - {id: low, when: rate.ratio < 20% and year(done) > 2022, then: {cap_grade: 中}}
decisions:
  match: first
  rules:
    - {id: first, when: share > 1, do: {code: a}}
    - {id: second, when: grade == "差" or score.ratio < 5.005, do: {code: b}}
"""


def written(node: exp.Expression, dialect: Dialect) -> str:
    return node.sql(dialect.name)


@pytest.mark.parametrize(
    ("dialect", "quotient", "held"),
    [
        (DUCKDB, '"a" // "b"', "list_contains"),
        (SPARK, "CAST((`a` - (`a` % `b`)) / `b` AS DECIMAL(38, 0))", "array_contains"),
    ],
)
def test_what_differs(dialect: Dialect, quotient: str, held: str) -> None:
    assert written(dialect.divided(name("a"), name("b")), dialect) == quotient
    assert held in written(dialect.holds(name("a"), "①"), dialect).lower()


def test_a_step_is_a_decimal() -> None:
    """12,345 steps of a hundredth are 123.45."""
    with_step = written(DUCKDB.scaled(exp.Literal.number("12345"), 2), DUCKDB)
    assert "CAST('0.01' AS DECIMAL(3, 2))" in with_step


@pytest.fixture(scope="module")
def session() -> Iterator["SparkSession"]:
    """Return a local Spark session, ANSI as it is by default in Spark 4."""
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    settings = {
        "spark.sql.ansi.enabled": "true",
        "spark.sql.shuffle.partitions": "1",
        "spark.ui.enabled": "false",
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
    }
    builder = SparkSession.builder.master("local[1]").appName("perfrules")
    for key, value in settings.items():
        builder = builder.config(key, value)
    found = builder.getOrCreate()
    found.sparkContext.setLogLevel("ERROR")
    yield found
    found.stop()


@pytest.mark.filterwarnings("ignore")
def test_spark_gives_the_same_digits(session: "SparkSession") -> None:
    chance = Random(7)  # noqa: S311 - seeded
    loaded = perfrules.loads(MORE)
    known = [Decimal(value) for value in ("0", "1.25", "-1.5", "3000000")]
    held_to(session, loaded, [cells(loaded.plan, chance, known) for _ in range(40)])


def held_to(
    session: "SparkSession", program: perfrules.Program, rows: list[dict[str, Any]]
) -> None:
    schema = to_schema(program, dialect="spark")
    columns = schema[schema.index("(") + 1 : schema.rindex(")")]
    names = [line.split("`")[1] for line in columns.strip().splitlines()]
    values = [tuple(row.get(key) for key in names) for row in rows]
    session.createDataFrame(values, columns).createOrReplaceTempView("facts")
    answers = [row.asDict() for row in session.sql(to_sql(program, dialect="spark")).collect()]
    found = [differs(program, row, one) for row, one in zip(rows, answers, strict=True)]
    assert found == [None] * len(rows)
    assert any(one["fault"] is None for one in answers)


def test_the_second_ruleset_in_duckdb() -> None:

    loaded = perfrules.loads(MORE)
    chance = Random(11)  # noqa: S311 - seeded
    known = [Decimal(value) for value in ("0", "1.25", "-1.5", "3000000")]
    assert disagreements(loaded, [cells(loaded.plan, chance, known) for _ in range(200)]) == []
