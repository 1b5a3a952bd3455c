"""A table of W20, Arrow in to Arrow out with every leaf's score: ours, by hand and by the peers.

Each contestant gives total, grade, gate, decisions and the score of every leaf and branch. Ours are
decimals without a wrong digit, of 128 bits and of 64; all others count in binary floats, and how
many of their totals and grades are wrong is told. Ours and the functions by hand have one thread,
duckdb has the one it is given. polars takes both processors and is timed by the clock on the wall
too, and so are ours with two threads.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa

import perfrules
from benchmarks import by_numpy, by_openfisca, by_query, columns, peers, workloads
from benchmarks.measure import Contestant, contest, installed, rows_of
from perfrules import Program
from perfrules.engine.batch.table import TableScorer
from perfrules.engine.program import TABLE_ROWS

ROWS = 1_000_000
FEW = 10_000  # for an engine that takes one unit at a time; its time a row is the same for more
SLOW = 50_000  # rows for a query that does exact arithmetic in DECIMAL(38)
EXACT_SQL = f"duckdb, SQL of perfrules compile, exact, 1 thread, {SLOW:,} rows"
CENT = 0.0101
NARROW = ", 64 bits"
TWO = ", two threads, on the wall"
PASSES = 3
ALONE = 200  # rows that are scored one by one too

Run = Callable[[], pa.Table]


def program() -> Program:
    """Return W20 for columns: a percentage may be a fraction."""
    return perfrules.loads(workloads.ruleset(20, bare=True))


def wrong(ours: pa.Table, other: pa.Table) -> dict[str, int]:
    """Return how many totals, leaf scores and grades of another differ; stop where it isn't close.

    A total by binary floats is off by a cent for each leaf that lies on a tie, seldom by more.
    """

    def floats(table: pa.Table, name: str) -> Any:  # noqa: ANN401 - pyarrow has no types
        return table[name].cast(pa.float64()).to_numpy()

    off = {"totals": 0, "leaf scores": 0, "grades": 0}
    for name in ("total", *(f"score.l{place}" for place in range(20))):
        gap = np.abs(floats(ours, name) - floats(other, name))
        assert gap.max() < (5 * CENT if name == "total" else CENT), (name, gap.max())
        off["totals" if name == "total" else "leaf scores"] += int((gap > CENT / 2).sum())
    grades = [table["grade"].cast(pa.string()).combine_chunks() for table in (ours, other)]
    off["grades"] = int((grades[0].to_numpy(False) != grades[1].to_numpy(False)).sum())
    assert off["grades"] * 1000 < len(ours)
    return off


def checked(scorer: Program, values: columns.Drawn, found: pa.Table) -> None:
    """Stop where a row of a table isn't what the row scored alone gives."""
    assert found["rejected"].null_count == len(found)
    step = max(1, len(found) // ALONE)
    places = range(0, len(found), step)
    for place, facts in zip(places, columns.units(values, places), strict=True):
        alone = scorer.interpret(facts)
        assert found["total"][place].as_py() == alone.total, facts
        assert found["grade"][place].as_py() == alone.grade, facts
        for line in alone.lines():
            assert found[f"score.{line.id}"][place].as_py() == line.score, (facts, line.id)


def doubt(scorer: Program, table: pa.Table, *, rates: bool) -> dict[str, float]:
    """Return which share of the values and rows was computed again exactly."""
    rules = scorer._rules(None)  # noqa: SLF001 - what no result tells
    one = TableScorer(rules, table.schema, rates=rates)
    kernel = rules.kernels.kernel(rules.parameters_on(None), None)
    redone = rows = 0
    for batch in table.combine_chunks().to_batches(TABLE_ROWS):
        read = one.layout.read(batch)
        found = kernel.run(one.intake.take(read.inputs, read.size, None), rates=rates)
        assert found is not None
        redone += found.redone
        rows += int(found.again.sum())
    lines = sum(name.startswith(("score.", "rate.")) for name in one.shape.schema.names)
    return {
        "values computed again, share": redone / (len(table) * lines),
        "values computed again, a row": redone / len(table),
        "rows scored by themselves, share": rows / len(table),
    }


def runs(scorer: Program, values: columns.Drawn) -> tuple[dict[str, Run], dict[str, Any]]:
    """Return what is timed, checked; and what was found wrong with it."""
    given = {form: columns.table(values, form) for form in columns.FORMS}
    plain = given["float"]
    found: dict[str, Run] = {
        "by hand, numpy in chunks": lambda: by_numpy.scored(plain),
        "by hand, numpy in chunks, with rates": lambda: by_numpy.scored(plain, rates=True),
    }
    for form, table in given.items():
        name = f"perfrules, {form} columns"
        found[name] = partial(scorer.score_table, table, rates=False)
        found[f"{name}, with rates"] = partial(scorer.score_table, table)
        found[f"{name}{NARROW}"] = partial(scorer.score_table, table, rates=False, decimal_bits=64)
    if installed("duckdb"):
        query = by_query.duckdb_of(by_query.sql())
        found["duckdb, SQL by hand in DOUBLE, 1 thread"] = lambda: query(plain)
        if installed("sqlglot"):
            exact = by_query.duckdb_of(perfrules.to_sql(scorer, dialect="duckdb"))
            wanted = columns.for_sql(values).slice(0, SLOW)
            found[EXACT_SQL] = lambda: exact(wanted)
    if installed("polars"):
        frame = by_query.polars_of()
        found["polars, processor time of its threads"] = lambda: frame(plain)
    notes: dict[str, Any] = {"wrong of all": {}}
    ours = found["perfrules, float columns"]()
    checked(scorer, values, ours)
    for name, run in found.items():
        if name.startswith(("perfrules", "duckdb, SQL of perfrules")):
            other = run()
            same(ours.slice(0, len(other)), other, name)
        else:
            notes["wrong of all"][name] = wrong(ours, run())
    for form in columns.FORMS:
        notes[f"perfrules, {form} columns"] = doubt(scorer, given[form], rates=False)
        notes[f"perfrules, {form} columns, with rates"] = doubt(scorer, given[form], rates=True)
    return found, notes


def side_by_side(scorer: Program, values: columns.Drawn) -> dict[str, Run]:
    """Return what is timed with two threads, by the clock on the wall."""
    found: dict[str, Run] = {}
    for form in columns.FORMS:
        table = columns.table(values, form)
        name = f"perfrules, {form} columns"
        run = partial(scorer.score_table, table, rates=False, threads=2)
        found[f"{name}{TWO}"] = run
        found[f"{name}{NARROW}{TWO}"] = partial(run, decimal_bits=64)
    return found


def same(ours: pa.Table, other: pa.Table, name: str) -> None:
    """Stop where a digit differs between two exact tables."""
    for field in ours.schema.names:
        if field in other.schema.names and field.startswith(("total", "grade", "score", "dec")):
            left, right = ours[field], other[field]
            kind = pa.string() if field == "grade" else left.type
            assert left.cast(kind).equals(right.cast(kind)), (name, field)


def openfisca(values: columns.Drawn) -> Run:
    """Return W20 in openfisca-core over vectors; its input is made of Arrow's in the turn."""
    table = columns.table(values)
    system = by_openfisca.system()

    def run() -> pa.Table:
        given = by_numpy.given(table)
        vectors = {name.replace(".", "_"): vector for name, vector in given.items()}
        for name in [name for name, kind in columns.names() if kind == "list"]:
            vectors[name] = by_numpy.LABELS_BY_SUBSET[vectors[name]]
        for place, level in enumerate(workloads.LEVELS):
            vectors[f"v19_{place}"] = vectors[f"v19_{level}"]
        out = by_openfisca.score(system, by_openfisca.columns(vectors))
        grade = pa.DictionaryArray.from_arrays(
            pa.array(out["grade"].astype(np.int8)), pa.array(by_openfisca.NAMES)
        )
        lines = {f"score.{name}": out[name] for name in by_numpy.lines()}
        return pa.table({"total": out["total"], "grade": grade, **lines})

    return run


def zen(values: columns.Drawn) -> Contestant | None:
    """Return zen-engine's fastest way that gives every line by name, over a few rows."""
    if installed("zen-engine") is None:
        return None
    _, prepare, score, _ = next(
        peer for peer in peers.peers() if peer[0] == "zen-engine, static loader"
    )
    rows = range(min(FEW, len(values["misused"])))
    units = [prepare(workloads.as_floats(facts)) for facts in columns.units(values, rows)]

    def work() -> None:
        for unit in units:
            score(unit)

    return Contestant(work, len(units))


def measured(*, quick: bool, rounds: int, told: Callable[[str], None]) -> Mapping[str, Any]:
    """Return the times of all, the answers of all checked."""
    size = ROWS // 20 if quick else ROWS
    values = columns.drawn(size)
    scorer = program()
    found, notes = runs(scorer, values)
    contestants = {
        name: Contestant(run, size, passes=PASSES)
        for name, run in found.items()
        if name != EXACT_SQL
    }
    exact = found["perfrules, float columns"]()
    for name, run in side_by_side(scorer, values).items():
        same(exact, run(), name)
        contestants[name] = Contestant(run, size, wall=True, passes=PASSES)
    if EXACT_SQL in found:
        contestants[EXACT_SQL] = Contestant(found[EXACT_SQL], min(size, SLOW))
    for name in [name for name in found if name.startswith("polars")]:
        contestants["polars, on the wall"] = Contestant(found[name], size, wall=True, passes=PASSES)
    if installed("openfisca-core"):
        run = openfisca(values)
        notes["wrong of all"]["openfisca-core, vectors"] = wrong(exact, run())
        contestants["openfisca-core, vectors"] = Contestant(run, size, passes=PASSES)
    if (one := zen(values)) is not None:
        contestants[f"zen-engine, {one.units} rows"] = one
    notes["absent"] = [name for name in ("duckdb", "sqlglot", "polars", "openfisca-core",
                                         "zen-engine") if installed(name) is None]  # fmt: skip
    return {"rows": size, "times": rows_of(contest(contestants, rounds, told)), "notes": notes}
