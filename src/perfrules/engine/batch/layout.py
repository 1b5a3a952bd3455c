"""The columns of a table brought to the inputs of a ruleset, whichever way they are stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as kinds

from perfrules.engine.batch.arrays import (
    fields,
    flags,
    is_list,
    is_text,
    lengths,
    nulls,
    settled,
    starts,
    structs,
)
from perfrules.engine.batch.columns import Brought, Steps, match, panel_columns
from perfrules.engine.batch.rows import Rows
from perfrules.engine.batch.text.marks import is_full
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.lang.characters import narrowed
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import Kind

_INDEX = "__index_level_"  # what pandas calls a column that it makes of an index


@dataclass(frozen=True, slots=True)
class Columns:
    """A batch by input: arrays without chunks or views, sheets as their rows.

    `evidence` is by indicator; `keys` are the columns that join other tables, by their heading.
    """

    size: int
    inputs: Mapping[str, pa.Array | Rows]
    unit: pa.Array | None = None
    as_of: pa.Array | None = None
    evidence: Mapping[str, pa.Array] = field(default_factory=dict)
    keys: Mapping[str, pa.Array] = field(default_factory=dict)

    def take(self, units: Ints) -> "Columns":
        """Return some units, in their order."""
        places = pa.array(units)

        def some(array: pa.Array | None) -> pa.Array | None:
            return None if array is None else array.take(places)

        return Columns(
            len(units),
            {
                name: given.take(units) if isinstance(given, Rows) else some(given)
                for name, given in self.inputs.items()
            },
            some(self.unit),
            some(self.as_of),
            {name: some(array) for name, array in self.evidence.items()},
        )


class Layout:
    """What each column of a table is.

    Args:
        inputs: The inputs that the table brings: those that have no table of their own.
        schema: The table's.
        keys: The column that joins each table input that has a table of its own.
        ignore: Columns to leave out; a text is one of them.
        lines: The indicators that evidence can be for, and whether each has rows; None: any.

    Raises:
        UsageError: Columns are unknown, doubled or lacking: everything at once.
    """

    def __init__(
        self,
        inputs: Sequence[InputPlan],
        schema: pa.Schema,
        keys: Mapping[str, str] | None = None,
        ignore: Sequence[str] = (),
        lines: Mapping[str, bool] | None = None,
    ) -> None:
        self.inputs = {item.id: item for item in inputs}
        made = [name for name in schema.names if name.startswith(_INDEX)]
        found = match(
            schema.names,
            inputs,
            named={f'tables["{name}"]': key for name, key in (keys or {}).items()},
            ignore=(*([ignore] if isinstance(ignore, str) else ignore), *made),
            lines=lines,
        )
        problems = list(found.problems)
        self.paths = found.paths
        self.below: dict[str, Brought] = {}
        for path, item in zip(self.paths, schema, strict=True):
            if path is not None and len(path) == 1 and path[0] in self.inputs:
                problems += self._sheet(self.inputs[path[0]], item.type)
        if problems:
            raise UsageError(tuple(problems))
        texts = [narrowed(name) for name in schema.names]
        self.keys = {key: texts.index(narrowed(key)) for key in (keys or {}).values()}

    def _sheet(self, item: InputPlan, kind: pa.DataType) -> Sequence[Diagnostic]:
        """Keep what the fields of a sheet's rows are; return what is wrong with their names."""
        if item.type.kind not in (Kind.TABLE, Kind.PANEL) or not is_list(kind):
            return ()
        if not kinds.is_struct(kind.value_type):
            return ()
        names = [kind.value_type.field(place).name for place in range(kind.value_type.num_fields)]
        found = match(names, below(item), reserved=(), table=_called(item))
        self.below[item.id] = found
        return found.problems

    def read(self, batch: pa.RecordBatch) -> Columns:
        """Return the columns of a batch by what they bring."""
        inputs: dict[str, pa.Array | Rows] = {}
        surveys: dict[str, dict[Steps, pa.Array]] = {}
        others: dict[str, pa.Array] = {}
        evidence: dict[str, pa.Array] = {}
        for path, array in zip(self.paths, batch.columns, strict=True):
            if path is None:
                continue
            name, *tail = path
            if name == "evidence":
                evidence[tail[0]] = _filled(settled(array))
            elif name not in self.inputs:
                others[name] = settled(array)
            elif tail:
                surveys.setdefault(name, {})[tuple(tail)] = _filled(settled(array))
            elif name in self.below:
                inputs[name] = rows_of(array, self.below[name], self.inputs[name])
            else:
                inputs[name] = settled(array)
        size = len(batch)
        for name, columns in surveys.items():
            inputs[name] = _survey(columns, size)
        keys = {key: settled(batch.column(place)) for key, place in self.keys.items()}
        return Columns(size, inputs, others.get("unit"), others.get("as_of"), evidence, keys)


def below(item: InputPlan) -> Sequence[InputPlan]:
    """Return the columns of a table, or of a panel's ballots."""
    return item.columns if item.type.kind is Kind.TABLE else panel_columns()


def _called(item: InputPlan) -> Text:
    return Text(f"输入项 {item.id}", f"the rows of {item.id}")


def rows_of(array: pa.Array, found: Brought, item: InputPlan) -> Rows:
    """Return a column of lists of structs as the rows of all units."""
    ids = [column.id for column in below(item)]
    rows = named(pc.list_flatten(array), found, ids)
    return Rows(starts(lengths(array)), rows, nulls(array))


def named(rows: pa.Array, found: Brought, ids: Sequence[str]) -> pa.Array:
    """Return structs with the ids of what their fields bring; other fields are left out."""
    columns = {
        path[0]: settled(child)
        for path, child in zip(found.paths, fields(rows).values(), strict=True)
        if path is not None and path[0] in ids
    }
    if not columns:
        columns = {ids[0]: pa.nulls(len(rows))}
    return structs(columns, nulls(rows), len(rows))


def _filled(array: pa.Array) -> pa.Array:
    """Return a column with null where a text is empty, as an empty cell says nothing."""
    if not is_text(array.type):
        if kinds.is_dictionary(array.type):
            return _filled(array.dictionary_decode())
        return array
    if is_full(array):
        return array
    blank = pc.equal(pc.binary_length(pc.utf8_trim_whitespace(array)), 0)
    return pc.if_else(blank, pa.scalar(None, array.type), array)


def _survey(columns: Mapping[Steps, pa.Array], size: int) -> pa.Array:
    """Return the columns of a survey's counts as one of structs, null where all are."""
    parts: dict[str, pa.Array] = {}
    groups: dict[str, dict[Steps, pa.Array]] = {}
    for path, array in columns.items():
        if len(path) == 1:
            parts[path[0]] = array
        else:
            groups.setdefault(path[0], {})[path[1:]] = array
    for name, inner in groups.items():
        parts[name] = _survey(inner, size)
    return structs(parts, _all_null(list(parts.values()), size), size)


def _all_null(arrays: Sequence[pa.Array], size: int) -> Bools | None:
    """Return where all are null; None where that is nowhere so."""
    if not all(array.null_count for array in arrays):
        return None
    found = np.ones(size, np.bool_)
    for array in arrays:
        found &= flags(pc.is_null(array))
    return found
