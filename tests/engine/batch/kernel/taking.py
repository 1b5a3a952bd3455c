"""Batches of admitted facts, and what the kernel and the reference say of them."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, localcontext
from typing import Any
from unittest.mock import patch

import numpy as np

from perfrules.decimals import CONTEXT
from perfrules.engine.answer import State
from perfrules.engine.batch.kernel import Kernel, program
from perfrules.engine.batch.scored import BatchScored
from perfrules.engine.batch.vectors import (
    Bools,
    Chosen,
    Column,
    Counts,
    Days,
    Flags,
    Ints,
    Labels,
    Numbers,
    Sheet,
    Shifted,
    Taken,
    Units,
)
from perfrules.engine.codegen import Scores, compile_plan
from perfrules.engine.codegen.settle import scores_of
from perfrules.engine.facts import Facts, admit
from perfrules.engine.interpret import interpret
from perfrules.engine.program import parameters_on
from perfrules.errors import FactsError
from perfrules.lang.ballots import SurveyFact
from perfrules.lang.plan import InputPlan, Plan
from perfrules.lang.types import MISSING, Kind
from tests.strategies import any_facts, thresholds

STATES = tuple(State)
NUMERIC = (Kind.NUMBER, Kind.MONEY, Kind.PERCENT, Kind.DAYS)
LABELS = (Kind.TEXT, Kind.CHOICE)


def column_of(item: InputPlan, values: Sequence[object], odd: Bools) -> Column | None:
    """Return one input's values as a column; None for a kind that has none."""
    gone = np.array([value is MISSING for value in values], np.bool_)
    absent = gone if gone.any() else None
    kind = item.type.kind
    if kind in NUMERIC:
        numbers = [value if isinstance(value, Decimal) else Decimal(0) for value in values]
        return _numbers(numbers, absent, odd)
    if kind is Kind.FLAG:
        return Flags(np.array([value is True for value in values], np.bool_), absent)
    if kind is Kind.CHOICE and any(isinstance(value, frozenset) for value in values):
        return _chosen(item, values, absent)
    if kind is Kind.CHOICES:
        return _chosen(item, values, absent)
    if kind in LABELS:
        of = item.type.of or tuple({str(value): None for value in values if value is not MISSING})
        codes = [of.index(str(value)) if value is not MISSING else 0 for value in values]
        return Labels(np.array(codes, np.int64), of, absent)
    if kind is Kind.DATE:
        days = [value.toordinal() if isinstance(value, date) else 0 for value in values]
        return Days(np.array(days, np.int64), absent)
    if kind is Kind.SURVEY and item.levels:
        return _counts(item, values, absent, odd)
    if kind is Kind.TABLE:
        return _sheet(item, values, absent, odd)
    return None


def _sheet(item: InputPlan, values: Sequence[object], absent: Bools | None, odd: Bools) -> Sheet:
    """Return the rows of all units one below the other; cells of targets are left out."""
    tables = [value if isinstance(value, tuple) else () for value in values]
    sizes = [len(table) for table in tables]
    rows = [row for table in tables for row in table]
    wrong = np.zeros(len(rows), np.bool_)
    columns: dict[str, Column] = {}
    for part in item.columns:
        column = column_of(part, [row[part.id] for row in rows], wrong)
        if column is not None:
            columns[part.id] = column
    odd[np.repeat(np.arange(len(sizes)), sizes)[wrong]] = True
    return Sheet(np.array([0, *np.cumsum(sizes)], np.int64), columns, absent)


def _chosen(item: InputPlan, values: Sequence[object], absent: Bools | None) -> Chosen:
    of = item.type.of
    bits = [
        sum(1 << place for place, name in enumerate(of) if name in value)
        if isinstance(value, frozenset)
        else 0
        for value in values
    ]
    return Chosen(np.array(bits, np.int64), of, absent)


def _numbers(numbers: Sequence[Decimal], absent: Bools | None, odd: Bools) -> Numbers:
    """Return numbers of one scale; one that has more than 18 digits makes its unit odd."""
    places = [max(0, -int(value.as_tuple().exponent)) for value in numbers]
    scale = min(13, max(places, default=0))
    units = []
    for at, value in enumerate(numbers):
        unit = value.scaleb(scale)
        if unit != unit.to_integral_value() or abs(unit) >= 10**18:
            odd[at] = True
            unit = Decimal(0)
        units.append(int(unit))
    most = max((abs(unit) for unit in units), default=0)
    return Numbers(_one_of_three_ways(units, scale, most), scale, most, absent)


