"""`perfrules compile`: a ruleset as one SQL statement, or the table that the statement reads."""

from argparse import Namespace

from perfrules.api import load
from perfrules.commands.console import Console
from perfrules.commands.output import deliver
from perfrules.sql import to_schema, to_sql


def run(args: Namespace, console: Console) -> int:
    """Write the statement; what has no form in SQL is named, each at its place."""
    program = load(args.ruleset, as_of=args.as_of)
    made = to_schema if args.schema else to_sql
    text = made(program, dialect=args.dialect, table=args.table)
    deliver(args.output, text, console)
    return 0
