"""`compile`: the statement on standard output or in a file, and what is refused."""

from pathlib import Path

import pytest

from tests.sample_work import run


def test_the_statement(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "compile", "form.yaml", "--to", "sql", "--table", "units")
    assert code == 0
    assert out.startswith('WITH "step0" AS (')
    assert 'FROM "units"' in out


def test_spark_and_a_file(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "compile", "form.yaml", "--dialect", "spark", "-o", "form.sql")
    assert (code, out) == (0, "")
    assert "`score.execution`" in (work / "form.sql").read_text(encoding="utf-8")


def test_the_schema(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "compile", "form.yaml", "--schema")
    assert code == 0
    assert '"budget" DECIMAL(18, 6)' in out


def test_refused(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (work / "form.yaml").read_text(encoding="utf-8")
    bad = text.replace("target: budget", "target: sqrt(4) * budget")
    assert bad != text
    (work / "bad.yaml").write_text(bad, encoding="utf-8")
    code, out, err = run(capsys, "compile", "bad.yaml", "-o", "bad.sql")
    assert (code, out) == (2, "")
    assert "PRF680: 函数 sqrt不能写成 SQL" in err
    assert not (work / "bad.sql").exists()


def test_an_unknown_dialect(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "compile", "form.yaml", "--dialect", "oracle")
    assert code == 2
    assert "PRF646" in err
