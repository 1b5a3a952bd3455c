"""What a batch holds, read back value by value, held to the admission of one unit."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa

from perfrules.engine.batch.facts import facts_of
from perfrules.engine.batch.intake import Intake
from perfrules.engine.batch.layout import Layout
from perfrules.engine.batch.vectors import (
    Chosen,
    Column,
    Counts,
    Days,
    Flags,
    Labels,
    Numbers,
    Sheet,
    Taken,
)
from perfrules.engine.facts import admit
from perfrules.errors import FactsError
from perfrules.lang.ballots import SurveyFact
from perfrules.lang.cells import TargetCell
from perfrules.lang.plan import InputPlan, Plan
from perfrules.lang.types import MISSING
from tests.small import plan

ODD = object()


def value(column: Column, place: int) -> object:
    """Return what a column holds at *place*, as something that can be compared."""
    if column.absent is not None and column.absent[place]:
        return MISSING
    match column:
        case Numbers(units, scale, most):
            (unit,) = units[place : place + 1].tolist()
            assert abs(unit) <= most < 2**63
            return Decimal(unit).scaleb(-scale)
        case Flags(values):
            return bool(values[place])
        case Labels(codes, of):
            return of[codes[place]]
        case Chosen(bits, of):
            return frozenset(label for k, label in enumerate(of) if bits[place] >> k & 1)
        case Days(ordinals):
            return date.fromordinal(int(ordinals[place]))
        case Counts(answers):
            return tuple(int(level[place]) for level in answers)
        case Sheet(offsets, columns):
            return [
                {name: value(below, row) for name, below in columns.items()}
                for row in range(offsets[place], offsets[place + 1])
            ]
    raise AssertionError(column)


def admitted(item: InputPlan, found: object) -> object:
    """Return an admitted value as `value` gives it."""
    if isinstance(found, SurveyFact):
        return tuple(found.groups[None][level] for level in item.levels)
    if isinstance(found, TargetCell):
        return found.text
    if isinstance(found, tuple):
        columns = {column.id: column for column in item.columns}
        return [{key: admitted(columns[key], cell) for key, cell in row.items()} for row in found]
    return found


def batch_of(table: pa.Table) -> pa.RecordBatch:
    """Return a table as one batch, where it has rows or not."""
    columns = [column.combine_chunks() for column in table.columns]
    return pa.RecordBatch.from_arrays(columns, schema=table.schema)


def taken(rules: Plan, table: pa.Table) -> Taken:
    """Return a table as it is admitted at once."""
    layout = Layout(rules.inputs, table.schema)
    columns = layout.read(batch_of(table))
    return Intake(rules).take(columns.inputs, columns.size, None)


def plain(rules: Plan, table: pa.Table) -> list[dict[str, object]]:
    """Return the facts of each unit of a table, as they are admitted alone."""
    columns = Layout(rules.inputs, table.schema).read(batch_of(table))
    return list(facts_of(columns, range(columns.size)))


def disagreements(
    rules: Plan, found: Taken, many: Sequence[Mapping[str, Any]]
) -> list[tuple[int, str, object, object]]:
    """Return where a batch holds another value than admission gives, or admits what it refuses."""
    wrong: list[tuple[int, str, object, object]] = []
    items = {item.id: item for item in rules.inputs}
    assert found.odd.dtype == np.bool_
    assert len(found.odd) == found.size == len(many)
    for place, facts in enumerate(many):
        if found.odd[place]:
            continue
        try:
            values = admit(rules, dict(facts)).values
        except FactsError as error:
            wrong += [
                (place, str(item.path[0]), item.code, "admitted")
                for item in error.diagnostics
                if item.path and item.path[0] in items
            ]
            continue
        for name, column in found.columns.items():
            right, held = admitted(items[name], values[name]), value(column, place)
            if right is not held and right != held:
                wrong.append((place, name, right, held))
    return wrong


@cache
def one_input(spec: str) -> Plan:
    """Return a plan with the input `x`."""
    return plan(f"""
    inputs:
      x: {spec}
      ok: {{type: flag, default: true}}
    indicators: [{{id: a, points: 100, score: {{method: met, when: ok}}}}]
    """)


def held(spec: str, array: pa.Array) -> list[Any]:
    """Return what a batch holds of an array for the input `x`; `ODD` for what is left to one.

    Whatever isn't odd is held to admission.
    """
    rules = one_input(spec)
    table = pa.table({"x": array})
    found = taken(rules, table)
    assert disagreements(rules, found, plain(rules, table)) == []
    column = found.columns.get("x")
    return [
        ODD if odd or column is None else value(column, place)
        for place, odd in enumerate(found.odd)
    ]
