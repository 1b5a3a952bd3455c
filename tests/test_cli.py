"""The command line: every end has its exit code, and bad input one clear sentence."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sample_rulesets import CASES, FORM, GOOD_FACTS, GOOD_ROW, HEADS, SHEET

import perfrules.cli
from perfrules.cli import main
from perfrules.commands.arguments import COMMANDS

BAD_ROW = "乙村,2000,约1500,95%,否"


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the form, its cases, a target-sheet form and facts of every format."""
    files = {
        "form.yaml": FORM,
        "form.cases.yaml": CASES,
        "sheet.yaml": SHEET,
        "facts.yaml": GOOD_FACTS,
        "facts.csv": f"{HEADS}\n{GOOD_ROW}\n{BAD_ROW}\n丙村,100,50,60%,否\n",
        "good.csv": f"{HEADS}\n{GOOD_ROW}\n",
        "facts.json": '{"unit": "A", "budget": 2000, "executed": 1585.4, "done": "95%", '
        '"misused": false}',
        "projects.csv": "project_id\nP001\nP002\n",
        "targets.csv": "project_id,指标,完成率,分值\nP001,人数,100%,60\nP001,资金,50%,40\n"
        "P002,人数,90%,100\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main([*argv, "--traceback"])
    out, err = capsys.readouterr()
    return code, out, err


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


def test_explain_tells_every_line(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "explain", "form.yaml", "facts.yaml")
    assert code == 0
    assert "1585.4万元" in out
    assert "截留" not in out
    full = run(capsys, "explain", "form.yaml", "facts.yaml", "--depth", "full")[1]
    assert "未触发" in full


def test_explain_one_indicator(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "explain", "form.yaml", "facts.yaml", "--indicator", "output")
    assert code == 0
    assert "产出" in out
    assert "预算执行率" not in out
    code, _, err = run(capsys, "explain", "form.yaml", "facts.yaml", "--indicator", "outptu")
    assert (code, "PRF647" in err, "output" in err) == (2, True, True)


def test_explain_shows_the_distance_to_the_next_grade(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (work / "low.yaml").write_text(GOOD_FACTS.replace("95%", "90%"), encoding="utf-8")
    # 15.85 + 72 = 87.85; 90 - 87.85 = 2.15.
    assert "距 优 还差 2.15 分" in run(capsys, "explain", "form.yaml", "low.yaml")[1]


def test_check_tells_everything_and_its_places(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "check", "form.yaml")
    assert (code, "错误 0" in out) == (0, True)
    (work / "form.yaml").write_text(FORM.replace("points: 20", "points: 21"), encoding="utf-8")
    code, out, _ = run(capsys, "check", ".", "--lang", "en")
    assert code == 1
    assert re.search(r"form\.yaml:\d+:\d+: error PRF4\d\d", out)
    code, out, _ = run(capsys, "check", "form.yaml", "--format", "json")
    assert json.loads(out)[0]["file"] == "form.yaml"


def test_check_of_nothing_is_no_success(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "empty").mkdir()
    code, _, err = run(capsys, "check", "empty")
    assert (code, "PRF626" in err) == (2, True)


def test_show_tells_inputs_points_and_where_rules_come_from(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "show", "form.yaml")
    assert code == 0
    for part in ("全年预算数", "金额 万元", "proportional", "优", "某市绩效办法 第三条"):
        assert part in out
    assert "背景资料" in out  # background is never shown as official
    assert "官方" not in out
    found = json.loads(run(capsys, "show", "form.yaml", "--format", "json")[1])
    assert [item["points"] for item in found["indicators"]] == ["20", "80"]
    assert found["basis"][0]["evidence"] == "background"


def test_list_names_the_shipped_rulesets(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "list", "--format", "json")
    assert code == 0
    assert isinstance(json.loads(out), list)
    assert run(capsys, "list")[0] == 0


def test_test_runs_cases_and_fails_where_they_do(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "test", ".")
    assert (code, out) == (0, "通过 2，不符 0，出错 0，跳过 0\n")
    (work / "form.cases.yaml").write_text(CASES.replace("91.85", "91.84"), encoding="utf-8")
    code, out, _ = run(capsys, "test", "form.cases.yaml")
    assert code == 1
    assert "form.cases.yaml:3:" in out
    assert "total: 应为 91.84，实为 91.85" in out
    code, out, _ = run(capsys, "test", ".", "--format", "json")
    found = json.loads(out)
    assert (code, found["ok"], found["counts"]["fail"]) == (1, False, 1)


def test_test_without_a_case_is_no_success(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "empty").mkdir()
    code, _, err = run(capsys, "test", "empty")
    assert (code, "PRF630" in err) == (1, True)
    assert run(capsys, "test", "nothing.cases.yaml")[0] == 2


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (["scroe", "form.yaml", "facts.yaml"], "PRF643"),
        (["score", "form.yaml"], "PRF645"),
        (["score", "form.yaml", "facts.yaml", "--as-of"], "PRF645"),
        (["score", "form.yaml", "facts.yaml", "--reject", "x"], "PRF644"),
        (["score", "form.yaml", "facts.yaml", "more"], "PRF644"),
        (["list", "--lang", "fr"], "PRF646"),
        (["score", "form.yaml", "facts.yaml", "--format", "xml"], "PRF646"),
        (["explain", "form.yaml", "facts.yaml", "--depth", "deep"], "PRF646"),
        (["score", "form.yaml", "facts.csv", "--delimiter", "ab"], "PRF646"),
        (["score", "form.yaml", "facts.csv", "--table", "targets"], "PRF642"),
        (["score", "form.yaml", "facts.csv", "--table", "a=b.csv"], "PRF642"),
        (["score", "form.yaml", "facts.yaml", "--key", "id"], "PRF642"),
        (["score", "form.yaml", "facts.csv", "-o", "facts.csv"], "PRF642"),
        (["score", "form.yaml", "facts.csv", "-o", "./form.yaml"], "PRF642"),
        (["score", "form.yaml", "facts.csv", "-o", "a", "--rejects", "a"], "PRF642"),
        (["score", "form.yaml", "facts.yaml", "--as-of", "2022年底"], "PRF641"),
        (["score", "city.nothing", "facts.yaml"], "PRF601"),
        (["score", "nothing.yaml", "facts.yaml"], "PRF603"),
        (["score", "form.yaml", "nothing.csv"], "PRF603"),
        (["score", "form.yaml", "."], "PRF625"),
        (["score", "form.yaml", "facts.xlsx"], "PRF625"),
        (["score", "form.yaml", "facts.csv", "--encoding", "ansi"], "PRF607"),
        (["score", "form.yaml", "facts.csv", "--id", "编号"], "PRF621"),
        (["score", "form.yaml", "facts.csv", "-o", "nowhere/out.json"], "PRF640"),
        (["score", "form.yaml", "facts.csv", "-o", "."], "PRF640"),
        (["show", "nothing.yaml"], "PRF603"),
        (["show", "."], "PRF601"),
        (["check", "nothing.yaml"], "PRF603"),
        (["test", "nothing.yaml"], "PRF603"),
        (["score", "facts.csv/x.yaml", "facts.csv"], "PRF605"),
    ],
)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_bad_calls_are_one_sentence_with_a_code_and_exit_2(
    work: Path, capsys: pytest.CaptureFixture[str], argv: list[str], code: str, lang: str
) -> None:
    status, out, err = run(capsys, *argv, "--lang", lang)
    if "--lang" in argv:
        status, out, err = run(capsys, *argv)
    assert (status, out) == (2, "")
    assert code in err
    assert "Traceback" not in err
    assert len(err.splitlines()) <= 5


