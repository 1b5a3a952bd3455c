"""Units of a batch as plain facts: what a caller would have passed for each of them."""

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from perfrules.engine.batch.layout import Columns
from perfrules.engine.batch.plain import plain_values
from perfrules.engine.batch.rows import Rows

_WHOLE = 4  # a fourth of all units or more: the rows of all are read at once


def facts_of(columns: Columns, units: Sequence[int]) -> Iterator[dict[str, object]]:
    """Yield the facts of some units, in their order; what is null is left out."""
    names: list[str] = []
    values: list[Sequence[object]] = []
    taken = pa.array(units, pa.int64())
    for name, given in columns.inputs.items():
        names.append(name)
        if isinstance(given, Rows):
            values.append(_rows(given, units))
        else:
            values.append(plain_values(given.take(taken)))
    for name, array in (("unit", columns.unit), ("as_of", columns.as_of)):
        if array is not None:
            names.append(name)
            values.append(plain_values(array.take(taken)))
    evidence = _evidence(columns.evidence, taken)
    for place, unit in enumerate(zip(*values, strict=True) if values else [()] * len(units)):
        facts = {name: value for name, value in zip(names, unit, strict=True) if value is not None}
        if evidence is not None and evidence[place]:
            facts["evidence"] = evidence[place]
        yield facts


def _rows(given: Rows, units: Sequence[int]) -> list[object]:
    if len(units) * _WHOLE < len(given.offsets) - 1:
        return [given.plain(unit) for unit in units]
    everything = plain_values(given.table)
    bounds = given.offsets.tolist()
    absent = None if given.absent is None else given.absent.tolist()
    return [
        None if absent is not None and absent[unit] else everything[bounds[unit] : bounds[unit + 1]]
        for unit in units
    ]


def _evidence(given: Mapping[str, pa.Array], taken: pa.Array) -> list[dict[str, object]] | None:
    """Return what is said of where evidence stands, by indicator, for each unit."""
    if not given:
        return None
    values = {name: plain_values(array.take(taken)) for name, array in given.items()}
    return [
        {name: column[place] for name, column in values.items() if column[place] is not None}
        for place in range(len(taken))
    ]