def _one_of_three_ways(units: Sequence[int], scale: int, most: int) -> Units:
    """Return whole numbers in one of the ways in which they come: alone, in pairs, as floats."""
    way = sum(units) % 3
    if way == 0 and most < 10**15:
        return Shifted(np.array([unit / 10**scale for unit in units]), 10.0**scale)
    if way == 1:
        return np.array([(unit, 0) for unit in units], np.int64).reshape(-1, 2)[:, 0]
    return np.array(units, np.int64)


def _counts(item: InputPlan, values: Sequence[object], absent: Bools | None, odd: Bools) -> Counts:
    rows = []
    for at, value in enumerate(values):
        row = [0] * len(item.levels)
        if isinstance(value, SurveyFact):
            if set(value.groups) == {None}:
                row = [value.groups[None].get(level, 0) for level in item.levels]
            if set(value.groups) != {None} or max(row) > 10**12:
                odd[at] = True
                row = [0] * len(item.levels)
        rows.append(row)
    columns = np.array(rows, np.int64).reshape(len(rows), len(item.levels)).T
    return Counts(tuple(np.ascontiguousarray(part) for part in columns), absent)


def taken_of(plan: Plan, many: Sequence[Facts]) -> Taken:
    """Return admitted units as a batch."""
    odd = np.zeros(len(many), np.bool_)
    columns: dict[str, Column] = {}
    for item in plan.inputs:
        column = column_of(item, [facts.values[item.id] for facts in many], odd)
        if column is not None:
            columns[item.id] = column
    return Taken(len(many), columns, odd)


def drawn(
    plan: Plan,
    chance: random.Random,
    count: int,
    seeds: Sequence[dict[str, Any]],
    as_of: date | None,
) -> list[Facts]:
    """Return admitted units with numbers that a column of whole units can hold.

    Each input has its scale: cents, thousandths of a percent, or half a step of the 12th decimal.
    """
    known = thresholds(plan)
    scales = {item.id: chance.choice((0, 1, 2, 2, 4, 12, 13)) for item in plan.inputs}
    found: list[Facts] = []
    for _ in range(count):
        facts = dict(any_facts(plan, chance, seeds, known))
        for name in ("waive", "adjust", "allow", "evidence", "as_of"):
            facts.pop(name, None)
        try:
            admitted = admit(plan, facts, as_of)
        except FactsError:
            continue
        values = {
            item.id: _held(item, admitted.values[item.id], scales[item.id]) for item in plan.inputs
        }
        found.append(replace(admitted, values=values))
    return found


def _held(item: InputPlan, value: object, scale: int) -> object:
    if isinstance(value, tuple):
        return tuple(
            {part.id: _held(part, row[part.id], min(scale, 4)) for part in item.columns}
            for row in value
        )
    if not isinstance(value, Decimal):
        return value
    most = Decimal(10) ** (17 - scale)
    with localcontext(CONTEXT):
        held = max(-most, min(most, value)).quantize(Decimal(1).scaleb(-scale))
    if item.whole:
        held = abs(held).to_integral_value()
    if isinstance(item.min, Decimal):
        held = max(held, item.min)
    return min(held, item.max) if isinstance(item.max, Decimal) else held


def number(units: Ints, at: int) -> int:
    """Return a whole number of 64 bits, or of two words, the low one first."""
    if units.ndim == 1:
        return int(units[at])
    low, high = units[at].tolist()
    found: int = (high << 64) | (low & (2**64 - 1))
    return found


