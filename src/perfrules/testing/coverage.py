"""How much of each ruleset its cases reach."""

import os
from collections.abc import Iterable

from perfrules.analysis.coverage import Coverage, Key, Point, Watcher, coverage_of, points_of
from perfrules.casebook import Indicators
from perfrules.engine.program import Program
from perfrules.errors import DiagnosedError
from perfrules.registry import Registry
from perfrules.testing.subject import Subject, subjects


def cover(
    paths: Iterable[str | os.PathLike[str]] = (), registry: Registry | None = None
) -> tuple[Coverage, ...]:
    """Return the coverage of each ruleset and library that has cases.

    Args:
        paths: Files of cases, rulesets' own files, and folders; without any what is found by id.
        registry: Where rulesets are found by id.

    Raises:
        RulesetError: A file of cases has faults, or what it is about.
        UsageError: A path isn't there.
    """
    found, _ = subjects(paths, registry)
    return tuple(map(covered, found))


def covered(subject: Subject) -> Coverage:
    """Return the coverage of one document."""
    whole = not isinstance(subject.loaded, Indicators)
    return _of_ruleset(subject) if whole else _of_library(subject)


def _of_ruleset(subject: Subject) -> Coverage:
    assert not isinstance(subject.loaded, Indicators)  # noqa: S101 - the caller looked
    plan = subject.loaded.whole.plan
    watcher = Watcher(plan)
    reached: set[Key] = set()
    for item in subject.tried:
        reached |= watcher.watch(item.case.facts, item.case.as_of)
    return coverage_of(plan.id, subject.file, len(subject.tried), points_of(plan), reached)


def _of_library(subject: Subject) -> Coverage:
    """Return the coverage of a library: of each of its indicators, tried by its own cases."""
    loaded = subject.loaded
    assert isinstance(loaded, Indicators)  # noqa: S101 - the caller looked
    points: dict[Key, Point] = {}
    reached: set[Key] = set()
    watchers: dict[int, tuple[Program, Watcher]] = {}
    for name in loaded.library.indicators:
        points |= _named(name, points_of(loaded.plan_of(name)))
    for item in subject.tried:
        if item.case.indicator is None:
            continue
        try:
            program = loaded.program(item.case)
        except DiagnosedError:
            continue  # a case that wants the library's fault told
        _, watcher = watchers.setdefault(id(program), (program, Watcher(program.plan)))
        found = watcher.watch(item.case.facts, item.case.as_of)
        reached |= {(item.case.indicator, *key) for key in found}
    return coverage_of(
        subject.id, subject.file, len(subject.tried), tuple(points.values()), reached
    )


def _named(name: str, points: Iterable[Point]) -> dict[Key, Point]:
    found = {}
    for point in points:
        key = (name, *point.key)
        found[key] = Point(key, point.kind, point.span, point.what, point.needs)
    return found
