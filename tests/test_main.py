"""`python -m perfrules` as a process of its own: encodings, pipes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import perfrules.cli
from tests.sample_rulesets import GOOD_FACTS, GOOD_ROW, HEADS
from tests.sample_work import fill


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Return a folder with rulesets and facts."""
    fill(tmp_path)
    return tmp_path


def process(folder: Path, *argv: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    source = str(Path(perfrules.cli.__file__).parent.parent)
    return subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-m", "perfrules", *argv],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": source, **environment},
        capture_output=True,
        check=False,
    )


def test_a_console_of_another_encoding_shows_what_it_can(work: Path) -> None:
    (work / "facts.yaml").write_text(GOOD_FACTS.replace("某小学", "某小学✓"), encoding="utf-8")
    found = process(
        work, "score", "form.yaml", "facts.yaml", PYTHONIOENCODING="gbk", PYTHONUTF8="0"
    )
    assert found.returncode == 0, found.stderr
    text = found.stdout.decode("gbk")
    assert "总分：91.85" in text
    assert "某小学\\u2713" in text


def test_json_in_a_pipe_is_utf_8_whatever_the_locale(work: Path) -> None:
    found = process(
        work, "score", "form.yaml", "facts.yaml", "--format", "json", PYTHONIOENCODING="ascii"
    )
    assert found.returncode == 0, found.stderr
    assert json.loads(found.stdout.decode("utf-8"))["unit"] == "某小学"


def test_a_reader_that_goes_away_is_no_traceback(work: Path) -> None:
    row = "\n".join(GOOD_ROW.replace("某小学", f"P{n}") for n in range(400))
    (work / "many.csv").write_text(f"{HEADS}\n{row}\n", encoding="utf-8")
    source = str(Path(perfrules.cli.__file__).parent.parent)
    with subprocess.Popen(
        [sys.executable, "-m", "perfrules", "score", "form.yaml", "many.csv", "--format", "jsonl"],
        cwd=work,
        env={**os.environ, "PYTHONPATH": source},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.readline()
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait() == 141


def test_help_survives_a_console_without_chinese(work: Path) -> None:
    found = process(work, "--help", PYTHONIOENCODING="ascii")
    assert found.returncode == 0, found.stderr
    assert b"score" in found.stdout
