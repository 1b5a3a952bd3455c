"""Cases are found and run, with four outcomes kept apart."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import perfrules
from perfrules.api import read_bytes
from perfrules.casebook import load_for
from perfrules.errors import DiagnosedError, UsageError
from perfrules.examination import Case, examine
from perfrules.lang.document import Document, read_document
from perfrules.lang.load import load_cases
from perfrules.messages import diagnose
from perfrules.plugins.report import PluginEntry
from perfrules.portfolio_cases import portfolio_cases, try_cases
from perfrules.registry import Registry, default_registry, files_below
from perfrules.testing.compare import try_case
from perfrules.testing.outcome import CaseOutcome, CaseReport, Difference, Outcome

if TYPE_CHECKING:
    from perfrules.lang.spec.portfolio_cases import PortfolioCasesSpec

ENDING: Final = ".cases.yaml"


def run_cases(
    paths: Iterable[str | os.PathLike[str]] = (),
    registry: Registry | None = None,
    *,
    only: str | None = None,
) -> CaseReport:
    """Run the cases of files and folders; without any, those of the registry's rulesets.

    Args:
        paths: Files of cases, and folders searched for `*.cases.yaml` with those below them.
        registry: Where a case's ruleset is found by id, after the folder that the cases are in.
        only: Run the cases whose name holds this text; the others are skipped.

    Raises:
        UsageError: A path is not there or can't be read.
    """
    searched, registry = places(paths, registry)
    found = [
        case
        for path in searched
        for file in case_files(path)
        for case in _file(file, registry, only)
    ]
    return CaseReport(tuple(found), tuple(map(str, searched)))


def places(
    paths: Iterable[str | os.PathLike[str]], registry: Registry | None
) -> tuple[list[Path], Registry]:
    """Return where cases are looked for, and the registry that also knows what is beside them.

    Raises:
        UsageError: PRF603, a path is empty.
    """
    registry = registry or default_registry()
    named = [os.fspath(path) for path in paths]
    if "" in named:  # no name isn't the current folder
        raise UsageError((diagnose("PRF603", value="", folder=Path.cwd()),))
    searched = [Path(path) for path in named] or list(registry.folders)
    return searched, registry.beside(searched if named else ())


def check_plugin(plugin: object) -> tuple[PluginEntry, ...]:
    """Hold a plugin to everything a plugin is held to: all the test its author needs.

    Loads without a finding; ids that are nobody else's; titles in Chinese and English; cases that
    pass, and pass again; methods and functions that have an answer, or say why not, for zeros,
    negative and enormous numbers; public names of perfrules only; documents inside the package.

    Args:
        plugin: The name of an installed distribution, or a module or object with hooks.

    Raises:
        PluginError: Everything that is wrong.
    """

    def run(folders: Iterable[Path], registry: Registry) -> list[tuple[Case, str | None]]:
        paths = list(folders)
        cases = run_cases(paths, registry).cases if paths else ()
        return [(case, _difference(case)) for case in cases]

    return examine(plugin, run, frozenset(perfrules.__all__))


def _difference(case: CaseOutcome) -> str | None:
    """Return how a case failed; None where it passed, or its problems say why it wasn't tried."""
    if case.outcome is Outcome.PASS or (case.outcome is Outcome.ERROR and case.problems):
        return None
    found = [f"{item.what}: want {item.want}, got {item.got}" for item in case.differences]
    return "; ".join(found) or case.outcome.value


def case_files(path: Path) -> Iterator[Path]:
    """Yield the files of cases in a folder and below, by name; a file stands for itself.

    Raises:
        UsageError: PRF603, there is no such path.
    """
    if not path.is_dir():
        yield path
        return
    yield from files_below(path, ENDING)


def _file(path: Path, registry: Registry, only: str | None) -> Iterator[CaseOutcome]:
    """Run one file: one that can't be read is an error; its ruleset's faults are each case's."""
    data = read_bytes(path)
    try:
        document = read_document(data, str(path), "cases")
        book = portfolio_cases(document)
        if book is not None:
            yield from _portfolio(book, document, path, registry, only)
            return
        spec, document = load_cases(data, str(path))
    except DiagnosedError as error:
        yield CaseOutcome(str(path), path.name, Outcome.ERROR, problems=error.diagnostics)
        return
    loaded = load_for(spec, path, registry)
    for place, case in enumerate(spec.tests):
        span = document.diagnose("PRF630", ("tests", place), value="").span
        if only is not None and only not in case.name:
            yield CaseOutcome(str(path), case.name, Outcome.SKIP, span)
        else:
            yield try_case(case, loaded, str(path), span)


def _portfolio(
    book: "PortfolioCasesSpec", document: Document, path: Path, registry: Registry, only: str | None
) -> Iterator[CaseOutcome]:
    """Run a portfolio's cases."""
    tried = try_cases(book, path, registry)
    for place, case in enumerate(tried):
        span = document.diagnose("PRF630", ("tests", place), value="").span
        kind = Outcome.PASS
        if only is not None and only not in case.name:
            yield CaseOutcome(str(path), case.name, Outcome.SKIP, span)
            continue
        if case.differences:
            kind = Outcome.FAIL
        elif case.problems:
            kind = Outcome.ERROR
        found = tuple(Difference(*item) for item in case.differences)
        yield CaseOutcome(
            str(path), case.name, kind, span, found, case.problems, source=case.source
        )
