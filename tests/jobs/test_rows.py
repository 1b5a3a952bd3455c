"""Units one by one: what is scored is written, what is not is told, observers hear of each."""

import pickle

import pytest

from perfrules import Result, loads
from perfrules.engine.program import Program
from perfrules.files.entry import Entry
from perfrules.jobs.forms import CsvForm, JsonForm, JsonLinesForm, TextForm
from perfrules.jobs.rows import RowWork
from perfrules.messages import diagnose
from tests.sample_rulesets import FORM

PROGRAM = loads(FORM)
GOOD = {"unit": " 甲 ", "budget": "2000", "executed": "1585.4", "done": "95%", "misused": "否"}
ENTRIES = [
    Entry(2, GOOD),
    Entry(3, {**GOOD, "done": "约5"}, unit="乙"),
    Entry(4, None, (diagnose("PRF612", file="x"),), "丙"),
]


@pytest.mark.parametrize(
    "form",
    [
        CsvForm(PROGRAM.plan),
        TextForm(PROGRAM.plan, "zh", single=False),
        TextForm(PROGRAM.plan, "en", single=True),
        JsonForm(single=False),
        JsonForm(single=True),
        JsonLinesForm(),
    ],
    ids=lambda form: type(form).__name__,
)
def test_a_part(form: CsvForm) -> None:
    work = pickle.loads(pickle.dumps(RowWork(PROGRAM, form, "facts", rejects=False)))  # noqa: S301
    done = work(ENTRIES)
    assert (done.scored, done.rejected) == (1, 2)
    assert "甲" in done.output.decode()
    assert "91.85" in done.output.decode()
    assert [(item.row, item.unit) for item in done.shown] == [(3, "乙"), (4, "丙")]


def test_observers_are_told_of_results() -> None:
    told: list[Result] = []
    watched = Program(PROGRAM.plan, None, (told.append,))
    done = RowWork(watched, CsvForm(PROGRAM.plan), "facts", rejects=False)(ENTRIES)
    assert (
        done.output
        == RowWork(PROGRAM, CsvForm(PROGRAM.plan), "facts", rejects=False)(ENTRIES).output
    )
    assert [result.unit for result in told] == ["甲"]


@pytest.mark.parametrize("unit", ["Ｐ００１", " P001 ", "P001"])
def test_a_unit_is_called_what_its_result_calls_it(unit: str) -> None:
    form = CsvForm(PROGRAM.plan)
    output = RowWork(PROGRAM, form, "facts", rejects=False)([Entry(2, {**GOOD, "unit": unit})])
    assert PROGRAM.interpret({**GOOD, "unit": unit}).unit == "P001"
    assert bytes(output.output).decode().startswith("P001,")
