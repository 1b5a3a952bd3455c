"""W20 over columns in duckdb and polars: every leaf, branch, total, grade, gate and decision.

Both count in 64-bit floats, as anyone would write it: they check nothing and aren't exact.
"""

from typing import Any

import pyarrow as pa

from benchmarks.workloads import GRADES, LEVELS, kind_of, tree

LEAVES = 20
POINTS = 5
NAMES = tuple(name for _, name in GRADES)


def _sql(place: int) -> str:
    name = f"v{place}"
    match kind_of(place, LEAVES):
        case "proportional":
            target = f"{name}_target" if place % 4 == 1 else "900"
            share = f"least({name} / {target}, 1)"
        case "reverse":
            share = f"least(60 / {name}, 1)"
        case "bands":
            share = (
                f"CASE WHEN {name} >= 0.95::DOUBLE THEN 1 WHEN {name} >= 0.85::DOUBLE THEN"
                f" 0.8::DOUBLE WHEN {name} >= 0.7::DOUBLE THEN 0.5::DOUBLE ELSE 0 END"
            )
        case "checklist":  # each label is a sign, with a sign between two
            share = f"(length({name}) + 1) * 0.125::DOUBLE"
        case "deduct":
            share = f"greatest(1 - {name} * 0.1::DOUBLE, 0)"
        case _:
            counts = [f'"{name}.{level}"' for level in LEVELS]
            worth = " + ".join(
                f"{count} * {value!r}::DOUBLE"
                for count, value in zip(counts, LEVELS.values(), strict=True)
            )
            share = f"({worth}) / ({' + '.join(counts)})"
    return f"floor({100 * POINTS} * {share} + 0.5::DOUBLE) / 100"


def sql() -> str:
    """Return W20 as a query by hand over the table `facts`: three levels of sums, in DOUBLE."""
    leaves = ", ".join(f'{_sql(place)} AS "score.l{place}"' for place in range(LEAVES))
    seconds, firsts = [], []
    for first, branches in tree(LEAVES):
        for second, places in branches:
            total = " + ".join(f'"score.l{place}"' for place in places)
            seconds.append(f'{total} AS "score.{second}"')
        total = " + ".join(f'"score.{second}"' for second, _ in branches)
        firsts.append(f'{total} AS "score.{first}"')
    total = " + ".join(f'"score.{first}"' for first, _ in tree(LEAVES))
    grade = " ".join(f"WHEN total >= {least:g} THEN '{name}'" for least, name in GRADES[:-1])
    return f"""
    WITH leaves AS (SELECT misused, {leaves} FROM facts),
    seconds AS (SELECT *, {", ".join(seconds)} FROM leaves),
    firsts AS (SELECT *, {", ".join(firsts)} FROM seconds),
    totals AS (SELECT *, floor(({total}) * 100 + 0.5::DOUBLE) / 100 AS total FROM firsts),
    grades AS (SELECT *, CASE WHEN misused THEN '差' {grade} ELSE '差' END AS grade FROM totals)
    SELECT * EXCLUDE (misused), total / 100 AS rate, misused AS "gate.misuse",
      grade = '优' AS "decision.guarantee", grade IN ('中', '差') AS "decision.cut",
      "score.first0" / 50 < 0.8::DOUBLE AS "decision.rectify"
    FROM grades
    """  # noqa: S608 - our own names


def duckdb_of(query: str, threads: int = 1) -> Any:  # noqa: ANN401 - a function of pa.Table
    """Return what runs a query over the table `facts` from Arrow to Arrow."""
    import duckdb  # noqa: PLC0415 - where it is there

    base = duckdb.connect(config={"threads": threads})

    def run(table: pa.Table) -> pa.Table:
        base.register("facts", table)
        return base.sql(query).to_arrow_table()

    return run


def polars_of() -> Any:  # noqa: ANN401 - as above
    """Return what scores a table with polars' expressions from Arrow to Arrow."""
    import polars as pl  # noqa: PLC0415 - where it is there

    leaves = [_expression(place).alias(f"score.l{place}") for place in range(LEAVES)]
    seconds, firsts = [], []
    for first, branches in tree(LEAVES):
        for second, places in branches:
            seconds.append(_sum(f"score.l{place}" for place in places).alias(f"score.{second}"))
        firsts.append(_sum(f"score.{second}" for second, _ in branches).alias(f"score.{first}"))
    total = (_sum(f"score.{first}" for first, _ in tree(LEAVES)) * 100 + 0.5).floor() / 100
    grade = pl.lit(NAMES[-1])
    for least, name in reversed(GRADES[:-1]):
        grade = pl.when(pl.col("total") >= least).then(pl.lit(name)).otherwise(grade)
    grade = pl.when(pl.col("misused")).then(pl.lit(NAMES[-1])).otherwise(grade)
    levels = pl.Enum(list(reversed(NAMES)))

    def run(table: pa.Table) -> pa.Table:
        frame = pl.from_arrow(table)
        assert isinstance(frame, pl.DataFrame)
        return (
            frame.lazy()
            .select("misused", *leaves)
            .with_columns(seconds)
            .with_columns(firsts)
            .with_columns(total.alias("total"))
            .with_columns((pl.col("total") / 100).alias("rate"), grade.cast(levels).alias("grade"))
            .with_columns(
                (pl.col("grade") == "优").alias("decision.guarantee"),
                pl.col("grade").is_in(["中", "差"]).alias("decision.cut"),
                (pl.col("score.first0") / 50 < 0.8).alias("decision.rectify"),
            )
            .rename({"misused": "gate.misuse"})
            .collect()
            .to_arrow()
        )

    return run


def _sum(names: Any) -> Any:  # noqa: ANN401 - polars' own type
    import polars as pl  # noqa: PLC0415 - where it is there

    first, *others = [pl.col(name) for name in names]
    for other in others:
        first = first + other
    return first


def _expression(place: int) -> Any:  # noqa: ANN401 - as above
    import polars as pl  # noqa: PLC0415 - where it is there

    name = f"v{place}"
    value = pl.col(name)
    match kind_of(place, LEAVES):
        case "proportional":
            target = pl.col(f"{name}_target") if place % 4 == 1 else pl.lit(900.0)
            share = (value / target).clip(upper_bound=1.0)
        case "reverse":
            share = (60.0 / value).clip(upper_bound=1.0)
        case "bands":
            share = (
                pl.when(value >= 0.95)
                .then(1.0)
                .when(value >= 0.85)
                .then(0.8)
                .when(value >= 0.7)
                .then(0.5)
                .otherwise(0.0)
            )
        case "checklist":  # each label is a sign, with a sign between two
            share = (value.cat.len_chars() + 1) * 0.125
        case "deduct":
            share = (1.0 - value * 0.1).clip(lower_bound=0.0)
        case _:
            counts = [pl.col(f"{name}.{level}") for level in LEVELS]
            pairs = zip(counts, LEVELS.values(), strict=True)
            worth = sum((count * share for count, share in pairs if share), pl.lit(0.0))
            share = worth / sum(counts[1:], counts[0])
    return (share * (100 * POINTS) + 0.5).floor() / 100
