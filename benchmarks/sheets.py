"""The 8,496 target sheets of a city's review, and its projects monitored, each by one command."""

import contextlib
import io
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import perfrules
from benchmarks import target_sheets as city

SEED = 2022


def review(*, quick: bool, rounds: int, told: Callable[[str], None]) -> Mapping[str, Any]:
    """Return the seconds of the review and the monitoring, what comes back checked."""
    del rounds
    count = 400 if quick else city.CITY
    found: dict[str, Any] = {"units": count}
    named = {"tianmen.target_review": city.sheets, "tianmen.monitoring": city.projects}
    judged = {"tianmen.target_review": city.returned, "tianmen.monitoring": city.warned}
    with tempfile.TemporaryDirectory() as folder:
        for ruleset, make in named.items():
            made = make(count, SEED)
            started = time.process_time()
            with contextlib.redirect_stderr(io.StringIO()):
                seen = city.scored(ruleset, made, Path(folder))
            whole = time.process_time() - started
            city.agree(judged[ruleset](seen.results), made)
            found[ruleset] = {
                "command to JSON lines with every sentence, s": seen.seconds,
                "the same and reading it again, processor s": whole,
                "a unit alone, compiled, µs": _alone(ruleset, made) * 1e6,
            }
            told(f"{ruleset}: {found[ruleset]}")
    return found


def _alone(ruleset: str, made: city.Made) -> float:
    """Return the seconds that a unit's numbers take, the best of three passes."""
    program = perfrules.load(ruleset)
    some = [item for item in made.rows[:400] if item["unit"] not in made.unreadable]
    passes = []
    for _ in range(3):
        started = time.process_time()
        for item in some:
            program.scores(item)
        passes.append((time.process_time() - started) / len(some))
    return min(passes)
