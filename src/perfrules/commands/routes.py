"""Which way units are scored: many at a time by columns, or one by one; the bytes are the same."""

from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from perfrules.api import sheet_of, source_of
from perfrules.commands.console import Console
from perfrules.commands.earlier import file_of
from perfrules.commands.watching import Watching
from perfrules.engine.facts.reserved import lines_of
from perfrules.engine.program import Program
from perfrules.errors import Text, UsageError
from perfrules.files.csv import CsvOptions
from perfrules.files.decode import encoding_named
from perfrules.files.entry import Entries
from perfrules.jobs.done import Done
from perfrules.jobs.extra import has_columns, need_columns
from perfrules.jobs.forms import SHEETS, TABLES, CsvForm, form_named
from perfrules.jobs.identity import About, files_of
from perfrules.jobs.processors import cores
from perfrules.jobs.rows import RowWork
from perfrules.jobs.run import Join, Tally, Target, Tasks, framed, run
from perfrules.jobs.tasks import EntryTasks
from perfrules.messages import diagnose

COLUMNAR = (".parquet", ".arrow", ".feather")
_NUMBERS = ("csv", *TABLES)
_AT_ONCE = 50  # units in a part where somebody reads along
_EXPLAINED, _COUNTED, _MANY = 1_000, 10_000, 65_536  # units in a part
SMALL = 200_000  # bytes of a CSV that is scored before pyarrow is even loaded
_CSV_ONLY = Text("只用于 CSV 文件", "it is for CSV files only")
_FILE = Text("它要写进文件：加上 -o FILE", "it is written to a file: add -o FILE")


@dataclass(frozen=True, slots=True)
class Route:
    """How a file is scored: what is done with each part, and what the parts are."""

    work: Callable[[Any], Done]
    tasks: Tasks[Any]
    join: Join
    total: int | None = None
    mark: bool = False
    single: bool = False
    columns: bool = False
    flows: bool = False


def score(
    args: Namespace,
    form: str,
    program: Program,
    console: Console,
    read: Callable[[], Entries],
    options: CsvOptions,
) -> tuple[Tally, int]:
    """Score the facts file of a command; return the counts, and how many refusals were told.

    Args:
        args: The command's arguments.
        form: The format of the output.
        program: The ruleset.
        console: Where it is told.
        read: Gives the units one by one.
        options: How a CSV is read.
    """
    if form in (*TABLES, *SHEETS):
        if form in TABLES:
            need_columns(form)
        if args.output is None:
            told = diagnose("PRF642", value=f"--format {form}", expected=_FILE, command="score")
            raise UsageError((told,))
    route = _route(args, form, program, console, read, options)
    watch = Watching(console, people=form == "text", single=route.single, total=route.total)
    jobs = args.jobs or cores()
    target = Target(
        args.output,
        args.rejects,
        jobs,
        args.resume,
        route.join,
        mark=route.mark,
        columns=route.columns,
        flows=route.flows,
    )
    try:
        return run(route.work, route.tasks, target, watch), watch.shown
    finally:
        watch.wipe()


def _route(
    args: Namespace,
    form: str,
    program: Program,
    console: Console,
    read: Callable[[], Entries],
    options: CsvOptions,
) -> Route:
    alone = bool(args.portfolio_results or args.table or args.key or args.sheet)
    alone = alone or bool(program.observers)
    if form in _NUMBERS and not alone and has_columns():
        if is_columnar(args.facts):
            return _table(args, form, program)
        if _is_large_csv(args.facts, args.encoding):
            return _blocks(args, form, program, options)
    return _units(args, form, program, console, read)


def is_columnar(name: str) -> bool:
    """Return whether a file holds columns, by the ending of its name.

    >>> is_columnar("facts.parquet"), is_columnar("facts.csv")
    (True, False)
    """
    return PurePath(name).suffix.lower() in COLUMNAR


def _is_large_csv(name: str, encoding: str | None) -> bool:
    path = Path(name)
    if path.suffix.lower() != ".csv" or not path.is_file():
        return False
    return path.stat().st_size >= SMALL and not encoding_named(encoding).startswith("utf-16")


def _units(
    args: Namespace, form: str, program: Program, console: Console, read: Callable[[], Entries]
) -> Route:
    numbers = form not in ("json", "jsonl") and not program.observers
    rows = args.part_rows or (_COUNTED if numbers else _EXPLAINED)
    if args.output is None and args.jobs == 1:
        rows = min(rows, _AT_ONCE)
    about = _about(args, form, program, f"units {rows}")
    entries = read()
    tasks = EntryTasks(entries, rows, about)
    rejects = args.rejects is not None
    if form in TABLES:
        from perfrules.jobs.tables import joined  # noqa: PLC0415 - the extra
        from perfrules.jobs.units import UnitWork  # noqa: PLC0415 - the extra

        work = UnitWork(program, args.facts, rejects=rejects)
        return Route(work, tasks, joined(form), entries.total)
    if form in SHEETS:
        from perfrules.jobs import sheets  # noqa: PLC0415 - only where a workbook is written

        sheets.fits_sheet(entries.total or 0)
        join = sheets.joined(program.plan, console.lang)
        return Route(
            sheets.SheetWork(program, args.facts, rejects=rejects), tasks, join, entries.total
        )
    made = form_named(form, program.plan, console.lang, single=entries.single)
    return Route(
        RowWork(program, made, args.facts, rejects=rejects),
        tasks,
        framed(made.frame),
        entries.total,
        mark=made.frame.mark,
        single=entries.single,
    )


