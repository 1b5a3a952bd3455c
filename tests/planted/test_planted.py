"""Thirty faults planted one at a time in a shipped ruleset: each is found, where it stands.

Ten are of shape, ten of meaning; ten only a proof can find. `faults.yaml` holds them as data: what
is written in place of what, the code that is told, and what its line has in it.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules import check, loads, prove
from perfrules.errors import Diagnostic

ROOT = Path(__file__).parent.parent.parent
DATA: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("faults.yaml").read_text("utf-8"))
FAULTS: list[dict[str, Any]] = DATA["faults"]
CLEAN = (ROOT / DATA["ruleset"]).read_text(encoding="utf-8")


def planted(fault: dict[str, Any]) -> str:
    """Return the ruleset with one fault."""
    assert CLEAN.count(fault["old"]) == 1, fault["old"]
    made: str = CLEAN.replace(fault["old"], fault["new"])
    return made


def line_of(fault: dict[str, Any]) -> int:
    """Return the line where a fault is told: that which has `at` in it."""
    lines = planted(fault).splitlines()
    found = [place for place, line in enumerate(lines, start=1) if fault["at"] in line]
    nth: int = fault.get("nth", 1)
    assert len(found) == nth, fault["at"]
    return found[nth - 1]


def told_well(item: Diagnostic, fault: dict[str, Any]) -> None:
    """A sentence names what was written, and its hint says what to do, in both languages."""
    words = re.findall(r"\w{4,}", fault["new"])
    assert item.value or any(word in item.message.en for word in words)
    for lang in ("zh", "en"):
        assert item.message.get(lang)
        assert item.hint.get(lang)
        assert "…" not in item.hint.get(lang)


@pytest.mark.parametrize("group", ["shape", "meaning", "proof"])
def test_there_are_ten_of_each(group: str) -> None:
    assert len({fault["id"] for fault in FAULTS if fault["group"] == group}) == 10


def test_nothing_is_told_of_the_clean_ruleset() -> None:
    assert check(CLEAN) == ()
    assert prove(loads(CLEAN)).findings == ()


@pytest.mark.parametrize(
    "fault", [item for item in FAULTS if item["group"] != "proof"], ids=lambda item: item["id"]
)
def test_found_when_loaded(fault: dict[str, Any]) -> None:
    first = check(planted(fault))[0]
    assert first.code == fault["code"]
    assert first.span is not None
    assert first.span.line == line_of(fault)
    told_well(first, fault)


@pytest.mark.parametrize(
    "fault", [item for item in FAULTS if item["group"] == "proof"], ids=lambda item: item["id"]
)
def test_found_by_proof_alone(fault: dict[str, Any]) -> None:
    text = planted(fault)
    assert check(text) == ()
    program = loads(text)
    found = [
        item
        for item in prove(program).findings
        if item.diagnostic.code == fault["code"]
        and item.diagnostic.span is not None
        and item.diagnostic.span.line == line_of(fault)
    ]
    assert len(found) == 1
    assert found[0].how == "proven"
    told_well(found[0].diagnostic, fault)
    assert found[0].facts is not None
    program.score(found[0].facts)  # the example can be scored again
