"""`perfrules score PORTFOLIO RESULTS`: results in, rows and the report of the whole file out."""

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import cast

from perfrules.analysis.portfolio import Outcome, Portfolio
from perfrules.analysis.portfolio.program import Given
from perfrules.analysis.portfolio.program import source_of as source_named
from perfrules.analysis.portfolio.render import outcome_json, to_json, to_text, value_json
from perfrules.api import load_portfolio, read_facts, read_results
from perfrules.commands.console import Console
from perfrules.commands.output import csv_line, output
from perfrules.commands.score import format_of, options_of, to_console
from perfrules.commands.watching import say_rejected
from perfrules.errors import Text, UsageError
from perfrules.files.entry import Entry, is_workbook
from perfrules.jobs.done import REJECT_HEADS, reject_line
from perfrules.jobs.forms import SHEETS, TABLES
from perfrules.messages import diagnose
from perfrules.report.json import dump

_NO_SHEET = Text(
    "项目组合的结果写成 text、json、jsonl 或 csv",
    "a portfolio is written as text, json, jsonl or csv",
)
_SHOWN = 20  # rejected units described on the screen


def run(args: Namespace, console: Console) -> int:
    """Run a portfolio; 0 all units in, 1 some rejected, 2 nothing could be done."""
    portfolio = load_portfolio(args.ruleset, as_of=args.as_of)
    facts, unread = _facts(args, portfolio, console)
    outcome = portfolio.score(_results(args, portfolio), facts, _inputs(args))
    form = args.format or format_of(args.output)
    if form in (*TABLES, *SHEETS):
        raise UsageError((diagnose("PRF642", value=form, expected=_NO_SHEET, command="score"),))
    with (
        output(args.output, mark=form == "csv") as sink,
        output(args.rejects, mark=True) as bad,
    ):
        put = sink.write if sink is not None else to_console(console, form)
        for text in _written(outcome, form, console):
            put(text)
        if bad is not None:
            bad.write(csv_line(REJECT_HEADS))
            for _, item in outcome.rejected:
                for problem in item.problems:
                    entry = Entry(item.row or 0, None, unit=item.unit)
                    bad.write(reject_line(entry, item, problem, args.facts))
            bad.commit()
        if sink is not None:
            sink.commit()
    if args.rejects is None:
        for _, item in outcome.rejected[:_SHOWN]:
            say_rejected(console, item)
    _count(outcome, portfolio, console)
    return 1 if outcome.rejected or unread else 0


def _results(args: Namespace, portfolio: Portfolio) -> dict[str, list[Given]]:
    """Return the results by source: the first one's are given by place, others by name."""
    first = portfolio.plan.rows.id
    stdin = sys.stdin.buffer if args.facts == "-" else None
    found = {first: read_results(args.facts, stdin)}
    for name, file in args.portfolio_results:
        source_named(portfolio.plan, name)
        found.setdefault(name, []).extend(read_results(file))
    return cast("dict[str, list[Given]]", found)  # what is no result is rejected


def _facts(
    args: Namespace, portfolio: Portfolio, console: Console
) -> tuple[dict[str, list[Mapping[str, object]]], int]:
    """Return the facts by source, and how many entries of their files couldn't be read."""
    found: dict[str, list[Mapping[str, object]]] = {}
    unread = 0
    for name, file in args.portfolio_facts:
        source = source_named(portfolio.plan, name or portfolio.plan.rows.id)
        rows = file.lower().endswith(".csv") or is_workbook(file)
        # Facts may come in several files: none of them has to have every column.
        some = replace(source, inputs=tuple(replace(i, required=False) for i in source.inputs))
        entries = read_facts(file, some, options_of(args) if rows else None)
        console.problems(entries.notes)
        for entry in entries:
            if entry.facts is None:
                unread += 1
                console.problems(entry.problems)
            else:
                found.setdefault(source.id, []).append(entry.facts)
    return found, unread


def _inputs(args: Namespace) -> dict[str, object]:
    """Return the portfolio's own inputs; PRF642 for one that is given twice."""
    found: dict[str, object] = {}
    for name, value in args.portfolio_input:
        if name in found:
            told = diagnose("PRF732", name=name, unit="--input")
            raise UsageError((told,))
        found[name] = value
    return found


def _written(outcome: Outcome, form: str, console: Console) -> Iterator[str]:
    """Yield an outcome in a format; rows alone as CSV and JSON lines."""
    match form:
        case "json":
            yield to_json(outcome)
        case "jsonl":
            rows = outcome_json(outcome)["rows"]
            assert isinstance(rows, list)  # noqa: S101 - the rows
            for row in rows:
                yield dump(row) + "\n"
        case "csv":
            names = list(outcome.types)
            yield csv_line(["unit", *names, "decisions", "portfolio", "version", "digest"])
            about = [outcome.portfolio, outcome.version, outcome.digest]
            for item in outcome.rows:
                cells = [_cell(value_json(item.values[name])) for name in names]
                decided = " ".join(decision.code for decision in item.decisions)
                yield csv_line([item.unit, *cells, decided, *about])
        case _:
            yield to_text(outcome, console.lang)


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "、".join(map(str, value))
    return "" if value is None else str(value)


def _count(outcome: Outcome, portfolio: Portfolio, console: Console) -> None:
    first = portfolio.plan.rows.id
    rejected = sum(source == first for source, _ in outcome.rejected)
    used = len(outcome.rows)
    console.note(
        console.say(
            f"读入 {used + rejected} = 采用 {used} + 退回 {rejected}",
            f"{used + rejected} read = {used} used + {rejected} rejected",
        )
    )
