"""Units built to sit on ties of rounding and on thresholds, or a step beside them.

A proportional leaf of 5 points has a tie where 5 × actual ÷ target is a whole number of cents and a
half: for a target of 900 at each 1.80 from 0.90 on. Totals and shares are brought onto thresholds
by one leaf that is free.
"""

import random
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks import by_numpy, columns, hubei
from benchmarks.workloads import LEVELS, kind_of

Ints = NDArray[np.int64]
STEPS = (-1, 0, 0, 0, 1)  # beside a tie, or on it: more often on it
MARKS = (60, 80, 90)
BANDS = (7000, 8500, 9500)


def w20(rows: int, seed: int) -> columns.Drawn:
    """Return facts of W20 whose leaves sit on ties, and every second on a threshold too."""
    chance = np.random.default_rng(seed)
    values = columns.drawn(rows, seed)

    def beside(exact: Ints) -> Ints:
        found: Ints = exact + chance.choice(STEPS, rows)
        return found

    for place in range(columns.LEAVES):
        name = f"v{place}"
        match kind_of(place, columns.LEAVES):
            case "proportional" if place % 4 == 1:  # a target of 500 or 1000: a half each 1 or 2
                target = chance.choice((50000, 100000), rows)
                values[f"{name}_target"] = target
                values[name] = beside((2 * chance.integers(300, 500, rows) + 1) * target // 1000)
            case "proportional":
                values[name] = beside(180 * chance.integers(270, 500, rows) + 90)
            case "reverse":
                values[name] = beside(chance.choice(_reverse(), rows))
            case "bands":
                values[name] = beside(chance.choice(BANDS, rows))
            case "survey":  # 400 or 1000 asked: ties by eighths of a hundredth
                for level in LEVELS:
                    values[f"{name}.{level}"] = chance.integers(0, 50, rows)
                levels = [values[f"{name}.{level}"] for level in LEVELS]
                asked = np.sum(levels[1:], axis=0)
                values[f"{name}.{next(iter(LEVELS))}"] = chance.choice((400, 1000), rows) - asked
            case _:
                pass
    _onto(values, chance)
    return values


def _reverse() -> Ints:
    """Return values of which 300 ÷ value is a whole number of cents and a half."""
    return np.array([value for value in range(6001, 12000) if 6_000_000 % value == 0
                     and 6_000_000 // value % 2])  # fmt: skip


def _onto(values: columns.Drawn, chance: np.random.Generator) -> None:
    """Bring rate.first0 onto 80 % by l0, and the total onto a grade's least by l10."""
    rows = len(values["misused"])
    picked = np.arange(rows) % 2 == 0
    for free, whole, marks in (("v0", "score.first0", (40,)), ("v10", "total", MARKS)):
        found = by_numpy.scored(columns.table(values))
        mine = found[f"score.l{free[1:]}"].to_numpy()
        without = np.rint((found[whole].to_numpy() - mine) * 100).astype(np.int64)
        wanted = chance.choice(marks, rows) * 100 + chance.choice((-1, 0, 0, 1), rows)
        left = wanted - without  # cents of 5 points: 1.80 of 900 each
        fits = picked & (left > 0) & (left < 500)
        values[free] = np.where(fits, left * 180, values[free])


def forms(rows: int, seed: int, *, tied: bool) -> Iterator[dict[str, Any]]:
    """Yield facts of the Hubei form, at random or on ties and thresholds."""
    chance = random.Random(seed)  # noqa: S311 - seeded, not secret
    for number in range(rows):
        facts = hubei.facts(chance)
        if tied:
            _tied(facts, chance, threshold=bool(number % 2))
        yield facts


def _tied(facts: dict[str, Any], chance: random.Random, *, threshold: bool) -> None:
    for place, row in enumerate(facts["targets"]):
        if "level" in row:
            continue
        _, rule, goal, unit = hubei.CELLS[place % len(hubei.CELLS)]
        step = chance.choice(STEPS)
        if rule == "at_most":  # a tie of 5300 ÷ actual seldom has few digits: a share of a half
            actual = goal * 2 + step / 100
        else:  # points × actual ÷ goal: cents and a half
            cents = 2 * chance.randrange(int(70 * hubei.POINTS[place]), 100 * hubei.POINTS[place])
            actual = goal * (cents + 1) / (200 * hubei.POINTS[place]) + step / 10000
        row["actual"] = unit.format(f"{actual:.6f}".rstrip("0").rstrip("."))
    budget = 100
    cents = 2 * chance.randrange(1000, 2000) + 1
    executed = budget * cents / 4000 + chance.choice(STEPS) / 10000
    if threshold:
        _, _, lines, _ = hubei.by_hand(hubei.as_floats(facts))
        left = chance.choice((60, 80, 90)) - lines["goals"][0] + chance.choice((-1, 0, 0, 1)) / 100
        if 0 < left < 20:
            executed = left * budget / 20
    facts["adjusted_budget"] = str(budget)
    facts["executed"] = f"{executed:.6f}".rstrip("0").rstrip(".")
