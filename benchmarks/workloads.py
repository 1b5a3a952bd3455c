"""Rulesets and facts to be timed, and the same rules written by hand with floats.

W20 and W100: 20 and 100 leaves in a tree of three levels; half are proportional, the others bands,
checklists, reverse, deductions and a survey; a veto and three decisions. `by_hand` returns the same
breakdown: it checks nothing and isn't exact.
"""

import math
import random
from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import itemgetter
from typing import Any, TypeAlias

Row: TypeAlias = dict[str, Any]
Breakdown: TypeAlias = tuple[
    float, float, str, dict[str, tuple[float, float]], tuple[str, ...], tuple[str, ...]
]

LEVELS = {"很满意": 1.0, "满意": 0.75, "一般": 0.5, "不满意": 0.25, "很不满意": 0.0}
LABELS = ("①", "②", "③", "④")
KINDS = ("proportional", "proportional", "bands", "proportional", "checklist",
         "proportional", "reverse", "proportional", "deduct", "survey")  # fmt: skip
BRANCH = 5  # leaves
GRADES = ((90.0, "优"), (80.0, "良"), (60.0, "中"), (0.0, "差"))
HEAD = 'ruleset: bench.{name}\nversion: "1.0"\ntitle: {name}\ntotal: 100\n'


def kind_of(place: int, leaves: int) -> str:
    """Return the method of a leaf: of the last of each ten only one in a ruleset is a survey."""
    kind = KINDS[place % len(KINDS)]
    if kind == "survey" and place != leaves - 1:
        return "bands"
    return kind


def points_of(leaves: int) -> float:
    """Return the points of every leaf: 5, 1 or 0.1."""
    return 100 / leaves


def tree(leaves: int) -> list[tuple[str, list[tuple[str, list[int]]]]]:
    """Return the branches of both levels with the places of their leaves."""
    seconds = [list(range(at, at + BRANCH)) for at in range(0, leaves, BRANCH)]
    half = len(seconds) // 2
    firsts = [seconds[:half], seconds[half:]]
    return [
        (f"first{one}", [(f"second{one}{two}", places) for two, places in enumerate(branches)])
        for one, branches in enumerate(firsts)
    ]


def ruleset(leaves: int, *, bare: bool = False) -> str:
    """Return the text of W20 or W100; with *bare* a percentage may come as a fraction."""
    points = points_of(leaves)
    inputs: list[str] = ["misused: {type: flag}"]
    scores: dict[int, str] = {}
    for place in range(leaves):
        kind = kind_of(place, leaves)
        name = f"v{place}"
        inputs += _inputs(kind, name, place)
        scores[place] = _method(kind, name, place, points)
    lines = []
    for first, branches in tree(leaves):
        total = points * BRANCH * len(branches)
        lines.append(f"  - id: {first}\n    points: {total:g}\n    indicators:")
        for second, places in branches:
            lines.append(f"      - id: {second}\n        points: {points * BRANCH:g}")
            lines.append("        indicators:")
            lines += [
                f"          - {{id: l{at}, points: {points:g}, score: {scores[at]}}}"
                for at in places
            ]
    if bare:
        inputs = [line.replace("min: 0%}", "min: 0%, bare: fraction}") for line in inputs]
    return (
        HEAD.format(name=f"w{leaves}")
        + "inputs:\n" + "".join(f"  {line}\n" for line in inputs)
        + "indicators:\n" + "\n".join(lines) + "\n"
        + "gates:\n  - {id: misuse, when: misused, then: {grade: 差}}\n"
        + "grades:\n" + "".join(
            f"  - {{name: {name}, at_least: {at_least:g}}}\n" for at_least, name in GRADES)
        + "decisions:\n  match: all\n  rules:\n"
        '    - {id: guarantee, when: grade == "优", do: {code: guarantee}}\n'
        '    - {id: cut, when: grade == "中" or grade == "差", do: {code: cut}}\n'
        "    - {id: rectify, when: rate.first0 < 80%, do: {code: rectify}}\n"
    )  # fmt: skip


def _inputs(kind: str, name: str, place: int) -> list[str]:
    match kind:
        case "proportional" if place % 4 == 1:
            return [f"{name}: {{type: money, unit: 万元, min: 0}}",
                    f"{name}_target: {{type: money, unit: 万元, min: 0}}"]  # fmt: skip
        case "checklist":
            return [f"{name}: {{type: choice, of: [{', '.join(LABELS)}], many: true}}"]
        case "deduct":
            return [f"{name}: {{type: count}}"]
        case "survey":
            return [f"{name}: {{type: survey, of: [{', '.join(LEVELS)}]}}"]
        case "bands":
            return [f"{name}: {{type: percent, min: 0%}}"]
        case _:
            return [f"{name}: {{type: number, min: 0}}"]


