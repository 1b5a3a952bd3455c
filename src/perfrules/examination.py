"""Everything a plugin can be held to: what is loaded, what its documents say, how its code acts."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol, TypeAlias
from warnings import catch_warnings, simplefilter

from perfrules.api import check_text, read_bytes, read_plan
from perfrules.engine.result import Result
from perfrules.errors import (
    Diagnostic,
    PluginError,
    PluginWarning,
    RulesetError,
    Span,
    Text,
    in_source_order,
)
from perfrules.lang.load import load_cases
from perfrules.lang.plan import Indicator, Plan
from perfrules.libraries import read_library
from perfrules.messages import diagnose
from perfrules.plugins.discover import normal
from perfrules.plugins.gather import KINDS
from perfrules.plugins.report import LoadReport, PluginEntry, PluginState
from perfrules.plugins.source import import_problems, package_of, path_problems
from perfrules.plugins.trial import function_trials, method_trials
from perfrules.registry import Listed, Registry, listed

_INDICATOR: Final = Text("指标", "indicator")
_ZH, _EN = Text("中文", "Chinese"), Text("英文", "English")


class Case(Protocol):
    """What is looked at of a case that was run."""

    @property
    def file(self) -> str:
        """The file of cases."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def span(self) -> Span | None:
        """Where it stands."""

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Why it couldn't be tried."""

    @property
    def result(self) -> Result | None:
        """What came of it."""


# Runs the cases of folders; gives each case with what differs, None where it passed.
Runner: TypeAlias = Callable[[Iterable[Path], Registry], list[tuple[Case, str | None]]]


def verified(registry: Registry) -> LoadReport:
    """Return the report of a registry, its plugins' documents read in full too.

    A plugin with a document that can't be loaded stays, as its other documents do: PRF916 names it.
    """
    report = registry.report
    found: dict[str, list[Diagnostic]] = {}
    for item in documents_of(registry):
        count = sum(problem.severity == "error" for problem in _faults(item, registry))
        if count:
            what = KINDS[item.kind]
            told = diagnose("PRF916", plugin=item.plugin, what=what, value=item.id, count=count)
            found.setdefault(item.plugin, []).append(told)
    entries = (
        replace(entry, problems=(*entry.problems, *found.get(entry.name, ())))
        for entry in report.plugins
    )
    return replace(report, plugins=tuple(entries))


def documents_of(registry: Registry, plugin: str | None = None) -> list[Listed]:
    """Return the documents that a plugin brings; those of all plugins where none is named."""
    every = (item for kind in KINDS for item in registry.documents(kind))
    return [item for item in every if item.plugin and plugin in (None, item.plugin)]


def examine(plugin: object, run: Runner, public: Collection[str]) -> tuple[PluginEntry, ...]:
    """Return the entries of a plugin that holds everything it is held to.

    Args:
        plugin: The name of an installed distribution, or a module or object with hooks.
        run: Runs cases.
        public: The names of perfrules that it may import.

    Raises:
        PluginError: It doesn't: everything found.
    """
    if isinstance(plugin, str):
        registry = Registry(discover=[plugin])
        wanted = normal(plugin)
    else:
        registry = Registry(plugins=[plugin], discover=False)
        wanted = ""
    with catch_warnings():
        simplefilter("ignore", PluginWarning)  # what is wrong is in the error
        report = registry.report
    entries = tuple(
        entry for entry in report.plugins if not wanted or entry.name.partition(":")[0] == wanted
    )
    problems = [*report.missing]
    for entry in entries:
        problems += entry.problems
        if entry.state is PluginState.LOADED:
            problems += _examined(entry, registry, run, public)
    if problems:
        raise PluginError(in_source_order(dict.fromkeys(problems)))
    return entries


def _examined(
    entry: PluginEntry, registry: Registry, run: Runner, public: Collection[str]
) -> Iterator[Diagnostic]:
    brought = registry.brought(entry.name)
    package = package_of(brought.plugin)
    if package is not None:
        yield from import_problems(package, public)
        yield from path_problems((*brought.rulesets, *brought.libraries), package)
    documents = documents_of(registry, entry.name)
    for item in documents:
        yield from _faults(item, registry)
        yield from _titles(item, registry)
    folders = (*brought.rulesets, *brought.libraries)
    yield from _cases(documents, folders, registry, run)
    for method in brought.methods:
        yield from method_trials(method, entry.label)
    for function in brought.functions:
        yield from function_trials(function, entry.label)


