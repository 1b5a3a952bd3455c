"""Which plugins there are: entry points of installed distributions, and objects a host passes."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib.metadata import Distribution, distributions, entry_points

from perfrules.lang.guard import described
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
    points = sorted(_points(), key=lambda item: (item.owner, item.version, item.name))
    owners = [item.owner for item in points]
    for point in points:
        name = point.owner
        shown = name if owners.count(name) == 1 else f"{name}:{point.name}"
        if wanted is not None and name not in wanted:
            told = (diagnose("PRF907", plugin=name),)
            state = PluginState.NOT_ALLOWED
            refused.append(PluginEntry(shown, point.version, state, problems=told))
        else:
            found.append(Candidate(shown, point.version, point.load))
    return found, refused


@dataclass(frozen=True, slots=True)
class _Point:
    """An entry point: the distribution's name and version, its own name, how it is loaded."""

    owner: str
    version: str
    name: str
    load: Callable[[], object]


def _points() -> Iterator[_Point]:
    """Yield the entry points of the group.

    One distribution with broken metadata fails the look-up of all: then each is asked by itself.
    """
    try:
        found = list(entry_points(group=GROUP))
    except Exception:  # noqa: BLE001 - whatever is installed beside us is read here
        yield from _one_by_one()
        return
    for point in found:
        owner, version = _owner(point.dist, point.value)
        yield _Point(owner, version, point.name, point.load)


def _one_by_one() -> Iterator[_Point]:
    seen: set[str] = set()
    for dist in distributions():
        owner, version = _owner(dist, "")
        if not owner or owner in seen:  # an earlier one on the path hides it
            continue
        seen.add(owner)
        try:
            for point in dist.entry_points:
                if point.group == GROUP:
                    yield _Point(owner, version, point.name, point.load)
        except Exception as error:  # noqa: BLE001 - its file can't be read: named where it is ours
            if f"[{GROUP}]" in (dist.read_text("entry_points.txt") or ""):
                yield _Point(owner, version, "", partial(_fail, described(error).en))


def _fail(reason: str) -> object:
    raise ValueError(f"entry_points.txt: {reason}")


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


def _owner(dist: Distribution | None, value: str) -> tuple[str, str]:
    """Return a distribution's name and version; without metadata, that of the module it names."""
    try:
        if dist is not None:
            return normal(dist.name), str(dist.version or "")
    except Exception:  # noqa: BLE001, S110 - broken metadata
        pass
    return normal(value.partition(":")[0]), ""
