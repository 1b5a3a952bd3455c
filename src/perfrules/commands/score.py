"""`perfrules score`: facts in, results out, rejected units named; rows in = scored + rejected."""

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from perfrules.api import date_of, is_portfolio, load, read_facts, score_entries, source_of
from perfrules.commands.console import Console
from perfrules.commands.earlier import file_of, with_results
from perfrules.commands.output import csv_line, output
from perfrules.commands.scored import FORMATS, REJECT_HEADS, reject_line, writer
from perfrules.engine.result import Rejected
from perfrules.errors import Text, UsageError
from perfrules.files.csv import CsvOptions
from perfrules.files.decode import encoding_named
from perfrules.files.entry import Entries
from perfrules.lang.plan import Plan
from perfrules.messages import diagnose

_SHOWN = 20  # rejected units described on the screen
_SAME = Text("它就是输入文件之一", "it is one of the files that are read")


def run(args: Namespace, console: Console) -> int:
    """Score a facts file; 0 all scored, 1 some rejected, 2 none scored."""
    _apart(args)
    if is_portfolio(args.ruleset):
        from perfrules.commands import portfolio  # noqa: PLC0415 - only where it is one

        return portfolio.run(args, console)
    _no_portfolio(args)
    program = load(args.ruleset, as_of=args.as_of)
    entries = facts_of(args, program.plan, console)
    form = args.format or format_of(args.output)
    rejected = scored = 0
    with (
        output(args.output, mark=form == "csv") as sink,
        output(args.rejects, mark=True) as bad,
    ):
        put = sink.write if sink is not None else to_console(console, form)
        out = writer(form, put, program.plan, console.lang, single=entries.single)
        if bad is not None:
            bad.write(csv_line(REJECT_HEADS))
        scores = score_entries(program, entries)
        for entry, item in console.progress(scores, entries.total):
            if isinstance(item, Rejected):
                rejected += 1
                if bad is not None:
                    for problem in item.problems:
                        bad.write(reject_line(entry, item, problem, args.facts))
                elif rejected <= _SHOWN:
                    say_rejected(console, item, single=entries.single)
            else:
                scored += 1
                out.add(item)
        if bad is not None:
            bad.commit()
        if scored:
            out.end()
            if sink is not None:
                sink.commit()
    _count(console, scored, rejected, shown=bad is None)
    if not scored:
        return 2
    return 1 if rejected else 0


def facts_of(args: Namespace, plan: Plan, console: Console) -> Entries:
    """Return the units of the facts file that the arguments name, with their earlier results."""
    stdin = sys.stdin.buffer if args.facts == "-" else None
    entries = read_facts(args.facts, plan, options_of(args), stdin)

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
        tables={name: source_of(file) for name, file in args.table},
    )


def say_rejected(console: Console, item: Rejected, *, single: bool = False) -> None:
    """Say on standard error which unit was rejected and why."""
    if not single:
        unit = f" ({item.unit})" if item.unit else ""
        console.note(
            console.say(f"第 {item.row} 行{unit} 被退回：", f"row {item.row}{unit} was rejected:")
        )
    console.problems(item.problems)


def to_console(console: Console, form: str) -> Callable[[str], None]:
    """Return what writes a format to standard output: for people, or for programs."""
    return console.print if form == "text" else console.data


def format_of(name: str | None) -> str:
    """Return the format that an output's ending names; text for a screen and any other file.

    >>> format_of("out.jsonl"), format_of("report.txt"), format_of(None)
    ('jsonl', 'text', 'text')
    """
    ending = Path(name or "").suffix.lower().lstrip(".")
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
        if any(_same(name, other) for other in read):
            raise _clash(option, name, _SAME)
        if option == "--rejects" and args.output and _same(name, args.output):
            raise _clash(option, name, Text("它与 -o 是同一个文件", "-o names the same file"))


def _same(one: str, other: str) -> bool:
    try:
        return Path(one).resolve() == Path(other).resolve()
    except (OSError, ValueError):
        return False


def _clash(option: str, name: str, why: Text) -> UsageError:
    value = f"{option} {name}"
    return UsageError((diagnose("PRF642", value=value, expected=why, command="score"),))


def _count(console: Console, scored: int, rejected: int, *, shown: bool) -> None:
    if shown and rejected > _SHOWN:
        more = rejected - _SHOWN
        console.note(
            console.say(
                f"另有 {more} 个被退回；--rejects FILE 写出全部",
                f"{more} more were rejected; --rejects FILE writes all of them",
            )
        )
    console.note(
        console.say(
            f"读入 {scored + rejected} = 评分 {scored} + 退回 {rejected}",
            f"{scored + rejected} read = {scored} scored + {rejected} rejected",
        )
    )
