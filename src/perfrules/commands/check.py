"""`perfrules check`: everything wrong with files of rulesets and cases."""

import re
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from perfrules.api import check_text, read_bytes, ruleset_path
from perfrules.commands.console import Console
from perfrules.errors import Diagnostic, UsageError
from perfrules.messages import diagnose
from perfrules.registry import default_registry, files_below
from perfrules.report.json import dump

_FACTS = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t\r]*(?:#[^\n]*)?\n)*(?:- )?unit:")


def run(args: Namespace, console: Console) -> int:
    """Check files; 0 no errors, 1 errors, 2 a path can't be read."""
    files = [file for path in args.paths for file in files_of(path)]
    registry = default_registry().beside(map(Path, args.paths))
    found: list[Diagnostic] = []
    for file in dict.fromkeys(files):
        found += check_text(read_bytes(file), str(file), registry)
    errors = sum(item.severity == "error" for item in found)
    if args.format == "json":
        console.data(dump([item.json() for item in found], 2) + "\n")
    else:
        for item in found:
            console.print(item.render(console.lang))
        count = len(dict.fromkeys(files))
        warnings = len(found) - errors
        console.print(
            console.say(
                f"检查了 {count} 个文件：错误 {errors}，警告 {warnings}",
                f"{count} files checked: {errors} errors, {warnings} warnings",
            )
        )
    return 1 if errors else 0


def files_of(name: str) -> Iterator[Path]:
    """Yield the YAML files of a folder and below, a file itself, or the file of an id.

    Facts that lie beside their ruleset are left out of a folder: their first key is `unit`.
    """
    path = Path(name)
    if not name or not path.is_dir():  # no name isn't the current folder
        yield path if name and path.exists() else ruleset_path(name)
        return
    below = files_below(path, ".yaml", ".yml")
    found = [file for file in below if _FACTS.match(read_bytes(file)) is None]
    if not found:
        raise UsageError((diagnose("PRF626", value=name),))
    yield from found