def _method(kind: str, name: str, place: int, points: float) -> str:
    match kind:
        case "proportional":
            target = f"{name}_target" if place % 4 == 1 else "900"
            return f"{{method: proportional, actual: {name}, target: {target}}}"
        case "reverse":
            return f"{{method: proportional, actual: {name}, target: 60, better: lower}}"
        case "bands":
            steps = "{at_least: 95%, share: 100%}, {at_least: 85%, share: 80%}"
            rest = "{at_least: 70%, share: 50%}, {else: 0%}"
            return f"{{method: bands, actual: {name}, bands: [{steps}, {rest}]}}"
        case "checklist":
            parts = ", ".join(f"{{id: {label}, share: 25%}}" for label in LABELS)
            return f"{{method: checklist, actual: {name}, elements: [{parts}]}}"
        case "deduct":
            return f"{{method: deduct, kinds: [{{count: {name}, lose: {points / 10:g}}}]}}"
        case _:
            values = ", ".join(f"{level}: {worth:.0%}" for level, worth in LEVELS.items())
            return f"{{method: survey, actual: {name}, values: {{{values}}}}}"


def row(leaves: int, chance: random.Random) -> Row:
    """Return the facts of one unit with two decimals, as a program has them: numbers as text."""
    found: Row = {"misused": "是" if not chance.randrange(20) else "否"}
    for place in range(leaves):
        name = f"v{place}"
        match kind_of(place, leaves):
            case "proportional" if place % 4 == 1:
                found[name] = f"{chance.uniform(300, 1200):.2f}"
                found[f"{name}_target"] = f"{chance.uniform(600, 1100):.2f}"
            case "proportional":
                found[name] = f"{chance.uniform(500, 1000):.2f}"
            case "reverse":
                found[name] = f"{chance.uniform(40, 90):.2f}"
            case "bands":
                found[name] = f"{chance.uniform(60, 100):.2f}%"
            case "checklist":
                found[name] = "、".join(one for one in LABELS if chance.randrange(4)) or "①"
            case "deduct":
                found[name] = str(chance.randrange(6))
            case _:
                found[name] = {level: str(chance.randrange(90)) for level in LEVELS}
                found[name]["很满意"] = str(chance.randrange(1, 400))
    return found


def reading(leaves: int, number: Callable[[str], Any]) -> Callable[[Row], list[Any]]:
    """Return a function that looks up everything a unit has and converts its numbers: no more.

    It neither checks nor scores: what reading costs at least in this language.
    """
    kinds = {f"v{place}": kind_of(place, leaves) for place in range(leaves)}
    targets = [f"v{place}_target" for place in range(leaves)
               if place % 4 == 1 and kinds[f"v{place}"] == "proportional"]  # fmt: skip
    plain = ("proportional", "reverse", "deduct")
    numbers = itemgetter(*(name for name in kinds if kinds[name] in plain), *targets)
    percents = itemgetter(*(name for name in kinds if kinds[name] == "bands"))
    others = itemgetter("misused", *(name for name in kinds if kinds[name] == "checklist"))
    survey = next(name for name in kinds if kinds[name] == "survey")
    levels = itemgetter(*LEVELS)

    def read(facts: Row) -> list[Any]:
        found = [*map(number, numbers(facts)), *others(facts)]
        found += [number(text[:-1]) for text in percents(facts)]
        found += map(int, levels(facts[survey]))
        return found

    return read


def as_floats(facts: Mapping[str, Any]) -> Row:
    """Return the facts as the function written by hand reads them."""
    found: Row = {}
    for name, value in facts.items():
        if isinstance(value, dict):
            found[name] = {level: int(count) for level, count in value.items()}
        elif value in ("是", "否"):
            found[name] = value == "是"
        elif value[0] in LABELS:
            found[name] = frozenset(value.split("、"))
        elif value.endswith("%"):
            found[name] = float(value[:-1]) / 100
        else:
            found[name] = float(value)
    return found


def as_numbers(facts: Mapping[str, Any]) -> Row:
    """Return the same facts with decimals and whole numbers where they were texts."""
    found: Row = {}
    for name, value in facts.items():
        if isinstance(value, dict):
            found[name] = {level: int(count) for level, count in value.items()}
        elif value.isdecimal():
            found[name] = int(value)
        elif value.replace(".", "", 1).isdecimal():
            found[name] = Decimal(value)
        else:
            found[name] = value
    return found


def _rounded(value: float) -> float:
    return math.floor(value * 100 + 0.5) / 100


def _proportional(points: float, actual: float, target: float) -> tuple[float, float]:
    rate = actual / target if actual < target else 1.0
    return _rounded(points * rate), rate


def _reverse(points: float, actual: float, target: float) -> tuple[float, float]:
    rate = target / actual if actual > target else 1.0
    return _rounded(points * rate), rate


