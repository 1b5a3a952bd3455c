"""Does a statement give the digits of `Program.scores`, or a fault where that refuses?"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any, TypeAlias

import duckdb

from perfrules.engine.codegen import Scores
from perfrules.engine.program import Program
from perfrules.errors import FactsError
from perfrules.lang.plan import InputPlan, Plan
from perfrules.lang.types import Kind
from perfrules.lang.units import MONEY_FACTORS
from perfrules.sql.columns import columns_of
from perfrules.sql.statement import schema, statement

Cells: TypeAlias = dict[str, Any]  # by column; a survey's by level
DOUBT = "PRF683"
_STEPS = (Decimal("0.000001"), Decimal("0.0001"), Decimal("0.01"), Decimal("0.5"), Decimal(1))


def ask(program: Program, rows: Sequence[Cells]) -> list[dict[str, Any]]:
    """Return what duckdb answers for *rows*, one mapping a row."""
    names = ["unit", *(one.name for item in program.plan.inputs for one in columns_of(item))]
    with duckdb.connect(config={"threads": 1}) as base:
        base.execute(schema(program, "duckdb", "facts").sql("duckdb"))
        marks = ", ".join("?" * len(names))
        base.executemany(
            f"INSERT INTO facts VALUES ({marks})",  # noqa: S608 - question marks
            [[row.get(name) for name in names] for row in rows],
        )
        found = base.execute(statement(program, "duckdb", "facts").sql("duckdb"))
        heads = [item[0] for item in found.description or ()]
        return [dict(zip(heads, values, strict=True)) for values in found.fetchall()]


def facts_of(plan: Plan, row: Cells) -> dict[str, object]:
    """Return the facts that a row of typed cells holds."""
    facts: dict[str, object] = {}
    for item in plan.inputs:
        if item.type.kind is Kind.SURVEY:
            groups = {
                group: {level: row.get(key_of(item, group, level)) for level in item.levels}
                for group in item.groups or (None,)
            }
            if any(one is not None for counts in groups.values() for one in counts.values()):
                facts[item.id] = groups.get(None, groups)
            continue
        value = row.get(item.id)
        if value is not None:
            shown = item.type.kind is Kind.PERCENT and item.bare != "percent"
            facts[item.id] = f"{value * 100:f}%" if shown else value
    return facts


def key_of(item: InputPlan, group: str | None, level: str) -> str:
    """Return the column of a level's count."""
    return ".".join(part for part in (item.id, group, level) if part is not None)


def differs(program: Program, row: Cells, found: Mapping[str, Any]) -> object:
    """Return what differs between a row's answer and the engine's; None where nothing does."""
    fault = found["fault"]
    if fault is not None and fault.startswith(DOUBT):
        return None if found["total"] is None else found
    try:
        scores = program.scores(facts_of(program.plan, row))
    except FactsError as error:
        codes = [item.code for item in error.diagnostics]
        silent = all(value is None for key, value in found.items() if key not in ("unit", "fault"))
        return None if silent and fault and fault.split()[0] in codes else (codes, fault, row)
    wanted = expected(program, scores)
    wrong = {key: (value, found[key]) for key, value in wanted.items() if value != found[key]}
    return (wrong, row) if wrong or fault is not None else None


def expected(program: Program, scores: Scores) -> dict[str, object]:
    """Return the engine's numbers by the statement's columns."""
    plan = program.plan
    step = Decimal("1e-12")
    return {
        "total": scores.total,
        "rate": None if scores.rate is None else scores.rate.quantize(step),
        "grade": scores.grade,
        **{f"score.{key}": score for key, score in zip(scores.ids, scores.scores, strict=True)},
        **{f"gate.{gate.id}": gate.id in scores.gates for gate in plan.gates},
        **{
            f"decision.{rule.id}": None
            if rule.id in scores.undecided
            else rule.id in scores.decisions
            for rule in plan.decisions
        },
    }


def disagreements(program: Program, rows: Sequence[Cells]) -> list[object]:
    """Return every difference on *rows*."""
    answers = ask(program, rows)
    assert len(answers) == len(rows)
    found = [differs(program, row, answer) for row, answer in zip(rows, answers, strict=True)]
    return [item for item in found if item is not None]


def cells(plan: Plan, chance: Random, known: Sequence[Decimal], *, wild: int = 25) -> Cells:
    """Return a row: values near *known* thresholds, once in *wild* one that isn't admitted."""
    row: Cells = {"unit": f"u{chance.randrange(10**6)}"}
    for item in plan.inputs:
        bad = not chance.randrange(wild * max(len(plan.inputs) // 4, 1))
        if item.type.kind is Kind.SURVEY:
            gone = not item.required and not chance.randrange(3)
            for group in item.groups or (None,):
                for level in item.levels:
                    lacks = gone or (bad and level == item.levels[0])
                    count = chance.choice((0, chance.randrange(40)))
                    row[key_of(item, group, level)] = None if lacks else count
            continue
        optional = not item.required or item.default is not None
        if (bad and not chance.randrange(3)) or (optional and not chance.randrange(3)):
            row[item.id] = None
        else:
            row[item.id] = _cell(item, chance, known, bad=bad)
    return row


def _cell(item: InputPlan, chance: Random, known: Sequence[Decimal], *, bad: bool) -> object:
    match item.type.kind:
        case Kind.FLAG:
            return bool(chance.randrange(2))
        case Kind.CHOICE:
            return "别的" if bad else chance.choice(item.type.of)
        case Kind.CHOICES:
            kept = [label for label in item.type.of if chance.randrange(3)]
            return [*kept, "别的"] if bad else kept
        case Kind.DATE:
            low = item.min if isinstance(item.min, date) else date(2022, 6, 1)
            return low + timedelta(days=chance.randrange(-5 if bad else 0, 500))
        case Kind.TEXT:
            return "甲乙"
        case _:
            return _number(item, chance, known, bad=bad)


def _number(item: InputPlan, chance: Random, known: Sequence[Decimal], *, bad: bool) -> object:
    factor = Decimal(1)
    if item.type.kind is Kind.MONEY:
        factor = Decimal(MONEY_FACTORS[item.type.unit or "元"])
    if item.type.kind is Kind.PERCENT and item.bare == "percent":
        factor = Decimal("0.01")
    low = item.min / factor if isinstance(item.min, Decimal) else None
    high = item.max / factor if isinstance(item.max, Decimal) else None
    if item.whole:
        return chance.choice((0, 1, 2, 3, 5, 7, 10, 12, 50, 120)) if not bad else -1
    near = [value / factor for value in known] or [Decimal(1)]
    base = chance.choice((chance.choice(near), Decimal(chance.randrange(13000)) / 100,
                          Decimal(chance.randrange(1300)) / 1000))  # fmt: skip
    if item.type.kind is Kind.PERCENT and base > 3:
        base = base / 100
    value = base + chance.choice((-1, 0, 0, 0, 1)) * chance.choice(_STEPS[:4])
    value = value.quantize(chance.choice(_STEPS[:3]))
    if not bad:
        if low is not None:
            value = max(value, low)
        if high is not None:
            value = min(value, high)
    limit = Decimal(900) if item.type.kind is Kind.PERCENT else Decimal(10) ** 11
    return min(max(value, -limit), limit).quantize(_STEPS[0])