def _blocks(args: Namespace, form: str, program: Program, options: CsvOptions) -> Route:
    from perfrules.jobs.blocks import Blocks, BlockTasks  # noqa: PLC0415 - the extra
    from perfrules.jobs.cells import BlockReader  # noqa: PLC0415 - the extra
    from perfrules.jobs.names import ColumnNames  # noqa: PLC0415 - the extra

    rows = args.part_rows or _MANY
    about = _about(args, form, program, f"lines {rows}")
    blocks = Blocks(source_of(args.facts), program.plan.inputs, options, rows)
    tasks = BlockTasks(blocks, blocks.survey(ColumnNames, args.jobs or cores()), about)
    reader = BlockReader(args.facts, options, blocks.headings, blocks.width)
    return _columns(args, form, program, reader, tasks, blocks.total)


def _table(args: Namespace, form: str, program: Program) -> Route:
    from perfrules.jobs.tables import PartReader, TableTasks  # noqa: PLC0415 - the extra

    rows = args.part_rows or _MANY
    about = _about(args, form, program, f"rows {rows}")
    file = table_file(args, program)
    tasks = TableTasks(file, rows, file.survey(), about)
    reader = PartReader(args.facts, program.plan)
    return _columns(args, form, program, reader, tasks, file.total)


def _columns(
    args: Namespace,
    form: str,
    program: Program,
    reader: Any,  # noqa: ANN401 - one that reads what the tasks give
    tasks: Tasks[Any],
    total: int | None,
) -> Route:
    from perfrules.jobs.columns import ColumnWork  # noqa: PLC0415 - the extra
    from perfrules.jobs.tables import joined  # noqa: PLC0415 - the extra

    lines = CsvForm(program.plan) if form == "csv" else None
    work: ColumnWork[Any] = ColumnWork(
        program, reader, lines, args.facts, rejects=args.rejects is not None
    )
    join = joined(form) if lines is None else framed(lines.frame)
    text = lines is not None
    return Route(work, tasks, join, total, mark=text, columns=True, flows=text)


def table_file(args: Namespace, program: Program) -> Any:  # noqa: ANN401 - of the extra
    """Return the file of columns that the arguments name.

    Raises:
        UsageError: PRF670 without the extra; PRF642 for an option that only a CSV has.
    """
    need_columns(args.facts)
    for option, given in (
        ("--table", args.table),
        ("--key", args.key),
        ("--sheet", args.sheet),
        ("--encoding", args.encoding),
        ("--delimiter", args.delimiter != ","),
    ):
        if given:
            told = diagnose("PRF642", value=option, expected=_CSV_ONLY, command="score")
            raise UsageError((told,))
    from perfrules.jobs.tables import TableFile  # noqa: PLC0415 - the extra

    plan = program.plan
    return TableFile(args.facts, plan.inputs, args.id, tuple(args.ignore), lines_of(plan))


def entries_of_table(args: Namespace, program: Program) -> Entries:
    """Return the rows of a file of columns as units, one by one."""
    file = table_file(args, program)
    from perfrules.jobs.tables import entries_of  # noqa: PLC0415 - the extra

    return Entries(entries_of(file, program.plan, file.survey(), _COUNTED), file.total)


def _about(args: Namespace, form: str, program: Program, parts: str) -> About:
    """Return what a run is about, its files as they are now."""
    files = [("facts", args.facts), *(("tables", sheet_of(file).name) for _, file in args.table)]
    files += (("results", file_of(given)) for _, given in args.portfolio_results)
    options = {
        "parts": parts,
        "format": form,
        "rejects": "" if args.rejects is None else "FILE",
        "id": args.id or "",
        "key": args.key or "",
        "sheet": args.sheet or "",
        "encoding": encoding_named(args.encoding).removesuffix("-sig"),
        "delimiter": args.delimiter,
        "ignore": ", ".join(args.ignore),
        "table": ", ".join(f"{name}={file}" for name, file in args.table),
        "--results": ", ".join(f"{name}={file}" for name, file in args.portfolio_results),
    }
    if form in ("text", *SHEETS):
        options["lang"] = getattr(args, "lang", "zh")
    return About(program, files_of(files), options, f"{args.output}.parts")
