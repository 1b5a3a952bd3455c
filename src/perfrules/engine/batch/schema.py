"""The columns of what comes out: fixed by the ruleset alone, whatever the facts say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from typing import Final

import pyarrow as pa

from perfrules._version import __version__
from perfrules.decimals import SNAP
from perfrules.engine.answer import FORMAT, State
from perfrules.lang.plan import Indicator, Plan

STATES: Final = tuple(state.value for state in State)
WIDE: Final = 128  # bits
BITS: Final = (WIDE, 64)
DIGITS: Final = 38  # of a decimal128
NARROW_DIGITS: Final = 18  # of a decimal64
_PRECISE: Final = 34
_CODES: Final = pa.dictionary(pa.int8(), pa.string())
_REJECTED: Final = pa.list_(
    pa.struct(
        [(name, pa.string()) for name in ("code", "path", "reason_zh", "reason_en")],
    )
)
# Methods that always give a share; others may find that evidence is lacking.
_SURE: Final = frozenset(
    {"met", "proportional", "linear", "bands", "checklist", "deduct", "deadline", "formula",
     "rank", "relative", "target", "survey", "mix", "either", "panel"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class LineShape:
    """A line: its id, the digits of its score, and whether its state can be but scored."""

    id: str
    digits: int
    stateful: bool
    has_rows: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """What a ruleset's columns are; `scale` is that of rate and complete, `bits` of decimals."""

    lines: tuple[LineShape, ...]
    digits: int
    scale: int
    grades: tuple[str, ...]
    gates: tuple[str, ...]
    decisions: tuple[str, ...]
    schema: pa.Schema
    bits: int


def shape_of(plan: Plan, *, rates: bool, bits: int = WIDE) -> Shape:
    """Return the columns that scoring *plan* gives.

    Args:
        plan: The checked ruleset.
        rates: Whether there is a rate a line.
        bits: How wide decimals are, 128 or 64.
    """
    lines = tuple(line for top in plan.indicators for line in _lines(top, plan, scored=True)[0])
    digits, scale = plan.total_rounding.digits, scale_of(plan)
    share = decimal_type(scale, bits)
    columns = [
        ("row", pa.int64()),
        ("unit", pa.string()),
        ("as_of", pa.date32()),
        ("total", decimal_type(digits, bits)),
        ("rate", share),
        ("grade", _CODES),
        ("complete", share),
    ]
    for line in lines:
        columns.append((f"score.{line.id}", decimal_type(line.digits, bits)))
        if rates:
            columns.append((f"rate.{line.id}", decimal_type(SNAP, bits)))
        if line.stateful:
            columns.append((f"state.{line.id}", _CODES))
    columns += [(f"gate.{gate.id}", pa.bool_()) for gate in plan.gates]
    columns += [(f"decision.{rule.id}", pa.bool_()) for rule in plan.decisions]
    columns += [(f"rows.{line.id}", rows_type(line)) for line in lines if line.has_rows]
    columns.append(("rejected", _REJECTED))
    metadata = {
        "perfrules.ruleset": plan.id,
        "perfrules.version": plan.version,
        "perfrules.digest": plan.digest,
        "perfrules.engine": " + ".join((f"perfrules {__version__}", *plan.plugins)),
        "perfrules.format": str(FORMAT),
    }
    return Shape(
        lines=lines,
        digits=digits,
        scale=scale,
        grades=tuple(grade.name for grade in plan.grades),
        gates=tuple(gate.id for gate in plan.gates),
        decisions=tuple(rule.id for rule in plan.decisions),
        schema=pa.schema(columns, metadata),
        bits=bits,
    )


def decimal_type(scale: int, bits: int) -> pa.DataType:
    """Return the type of a column of decimals; one with a long tail is wide whatever is asked for.

    >>> decimal_type(2, 64), decimal_type(34, 64)
    (Decimal64Type(decimal64(18, 2)), Decimal128Type(decimal128(38, 34)))
    """
    if bits == WIDE or scale > SNAP:
        return pa.decimal128(DIGITS, scale)
    return pa.decimal64(NARROW_DIGITS, scale)


def rows_type(line: LineShape) -> pa.DataType:
    """Return the type of a sheet's lines: a struct for each row."""
    return pa.list_(
        pa.struct(
            [
                ("key", pa.string()),
                ("score", pa.decimal128(DIGITS, line.digits)),
                ("rate", pa.decimal128(DIGITS, SNAP)),
                ("state", pa.string()),
            ]
        )
    )


def scale_of(plan: Plan) -> int:
    """Return how many decimals a rate has: 12 where total ÷ points always ends within them."""
    whole = plan.total
    if not whole:
        return SNAP
    units = Decimal(10) ** (SNAP - plan.total_rounding.digits)
    return SNAP if units % whole == 0 else _PRECISE


def _lines(
    plan: Indicator, whole: Plan, *, scored: bool, sure: bool = True
) -> tuple[list[LineShape], bool]:
    """Return a line and all below, and whether the line itself is always scored."""
    scored = scored and plan.scored
    sure = sure and scored and plan.applies_when is None and plan.missing == "error"
    digits = (plan.rounding or whole.rounding).digits
    has_rows = plan.for_each is not None
    if plan.method is not None:
        sure = sure and not has_rows and _always_rates(plan.method)
        return [LineShape(plan.id, digits, not sure, has_rows)], sure
    found: list[LineShape] = []
    some = False
    for child in plan.children:
        lines, always = _lines(child, whole, scored=scored, sure=sure)
        if plan.aggregate == "sum":
            digits = max(digits, lines[0].digits)
        found += lines
        some = some or always
    sure = sure and some
    return [LineShape(plan.id, digits, not sure, has_rows), *found], sure


def _always_rates(method: object) -> bool:
    """Whether a method, and all inside it, is one of ours that needs no evidence."""
    return all(name in _SURE for name in _names(method))


def _names(item: object) -> Iterator[str]:
    """Yield the names of the methods in *item*, itself and those inside it."""
    waiting = [item]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Mapping):
            waiting += found.values()
        elif isinstance(found, Sequence) and not isinstance(found, str):
            waiting += found
        elif is_dataclass(found) and not isinstance(found, type):
            if hasattr(found, "rate") and hasattr(found, "reachable"):
                yield str(getattr(found, "name", ""))
            waiting += (getattr(found, part.name) for part in fields(found))
