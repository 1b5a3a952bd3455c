"""Columns of scores become the bytes that rows are written as."""

import random
from pathlib import Path

import pyarrow as pa
import pytest

import perfrules
from perfrules.files.entry import Entry
from perfrules.jobs.forms import CsvForm
from perfrules.jobs.lines import csv_lines, joined
from perfrules.jobs.rows import RowWork
from perfrules.jobs.units import UnitWork
from tests.jobs.test_forms import RULESETS
from tests.strategies import any_facts, seeds_of, thresholds

NAMES = ["P001", "某小学", "=1+1", 'a "b", c', " x ", "-5", "＝1", "a\tb", "é", None]


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: path.stem)
def test_columns_write_what_rows_write(path: Path) -> None:
    program = perfrules.load(str(path))
    seeds, known = seeds_of(path), thresholds(program.plan)
    entries = []
    for number in range(15):
        chance = random.Random(number)  # noqa: S311 - seeded
        facts = any_facts(program.plan, chance, seeds, known)
        facts = {**facts, "unit": NAMES[number % len(NAMES)]}
        entries.append(Entry(number + 1, facts, (), None))
    form = CsvForm(program.plan)
    done = UnitWork(program, "facts", rejects=False)(entries)
    with pa.ipc.open_stream(done.output) as stream:
        (batch,) = list(stream)
    good = batch["rejected"].is_null()
    found = joined(csv_lines(form, batch).filter(good))
    wanted = RowWork(program, form, "facts", rejects=False)(entries)
    assert found == wanted.output
    assert (done.scored, done.rejected) == (wanted.scored, wanted.rejected)


def test_no_units_are_no_lines() -> None:
    assert joined(pa.array([], pa.string())) == b""
    assert joined(pa.array(["a", "b", "c"])[1:2]) == b"b"
