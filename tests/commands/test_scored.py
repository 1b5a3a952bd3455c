"""What each format writes for a unit."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.sample_rulesets import GOOD_ROW, HEADS
from tests.sample_work import run


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
