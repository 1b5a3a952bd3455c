"""Where rulesets are found by their ids: an explicit object, no list of its own behind the scenes.

The default registry knows the rulesets that are shipped: in a wheel beside the package's modules,
in a source tree (an editable install too) in `rulesets/` beside `src/`.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from perfrules.errors import Diagnostic, UsageError
from perfrules.messages import diagnose, did_you_mean

_HEAD = 8192  # bytes: id and version stand at the top of a ruleset
_KEY = re.compile(r"^(ruleset|version):[ \t]+([\"']?)([^\s\"'#]+)\2[ \t]*(?:#.*)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Listed:
    """A ruleset that is there: its id, its version and its file."""

    id: str
    version: str
    path: Path

    @property
    def name(self) -> str:
        """The name that finds exactly this one."""
        return f"{self.id}@{self.version}"

    @property
    def order(self) -> tuple[int, ...]:
        """What versions are compared by: 1.10 is newer than 1.9."""
        return tuple(int(part) if part.isdigit() else 0 for part in self.version.split("."))


def listed(path: Path) -> Listed | None:
    """Return what a file's first keys say, or None where it is no ruleset; the rest isn't read."""
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD).decode("utf-8-sig", errors="replace")
    except OSError:
        return None
    found = {match[1]: match[3] for match in _KEY.finditer(head.replace("\r\n", "\n"))}
    if "ruleset" not in found:
        return None
    return Listed(found["ruleset"], found.get("version", "0"), path)


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
    """The rulesets of some folders and files, found by id.

    Args:
        sources: Folders, searched with those below them, and single files. Without any, the shipped
            rulesets; `Registry(sources=[])` knows none.
    """

    __slots__ = ("_all", "sources")

    def __init__(self, sources: Iterable[Path] | None = None) -> None:
        if sources is None:
            folder = shipped()
            sources = () if folder is None else (folder,)
        self.sources: tuple[Path, ...] = tuple(sources)
        self._all: tuple[Listed, ...] | None = None

    def rulesets(self) -> tuple[Listed, ...]:
        """Return every ruleset, by id, the newest version of each first.

        Raises:
            UsageError: PRF602, two files hold one id and version.
        """
        if self._all is None:
            self._all = _checked(self._files())
        return self._all

    def _files(self) -> Iterator[Path]:
        for source in self.sources:
            if source.is_dir():
                yield from ruleset_files(source)
            else:
                yield source

    def find(self, name: str) -> Listed:
        """Return the ruleset called `id`, `id@1` or `id@1.2`: the newest that fits.

        Raises:
            UsageError: PRF601, there is none; the nearest id or the versions are named.
        """
        known = self.rulesets()
        wanted, _, version = name.partition("@")
        versions = [item for item in known if item.id == wanted]
        for item in versions:
            if not version or item.version == version or item.version.startswith(f"{version}."):
                return item
        hint = did_you_mean(
            name if versions else wanted,
            [item.name for item in versions] or list(dict.fromkeys(item.id for item in known)),
        )
        raise UsageError((diagnose("PRF601", value=name, hint=hint or None),))


def _checked(files: Iterable[Path]) -> tuple[Listed, ...]:
    found = [item for item in map(listed, dict.fromkeys(files)) if item is not None]
    found.sort(key=lambda item: item.order, reverse=True)
    found.sort(key=lambda item: item.id)
    if problems := _twice(found):
        raise UsageError(problems)
    return tuple(found)


def _twice(items: Sequence[Listed]) -> tuple[Diagnostic, ...]:
    first: dict[str, Path] = {}
    problems = []
    for item in items:
        path = first.setdefault(item.name, item.path)
        if path != item.path:
            problems.append(diagnose("PRF602", value=item.name, first=path, second=item.path))
    return tuple(problems)
