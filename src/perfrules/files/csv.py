"""CSV becomes units, streamed: one row a unit, tables joined from files of their own by a key.

A file is walked twice: once to see that it is sound from end to end, so that nothing is scored
from half a file, and once to read it.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.files.decode import LAST_DOUBTFUL, encoding_named, not_text, two_readings
from perfrules.files.entry import Entries, Entry, Source, at_line
from perfrules.files.fold import fold, same
from perfrules.files.headings import Headings, Wanted, match, wanted_of
from perfrules.lang.plan import InputPlan
from perfrules.lang.types import Kind
from perfrules.messages import diagnose, did_you_mean

COLUMNS = 1000
LINE = 1_000_000  # bytes
_PANEL = (("rater", True), ("score", True), ("group", False), ("item", False))


@dataclass(frozen=True, slots=True)
class CsvOptions:
    """How a CSV is read, and which columns and files belong to a unit."""

    encoding: str | None = None
    delimiter: str = ","
    id: str | None = None
    key: str | None = None
    ignore: tuple[str, ...] = ()
    tables: Mapping[str, Source] = field(default_factory=dict)


@dataclass(slots=True)
class _Group:
    """The rows of a table that belong to one unit; `first` is the line of the first."""

    first: int
    shown: str
    rows: list[dict[str, object]] = field(default_factory=list)
    problems: list[Diagnostic] = field(default_factory=list)


def read_csv(source: Source, inputs: Sequence[InputPlan], options: CsvOptions) -> Entries:
    """Return the units of a CSV file.

    Raises:
        UsageError: The file, a heading or a table's file can't be used: everything at once.
    """
    tables = _tables(inputs, options)
    wanted = [item for item in wanted_of(inputs) if item.path[0] not in tables]
    named = {"--id": options.id, "--key": options.key}
    headings, total, problems = _open(
        source,
        wanted,
        options,
        {option: name for option, name in named.items() if name},
        options.ignore,
    )
    groups: dict[str, dict[str, _Group]] = {}
    for name, (item, file) in tables.items():
        found, faults = _grouped(file, item, options)
        groups[name] = found
        problems += faults
    if problems:
        raise UsageError(tuple(problems))
    if not total:
        raise UsageError((diagnose("PRF612", at_line(source.name, 1), file=source.name),))
    return Entries(_Reader(source, options, headings, tables, groups).entries(), total)


def rows_of(source: Source, options: CsvOptions) -> Iterator[tuple[int, list[str]]]:
    """Yield the line where each row starts, and its cells; lines without a value are left out.

    Raises:
        UsageError: PRF606, PRF613, PRF614, and PRF627 after the last row.
    """
    reader = csv.reader(_lines(source, options.encoding), delimiter=options.delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as fault:
            raise UsageError((_unsound(source.name, line, str(fault)),)) from None
        if any(cell.strip() for cell in cells):
            yield line, cells
        line = reader.line_num + 1


def _lines(source: Source, encoding: str | None) -> Iterator[str]:
    name = encoding_named(encoding)
    with source.open() as stream:
        if name.startswith("utf-16"):  # a line feed is two bytes: split after decoding
            data = stream.read()
            try:
                yield from (f"{line}\n" for line in data.decode(name).split("\n"))
            except UnicodeDecodeError as fault:
                raise UsageError((not_text(source.name, name, data, fault.start, 1),)) from None
            return
        number = 0
        doubt: Diagnostic | None = None
        sure = encoding is not None
        while data := stream.readline(LINE):
            number += 1
            if len(data) == LINE and not data.endswith(b"\n"):
                raise UsageError((_too_large(source.name, number, f"> {LINE} B", f"{LINE} B"),))
            try:
                text = data.decode(name)
            except UnicodeDecodeError as fault:
                raise UsageError(
                    (not_text(source.name, name, data, fault.start, number),)
                ) from None
            sure = sure or (not text.isascii() and max(text) > LAST_DOUBTFUL)
            if not sure and doubt is None:
                doubt = two_readings(source.name, text, number)
            yield text
            if name == "utf-8-sig":
                name = "utf-8"  # a byte order mark stands at the start of the file alone
        if doubt is not None and not sure:
            raise UsageError((doubt,))


def _open(
    source: Source,
    wanted: Sequence[Wanted],
    options: CsvOptions,
    named: Mapping[str, str],
    ignore: Sequence[str],
) -> tuple[Headings, int, list[Diagnostic]]:
    """Return the headings, the number of rows and what is wrong with the headings."""
    rows = rows_of(source, options)
    line, heads = next(rows, (1, []))
    if not heads:
        raise UsageError((diagnose("PRF612", at_line(source.name, 1), file=source.name),))
    while not heads[-1].strip():
        heads.pop()  # spreadsheets write a delimiter for every empty cell they know of
    if len(heads) > COLUMNS:
        raise UsageError((_too_large(source.name, line, str(len(heads)), str(COLUMNS)),))
    headings, problems = match(heads, wanted, source.name, named, ignore)
    return headings, sum(1 for _ in rows), list(problems)


def _tables(
    inputs: Sequence[InputPlan], options: CsvOptions
) -> dict[str, tuple[InputPlan, Source]]:
    """Return the table inputs that have a file of their own; PRF624 for a name that is none."""
    nested = [item for item in inputs if item.type.kind in (Kind.TABLE, Kind.PANEL)]
    found: dict[str, tuple[InputPlan, Source]] = {}
    problems = []
    for name, source in options.tables.items():
        named = [item for item in nested if name in (item.id, item.title.zh, item.title.en)]
        if len(named) == 1:
            found[named[0].id] = (named[0], source)
        else:
            hint = did_you_mean(name, [item.id for item in nested])
            problems.append(diagnose("PRF624", value=name, hint=hint))
    if problems:
        raise UsageError(tuple(problems))
    return found


def _grouped(
    source: Source, item: InputPlan, options: CsvOptions
) -> tuple[dict[str, _Group], list[Diagnostic]]:
    """Return a table's rows by key."""
    assert options.key is not None  # noqa: S101 - the caller asks for a key beside tables
    if item.type.kind is Kind.TABLE:
        wanted = wanted_of(item.columns)
    else:
        wanted = tuple(Wanted((name,), Text(), (), needed) for name, needed in _PANEL)
    headings, _, problems = _open(source, wanted, options, {"--key": options.key}, ())
    if problems:
        return {}, problems
    place = headings.places[fold(options.key)]
    groups: dict[str, _Group] = {}
    rows = rows_of(source, options)
    next(rows)
    for line, cells in rows:
        shown = cells[place].strip() if place < len(cells) else ""
        group = groups.setdefault(same(shown), _Group(line, shown))
        faults = _faults(source.name, line, cells, headings)
        if faults:
            group.problems += faults
            continue
        group.rows.append(_facts(cells, headings))
    return groups, []


