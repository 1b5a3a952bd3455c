"""What one score costs, compiled and interpreted, beside the same rules written by hand.

    python -m benchmarks.single [--rounds 30] [--json]

Answers are checked before anything is timed: compiled scoring against the interpreter to the last
digit, everything else to a hundredth. All are timed in turns in one process, so that what slows
the machine slows them alike; the best round of each counts. Other engines are measured where they
are installed (`pip install zen-engine rule-engine`); nothing here needs them.
"""

import argparse
import json
import platform
import random
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from typing import Any, TypeAlias

import perfrules
from benchmarks import hubei, peers, workloads
from perfrules import Program
from perfrules.engine.codegen import compile_plan
from perfrules.engine.codegen.settle import scores_of
from perfrules.engine.facts import admit
from perfrules.engine.program import parameters_on

Contestant: TypeAlias = Callable[[Any], object]
UNITS = 200
PASSES = 3  # in a turn: the first finds the caches full of another contestant's data
CHECKED = 400
CENT = 0.011  # floats are off by a cent where a score lies on a tie
SEED = 20221231


def timed(
    contestants: dict[str, tuple[Contestant, Sequence[Any]]], rounds: int
) -> dict[str, float]:
    """Return the microseconds a unit takes each contestant: its best pass, all in turns."""
    best = dict.fromkeys(contestants, float("inf"))
    for _ in range(rounds):
        for name, (call, units) in contestants.items():
            for _ in range(PASSES):
                start = time.perf_counter()
                for unit in units:
                    call(unit)
                best[name] = min(best[name], (time.perf_counter() - start) / len(units))
    return {name: seconds * 1e6 for name, seconds in best.items()}


def check(program: Program, rows: Sequence[Any], totals: Sequence[float]) -> int:
    """Stop where an answer is wrong; return how many totals by hand differ in a digit."""
    off = 0
    for row, by_hand in zip(rows, totals, strict=True):
        wanted = scores_of(program.plan, program.score(row))
        found = program.scores(row)
        assert found[:-1] == wanted[:-1], (row, found, wanted)
        assert found.rates == wanted.rates, row
        assert found.total is not None
        assert abs(float(found.total) - by_hand) < CENT, (row, found.total, by_hand)
        off += f"{by_hand:.2f}" != f"{found.total:.2f}"
    return off


def contest(
    program: Program, by_hand: Contestant, rows: Sequence[Any], floats: Sequence[Any]
) -> dict[str, tuple[Contestant, Sequence[Any]]]:
    """Return what every workload is measured by."""
    compiled = compile_plan(program.plan)
    parameters = parameters_on(program.plan, None)
    admitted = [admit(program.plan, row) for row in rows]
    few = rows[: len(rows) // 10]
    return {
        "by hand, floats, nothing checked": (by_hand, floats),
        "compiled, admitted facts": (lambda facts: compiled.run(facts, parameters), admitted),
        "compiled, admitted facts, all rates read": (
            lambda facts: compiled.run(facts, parameters).rates,
            admitted,
        ),
        "compiled, from a mapping of texts": (program.scores, rows),
        "interpreted and explained, from texts": (program.score, few),
    }


def w(leaves: int, rounds: int) -> dict[str, float]:
    """Return the times of W20 or W100."""
    chance = random.Random(SEED)  # noqa: S311 - seeded, not secret
    rows = [workloads.row(leaves, chance) for _ in range(CHECKED)]
    floats = [workloads.as_floats(row) for row in rows]
    program = perfrules.loads(workloads.ruleset(leaves))
    by_hand = workloads.w20_by_hand if leaves == 20 else workloads.any_by_hand(leaves)
    off = check(program, rows, [by_hand(row)[0] for row in floats])
    print(f"W{leaves}: {CHECKED} units checked; {off} totals by hand are off by a cent")
    numbers = [workloads.as_numbers(row) for row in rows]
    for row, same in zip(rows, numbers, strict=True):
        assert program.scores(row) == program.scores(same)
    contestants = contest(program, by_hand, rows[:UNITS], floats[:UNITS])
    contestants["compiled, from a mapping of numbers"] = program.scores, numbers[:UNITS]
    if leaves == 20:
        for name, prepare, total in peers.peers():
            units = [prepare(row) for row in floats]
            for unit, row in zip(units, rows, strict=True):
                found = program.scores(row).total
                assert found is not None
                assert abs(float(found) - total(unit)) < 5 * CENT, name
            contestants[name] = total, units[: UNITS // 4]
    return timed(contestants, rounds)


def form(rounds: int) -> dict[str, float]:
    """Return the times of the Hubei form with a sheet of 12 rows."""
    chance = random.Random(SEED)  # noqa: S311 - seeded, not secret
    rows = [hubei.facts(chance) for _ in range(CHECKED)]
    floats = [hubei.as_floats(row) for row in rows]
    program = perfrules.load(hubei.RULESET)
    off = check(program, rows, [hubei.by_hand(row)[0] for row in floats])
    print(f"Hubei: {CHECKED} units checked; {off} totals by hand are off by a cent")
    return timed(contest(program, hubei.by_hand, rows[:UNITS], floats[:UNITS]), rounds)


def versions() -> dict[str, str]:
    """Return what was measured, and on what."""
    found = {
        "perfrules": perfrules.__version__,
        "python": platform.python_version(),
        "machine": platform.machine(),
        "pydantic": version("pydantic"),
        "simpleeval": version("simpleeval"),
    }
    for name in ("zen-engine", "rule-engine"):
        if (one := peers.installed(name)) is not None:
            found[name] = one
    return found


def table(name: str, found: dict[str, float]) -> str:
    """Return the times as a Markdown table, each with its ratio to the one by hand."""
    base = next(iter(found.values()))
    lines = [f"| {name} | µs a unit | ÷ by hand |", "|---|---:|---:|"]
    lines += [f"| {key} | {value:.1f} | {value / base:.2f} |" for key, value in found.items()]
    return "\n".join(lines)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    options = parser.parse_args()
    found = {
        "W20": w(20, options.rounds),
        "W100": w(100, options.rounds),
        "Hubei form, 12 rows": form(options.rounds),
    }
    if options.json:
        print(json.dumps({"versions": versions(), "results": found}, ensure_ascii=False, indent=2))
        return
    print("  ".join(f"{name} {value}" for name, value in versions().items()))
    for name, times in found.items():
        print(f"\n{table(name, times)}")


if __name__ == "__main__":
    main()
