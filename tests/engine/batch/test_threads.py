"""Batches side by side: the same table in the same order, and a thread's fault is the caller's."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pytest

import perfrules
from perfrules.engine.program import Program
from perfrules.errors import UsageError
from tests.engine.batch.tables import table_of
from tests.engine.batch.test_table import RULESETS, many

SOME = [path for path in RULESETS if "sheet" not in path.stem][::4]


@pytest.mark.parametrize("path", SOME, ids=lambda path: path.stem)
def test_the_same_table(path: Path) -> None:
    plan = perfrules.load(str(path)).plan
    table = table_of(plan, many(plan, 40, path))
    wanted = Program(plan).score_table(table, batch_rows=7)
    for threads in (2, 5):
        assert Program(plan).score_table(table, batch_rows=7, threads=threads).equals(wanted)


def test_one_program_in_many_threads() -> None:
    path = next(path for path in RULESETS if path.stem == "department_evaluation")
    program = perfrules.load(str(path))
    tables = [table_of(program.plan, many(program.plan, 30, path, seed)) for seed in range(8)]
    wanted = [Program(program.plan).score_table(table) for table in tables]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(program.score_table, tables))
    assert all(one.equals(other) for one, other in zip(wanted, found, strict=True))


def test_a_stream_that_is_left_half_read_ends_its_threads() -> None:
    program = perfrules.load(str(RULESETS[0]))
    table = table_of(program.plan, many(program.plan, 40, RULESETS[0]))
    reader = program.score_batches(table, batch_rows=2, threads=3)
    assert isinstance(reader.read_next_batch(), pa.RecordBatch)
    reader.close()


@pytest.mark.parametrize("threads", [0, -1, "2", True])
def test_what_is_no_number_of_threads(threads: object) -> None:
    program = perfrules.load(str(RULESETS[0]))
    table = table_of(program.plan, many(program.plan, 1, RULESETS[0]))
    with pytest.raises(UsageError) as caught:
        program.score_table(table, threads=threads)  # type: ignore[arg-type] # as callers may
    assert [item.code for item in caught.value.diagnostics] == ["PRF646"]
