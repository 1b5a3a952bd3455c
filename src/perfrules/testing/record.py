"""Expected results written into files of cases, for review: never over what somebody wrote."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from perfrules.api import read_bytes
from perfrules.casebook import Indicators, Loaded, load_for
from perfrules.errors import DiagnosedError, Diagnostic, Path, RulesetError
from perfrules.lang.document import Document, Scalar, read_document
from perfrules.lang.shape import cases_of
from perfrules.portfolio_cases import portfolio_cases
from perfrules.registry import Registry
from perfrules.testing.compare import differences
from perfrules.testing.outcome import Difference
from perfrules.testing.run import case_files, places
from perfrules.testing.written import block, flow, want_of

if TYPE_CHECKING:
    from perfrules.lang.spec.cases import CaseSpec

MARK = "x-recorded"  # beside what was recorded and nobody has looked at yet


@dataclass(frozen=True, slots=True)
class Recorded:
    """A file of cases with what was recorded: its new text, and what was left as it was.

    `added` are the cases that got an expectation, `accepted` those whose own was written over.
    """

    file: str
    text: str
    added: tuple[str, ...]
    accepted: tuple[str, ...]
    left: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """New text for a part of the old one."""

    start: int
    end: int
    text: str


def record(
    paths: Iterable[str | os.PathLike[str]], registry: Registry | None = None, *,
    accept: bool = False,
) -> Iterator[Recorded]:  # fmt: skip
    """Yield each file of cases with the results that its cases lack.

    Args:
        paths: Files of cases and folders.
        registry: Where rulesets are found by id.
        accept: Write over expectations that differ, too.

    Raises:
        RulesetError: A file of cases has faults besides cases without an expectation.
        UsageError: A path isn't there.
    """
    searched, registry = places(paths, registry)
    for path in searched:
        for file in case_files(path):
            document = read_document(read_bytes(file), str(file))
            if portfolio_cases(document) is not None:
                continue
            whole, bare = _completed(document)
            spec = cases_of(whole)
            loaded = load_for(spec, file, registry)
            if isinstance(loaded, DiagnosedError):
                raise RulesetError(loaded.diagnostics)
            yield _recorded(str(file), document, loaded, spec.tests, bare, accept=accept)


def _completed(document: Document) -> tuple[Document, frozenset[int]]:
    """Return the document with an empty `want` in each case that has none, and which those are."""
    tests = document.value.get("tests")
    bare: set[int] = set()
    found: list[object] = []
    for place, case in enumerate(tests if isinstance(tests, list) else ()):
        lacks = isinstance(case, dict) and not case.keys() & {"want", "want_code"}
        found.append({**case, "want": {}} if lacks else case)
        bare |= {place} if lacks else set()
    value = {**document.value, **({"tests": found} if bare else {})}
    return replace(document, value=value), frozenset(bare)


def _recorded(
    file: str, document: Document, loaded: Loaded, cases: "tuple[CaseSpec, ...]",
    bare: frozenset[int], *, accept: bool,
) -> Recorded:  # fmt: skip
    changes: list[_Change] = []
    added: list[str] = []
    accepted: list[str] = []
    left: list[Diagnostic] = []
    assert not isinstance(loaded, DiagnosedError)  # noqa: S101 - the caller looked
    for place, case in enumerate(cases):
        path: Path = ("tests", place)
        try:
            result = loaded.program(case).score(case.facts, as_of=case.as_of)
        except DiagnosedError as error:
            if place in bare:
                code = error.diagnostics[0].code
                changes.append(_appended(document, path, {"want_code": code, MARK: True}))
                added.append(case.name)
            continue
        if place in bare:
            want = want_of(result, alone=isinstance(loaded, Indicators))
            changes.append(_appended(document, path, {"want": want, MARK: True}))
            added.append(case.name)
        elif case.want is not None:
            for item in differences(case, case.want, result):
                change = _accepted(document, path, item) if accept else None
                if change is None:
                    left.append(_left(document, path, case, item))
                else:
                    changes.append(change)
                    accepted.append(case.name)
    text = document.text
    for change in sorted(changes, key=lambda item: -item.start):
        text = text[: change.start] + change.text + text[change.end :]
    return Recorded(file, text, tuple(added), tuple(dict.fromkeys(accepted)), tuple(left))


def _left(document: Document, path: Path, case: "CaseSpec", item: Difference) -> Diagnostic:
    return document.diagnose(
        "PRF832", path, value=case.name, what=item.what, want=item.want, got=item.got
    )


def _appended(document: Document, path: Path, keys: dict[str, object]) -> _Change:
    """Return the change that adds keys at the end of a case, in the style it is written in."""
    span = document.span(path)
    end = document.source.index(span.end_line, span.end_column)
    if document.text[document.source.index(span.line, span.column)] == "{":
        words = "".join(f", {key}: {flow(value)}" for key, value in keys.items())
        return _Change(end - 1, end - 1, words)
    indent = document.span((*path, "name"), key=True).column - 1
    lines = [line for key, value in keys.items() for line in block(key, value, indent)]
    return _Change(end, end, "".join(f"\n{line}" for line in lines))


def _accepted(document: Document, path: Path, item: Difference) -> _Change | None:
    """Return the change that writes what came over what was wanted; None where it isn't written."""
    key, _, name = item.what.partition(".")
    where: Path = (*path, "want", key, *((name,) if name else ()))
    if where not in document.spans:
        return None
    span = document.span(where)
    start = document.source.index(span.line, span.column)
    end = document.source.index(span.end_line, span.end_column)
    listed = key in {"decisions", "gates", "findings", "warnings", "lost_first"}
    if listed:
        names = [] if item.got == "-" else [one.strip() for one in item.got.split(",")]
        return _Change(start, end, flow(names))
    return _Change(start, end, flow(Scalar(item.got)))
