"""`perfrules catalog`: every indicator of the libraries in one HTML file, to search and to read."""

from argparse import Namespace
from collections.abc import Iterator

from perfrules._version import __version__
from perfrules.api import read_plan
from perfrules.casebook import Indicators
from perfrules.commands.cards import Shelf, uses
from perfrules.commands.console import Console
from perfrules.commands.output import deliver
from perfrules.errors import DiagnosedError, UsageError
from perfrules.lang.plan import Plan
from perfrules.libraries import libraries, read_library
from perfrules.messages import diagnose
from perfrules.registry import Registry, default_registry
from perfrules.report.catalog import page
from perfrules.testing.subject import subjects


def run(args: Namespace, console: Console) -> int:
    """Write the catalog; 1 where a library had to be left out, 2 where there is none at all."""
    registry = default_registry()
    names = args.libraries or list(libraries(registry))
    if not names:
        raise UsageError((diagnose("PRF838"),))
    shelves, whole = [], True
    used = uses(_rulesets(registry))
    for name in names:
        try:
            shelves.append(_shelf(name, registry, used))
        except DiagnosedError as error:  # the others are shown
            console.problems(error.diagnostics)
            whole = False
    entries = [entry for shelf in shelves for entry in shelf.entries()]
    if not entries:  # what is wrong with each library was told
        return 2
    data = {
        "indicators": entries,
        "libraries": [
            {"id": shelf.loaded.library.id, "version": shelf.loaded.library.version}
            for shelf in shelves
        ],
        "program": f"perfrules {__version__}",
    }
    text = page(data, console.lang)
    deliver(args.output, text, console)
    if args.output is not None:
        count, file = len(entries), args.output
        console.print(
            console.say(f"写出 {file}：{count} 个指标", f"wrote {file}: {count} indicators")
        )
    return 0 if whole else 1


def _rulesets(registry: Registry) -> Iterator[Plan]:
    """Yield the rulesets that can be loaded, of each id the newest version."""
    seen: set[str] = set()
    for item in registry.rulesets():
        if item.id in seen:
            continue
        seen.add(item.id)
        try:
            yield read_plan(item.path, registry)
        except DiagnosedError:
            continue  # `perfrules check` says what is wrong with it


def _shelf(name: str, registry: Registry, used: dict[str, list[dict[str, object]]]) -> Shelf:
    plan, library = read_library(name, registry)
    shelf = Shelf(plan, Indicators(library, registry), used=used)
    for subject in subjects([library.document.file], registry)[0]:
        shelf.tried += subject.tried
    return shelf
