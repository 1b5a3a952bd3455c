"""Every scoring method by column, on and around the numbers that it is written with."""

# ruff: noqa: E501 - what an author writes on one line stands on one line

import random
import re
from datetime import date

import pytest

from perfrules.lang.plan import Plan
from tests.engine.batch.kernel.taking import compared, drawn
from tests.small import plan as small

DAY = date(2024, 6, 30)
WORTH = "  worth: {keys: [level], values: {2020-01-01: {好: 100%, 中: 60%, 差: 0%}}}"
INPUTS = {
    "a": "{type: number, min: 0}",
    "b": "{type: number}",
    "n": "{type: count}",
    "p": "{type: percent, min: 0%, max: 100%}",
    "f": "{type: flag}",
    "g": "{type: flag}",
    "level": "{type: choice, of: [好, 中, 差]}",
    "set": "{type: choice, of: [①, ②, ③], many: true}",
    "day": "{type: date}",
    "answers": "{type: survey, of: [满意, 一般, 不满意]}",
}
FORMS = (
    "{method: met, when: a > 10 or f, otherwise: 4}",
    "{method: proportional, actual: a, target: 900}",
    "{method: proportional, actual: a, target: n, zero_target: full}",
    "{method: proportional, actual: a, target: 7, better: lower}",
    "{method: proportional, actual: a, target: n, better: lower, zero_target: zero}",
    "{method: proportional, actual: p, target: 95%, floor: 60%, cap: 90%}",
    "{method: proportional, actual: a, target: 50, over: {above: 130%, slope: 2}}",
    "{method: proportional, actual: a / 3, target: n / 7, zero_target: zero}",
    "{method: linear, actual: p, zero_at: 60%, full_at: 95%}",
    "{method: linear, actual: a, zero_at: 100, full_at: 30}",
    "{method: linear, actual: a / 7, zero_at: [1, 9], between: [3, 5]}",
    "{method: bands, actual: p, bands: [{at_least: 95%, points: 15}, {above: 70%, points: 9}, {else: 0}]}",
    "{method: bands, actual: p, within: linear, bands: [{at_least: 90%, share: 100%}, {at_least: 60%, share: [90%, 60%]}, {else: 0}]}",
    "{method: levels, level: level, shares: {好: [100%, 80%], 中: [80%, 60%], 差: [60%, 0%]}, default: middle}",
    "{method: levels, level: level, shares: worth}",
    "{method: checklist, actual: set, elements: [{id: ①, share: 40%, required: true}, {id: ②, share: 33%}, {id: ③, share: 27%}]}",
    "{method: checklist, elements: [{id: i, points: 5, when: f}, {id: j, points: 10, when: a > b}]}",
    "{method: deduct, kinds: [{count: n, lose: 0.7, at_most: 6}, {count: a, lose: 3%}]}",
    "{method: deduct, actual: p, side: below, from: 95%, per: 5%, lose: 2, whole_steps: true}",
    "{method: deduct, actual: a / 3, side: above, from: 20, per: 7, lose: 11%, at_most: 80%}",
    '{method: deadline, actual: day, due: date("2022-12-31"), grace: 5, per: 10, lose: 1}',
    "{method: survey, actual: answers, values: {满意: 100%, 一般: 62.5%, 不满意: 0%}}",
    "{method: survey, actual: answers, values: {满意: 100%, 一般: 60%, 不满意: 0%}, digits: 1, then: {method: bands, bands: [{at_least: 90%, share: 100%}, {else: 40%}]}}",
    "{method: mix, of: [{share: 60%, score: {method: proportional, actual: a, target: 70}}, {share: 40%, score: {method: met, when: f}}]}",
    "{method: either, pick: best, of: [{id: i, score: {method: formula, rate: p}}, {id: j, applies_when: f, score: {method: met, when: g}}]}",
    "{method: either, pick: first_applicable, of: [{id: i, applies_when: g, score: {method: formula, rate: p}}, {id: j, score: {method: proportional, actual: a, target: 9}}]}",
    '{method: formula, rate: "min(1, max(0, round(b / 7, 2)))"}',
    '{method: formula, points: "min(15, sqrt(a) + ceil(p * 3) - floor(p))"}',
    '{method: formula, rate: "exp(0 - a / 100)"}',
    '{method: formula, rate: "min(1, abs(b - a) / (1 + a + abs(b)))"}',
    '{method: formula, rate: "lookup(worth, level) * p"}',
    '{method: formula, rate: "month(day) / 12"}',
)


def plan_of(form: str) -> Plan:
    """Return a plan of one leaf, with the inputs that it reads."""
    words = set(re.findall(r"\b[a-z]+\b", re.sub(r"\b[a-z_]+:|method: [a-z]+|id: [a-z]", "", form)))
    inputs = "".join(f"  {name}: {kind}\n" for name, kind in INPUTS.items() if name in words)
    parameters = f"parameters:\n{WORTH}\n" if "worth" in words else ""
    rest = "  - {id: y, points: 85, score: {method: met, when: rest}}"
    lines = f"indicators:\n  - {{id: x, points: 15, score: {form}}}\n{rest}\n"
    return small(f"{parameters}inputs:\n  rest: {{type: flag}}\n{inputs}{lines}")


@pytest.mark.parametrize("form", FORMS)
def test_as_the_reference(form: str) -> None:
    plan = plan_of(form)
    done = 0
    for seed in range(3):
        many = drawn(plan, random.Random(seed), 60, (), DAY)  # noqa: S311 - seeded
        found = compared(plan, many, DAY, slow=True)
        assert found is not None
        assert found.differing == []
        assert found.done >= found.able * 0.8
        done += found.done
    assert done > 15
