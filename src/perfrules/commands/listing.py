"""`perfrules list`: the rulesets that are found by id."""

from argparse import Namespace

from perfrules.api import list_rulesets, read_plan
from perfrules.commands.console import Console
from perfrules.engine.render.words import pad, tidy
from perfrules.errors import RulesetError, Text, width
from perfrules.registry import Listed
from perfrules.report.json import dump


def run(args: Namespace, console: Console) -> int:
    """List the rulesets."""
    found = list_rulesets()
    titles = [_title(item) for item in found]
    if args.format == "json":
        rows = [
            {"id": item.id, "version": item.version, "title": title.json(), "file": str(item.path)}
            for item, title in zip(found, titles, strict=True)
        ]
        console.data(dump(rows, 2) + "\n")
        return 0
    if not found:
        console.print(console.say("没有规则集", "there is no ruleset"))
        return 0
    size = max(width(item.name) for item in found)
    for item, title in zip(found, titles, strict=True):
        console.print(f"{pad(item.name, size)}  {tidy(title.get(console.lang))}".rstrip())
    return 0


def _title(item: Listed) -> Text:
    """Return a ruleset's title; one that can't be loaded says so, and the others are listed."""
    try:
        return read_plan(item.path).title
    except RulesetError as error:
        count = len(error.diagnostics)
        return Text(
            f"有 {count} 处错误：perfrules check {item.id}",
            f"has {count} errors: perfrules check {item.id}",
        )
