"""How cost grows: indicators from 10 to 1,000, rows from 1 to 10 million; what imports cost."""

import time
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import perfrules
from benchmarks import columns, import_time, memory, table, workloads
from benchmarks.measure import exponent

INDICATORS = (10, 20, 50, 100, 200, 500, 1000)
ROWS = (1, 10, 100, 1000, 10_000, 100_000, 1_000_000)
STREAMED = 10_000_000
REFERENCE = 16_384  # rows of a table while indicators grow
FLAT = 10  # indicators from which a cost per indicator is more than what a call costs


def best(call: Callable[[], object], runs: int) -> float:
    """Return the least processor time of a call, in seconds."""
    found = []
    for _ in range(runs):
        started = time.process_time()
        call()
        found.append(time.process_time() - started)
    return min(found)


def by_indicators(*, quick: bool, rounds: int, told: Callable[[str], None]) -> Mapping[str, Any]:
    """Return what loading, scoring one and scoring a table cost by the number of indicators."""
    found: dict[int, dict[str, float]] = {}
    runs = max(3, rounds // 2)
    for leaves in INDICATORS[:5] if quick else INDICATORS:
        text = workloads.ruleset(leaves, bare=True)
        program = perfrules.loads(text)
        values = columns.drawn(REFERENCE, leaves=leaves)
        units = list(columns.units(values, range(100), leaves=leaves))
        given = columns.table(values, "decimal", leaves=leaves)
        whole = program.interpret(units[0])
        assert program.scores(units[0]).total == whole.total
        out = program.score_table(given, rates=False)
        assert out["rejected"].null_count == len(out)
        assert out["total"][0].as_py() == whole.total

        def fresh(text: str = text, unit: Any = units[0]) -> None:  # noqa: ANN401 - facts
            perfrules.loads(text).scores(unit)

        def one(program: Any = program, units: Any = units) -> None:  # noqa: ANN401 - as above
            for unit in units:
                program.scores(unit)

        def many(program: Any = program, given: Any = given) -> None:  # noqa: ANN401 - as above
            program.score_table(given, rates=False)

        found[leaves] = {
            "load and check, ms": best(partial(perfrules.loads, text), runs) * 1e3,
            "load, check, compile and score once, ms": best(fresh, runs) * 1e3,
            "one score from texts, µs": best(one, runs) / len(units) * 1e6,
            "a row of a table, ns": best(many, runs) / len(given) * 1e9,
        }
        told(f"{leaves} indicators: {found[leaves]}")
    grown = [leaves for leaves in found if leaves >= FLAT]
    powers = {
        name: exponent([(leaves, found[leaves][name]) for leaves in grown])
        for name in found[grown[0]]
    }
    return {"by indicators": found, "exponents": powers}


def by_rows(*, quick: bool, rounds: int, told: Callable[[str], None]) -> Mapping[str, Any]:
    """Return what a table costs by its rows; the longest is streamed, its memory told."""
    scorer = table.program()
    sizes = ROWS[:-1] if quick else ROWS
    given = columns.table(columns.drawn(sizes[-1]), "decimal")
    scorer.score_table(given.slice(0, 1000), rates=False)
    found: dict[int, float] = {}
    for size in sizes:
        part = given.slice(0, size)
        times = max(1, 1000 // size)

        def run(part: Any = part, times: int = times) -> None:  # noqa: ANN401 - a table
            for _ in range(times):
                scorer.score_table(part, rates=False)

        found[size] = best(run, max(3, rounds // 2)) / times
        told(f"{size} rows: {found[size] * 1e3:.3f} ms")
    streamed = STREAMED // 20 if quick else STREAMED
    peak = memory.peak("stream", streamed)
    found[streamed] = peak["seconds"]
    full = [(size, cost) for size, cost in found.items() if size >= 10_000]
    return {
        "seconds by rows": found,
        "exponent": exponent(list(found.items())),
        "exponent from 10,000 rows": exponent(full),
        "peak of the stream, MB": peak["peak, MB"],
    }


def imports(*, quick: bool, rounds: int, told: Callable[[str], None]) -> Mapping[str, Any]:
    """Return what imports cost above an empty interpreter, in milliseconds."""
    del rounds, quick
    found = {}
    base = import_time.best("pass")
    for code in import_time.CODES:
        found[code] = import_time.best(code) - base
        told(f"{code}: {found[code]:.1f} ms")
    return {"an empty interpreter, ms": base, "above it, ms": found}
