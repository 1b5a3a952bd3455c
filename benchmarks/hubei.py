"""The Hubei self-evaluation form with a sheet of 12 rows, and the same by hand with floats."""

import random
from typing import Any, TypeAlias

Row: TypeAlias = dict[str, Any]

RULESET = "hubei.project_self_evaluation"
ROWS = 12
POINTS = (10, 10, 8, 8, 6, 6, 6, 6, 5, 5, 5, 5)
CELLS = (
    ("≥{}人", "at_least", 900.0, "{}人"),
    ("≥{}%", "at_least", 95.0, "{}%"),
    ("≤{}元/户", "at_most", 5300.0, "{}元/户"),
    ("={}个", "equal", 50.0, "{}个"),
)
LEVELS = {"达成": 1.0, "部分达成": 0.8, "未达成": 0.5}  # the upper end of each
GRADES = ((90.0, "优"), (80.0, "良"), (60.0, "中"), (0.0, "差"))


def facts(chance: random.Random) -> Row:
    """Return the facts of one project: numbers as text, two rows in words with a rating."""
    rows: list[Row] = []
    for place in range(ROWS):
        row: Row = {"block": "产出指标", "name": f"指标{place}", "points": str(POINTS[place])}
        if place >= ROWS - 2:
            row |= {"target": "效果明显", "actual": "较明显", "level": chance.choice([*LEVELS])}
        else:
            cell, _, goal, unit = CELLS[place % len(CELLS)]
            actual = round(goal * chance.uniform(0.7, 1.15), 1)
            row |= {"target": cell.format(f"{goal:g}"), "actual": unit.format(f"{actual:g}")}
        rows.append(row)
    return {
        "adjusted_budget": f"{chance.uniform(80, 200):.2f}",
        "executed": f"{chance.uniform(60, 180):.2f}",
        "misused": "否" if chance.randrange(20) else "是",
        "targets": rows,
    }


def as_floats(given: Row) -> Row:
    """Return the facts as the function by hand reads them: its cells are parsed beforehand."""
    rows = []
    for place, row in enumerate(given["targets"]):
        if "level" in row:
            rows.append(("words", 0.0, LEVELS[row["level"]], float(row["points"]), row["name"]))
            continue
        _, rule, goal, unit = CELLS[place % len(CELLS)]
        actual = float(row["actual"].removesuffix(unit.removeprefix("{}")))
        rows.append((rule, goal, actual, float(row["points"]), row["name"]))
    return {
        "adjusted_budget": float(given["adjusted_budget"]),
        "executed": float(given["executed"]),
        "misused": given["misused"] == "是",
        "targets": rows,
    }


def _rate(rule: str, goal: float, actual: float) -> float:
    if rule == "at_least":
        return actual / goal if actual < goal else 1.0
    if rule == "at_most":
        return goal / actual if actual > goal else 1.0
    if rule == "equal":
        return min(actual, goal) / max(actual, goal)
    return actual


def by_hand(f: Row) -> tuple[float, str, dict[str, tuple[float, float]], tuple[str, ...]]:
    """Return total, grade, lines and decisions by floats."""
    lines: dict[str, tuple[float, float]] = {}
    executed, budget = f["executed"], f["adjusted_budget"]
    rate = executed / budget if executed < budget else 1.0
    lines["execution"] = _rounded(20 * rate), rate
    goals = 0.0
    for rule, goal, actual, points, name in f["targets"]:
        rate = _rate(rule, goal, actual)
        score = _rounded(points * rate)
        lines[f"goals[{name}]"] = score, rate
        goals += score
    lines["goals"] = goals, goals / 80
    total = _rounded(lines["execution"][0] + goals)
    grade = "差"
    for at_least, name in GRADES:
        if total >= at_least:
            grade = name
            break
    if f["misused"]:
        grade = "差"
    decisions: tuple[str, ...] = ()
    for name, wanted in (("guarantee", "优"), ("keep", "良"), ("cut", "中"), ("stop", "差")):
        if grade == wanted:
            decisions += (name,)
    if grade in ("中", "差"):
        decisions += ("rectify",)
    return total, grade, lines, decisions


def _rounded(value: float) -> float:
    return int(value * 100 + 0.5) / 100
