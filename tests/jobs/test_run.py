"""Runs that are killed, stopped, starved and gone on with end with the bytes of one left alone."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import kill
from perfrules.commands import routes
from perfrules.jobs import parts as keeping
from perfrules.jobs import pool
from perfrules.jobs.done import Data, Done
from perfrules.jobs.forms import Frame
from perfrules.jobs.output import output
from perfrules.jobs.run import framed
from tests.jobs.sample import facts, rows, score

PLANS = (
    ("facts.csv", "scores.csv", "--jobs", "1"),
    ("facts.jsonl", "scores.json", "--jobs", "1"),
)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the form and many units; it is the current one."""
    facts(tmp_path, rows(200))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan[0])
def test_killed_at_random_points(tmp_path: Path, plan: tuple[str, ...]) -> None:
    """Five times over both plans, wherever that is, and then a run that comes to its end."""
    kill.facts(tmp_path, 600)
    chance = random.Random(plan[1])  # noqa: S311 - moments, not secrets
    kills = 0
    while kills < 3 - PLANS.index(plan):
        kills += sum(kill.attempts(tmp_path, plan, 60, chance))
    assert kill.same(tmp_path, plan, 60)
    assert kill.left(tmp_path) == []


def interrupted(work: Path, capsys: pytest.CaptureFixture[str], *argv: str) -> None:
    """Leave the parts of a run that stopped after its third part."""
    real = keeping.Parts.keep

    def stopping(parts: keeping.Parts, number: int, done: Done) -> None:
        if number == 3:
            raise KeyboardInterrupt
        real(parts, number, done)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping.Parts, "keep", stopping)
        code, _, err = score(capsys, "facts.csv", "-o", "out.csv", "--part-rows", "20", *argv)
    assert code == 130
    assert "已完成的 3 部分留在 out.csv.parts" in err
    assert not (work / "out.csv").exists()


def whole(work: Path, capsys: pytest.CaptureFixture[str]) -> bytes:
    assert score(capsys, "facts.csv", "-o", "whole.csv")[0] == 1
    return (work / "whole.csv").read_bytes()


