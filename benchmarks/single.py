"""What one score costs, compiled and interpreted, beside the same rules written by hand.

Answers are checked first: compiled scoring against the interpreter to the last digit, everything
else to a cent for each leaf that may lie on a tie.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import perfrules
from benchmarks import hubei, peers, workloads
from benchmarks.measure import Contestant, contest, each, rows_of
from perfrules import Program
from perfrules.engine.codegen import compile_plan
from perfrules.engine.codegen.settle import scores_of
from perfrules.engine.facts import admit
from perfrules.engine.program import parameters_on

UNITS = 200
PASSES = 3
CHECKED = 400
CENT = 0.011  # floats are off by a cent where a score lies on a tie
SEED = 20221231
Call = Callable[[Any], object]


def check(program: Program, rows: Sequence[Any], totals: Sequence[float]) -> int:
    """Stop where an answer is wrong; return how many totals by hand differ in a digit."""
    off = 0
    for row, by_hand in zip(rows, totals, strict=True):
        whole = program.interpret(row)
        assert program.score(row) == whole, row
        wanted = scores_of(whole)
        found = program.scores(row)
        assert found[:-1] == wanted[:-1], (row, found, wanted)
        assert found.rates == wanted.rates, row
        assert found.total is not None
        assert abs(float(found.total) - by_hand) < CENT, (row, found.total, by_hand)
        off += f"{by_hand:.2f}" != f"{found.total:.2f}"
    return off


def ours(program: Program, rows: Sequence[Any]) -> dict[str, Contestant]:
    """Return the ways in which a program scores a unit."""
    compiled = compile_plan(program.plan)
    parameters = parameters_on(program.plan, None)
    admitted = [admit(program.plan, row) for row in rows]
    few = rows[: len(rows) // 10]

    def one(call: Call, units: Sequence[Any]) -> Contestant:
        return each(call, units, PASSES)

    return {
        "compiled, admitted facts": one(lambda facts: compiled.run(facts, parameters), admitted),
        "compiled, admitted facts, all rates read": one(
            lambda facts: compiled.run(facts, parameters).rates, admitted
        ),
        "compiled, from a mapping of texts": one(program.scores, rows),
        "Program.score, from a mapping of texts": one(program.score, rows),
        "Program.score, and each line's score read": one(
            lambda row: [line.score for line in program.score(row).lines()], rows
        ),
        "Program.score, and all of it as JSON": one(
            lambda row: program.score(row).to_json(), few
        ),
        "Program.interpret, from texts: every sentence": one(program.interpret, few),
    }  # fmt: skip


def w(leaves: int, rounds: int, told: Callable[[str], None]) -> Mapping[str, Any]:
    """Return the times of W20 or W100."""
    chance = random.Random(SEED)  # noqa: S311 - seeded, not secret
    rows = [workloads.row(leaves, chance) for _ in range(CHECKED)]
    floats = [workloads.as_floats(row) for row in rows]
    program = perfrules.loads(workloads.ruleset(leaves))
    by_hand = workloads.w20_by_hand if leaves == 20 else workloads.any_by_hand(leaves)
    off = check(program, rows, [by_hand(row)[0] for row in floats])
    numbers = [workloads.as_numbers(row) for row in rows]
    for row, same in zip(rows, numbers, strict=True):
        assert program.scores(row) == program.scores(same)
    contestants = {
        "by hand, floats, nothing checked": each(by_hand, floats[:UNITS], PASSES),
        **ours(program, rows[:UNITS]),
        "compiled, from a mapping of ints and decimals": each(
            program.scores, numbers[:UNITS], PASSES
        ),
        "Program.score, from a mapping of ints and decimals": each(
            program.score, numbers[:UNITS], PASSES
        ),
    }
    notes: dict[str, Any] = {"checked": CHECKED, "totals by hand off by a cent": off}
    for kind in (float, Decimal):
        read = workloads.reading(leaves, kind)
        assert len(read(rows[0])) == len(rows[0]) - 1 + len(workloads.LEVELS)
        name = f"reading alone, texts to {kind.__name__.lower()}s, nothing checked or scored"
        contestants[name] = each(read, rows[:UNITS], PASSES)
    if leaves == 20:
        contestants |= others(program, rows, floats)
        notes["absent"] = peers.absent()
    return {"times": rows_of(contest(contestants, rounds, told)), "notes": notes}


def others(
    program: Program, rows: Sequence[Any], floats: Sequence[Any]
) -> dict[str, Contestant]:  # fmt: skip
    """Return the peers that are installed; stop where one's total isn't close to ours."""
    found = {}
    for name, prepare, score, total in peers.peers():
        units = [prepare(row) for row in floats]
        for unit, row in zip(units, rows, strict=True):
            right = program.scores(row).total
            assert right is not None
            assert abs(float(right) - total(score(unit))) < 5 * CENT, name
        found[name] = each(score, units[: UNITS // 4], PASSES)
    return found


def form(rounds: int, told: Callable[[str], None]) -> Mapping[str, Any]:
    """Return the times of the Hubei form with a sheet of 12 rows."""
    chance = random.Random(SEED)  # noqa: S311 - seeded, not secret
    rows = [hubei.facts(chance) for _ in range(CHECKED)]
    floats = [hubei.as_floats(row) for row in rows]
    program = perfrules.load(hubei.RULESET)
    off = check(program, rows, [hubei.by_hand(row)[0] for row in floats])
    contestants = {
        "by hand, floats, cells parsed beforehand": each(hubei.by_hand, floats[:UNITS], PASSES),
        **ours(program, rows[:UNITS]),
    }
    return {
        "times": rows_of(contest(contestants, rounds, told)),
        "notes": {"checked": CHECKED, "totals by hand off by a cent": off},
    }
