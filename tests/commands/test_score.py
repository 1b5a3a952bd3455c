"""`score`: what is scored, what is rejected, what is written."""

import csv
import io
import json
import os
import re
from pathlib import Path

import pytest

from tests.sample_rulesets import GOOD_ROW, HEADS
from tests.sample_work import BAD_ROW, run


def test_score_prints_a_page_for_one_unit(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "score", "form.yaml", "facts.yaml")
    assert code == 0
    assert "总分：91.85 / 100  等级：优" in out
    assert "读入 1 = 评分 1 + 退回 0" in err


@pytest.mark.parametrize("facts", ["facts.yaml", "facts.json", "good.csv"])
def test_every_format_of_facts_gives_the_same_scores(
    work: Path, capsys: pytest.CaptureFixture[str], facts: str
) -> None:
    code, out, _ = run(capsys, "score", "form.yaml", facts, "--format", "json")
    found = json.loads(out)
    one = found[0] if isinstance(found, list) else found
    assert isinstance(found, list) is facts.endswith(".csv")
    assert (code, one["total"], one["grade"]) == (0, "91.85", "优")


def test_bad_rows_are_rejected_and_the_rest_is_written(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(
        capsys, "score", "form.yaml", "facts.csv", "-o", "out.json", "--rejects", "bad.csv"
    )
    assert (code, out) == (1, "")
    assert "读入 3 = 评分 2 + 退回 1" in err
    found = json.loads((work / "out.json").read_text(encoding="utf-8"))
    # The third row: 20 × 50 ÷ 100 + 80 × 60 % = 10 + 48.
    assert [item["total"] for item in found] == ["91.85", "58.00"]
    rows = list(csv.DictReader(io.StringIO((work / "bad.csv").read_text(encoding="utf-8-sig"))))
    (row,) = rows
    assert (row["row"], row["unit"], row["column"]) == ("3", "乙村", "支出")
    assert re.fullmatch(r"PRF5\d\d", row["code"])
    assert "约1500" in row["reason_zh"]
    assert "约1500" in row["reason_en"]
    assert sorted(path.name for path in work.glob(".*")) == []


def test_rejected_rows_are_named_on_the_screen_without_a_file(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "score", "form.yaml", "facts.csv")
    assert code == 1
    assert "第 3 行 (乙村) 被退回" in err
    assert "约1500" in err
    assert [line.split()[:3] for line in out.splitlines()] == [
        ["某小学", "91.85", "优"],
        ["丙村", "58.00", "差"],
    ]


def test_nothing_scored_is_exit_2_and_leaves_no_output(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (work / "bad.csv").write_text(f"{HEADS}\n{BAD_ROW}\n", encoding="utf-8")
    code, _, err = run(capsys, "score", "form.yaml", "bad.csv", "-o", "out.csv")
    assert code == 2
    assert "读入 1 = 评分 0 + 退回 1" in err
    assert not (work / "out.csv").exists()


def test_an_older_output_stays_where_nothing_could_be_scored(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (work / "out.json").write_text("old", encoding="utf-8")
    assert run(capsys, "score", "form.yaml", "nothing.csv", "-o", "out.json")[0] == 2
    assert (work / "out.json").read_text(encoding="utf-8") == "old"


def test_a_target_sheet_comes_as_a_second_csv(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(
        capsys, "score", "sheet.yaml", "projects.csv", "--table", "targets=targets.csv",
        "--key", "project_id", "--format", "jsonl",
    )  # fmt: skip
    # P001: 60 × 100 % + 40 × 50 % = 80; P002: 100 × 90 % = 90.
    assert code == 0
    found = [json.loads(line) for line in out.splitlines()]
    assert [(item["unit"], item["total"]) for item in found] == [
        ("P001", "80.00"),
        ("P002", "90.00"),
    ]


def test_gbk_facts_are_declared(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "gbk.csv").write_bytes(f"{HEADS}\n{GOOD_ROW}\n".encode("gbk"))
    code, _, err = run(capsys, "score", "form.yaml", "gbk.csv")
    assert (code, "--encoding gbk" in err) == (2, True)
    assert run(capsys, "score", "form.yaml", "gbk.csv", "--encoding", "gbk")[0] == 0


def test_standard_input_is_json(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (work / "facts.json").read_bytes()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
    code, out, _ = run(capsys, "score", "form.yaml", "-", "--format", "json")
    assert (code, json.loads(out)["total"]) == (0, "91.85")


def test_a_full_disk_leaves_no_half_written_file(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    code, _, err = run(capsys, "score", "form.yaml", "good.csv", "-o", "out.json")
    assert (code, "PRF640" in err, "磁盘已满" in err) == (2, True, True)
    assert not (work / "out.json").exists()
    assert list(work.glob(".*")) == []
