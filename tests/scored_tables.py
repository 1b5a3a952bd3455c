"""Tables of scores compared, in whatever order their rows come."""

import pyarrow as pa
import pyarrow.compute as pc


def by_unit(table: pa.Table) -> pa.Table:
    """Return scores in the order of their units, without `row`, texts as texts."""
    columns = {}
    for name in table.column_names:
        if name != "row":
            column = table.column(name)
            plain = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
            columns[name] = plain
    return pa.table(columns).sort_by("unit").combine_chunks()


def differing(found: pa.Table, wanted: pa.Table) -> list[str]:
    """Return the columns in which two tables of scores differ."""
    found, wanted = by_unit(found), by_unit(wanted)
    assert found.column_names == wanted.column_names
    return [
        name
        for name in wanted.column_names
        if found.column(name).cast(wanted.column(name).type) != wanted.column(name)
    ]


def rejected(table: pa.Table) -> int:
    """Return how many rows have a reason and no total; no row has both or neither."""
    bad = pc.is_valid(table.column("rejected"))
    assert pc.all(pc.equal(bad, pc.is_null(table.column("total")))).as_py()
    return int(pc.sum(bad).as_py())
