"""A sheet as a table of its own: its rows go to the units whose key they have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from perfrules.engine.batch.arrays import settled
from perfrules.engine.batch.columns import TABLE, match
from perfrules.engine.batch.intake.readings import encoded
from perfrules.engine.batch.layout import below, named
from perfrules.engine.batch.plain import plain_values
from perfrules.engine.batch.rows import Rows
from perfrules.engine.batch.vectors import Ints
from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.lang.characters import narrowed, same
from perfrules.lang.plan import InputPlan
from perfrules.messages import diagnose, did_you_mean


@dataclass(slots=True)
class Joined:
    """The rows of one table, sorted by key: those of key k are `bounds[k]` to `bounds[k + 1]`.

    `shown` is each key as written where it comes first, `first` is that row of the table.
    """

    item: InputPlan
    key: str
    keys: Mapping[str, int]
    shown: Sequence[str]
    first: Sequence[int]
    bounds: Ints
    table: pa.Array
    used: set[int] = field(default_factory=set)

    def rows(self, keys: Sequence[str]) -> Rows:
        """Return the rows of each unit; none for a unit that has none."""
        places = [self.keys.get(key, -1) if key else -1 for key in keys]
        self.used.update(place for place in places if place >= 0)
        # A unit without rows has those of the place after the last, which has none.
        found = np.array(places, np.int64)
        whole = Rows(np.append(self.bounds, self.bounds[-1]), self.table)
        return whole.take(np.where(found < 0, len(self.bounds) - 1, found))

    def orphans(self) -> list[tuple[str, Diagnostic]]:
        """Return the keys that no unit has had, with what is to be said of them."""
        return [
            (
                shown,
                diagnose(
                    "PRF622",
                    path=(self.item.id,),
                    value=shown,
                    file=_called(self.item),
                    line=first + 1,
                    column=self.key,
                    main=TABLE,
                ),
            )
            for place, (shown, first) in enumerate(zip(self.shown, self.first, strict=True))
            if place not in self.used
        ]


def _called(item: InputPlan) -> Text:
    return Text(f'tables["{item.id}"]', f"the table {item.id}")


def joined(item: InputPlan, table: pa.Table, key: str) -> Joined:
    """Return a table by the key of its rows.

    Raises:
        UsageError: Its columns don't bring those of the input, or there is no such key.
    """
    called = _called(item)
    found = match(
        table.column_names,
        below(item),
        reserved=(),
        named={f'tables["{item.id}"]': key},
        table=called,
    )
    if found.problems:
        raise UsageError(found.problems)
    texts = [narrowed(name) for name in table.column_names]
    column = settled(table.column(texts.index(narrowed(key))).combine_chunks())
    codes, different = _coded(column)
    keys: dict[str, int] = {}
    place_of = [keys.setdefault(same(one), len(keys)) for one in different]
    places = np.array([*place_of, -1], np.int64)[codes]
    if (places < 0).any():
        places = np.where(places < 0, keys.setdefault("", len(keys)), places)
    order = np.argsort(places, kind="stable")
    bounds = np.searchsorted(places[order], np.arange(len(keys) + 1))
    first = order[bounds[:-1]]
    shown = column.take(pa.array(first))
    rows = table.to_struct_array().combine_chunks()
    return Joined(
        item,
        key,
        keys,
        [text_of(one) for one in plain_values(shown)],
        first.tolist(),
        bounds,
        named(rows, found, [column.id for column in below(item)]).take(pa.array(order)),
    )


def _coded(column: pa.Array) -> tuple[Ints, list[str]]:
    coded = encoded(column)
    if coded is None:
        found = [text_of(value) for value in plain_values(column)]
        return np.arange(len(column)), found
    codes, different = coded
    return codes, [text_of(value) for value in plain_values(different)]


def text_of(key: object) -> str:
    """Return a key as text; empty for none.

    >>> text_of(7), text_of(None)
    ('7', '')
    """
    return "" if key is None else str(key).strip()


def table_input(nested: Sequence[InputPlan], name: str) -> InputPlan:
    """Return the table input called *name*; UsageError PRF667 where there is none."""
    found = [item for item in nested if name in (item.id, item.title.zh, item.title.en)]
    if len(found) != 1:
        known = [item.id for item in nested]
        raise UsageError((diagnose("PRF667", value=name, hint=did_you_mean(name, known)),))
    return found[0]
