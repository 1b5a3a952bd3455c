"""W20 in other engines, where they are installed: each gives the total of one unit.

zen-engine runs one graph of expression nodes, rule-engine one rule a leaf; what they lack (rounding
half up, a checklist) stands in the plainest form they have. Neither admits or refuses anything.
"""

import json
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeAlias

from benchmarks.workloads import LEVELS, Row, kind_of, tree

Peer: TypeAlias = tuple[str, Callable[[Row], Row], Callable[[Row], float]]
LEAVES = 20
POINTS = 5


def installed(name: str) -> str | None:
    """Return the version of a distribution, or None."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def plain(facts: Row) -> Row:
    """Return facts whose names and values every engine reads: counts instead of sets."""
    found: Row = {}
    for name, value in facts.items():
        if isinstance(value, dict):
            found |= {f"{name}_{place}": value[level] for place, level in enumerate(LEVELS)}
        elif isinstance(value, frozenset):
            found[name] = len(value)
        else:
            found[name] = value
    return found


def expression(place: int, *, question: str = "{} ? {} : {}") -> str:
    """Return the unrounded score of a leaf as an expression."""
    name = f"v{place}"
    match kind_of(place, LEAVES):
        case "proportional":
            target = f"{name}_target" if place % 4 == 1 else "900"
            return question.format(f"{name} < {target}", f"{POINTS} * {name} / {target}", POINTS)
        case "reverse":
            return question.format(f"{name} > 60", f"{POINTS * 60} / {name}", POINTS)
        case "bands":
            rest = question.format(f"{name} >= 0.7", POINTS / 2, 0)
            rest = question.format(f"{name} >= 0.85", POINTS * 0.8, f"({rest})")
            return question.format(f"{name} >= 0.95", POINTS, f"({rest})")
        case "checklist":
            return f"{POINTS / 4} * {name}"
        case "deduct":
            return question.format(f"{name} < 10", f"{POINTS} - {name} * 0.5", 0)
        case _:
            counts = [f"{name}_{level}" for level in range(len(LEVELS))]
            worth = [
                f"{count} * {value}" for count, value in zip(counts, LEVELS.values(), strict=True)
            ]
            return f"{POINTS} * ({' + '.join(worth)}) / ({' + '.join(counts)})"


def zen() -> Peer | None:
    """Return W20 as one graph of zen-engine, or None where it isn't installed."""
    if installed("zen-engine") is None:
        return None
    import zen as engine  # type: ignore[import-not-found,unused-ignore] # noqa: PLC0415 - where it is there

    parts = [(f"l{at}", f"round({expression(at)}, 2)") for at in range(LEAVES)]
    for first, branches in tree(LEAVES):
        for second, places in branches:
            parts.append((second, " + ".join(f"$.l{at}" for at in places)))
        parts.append((first, " + ".join(f"$.{second}" for second, _ in branches)))
    parts += [
        ("total", "$.first0 + $.first1"),
        ("earned", "$.total >= 90 ? '优' : ($.total >= 80 ? '良' : ($.total >= 60 ? '中' : '差'))"),
        ("grade", "misused ? '差' : $.earned"),
        ("guarantee", "$.grade == '优'"),
        ("cut", "$.grade == '中' or $.grade == '差'"),
        ("rectify", "$.first0 / 50 < 0.8"),
    ]
    expressions = [
        {"id": str(place), "key": key, "value": value} for place, (key, value) in enumerate(parts)
    ]
    nodes = [
        _node("in", "inputNode", {}),
        _node("rules", "expressionNode", {"expressions": expressions}),
        _node("out", "outputNode", {}),
    ]
    edges = [
        {"id": "a", "sourceId": "in", "targetId": "rules", "type": "edge"},
        {"id": "b", "sourceId": "rules", "targetId": "out", "type": "edge"},
    ]
    decision = engine.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))
    return (
        "zen-engine, one graph",
        plain,
        lambda row: float(decision.evaluate(row)["result"]["total"]),
    )


def _node(name: str, kind: str, content: dict[str, Any]) -> dict[str, Any]:
    place = {"x": 0, "y": 0}
    return {"id": name, "name": name, "type": kind, "content": content, "position": place}


def rules() -> Peer | None:
    """Return W20 as rules of rule-engine, added up by Python; None where it isn't installed."""
    if installed("rule-engine") is None:
        return None
    import rule_engine  # type: ignore[import-not-found,unused-ignore] # noqa: PLC0415 - where it is there

    leaves = [rule_engine.Rule(expression(at)) for at in range(LEAVES)]

    def total(row: Row) -> float:
        return sum(int(float(leaf.evaluate(row)) * 100 + 0.5) / 100 for leaf in leaves)

    return "rule-engine, a rule a leaf", plain, total


def peers() -> list[Peer]:
    """Return the engines that are installed."""
    return [peer for peer in (zen(), rules()) if peer is not None]
