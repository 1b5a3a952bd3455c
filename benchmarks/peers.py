"""W20 in other engines, one unit at a time, where they are installed: each gives a unit's total.

None admits or refuses anything, and all count in binary floats. What they lack (rounding half up, a
checklist) stands in the plainest form they have; where an engine has several ways to be called, the
fastest is here and the others were tried (see docs/performance.md).
"""

import json
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from benchmarks.measure import installed
from benchmarks.workloads import GRADES, LEVELS, Row, kind_of, tree

Prepare: TypeAlias = Callable[[Row], Any]
Score: TypeAlias = Callable[[Any], Any]
Total: TypeAlias = Callable[[Any], float]
Peer: TypeAlias = tuple[str, Prepare, Score, Total]  # `Total` reads what `Score` gives

LEAVES = 20
POINTS = 5
PYTHON = "{1} if {0} else {2}"


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


def doubles(facts: Row) -> Row:
    """Return facts for engines that tell whole numbers and floats apart."""
    return {
        name: value if isinstance(value, bool) else float(value)
        for name, value in plain(facts).items()
    }


def expression(
    place: int, *, question: str = "{0} ? {1} : {2}", number: Callable[[float], str] = "{:g}".format
) -> str:
    """Return the unrounded score of a leaf as an expression."""
    name = f"v{place}"
    match kind_of(place, LEAVES):
        case "proportional":
            target = f"{name}_target" if place % 4 == 1 else number(900)
            share = f"{number(POINTS)} * {name} / {target}"
            return question.format(f"{name} < {target}", share, number(POINTS))
        case "reverse":
            share = f"{number(POINTS * 60)} / {name}"
            return question.format(f"{name} > {number(60)}", share, number(POINTS))
        case "bands":
            rest = question.format(f"{name} >= 0.7", number(POINTS / 2), number(0))
            rest = question.format(f"{name} >= 0.85", number(POINTS * 0.8), f"({rest})")
            return question.format(f"{name} >= 0.95", number(POINTS), f"({rest})")
        case "checklist":
            return f"{number(POINTS / 4)} * {name}"
        case "deduct":
            left = f"{number(POINTS)} - {name} * 0.5"
            return question.format(f"{name} < {number(10)}", left, number(0))
        case _:
            counts = [f"{name}_{level}" for level in range(len(LEVELS))]
            worth = [
                f"{count} * {number(value)}"
                for count, value in zip(counts, LEVELS.values(), strict=True)
            ]
            return f"{number(POINTS)} * ({' + '.join(worth)}) / ({' + '.join(counts)})"


def rounded(scores: Iterable[float]) -> list[float]:
    """Return scores rounded by Python, for engines that can't."""
    return [int(float(score) * 100 + 0.5) / 100 for score in scores]


def with_point(value: float) -> str:
    """Return a number as a language reads it that has floats apart from whole numbers."""
    return repr(float(value))


