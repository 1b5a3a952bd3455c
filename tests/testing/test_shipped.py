"""What is shipped is tried by its own cases: coverage of all, mutation of a sample of each."""

from decimal import Decimal

import pytest

from perfrules.casebook import Ruleset
from perfrules.registry import default_registry
from perfrules.testing.coverage import covered
from perfrules.testing.mutation import mutated
from perfrules.testing.subject import Subject, subjects


@pytest.fixture(scope="module")
def shipped() -> list[Subject]:
    """Return the shipped rulesets with their cases, read once."""
    found, _ = subjects([], default_registry())
    return [item for item in found if isinstance(item.loaded, Ruleset)]


def test_every_ruleset_has_cases(shipped: list[Subject]) -> None:
    known = {str(item.path) for item in default_registry().rulesets()}
    assert {item.file for item in shipped} == known


def test_coverage_is_at_least_95(shipped: list[Subject]) -> None:
    found = [covered(item) for item in shipped]
    assert {item.id: item.percent for item in found if item.percent < Decimal(95)} == {}


def test_nine_of_ten_mutants_are_noticed(shipped: list[Subject]) -> None:
    """A sample of each; all of them: perfrules test --mutate rulesets plugins."""
    registry = default_registry()
    found = [mutated(item, registry, seed=7, limit=4) for item in shipped]
    killed = sum(item.count("killed") for item in found)
    tried = killed + sum(item.count("survived") for item in found)
    assert tried > 100
    assert Decimal(killed) >= Decimal("0.9") * tried