@dataclass(slots=True)
class _Reader:
    source: Source
    options: CsvOptions
    headings: Headings
    tables: Mapping[str, tuple[InputPlan, Source]]
    groups: Mapping[str, Mapping[str, _Group]]
    columns: Mapping[str, str] = field(init=False)
    seen: dict[str, int] = field(default_factory=dict)
    keys: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.columns = {**self.headings.by_input(), **{name: name for name in self.tables}}

    def entries(self) -> Iterator[Entry]:
        """Yield an entry for each row, then one for each key of a table that no row has."""
        rows = rows_of(self.source, self.options)
        next(rows)
        for line, cells in rows:
            yield self._entry(line, cells)
        for name, groups in self.groups.items():
            for key, group in groups.items():
                if key not in self.keys:
                    yield self._orphan(name, group)

    def _cell(self, cells: Sequence[str], heading: str | None) -> str:
        """Return the cell under a heading; empty where there is no such column."""
        place = None if heading is None else self.headings.places.get(fold(heading))
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def _entry(self, line: int, cells: list[str]) -> Entry:
        key = self._cell(cells, self.options.key)
        unit = self._cell(cells, self.options.id or "unit") or key
        problems = _faults(self.source.name, line, cells, self.headings)
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
        if as_of := self._cell(cells, "as_of"):
            facts["as_of"] = as_of
        return Entry(line, facts, (), unit or None, self.columns)

    def _twice(self, line: int, unit: str, first: int) -> Diagnostic:
        return diagnose(
            "PRF623",
            at_line(self.source.name, line),
            value=unit,
            file=self.source.name,
            row=line,
            first=first,
        )

    def _orphan(self, name: str, group: _Group) -> Entry:
        file = self.tables[name][1].name
        problem = diagnose(
            "PRF622",
            at_line(file, group.first),
            value=group.shown,
            file=file,
            line=group.first,
            column=self.options.key,
            main=self.source.name,
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


def _faults(file: str, line: int, cells: Sequence[str], headings: Headings) -> list[Diagnostic]:
    """Return PRF619 for a row of another length (more empty cells are fine), else PRF620s."""
    size = len(headings.texts)
    if len(cells) < size or any(cell.strip() for cell in cells[size:]):
        wide = Text(str(size), str(size))
        return [
            diagnose(
                "PRF619", at_line(file, line), value=len(cells), expected=wide, file=file, line=line
            )
        ]
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
        if any(sign < " " and sign not in "\t\n\r" for sign in cell)
    ]


def _unsound(file: str, line: int, why: str) -> Diagnostic:
    if "limit" in why:
        limit = str(csv.field_size_limit())
        return _too_large(file, line, f"> {limit}", limit)
    return diagnose("PRF613", at_line(file, line), file=file, line=line)


def _too_large(file: str, line: int, value: str, most: str) -> Diagnostic:
    return diagnose(
        "PRF614", at_line(file, line), value=value, expected=Text(most, most), file=file, line=line
    )
