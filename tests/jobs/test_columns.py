"""Parts scored by columns: counts add up, refused rows keep their places and their reasons."""

import csv
import io

import pyarrow as pa
import pytest

from perfrules import loads
from perfrules.files.csv import CsvOptions
from perfrules.files.entry import Entry
from perfrules.files.headings import match, wanted_of
from perfrules.jobs.blocks import Block
from perfrules.jobs.cells import BlockReader
from perfrules.jobs.columns import ColumnWork
from perfrules.jobs.done import Done
from perfrules.jobs.forms import CsvForm
from tests.sample_rulesets import FORM, HEADS

PROGRAM = loads(FORM)
DATA = """\
甲,2000,1585.4,95%,否
乙,100,约5,1%,否
甲,100,50,60%,否
丙,100,50
丁,0,1,1%,否
戊,100,50,60%,否
""".encode()


def done(form: CsvForm | None, *, rejects: bool = True, plain: bool = False) -> Done:
    headings, _ = match(HEADS.split(","), wanted_of(PROGRAM.plan.inputs), "facts.csv", {})
    reader = BlockReader("facts.csv", CsvOptions(), headings, len(headings.texts))
    work = ColumnWork(PROGRAM, reader, form, "facts.csv", rejects=rejects)
    return work(Block(2, DATA, plain, {4: 2}))


@pytest.mark.parametrize("plain", [True, False])
def test_lines_of_what_is_scored_and_reasons_of_the_rest(plain: bool) -> None:  # noqa: FBT001
    found = done(CsvForm(PROGRAM.plan), plain=plain)
    assert (found.scored, found.rejected) == (2, 4)
    rows = list(csv.reader(io.StringIO(bytes(found.output).decode())))
    assert [(row[0], row[2]) for row in rows] == [("甲", "91.85"), ("戊", "58.00")]
    reasons = list(csv.reader(io.StringIO(bytes(found.rejects).decode())))
    assert [(row[0], row[1], row[3]) for row in reasons] == [
        ("3", "乙", "PRF503"),
        ("4", "甲", "PRF623"),
        ("5", "丙", "PRF619"),
        ("6", "丁", "PRF535"),
    ]


def test_the_first_refused_are_shown_in_their_order() -> None:
    assert [item.row for item in done(CsvForm(PROGRAM.plan), rejects=False).shown] == [3, 4, 5, 6]


def test_columns_have_a_row_for_each() -> None:
    found = done(None)
    assert (found.scored, found.rejected) == (2, 4)
    with pa.ipc.open_stream(found.output) as stream:
        table = stream.read_all()
    assert table["row"].to_pylist() == [2, 3, 4, 5, 6, 7]
    assert table["unit"].to_pylist() == ["甲", "乙", "甲", "丙", "丁", "戊"]
    refused = [row and row[0]["code"] for row in table["rejected"].to_pylist()]
    assert [bool(code) for code in refused] == [False, True, True, True, True, False]
    assert refused[2:4] == ["PRF623", "PRF619"]
    assert str(table["total"].to_pylist()[0]) == "91.85"


def test_an_entry_is_what_the_reader_of_rows_gives() -> None:
    headings, _ = match(HEADS.split(","), wanted_of(PROGRAM.plan.inputs), "facts.csv", {})
    reader = BlockReader("facts.csv", CsvOptions(), headings, len(headings.texts))
    rows = reader.read(Block(2, DATA, plain=True, twice={}))
    entry = reader.entry(rows, 0)
    assert isinstance(entry, Entry)
    assert entry.facts == {
        "budget": "2000", "executed": "1585.4", "done": "95%", "misused": "否", "unit": "甲"
    }  # fmt: skip
