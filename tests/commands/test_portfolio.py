"""`score` of a portfolio: results, facts and inputs in; rows, report and rejected units out."""

import csv
import json
from pathlib import Path

import pytest

from tests.sample_books import book
from tests.sample_work import run

FUND = """\
portfolio: city.fund
version: "1.0"
title: {zh: 激励资金, en: The fund}
inputs: {pool: {type: money, unit: 万元}}
results:
  r: {of: city.form@1, facts: {sort: {type: text}}}
  last: {of: city.form@1, join: unit}
derive:
  place: {rank: r.total, title: {zh: 名次, en: place}}
  share: {allocate: pool, in_proportion_to: r.fact.budget, where: known(r.fact.sort)}
  up: r.total - last.total
decisions:
  rules: [{id: reward, when: place == 1, do: {code: reward, amount: share}}]
report: {fund: sum(share), grades: {count: true, by: r.grade}}
"""
REGISTER = "unit,sort\n甲,学校\n乙,道路\n"
UNITS = "unit,budget,支出,完成率,misused\n甲,100,100,95%,否\n乙,300,150,60%,否\n"


@pytest.fixture
def fund(work: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return the folder with a portfolio, and the results of two units by the form."""
    (work / "fund.yaml").write_text(FUND, encoding="utf-8")
    (work / "register.csv").write_text(REGISTER, encoding="utf-8")
    (work / "units.csv").write_text(UNITS, encoding="utf-8")
    assert run(capsys, "score", "form.yaml", "units.csv", "-o", "r.json")[0] == 0
    return work


ARGS = (
    "score", "fund.yaml", "r.json", "--facts", "units.csv", "--facts", "register.csv",
    "--results", "last=r.json", "--input", "pool=100万元",
)  # fmt: skip


def test_prints_rows_and_the_report(fund: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *ARGS)
    # 甲 20 + 76 = 96, 乙 10 + 48 = 58; a quarter and three quarters of 1,000,000
    assert (code, err) == (0, "读入 2 = 采用 2 + 退回 0\n")
    assert out.splitlines() == [
        "激励资金 (city.fund 1.0)",
        "依据的结果：r = city.form 1.0 (2)，last = city.form 1.0 (2)",
        "单位 2 个",
        "以下各列取决于本文件中有哪些单位：名次，share",
        "",
        "单位  名次     share  up  结果应用",
        "甲       1  250000元   0  reward",
        "乙       2  750000元   0",
        "",
        "汇总",
        "  fund：1000000元",
        "  grades：优 1，良 0，中 0，差 1",
    ]


def test_json_holds_everything(fund: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, *ARGS, "--format", "json")
    found = json.loads(out)
    assert code == 0
    assert found["rows"][0] == {
        "unit": "甲",
        "columns": {"place": "1", "share": "250000", "up": "0"},
        "decisions": [
            {
                "id": "reward", "code": "reward", "title": {"zh": "reward", "en": "reward"},
                "because": {"zh": "place == 1（place = 1）", "en": "place == 1 (place = 1)"},
                "amount": "250000元", "due": None, "basis": [],
            }
        ],
    }  # fmt: skip
    assert found["report"] == {
        "fund": "1000000",
        "grades": {"优": "1", "良": "0", "中": "0", "差": "1"},
    }
    assert found["results"]["last"]["count"] == 2


def test_csv_and_json_lines_hold_the_rows(fund: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, *ARGS, "-o", "out.csv")[0] == 0
    rows = list(csv.DictReader((fund / "out.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["unit"], row["place"], row["decisions"]) for row in rows] == [
        ("甲", "1", "reward"), ("乙", "2", ""),
    ]  # fmt: skip
    assert run(capsys, *ARGS, "-o", "out.jsonl")[0] == 0
    lines = (fund / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["unit"] for line in lines] == ["甲", "乙"]


def test_rejected_units_are_named_and_the_rest_is_written(
    fund: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (fund / "register.csv").write_text("unit,sort\n甲,学校\n", encoding="utf-8")
    code, out, err = run(capsys, *ARGS)
    assert code == 1
    assert "第 2 行 (乙) 被退回" in err
    assert "读入 2 = 采用 1 + 退回 1" in err
    assert "1000000元" in out
    assert run(capsys, *ARGS, "--rejects", "bad.csv", "-o", "out.json")[0] == 1
    bad = list(csv.DictReader((fund / "bad.csv").read_text("utf-8-sig").splitlines()))
    assert [(row["unit"], row["code"], row["column"]) for row in bad] == [("乙", "PRF502", "sort")]


def test_results_by_older_rules_are_rejected(
    fund: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    form = (fund / "form.yaml").read_text(encoding="utf-8")
    (fund / "form.yaml").write_text(form.replace("rate < 80%", "rate < 70%"), encoding="utf-8")
    code, out, err = run(capsys, *ARGS)
    assert (code, out) == (2, "")
    assert "PRF735" in err
    assert "PRF723" in err


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (("--results", "lost=r.json"), "PRF733"),
        (("--facts", "lost=units.csv"), "PRF733"),
        (("--input", "pool"), "PRF642"),
        (("--results", "=r.json"), "PRF642"),
        (("--input", "pool=1万元"), "PRF732"),
        (("--input", "pol=1万元"), "PRF501"),
        (("--facts", "units.csv"), "PRF735"),
        (("-o", "r.json"), "PRF642"),
    ],
)
def test_wrong_options_give_one_sentence(
    fund: Path, capsys: pytest.CaptureFixture[str], more: tuple[str, ...], code: str
) -> None:
    found, out, err = run(capsys, *ARGS, *more)
    assert (found, out) == (2, "")
    assert code in err


def test_options_of_a_portfolio_are_for_portfolios(
    fund: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "score", "form.yaml", "units.csv", "--input", "pool=1")
    assert (code, "PRF642" in err) == (2, True)


def test_list_knows_portfolios(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "list", "--kind", "portfolios", "--sector", "tianmen")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == [
        "tianmen.annual_summary@1.0", "tianmen.consolidation@1.0", "tianmen.incentive_fund@1.0",
    ]  # fmt: skip


def test_check_and_test_know_portfolios(fund: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "check", "fund.yaml")[0] == 0
    (fund / "fund.yaml").write_text(
        FUND.replace("r.total - last", "r.totle - last"), encoding="utf-8"
    )
    code, out, _ = run(capsys, "check", "fund.yaml")
    assert (code, "PRF325" in out) == (1, True)


def test_what_holds_no_results_is_no_traceback(
    fund: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for text, code in (
        ("[]", "PRF612"),
        ("{", "PRF608"),
        ("[1]", "PRF735"),
        ('{"a": 1}', "PRF735"),
    ):
        (fund / "odd.json").write_text(text, encoding="utf-8")
        found, _, err = run(
            capsys,
            "score",
            "fund.yaml",
            "odd.json",
            "--results",
            "last=r.json",
            "--input",
            "pool=1",
        )
        assert (found, code in err) == (2, True), err


def test_facts_may_stand_in_a_workbook(fund: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [line.split(",") for line in UNITS.splitlines()]
    (fund / "units.xlsx").write_bytes(book(rows))
    whole = run(capsys, *ARGS)
    assert run(capsys, *("units.xlsx" if arg == "units.csv" else arg for arg in ARGS)) == whole


@pytest.mark.parametrize("name", ["out.xlsx", "out.parquet"])
def test_what_a_portfolio_cannot_be_written_as_is_refused(
    fund: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    code, _, err = run(capsys, *ARGS, "-o", name)
    assert (code, "PRF642" in err) == (2, True)
    assert not (fund / name).exists()
