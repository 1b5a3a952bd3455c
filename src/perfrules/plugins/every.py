"""All plugins of one registry: those a host passes and those that are installed."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from perfrules.errors import Diagnostic
from perfrules.messages import diagnose, did_you_mean
from perfrules.plugins.discover import Candidate, installed, normal, passed
from perfrules.plugins.gather import Gathered, T, gather
from perfrules.plugins.load import bring
from perfrules.plugins.report import PluginEntry


def every(
    plugins: Iterable[object],
    discover: bool | tuple[str, ...],  # noqa: FBT001 - as the registry was told
    host: Iterable[T],
    read: Callable[[Path], Iterable[T]],
) -> Gathered[T]:
    """Return the plugins, loaded.

    Args:
        plugins: Modules or objects that the host passes: they come first.
        discover: Whether installed ones are loaded, or the names of the distributions whose are.
        host: The documents that are there without plugins.
        read: Gives the documents of a file or folder.
    """
    candidates = passed(plugins)
    refused: list[PluginEntry] = []
    missing: list[Diagnostic] = []
    if discover is not False:
        allowed = None if discover is True else discover
        more, refused = installed(allowed)
        candidates += more
        there = {item.name.partition(":")[0] for item in more}
        known = [*there, *(entry.name for entry in refused)]
        missing = [
            diagnose("PRF908", value=name, hint=did_you_mean(name, known))
            for name in allowed or ()
            if normal(name) not in there
        ]
    return gather(bring(_apart(candidates)), refused, missing, host, read)


def _apart(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the plugins, a second one of a name numbered: each is told of by its name."""
    seen: dict[str, int] = {}
    for item in candidates:
        seen[item.name] = number = seen.get(item.name, 0) + 1
        yield item if number == 1 else replace(item, name=f"{item.name}#{number}")
