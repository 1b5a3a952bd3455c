"""The chain of rulesets/tianmen/example: its commands in order, its table worked out by hand."""

import json
import re
import shlex
import shutil
from pathlib import Path
from typing import Any

import pytest

from perfrules.cli import main

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "rulesets" / "tianmen" / "example"
PAGE = (FOLDER / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^perfrules .*$", PAGE, re.MULTILINE)
ROW = re.compile(r"^\| (\w+\.json) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \| .+ \|$", re.MULTILINE)
TABLE = [tuple(found) for found in ROW.findall(PAGE)]
UNITS = {"项目": "市教育局农村义务教育校舍维修", "部门": "市教育局"}
NONE = "–"
STAGES = [
    "tianmen.ex_ante_appraisal",
    "tianmen.target_review",
    "tianmen.monitoring",
    "tianmen.monitoring",
    "hubei.project_self_evaluation",
    "tianmen.self_and_review",
    "tianmen.satisfaction_survey",
    "mof.project_evaluation",
    "mof.department_evaluation",
    "tianmen.joint_review",
    "tianmen.result_application",
    "tianmen.accountability_register",
    "tianmen.incentive_fund",
    "tianmen.annual_summary",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the folder in which every command of the page has been run."""
    copy = tmp_path_factory.mktemp("chain") / "example"
    shutil.copytree(FOLDER, copy, ignore=shutil.ignore_patterns("*.json"))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy)
        for line in COMMANDS:
            assert main([*shlex.split(line)[1:], "--traceback"]) == 0, line
    return copy


def results(folder: Path, file: str) -> dict[str, dict[str, Any]]:
    found = json.loads((folder / file).read_text(encoding="utf-8"))
    listed = found if isinstance(found, list) else found.get("rows", [found])
    return {item["unit"]: item for item in listed}


def project(folder: Path, file: str) -> dict[str, Any]:
    return results(folder, file)[UNITS["项目"]]


def test_the_page_goes_through_every_stage() -> None:
    stages = [shlex.split(line)[2] for line in COMMANDS if line.startswith("perfrules score")]
    assert stages == STAGES
    assert len(TABLE) == 15


def test_every_stage_but_the_first_and_the_survey_reads_an_earlier_one() -> None:
    written: list[str] = []
    for line in COMMANDS:
        words = shlex.split(line)
        read = [name for name in written if any(name in word for word in words)]
        assert read or words[2] in {"tianmen.ex_ante_appraisal", "tianmen.satisfaction_survey"}
        if "-o" in words:
            written.append(words[words.index("-o") + 1])


@pytest.mark.parametrize(("file", "who", "total", "grade", "decisions"), TABLE)
def test_a_row_of_the_table(
    folder: Path, file: str, who: str, total: str, grade: str, decisions: str
) -> None:
    found = results(folder, file)[UNITS[who]]
    assert (found.get("total") or NONE, found.get("grade") or NONE) == (total, grade)
    assert " ".join(item["id"] for item in found["decisions"]) == decisions.replace(NONE, "")


def test_what_the_table_says_besides(folder: Path) -> None:
    assert project(folder, "appraisal.json")["report"]["approved"] == "5000000"
    assert project(folder, "august.json")["report"]["light"] == "黄"
    assert project(folder, "december.json")["report"]["light"] == "绿"
    assert {item["due"] for item in project(folder, "august.json")["decisions"]} == {"2022-09-24"}
    reviewed = project(folder, "self_review.json")["report"]
    assert (reviewed["self_score"], reviewed["gap"]) == ("98.4", "2.2")
    applied = project(folder, "application.json")
    assert applied["report"]["suggested_budget"] == "4470000"
    due = {item["id"]: item["due"] for item in applied["decisions"] if item["due"]}
    assert due == {"rectify": "2023-05-30", "disclose": "2023-04-20"}
    office = results(folder, "application.json")[UNITS["部门"]]["report"]
    assert office["suggested_budget"] == "30985000"
    assert (office["recovered"], office["disposal_value"]) == ("600000", "1200000")


def test_the_portfolios_count_what_the_chain_made(folder: Path) -> None:
    fund = json.loads((folder / "fund.json").read_text(encoding="utf-8"))
    (row,) = fund["rows"]
    assert (row["columns"]["place"], row["columns"]["share"]) == ("1", "200000")
    report = json.loads((folder / "summary.json").read_text(encoding="utf-8"))["report"]
    want = {
        "reviewed": "1", "returned": "0", "evaluated": "1", "good": "1", "problems": "2",
        "suggestions": "3", "questionnaires": "240", "disclosed": "1", "money": "5000000",
    }  # fmt: skip
    assert {name: report[name] for name in want} == want


def test_facts_and_results_beside_rulesets_disturb_no_other_command(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the folder and all its results between rulesets, nothing else is found than without."""
    process = ROOT / "rulesets/tianmen/joint_review"
    shutil.copytree(process, tmp_path / "with/joint_review")
    shutil.copytree(folder, tmp_path / "with/example")
    shutil.copytree(process, tmp_path / "without/joint_review")
    for command in ("check", "test"):
        seen = []
        for place in ("with", "without"):
            assert main([command, str(tmp_path / place)]) == 0
            seen.append(capsys.readouterr().out)
        assert seen[0] == seen[1]
    assert main(["list", "--format", "json"]) == 0
    assert "tianmen/example" not in capsys.readouterr().out


def test_a_failed_appraisal_stops_the_next_stage(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bad twin: with unlawful borrowing the sheet that passed is returned."""
    monkeypatch.chdir(tmp_path)
    for name in ("appraisal.yaml", "review.yaml"):
        shutil.copy(FOLDER / name, tmp_path)
    page = Path("appraisal.yaml")
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("unlawful_debt: 否", "unlawful_debt: 是"), encoding="utf-8")
    for line in COMMANDS[:2]:
        assert main(shlex.split(line)[1:]) == 0
    found = project(tmp_path, "review.json")
    assert (found["total"], found["grade"]) == ("95.00", "中")
    assert [gate["id"] for gate in found["gates"] if gate["fired"]] == ["not_appraised"]
    assert [item["id"] for item in found["decisions"]] == ["return_sheet"]
