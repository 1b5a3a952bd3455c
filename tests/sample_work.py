"""A folder to work in, and commands run as a user would."""

from pathlib import Path

import pytest

from perfrules.cli import main
from tests.sample_rulesets import CASES, FORM, GOOD_FACTS, GOOD_ROW, HEADS, SHEET

BAD_ROW = "乙村,2000,约1500,95%,否"


def fill(folder: Path) -> None:
    """Write the form, its cases, a target-sheet form and facts of every format."""
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
        (folder / name).write_text(text, encoding="utf-8")


def run(capsys: pytest.CaptureFixture[str], *argv: str) -> tuple[int, str, str]:
    code = main([*argv, "--traceback"])
    out, err = capsys.readouterr()
    return code, out, err