def cells(scored: BatchScored, plan: Plan, at: int) -> dict[str, object]:
    """Return what the kernel says of one unit, in the words of `Scores`."""
    gates = [gate.id for gate, mask in zip(plan.gates, scored.gates, strict=True) if mask[at]]
    follow = [
        rule.id for rule, mask in zip(plan.decisions, scored.decisions, strict=True) if mask[at]
    ]
    left = [
        rule.id
        for rule, mask in zip(plan.decisions, scored.undecided, strict=True)
        if mask is not None and mask[at]
    ]
    found: dict[str, object] = {
        "total": Decimal(int(scored.total[at])).scaleb(-scored.digits),
        "grade": plan.grades[scored.grade[at]].name if scored.grade[at] >= 0 else None,
        "complete": Decimal(1)
        if scored.complete is None
        else Decimal(int(scored.complete[at])).scaleb(-12),
        "gates": tuple(gates),
        "decisions": tuple(follow),
        "undecided": tuple(left),
    }
    if scored.untotalled is not None and scored.untotalled[at]:
        found["total"] = None
    for line in scored.lines:
        none = line.unscored is not None and line.unscored[at]
        score = None if none else Decimal(number(line.score, at)).scaleb(-line.digits)
        found[f"score.{line.id}"] = score
        if line.rate is not None:
            none = line.unrated is not None and line.unrated[at]
            found[f"rate.{line.id}"] = None if none else Decimal(number(line.rate, at)).scaleb(-12)
        if line.state is not None:
            found[f"state.{line.id}"] = STATES[line.state[at]]
    digits = {line.id: line.digits for line in scored.lines}
    for name, sheet in scored.sheets.items():
        for row in range(int(sheet.offsets[at]), int(sheet.offsets[at + 1])):
            key = f"{name}[{sheet.names[sheet.keys[row]]}]"
            score = Decimal(int(sheet.scores[row])).scaleb(-digits[name])
            rate = Decimal(int(sheet.rates[row])).scaleb(-12)
            found[f"score.{key}"] = None if sheet.absent[row] else score
            found[f"rate.{key}"] = None if sheet.absent[row] else rate
            found[f"state.{key}"] = STATES[sheet.states[row]]
    return found


def said(scores: Scores, plan: Plan) -> dict[str, object]:
    """Return what the reference says of one unit, in the same words."""
    found: dict[str, object] = {
        name: getattr(scores, name)
        for name in ("total", "grade", "complete", "gates", "decisions", "undecided")
    }
    rows = zip(scores.ids, scores.scores, scores.rates, scores.states, strict=True)
    for name, score, rate, state in rows:
        found |= {f"score.{name}": score, f"rate.{name}": rate, f"state.{name}": state}
    if found["complete"] is not None:
        found["complete"] = Decimal(str(found["complete"])).quantize(Decimal("1e-12"))
    elif plan.total is None or not plan.total:
        found["complete"] = Decimal(1)
    return found


class Reference:
    """What the reference says of admitted facts; compiled scoring, held to it elsewhere, or it."""

    def __init__(self, plan: Plan, as_of: date | None, *, slow: bool = False) -> None:
        self.plan = plan
        self.parameters = parameters_on(plan, as_of)
        self.slow = slow
        self.compiled = compile_plan(plan)

    def __call__(self, facts: Facts) -> Scores | None:
        """Return the scores of a unit; None where it is refused."""
        if not self.slow:
            found = self.compiled.quick(facts, self.parameters)
            if found is not None:
                return found
        try:
            return scores_of(interpret(self.plan, facts, self.parameters))
        except FactsError:
            return None


@dataclass
class Compared:
    """What differs by unit, how many units the kernel scored, and how many could have been."""

    differing: list[tuple[int, object]]
    done: int = 0
    able: int = 0
    redone: int = 0
    size: int = 0


def compared(
    plan: Plan,
    many: Sequence[Facts],
    as_of: date | None = None,
    *,
    slow: bool = False,
    fewest: int = 1,
) -> Compared | None:
    """Return how the kernel and the reference compare; None where it has no form of the plan.

    Patterns of states get code of their own from *fewest* units on.
    """
    taken = taken_of(plan, many)
    reference = Reference(plan, as_of, slow=slow)
    with patch.object(program, "FEWEST", fewest):
        scored = Kernel(plan, reference.parameters, as_of).run(taken)
    if scored is None:
        return None
    found = Compared([], redone=scored.redone, size=len(many))
    for at, facts in enumerate(many):
        if taken.odd[at]:
            continue
        if scored.again[at]:
            found.able += reference(facts) is not None
            continue
        found.able += 1
        found.done += 1
        scores = reference(facts)
        wanted: dict[str, Any] = {} if scores is None else said(scores, plan)
        kernel = cells(scored, plan, at)
        wrong: dict[str, object] = {
            key: (wanted.get(key), value)
            for key, value in kernel.items()
            if key not in wanted or wanted[key] != value
        }
        for key, value in wanted.items():
            scored_line = value is State.SCORED and "[" not in key
            if key.startswith("state.") and key not in kernel and not scored_line:
                wrong[key] = value, None
        if wrong:
            found.differing.append((at, wrong))
    return found