def test_stopped_by_ctrl_c_and_gone_on_with(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    interrupted(work, capsys)
    code, _, err = score(capsys, "facts.csv", "-o", "out.csv", "--part-rows", "20", "--resume")
    assert code == 1
    assert "读入 200 =" in err
    assert (work / "out.csv").read_bytes() == whole(work, capsys)
    assert not (work / "out.csv.parts").exists()


def test_what_is_kept_is_not_scored_again(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupted(work, capsys)
    kept: list[int] = []
    real = keeping.Parts.keep

    def watched(parts: keeping.Parts, number: int, done: Done) -> None:
        kept.append(number)
        real(parts, number, done)

    monkeypatch.setattr(keeping.Parts, "keep", watched)
    score(capsys, "facts.csv", "-o", "out.csv", "--part-rows", "20", "--resume")
    assert kept == list(range(3, 10))


def test_without_resume_what_is_kept_is_told(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    interrupted(work, capsys)
    code, _, err = score(capsys, "facts.csv", "-o", "out.csv", "--part-rows", "20")
    assert (code, "PRF672" in err, "--resume" in err) == (2, True, True)
    assert len(list((work / "out.csv.parts").iterdir())) == 7


def test_two_runs_with_one_file_of_rejects_never_write_the_same_bytes(tmp_path: Path) -> None:
    """Each writes beside it under a name of its own; the one that ends last is what stays."""
    runs = [keeping.Parts(str(tmp_path / name)).run for name in ("a.csv", "b.csv", "a.csv")]
    assert runs[0] == runs[2] != runs[1]
    rejects = str(tmp_path / "bad.csv")
    with output(rejects, run=runs[0]) as one, output(rejects, run=runs[1]) as other:
        assert one is not None
        assert other is not None
        other.write("b" * 10)
        one.write("a")
        assert len(list(tmp_path.iterdir())) == 2
        one.commit()
        assert (tmp_path / "bad.csv").read_text(encoding="utf-8") == "a"
        other.commit()
    assert [path.name for path in tmp_path.iterdir()] == ["bad.csv"]
    assert (tmp_path / "bad.csv").read_text(encoding="utf-8") == "b" * 10


def test_a_million_processes_are_refused(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = score(capsys, "facts.csv", "-o", "out.csv", "--jobs", "1000000")
    assert (code, "PRF646" in err) == (2, True)
    assert not (work / "out.csv").exists()
    assert score(capsys, "facts.csv", "-o", "out.csv", "--jobs", "0")[0] == 1


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("lost", [0, 1, 2])
def test_columns_go_on_around_what_is_lost(
    work: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    jobs: str,
    lost: int,
) -> None:
    """A part amid others is scored again, and each stands where it should."""
    monkeypatch.setattr(routes, "SMALL", 0)
    argv = ("facts.csv", "--part-rows", "20")
    assert score(capsys, *argv, "-o", "whole.csv", "--rejects", "bad0.csv")[0] == 1
    interrupted(work, capsys, "--rejects", "bad.csv")
    (work / "out.csv.parts" / f"{lost:08}.output").write_bytes(b"")
    again = ("-o", "out.csv", "--rejects", "bad.csv", "--resume", "--jobs", jobs)
    code, _, err = score(capsys, *argv, *again)
    assert (code, "PRF677" in err) == (1, True)
    assert (work / "out.csv").read_bytes() == (work / "whole.csv").read_bytes()
    assert (work / "bad.csv").read_bytes() == (work / "bad0.csv").read_bytes()
    assert not list(work.glob(".*"))


def test_columns_by_rows_in_the_end(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Threads that find slow rows leave the rest to processes; the bytes are the same."""
    monkeypatch.setattr(routes, "SMALL", 0)
    score(capsys, "facts.csv", "-o", "one.csv")
    monkeypatch.setattr(pool, "_PATIENCE", 0.0)
    monkeypatch.setattr(pool, "_SLOW", 0.0)
    started: list[object] = []
    real = pool._Workers._start

    def counted(workers: pool._Workers) -> pool.Pipe:
        started.append(workers)
        return real(workers)

    monkeypatch.setattr(pool._Workers, "_start", counted)
    score(capsys, "facts.csv", "-o", "two.csv", "--part-rows", "20", "--jobs", "2")
    assert len(started) == 2
    assert (work / "two.csv").read_bytes() == (work / "one.csv").read_bytes()


@pytest.mark.parametrize("change", ["ruleset", "facts", "option", "parts"])
def test_another_run_is_refused(
    work: Path, capsys: pytest.CaptureFixture[str], change: str
) -> None:
    interrupted(work, capsys)
    argv = ["--part-rows", "20", "--resume"]
    if change == "ruleset":
        form = (work / "form.yaml").read_text(encoding="utf-8")
        (work / "form.yaml").write_text(form.replace("at_least: 90", "at_least: 91"), "utf-8")
    elif change == "facts":
        text = (work / "facts.csv").read_text(encoding="utf-8")
        (work / "facts.csv").write_text(text.replace("P00199", "P00299"), encoding="utf-8")
    elif change == "option":
        argv += ["--rejects", "bad.csv"]
    else:
        argv[1] = "30"
    code, _, err = score(capsys, "facts.csv", "-o", "out.csv", *argv)
    assert (code, "PRF673" in err) == (2, True)
    assert not (work / "out.csv").exists()


def test_words_of_the_ruleset_may_change(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The digest is of the meaning, and CSV holds nothing else."""
    interrupted(work, capsys)
    form = (work / "form.yaml").read_text(encoding="utf-8")
    (work / "form.yaml").write_text(f"# a comment\n{form}", encoding="utf-8")
    assert score(capsys, "facts.csv", "-o", "out.csv", "--part-rows", "20", "--resume")[0] == 1
    assert (work / "out.csv").read_bytes() == whole(work, capsys)


def test_facts_that_change_while_they_are_read(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real = keeping.Parts.keep

    def changing(parts: keeping.Parts, number: int, done: Done) -> None:
        with (work / "facts.csv").open("a", encoding="utf-8") as stream:
            stream.write("P99999,100,1,1%,否\n")
        real(parts, number, done)

    monkeypatch.setattr(keeping.Parts, "keep", changing)
    code, _, err = score(capsys, "facts.csv", "-o", "out.csv", "--part-rows", "20")
    assert (code, "PRF674" in err, "out.csv.parts" in err) == (2, True, True)
    assert not (work / "out.csv").exists()


def test_nothing_to_go_on_with_is_a_run_from_the_start(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert score(capsys, "facts.csv", "-o", "out.csv", "--resume")[0] == 1
    assert (work / "out.csv").read_bytes() == whole(work, capsys)


def test_nothing_scored_leaves_no_file_and_no_parts(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts(work, [f"P{number},1,约1,1%,否" for number in range(50)])
    argv = ("facts.csv", "-o", "out.csv", "--rejects", "bad.csv", "--part-rows", "10")
    assert score(capsys, *argv)[0] == 2
    assert sorted(path.name for path in work.iterdir()) == ["bad.csv", "facts.csv", "form.yaml"]
    assert len((work / "bad.csv").read_bytes().splitlines()) == 51


def test_a_worker_that_is_killed_keeps_what_is_finished(work: Path) -> None:
    facts(work, rows(4000))
    argv = [sys.executable, "-m", "perfrules", "score", "form.yaml", "facts.csv"]
    options = ["--part-rows", "40", "--jobs", "2", "--lang", "en"]
    with subprocess.Popen(  # noqa: S603 - our own command
        [*argv, "-o", "out.json", *options], stderr=subprocess.PIPE, text=True
    ) as process:
        folder = work / "out.json.parts"
        while process.poll() is None and kill.parts(work, "out.json") < 2:
            time.sleep(0.005)
        listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        children = [int(pid) for pid in listed.read_text(encoding="ascii").split()]
        os.kill(children[-1], signal.SIGKILL)
        assert process.stderr is not None
        err = process.stderr.read()
    assert (process.returncode, "PRF671" in err, "--resume" in err) == (2, True, True)
    assert (folder / "journal").exists()
    assert not (work / "out.json").exists()


def test_a_frame_stands_around_what_there_is() -> None:
    found: list[Data] = []
    join = framed(Frame("[\n", ",\n", "\n]\n"))
    join([b"", b"1", b"", b"2", b""], found.append)
    assert b"".join(found) == b"[\n1,\n2\n]\n"
    found.clear()
    join([b"", b""], found.append)
    assert found == []
