"""One input, or one column of a row: its value, its default, or what is wrong with it."""

from collections.abc import Mapping

from perfrules.engine.facts.ballots import read_panel, read_survey
from perfrules.engine.facts.problems import Place, Problems, as_mapping, place_of, within
from perfrules.engine.facts.scalars import read_value
from perfrules.errors import Text
from perfrules.lang.cells import read_target
from perfrules.lang.frame import Fault
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import MISSING, Kind

MOST_ROWS = 10_000


def admit_input(
    item: InputPlan, given: object, problems: Problems, defaulted: dict[str, None]
) -> object:
    """Return the admitted value of an input; MISSING where there is none, or after a problem."""
    match item.type.kind:
        case Kind.TABLE:
            value = _table(item, given, problems, defaulted)
        case Kind.SURVEY:
            value = read_survey(item, given, problems)
        case Kind.PANEL:
            value = read_panel(item, given, problems)
        case _:
            return _scalar(item, given, problems, defaulted)
    if value is None:
        return MISSING
    if value is MISSING and item.required:
        problems.add("PRF502", place_of(item))
    return value


def _scalar(
    item: InputPlan,
    given: object,
    problems: Problems,
    defaulted: dict[str, None],
    inside: Place | None = None,
    row: int | None = None,
) -> object:
    try:
        reading = read_value(item, given)
    except Fault as fault:
        problems.fault(fault, place_of(item, inside, row))
        return MISSING
    if reading.notes:
        problems.note(place_of(item, inside, row), reading.notes, given)
    if reading.value is not MISSING:
        return reading.value
    if item.default is not None:
        defaulted[f"{inside.path[0]}.{item.id}" if inside else item.id] = None
        return default_of(item)
    if item.required:
        problems.add("PRF502", place_of(item, inside, row))
    return MISSING


def default_of(item: InputPlan) -> object:
    """Return the default as a value: a target's is still text, and one option is a set of one."""
    if item.type.kind is Kind.TARGET and isinstance(item.default, str):
        return read_target(item.default)
    if item.type.kind is Kind.CHOICES and isinstance(item.default, str):
        return frozenset((item.default,))
    return item.default


def _table(
    item: InputPlan, given: object, problems: Problems, defaulted: dict[str, None]
) -> object:
    """Return the rows of a table; None where there was a problem with the table itself."""
    if given is None or given is MISSING:
        return MISSING
    place = place_of(item)
    if type(given) not in (list, tuple):
        expected = Text("逐行填写的列表", "a list of rows")
        problems.add("PRF518", place, given, expected=expected)
        return None
    assert isinstance(given, (list, tuple))  # noqa: S101 - says the type
    low = item.min_rows or 0
    high = MOST_ROWS if item.max_rows is None else min(item.max_rows, MOST_ROWS)
    if not low <= len(given) <= high:
        expected = Text(f"为{low}至{high}行", f"{low} to {high}")
        problems.add("PRF520", place, len(given), expected=expected)
        if len(given) > high:
            return None
    columns = {column.id: column for column in item.columns}
    return tuple(
        _row(columns, row, number, place, problems, defaulted)
        for number, row in enumerate(given, start=1)
    )


def _row(
    columns: Mapping[str, InputPlan],
    given: object,
    number: int,
    place: Place,
    problems: Problems,
    defaulted: dict[str, None],
) -> Mapping[str, object]:
    row = as_mapping(given)
    if row is None:
        expected = Text("“列: 值”的对照", "a mapping of column: value")
        problems.add("PRF518", within(place, number - 1), given, expected=expected)
        return dict.fromkeys(columns, MISSING)
    for key in row:
        if key not in columns and not key.startswith("x-"):
            problems.add("PRF519", within(place, number - 1), key, known=tuple(columns))
    return {
        key: _scalar(column, row.get(key), problems, defaulted, place, number)
        for key, column in columns.items()
    }
