"""Facts that are drawn are valid; the laws hold for the form and find a method that breaks one."""

import builtins
import random
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import perfrules
from perfrules.engine.result import Rejected
from perfrules.errors import RulesetError, UsageError
from perfrules.lang.load import load_ruleset
from perfrules.testing import check_ruleset, facts_for
from perfrules.testing import laws as laws_module
from perfrules.testing.draw import Draw
from tests.sample_rulesets import FORM

PLAN = load_ruleset(FORM)
PROGRAM = perfrules.loads(FORM)
# What values that don't fit each other may be refused for; anything else is a fault of a value.
UNFIT = {"PRF535", "PRF540", "PRF560"}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=facts_for(PLAN))
def test_drawn_facts_are_valid(facts: dict[str, Any]) -> None:
    found = next(iter(PROGRAM.score_many([facts])))
    codes = {item.code for item in found.problems} if isinstance(found, Rejected) else set()
    assert codes <= UNFIT


def test_edges_are_favoured() -> None:
    draw = Draw(PLAN, random.Random(3))  # noqa: S311 - facts, no secrets
    done = [draw.facts()["done"] for _ in range(300)]
    assert done.count("100%") + done.count("80%") > 20


def test_the_laws_hold_for_what_is_shipped() -> None:
    for name in ("mof.project_evaluation", "tianmen.monitoring", "mof.project_self_evaluation"):
        assert check_ruleset(name, examples=15) > 0


def test_a_ruleset_is_named_by_its_file(tmp_path: Path) -> None:
    (tmp_path / "form.yaml").write_text(FORM, encoding="utf-8")
    assert check_ruleset(tmp_path / "form.yaml", examples=10) > 0
    assert check_ruleset(PROGRAM, examples=10) > 0


@pytest.mark.parametrize("law", ["compiled", "order", "sizes"])
def test_a_broken_law_is_found(monkeypatch: pytest.MonkeyPatch, law: str) -> None:
    scored = laws_module._scored

    def spoilt(program: Any, facts: Any) -> Any:  # noqa: ANN401 - as it is called
        found = scored(program, facts)
        if isinstance(found, tuple):
            return found
        if law == "order":
            return ("PRF999",) if next(iter(facts)) != "budget" else found
        object.__setattr__(found, "total", Decimal(101) if law == "sizes" else Decimal("0.01"))
        return found

    monkeypatch.setattr(laws_module, "_scored", spoilt)
    with pytest.raises(RulesetError) as caught:
        check_ruleset(PROGRAM, examples=20)
    assert [item.code for item in caught.value.diagnostics] == ["PRF835"]
    assert "budget" in str(caught.value)


def test_without_hypothesis_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    imported = builtins.__import__

    def refused(name: str, *args: Any, **named: Any) -> Any:  # noqa: ANN401 - as it is called
        if name == "hypothesis":
            raise ImportError(name)
        return imported(name, *args, **named)

    monkeypatch.setattr(builtins, "__import__", refused)
    with pytest.raises(UsageError) as caught:
        facts_for(PLAN)
    assert [item.code for item in caught.value.diagnostics] == ["PRF831"]