def test_global_options_stand_before_or_after_the_command(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = run(capsys, "--lang", "en", "score", "form.yaml", "facts.yaml")
    after = run(capsys, "score", "form.yaml", "facts.yaml", "--lang=en")
    assert before == after
    assert "total: 91.85" in before[1]


@pytest.mark.parametrize("argv", [["--help"], *([name, "--help"] for name in COMMANDS)])
def test_help_is_exit_0(capsys: pytest.CaptureFixture[str], argv: list[str]) -> None:
    code, out, err = run(capsys, *argv)
    assert (code, err) == (0, "")
    assert "perfrules" in out


def test_no_command_shows_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys)
    assert (code, out) == (2, "")
    for name in COMMANDS:
        assert name in err


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "--version")[:2] == (0, "perfrules 0.1.0\n")


@pytest.mark.parametrize(
    ("fault", "code"), [(KeyboardInterrupt, 130), (BrokenPipeError, 141), (RuntimeError, 2)]
)
def test_what_stops_a_command_is_an_exit_code(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    fault: type[BaseException],
    code: int,
) -> None:
    def stopped(*_: object) -> int:
        raise fault("x")

    monkeypatch.setattr(perfrules.cli, "_run", stopped)
    monkeypatch.setattr(perfrules.cli, "_let_go", lambda: None)
    assert main(["list"]) == code
    assert ("PRF699" in capsys.readouterr().err) is (fault is RuntimeError)


def test_a_fault_inside_is_shown_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> int:
        raise RuntimeError("x")

    monkeypatch.setattr(perfrules.cli, "_run", stopped)
    with pytest.raises(RuntimeError):
        main(["list", "--traceback"])


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


def test_formulas_in_names_stay_text_in_csv(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    row = GOOD_ROW.replace("某小学", "=1+1")
    (work / "evil.csv").write_text(f"{HEADS}\n{row}\n", encoding="utf-8")
    out = run(capsys, "score", "form.yaml", "evil.csv", "--format", "csv")[1]
    assert out.splitlines()[1].startswith("'=1+1,")


# As a process of its own.


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
