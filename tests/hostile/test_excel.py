"""The hostile workbooks: refused by the address of a cell, or read; through the command line."""

import csv
import io
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules.cli import main
from tests.hostile.test_file import FORM
from tests.sample_books import book, raw

CORPUS = yaml.safe_load((Path(__file__).parent / "excel.yaml").read_text(encoding="utf-8"))
ONE_CELL = """\
ruleset: hostile.form
version: "1.0"
title: hostile
inputs:
  unit_name: {type: text, title: 名称}
  cell: {TYPE}
report: {cell: cell}
"""
LETTERS = "ABCDEF"


def formatted(rows: Sequence[Sequence[object]], blank: int) -> bytes:
    """Return a sheet with rows below that have a style in each cell and no value."""
    cells = [[f'<c r="{letter}{{0}}" s="1"/>' for letter in LETTERS]] * blank
    empty = "".join(
        f'<row r="{{0}}" ht="15">{"".join(row)}</row>'.replace("{0}", str(number))
        for number, row in enumerate(cells, start=len(rows) + 1)
    )
    full = "".join(
        f'<row r="{number}">{"".join(map(cell, row))}</row>' for number, row in enumerate(rows, 1)
    )
    styles = '<cellXfs><xf numFmtId="0"/><xf numFmtId="9"/></cellXfs>'
    return raw(f"<sheetData>{full}{empty}</sheetData>", styles=styles)


def cell(value: object) -> str:
    """Return the XML of a cell."""
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
    return f"<c><v>{value}</v></c>"


def scored(capsys: pytest.CaptureFixture[str]) -> tuple[int, list[str], list[dict[str, str]], str]:
    """Score facts.xlsx in the current folder."""
    argv = ["score", "form.yaml", "facts.xlsx", "--rejects", "bad.csv", "--format", "jsonl"]
    status = main([*argv, "--lang", "en", "--traceback"])
    out, err = capsys.readouterr()
    text = Path("bad.csv").read_text(encoding="utf-8-sig")
    return status, out.splitlines(), list(csv.DictReader(io.StringIO(text))), err


@pytest.mark.parametrize("case", CORPUS["cells"], ids=lambda case: case["id"])
def test_a_hostile_cell(
    case: Mapping[str, Any],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    given = case["cell"]
    kind = {"id": f'type: id, pattern: "{given.get("pattern")}"'}.get(given["type"], "type: number")
    form = ONE_CELL.replace("TYPE", f"{kind}, title: 单元格")
    Path("form.yaml").write_text(form, encoding="utf-8")
    rows = [["unit_name", "cell"], ["甲", given["raw"]["xlsx"]]]
    Path("facts.xlsx").write_bytes(book(rows))
    status, out, rejected, _ = scored(capsys)
    assert (status, out) == (2, [])
    (row,) = rejected
    assert row["code"] in case["codes"]
    assert (row["row"], row["column"]) == ("2", "cell")
    if row["code"] == "PRF695":
        assert "表1!B2" in row["reason_en"]
    else:
        assert "zeros" in row["reason_en"]


@pytest.mark.parametrize("case", CORPUS["files"], ids=lambda case: case["id"])
def test_a_hostile_workbook(
    case: Mapping[str, Any],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("form.yaml").write_text(FORM, encoding="utf-8")
    rows, blank = case["xlsx"]["rows"], case["xlsx"].get("blank_rows", 0)
    Path("facts.xlsx").write_bytes(formatted(rows, blank) if blank else book(rows))
    start = time.monotonic()
    status, out, rejected, err = scored(capsys)
    assert time.monotonic() - start < case.get("limit_s", 10)
    if case["expect"] == "accept":
        assert (status, rejected, len(out)) == (0, [], case["rows"])
        assert "PRF" not in err
        return
    assert status == 2
    assert [row["code"] for row in rejected] == case["codes"]
    assert [int(row["row"]) for row in rejected] == [case["at_row"]]


def test_every_case_of_the_corpus_that_needs_a_workbook_is_here() -> None:
    ids = [case["id"] for group in CORPUS.values() for case in group]
    assert ids == ["ROW-145", "ROW-150", "FILE-050", "FILE-055", "FILE-056"]
