"""What a run is about: the ruleset, the files it reads by their content, the options."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from perfrules._version import __version__
from perfrules.api import reading
from perfrules.engine.program import Program
from perfrules.errors import UsageError
from perfrules.messages import diagnose

_BLOCK = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class File:
    """A file that is read, as it was when the run began.

    Its content is hashed once, when the first part is kept: hashing costs little beside scoring,
    and neither a name nor a time says that two files are the same.
    """

    label: str
    name: str
    state: tuple[int, int, int]

    @classmethod
    def of(cls, label: str, name: str) -> "File":
        """Return a file as it is now."""
        return cls(label, name, _state(name))

    def unchanged(self, folder: str) -> None:
        """See to it that the file is still the same.

        Raises:
            UsageError: PRF674.
        """
        if _state(self.name) != self.state:
            raise UsageError((diagnose("PRF674", value=self.name, folder=folder),))

    def digest(self) -> str:
        """Return the size and the sha256 of the content."""
        found = hashlib.sha256()
        size = 0
        with reading(self.name), Path(self.name).open("rb") as stream:
            while block := stream.read(_BLOCK):
                found.update(block)
                size += len(block)
        return f"{size} B sha256:{found.hexdigest()}"


@dataclass(frozen=True, slots=True)
class About:
    """What has to be the same for a run to go on with what another one kept.

    Args:
        program: The ruleset, with the date.
        files: What is read.
        options: What else decides about the bytes, by the option's name.
        folder: Where parts are kept, for messages.
    """

    program: Program
    files: tuple[File, ...]
    options: Mapping[str, str]
    folder: str = ""
    kept: dict[str, str] = field(default_factory=dict)

    def __call__(self) -> Mapping[str, str]:
        """Return it as texts, looked up once."""
        if not self.kept:
            plan = self.program.plan
            files: dict[str, str] = {}
            for file in self.files:
                before = f"{files[file.label]}, " if file.label in files else ""
                files[file.label] = f"{before}{file.name} ({file.digest()})"
            self.unchanged()
            self.kept.update(
                perfrules=__version__,
                ruleset=f"{plan.id} {plan.version} {plan.digest}",
                as_of=str(self.program.as_of or ""),
                **files,
                **self.options,
            )
        return self.kept

    def unchanged(self) -> None:
        """See to it that no file was changed; UsageError PRF674 for the first that was."""
        for file in self.files:
            file.unchanged(self.folder)


def files_of(named: Iterable[tuple[str, str]]) -> tuple[File, ...]:
    """Return files by label and name; what isn't a plain file can't be told to be the same."""
    return tuple(File.of(label, name) for label, name in named if Path(name).is_file())


def _state(name: str) -> tuple[int, int, int]:
    with reading(name):
        found = Path(name).stat()
    return found.st_size, found.st_mtime_ns, found.st_ino
