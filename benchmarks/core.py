"""What the core costs: load, one score, ten thousand rows, import. Answers are checked first.

    python benchmarks/core.py [--rows 10000] [--json]

Numbers are medians on the machine at hand; nothing here fails because it is slow.
"""

import argparse
import json
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from importlib.metadata import version

import perfrules
from perfrules import Program, Result

BRANCHES = 10
LEAVES = 10  # in a branch: 100 indicators of one point each
METHODS = (
    "{{method: proportional, actual: a{n}, target: 100}}",
    "{{method: linear, actual: a{n}, zero_at: 0, full_at: 100}}",
    "{{method: formula, rate: a{n} / 100}}",
    "{{method: bands, actual: a{n}, bands: [{{at_least: 50, points: 0.5}}, {{else: 0}}]}}",
)
WANTED = Decimal(50)  # every leaf earns half its point at 50, whatever its method


def ruleset() -> str:
    """Return the text of a ruleset of a hundred indicators."""
    inputs = "\n".join(
        f"  a{n}: {{type: number, min: 0, max: 100}}" for n in range(BRANCHES * LEAVES)
    )
    branches = []
    for branch in range(BRANCHES):
        leaves = "\n".join(
            f"      - {{id: i{n}, points: 1, score: {METHODS[n % len(METHODS)].format(n=n)}}}"
            for n in range(branch * LEAVES, (branch + 1) * LEAVES)
        )
        branches.append(f"  - id: b{branch}\n    points: {LEAVES}\n    indicators:\n{leaves}")
    return (
        'ruleset: bench.hundred\nversion: "1.0"\ntitle: A hundred indicators\ntotal: 100\n'
        f"inputs:\n{inputs}\nindicators:\n" + "\n".join(branches) + "\n"
        "gates:\n  - {id: low, when: rate.b0 < 10%, then: {cap_total: 59}}\n"
        "grades: [{name: 优, at_least: 90}, {name: 中, at_least: 50}, {name: 差, at_least: 0}]\n"
        "decisions:\n  rules:\n"
        '    - {id: keep, when: grade == "中", do: {code: keep, title: Keep}}\n'
    )


def facts(value: str = "50") -> dict[str, object]:
    """Return facts that answer every input with *value*."""
    return {f"a{n}": value for n in range(BRANCHES * LEAVES)}


def median(call: Callable[[], object], runs: int) -> float:
    """Return the median seconds of *runs* calls, after one to warm up."""
    call()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def import_time(statement: str, runs: int = 7) -> float:
    """Return the median seconds of a new interpreter that runs *statement*."""
    command = [sys.executable, "-c", statement]
    return median(lambda: subprocess.run(command, check=True), runs)  # noqa: S603 - our own


def check_answers(program: Program) -> None:
    """Stop where the program to be timed gives a wrong answer."""
    result = program.score(facts())
    assert result.total == WANTED, result.total
    assert result.grade == "中", result.grade
    assert [item.id for item in result.decisions] == ["keep"]
    assert program.score(facts("100")).total == Decimal("87.5")  # 75 × 1 + 25 × 0.5
    assert program.score(facts("0")).total == Decimal(0)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    options = parser.parse_args()

    text = ruleset()
    program = perfrules.loads(text)
    check_answers(program)
    one = facts()
    rows = [facts(str(number % 101)) for number in range(options.rows)]

    def all_rows() -> int:
        return sum(isinstance(item, Result) for item in program.score_many(rows))

    start = time.perf_counter()
    scored = all_rows()
    many = time.perf_counter() - start
    assert scored == options.rows, scored

    empty = import_time("pass")
    found = {
        "load a ruleset of 100 indicators, ms": median(lambda: perfrules.loads(text), 5) * 1e3,
        "one score, ms": median(lambda: program.score(one), 20) * 1e3,
        "one score interpreted and explained, ms": median(lambda: program.interpret(one), 20) * 1e3,
        f"{options.rows} rows by score_many, s": many,
        "import perfrules above an empty interpreter, ms": (
            (import_time("import perfrules") - empty) * 1e3
        ),
        "import and load a ruleset above it, ms": (
            (import_time(f"import perfrules; perfrules.loads({text!r})") - empty) * 1e3
        ),
    }
    versions = {
        "perfrules": perfrules.__version__,
        "python": platform.python_version(),
        **{name: version(name) for name in ("pydantic", "PyYAML", "simpleeval")},
        "machine": platform.machine(),
    }
    if options.json:
        print(json.dumps({"versions": versions, "results": found}, ensure_ascii=False, indent=2))
        return
    print("  ".join(f"{name} {value}" for name, value in versions.items()))
    size = max(map(len, found))
    for name, value in found.items():
        print(f"{name:{size}}  {value:10.2f}")


if __name__ == "__main__":
    main()
