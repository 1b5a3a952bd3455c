"""Cases: facts and what a ruleset must make of them, run with four outcomes kept apart.

A host that keeps cases beside its own rulesets runs them as `perfrules test` does:
`run_cases(["rules/"])`, and asserts `report.ok`.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

import perfrules
from perfrules.api import read_bytes
from perfrules.casebook import Loaded, load_for
from perfrules.decimals import fixed, parse_decimal, plain, snap
from perfrules.engine.render.json import value_of
from perfrules.engine.result import Result
from perfrules.errors import DiagnosedError, Diagnostic, FactsError, Span, Text, UsageError
from perfrules.examination import Case, examine
from perfrules.lang.document import Document, read_document
from perfrules.lang.load import load_cases
from perfrules.messages import diagnose, did_you_mean
from perfrules.plugins.report import PluginEntry
from perfrules.portfolio_cases import portfolio_cases, try_cases
from perfrules.registry import Registry, default_registry, files_below

if TYPE_CHECKING:
    from perfrules.lang.spec.cases import CaseSpec, WantSpec
    from perfrules.lang.spec.portfolio_cases import PortfolioCasesSpec

ENDING = ".cases.yaml"
_NONE = Text()


class Outcome(Enum):
    """What came of a case: an error is one that couldn't be tried, not one that failed."""

    PASS = "pass"  # noqa: S105 - no password
    FAIL = "fail"
    ERROR = "error"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Difference:
    """What a case wants and what came: `what` is its key, as in `scores.execution`."""

    what: str
    want: str
    got: str
    because: Text = _NONE


