"""Sheets of all kinds in a table: what rates rows, leaves them out, or follows from them."""

import random
from typing import Any
from unittest.mock import patch

import pytest

from perfrules.engine.batch.kernel import program as kernel
from perfrules.engine.program import Program
from tests.engine.batch.drawn_sheets import alone, sheet
from tests.engine.batch.tables import differences, table_of
from tests.small import plan

SHEET = """
inputs:
  kind_of: {{type: choice, of: [甲, 乙], optional: true}}
  goal: {{type: number, default: 3}}
  done: {{type: number, optional: true}}
  targets:
    type: table
    {table}
    columns:
      block: {{type: choice, of: [产出指标, 效益指标, 满意度指标]}}
      name: {{type: text}}
      target: {{type: {target}}}
      actual: {{type: text, optional: {optional}}}
      points: {{type: number, min: 0, optional: {lax}}}
      level: {{type: choice, of: [达成, 部分达成, 未达成], optional: true}}
      size: {{type: number}}
indicators:
  - id: first
    points: '{rest}'
    score: {{method: formula, rate: "min(1, goal / 3)"}}
  - id: below
    indicators:
      - id: goals
        for_each: {{row: t, in: targets, key: t.name{where}}}
        {points}
        score: {score}
        {more}
{others}
{after}
"""
TARGET = "{method: target, target: t.target, actual: t.actual, plain: %s%s}"
RATED = ", level: t.level, default: %s, shares: {达成: [100%%, 70%%], 部分达成: 30%%, 未达成: 0%%}"
PARTS = "100 - (%s if count(t for t in targets) > 0 else 0)"
REST = "100 - sum(t.points for t in targets%s)"
PLAIN = {
    "table": "rows: {min: 0}", "target": "target", "optional": "false", "where": "",
    "points": "points_of: t.points", "score": TARGET % ("at_least", ""), "more": "", "others": "",
    "after": "", "rest": REST % "", "lax": "false",
}  # fmt: skip
KINDS: dict[str, dict[str, str]] = {
    "at least": {},
    "at most, no cells": {"score": TARGET % ("at_most", ""), "optional": "true"},
    "equal, texts": {"score": TARGET % ("equal", RATED % "middle"), "target": "text"},
    "refuse": {"score": TARGET % ("refuse", RATED % "bottom"), "where": ", where: known(t.points)",
               "lax": "true", "rest": REST % " if known(t.points)"},
    "top": {"score": TARGET % ("at_least", RATED % "top"), "optional": "true"},
    "some rows": {"where": ', where: t.block == "产出指标" and known(t.points)',
                  "rest": REST % ' if known(t.points) and t.block == "产出指标"', "lax": "true"},
    "as the unit says": {"where": ', where: known(kind_of) or t.block == "产出指标"',
                         "rest": REST % ' if (known(kind_of) or t.block == "产出指标")'},
    "levels": {"score": "{method: levels, level: t.block, default: top, shares: "
                        "{产出指标: [100%, 80%], 效益指标: [80%, 50%], 满意度指标: 12.5%}}"},
    "proportional": {"score": "{method: proportional, actual: t.size, target: goal}"},
    "formula": {"score": "{method: formula, points: t.points * 0.333}"},
    "counted points": {"points": "points_of: t.size * 2 + 0.005",
                       "rest": "100 - sum(t.size * 2 + 0.005 for t in targets)"},
    "equal points": {"points": "points_of: 2.5", "rest": "100 - 2.5 * count(t for t in targets)"},
    "points missing": {"more": "missing: zero", "score": TARGET % ("at_least", ""),
                       "optional": "true"},
    "not always": {"more": 'applies_when: t.block != "效益指标"\n        not_applicable: exclude'},
    **{
        f"not always, {policy}": {
            "more": f'applies_when: t.block != "效益指标"\n        not_applicable: {policy}'
        }
        for policy in ("full", "zero", "redistribute", "redistribute_equally", "{to: first}")
    },
    "lacking, not applicable": {"more": "missing: not_applicable", "optional": "true"},
    "lacking, full": {"more": "missing: not_applicable\n        not_applicable: full",
                      "optional": "true"},
    "lacking, zeroed": {
        "more": "missing: not_applicable", "optional": "true",
        "after": "gates: [{id: low, when: score.goals < 20, then: {zero: goals}, reason: 低}]",
    },
    "parts": {"points": "split: {points: 20, digits: 2}", "rest": PARTS % 20},
    "parts of a number": {"points": "split: {points: goal * 7, digits: 1}",
                          "rest": PARTS % "goal * 7"},
    "some parts": {
        "points": "split: {points: 10, digits: 0}", "where": ', where: t.block == "产出指标"',
        "rest": PARTS.replace("targets", 'targets if t.block == "产出指标"') % 10,
    },
    "shown": {"more": "scored: false", "rest": "100"},
    "three places": {"more": "rounding: {digits: 3, mode: half_even}"},
    "two sheets": {
        "where": ', where: t.block == "产出指标"',
        "rest": REST % ' if t.block != "满意度指标"',
        "others": """
      - id: effects
        for_each: {row: t, in: targets, key: t.name, where: t.block == "效益指标"}
        points_of: t.points
        score: {method: formula, rate: 50%}
""",
        "after": """
gates: [{id: no, when: 'state.effects == "scored" and rate.effects < rate.goals', reason: 低,
         then: {cap_total: 80}}]
decisions:
  match: all
  rules:
    - {id: x, when: score.effects >= 10, do: {code: x, title: 记}}
    - {id: y, when: rate.below >= 60%, do: {code: y, title: 记}}
    - {id: z, when: points.effects > 3, do: {code: z, title: 记}}
""",
    },
    "findings": {"more": "finding: [{when: rate < 1 / (t.size - 3), problem: 少, suggestion: 多}]"},
    "what follows": {
        "after": """
gates:
  - {id: low, when: score.goals < 20, then: {zero: goals}, reason: 低}
  - {id: cap, when: sum(t.size for t in targets) > 3 * points.goals,
     then: {cap_total: 60}, reason: 高}
decisions:
  match: all
  rules:
    - {id: x, when: rate.goals >= 80% and complete >= 100%, do: {code: x, title: 记}}
    - {id: y, when: any(t.size < rate.goals for t in targets), do: {code: y, title: 记}}
""",
    },
}  # fmt: skip


