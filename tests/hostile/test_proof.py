"""The semantic cases of the hostile corpus that need a proof."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules import check, loads, prove

HERE = Path(__file__).parent
BASE: str = yaml.safe_load((HERE / "semantic.yaml").read_text(encoding="utf-8"))["base"]
CASES: list[dict[str, Any]] = yaml.safe_load((HERE / "proof.yaml").read_text("utf-8"))["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['id']} {case['title']}")
def test_case(case: dict[str, Any]) -> None:
    text = BASE
    for old, new in case["replace"]:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    if case.get("loaded"):
        told = check(text)
    else:
        assert check(text) == ()
        found = [item for item in prove(loads(text)).findings if item.diagnostic.code != "PRF818"]
        assert {item.how for item in found if item.diagnostic.code == case["code"]} == {"proven"}
        told = tuple(item.diagnostic for item in found)
    first = next(item for item in told if item.code == case["code"])
    assert first.span is not None
    line = text.splitlines()[first.span.line - 1]
    assert case["at"] in line
    assert line.index(case["at"]) + 1 == first.span.column
    assert first.severity == "error"


def test_both_cases_are_here() -> None:
    assert {case["id"] for case in CASES} == {"SEM-096", "SEM-098"}
