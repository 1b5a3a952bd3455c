"""All plugins of one registry: those a host passes and those that are installed."""

from collections.abc import Callable, Iterable
from pathlib import Path

from perfrules.errors import Diagnostic
from perfrules.messages import diagnose, did_you_mean
from perfrules.plugins.discover import installed, normal, passed
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
    return gather(bring(candidates), refused, missing, host, read)