@dataclass(frozen=True, slots=True)
class CaseOutcome:
    """One case: where it stands, what came of it and why."""

    file: str
    name: str
    outcome: Outcome
    span: Span | None = None
    differences: tuple[Difference, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    result: Result | None = None
    source: Text = _NONE


@dataclass(frozen=True, slots=True)
class CaseReport:
    """All cases of a run, in the order of the files and of the cases in them."""

    cases: tuple[CaseOutcome, ...] = ()
    searched: tuple[str, ...] = field(default=())

    def count(self, outcome: Outcome) -> int:
        """Return how many cases ended so."""
        return sum(case.outcome is outcome for case in self.cases)

    @property
    def ok(self) -> bool:
        """Whether at least one case passed and none failed or couldn't be tried."""
        bad = self.count(Outcome.FAIL) + self.count(Outcome.ERROR)
        return bad == 0 and self.count(Outcome.PASS) > 0


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
    registry = registry or default_registry()
    named = [os.fspath(path) for path in paths]
    if "" in named:  # no name isn't the current folder
        raise UsageError((diagnose("PRF603", value="", folder=Path.cwd()),))
    searched = [Path(path) for path in named] or list(registry.folders)
    registry = registry.beside(searched if named else ())
    found = [
        case
        for path in searched
        for file in case_files(path)
        for case in _file(file, registry, only)
    ]
    return CaseReport(tuple(found), tuple(map(str, searched)))


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
        document = read_document(data, str(path))
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
            yield _case(case, loaded, str(path), span)


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


def _case(case: "CaseSpec", loaded: Loaded, file: str, span: Span | None) -> CaseOutcome:
    def outcome(
        kind: Outcome,
        found: tuple[Difference, ...] = (),
        problems: tuple[Diagnostic, ...] = (),
        result: Result | None = None,
    ) -> CaseOutcome:
        return CaseOutcome(file, case.name, kind, span, found, problems, result, case.source)

    if isinstance(loaded, DiagnosedError):
        if case.want_code in _codes(loaded):
            return outcome(Outcome.PASS)
        return outcome(Outcome.ERROR, problems=loaded.diagnostics)
    try:
        program = loaded.program(case)
    except DiagnosedError as error:
        passed = case.want_code in _codes(error)
        return outcome(Outcome.PASS if passed else Outcome.ERROR, problems=error.diagnostics)
    try:
        result = program.score(case.facts, as_of=case.as_of)
    except FactsError as error:
        if case.want_code in _codes(error):
            return outcome(Outcome.PASS)
        if case.want_code is None:
            return outcome(Outcome.ERROR, problems=error.diagnostics)
        unlike = Difference("want_code", case.want_code, ", ".join(_codes(error)))
        return outcome(Outcome.FAIL, (unlike,), error.diagnostics)
    if case.want is None:
        unlike = Difference("want_code", str(case.want_code), f"total {_shown(result.total)}")
        return outcome(Outcome.FAIL, (unlike,), result=result)
    if unknown := _unknown(case.want, result, span):
        return outcome(Outcome.ERROR, problems=unknown, result=result)
    found = tuple(_differences(case, case.want, result))
    return outcome(Outcome.FAIL if found else Outcome.PASS, found, result=result)


def _codes(error: DiagnosedError) -> list[str]:
    return list(dict.fromkeys(item.code for item in error.diagnostics))


def _unknown(want: "WantSpec", result: Result, span: Span | None) -> tuple[Diagnostic, ...]:
    """Return PRF631 for each indicator, gate or reported name that the result doesn't have."""
    lines = [line.id for line in result.lines()]
    gates = [gate.id for gate in result.gates]
    asked = [
        *((name, lines) for name in (*want.scores, *want.rates, *want.states, *want.lost_first)),
        *((name, lines) for name in want.findings or ()),
        *((name, gates) for name in want.gates or ()),
        *((name, list(result.report)) for name in want.report),
    ]
    return tuple(
        diagnose("PRF631", span, value=name, ruleset=result.ruleset, hint=did_you_mean(name, known))
        for name, known in dict.fromkeys((name, tuple(known)) for name, known in asked)
        if name not in known
    )


def _differences(case: "CaseSpec", want: "WantSpec", result: Result) -> Iterator[Difference]:
    """Yield what the result says otherwise; what the case doesn't name may be anything."""
    within = case.within
    line = result.indicators[0] if case.indicator is not None else None
    if line is not None and want.state not in (None, line.state.value):
        yield Difference("state", str(want.state), line.state.value, line.because)
    for name, wanted, got in (
        ("total", want.total, result.total),
        ("score", want.score, line.score if line is not None else None),
        ("rate", want.rate, result.rate if line is None else line.rate),
        ("complete", want.complete, result.complete),
    ):
        if wanted is not None:
            yield from _number(name, wanted, got, getattr(within, name, None), Text())
    if want.grade is not None and want.grade != (result.grade or "none"):
        yield Difference("grade", want.grade, result.grade or "none")
    lines = {line.id: line for line in result.lines()}
    for name, wanted in want.scores.items():
        line = lines[name]
        off = within.scores.get(name) if within else None
        yield from _number(f"scores.{name}", wanted, line.score, off, line.because)
    for name, wanted in want.rates.items():
        line = lines[name]
        off = within.rates.get(name) if within else None
        yield from _number(f"rates.{name}", wanted, line.rate, off, line.because)
    for name, state in want.states.items():
        line = lines[name]
        if line.state.value != state:
            yield Difference(f"states.{name}", state, line.state.value, line.because)
    yield from _lists(want, result)
    for name, value in want.report.items():
        came = value_of(result.report[name])
        if not _same(str(value), came):
            yield Difference(f"report.{name}", str(value), _word(came))


def _number(
    what: str, want: Decimal | str, got: Decimal | None, off: Decimal | None, because: Text
) -> Iterator[Difference]:
    """Yield a difference unless the numbers are equal, or no further apart than *off*."""
    if isinstance(want, str) or got is None:
        if isinstance(want, str) is not (got is None):
            yield Difference(what, _shown(want), _shown(got), because)
    elif abs(snap(got) - snap(want)) > (off or 0):
        yield Difference(what, _shown(want), _shown(got), because)


def _lists(want: "WantSpec", result: Result) -> Iterator[Difference]:
    """Yield the lists that differ: a list that is given is complete, in any order."""
    reasons = [line.id for line in result.reasons()][: len(want.lost_first)]
    if list(want.lost_first) != reasons:
        yield Difference("lost_first", ", ".join(want.lost_first), ", ".join(reasons) or "-")
    ids = {item.id for item in result.decisions}
    by_code = {item.code: item.id for item in result.decisions}
    wanted = want.decisions and tuple(
        name if name in ids else by_code.get(name, name) for name in want.decisions
    )
    found: Mapping[str, tuple[tuple[str, ...] | None, Iterable[str]]] = {
        "decisions": (wanted, ids),
        "gates": (want.gates, (item.id for item in result.gates if item.fired)),
        "findings": (want.findings, (item.indicator for item in result.findings)),
        "warnings": (want.warnings, (item.code for item in result.warnings)),
    }
    for name, (asked, came) in found.items():
        got = sorted(set(came))
        if asked is not None and sorted(set(asked)) != got:
            yield Difference(name, ", ".join(asked) or "-", ", ".join(got) or "-")


def _same(want: str, got: object) -> bool:
    """Return whether a reported value is the one written: numbers by value, `20%` as 0.2."""
    if isinstance(got, bool):
        return want == ("true" if got else "false")
    if got is None:
        return want == "none"
    number = parse_decimal(want.removesuffix("%"))
    other = parse_decimal(str(got))
    if number is None or other is None:
        return want == str(got)
    return snap(other) == (snap(number.scaleb(-2)) if want.endswith("%") else snap(number))


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "none" if value is None else str(value)


def _shown(value: Decimal | str | None) -> str:
    """Return a number as a case writes it, zeros of a score kept."""
    if value is None or isinstance(value, str):
        return value or "none"
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -12 <= exponent < 0:  # noqa: PLR2004 - digits of a snapped number
        return fixed(value, -exponent)
    return plain(snap(value))