def _bands(points: float, value: float) -> tuple[float, float]:
    rate = 1.0 if value >= 0.95 else 0.8 if value >= 0.85 else 0.5 if value >= 0.70 else 0.0
    return _rounded(points * rate), rate


def _checklist(points: float, there: frozenset[str]) -> tuple[float, float]:
    rate = 0.0
    for label in LABELS:
        if label in there:
            rate += 0.25
    return _rounded(points * rate), rate


def _deduct(points: float, count: float, lose: float) -> tuple[float, float]:
    rate = max(0.0, 1.0 - count * lose / points)
    return _rounded(points * rate), rate


def _survey(points: float, counts: Mapping[str, int]) -> tuple[float, float]:
    total = sum(counts.values())
    rate = sum(counts[level] * worth for level, worth in LEVELS.items()) / total
    return _rounded(points * rate), rate


def w20_by_hand(f: Mapping[str, Any]) -> Breakdown:
    """Return what W20 gives, by floats: total, rate, grade, lines, gates, decisions."""
    lines: dict[str, tuple[float, float]] = {}
    lines["l0"] = _proportional(5, f["v0"], 900)
    lines["l1"] = _proportional(5, f["v1"], f["v1_target"])
    lines["l2"] = _bands(5, f["v2"])
    lines["l3"] = _proportional(5, f["v3"], 900)
    lines["l4"] = _checklist(5, f["v4"])
    lines["l5"] = _proportional(5, f["v5"], f["v5_target"])
    lines["l6"] = _reverse(5, f["v6"], 60)
    lines["l7"] = _proportional(5, f["v7"], 900)
    lines["l8"] = _deduct(5, f["v8"], 0.5)
    lines["l9"] = _bands(5, f["v9"])
    lines["l10"] = _proportional(5, f["v10"], 900)
    lines["l11"] = _proportional(5, f["v11"], 900)
    lines["l12"] = _bands(5, f["v12"])
    lines["l13"] = _proportional(5, f["v13"], f["v13_target"])
    lines["l14"] = _checklist(5, f["v14"])
    lines["l15"] = _proportional(5, f["v15"], 900)
    lines["l16"] = _reverse(5, f["v16"], 60)
    lines["l17"] = _proportional(5, f["v17"], f["v17_target"])
    lines["l18"] = _deduct(5, f["v18"], 0.5)
    lines["l19"] = _survey(5, f["v19"])
    return _concluded(20, lines, misused=f["misused"])


def any_by_hand(leaves: int) -> Callable[[Mapping[str, Any]], Breakdown]:
    """Return the function by hand of W100: a table of what to do, walked."""
    points = points_of(leaves)
    steps = [_step(kind_of(place, leaves), f"v{place}", place, points) for place in range(leaves)]

    def scored(f: Mapping[str, Any]) -> Breakdown:
        lines = {f"l{place}": step(f) for place, step in enumerate(steps)}
        return _concluded(leaves, lines, misused=f["misused"])

    return scored


def _step(
    kind: str, name: str, place: int, points: float
) -> Callable[[Mapping[str, Any]], tuple[float, float]]:
    target = f"{name}_target"
    match kind:
        case "proportional" if place % 4 == 1:
            return lambda f: _proportional(points, f[name], f[target])
        case "proportional":
            return lambda f: _proportional(points, f[name], 900)
        case "reverse":
            return lambda f: _reverse(points, f[name], 60)
        case "bands":
            return lambda f: _bands(points, f[name])
        case "checklist":
            return lambda f: _checklist(points, f[name])
        case "deduct":
            return lambda f: _deduct(points, f[name], points / 10)
        case _:
            return lambda f: _survey(points, f[name])


TREES = {leaves: tree(leaves) for leaves in (20, 100)}


def _concluded(leaves: int, lines: dict[str, tuple[float, float]], *, misused: bool) -> Breakdown:
    points = points_of(leaves)
    total = 0.0
    for first, branches in TREES[leaves]:
        above = 0.0
        for second, places in branches:
            score = 0.0
            for place in places:
                score += lines[f"l{place}"][0]
            lines[second] = score, score / (points * BRANCH)
            above += score
        lines[first] = above, above / (points * BRANCH * len(branches))
        total += above
    total = _rounded(total)
    grade = "差"
    for at_least, name in GRADES:
        if total >= at_least:
            grade = name
            break
    gates: tuple[str, ...] = ()
    if misused:
        grade, gates = "差", ("misuse",)
    decisions: tuple[str, ...] = ()
    if grade == "优":
        decisions += ("guarantee",)
    if grade in ("中", "差"):
        decisions += ("cut",)
    if lines["first0"][1] < 0.8:
        decisions += ("rectify",)
    return total, total / 100, grade, lines, gates, decisions
