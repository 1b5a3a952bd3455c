"""What each format writes for a unit; numbers alone give the bytes that a result gives."""

import csv
import io
import json
import random
from pathlib import Path

import pytest

import perfrules
from perfrules.engine.days import date_of
from perfrules.engine.program import Program
from perfrules.errors import FactsError
from perfrules.jobs.forms import CsvForm, TextForm
from perfrules.jobs.rows import RowWork
from perfrules.jobs.sheets import SheetForm
from tests.kinds import holds
from tests.sample_rulesets import GOOD_ROW, HEADS
from tests.sample_work import run
from tests.strategies import any_facts, seeds_of, thresholds

ROOT = Path(__file__).parents[2]
RULESETS = sorted(
    path
    for pattern in ("rulesets/**/*.yaml", "tests/cases/good/*.yaml")
    for path in ROOT.glob(pattern)
    if holds("ruleset", path)
)


def test_csv_output_has_a_row_a_unit(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "score", "form.yaml", "facts.csv", "-o", "out.csv")[0] == 1
    data = (work / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    first, second = csv.DictReader(io.StringIO(data.decode("utf-8-sig")))
    assert (first["unit"], first["total"], first["score.execution"]) == ("某小学", "91.85", "15.85")
    assert (second["grade"], second["decisions"]) == ("差", "rectify")


def test_json_lines_have_a_unit_a_line(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "score", "form.yaml", "facts.csv", "--format", "jsonl")
    assert [json.loads(line)["unit"] for line in out.splitlines()] == ["某小学", "丙村"]


def test_the_bytes_do_not_depend_on_the_language(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outs = {
        run(capsys, "score", "form.yaml", "facts.yaml", "--format", "json", "--lang", lang)[1]
        for lang in ("zh", "en")
    }
    assert len(outs) == 1


def test_formulas_in_names_stay_text_in_csv(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = GOOD_ROW.replace("某小学", "=1+1")
    (work / "evil.csv").write_text(f"{HEADS}\n{row}\n", encoding="utf-8")
    out = run(capsys, "score", "form.yaml", "evil.csv", "--format", "csv")[1]
    assert out.splitlines()[1].startswith("'=1+1,")


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: path.stem)
def test_numbers_write_what_a_result_writes(path: Path) -> None:
    program = perfrules.load(str(path))
    seeds, known = seeds_of(path), thresholds(program.plan)
    forms = (
        CsvForm(program.plan),
        TextForm(program.plan, "zh", single=False),
        SheetForm(program.plan),
    )
    compared = 0
    for number in range(15):
        facts = any_facts(program.plan, random.Random(number), seeds, known)  # noqa: S311 - seeded
        facts = {"unit": f"单位, {number}", **facts}
        try:
            result = program.interpret(facts)
        except FactsError:
            continue
        for form in forms:
            work = RowWork(program, form, "facts", rejects=False)
            assert work._scores(facts) == form.of(result)
        compared += 1
    assert compared or not seeds


def test_dates_are_written_as_they_were_read(work: Path) -> None:
    program = Program(perfrules.load("form.yaml").plan, date_of("2022-12-31"))
    work_of_rows = RowWork(program, CsvForm(program.plan), "facts", rejects=False)
    facts = {"unit": "甲", "budget": 1, "executed": 1, "done": "1%", "misused": "否"}
    for given in ({}, {"as_of": "2022年12月31日"}, {"as_of": date_of("2022-12-31")}):
        assert work_of_rows._scores({**facts, **given}).startswith("甲,2022-12-31,20.80,")
