"""A result as plain data in a fixed order, and as JSON: decimals are strings, texts bilingual."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from perfrules.decimals import fixed, plain, snap
from perfrules.engine.answer import (
    FORMAT,
    AdjustmentLine,
    Answer,
    Core,
    DecisionLine,
    FindingLine,
    GateLine,
    Line,
)
from perfrules.lang.types import Missing


def number(value: Decimal | None) -> str | None:
    """Return a number as JSON shows it: 12 decimals at most, no exponent, no trailing zeros.

    >>> number(Decimal("0.9585000")), number(None)
    ('0.9585', None)
    """
    return None if value is None else plain(snap(value))


def digits(value: Decimal | None, places: int) -> str | None:
    """Return a score with exactly its declared digits.

    >>> digits(Decimal("90"), 2)
    '90.00'
    """
    return None if value is None else fixed(value, places)


def value_of(value: object) -> object:
    """Return a value of `report` as JSON holds it: null, true, false or a text.

    >>> value_of(Decimal("1E+2")), value_of(date(2022, 12, 31)), value_of(frozenset("乙甲"))
    ('100', '2022-12-31', ['乙', '甲'])
    """
    match value:
        case None | Missing():
            return None
        case bool():
            return value
        case Decimal():
            return number(value)
        case date():
            return value.isoformat()
        case frozenset() | set():
            return sorted(map(str, value))
        case _:
            return str(value)


def result_json(result: Answer) -> dict[str, object]:
    """Return *result* as plain data, keys in the documented order.

    `core` is there only where the ruleset marks a common block.
    """
    core = result.core
    return {
        "format": FORMAT,
        "ruleset": {"id": result.ruleset, "version": result.version, "digest": result.digest},
        "engine": result.engine,
        "as_of": result.as_of.isoformat() if result.as_of else None,
        "unit": result.unit,
        "facts_digest": result.facts_digest,
        "total": digits(result.total, result.digits),
        "rate": number(result.rate),
        "grade": result.grade,
        "complete": number(result.complete),
        **({} if core is None else {"core": _core(core)}),
        "defaulted": list(result.defaulted),
        "adjustments": [_adjustment(item) for item in result.adjustments],
        "warnings": [item.json() for item in result.warnings],
        "indicators": [_line(line) for line in result.lines()],
        "gates": [_gate(item) for item in result.gates],
        "findings": [_finding(item) for item in result.findings],
        "decisions": [_decision(item) for item in result.decisions],
        "report": {name: value_of(value) for name, value in result.report.items()},
        "notes": [note.json() for note in result.notes],
    }


def _core(core: Core) -> dict[str, object]:
    return {
        "points": number(core.points),
        "score": digits(core.score, core.digits),
        "rate": number(core.rate),
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "id": line.id,
        "path": list(line.path),
        "title": line.title.json(),
        "points": number(line.points),
        "rate": number(line.rate),
        "score": digits(line.score, line.digits),
        "state": line.state.value,
        "because": line.because.json(),
        "basis": list(line.basis),
        "effective": number(line.effective),
        "weight": number(line.weight),
        "lost": number(line.lost),
        "method": line.method,
        "category": line.category,
        "core": line.core,
        "notes": [note.json() for note in line.notes],
    }


def _adjustment(item: AdjustmentLine) -> dict[str, object]:
    return {
        "id": item.id,
        "kind": item.kind,
        "title": item.title.json(),
        "before": number(item.before),
        "score": number(item.score),
        "reason": item.reason.json(),
    }


def _gate(item: GateLine) -> dict[str, object]:
    return {
        "id": item.id,
        "title": item.title.json(),
        "fired": item.fired,
        "effect": item.effect,
        "value": item.value,
        "reason": item.reason.json(),
        "because": item.because.json(),
        "basis": list(item.basis),
    }


def _finding(item: FindingLine) -> dict[str, object]:
    return {
        "indicator": item.indicator,
        "problem": item.problem.json(),
        "suggestion": item.suggestion.json(),
        "lost": number(item.lost),
    }


def _decision(item: DecisionLine) -> dict[str, object]:
    return {
        "id": item.id,
        "code": item.code,
        "title": item.title.json(),
        "because": item.because.json(),
        "amount": item.amount,
        "due": item.due.isoformat() if item.due else None,
        "basis": list(item.basis),
    }


def dump(value: object, indent: int | None = None) -> str:
    """Return plain data as JSON text: keys in their order, signs as they are, no line end.

    >>> dump({"grade": "优"})
    '{"grade": "优"}'
    """
    separators = (", ", ": ") if indent is None else (",", ": ")
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)


def to_json(result: Answer | Sequence[Answer]) -> str:
    """Return one result as an object, several as a list with one a line; a line feed ends it."""
    if isinstance(result, Answer):
        return dump(result_json(result), 2) + "\n"
    if not result:
        return "[]\n"
    return "[\n" + ",\n".join(dump(result_json(item)) for item in result) + "\n]\n"
