"""Every way of scoring a file writes the same bytes; what can't be done is a sentence."""

import csv
import io
import json
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from perfrules import Result
from perfrules.commands import routes
from perfrules.engine.program import Program
from tests.jobs.sample import facts, rows, score

COUNT = 300
BAD = sum(number % 7 == 3 for number in range(COUNT))


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with the form and many units; it is the current one."""
    facts(tmp_path, rows(COUNT))
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def by_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let small files go by columns too."""
    monkeypatch.setattr(routes, "SMALL", 0)


def written(
    work: Path, capsys: pytest.CaptureFixture[str], name: str, *argv: str
) -> tuple[bytes, bytes]:
    """Score into a file; return it and the rejected units."""
    code, _, err = score(capsys, "facts.csv", "-o", name, "--rejects", "bad.csv", *argv)
    assert code == 1
    assert f"读入 {COUNT} = 评分 {COUNT - BAD} + 退回 {BAD}" in err
    return (work / name).read_bytes(), (work / "bad.csv").read_bytes()


@pytest.mark.parametrize("name", ["out.csv", "out.json", "out.jsonl", "out.txt"])
def test_parts_and_processes_change_no_byte(
    work: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    whole = written(work, capsys, name)
    assert written(work, capsys, name, "--part-rows", "37") == whole
    if name != "out.txt":
        assert written(work, capsys, name, "--part-rows", "97", "--jobs", "2") == whole
    assert sorted(path.name for path in work.iterdir()) == sorted(
        ["bad.csv", "facts.csv", "form.yaml", name]
    )


def test_columns_write_what_rows_write(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    by_rows = written(work, capsys, "out.csv")
    monkeypatch.setattr(routes, "SMALL", 0)
    assert written(work, capsys, "out.csv") == by_rows
    assert written(work, capsys, "out.csv", "--part-rows", "37", "--jobs", "2") == by_rows


def test_results_write_what_numbers_write(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An observer is told of each result, so that there has to be one."""
    by_numbers = written(work, capsys, "out.csv")
    told: list[Result] = []
    real = routes.score

    def watched(*args: object) -> object:
        found = list(args)
        program = found[2]
        assert isinstance(program, Program)
        found[2] = Program(program.plan, program.as_of, (told.append,))
        return real(*found)  # type: ignore[arg-type] # as it was called

    monkeypatch.setattr(routes, "score", watched)
    monkeypatch.setattr(routes, "SMALL", 0)
    assert written(work, capsys, "out.csv") == by_numbers
    assert len(told) == COUNT - BAD


def test_without_the_extra_csv_is_the_same(
    work: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    by_columns: None,
) -> None:
    with_it = written(work, capsys, "out.csv")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert written(work, capsys, "out.csv") == with_it


@pytest.mark.parametrize("argv", [("facts.csv", "-o", "out.parquet"), ("facts.parquet",)])
def test_without_the_extra_columns_are_refused(
    work: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    argv: tuple[str, ...],
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    code, _, err = score(capsys, *argv)
    assert (code, "PRF670" in err, 'pip install "perfrules[batch]"' in err) == (2, True, True)


def table_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("small", [0, 10**9])
@pytest.mark.parametrize("name", ["out.parquet", "out.arrow"])
def test_columns_hold_what_csv_holds(
    work: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    small: int,
) -> None:
    wanted = table_of(written(work, capsys, "out.csv")[0])
    monkeypatch.setattr(routes, "SMALL", small)
    one = written(work, capsys, name, "--part-rows", "64")
    if name.endswith("parquet"):
        assert written(work, capsys, name, "--part-rows", "64", "--jobs", "2") == one
        table = pq.read_table(work / name)
    else:
        table = pa.ipc.open_file(work / name).read_all()
    assert table.num_rows == COUNT
    assert table["row"].to_pylist() == list(range(2, COUNT + 2))
    found = [row for row in table.to_pylist() if row["rejected"] is None]
    assert [(row["unit"], str(row["total"]), row["grade"]) for row in found] == [
        (row["unit"], row["total"], row["grade"]) for row in wanted
    ]
    refused = [row for row in table.to_pylist() if row["rejected"] is not None]
    assert len(refused) == BAD
    assert all(row["total"] is None for row in refused)


@pytest.mark.parametrize("name", ["facts.parquet", "facts.arrow", "stream.arrow", "facts.feather"])
def test_columns_are_read(work: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    wanted, _ = written(work, capsys, "out.csv")
    given = table_of((work / "facts.csv").read_bytes())
    table = pa.Table.from_pylist(given)
    if name.endswith("parquet"):
        pq.write_table(table, work / name, row_group_size=50)
    elif name.startswith("stream"):
        with pa.ipc.new_stream(work / name, table.schema) as stream:
            stream.write_table(table)
    else:
        with pa.ipc.new_file(work / name, table.schema) as file:
            file.write_table(table)
    jobs = "2" if name == "facts.parquet" else "1"
    code, _, err = score(capsys, name, "-o", "two.csv", "--part-rows", "40", "--jobs", jobs)
    assert (code, f"退回 {BAD}" in err) == (1, True)
    assert (work / "two.csv").read_bytes() == wanted
    code, out, _ = score(capsys, name, "--format", "jsonl")
    assert [json.loads(line)["total"] for line in out.splitlines()] == [
        row["total"] for row in table_of(wanted)
    ]


def test_json_lines_become_columns(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    units = [
        '{"unit": "甲", "budget": 2000, "executed": 1585.4, "done": "95%", "misused": false}',
        '{"unit": "乙", "budget": 0, "executed": 1, "done": 1, "misused": true}',
        "[1]",
    ]
    (work / "few.jsonl").write_text("\n".join(units), encoding="utf-8")
    assert score(capsys, "few.jsonl", "-o", "few.parquet")[0] == 1
    first, second, third = pq.read_table(work / "few.parquet").to_pylist()
    # By hand: 20 × 1585.4 ÷ 2000 = 15.854 → 15.85, and 80 × 95 % = 76.
    assert (first["unit"], str(first["total"]), first["grade"]) == ("甲", "91.85", "优")
    assert str(first["score.execution"]) == "15.85"
    assert [row["rejected"][0]["code"][:4] for row in (second, third)] == ["PRF5", "PRF6"]


def test_columns_need_a_file_to_be_written_to(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = score(capsys, "facts.csv", "--format", "parquet")
    assert (code, "PRF642" in err, "-o FILE" in err) == (2, True, True)


@pytest.mark.parametrize("option", [("--key", "unit"), ("--encoding", "gbk"), ("--delimiter", ";")])
def test_columns_have_no_options_of_csv(
    work: Path, capsys: pytest.CaptureFixture[str], option: tuple[str, str]
) -> None:
    code, _, err = score(capsys, "facts.parquet", *option)
    assert (code, "PRF642" in err, option[0] in err) == (2, True, True)


def test_dash_is_standard_output(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = score(capsys, "facts.csv", "-o", "-", "--format", "csv", "--rejects", "bad.csv")
    assert code == 1
    assert len(out.splitlines()) == 1 + COUNT - BAD
    assert not (work / "-").exists()


@pytest.mark.parametrize(
    ("argv", "word"),
    [
        (("facts.csv", "--resume"), "-o"),
        (("-", "-o", "out.csv", "--resume"), "标准输入"),
        (("facts.csv", "--jobs", "-1"), "--jobs"),
        (("facts.csv", "--part-rows", "0"), "--part-rows"),
    ],
)
def test_options_that_can_not_be(
    work: Path, capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], word: str
) -> None:
    code, _, err = score(capsys, *argv)
    assert (code, word in err) == (2, True)


def test_every_processor_can_be_used(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert written(work, capsys, "out.csv", "--jobs", "0", "--part-rows", "100") == written(
        work, capsys, "out.csv"
    )


def test_dates_and_odd_names_are_the_same_both_ways(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    days = ("2022-12-31", "", "2022年1月5日", " 2022-02-01 ", "2022-02-30", "soon")
    names = ("=甲", '"乙, 丙"', " 丁 ", "", "戊", "P\u202e1")
    lines = [
        f"{name},100,{number}.5,{number}%,否,{day}"
        for number, (name, day) in enumerate(zip(names * 6, sorted(days * 6), strict=True))
    ]
    text = "\n".join(["unit,budget,支出,done,misused,as_of", *lines, ""])
    (work / "facts.csv").write_text(text, encoding="utf-8")
    found = []
    for small in (0, 10**9):
        monkeypatch.setattr(routes, "SMALL", small)
        code, _, err = score(capsys, "facts.csv", "-o", "out.csv", "--rejects", "bad.csv")
        files = [(work / name).read_bytes() for name in ("out.csv", "bad.csv")]
        found.append((code, err, files))
    assert found[0] == found[1]
    assert "2022-01-05" in found[0][2][0].decode()
