"""Rows become units: one row a unit, tables joined from rows of their own by a key.

Where the rows come from, a CSV or a sheet of a workbook, makes no difference here.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.files.entry import Entries, Entry, Source, at_line
from perfrules.files.headings import Headings, Wanted, match, wanted_of
from perfrules.files.lines import too_large
from perfrules.lang.characters import narrowed, same
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import Kind
from perfrules.messages import diagnose, did_you_mean

COLUMNS = 1000
_PANEL = (("rater", True), ("score", True), ("group", False), ("item", False))


@dataclass(frozen=True, slots=True)
class CsvOptions:
    """How a CSV or a workbook is read, and which columns and files belong to a unit.

    `sheet` is the one that holds the units; without it the first.
    """

    encoding: str | None = None
    delimiter: str = ","
    id: str | None = None
    key: str | None = None
    ignore: tuple[str, ...] = ()
    tables: Mapping[str, Source] = field(default_factory=dict)
    sheet: str | None = None


class Rows(Protocol):
    """The rows of a file: the first one holds the headings."""

    @property
    def name(self) -> str:
        """The file's name, for messages."""

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the line where each row starts, and its cells; rows without a value are left out.

        Raises:
            UsageError: The file can't be used, which may be known after the last row only.
        """

    def faults(self, line: int, cells: Sequence[str], headings: Headings) -> list[Diagnostic]:
        """Return why a row's cells can't be used."""


@dataclass(slots=True)
class _Group:
    """The rows of a table that belong to one unit; `first` is the line of the first."""

    first: int
    shown: str
    rows: list[dict[str, object]] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


# Gives the rows of a file to somebody who wants these columns of it.
RowsOf: TypeAlias = Callable[[Sequence[Wanted]], Rows]


def read_units(
    main: RowsOf, inputs: Sequence[InputPlan], options: CsvOptions, files: Mapping[str, RowsOf]
) -> Entries:
    """Return the units of a file of rows.

    Args:
        main: The rows of the units.
        inputs: What the ruleset reads.
        options: Which columns name a unit, and which are left out.
        files: The rows of tables by name.

    Raises:
        UsageError: The file, a heading or a table's file can't be used: everything at once.
    """
    tables = _tables(inputs, files)
    wanted = [item for item in wanted_of(inputs) if item.path[0] not in tables]
    named = {"--id": options.id, "--key": options.key}
    rows = main(wanted)
    headings, total, problems = _open(
        rows,
        wanted,
        {option: name for option, name in named.items() if name},
        options.ignore,
    )
    names: dict[str, str] = {}
    groups: dict[str, dict[str, _Group]] = {}
    for name, (item, file) in tables.items():
        names[name], groups[name], faults = _grouped(file, item, options)
        problems += faults
    if problems:
        raise UsageError(tuple(problems))
    if not total:
        raise UsageError((diagnose("PRF612", at_line(rows.name, 1), file=rows.name),))
    return Entries(RowReader(rows, options, headings, names, groups).entries(), total)


def _open(
    rows: Rows,
    wanted: Sequence[Wanted],
    named: Mapping[str, str],
    ignore: Sequence[str],
) -> tuple[Headings, int, list[Diagnostic]]:
    """Return the headings, the number of rows and what is wrong with the headings."""
    found = rows.rows()
    line, heads = next(found, (1, []))
    headings, problems = headings_of(line, heads, rows.name, wanted, named, ignore)
    return headings, sum(1 for _ in found), list(problems)


def headings_of(
    line: int,
    heads: Sequence[str],
    file: str,
    wanted: Sequence[Wanted],
    named: Mapping[str, str],
    ignore: Sequence[str],
) -> tuple[Headings, tuple[Diagnostic, ...]]:
    """Return what the columns of a file are, and what is wrong with its first row.

    Args:
        line: Where the first row stands.
        heads: Its cells; none for an empty file.
        file: The file's name, for messages.
        wanted: What columns can bring.
        named: Columns that an option names, by option.
        ignore: Columns to leave out.

    Raises:
        UsageError: PRF612, PRF614.
    """
    size = len(heads)
    while size and not heads[size - 1].strip():
        size -= 1  # spreadsheets write a delimiter for every empty cell they know of
    if not size:
        raise UsageError((diagnose("PRF612", at_line(file, 1), file=file),))
    if size > COLUMNS:
        raise UsageError((too_large(file, line, str(size), str(COLUMNS)),))
    return match(heads[:size], wanted, file, named, ignore)


def _tables(
    inputs: Sequence[InputPlan], files: Mapping[str, RowsOf]
) -> dict[str, tuple[InputPlan, RowsOf]]:
    """Return the table inputs that have a file of their own; PRF624 for a name that is none."""
    nested = [item for item in inputs if item.type.kind in (Kind.TABLE, Kind.PANEL)]
    found: dict[str, tuple[InputPlan, RowsOf]] = {}
    problems = []
    for name, file in files.items():
        named = [item for item in nested if name in (item.id, item.title.zh, item.title.en)]
        if len(named) == 1:
            found[named[0].id] = (named[0], file)
        else:
            hint = did_you_mean(name, [item.id for item in nested])
            problems.append(diagnose("PRF624", value=name, hint=hint))
    if problems:
        raise UsageError(tuple(problems))
    return found


def _grouped(
    file: RowsOf, item: InputPlan, options: CsvOptions
) -> tuple[str, dict[str, _Group], list[Diagnostic]]:
    """Return a table's file and its rows by key."""
    assert options.key is not None  # noqa: S101 - the caller asks for a key beside tables
    if item.type.kind is Kind.TABLE:
        wanted = wanted_of(item.columns)
    else:
        wanted = tuple(Wanted((name,), Text(), (), needed) for name, needed in _PANEL)
    rows = file(wanted)
    headings, _, problems = _open(rows, wanted, {"--key": options.key}, ())
    if problems:
        return rows.name, {}, problems
    place = headings.places[narrowed(options.key)]
    groups: dict[str, _Group] = {}
    found = rows.rows()
    next(found)
    for line, cells in found:
        shown = cells[place].strip() if place < len(cells) else ""
        group = groups.setdefault(same(shown), _Group(line, shown))
        faults = rows.faults(line, cells, headings)
        if faults:
            group.problems += faults
            continue
        group.rows.append(_facts(cells, headings))
    return rows.name, groups, []


