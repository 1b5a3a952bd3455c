"""Columns of scores become the bytes that rows are written as."""

import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import perfrules
from perfrules.engine.batch.schema import shape_of
from perfrules.engine.render.json import digits, number
from perfrules.files.entry import Entry
from perfrules.jobs.done import encoded
from perfrules.jobs.forms import CsvForm
from perfrules.jobs.lines import CsvLines
from perfrules.jobs.output import csv_line
from perfrules.jobs.rows import RowWork
from perfrules.jobs.units import UnitWork
from tests.jobs.test_forms import RULESETS
from tests.sample_rulesets import FORM
from tests.strategies import any_facts, seeds_of, thresholds

NAMES = ["P001", "某小学", "=1+1", 'a "b", c', " x ", "-5", "＝1", "a\tb", "é", None]
WORDS = ["优", "=差", 'a "b", c', "-5", "x y"]
BIG = 10**20


def decimals(scale: int) -> st.SearchStrategy[Decimal | None]:
    """Return numbers of so many decimals: nothing, small ones, and such as no table holds."""
    units = st.one_of(
        st.none(), st.integers(0, 10_050), st.integers(-150, 150_000), st.integers(-BIG, BIG)
    )
    return units.map(lambda one: None if one is None else Decimal(one).scaleb(-scale))


def values_of(kind: pa.DataType) -> st.SearchStrategy[Any]:
    """Return what a column of scores may hold."""
    if pa.types.is_decimal(kind):
        room = Decimal(10) ** (37 - kind.scale)
        found = decimals(kind.scale) | st.just(Decimal(1)) | decimals(min(kind.scale, 4))
        return found.filter(lambda one: one is None or abs(one) < room)
    if pa.types.is_dictionary(kind):
        return st.none() | st.sampled_from(WORDS)
    if pa.types.is_boolean(kind):
        return st.none() | st.booleans()
    if pa.types.is_date(kind):
        return st.none() | st.dates(date(2022, 1, 1), date(2022, 1, 3))
    if pa.types.is_integer(kind):
        return st.just(1)
    return st.one_of(
        st.sampled_from(NAMES),
        st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
        st.integers(0, 99).map("P{:08}".format),
    )


def line(form: CsvForm, row: dict[str, Any]) -> str:
    """Return the line of a unit, cell by cell."""
    gates = {gate.id: gate.id for gate in form.plan.gates}
    return csv_line([
        row["unit"] or "",
        str(row["as_of"] or ""),
        digits(row["total"], form.plan.total_rounding.digits) or "",
        number(row["rate"]) or "",
        row["grade"] or "",
        number(row["complete"]) or "",
        *(digits(row[f"score.{name}"], size) or "" for name, size in form.lines.items()),
        " ".join(code for name, code in gates.items() if row[f"gate.{name}"]),
        " ".join(code for name, code in form.codes.items() if row[f"decision.{name}"]),
        *form.about,
    ])  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(st.data(), st.integers(0, 9), st.integers(0, 12))
def test_columns_of_any_kind(data: st.DataObject, size: int, decimal: int) -> None:
    program = perfrules.loads(FORM.replace("digits: 2", f"digits: {decimal}"))
    form = CsvForm(program.plan)
    schema = shape_of(program.plan, rates=False).schema
    columns = [
        pa.array(data.draw(one_kind(field.type, size)), field.type)
        if field.name != "rejected"
        else pa.nulls(size, field.type)
        for field in schema
    ]
    batch = pa.RecordBatch.from_arrays(columns, schema=schema)
    wanted = [line(form, row) for row in batch.to_pylist()]
    lines = CsvLines(form)
    assert bytes(lines.written(batch, {})) == encoded("".join(wanted))
    instead = data.draw(
        st.dictionaries(st.integers(0, size - 1), st.sampled_from([None, "其他\r\n"]), max_size=3)
        if size
        else st.just({})
    )
    changed = [instead.get(place, text) or "" for place, text in enumerate(wanted)]
    assert bytes(lines.written(batch, instead)) == encoded("".join(changed))


