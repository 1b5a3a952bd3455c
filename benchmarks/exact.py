"""Scores of a table held to scores of single units, digit by digit, by the million.

    python -m benchmarks.exact [--rows 1000000] [--ties 100000] [--interpreted 20000] [--jobs 2]

W20 and the Hubei form with a sheet of 12 rows; units drawn at random, and units built to sit on
ties of rounding and on thresholds. Each row of `score_table` is compared with compiled scoring of
the same unit given as a mapping of texts: total, rate, grade and complete, score, rate and state of
every line and of every row of a sheet, gates and decisions. Of some, evenly spread, the interpreter
is compared with both. W20 comes as floats, decimals and texts in turn. Exit code 1 where anything
differs.
"""

import argparse
import json
import multiprocessing
import sys
import time
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

import pyarrow as pa

import perfrules
from benchmarks import columns, hubei, ties, workloads
from benchmarks.measure import environment
from perfrules import Program
from perfrules.engine.codegen.scores import Scores
from perfrules.engine.codegen.settle import scores_of

PART = 5_000  # rows that a process takes at a time
SHOWN = 5
RANDOM, TIES, FORMS, TIED_FORMS = KINDS = (
    "W20, random", "W20, ties and thresholds", "Hubei form, random",
    "Hubei form, ties and thresholds",
)  # fmt: skip


class Task(NamedTuple):
    """A part: which units, how many, and each of how many is interpreted (0: none)."""

    kind: str
    seed: int
    rows: int
    every: int


class Compared(NamedTuple):
    """What was compared of a part, and which of its units differ."""

    kind: str
    rows: int
    interpreted: int
    wrong: list[str]


@cache
def program(kind: str) -> Program:
    """Return the ruleset of a kind, once a process."""
    if kind in (RANDOM, TIES):
        return perfrules.loads(workloads.ruleset(20, bare=True))
    return perfrules.load(hubei.RULESET)


def units(kind: str, seed: int, rows: int) -> tuple[Sequence[dict[str, Any]], pa.Table]:
    """Return units as mappings and as a table."""
    if kind in (RANDOM, TIES):
        values = columns.drawn(rows, seed) if kind == RANDOM else ties.w20(rows, seed)
        form = columns.FORMS[seed % len(columns.FORMS)]
        return list(columns.units(values, range(rows))), columns.table(values, form)
    found = list(ties.forms(rows, seed, tied=kind == TIED_FORMS))
    return found, pa.Table.from_pylist(found)


def told(scorer: Program, scores: Scores) -> tuple[object, ...]:
    """Return what a unit gives, in the order of `shown`."""
    plan = scorer.plan
    lines, sheets = [], []
    for line in zip(scores.ids, scores.scores, scores.rates, scores.states, strict=True):
        name, bracket, key = line[0].partition("[")
        found = (name, *line[1:3], line[3].value)
        if bracket:
            sheets.append((key.removesuffix("]"), found))
        else:
            lines.append(found)
    return (
        scores.total, scores.rate, scores.grade, scores.complete,
        tuple(lines), tuple(sheets),
        tuple(gate.id in scores.gates for gate in plan.gates),
        tuple(None if rule.id in scores.undecided else rule.id in scores.decisions
              for rule in plan.decisions),
    )  # fmt: skip


def shown(scorer: Program, table: pa.Table) -> Iterator[tuple[object, ...]]:
    """Yield what each row of a table says; a row that was refused gives its reasons."""
    columns_of = {name: table[name].to_pylist() for name in table.column_names}
    names = [name.removeprefix("score.") for name in columns_of if name.startswith("score.")]
    always = ["scored"] * len(table)
    found = [
        (name, columns_of[f"score.{name}"], columns_of[f"rate.{name}"],
         columns_of.get(f"state.{name}", always))
        for name in names
    ]  # fmt: skip
    rows = [(name, columns_of[f"rows.{name}"]) for name in names if f"rows.{name}" in columns_of]
    gates = [columns_of[f"gate.{gate.id}"] for gate in scorer.plan.gates]
    decisions = [columns_of[f"decision.{rule.id}"] for rule in scorer.plan.decisions]
    for at, refused in enumerate(columns_of["rejected"]):
        if refused is not None:
            yield ("rejected", refused)
            continue
        yield (
            *(columns_of[name][at] for name in ("total", "rate", "grade", "complete")),
            tuple((name, score[at], rate[at], state[at]) for name, score, rate, state in found),
            tuple((row["key"], (name, row["score"], row["rate"], row["state"]))
                  for name, sheets in rows for row in sheets[at] or ()),
            tuple(gate[at] for gate in gates),
            tuple(decision[at] for decision in decisions),
        )  # fmt: skip


def compare(task: Task) -> Compared:
    """Return what was compared of a part, and what differs."""
    scorer = program(task.kind)
    given, table = units(task.kind, task.seed, task.rows)
    wrong: list[str] = []
    interpreted = 0
    for place, (facts, row) in enumerate(
        zip(given, shown(scorer, scorer.score_table(table)), strict=True)
    ):
        alone = told(scorer, scorer.scores(facts))
        if row != alone:
            wrong.append(f"{facts}\n  table {row}\n  alone {alone}")
        if task.every and place % task.every == 0:
            interpreted += 1
            reference = told(scorer, scores_of(scorer.interpret(facts)))
            if reference != row:
                wrong.append(f"{facts}\n  table {row}\n  interpreted {reference}")
    return Compared(task.kind, task.rows, interpreted, wrong)


def tasks(rows: int, tied: int, interpreted: int) -> list[Task]:
    """Return the parts of all kinds in turns; of each kind *interpreted* units are interpreted."""
    found: list[tuple[float, Task]] = []
    for number, kind in enumerate(KINDS):
        size = tied if kind in (TIES, TIED_FORMS) else rows
        every = max(1, size // interpreted) if interpreted else 0
        found += [
            (start / size, Task(kind, 1_000_000 * number + part, min(PART, size - start), every))
            for part, start in enumerate(range(0, size, PART))
        ]
    return [task for _, task in sorted(found, key=lambda item: item[0])]


def main() -> int:
    """Compare; 1 where a digit differs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--ties", type=int, default=100_000)
    parser.add_argument("--interpreted", type=int, default=20_000, help="of each kind")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--json", help="a file for the counts")
    args = parser.parse_args()
    counts = {kind: {"rows": 0, "interpreted": 0, "differ": 0} for kind in KINDS}
    started = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(args.jobs) as pool:
        work = tasks(args.rows, args.ties, args.interpreted)
        for number, part in enumerate(pool.imap(compare, work), start=1):
            count = counts[part.kind]
            for text in part.wrong[: max(0, SHOWN - count["differ"])]:
                print(text, flush=True)
            count["rows"] += part.rows
            count["interpreted"] += part.interpreted
            count["differ"] += len(part.wrong)
            if number % 20 == 0 or number == len(work):
                seconds = time.perf_counter() - started
                print(f"{number} of {len(work)} parts, {seconds:.0f} s: {counts}", flush=True)
    if args.json:
        with open(args.json, "w", encoding="utf-8") as file:  # noqa: PTH123 - a name as it was given
            json.dump({"environment": environment(), "counts": counts}, file, ensure_ascii=False)
    return 1 if any(count["differ"] for count in counts.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
