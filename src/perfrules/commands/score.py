"""`perfrules score`: facts in, results out, rejected units named; rows in = scored + rejected."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from perfrules.api import is_portfolio, load, read_facts, sheet_of
from perfrules.commands import routes
from perfrules.commands.console import Console
from perfrules.commands.earlier import file_of, with_results
from perfrules.engine.days import date_of
from perfrules.engine.program import Program
from perfrules.errors import Text, UsageError
from perfrules.files.csv import CsvOptions
from perfrules.files.decode import encoding_named
from perfrules.files.entry import Entries, is_workbook
from perfrules.jobs.done import SHOWN
from perfrules.jobs.forms import FORMATS
from perfrules.jobs.run import Tally
from perfrules.messages import diagnose

_SAME = Text("它就是输入文件之一", "it is one of the files that are read")
_NO_FILE = Text("没有 -o 就没有可以继续的文件", "without -o there is no file to go on with")
_CSV_HERE = Text(
    "它写成 CSV，文件名以 .csv 结尾；-o OUT.xlsx 里另有退回的一表",
    "it is written as CSV: name it so; -o OUT.xlsx has a sheet of its own for them",
)
_STREAM = Text("标准输入不能再读一次", "standard input can't be read a second time")


def run(args: Namespace, console: Console) -> int:
    """Score a facts file; 0 all scored, 1 some rejected, 2 none scored."""
    if args.output == "-":
        args.output = None
    _apart(args)
    if is_portfolio(args.ruleset):
        from perfrules.commands import portfolio  # noqa: PLC0415 - only where it is one

        return portfolio.run(args, console)
    _no_portfolio(args)
    if args.resume:
        _resumable(args)
    program = load(args.ruleset, as_of=args.as_of)
    form = args.format or format_of(args.output)

    def read() -> Entries:
        return facts_of(args, program, console)

    tally, shown = routes.score(args, form, program, console, read, options_of(args))
    _count(console, tally, shown)
    if not tally.scored:
        return 2
    return 1 if tally.rejected else 0


def _resumable(args: Namespace) -> None:
    """Refuse to go on with what can't be gone on with."""
    why = _NO_FILE if args.output is None else _STREAM if args.facts == "-" else None
    if why is not None:
        told = diagnose("PRF642", value="--resume", expected=why, command="score")
        raise UsageError((told,))


def facts_of(args: Namespace, program: Program, console: Console) -> Entries:
    """Return the units of the facts file that the arguments name, with their earlier results."""
    plan = program.plan
    if routes.is_columnar(args.facts):
        entries = routes.entries_of_table(args, program)
    else:
        stdin = sys.stdin.buffer if args.facts == "-" else None
        entries = read_facts(args.facts, plan, options_of(args), stdin)
    console.problems(entries.notes)

    def note(text: Text) -> None:
        console.note(text.get(console.lang))

    return with_results(entries, plan, args.portfolio_results, note, date_of(args.as_of))


def options_of(args: Namespace) -> CsvOptions:
    """Return how a CSV is read."""
    if args.encoding is not None:
        encoding_named(args.encoding)  # an unknown name is an error whatever the file is
    return CsvOptions(
        encoding=args.encoding,
        delimiter=args.delimiter,
        id=args.id,
        key=args.key,
        ignore=tuple(args.ignore),
        tables={name: sheet_of(file) for name, file in args.table},
        sheet=args.sheet,
    )


def to_console(console: Console, form: str) -> Callable[[str], None]:
    """Return what writes a format to standard output: for people, or for programs."""
    return console.print if form == "text" else console.data


def format_of(name: str | None) -> str:
    """Return the format that an output's ending names; text for a screen and any other file.

    >>> format_of("out.jsonl"), format_of("report.txt"), format_of(None)
    ('jsonl', 'text', 'text')
    """
    ending = Path(name or "").suffix.lower().lstrip(".")
    ending = {"feather": "arrow"}.get(ending, ending)
    return ending if ending in FORMATS else "text"


def _no_portfolio(args: Namespace) -> None:
    """Refuse options that only a portfolio has a use for."""
    why = Text("只用于项目组合（portfolio）", "it is for portfolios only")
    for option in ("facts", "input"):
        if getattr(args, f"portfolio_{option}"):
            raise UsageError(
                (diagnose("PRF642", value=f"--{option}", expected=why, command="score"),)
            )


def _apart(args: Namespace) -> None:
    """Refuse to write over what is read, or two outputs into one file."""
    more = (*args.table, *args.portfolio_results, *args.portfolio_facts)
    read = [args.ruleset, args.facts, *(name for _, file in more for name in (file, file_of(file)))]
    for option, name in (("-o", args.output), ("--rejects", args.rejects)):
        if name is None:
            continue
        if option == "--rejects" and is_workbook(name):
            raise _clash(option, name, _CSV_HERE)
        if any(_same(name, other) for other in read):
            raise _clash(option, name, _SAME)
        if option == "--rejects" and args.output and _same(name, args.output):
            raise _clash(option, name, Text("它与 -o 是同一个文件", "-o names the same file"))


def _same(one: str, other: str) -> bool:
    try:
        return os.path.realpath(one) == os.path.realpath(other)
    except (OSError, ValueError):
        return False


def _clash(option: str, name: str, why: Text) -> UsageError:
    value = f"{option} {name}"
    return UsageError((diagnose("PRF642", value=value, expected=why, command="score"),))


def _count(console: Console, tally: Tally, shown: int) -> None:
    if shown > SHOWN:
        more = shown - SHOWN
        console.note(
            console.say(
                f"另有 {more} 个被退回；--rejects FILE 写出全部",
                f"{more} more were rejected; --rejects FILE writes all of them",
            )
        )
    read, scored, rejected = tally.scored + tally.rejected, tally.scored, tally.rejected
    console.note(
        console.say(
            f"读入 {read} = 评分 {scored} + 退回 {rejected}",
            f"{read} read = {scored} scored + {rejected} rejected",
        )
    )