def graph(*, whole: bool) -> str:
    """Return W20 as a graph of zen-engine: an input, a node of expressions, an output.

    Args:
        whole: Every leaf, branch, total, grade and decision by its name; otherwise the least that
            says the same of a unit: a list of scores, total, grade and decisions.
    """
    leaves = [f"round({expression(at)}, 2)" for at in range(LEAVES)]
    parts: list[tuple[str, str]] = []
    if whole:
        parts = [(f"l{at}", leaf) for at, leaf in enumerate(leaves)]
        for first, branches in tree(LEAVES):
            for second, places in branches:
                parts.append((second, " + ".join(f"$.l{at}" for at in places)))
            parts.append((first, " + ".join(f"$.{second}" for second, _ in branches)))
        parts.append(("total", "$.first0 + $.first1"))
    else:
        parts.append(("first", f"[{', '.join(leaves[: LEAVES // 2])}]"))
        parts.append(("last", f"[{', '.join(leaves[LEAVES // 2 :])}]"))
        parts.append(("first0", "sum($.first)"))
        parts.append(("total", "$.first0 + sum($.last)"))
    earned = f"'{GRADES[-1][1]}'"
    for at_least, name in reversed(GRADES[:-1]):
        earned = f"($.total >= {at_least:g} ? '{name}' : {earned})"
    parts += [
        ("grade", f"misused ? '{GRADES[-1][1]}' : {earned}"),
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
    return json.dumps({"nodes": nodes, "edges": edges})


def _node(name: str, kind: str, content: dict[str, Any]) -> dict[str, Any]:
    place = {"x": 0, "y": 0}
    return {"id": name, "name": name, "type": kind, "content": content, "position": place}


def _zen() -> list[Peer]:
    import zen as engine  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - where it is there

    contents = {name: json.loads(graph(whole=name == "whole")) for name in ("whole", "least")}
    # The same graph found by name in a static loader takes a sixth of what a decision of
    # `create_decision` takes, so both are here.
    known = engine.ZenEngine({"loader": {"type": "static", "content": contents}})
    shown = engine.ZenEngine().create_decision(graph(whole=True))

    def total(found: Any) -> float:  # noqa: ANN401 - a dict of its own making
        return float(found["result"]["total"])

    def as_json(facts: Row) -> bytes:
        return json.dumps(plain(facts)).encode()

    return [
        ("zen-engine, create_decision", plain, shown.evaluate, total),
        ("zen-engine, static loader", plain, lambda row: known.evaluate("whole", row), total),
        ("zen-engine, static loader, JSON made beforehand", as_json,
         lambda row: known.evaluate("whole", row), total),
        ("zen-engine, static loader, least", plain, lambda row: known.evaluate("least", row),
         total),
    ]  # fmt: skip


def _rule_engine() -> list[Peer]:
    import rule_engine  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - where it is there

    leaves = [rule_engine.Rule(expression(at)).evaluate for at in range(LEAVES)]
    whole = rule_engine.Rule("[" + ", ".join(expression(at) for at in range(LEAVES)) + "]")
    return [
        ("rule-engine, a rule a leaf", plain, lambda row: rounded(leaf(row) for leaf in leaves),
         sum),
        ("rule-engine, one rule of all leaves", plain, lambda row: rounded(whole.evaluate(row)),
         sum),
    ]  # fmt: skip


def _simpleeval() -> list[Peer]:
    from simpleeval import SimpleEval  # noqa: PLC0415 - as the others

    engine = SimpleEval()
    texts = [expression(at, question=PYTHON) for at in range(LEAVES)]
    trees = [engine.parse(text) for text in texts]

    def score(row: Row) -> list[float]:
        engine.names = row
        return rounded(engine.eval("", previously_parsed=tree) for tree in trees)

    return [("simpleeval, parsed beforehand", plain, score, sum)]


def _cel_expr() -> list[Peer]:
    from cel_expr_python import cel  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - where it is there

    names = {name for at in range(LEAVES) for name in _names(at)}
    env = cel.NewEnv(variables=dict.fromkeys(sorted(names), cel.Type.DOUBLE))
    leaves = [expression(at, number=with_point) for at in range(LEAVES)]
    whole = env.compile(f"[{', '.join(leaves)}]")

    def score(row: Row) -> list[float]:
        return rounded(whole.eval(data=row).plain_value())

    def prepare(facts: Row) -> Row:
        return {name: value for name, value in doubles(facts).items() if name in names}

    return [("cel-expr-python, one expression of all leaves", prepare, score, sum)]


def _cel() -> list[Peer]:
    import cel  # type: ignore[import-not-found,import-untyped,unused-ignore] # noqa: PLC0415 - where it is there

    leaves = [expression(at, number=with_point) for at in range(LEAVES)]
    whole = cel.compile(f"[{', '.join(leaves)}]")
    return [
        ("common-expression-language, one expression of all leaves", doubles,
         lambda row: rounded(whole.execute(row)), sum),
    ]  # fmt: skip


def _names(place: int) -> list[str]:
    name = f"v{place}"
    kind = kind_of(place, LEAVES)
    if kind == "survey":
        return [f"{name}_{level}" for level in range(len(LEVELS))]
    return [name, f"{name}_target"] if kind == "proportional" and place % 4 == 1 else [name]


def _openfisca() -> list[Peer]:
    from benchmarks import by_openfisca  # noqa: PLC0415 - where it is there

    system = by_openfisca.system()

    def prepare(facts: Row) -> dict[str, Any]:
        return by_openfisca.columns({name: [value] for name, value in plain(facts).items()})

    return [
        ("openfisca-core, over one", prepare,
         lambda row: by_openfisca.score(system, row), lambda found: float(found["total"][0])),
    ]  # fmt: skip


ENGINES: tuple[tuple[str, Callable[[], list[Peer]]], ...] = (
    ("zen-engine", _zen),
    ("rule-engine", _rule_engine),
    ("simpleeval", _simpleeval),
    ("cel-expr-python", _cel_expr),
    ("common-expression-language", _cel),
    ("openfisca-core", _openfisca),
)


def peers() -> list[Peer]:
    """Return every way of every engine that is installed."""
    return [peer for name, make in ENGINES if installed(name) is not None for peer in make()]


def absent() -> list[str]:
    """Return the engines that aren't installed."""
    return [name for name, _ in ENGINES if installed(name) is None]
