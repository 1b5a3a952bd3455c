"""A table scored at once equals each of its units scored alone: digits, states, errors."""

import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import perfrules
from perfrules.engine.program import Program
from perfrules.errors import RulesetError
from perfrules.lang.load import load_ruleset
from perfrules.lang.plan import Plan
from tests.engine.batch.tables import differences, table_of, texts
from tests.kinds import holds
from tests.random_rulesets import any_ruleset
from tests.strategies import any_facts, seeds_of, thresholds

ROOT = Path(__file__).parents[3]
RULESETS = sorted(
    path
    for folder in ("rulesets/**", "tests/cases/good")
    for path in ROOT.glob(f"{folder}/*.yaml")
    if holds("ruleset", path)
)
BY_HAND = ("adjust", "waive", "allow")


def many(
    plan: Plan, times: int, path: Path | None = None, seed: int = 0
) -> list[dict[str, object]]:
    """Return units drawn at random, whose values are texts."""
    seeds, known = seeds_of(path) if path else [], thresholds(plan)
    found = []
    for number in range(times):
        chance = random.Random(seed + number)  # noqa: S311 - seeded
        facts = any_facts(plan, chance, seeds, known)
        found.append(texts(plan, {key: facts[key] for key in facts if key not in BY_HAND}))
    return found


@pytest.mark.parametrize("path", RULESETS, ids=lambda path: path.stem)
def test_each_ruleset(path: Path) -> None:
    plan = perfrules.load(str(path)).plan
    program, units = Program(plan), many(plan, 60, path)
    assert differences(program, table_of(plan, units), units, batch_rows=64) == []


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a random ruleset doesn't shrink
)
@given(st.randoms(use_true_random=False))
def test_any_ruleset(chance: random.Random) -> None:
    try:
        plan = load_ruleset(any_ruleset(chance), "random.yaml")
    except RulesetError:
        assume(False)
    units = many(plan, 30, seed=chance.randrange(10**6))
    assert differences(Program(plan), table_of(plan, units), units, batch_rows=20) == []
