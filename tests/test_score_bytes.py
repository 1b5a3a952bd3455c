"""The same facts give the same bytes in any locale and time zone, with any hash seed."""

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests import score_bytes

ROOT = Path(__file__).parent.parent
SEEDS = 10
LOCALES = ("C", "C.UTF-8", "zh_CN.GB18030")
ZONES = ("UTC", "Asia/Shanghai", "America/St_Johns")
THREADS = (1, 8)


def digests(seed: int) -> list[str]:
    """Return the digests of a process of its own, each seed in another world.

    A table takes a while to load what it needs: only some of them score one.
    """
    world = {
        "PYTHONHASHSEED": str(seed),
        "LC_ALL": LOCALES[seed % len(LOCALES)],
        "LANG": LOCALES[seed % len(LOCALES)],
        "TZ": ZONES[seed // len(LOCALES) % len(ZONES)],
    }
    command = [sys.executable, "-m", "tests.score_bytes", str(THREADS[seed % len(THREADS)])]
    command += ["table"] if seed % len(LOCALES) == seed // len(LOCALES) % len(ZONES) else []
    done = subprocess.run(  # noqa: S603 - our own
        command, cwd=ROOT, env={**os.environ, **world}, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


def test_ten_worlds_give_the_same_bytes() -> None:
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(digests, range(SEEDS)))
    assert len({lines[0] for lines in found}) == 1
    tables = [lines[1] for lines in found if len(lines) > 1]
    assert len(tables) == 1 + len(ZONES)
    assert len(set(tables)) == 1
    assert all(re.fullmatch("[0-9a-f]{64}", line) for lines in found for line in lines)


def test_the_worlds_are_covered() -> None:
    worlds = [(LOCALES[seed % 3], ZONES[seed // 3 % 3], THREADS[seed % 2]) for seed in range(SEEDS)]
    for place, wanted in enumerate((LOCALES, ZONES, THREADS)):
        assert {world[place] for world in worlds} == set(wanted)


def test_every_path_is_taken() -> None:
    """Some are refused, some are scored, and what the first ruleset gives is compiled too."""
    many = [
        score_bytes.told(program, facts)
        for program, units in score_bytes.programs()
        for facts in units
    ]
    refused = [text for text in many if "PRF503" in text]
    assert refused
    assert len(refused) < len(many)
    for program, units in score_bytes.programs():
        for facts in units:
            score_bytes.told(program, facts)
        assert program._compiled is not None
