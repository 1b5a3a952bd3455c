"""How things are timed here: in turns, so that what slows the machine slows all of them alike.

A contest is some contestants that do the same work. In each round every one has its turn; kept are
the best round, the median, and the median of each round's ratio to the first contestant, the
yardstick: what a busy machine does to a round it does to both sides of that ratio.
"""

import os
import platform
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from statistics import median
from typing import Any

PACKAGES = (
    *("perfrules", "pydantic", "simpleeval", "numpy", "pyarrow"),
    *("zen-engine", "rule-engine", "cel-expr-python", "common-expression-language"),
    *("openfisca-core", "duckdb", "polars", "sqlglot"),
)


@dataclass(frozen=True, slots=True)
class Contestant:
    """What is timed: `work` handles `units` units, or says itself how many seconds it took.

    In a turn it is called `passes` times, the best of which counts: the first finds caches full of
    another's data, and memory that has to be asked for. `wall`: it has more than one thread, so
    that the time on the wall counts, not the processor's.
    """

    work: Callable[[], object]
    units: int
    wall: bool = False
    passes: int = 1


@dataclass(frozen=True, slots=True)
class Timed:
    """Seconds a unit, and how they compare with the yardstick's."""

    best: float
    median: float
    ratio: float  # median of each round's ratio to the yardstick
    best_ratio: float  # best to best


def each(call: Callable[[Any], object], units: Sequence[Any], passes: int = 1) -> Contestant:
    """Return a contestant that takes *units* one by one."""

    def work() -> None:
        for unit in units:
            call(unit)

    return Contestant(work, len(units), passes=passes)


def contest(
    contestants: Mapping[str, Contestant], rounds: int, told: Callable[[str], None] = lambda _: None
) -> dict[str, Timed]:
    """Return the times of all, the first of which is the yardstick."""
    seconds: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(rounds):
        for name, one in contestants.items():
            seconds[name].append(min(_pass(one) for _ in range(one.passes)) / one.units)
        told(f"round {number + 1} of {rounds}")
    base = seconds[next(iter(contestants))]
    return {
        name: Timed(
            min(times),
            median(times),
            median(mine / first for mine, first in zip(times, base, strict=True)),
            min(times) / min(base),
        )
        for name, times in seconds.items()
    }


def _pass(one: Contestant) -> float:
    clock = time.perf_counter if one.wall else time.process_time
    started = clock()
    found = one.work()
    return found if isinstance(found, float) else clock() - started


def rows_of(found: Mapping[str, Timed]) -> dict[str, dict[str, float]]:
    """Return times as JSON has them."""
    return {name: asdict(timed) for name, timed in found.items()}


def exponent(points: Sequence[tuple[float, float]]) -> float:
    """Return the power by which a cost grows: the slope of a line through the logarithms.

    >>> round(exponent([(1, 3.0), (10, 30.0), (100, 300.0)]), 6)
    1.0
    """
    from math import log  # noqa: PLC0415 - only here

    logs = [(log(size), log(cost)) for size, cost in points]
    across = sum(x for x, _ in logs) / len(logs)
    up = sum(y for _, y in logs) / len(logs)
    return sum((x - across) * (y - up) for x, y in logs) / sum((x - across) ** 2 for x, _ in logs)


def installed(name: str) -> str | None:
    """Return the version of a distribution, or None."""
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def environment() -> dict[str, Any]:
    """Return on what, and with what, things are measured."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "system": platform.system(),
        "processor": _processor(),
        "processors": os.cpu_count(),
        "load": [round(load, 2) for load in os.getloadavg()] if hasattr(os, "getloadavg") else [],
        "packages": {name: installed(name) for name in PACKAGES},
    }


def _processor() -> str:
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:  # noqa: PTH123 - no file but a window
            names = [line.partition(":")[2] for line in file if line.startswith("model name")]
    except OSError:
        names = []
    return names[0].strip() if names else platform.processor()
