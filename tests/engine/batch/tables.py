"""Units as Arrow tables, and what differs between a table scored at once and each unit alone."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa

from perfrules.decimals import plain
from perfrules.engine.codegen import Scores
from perfrules.engine.program import Program
from perfrules.errors import FactsError
from perfrules.lang.plan import InputPlan, Plan
from perfrules.lang.types import Kind

Facts = Mapping[str, Any]
TEXT = pa.string()
_BALLOT = ("rater", "score", "group", "item")


def texts(plan: Plan, facts: Facts) -> dict[str, Any]:
    """Return facts with each value as a form prints it: what a column of texts can hold."""
    items = {item.id: item for item in plan.inputs}
    found = {}
    for name, value in facts.items():
        if name in items:
            found[name] = _value(items[name], value)
        elif name == "as_of":
            found[name] = _text(value)
        elif name in ("unit", "evidence"):
            found[name] = value
    return found


def _value(item: InputPlan, value: Any) -> object:  # noqa: ANN401 - whatever facts hold
    match item.type.kind:
        case Kind.TABLE:
            columns = {column.id: column for column in item.columns}
            return [{key: _value(columns[key], cell) for key, cell in row.items()} for row in value]
        case Kind.PANEL:
            return [{key: _text(cell) for key, cell in row.items()} for row in value]
        case Kind.SURVEY:
            return _counts(value, {*item.levels, *item.groups, "issued"})
        case Kind.CHOICES:
            return list(value) if not isinstance(value, str) else value
        case _:
            return _text(value)


def _counts(value: Facts, known: AbstractSet[str]) -> dict[str, Any]:
    """Return the counts that a column of structs has a place for."""
    return {
        key: _counts(below, known) if isinstance(below, dict) else _text(below)
        for key, below in value.items()
        if key in known
    }


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return value.isoformat()
    return plain(value) if isinstance(value, Decimal) else str(value)


def type_of(item: InputPlan) -> pa.DataType:
    """Return the type of a column of texts for an input."""
    match item.type.kind:
        case Kind.TABLE:
            return pa.list_(pa.struct([(column.id, type_of(column)) for column in item.columns]))
        case Kind.PANEL:
            return pa.list_(pa.struct([(name, TEXT) for name in _BALLOT]))
        case Kind.SURVEY:
            counts = pa.struct([(level, TEXT) for level in item.levels])
            groups = [(group, counts) for group in item.groups] or list(counts)
            return pa.struct([*groups, pa.field("issued", TEXT)])
        case Kind.CHOICES:
            return pa.list_(TEXT)
        case _:
            return TEXT


def table_of(plan: Plan, many: Sequence[Facts]) -> pa.Table:
    """Return units, whose values are all texts, as a table."""
    columns = {
        item.id: pa.array([facts.get(item.id) for facts in many], type_of(item))
        for item in plan.inputs
    }
    for name in ("unit", "as_of"):
        if any(name in facts for facts in many):
            columns[name] = pa.array([facts.get(name) for facts in many], TEXT)
    for name in sorted({key for facts in many for key in facts.get("evidence", {})}):
        given = [facts.get("evidence", {}).get(name) for facts in many]
        columns[f"evidence.{name}"] = pa.array(given, TEXT)
    return pa.table(columns)


def expected(program: Program, facts: Facts) -> dict[str, Any]:
    """Return the row that one unit should give, by `Program.scores`."""
    try:
        scores = program.scores(dict(facts))
    except FactsError as error:
        rejected = [
            {
                "code": item.code,
                "path": ".".join(map(str, item.path)),
                "reason_zh": item.message.get("zh"),
                "reason_en": item.message.get("en"),
            }
            for item in error.diagnostics
        ]
        return {"rejected": rejected}
    return _row(program.plan, scores)


def _row(plan: Plan, scores: Scores) -> dict[str, Any]:
    row: dict[str, Any] = {
        "total": scores.total,
        "rate": scores.rate,
        "grade": scores.grade,
        "complete": scores.complete,
        "rejected": None,
    }
    rows: dict[str, list[Any]] = {}
    for line in scores.lines():
        sheet, bracket, key = line.id.partition("[")
        if bracket:
            rows.setdefault(sheet, []).append(
                {
                    "key": key[:-1],
                    "score": line.score,
                    "rate": line.rate,
                    "state": line.state.value,
                }
            )
            continue
        row[f"score.{line.id}"], row[f"rate.{line.id}"] = line.score, line.rate
        row[f"state.{line.id}"] = line.state.value
    row |= {f"gate.{gate.id}": gate.id in scores.gates for gate in plan.gates}
    for rule in plan.decisions:
        decided = rule.id in scores.decisions
        row[f"decision.{rule.id}"] = None if rule.id in scores.undecided else decided
    return row | {f"rows.{sheet}": lines for sheet, lines in rows.items()}


def differences(
    program: Program,
    table: object,
    many: Sequence[Facts],
    **options: Any,  # noqa: ANN401 - those of `score_table`
) -> list[tuple[int, str, Any, Any]]:
    """Return what differs: unit, column, what it should be, what it is."""
    found = program.score_table(table, **options)
    assert found.num_rows == len(many)
    rows = found.to_pylist()
    wrong = []
    for place, (facts, row) in enumerate(zip(many, rows, strict=True)):
        wanted = expected(program, facts)
        refused = wanted["rejected"] is not None
        for name, value in row.items():
            if name in ("row", "unit", "as_of"):
                continue
            right = wanted.get(name)
            if name.startswith("rows.") and not refused:
                right = right or []
            if not _same(right, value, name, found.schema):
                wrong.append((place, name, right, value))
        stateless = [
            (name, value)
            for name, value in wanted.items()
            if name not in row and (not name.startswith("state.") or value != "scored")
        ]
        wrong += [(place, name, value, "no such column") for name, value in stateless]
    return wrong


def _same(right: object, found: object, name: str, schema: pa.Schema) -> bool:
    """Whether a value is as it should be: rate and complete to as many decimals as they have."""
    if name in ("rate", "complete") and isinstance(right, Decimal) and isinstance(found, Decimal):
        step = Decimal(1).scaleb(-schema.field(name).type.scale)
        return abs(right - found) * 2 <= step
    return bool(right == found)
