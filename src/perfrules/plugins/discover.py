"""Which plugins there are: entry points of installed distributions, and objects a host passes."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import EntryPoint, entry_points

from perfrules.messages import diagnose
from perfrules.plugins.report import PluginEntry, PluginState

GROUP = "perfrules"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plugin before it is imported: `load` returns its module or object."""

    name: str
    version: str
    load: Callable[[], object]


def normal(name: str) -> str:
    """Return a distribution's name as names are compared.

    >>> normal("Perfrules_Poverty.Relief")
    'perfrules-poverty-relief'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def installed(
    allowed: Collection[str] | None = None,
) -> tuple[list[Candidate], list[PluginEntry]]:
    """Return the plugins of installed distributions, by name, and those that aren't allowed.

    Args:
        allowed: Names of distributions; None allows all. Nothing of another one is imported.
    """
    wanted = None if allowed is None else {normal(name) for name in allowed}
    found: list[Candidate] = []
    refused: list[PluginEntry] = []
    points = sorted(entry_points(group=GROUP), key=lambda point: (_owner(point), point.name))
    owners = [_owner(point)[0] for point in points]
    for point in points:
        name, version = _owner(point)
        shown = name if owners.count(name) == 1 else f"{name}:{point.name}"
        if wanted is not None and name not in wanted:
            told = (diagnose("PRF907", plugin=name),)
            refused.append(PluginEntry(shown, version, PluginState.NOT_ALLOWED, problems=told))
        else:
            found.append(Candidate(shown, version, point.load))
    return found, refused


def passed(plugins: Iterable[object]) -> list[Candidate]:
    """Return the modules and objects that a host passes, each called by its own name."""
    found = []
    for plugin in plugins:
        name = _text(plugin, "__name__") or type(plugin).__name__
        found.append(Candidate(name, _text(plugin, "__version__"), partial(_itself, plugin)))
    return found


def _itself(plugin: object) -> object:
    return plugin


def _text(plugin: object, name: str) -> str:
    """Return a text that an object says about itself; nothing where it can't."""
    try:
        found = getattr(plugin, name, "")
    except Exception:  # noqa: BLE001 - an attribute may be a plugin's code
        return ""
    return found if type(found) is str else ""


def _owner(point: EntryPoint) -> tuple[str, str]:
    """Return name and version of the distribution that an entry point comes from."""
    dist = point.dist
    if dist is None:
        return normal(point.value.partition(":")[0]), ""
    try:
        return normal(dist.name), str(dist.version or "")
    except Exception:  # noqa: BLE001 - broken metadata: the module's name is what is left
        return normal(point.value.partition(":")[0]), ""
