"""The kernel says what the reference says: shipped rulesets, every method, rulesets at random."""

import random
from collections.abc import Sequence
from datetime import date
from decimal import ROUND_UP, Context, Decimal, Inexact, getcontext, localcontext
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import perfrules
from benchmarks.workloads import row, ruleset
from perfrules.decimals import CONTEXT
from perfrules.engine.batch.kernel import Kernel
from perfrules.engine.batch.kernel.shape import shape_of
from perfrules.engine.batch.vectors import Taken
from perfrules.engine.facts import Facts, admit
from perfrules.engine.program import parameters_on
from perfrules.errors import RulesetError
from perfrules.lang.load import load_ruleset
from perfrules.lang.plan import Indicator, Plan
from tests.engine.batch.kernel.taking import Compared, cells, compared, drawn, taken_of
from tests.random_rulesets import any_ruleset
from tests.small import plan as small
from tests.strategies import seeds_of

ROOT = Path(__file__).parents[4]
DAY = date(2024, 6, 30)


def rulesets(pattern: str) -> list[Path]:
    """Return the rulesets of a place."""
    return sorted(path for path in ROOT.glob(pattern) if b"\nruleset:" in b"\n" + path.read_bytes())


SHIPPED, GOOD = rulesets("rulesets/**/*.yaml"), rulesets("tests/cases/good/*.yaml")


def drawing(seed: int) -> random.Random:
    """Return what draws, the same each time."""
    return random.Random(seed)  # noqa: S311 - seeded


@cache
def plan_of(path: Path) -> Plan:
    return perfrules.load(str(path)).plan


def day_of(plan: Plan) -> date | None:
    return DAY if plan.needs_as_of else None


