"""Columns of scores as lines of CSV: the bytes that `CsvForm` writes for each unit."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from perfrules.engine.render.json import number
from perfrules.jobs.forms import CsvForm, score_text
from perfrules.jobs.output import csv_cell, csv_line

_PLAIN = r"^[0-9A-Za-z\p{Han}]*$"  # such a cell is no formula and needs no quotation marks
_SMALL = 6  # decimals: with more of them Arrow writes powers of ten


def csv_lines(form: CsvForm, scored: pa.RecordBatch) -> pa.Array:
    """Return the line of each unit; nobody asks for that of one that was refused."""
    plan = form.plan
    total = plan.total_rounding.digits
    cells = [
        _texts(scored["unit"]),
        _each(scored["as_of"], _day),
        _scores(scored["total"], total),
        _each(scored["rate"], _number),
        _each(scored["grade"], csv_cell),
        _each(scored["complete"], _number),
        *(_scores(scored[f"score.{name}"], size) for name, size in form.lines.items()),
        _listed(scored, "gate", [gate.id for gate in plan.gates], form.codes | _own(plan.gates)),
        _listed(scored, "decision", list(form.codes), form.codes),
    ]
    return pc.binary_join_element_wise(*cells, pa.scalar(csv_line(form.about)), pa.scalar(","))


def joined(lines: pa.Array) -> bytes:
    r"""Return lines as one text.

    >>> joined(pa.array(["a\n", "b\n"])[1:])
    b'b\n'
    """
    _, offsets, data = lines.buffers()
    assert not lines.null_count  # noqa: S101 - every cell has a text
    bounds = pa.Array.from_buffers(pa.int32(), lines.offset + len(lines) + 1, [None, offsets])
    start, end = bounds[lines.offset].as_py(), bounds[-1].as_py()
    return bytes(data[start:end])


def _own(items: Sequence[Any]) -> dict[str, str]:
    return {item.id: item.id for item in items}


def _texts(column: pa.Array) -> pa.Array:
    """Return texts of others as cells."""
    texts = pc.fill_null(column, "")
    if pc.all(pc.match_substring_regex(texts, _PLAIN)).as_py() is not False:
        return texts
    return pa.array([csv_cell(text) for text in texts.to_pylist()], pa.string())


def _each(column: pa.Array, shown: Callable[[Any], str]) -> pa.Array:
    """Return the text of each value, made once for each that differs; nothing where none is."""
    if not pa.types.is_dictionary(column.type):
        column = column.dictionary_encode()
    texts = pa.array([shown(value) for value in column.dictionary.to_pylist()], pa.string())
    return pc.fill_null(texts.take(column.indices), "")


def _scores(column: pa.Array, size: int) -> pa.Array:
    """Return scores with their declared digits."""
    if size > _SMALL:
        return _each(column, lambda score: score_text(score, size))
    found = column.dictionary_encode()  # there are few that differ: points have two digits
    return pc.fill_null(found.dictionary.cast(pa.string()).take(found.indices), "")


def _listed(
    scored: pa.RecordBatch, kind: str, names: Sequence[str], codes: dict[str, str]
) -> pa.Array:
    """Return the codes of what is true for each unit, separated by spaces."""
    if not names:
        return pa.array([""] * len(scored), pa.string())
    parts = [
        pc.if_else(scored[f"{kind}.{name}"], pa.scalar(codes[name]), pa.scalar(None, pa.string()))
        for name in names
    ]
    # The first part is there for all, since units of which nothing is true would be left out.
    first = pa.array([""] * len(scored), pa.string())
    found = pc.binary_join_element_wise(first, *parts, pa.scalar(" "), null_handling="skip")
    return _each(found, lambda text: csv_cell(text[1:]))


def _day(value: date) -> str:
    return value.isoformat()


def _number(value: Decimal) -> str:
    return number(value) or ""
