"""Documents that rulesets extend and use, found by id in a registry and beside the file itself.

This is where "the version in force" is decided: of several versions of one id the date of the
evaluation picks the one whose `effective` holds it, and two at once are refused.
"""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from perfrules.errors import RulesetError, UsageError
from perfrules.lang.document import Document, Scalar, ScalarFault, read_date
from perfrules.lang.resolve.finder import KINDS, Kind, NotFound, no_version, unknown
from perfrules.lang.resolve.reference import Named, fits, reference
from perfrules.messages import diagnose
from perfrules.registry import Listed, Registry, listed


@dataclass(frozen=True, slots=True)
class RegistryFinder:
    """Gives the documents of a registry, and those in the folder of the file that asks.

    Args:
        registry: Where ids are found.
        file: The file whose references are followed; a text has none.
        as_of: The date that picks among versions.
    """

    registry: Registry
    file: Path | None = None
    as_of: date | None = None

    def named(self, kind: Kind, wanted: Named) -> Document:
        """Return the document of an id: beside the file that asks, else of the registry.

        Raises:
            NotFound: There is none, or not one that is in force.
            RulesetError: It can't be read as YAML.
            UsageError: PRF912, two plugins have it.
        """
        near = tuple(item for item in self.registry.near if item.kind == kind)
        for items in (self._beside(kind), near, self.registry.documents(kind)):
            own = [item for item in items if item.id == wanted.id]
            if any(fits(item.version, wanted.version) for item in own):
                found = in_force(self.registry, kind, wanted, own, self.as_of)
                return self.registry.document(found.path)
        self.registry.refuse_clash(kind, wanted.id)
        known = (*self._beside(kind), *near, *self.registry.documents(kind))
        versions = [item.version for item in known if item.id == wanted.id]
        if versions:
            raise no_version(kind, wanted, versions)
        raise unknown(kind, wanted, (item.id for item in known))

    def _beside(self, kind: Kind) -> tuple[Listed, ...]:
        """Return the documents in the file's own folder, where the registry doesn't hold that."""
        if self.file is None or _root(self.registry.folders, self.file.parent) is not None:
            return ()
        with suppress(OSError):
            files = sorted(self.file.parent.glob("*.yaml"))
            found = (listed(path) for path in files if path.is_file())
            return tuple(item for item in found if item is not None and item.kind == kind)
        return ()

    def beside(self, file: str, path: str) -> Document:
        """Return the file at *path* from the folder of *file*; it may not leave its root.

        The root is the folder of the registry that holds *file*, else the folder of *file*.

        Raises:
            NotFound: PRF261, PRF262.
            RulesetError: It can't be read as YAML.
        """
        origin = Path(file)
        if self.file is None or not origin.is_file():
            raise NotFound("PRF262", value=path)
        folder = origin.parent
        target = Path(os.path.normpath(folder / path))
        root = _root(self.registry.folders, folder) or folder.resolve()
        if not target.resolve().is_relative_to(root):
            raise NotFound("PRF261", value=path)
        if not target.is_file():  # a folder or a pipe is none either
            raise NotFound("PRF262", value=path)
        return self.registry.document(target)


def _root(sources: Iterable[Path], folder: Path) -> Path | None:
    """Return the source that holds *folder*, both without links."""
    place = folder.resolve()
    for source in sources:
        if source.is_dir() and place.is_relative_to(source.resolve()):
            return source.resolve()
    return None


def find(registry: Registry, kind: Kind, name: str, as_of: date | None) -> Listed | None:
    """Return what is called *name* in a registry, in the version that is in force.

    None where there is no such id or version.

    Raises:
        UsageError: PRF660, PRF661; PRF912, two plugins have it.
    """
    wanted = reference(name)
    if not isinstance(wanted, Named):
        return None
    registry.refuse_clash(kind, wanted.id)
    own = [item for item in registry.documents(kind) if item.id == wanted.id]
    if not any(fits(item.version, wanted.version) for item in own):
        return None
    try:
        return in_force(registry, kind, wanted, own, as_of)
    except NotFound as fault:
        raise UsageError((diagnose(fault.code, **fault.args_by_name),)) from None  # type: ignore[arg-type] # what fills the sentence


def in_force(
    registry: Registry, kind: Kind, wanted: Named, items: Sequence[Listed], as_of: date | None
) -> Listed:
    """Return the version of *items* that fits and is in force on *as_of*.

    Without a date, without any `effective`, or where the version is named in full, it is the newest
    that fits.

    Raises:
        NotFound: PRF660, two are in force; PRF661, none is.
    """
    fitting = sorted(
        (item for item in items if fits(item.version, wanted.version)), key=lambda item: item.order
    )
    newest = fitting[-1]
    if as_of is None or newest.version == wanted.version or len(items) == 1:
        return newest
    ranges = {item.path: _effective(registry, item.path) for item in fitting}
    if not any(start or until for start, until in ranges.values()):
        return newest
    there = [item for item in fitting if _covers(ranges[item.path], as_of)]
    dated = [item for item in there if ranges[item.path] != (None, None)]
    if not there:
        shown = ", ".join(f"{item.version} {_shown(ranges[item.path])}" for item in fitting)
        name = f"{KINDS[kind].en} {wanted.id}"
        raise NotFound("PRF661", value=wanted.id, name=name, date=as_of, versions=shown)
    if len(there) > 1 and dated:
        first, second = there[-2:]
        raise NotFound(
            "PRF660",
            value=wanted.id,
            date=as_of,
            first=f"{first.name} ({first.path.name})",
            second=f"{second.name} ({second.path.name})",
            better=second.name,
        )
    return there[-1]


def _effective(registry: Registry, path: Path) -> tuple[date | None, date | None]:
    """Return the range in which a document is in force; what can't be read has none."""
    try:
        value = registry.document(path).value.get("effective")
    except RulesetError:
        return None, None
    return _day(value, "from"), _day(value, "until")


def _day(value: object, key: str) -> date | None:
    raw = value.get(key) if isinstance(value, dict) else None
    if isinstance(raw, Scalar):
        with suppress(ScalarFault):
            return read_date(raw)
    return None


def _covers(effective: tuple[date | None, date | None], day: date) -> bool:
    start, until = effective
    return (start is None or start <= day) and (until is None or day < until)


def _shown(effective: tuple[date | None, date | None]) -> str:
    start, until = (day.isoformat() if day else "…" for day in effective)
    return f"[{start}, {until})"
