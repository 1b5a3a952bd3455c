"""Where rulesets are found by their ids: an explicit object, no list of its own behind the scenes.

The default registry knows the rulesets that are shipped (in a wheel beside the package's modules,
in a source tree, an editable install too, in `rulesets/` beside `src/`) and what plugins bring.
Plugins are loaded when something is looked for; a broken one is left out, with a warning.
"""

import os
import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from perfrules.errors import Diagnostic, PluginWarning, RulesetError, UsageError
from perfrules.messages import diagnose, did_you_mean

if TYPE_CHECKING:
    from perfrules.lang.document import Document
    from perfrules.lang.vocabulary import Vocabulary
    from perfrules.plugins.brought import Brought
    from perfrules.plugins.gather import Gathered
    from perfrules.plugins.observe import Observer
    from perfrules.plugins.report import LoadReport

KINDS = ("ruleset", "library", "portfolio")
_HEAD = 8192  # bytes: id and version stand at the top of a ruleset
_KEY = re.compile(
    r"^(ruleset|library|portfolio|version):[ \t]+([\"']?)([^\s\"'#]+)\2[ \t]*(?:#.*)?$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """A ruleset or library that is there: its id, its version, its file, and whose it is."""

    id: str
    version: str
    path: Path
    kind: str = "ruleset"
    plugin: str = ""  # the name of the plugin that brings it

    @property
    def name(self) -> str:
        """The name that finds exactly this one."""
        return f"{self.id}@{self.version}"

    @property
    def order(self) -> tuple[int, ...]:
        """What versions are compared by: 1.10 is newer than 1.9."""
        return tuple(int(part) if part.isdigit() else 0 for part in self.version.split("."))


def listed(path: Path) -> Listed | None:
    """Return what a file's first keys say, or None where it is no ruleset and no library."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD).decode("utf-8-sig", errors="replace")
    except OSError:
        return None
    found = {match[1]: match[3] for match in _KEY.finditer(head.replace("\r\n", "\n"))}
    for kind in KINDS:
        if kind in found:
            return Listed(found[kind], found.get("version", "0"), path, kind)
    return None


def shipped() -> Path | None:
    """Return the folder of the rulesets that come with perfrules."""
    package = Path(__file__).parent
    for folder in (package / "rulesets", package.parent.parent / "rulesets"):
        if folder.is_dir():
            return folder
    return None


def files_below(folder: Path, *endings: str) -> Iterator[Path]:
    """Yield the files of a folder and those below with these endings, by name.

    Folders whose names start with a point (`.git`, `.venv`) are left out.
    """
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(endings):
                yield Path(place, name)


def ruleset_files(folder: Path) -> Iterator[Path]:
    """Yield the YAML files of a folder and of those below it that aren't cases."""
    for path in files_below(folder, ".yaml"):
        if not path.name.endswith(".cases.yaml"):
            yield path


class Registry:
    """The rulesets, libraries, methods and functions that are found by name.

    Args:
        sources: Folders, searched with those below them, and single files. Without any, the shipped
            rulesets; `Registry(sources=[])` knows none.
        plugins: Modules or objects with hooks, beside those that are discovered.
        discover: Whether the plugins of installed distributions are loaded, or the names of the
            distributions whose are. Without it they are where no *sources* are given.
    """

    __slots__ = ("_all", "_gathered", "_read", "discover", "near", "plugins", "sources")

    def __init__(
        self,
        sources: Iterable[Path] | None = None,
        *,
        plugins: Iterable[object] = (),
        discover: bool | Iterable[str] | None = None,
    ) -> None:
        if discover is None:
            discover = sources is None
        if sources is None:
            folder = shipped()
            sources = () if folder is None else (folder,)
        self.sources: tuple[Path, ...] = tuple(sources)
        self.plugins: tuple[object, ...] = tuple(plugins)
        self.discover: bool | tuple[str, ...] = (
            discover if isinstance(discover, bool) else tuple(discover)
        )
        self._all: tuple[Listed, ...] | None = None
        self._gathered: Gathered[Listed] | None = None
        self.near: tuple[Listed, ...] = ()
        self._read: dict[Path, tuple[int, Document]] = {}

    def documents(self, kind: str = "ruleset") -> tuple[Listed, ...]:
        """Return every ruleset, or library, by id, the newest version of each first.

        Raises:
            UsageError: PRF602, two files hold one id and version.
        """
        return tuple(item for item in self._documents() if item.kind == kind)

    def beside(self, folders: Iterable[Path]) -> "Registry":
        """Return this registry with the documents of *folders*, which are looked at together.

        They are found before others of their ids by what extends and uses them, whatever else
        there may be in those folders: nothing is said about two of one id.
        """
        found = copy(self)
        files = (path for folder in folders if folder.is_dir() for path in ruleset_files(folder))
        found.near = tuple(item for path in files if (item := listed(path)) is not None)
        return found

    def document(self, path: Path) -> "Document":
        """Return a file that others are made of, read once and again when it has changed.

        Raises:
            RulesetError: It is no YAML that can be used, or it can't be read any more.
        """
        from perfrules.lang.document import read_document  # noqa: PLC0415 - only where used
        from perfrules.lang.document.source import MOST_BYTES  # noqa: PLC0415

        try:
            changed = path.stat().st_mtime_ns
            if path not in self._read or self._read[path][0] != changed:
                with path.open("rb") as stream:
                    data = stream.read(MOST_BYTES + 1)
                self._read[path] = (changed, read_document(data, str(path)))
        except OSError:
            raise RulesetError((diagnose("PRF262", value=str(path)),)) from None
        return self._read[path][1]

    def rulesets(self) -> tuple[Listed, ...]:
        """Return every ruleset, by id, the newest version of each first.

        Raises:
            UsageError: PRF602, two files hold one id and version.
        """
        return self.documents()

    @property
    def report(self) -> "LoadReport":
        """What came of loading the plugins, which happens when first needed."""
        return self._loaded().report

    @property
    def vocabulary(self) -> "Vocabulary":
        """The methods and functions that rulesets found here may use."""
        return self._loaded().vocabulary

    @property
    def observers(self) -> "tuple[Observer, ...]":
        """What takes note of each result."""
        return self._loaded().observers

    def brought(self, plugin: str) -> "Brought":
        """Return what a plugin in the report brings."""
        return self._loaded().brought[plugin]

    @property
    def folders(self) -> tuple[Path, ...]:
        """Where documents and their cases stand: the sources, and what plugins bring."""
        return (*self.sources, *self._loaded().folders)

    def _documents(self) -> tuple[Listed, ...]:
        if self._all is None:
            own = _checked(self._files())
            more = (replace(item, plugin=name) for name, item in self._loaded().documents)
            self._all = _sorted((*own, *more))
        return self._all

    def _loaded(self) -> "Gathered[Listed]":
        """Return the plugins, loaded; each problem is told once, in a `PluginWarning`."""
        if self._gathered is None:
            from perfrules.plugins.gather import Gathered  # noqa: PLC0415 - only where used

            if not self.plugins and self.discover is False:
                self._gathered = Gathered()
                return self._gathered
            from perfrules.plugins.every import every  # noqa: PLC0415 - imports pluggy

            host = map(listed, self._files())
            found = every(self.plugins, self.discover, [item for item in host if item], _documents)
            self._gathered = found
            for problem in dict.fromkeys(found.report.problems):
                if (
                    problem.severity == "error"
                ):  # one that the host doesn't allow is as it should be
                    warnings.warn(PluginWarning(problem), stacklevel=3)
        return self._gathered

    def _files(self) -> Iterator[Path]:
        for source in self.sources:
            if source.is_dir():
                yield from ruleset_files(source)
            else:
                yield source

    def refuse_clash(self, kind: str, name: str) -> None:
        """Raise UsageError PRF912 where two plugins bring a document of that kind and id."""
        if clash := self._loaded().clashes.get((kind, name)):
            raise UsageError((clash,))

    def find(self, name: str) -> Listed:
        """Return the ruleset called `id`, `id@1` or `id@1.2`: the newest that fits.

        Raises:
            UsageError: PRF601, there is none; the nearest id or the versions are named. PRF912, two
                plugins have one.
        """
        known = self.rulesets()
        wanted, _, version = name.partition("@")
        self.refuse_clash("ruleset", wanted)
        versions = [item for item in known if item.id == wanted]
        for item in versions:
            if not version or item.version == version or item.version.startswith(f"{version}."):
                return item
        hint = did_you_mean(
            name if versions else wanted,
            [item.name for item in versions] or list(dict.fromkeys(item.id for item in known)),
        )
        raise UsageError((diagnose("PRF601", value=name, hint=hint or None),))


def default_registry() -> Registry:
    """Return the registry of the shipped rulesets and the installed plugins, built once."""
    return _built()


@cache
def _built() -> Registry:
    return Registry()


def _documents(path: Path) -> Iterator[Listed]:
    """Yield the rulesets and libraries of a file or folder."""
    for file in ruleset_files(path) if path.is_dir() else (path,):
        if found := listed(file):
            yield found


def _sorted(items: Iterable[Listed]) -> tuple[Listed, ...]:
    found = sorted(items, key=lambda item: item.order, reverse=True)
    return tuple(sorted(found, key=lambda item: item.id))


def _checked(files: Iterable[Path]) -> tuple[Listed, ...]:
    found = _sorted(item for item in map(listed, dict.fromkeys(files)) if item is not None)
    if problems := _twice(found):
        raise UsageError(problems)
    return found


def _twice(items: Sequence[Listed]) -> tuple[Diagnostic, ...]:
    first: dict[tuple[str, str], Path] = {}
    problems = []
    for item in items:
        path = first.setdefault((item.kind, item.name), item.path)
        if path != item.path:
            problems.append(diagnose("PRF602", value=item.name, first=path, second=item.path))
    return tuple(problems)
