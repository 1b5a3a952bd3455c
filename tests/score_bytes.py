"""Score units of a few rulesets on every path and print one digest of all that came out.

    python -m tests.score_bytes THREADS [table]

With `table` a second digest follows, of what a table of units gives. A test runs it under other
hash seeds, locales and time zones: the digests must stay.
"""

import hashlib
import json
import locale
import random
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import perfrules
from benchmarks import hubei, workloads
from perfrules import FactsError, Program
from perfrules.lang.load import load_ruleset
from tests.sample_rulesets import FORM

UNITS = 7  # more than are interpreted before a program compiles
# What has no order of its own: sets of choices, names that a reason lists, values of a report.
SETS = """\
ruleset: bytes.sets
version: "1.0"
title: 集合
total: 100
inputs:
  things: {type: choice, of: [甲, 乙, 丙, 丁], many: true}
  seen: {type: choice, of: [甲, 乙, 丙, 丁], many: true}
  n: {type: number, optional: true}
derive:
  half: (n if known(n) else 0) / 2
indicators:
  - {id: a, points: 50, score: {method: checklist, actual: things}}
  - id: b
    points: 30
    score:
      method: met
      when: '"甲" in seen and half > 0.5 and n < 4 and "丁" in things'
    missing: not_applicable
  - {id: c, points: 20, score: {method: checklist, actual: seen}}
decisions:
  rules:
    - id: one
      when: rate.a < rate.c or half > 1
      do: {code: one, amount: 2 * (n if known(n) else 0)}
    - {id: two, when: rate.b == 0%, do: {code: two}}
grades: [{name: 合格, at_least: 60}, {name: 不合格, at_least: 0}]
report: {things: things, seen: seen, half: half}
"""


def programs() -> Iterator[tuple[Program, list[Mapping[str, Any]]]]:
    """Yield rulesets with the facts of some units."""
    chance = random.Random(20221231)  # noqa: S311 - seeded, not secret
    form = Program(load_ruleset(FORM, "form.yaml"))
    yield form, [
        {"unit": f"单位{n}", "budget": "2000", "executed": str(n * 170), "done": f"{n * 8}%",
         "misused": "否" if n % 3 else "是"}
        for n in range(UNITS)
    ]  # fmt: skip
    w20 = perfrules.loads(workloads.ruleset(20))
    yield w20, [workloads.row(20, chance) for _ in range(UNITS)]
    yield perfrules.load(hubei.RULESET), [hubei.facts(chance) for _ in range(UNITS)]
    yield (
        Program(load_ruleset(SETS, "sets.yaml")),
        [
            {"things": things, "seen": seen, "n": n}
            for things, seen in (("甲、丙、乙", ["丁", "丙", "乙"]), ({"乙", "丁", "甲"}, "丁，甲"))
            for n in (*range(2), 4, None, "约")
        ],
    )


def told(program: Program, facts: Mapping[str, Any]) -> str:
    """Return everything that is said of one unit, compiled and by the reference."""
    found = []
    for call in (program.score, program.scores, program.interpret):
        try:
            result = call(facts)
            found.append(result.to_json() if isinstance(result, perfrules.Result) else repr(result))
            if isinstance(result, perfrules.Result):
                found += [result.explain("zh", "full"), result.explain("en", "summary")]
        except FactsError as error:
            found.append(error.render("zh") + error.render("en"))
    return "\n".join(found)


def table() -> str:
    """Return the digest of what comes of the first ruleset's units as one table."""
    import pyarrow as pa

    program, units = next(programs())
    rows = pa.Table.from_pylist([dict(unit) for unit in units])
    found = json.dumps(program.score_table(rows).to_pylist(), ensure_ascii=False, default=str)
    return hashlib.sha256(found.encode()).hexdigest()


def main(threads: int) -> str:
    """Return the digest of all that is said of single units."""
    with suppress(locale.Error):  # a machine without that locale keeps its own
        locale.setlocale(locale.LC_ALL, "")  # as a host does
    digest = hashlib.sha256()
    for program, units in programs():
        with ThreadPoolExecutor(threads) as pool:
            for text in pool.map(lambda unit: told(program, unit), units):  # noqa: B023 - used at once
                digest.update(text.encode())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.stdout.write(f"{main(int(sys.argv[1]))}\n")
    if "table" in sys.argv:
        sys.stdout.write(f"{table()}\n")
