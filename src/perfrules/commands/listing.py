"""`perfrules list`: the rulesets, libraries and indicators that are found by id."""

from argparse import Namespace
from collections.abc import Iterator

from perfrules.api import list_rulesets, load_portfolio, read_plan
from perfrules.commands.console import Console
from perfrules.commands.library import indicator_rows, plain
from perfrules.engine.render.words import pad, tidy
from perfrules.errors import RulesetError, Text, width
from perfrules.libraries import libraries, read_library
from perfrules.registry import Listed, default_registry
from perfrules.report.json import dump

KINDS = ("rulesets", "libraries", "indicators", "portfolios")
_NONE = {
    "rulesets": Text("没有规则集", "there is no ruleset"),
    "libraries": Text("没有指标库", "there is no library"),
    "indicators": Text("没有指标", "there is no indicator"),
    "portfolios": Text("没有项目组合", "there is no portfolio"),
}


def run(args: Namespace, console: Console) -> int:
    """List what is found by id, of one kind and, where it is named, of one sector."""
    rows = [row for row in _rows(args.kind) if _in_sector(str(row["id"]), args.sector)]
    if args.format == "json":
        console.data(dump([plain(row) for row in rows], 2) + "\n")
        return 0
    if not rows:
        console.print(_NONE[args.kind].get(console.lang))
        return 0
    names = [f"{row['id']}@{row['version']}" for row in rows]
    size = max(map(width, names))
    for name, row in zip(names, rows, strict=True):
        title = row["title"]
        shown = tidy(title.get(console.lang)) if isinstance(title, Text) else ""
        console.print(f"{pad(name, size)}  {shown}".rstrip())
    return 0


def _rows(kind: str) -> Iterator[dict[str, object]]:
    if kind == "rulesets":
        for item in list_rulesets():
            yield _row(item, _title(item))
    elif kind == "libraries":
        for item in default_registry().documents("library"):
            yield _row(item, _library_title(item))
    elif kind == "portfolios":
        for item in default_registry().documents("portfolio"):
            yield _row(item, _portfolio_title(item))
    else:
        for name in libraries():
            yield from _indicators(name)


def _row(item: Listed, title: Text) -> dict[str, object]:
    return {"id": item.id, "version": item.version, "title": title, "file": str(item.path)}


def _in_sector(name: str, sector: str | None) -> bool:
    """Return whether an id belongs to a sector: its first part says so.

    >>> _in_sector("education.coverage", "education"), _in_sector("educational.x", "education")
    (True, False)
    """
    return sector is None or name == sector or name.startswith(f"{sector}.")


def _indicators(name: str) -> Iterator[dict[str, object]]:
    """Yield the indicators of a library; one that has faults is named in their place."""
    try:
        plan, library = read_library(name)
    except RulesetError as error:
        library_id, _, version = name.partition("@")
        yield {"id": library_id, "version": version, "title": _broken(library_id, error)}
        return
    yield from indicator_rows(plan, library)


def _title(item: Listed) -> Text:
    """Return a ruleset's title; one that can't be loaded says so, and the others are listed."""
    try:
        return read_plan(item.path).title
    except RulesetError as error:
        return _broken(item.id, error)


def _portfolio_title(item: Listed) -> Text:
    try:
        return load_portfolio(item.path).plan.title
    except RulesetError as error:
        return _broken(item.id, error)


def _library_title(item: Listed) -> Text:
    try:
        return read_library(item.path)[0].title
    except RulesetError as error:
        return _broken(item.id, error)


def _broken(name: str, error: RulesetError) -> Text:
    count = len(error.diagnostics)
    return Text(
        f"有 {count} 处错误：perfrules check {name}",
        f"has {count} errors: perfrules check {name}",
    )
