"""The hostile facts files: refused whole, or row by row, or read; through the command line."""

import base64
import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules.cli import main
from tests.sample_books import raw

CASES: list[Mapping[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "file.yaml").read_text(encoding="utf-8")
)
FORM = """\
ruleset: hostile.form
version: "1.0"
title: hostile
inputs:
  project_id: {type: id, title: 编号}
  budget: {type: number, title: 预算}
  spent: {type: number, title: 支出}
  done: {type: percent, title: 完成率, bare: fraction}
  satisf: {type: number, title: 满意度}
  audited: {type: flag, title: 已审计}
report: {rest: budget - spent, done: done, satisf: satisf, audited: audited, id: project_id}
"""


def payload(case: Mapping[str, Any]) -> bytes:
    """Return the bytes that a case writes."""
    if "b64" in case:
        return base64.b64decode(case["b64"])
    if "raw_b64" in case:
        return base64.b64decode(case["raw_b64"])
    if case.get("xlsx_xml_entity") == "laughs":
        lines = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))
        sheet = f"<!DOCTYPE x [{lines}]><worksheet><sheetData>&e9;</sheetData></worksheet>"
        return raw("", **{"xl/worksheets/sheet1.xml": sheet})
    if "build" in case:
        return "".join(map(part, case["build"])).encode()
    return str(case.get("text", case.get("raw_text", ""))).encode()


def part(spec: Mapping[str, Any]) -> str:
    """Return one part of a built text."""
    if "each" in spec:
        text: str = spec["each"]
        return "".join(
            text.replace("{i}", str(number)) for number in range(spec["from"], spec["to"] + 1)
        )
    return str(spec["t"]) * int(spec.get("n", 1))


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_file_does_what_the_corpus_says(
    case: Mapping[str, Any],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    name = f"facts.{case['format']}"
    (tmp_path / name).write_bytes(payload(case))
    argv = ["score", "form.yaml", name, "--rejects", "bad.csv", "--format", "jsonl", "--lang", "en"]
    if case["format"] == "csv":
        argv += ["--id", "project_id"]
    options: Mapping[str, Any] = case.get("options", {})
    if "encoding" in options:
        argv += ["--encoding", options["encoding"]]
    for column in options.get("ignore", ()):
        argv += ["--ignore", column]
    status = main([*argv, "--traceback"])
    out, err = capsys.readouterr()
    scored = out.splitlines()
    rejected = []
    if (tmp_path / "bad.csv").exists():
        text = (tmp_path / "bad.csv").read_text(encoding="utf-8-sig")
        rejected = list(csv.DictReader(io.StringIO(text)))
    codes = {row["code"] for row in rejected} | set(re.findall(r"PRF\d{3}", err))
    allowed = {case["expect"], *case.get("also", ())}
    if case["expect"] == "accept":
        assert (status, rejected, codes) == (0, [], set())
        assert len(scored) == case["rows"]
        return
    assert status != 0
    assert codes == set(case["codes"])
    if rejected:
        assert "reject_row" in allowed
        assert case.get("at_row", 1) in {int(row["row"]) for row in rejected}
    else:
        assert "reject_input" in allowed
        assert scored == []
    for word in case.get("message_must_name", ()):
        assert any(word in f"{row['column']} {row['reason_en']} {row['unit']}" for row in rejected)
    if "hint" in case:
        said = err + "".join(row["reason_en"] for row in rejected)
        assert case.get("hint_here", case["hint"]) in said


def test_every_case_of_the_group_is_here() -> None:
    # 32 must or should cases of the group `file`; the three that need workbooks are in excel.yaml.
    assert len(CASES) == 29
    assert len({case["id"] for case in CASES}) == 29


def test_a_million_bytes_of_headings_take_little_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import tracemalloc

    monkeypatch.chdir(tmp_path)
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    case = next(case for case in CASES if case["id"] == "FILE-029")
    (tmp_path / "facts.csv").write_bytes(payload(case))
    tracemalloc.start()
    try:
        assert main(["score", "form.yaml", "facts.csv"]) == 2
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 30_000_000
    capsys.readouterr()