def one_kind(kind: pa.DataType, size: int) -> st.SearchStrategy[list[Any]]:
    """Return columns, many of which hold one sort of values alone."""
    several = st.lists(values_of(kind), min_size=size, max_size=size)
    if not pa.types.is_decimal(kind):
        return several
    small = st.none() | st.integers(0, 9999).map(lambda one: Decimal(one).scaleb(-kind.scale))
    same = values_of(kind).map(lambda one: [one] * size)
    return st.one_of(several, st.lists(small, min_size=size, max_size=size), same)


def test_tables_grow_with_what_they_are_asked_for() -> None:
    form = CsvForm(perfrules.loads(FORM).plan)
    lines = CsvLines(form)
    schema = shape_of(form.plan, rates=False).schema
    for most in (3, 12_000, 130_000, 12_000, 140_000):
        values = [Decimal(most).scaleb(-2), None, Decimal(0)]
        columns = {field.name: pa.nulls(3, field.type) for field in schema}
        columns["total"] = pa.array(values, schema.field("total").type)
        batch = pa.RecordBatch.from_arrays(list(columns.values()), schema=schema)
        wanted = [line(form, row) for row in batch.to_pylist()]
        assert bytes(lines.written(batch, {})) == encoded("".join(wanted))


def test_a_piece_ends_where_the_next_begins() -> None:
    form = CsvForm(perfrules.loads(FORM).plan)
    size = 10_000
    schema = shape_of(form.plan, rates=False).schema
    columns = {field.name: pa.nulls(size, field.type) for field in schema}
    chance = random.Random(5)  # noqa: S311 - seeded
    columns["unit"] = pa.array(["某" * chance.randrange(30) for _ in range(size)])
    columns["total"] = pa.array(
        [Decimal(chance.randrange(10_001)).scaleb(-2) for _ in range(size)],
        schema.field("total").type,
    )
    batch = pa.RecordBatch.from_arrays(list(columns.values()), schema=schema)
    wanted = "".join(line(form, row) for row in batch.to_pylist())
    assert bytes(CsvLines(form).written(batch, {})) == encoded(wanted)


def test_more_decisions_than_a_code_has_bits() -> None:
    rules = "".join(
        f"    - {{id: d{place}, when: total >= {place}, do: {{code: c{place}}}}}\n"
        for place in range(70)
    )
    program = perfrules.loads(FORM.split("decisions:")[0] + "decisions:\n  rules:\n" + rules)
    form = CsvForm(program.plan)
    facts = {"budget": "100", "executed": "50", "done": "60%", "misused": "否"}
    batch = program.score_table(pa.table({name: [one] for name, one in facts.items()}), rates=False)
    found = CsvLines(form).written(batch.to_batches()[0], {})
    wanted = RowWork(program, form, "facts", rejects=False)([Entry(1, facts, (), None)])
    assert bytes(found) == wanted.output
    assert b",c0 c1 c2" in wanted.output


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: path.stem)
def test_columns_write_what_rows_write(path: Path) -> None:
    program = perfrules.load(str(path))
    seeds, known = seeds_of(path), thresholds(program.plan)
    entries = []
    for number_ in range(15):
        chance = random.Random(number_)  # noqa: S311 - seeded
        facts = any_facts(program.plan, chance, seeds, known)
        facts = {**facts, "unit": NAMES[number_ % len(NAMES)]}
        entries.append(Entry(number_ + 1, facts, (), None))
    form = CsvForm(program.plan)
    done = UnitWork(program, "facts", rejects=False)(entries)
    with pa.ipc.open_stream(done.output) as stream:
        (batch,) = list(stream)
    refused = batch["rejected"].is_valid().to_pylist()
    found = CsvLines(form).written(
        batch, {place: None for place, gone in enumerate(refused) if gone}
    )
    wanted = RowWork(program, form, "facts", rejects=False)(entries)
    assert bytes(found) == wanted.output
    assert (done.scored, done.rejected) == (wanted.scored, wanted.rejected)
