"""The Hubei form with a sheet of 12 rows, many at a time, beside as many one by one.

Once with the twelve names and four targets that all units have, once with names and targets of
their own, as forms of many offices have them. Every row of a table is checked first.
"""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pyarrow as pa

import perfrules
from benchmarks import hubei
from benchmarks.exact import shown, told
from benchmarks.measure import Contestant, contest, each
from perfrules import Program

UNITS = 65_536
ALONE = 1_000
SEED = 20221231
Facts = Mapping[str, Any]


def own(facts: hubei.Row, number: int, chance: random.Random) -> hubei.Row:
    """Return a form whose names and targets no other has."""
    for place, row in enumerate(facts["targets"]):
        row["name"] = f"项目{number}指标{place}"
        if "level" not in row:
            cell, _, goal, unit = hubei.CELLS[place % len(hubei.CELLS)]
            wanted = round(goal * chance.uniform(0.5, 3))
            row["target"] = cell.format(wanted)
            row["actual"] = unit.format(f"{wanted * chance.uniform(0.7, 1.15):.1f}")
    return facts


def tables(units: Sequence[Facts]) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Return units with their sheets as lists, and units and sheets as tables of their own."""
    names = ("block", "name", "target", "actual", "level", "points")
    rows = pa.Table.from_pylist(
        [{"unit": unit["unit"], **row} for unit in units for row in unit["targets"]],
        pa.schema([(name, pa.string()) for name in ("unit", *names)]),
    )
    whole = pa.Table.from_pylist(list(units))
    return whole, whole.drop_columns("targets"), rows


def check(program: Program, units: Sequence[Facts], table: pa.Table) -> None:
    """Stop where a row of the table isn't what its unit gives alone."""
    for facts, row in zip(units, shown(program, program.score_table(table)), strict=False):
        assert row == told(program, program.scores(facts)), facts


def measured(*, quick: bool, rounds: int, told: Callable[[str], None]) -> Mapping[str, Any]:
    """Return the seconds a form takes."""
    chance = random.Random(SEED)  # noqa: S311 - seeded, not secret
    program = perfrules.load(hubei.RULESET)
    size = 4_096 if quick else UNITS
    alike = [{"unit": f"P{number}", **hubei.facts(chance)} for number in range(size)]
    apart = [own(dict(hubei.facts(chance)), number, chance) for number in range(size)]
    found: dict[str, Contestant] = {"one by one": each(program.scores, alike[:ALONE])}
    whole, alone, rows = tables(alike)
    check(program, alike[:ALONE], whole.slice(0, ALONE))
    sheet = {"targets": (rows, "unit")}
    found["sheets as lists"] = Contestant(lambda: program.score_table(whole), size)
    found["sheets as a table"] = Contestant(lambda: program.score_table(alone, tables=sheet), size)
    others = pa.Table.from_pylist(apart)
    check(program, apart[:ALONE], others.slice(0, ALONE))
    found["lists, all texts different"] = Contestant(lambda: program.score_table(others), size)
    times = contest(found, rounds, told)
    return {"units": size, "times": {name: asdict(one) for name, one in times.items()}}
