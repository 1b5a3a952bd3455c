"""What cases are about, document by document: a ruleset or a library with all of its cases."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from perfrules.api import read_bytes
from perfrules.casebook import Indicators, Ruleset, load_for
from perfrules.errors import DiagnosedError, RulesetError
from perfrules.lang.document import Document, read_document
from perfrules.lang.load import load_cases
from perfrules.portfolio_cases import portfolio_cases
from perfrules.registry import Registry
from perfrules.testing.run import case_files, places

if TYPE_CHECKING:
    from perfrules.lang.spec.cases import CaseSpec


@dataclass(frozen=True, slots=True)
class Tried:
    """One case, and where it is written."""

    case: "CaseSpec"
    document: Document
    place: int


@dataclass(slots=True)
class Subject:
    """A ruleset or library, and its cases from all files."""

    id: str
    file: str
    loaded: Ruleset | Indicators
    tried: list[Tried] = field(default_factory=list)


def subjects(
    paths: Iterable[str | os.PathLike[str]], registry: Registry | None
) -> tuple[list[Subject], Registry]:
    """Return the rulesets and libraries that cases are about, with the registry they are read by.

    A path may also be a ruleset's or library's own file: the cases in its folder count.

    Raises:
        RulesetError: A file of cases has faults, or what it is about.
        UsageError: A path isn't there.
    """
    searched, registry = places(paths, registry)
    found: dict[str, Subject] = {}
    read: dict[Path, Subject | None] = {}  # each file once, however often it is asked for
    taken: set[Path] = set()
    for path in searched:
        for file, only in _files(path):
            if file not in read:
                read[file] = _read(file, registry)
            subject = read[file]
            if subject is None or only not in (None, Path(subject.file).resolve()):
                continue
            if file not in taken:
                taken.add(file)
                known = found.setdefault(subject.file, subject)
                known.tried += subject.tried if known is not subject else []
    return list(found.values()), registry


def _files(path: Path) -> Iterator[tuple[Path, Path | None]]:
    """Yield files of cases; for a ruleset's own file those beside it, and which file it is."""
    if path.is_file() and not path.name.endswith(".cases.yaml"):
        for file in case_files(path.parent):
            yield file, path.resolve()
    else:
        for file in case_files(path):
            yield file, None


def _read(path: Path, registry: Registry) -> Subject | None:
    """Return what one file of cases is about; None for a portfolio, which isn't a ruleset."""
    data = read_bytes(path)
    if portfolio_cases(read_document(data, str(path), "cases")) is not None:
        return None
    spec, document = load_cases(data, str(path))
    loaded = load_for(spec, path, registry)
    if isinstance(loaded, DiagnosedError):
        raise RulesetError(loaded.diagnostics)
    tried = [Tried(case, document, place) for place, case in enumerate(spec.tests)]
    if isinstance(loaded, Ruleset):
        plan = loaded.whole.plan
        return Subject(plan.id, plan.places.file, loaded, tried)
    return Subject(loaded.library.id, loaded.library.document.file, loaded, tried)
