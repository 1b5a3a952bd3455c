"""The second half of docs/scale.md: each system gives what one process gives for the same file."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

import perfrules
from tests.pages import examples, run
from tests.scored_tables import differing, rejected
from tests.small import text

PAGE = "scale.md"
RULES = """
inputs:
  budget: {type: money, unit: 万元, title: 全年预算数, min: 0}
  executed: {type: money, unit: 万元, title: 全年执行数, min: 0}
indicators:
  - {id: all, points: 100, score: {method: proportional, actual: executed, target: budget}}
"""
ROWS = 120


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> perfrules.Program:
    """Return the page's program, in a folder with its ruleset and its facts."""
    monkeypatch.chdir(tmp_path)
    Path("boarding.yaml").write_text(text(RULES), encoding="utf-8")
    units = {
        "unit": [f"P{row:03}" for row in range(ROWS)],
        "budget": ["150"] * ROWS,
        "executed": ["很多" if row % 50 == 3 else f"{100 + row / 2}" for row in range(ROWS)],
    }
    pq.write_table(pa.table(units), "facts.parquet", row_group_size=50)
    (script,) = examples(PAGE, "The same function")
    found = run(PAGE, script, perfrules=perfrules)["program"]
    assert isinstance(found, perfrules.Program)
    return found


@pytest.fixture
def wanted(program: perfrules.Program) -> pa.Table:
    """Return the scores that one process gives: three of 120 are rejected."""
    scores = program.score_table(pq.read_table("facts.parquet"))
    assert rejected(scores) == 3
    return scores


def three_lines(heading: str, **names: object) -> object:
    """Return what the example of one system calls `scores`."""
    (script,) = examples(PAGE, heading)
    assert len(script.splitlines()) <= 3
    return run(PAGE, script, pa=pa, pq=pq, **names)["scores"]


def test_pyarrow(program: perfrules.Program, wanted: pa.Table) -> None:
    assert differing(three_lines("pyarrow", program=program), wanted) == []


def test_duckdb(program: perfrules.Program, wanted: pa.Table) -> None:
    scores = three_lines("duckdb", program=program, duckdb=duckdb)
    scored = wanted.filter(pc.is_null(wanted.column("rejected")))
    assert isinstance(scores, duckdb.DuckDBPyRelation)
    assert scores.fetchall() == [
        (one["unit"], one["total"], one["grade"]) for one in scored.to_pylist()
    ]


# What dask does to a data frame of pandas 3.1.
@pytest.mark.filterwarnings("ignore:The inplace keyword")
def test_dask(program: perfrules.Program, wanted: pa.Table) -> None:
    dask = pytest.importorskip("dask")
    pytest.importorskip("dask.bag")
    with dask.config.set(scheduler="synchronous"):
        assert differing(three_lines("Dask", program=program, dask=dask), wanted) == []


def test_ray_is_given_what_a_program_has() -> None:
    """Ray isn't installed here: whether what the page calls exists is all that can be said."""
    (script,) = examples(PAGE, "Ray")
    assert "map_batches(program.score_table, " in script
    assert callable(perfrules.Program.score_table)
