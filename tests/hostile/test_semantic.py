"""The semantic group of the hostile corpus, rewritten in this language."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from perfrules.errors import Diagnostic, RulesetError
from perfrules.lang.load import load_ruleset

DATA = yaml.safe_load(Path(__file__).with_name("semantic.yaml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = DATA["cases"]
RING = "exec_rate: spent / budget"


def written(case: dict[str, Any]) -> str:
    """Return the ruleset of a case: the base with its changes."""
    text: str = DATA["base"]
    for old, new in case.get("replace", []):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    if size := case.get("chain"):
        ring = "".join(f"d{n}: d{(n + 1) % size} + 1\n  " for n in range(size))
        text = text.replace(RING, ring + RING)
    return text


def said(case: dict[str, Any]) -> tuple[str, list[Diagnostic]]:
    """Return whether a case is accepted, and what is said about it."""
    try:
        warnings = load_ruleset(written(case), "case.yaml").warnings
    except RulesetError as error:
        return "reject_load", list(error.diagnostics)
    return "accept_warn" if warnings else "accept", list(warnings)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    found, diagnostics = said(case)
    assert found == case["expect"], "\n".join(map(str, diagnostics))
    if found == "accept":
        return
    first = next(item for item in diagnostics if item.code == case["code"])
    assert first.span is not None
    assert (first.span.line, first.span.column) == (case["line"], case["column"])
    assert {item.code for item in diagnostics} <= {case["code"], *case.get("also_codes", [])}
    for name in case.get("names", []):
        assert name in f"{first.message.en} {first.hint.en}"
    if "hint" in case:
        assert first.hint.en == case["hint"]


def test_every_case_of_the_group_is_here() -> None:
    assert len(CASES) == 37
    assert len({case["id"] for case in CASES}) == 37
    assert not [case["id"] for case in CASES if case["expect"] != "accept" and "code" not in case]
