"""`perfrules explain`: each unit's result as a page, line by line."""

from argparse import Namespace

from perfrules.api import load, score_entries
from perfrules.commands.console import Console
from perfrules.commands.score import facts_of
from perfrules.commands.watching import say_rejected
from perfrules.engine.result import Rejected, Result
from perfrules.errors import UsageError
from perfrules.jobs.forms import JsonForm
from perfrules.lang.plan import Plan
from perfrules.messages import diagnose, did_you_mean
from perfrules.report.text import to_text


def run(args: Namespace, console: Console) -> int:
    """Explain every unit; 0 all, 1 some rejected, 2 none scored."""
    program = load(args.ruleset, as_of=args.as_of)
    entries = facts_of(args, program, console)
    form = JsonForm(entries.single)
    scored = rejected = 0
    for _, item in score_entries(program, entries):
        if isinstance(item, Rejected):
            rejected += 1
            say_rejected(console, item, single=entries.single)
            continue
        if args.format == "json":
            console.data((form.frame.joint if scored else form.frame.head) + form.of(item))
        else:
            console.print(("\n" if scored else "") + _page(item, program.plan, args, console))
        scored += 1
    if scored and args.format == "json":
        console.data(form.frame.tail)
    if not scored:
        return 2
    return 1 if rejected else 0


def _page(result: Result, plan: Plan, args: Namespace, console: Console) -> str:
    if args.indicator is not None:
        known = [line.id for line in result.lines()]
        if args.indicator not in known:
            raise UsageError(
                (
                    diagnose(
                        "PRF647",
                        value=args.indicator,
                        ruleset=result.ruleset,
                        hint=did_you_mean(args.indicator, known),
                    ),
                )
            )
    return to_text(result, console.lang, args.depth, grades=plan.grades, indicator=args.indicator)