@dataclass(slots=True)
class RowReader:
    """Makes the rows of a file units, in their order.

    `tables` are the files of the tables. `seen` are the units there were so far, by what their
    names have in common, with their lines.
    """

    rows: Rows
    options: CsvOptions
    headings: Headings
    tables: Mapping[str, str]
    groups: Mapping[str, Mapping[str, _Group]]
    columns: Mapping[str, str] = field(init=False)
    seen: dict[str, int] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.columns = {**self.headings.by_input(), **{name: name for name in self.tables}}

    def entries(self) -> Iterator[Entry]:
        """Yield an entry for each row, then one for each key of a table that no row has."""
        rows = self.rows.rows()
        next(rows)
        for line, cells in rows:
            yield self.entry(line, cells)
        for name, groups in self.groups.items():
            for key, group in groups.items():
                if key not in self.keys:
                    yield self._orphan(name, group)

    def cell(self, cells: Sequence[str], heading: str | None) -> str:
        """Return the cell under a heading; empty where there is no such column."""
        place = None if heading is None else self.headings.places.get(narrowed(heading))
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def entry(self, line: int, cells: list[str]) -> Entry:
        """Return the unit of a row, or what is wrong with it."""
        key = self.cell(cells, self.options.key)
        unit = self.cell(cells, self.options.id or "unit") or key
        problems = self.rows.faults(line, cells, self.headings)
        if who := same(key or unit):
            first = self.seen.setdefault(who, line)
            if first != line:
                problems.append(self._twice(line, key or unit, first))
        self.keys.add(same(key))
        facts = None if problems else _facts(cells, self.headings)
        for name, groups in self.groups.items():
            group = groups.get(same(key)) if key else None
            if group is not None:
                problems += group.problems
            if facts is not None:
                facts[name] = group.rows if group is not None else []
        if problems or facts is None:
            return Entry(line, None, tuple(problems), unit or None, self.columns)
        if unit:
            facts["unit"] = unit
        if as_of := self.cell(cells, "as_of"):
            facts["as_of"] = as_of
        return Entry(line, facts, (), unit or None, self.columns)

    def _twice(self, line: int, unit: str, first: int) -> Diagnostic:
        return diagnose(
            "PRF623",
            at_line(self.rows.name, line),
            value=unit,
            file=self.rows.name,
            row=line,
            first=first,
        )

    def _orphan(self, name: str, group: _Group) -> Entry:
        file = self.tables[name]
        problem = diagnose(
            "PRF622",
            at_line(file, group.first),
            value=group.shown,
            file=file,
            line=group.first,
            column=self.options.key,
            main=self.rows.name,
        )
        return Entry(
            group.first, None, (problem, *group.problems), group.shown or None, self.columns
        )


def _facts(cells: Sequence[str], headings: Headings) -> dict[str, object]:
    """Return a row's values by input; an input of several columns has those that aren't empty."""
    facts: dict[str, object] = {}
    for place, path in enumerate(headings.paths):
        if path is None:
            continue
        cell = cells[place] if place < len(cells) else ""
        if len(path) == 1:
            facts[path[0]] = cell
        elif cell.strip():
            inner = facts
            for step in path[:-1]:
                below = inner.setdefault(step, {})
                assert isinstance(below, dict)  # noqa: S101 - paths of one input have one length
                inner = below
            inner[path[-1]] = cell
    return facts


def control_signs(
    file: str, line: int, cells: Sequence[str], headings: Headings
) -> list[Diagnostic]:
    """Return PRF620 for each cell of a row that holds a control sign."""
    return [
        diagnose(
            "PRF620",
            at_line(file, line),
            path=(head,),
            value=cell,
            file=file,
            line=line,
            column=head,
        )
        for head, cell in zip(headings.texts, cells, strict=False)
        if not cell.isprintable() and any(sign < " " and sign not in "\t\n\r" for sign in cell)
    ]
