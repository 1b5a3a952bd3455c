"""`test --record` and `--boundaries`: files are written for review, none is lost."""

import json
from pathlib import Path

import pytest

from tests.sample_work import run

BARE = (
    "cases: city.form\r\ntests:\r\n  - name: 空\r\n"
    "    facts: {budget: 100万元, executed: 50万元, done: 60%, misused: 否}\r\n"
)


def test_record_writes_and_shows_what_it_wrote(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = work / "bare.cases.yaml"
    file.write_bytes(BARE.encode())
    code, out, _ = run(capsys, "test", "--record", "bare.cases.yaml")
    assert code == 0
    assert "x-recorded: true" in out
    assert "写入 1 个用例的结果" in out
    data = file.read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n")
    assert run(capsys, "test", "bare.cases.yaml")[0] == 0
    code, _, err = run(capsys, "test", "--record", "bare.cases.yaml", "--lang", "en")
    assert (code, "PRF833" in err) == (0, True)


def test_record_never_overwrites_unasked(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = work / "form.cases.yaml"
    before = file.read_text(encoding="utf-8").replace("91.85", "90")
    file.write_text(before, encoding="utf-8")
    code, _, err = run(capsys, "test", "--record", ".")
    assert (code, "PRF832" in err, file.read_text(encoding="utf-8")) == (1, True, before)
    code, out, _ = run(capsys, "test", "--record", "--accept", ".", "--format", "json")
    assert (code, json.loads(out)["recorded"][0]["accepted"]) == (0, ["手算"])
    assert "total: 91.85" in file.read_text(encoding="utf-8")


def test_boundaries_go_to_a_new_file(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "test", "--boundaries", "form.yaml")
    assert (code, out.startswith("cases: city.form\n")) == (0, True)
    code, out, _ = run(capsys, "test", "--boundaries", "form.yaml", "-o", "edges.cases.yaml")
    assert (code, "个边界用例" in out) == (0, True)
    assert run(capsys, "test", "edges.cases.yaml")[0] == 0


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("--boundaries", "form.yaml", "-o", "form.cases.yaml"), "PRF837"),
        (("--boundaries", "form.yaml", "sheet.yaml"), "PRF642"),
        (("--boundaries", "form.yaml", "-o", "no/such/x.cases.yaml"), "PRF640"),
        (("--boundaries", "sheet.yaml"), "PRF836"),
        (("--coverage", "--fail-under", "many"), "PRF646"),
    ],
)
def test_what_cannot_be_done(
    work: Path, capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], code: str
) -> None:
    from perfrules.cli import main

    assert main(["test", *argv]) == 2
    assert code in capsys.readouterr().err