def _faults(item: Listed, registry: Registry) -> tuple[Diagnostic, ...]:
    """Return everything wrong with a document, warnings included."""
    return check_text(read_bytes(item.path), str(item.path), registry)


def _titles(item: Listed, registry: Registry) -> Iterator[Diagnostic]:
    """PRF932: a title that half of the readers can't read."""
    try:
        if item.kind == "library":
            plan, _ = read_library(item.path, registry)
        elif item.kind == "ruleset":
            plan = read_plan(item.path, registry)
        else:
            return
    except RulesetError:
        return  # its faults are told
    for what, name, title, place in _named(item, plan):
        for lang, text in ((_ZH, title.zh), (_EN, title.en)):
            if not text:
                span = plan.places.at((*place, "title"))
                yield diagnose("PRF932", span, what=what, value=name, lang=lang)


def _named(item: Listed, plan: Plan) -> Iterator[tuple[Text, str, Text, tuple[str | int, ...]]]:
    yield KINDS[item.kind], item.id, plan.title, ()
    waiting: list[Indicator] = [*plan.indicators]
    while waiting:
        node = waiting.pop(0)
        waiting += node.children
        yield _INDICATOR, node.id, node.title, node.path


def _cases(
    documents: list[Listed], folders: tuple[Path, ...], registry: Registry, run: Runner
) -> Iterator[Diagnostic]:
    """PRF931, PRF933, PRF934: every document has cases, they pass, and they pass again."""
    first, second = run(folders, registry), run(folders, registry)
    for (case, difference), (again, _) in zip(first, second, strict=True):
        yield from case.problems
        if difference is not None:
            words = Text(difference, difference)
            yield diagnose("PRF934", case.span, value=case.name, difference=words)
        one, other = (item.result.to_json() if item.result else "" for item in (case, again))
        if one != other:
            what = Text("用例", "case")
            here, there = _apart(one, other)
            yield diagnose(
                "PRF933", case.span, what=what, value=case.name, first=here, second=there
            )
    yield from _untried(documents, {Path(case.file) for case, _ in first}, registry)


def _untried(
    documents: Iterable[Listed], files: Iterable[Path], registry: Registry
) -> Iterator[Diagnostic]:
    """PRF931: a document without cases; of a library, an indicator without."""
    tried = {subject for file in files for subject in _subjects(file)}
    for item in documents:
        place = Span(str(item.path), 1, 1, 1, 1)
        if item.kind == "library":
            with suppress(RulesetError):
                for name in read_library(item.path, registry)[1].indicators:
                    if (item.id, name) not in tried:
                        hint = Text(
                            f"在库的 .cases.yaml 中写一个用例，其中有 indicator: {name}",
                            f"write a case with indicator: {name} in the library's .cases.yaml",
                        )
                        yield diagnose("PRF931", place, what=_INDICATOR, value=name, hint=hint)
        elif item.kind == "ruleset" and (item.id, None) not in tried:
            yield diagnose("PRF931", place, what=KINDS[item.kind], value=item.id)


def _subjects(file: Path) -> Iterator[tuple[str, str | None]]:
    """Yield what a file of cases is about: a ruleset's id, or a library's and an indicator's."""
    try:
        spec, _ = load_cases(read_bytes(file), str(file))
    except RulesetError:
        return  # its faults are told
    name = spec.cases.partition("@")[0]
    if "/" in name or name.endswith((".yaml", ".yml")):
        found = listed(file.parent / name)
        name = found.id if found is not None else name
    yield from ((name, case.indicator) for case in spec.tests)


def _apart(one: str, other: str) -> tuple[str, str]:
    """Return the first lines in which two texts differ."""
    for left, right in zip(one.splitlines(), other.splitlines(), strict=False):
        if left != right:
            return left.strip(), right.strip()
    return one[-40:], other[-40:]