def any_units(chance: random.Random, count: int) -> list[dict[str, Any]]:
    """Return units whose rows have some points."""
    found = []
    for _ in range(count):
        rows = sheet(chance, 5)
        for item in rows:
            item["size"] = f"{chance.uniform(0, 5):.2f}" if chance.randrange(80) else None
            if item["actual"] is None and chance.randrange(10):
                item["actual"] = "5"
            if item["points"] is None and chance.randrange(10):
                item["points"] = "4"
            if item["level"] is None and chance.randrange(10):
                item["level"] = "达成"
            if chance.randrange(3):
                item["target"] = chance.choice(("≥95%", "≥3个", "≤4人", "=5", "3-5"))
                item["actual"] = f"{chance.uniform(2, 6):.2f}{item['target'][2:3]}"
                item["actual"] = item["actual"].replace("5%", "%").removesuffix("5")
        found.append({
            "kind_of": chance.choice(("甲", "乙", None)),
            "goal": chance.choice(("0.5", "1.5", "2.999", None)),
            "done": chance.choice(("1", None)),
            "targets": rows if chance.randrange(20) else None,
        })  # fmt: skip
    return [{key: item for key, item in unit.items() if item is not None} for unit in found]


@pytest.mark.parametrize("kind", ["at least", "parts", "top"])
def test_no_row_has_a_key(kind: str) -> None:
    """What rows look up is empty then; each of the units is refused."""
    program = Program(plan(SHEET.format(**{**PLAIN, **KINDS[kind]})))
    units = any_units(random.Random(kind), 20)  # noqa: S311 - seeded
    for unit in units:
        for row in unit.get("targets", ()):
            row["name"] = row["target"] = row["actual"] = None
    assert differences(program, table_of(program.plan, units), units) == []


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_of_sheets(kind: str) -> None:
    body = SHEET.format(**{**PLAIN, **KINDS[kind]})
    program = Program(plan(body))
    units = any_units(random.Random(kind), 160)  # noqa: S311 - seeded
    table = table_of(program.plan, units)
    with patch.object(kernel, "FEWEST", 1):
        assert differences(program, table, units) == []
        found, one_by_one = alone(program, table)
    refused = found["rejected"].drop_null().length()
    assert one_by_one - refused < 0.7 * (len(units) - refused)