def agrees(plan: Plan, path: Path, times: int, *, slow: bool = False) -> Compared | None:
    """Compare batches of a few scales; None where the plan has no column form."""
    seeds, day = seeds_of(path), day_of(plan)
    if compared(plan, drawn(plan, drawing(0), 8, seeds, day), day) is None:
        return None
    whole = Compared([])
    for seed in range(4):
        many = drawn(plan, drawing(seed), times // 4, seeds, day)
        found = compared(plan, many, day, slow=slow)
        assert found is not None
        whole.differing += found.differing
        whole.done += found.done
        whole.able += found.able
    return whole


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_two_thousand_units_of_each_shipped_ruleset(path: Path) -> None:
    plan = plan_of(path)
    found = agrees(plan, path, 2000)
    if found is None:
        assert any(node.for_each for node in walked(plan)) or not scalar(plan)
        return
    assert found.differing == []
    assert found.done >= found.able * 0.9


def walked(plan: Plan) -> list[Indicator]:
    found = list(plan.indicators)
    for node in found:
        found += node.children
    return found


def scalar(plan: Plan) -> bool:
    """Whether every input has a column."""
    return not any(item.type.kind.name in ("TABLE", "PANEL", "TARGET") for item in plan.inputs)


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_units_of_each_good_ruleset(path: Path) -> None:
    found = agrees(plan_of(path), path, 200, slow=True)
    assert found is None or found.differing == []


def test_most_rulesets_without_sheets_have_a_column_form() -> None:
    formed = 0
    for path in [*SHIPPED, *GOOD]:
        plan = plan_of(path)
        many = drawn(plan, drawing(0), 8, seeds_of(path), day_of(plan))
        parameters = parameters_on(plan, day_of(plan))
        kernel = Kernel(plan, parameters, day_of(plan))
        formed += kernel.run(taken_of(plan, many)) is not None
    assert formed > 20


@settings(
    max_examples=90,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a random ruleset doesn't shrink
)
@given(st.integers(0, 10**9))
def test_any_ruleset(seed: int) -> None:
    chance = drawing(seed)
    try:
        plan = load_ruleset(any_ruleset(chance), "random.yaml")
    except RulesetError:
        assume(False)
    many = drawn(plan, chance, 25, (), DAY)
    assume(many)
    found = compared(plan, many, DAY)
    assert found is None or found.differing == []


# ---- W20: no unit is scored again, hardly a value is


W20 = load_ruleset(ruleset(20), "w20.yaml")


def w20(count: int) -> list[Facts]:
    return [admit(W20, row(20, drawing(seed)), None) for seed in range(count)]


def test_w20_at_random() -> None:
    found = compared(W20, w20(3000), None)
    assert found is not None
    assert found.differing == []
    assert found.done == found.able == 3000
    assert found.redone < 3000 * 0.01


def on_ties(many: Sequence[Facts], chance: random.Random) -> list[Facts]:
    """Put actual values where 5 × v ÷ 900 is a tie of cents, or half a step of 12 decimals off."""
    below = [Decimal(n).scaleb(-13) for n in (0, 450, 899, 900, 901, 1800, -1, 1)]
    found = []
    for facts in many:
        values = dict(facts.values)
        for name, value in values.items():
            if isinstance(value, Decimal) and name.startswith("v") and value < 1000:
                tie = Decimal(chance.randrange(600)) * Decimal("0.9")
                values[name] = CONTEXT.subtract(CONTEXT.add(tie, 1), chance.choice(below))
        values["v8"] = values["v18"] = Decimal(chance.randrange(12))
        found.append(Facts(None, None, values))
    return found


def test_w20_on_ties_and_thresholds() -> None:
    many = on_ties(w20(400), drawing(7))
    many += drawn(W20, drawing(8), 800, (), None)
    found = compared(W20, many, None)
    assert found is not None
    assert found.differing == []
    assert found.done == found.able > 400


def test_w20_by_hand() -> None:
    """Everything reached, but a third of one target: 95 + 5 × 300 ÷ 900 = 96.67, 优."""
    facts = row(20, drawing(1))
    full = {name: "1000" if name[0] == "v" else "否" for name in facts}
    full |= {name: "900" for name in facts if name.endswith("target")}
    full |= dict.fromkeys(("v2", "v9", "v12"), "100%")
    full |= dict.fromkeys(("v6", "v16", "v8", "v18"), "0")
    full |= dict.fromkeys(("v4", "v14"), "①、②、③、④")
    answers = {"很满意": 3, "满意": 0, "一般": 0, "不满意": 0, "很不满意": 0}
    whole: dict[str, object] = {**full, "v0": "300", "v19": answers}
    scored = Kernel(W20, {}).run(taken_of(W20, [admit(W20, whole, None)] * 2))
    assert scored is not None
    said = cells(scored, W20, 1)
    assert (str(said["total"]), said["grade"]) == ("96.67", "优")
    assert (str(said["score.l0"]), str(said["rate.l0"])) == ("1.67", "0.333333333333")
    assert (said["gates"], said["decisions"]) == ((), ("guarantee",))


# ---- what a kernel leaves alone


def test_rates_only_where_asked() -> None:
    taken = taken_of(W20, w20(50))
    scored = Kernel(W20, {}).run(taken, rates=False)
    assert scored is not None
    assert all(line.rate is None for line in scored.lines)


def test_batches_don_t_depend_on_how_they_are_cut() -> None:
    many = w20(60)
    kernel = Kernel(W20, {})
    whole = kernel.run(taken_of(W20, many))
    assert whole is not None
    for start in range(0, 60, 17):
        part = kernel.run(taken_of(W20, many[start : start + 17]))
        assert part is not None
        size = len(part.total)
        assert part.total.tolist() == whole.total[start : start + size].tolist()
        assert part.grade.tolist() == whole.grade[start : start + size].tolist()


def test_chunks_don_t_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches of many chunks, the last one short, with units of other states among them."""
    monkeypatch.setattr("perfrules.engine.batch.kernel.program.FEWEST", 1)
    formed = 0
    for path in [*SHIPPED[::3], *GOOD[::3]]:
        plan, day = plan_of(path), day_of(plan_of(path))
        taken = taken_of(plan, drawn(plan, drawing(5), 60, seeds_of(path), day))
        kernel = Kernel(plan, parameters_on(plan, day), day)
        whole = kernel.run(taken)
        program = kernel.program(shape_of(taken))
        if whole is None or program is None:
            continue
        formed += 1
        program.size = 7
        for bits in (128, 64):
            found = kernel.run(taken, bits=bits)
            assert found is not None
            assert found.again.tolist() == whole.again.tolist()
            for at in np.flatnonzero(~(found.again | taken.odd)).tolist():
                assert cells(found, plan, at) == cells(whole, plan, at)
    assert formed > 5


def test_an_empty_batch() -> None:
    scored = Kernel(W20, {}).run(taken_of(W20, w20(1)[:0]))
    assert scored is None or len(scored.total) == 0


def test_the_hosts_decimal_context_changes_nothing_and_is_left_alone() -> None:
    taken = taken_of(W20, w20(40))
    wanted = Kernel(W20, {}).run(taken)
    with localcontext(Context(prec=3, rounding=ROUND_UP, traps=[Inexact])) as host:
        found = Kernel(W20, {}).run(taken)
        assert getcontext() is host
        assert not any(host.flags.values())
    assert wanted is not None
    assert found is not None
    assert found.total.tolist() == wanted.total.tolist()


def test_the_batchs_own_columns_are_not_written_to() -> None:
    taken = taken_of(W20, w20(40))
    for column in taken.columns.values():
        for name in column.__slots__:
            array = getattr(column, name)
            if isinstance(array, np.ndarray):
                array.setflags(write=False)
    assert Kernel(W20, {}).run(taken) is not None


def test_what_no_column_form_can_score_is_left_to_others() -> None:
    plan = small("""
        inputs: {jury: {type: panel}}
        indicators: [{id: x, points: 100, score: {method: panel, actual: jury, out_of: 10}}]
    """)
    assert Kernel(plan, {}).run(Taken(2, {}, np.zeros(2, np.bool_))) is None


def test_a_gate_sets_lines_to_zero_where_there_is_no_total() -> None:
    """Nothing counts, so that there is no total; the line that counts as full is still set to 0."""
    plan = small("""
        inputs: {done: {type: percent}, some: {type: flag}, bad: {type: flag}}
        aggregate: weighted_mean
        indicators:
          - id: b
            points: 100
            applies_when: some
            indicators:
              - {id: x, points: 100, applies_when: some, not_applicable: full,
                 score: {method: proportional, actual: done, target: 1}}
        gates: [{id: g, when: bad, then: {zero: b}}]
    """)
    many = [
        admit(plan, {"done": "50%", "some": some, "bad": bad})
        for some in (True, False)
        for bad in (True, False)
    ]
    found = compared(plan, many)
    assert found is not None
    assert (found.differing, found.done) == ([], 4)
    scored = Kernel(plan, {}).run(taken_of(plan, many * 200))
    assert scored is not None
    assert not scored.again.any()
    rates = [cells(scored, plan, at)["rate.x"] for at in range(4)]
    assert rates == [Decimal(0), Decimal("0.5"), Decimal(0), Decimal(1)]
