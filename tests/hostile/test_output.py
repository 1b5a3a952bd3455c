"""Hostile names on their way out: shown as text wherever they are written, and nothing else."""

import csv
import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules.commands import routes
from tests.jobs.sample import FORM, HEADS, score

CASES: list[Mapping[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "output.yaml").read_text(encoding="utf-8")
)
FORMULA = "=+-@＝＋－＠\t\r\n\0 "
FACTS = {"budget": 2000, "executed": 1585.4, "done": "95%", "misused": False}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder below another one; it is the current one."""
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (inner / "form.yaml").write_text(FORM, encoding="utf-8")
    monkeypatch.chdir(inner)
    return inner


def name_of(case: Mapping[str, Any]) -> str:
    """Return the name that a case writes."""
    return "\ud800" if case["sink"] == "json" else case["text"]


def cells(path: Path) -> list[str]:
    """Return every cell that a CSV holds about units."""
    if not path.exists():
        return []
    rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
    return [cell for row in list(rows)[1:] for cell in row]


def harmless(folder: Path, outputs: tuple[str, ...], printed: str) -> None:
    """Hold what was written to the rules: no formula, one line a unit, nothing that is unseen."""
    found = [cell for name in outputs for cell in cells(folder / name)]
    assert found
    for cell in found:
        assert cell.isprintable()
        assert not cell or cell[0] not in FORMULA or cell.lstrip("+-").replace(".", "").isdigit()
    assert all(sign.isprintable() or sign in "\n\r" for sign in printed)
    root = folder.parent.parent
    assert {path for path in root.rglob("*") if path.is_file()} <= set(folder.iterdir())


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_name_in_json(
    case: Mapping[str, Any], folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = json.dumps([{"unit": name_of(case), **FACTS}, {"unit": "好", **FACTS}])
    (folder / "facts.json").write_text(text, encoding="utf-8")
    score(capsys, "facts.json", "-o", "out.csv", "--rejects", "bad.csv")
    _, out, err = score(capsys, "facts.json")
    harmless(folder, ("out.csv", "bad.csv"), out + err)
    assert len(out.splitlines()) <= 2
    score(capsys, "facts.json", "-o", "out.jsonl", "--rejects", "bad.csv")
    lines = (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line)["total"] == "91.85" for line in lines)


@pytest.mark.parametrize("small", [0, 10**9])
@pytest.mark.parametrize(
    "case", [case for case in CASES if case["sink"] != "json"], ids=lambda case: case["id"]
)
def test_a_name_in_csv(
    case: Mapping[str, Any],
    small: int,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(routes, "SMALL", small)
    text = io.StringIO(newline="")
    csv.writer(text).writerows([[name_of(case), 2000, "1585.4", "95%", "否"]])
    data = f"{HEADS}\n{text.getvalue()}好,2000,1585.4,95%,否\n"
    (folder / "facts.csv").write_bytes(data.encode())
    score(capsys, "facts.csv", "-o", "out.csv", "--rejects", "bad.csv")
    harmless(folder, ("out.csv", "bad.csv"), "")


def test_every_case_of_the_group_is_here() -> None:
    # 16 cases of the group `output`; one of them waits for reports.
    assert len({case["id"] for case in CASES}) == 15
