"""`diff`: what a new version of a document changes, for its version and for the units it scores."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from perfrules.analysis.change import (
    Change,
    Impact,
    Level,
    bump,
    compare,
    impact,
    level_of,
    next_version,
    reaches_score,
)
from perfrules.api import Ruleset, is_name, read_bytes, read_facts
from perfrules.engine.codegen import Scores
from perfrules.engine.days import date_of
from perfrules.engine.program import Program
from perfrules.engine.result import Rejected
from perfrules.errors import Diagnostic, FactsError, Text, UsageError
from perfrules.files.csv import CsvOptions
from perfrules.files.entry import Entries, Entry
from perfrules.finder import RegistryFinder, find
from perfrules.lang.document import Document, read_document
from perfrules.lang.load import load_ruleset, resolved_document
from perfrules.lang.plan import InputPlan, Plan
from perfrules.lang.resolve.finder import KINDS
from perfrules.lang.shape import kind_of
from perfrules.messages import diagnose
from perfrules.registry import Registry, default_registry

Facts: TypeAlias = Ruleset | Iterable[Mapping[str, object]]


_CODES = {Level.MAJOR: "PRF840", Level.MINOR: "PRF842", Level.PATCH: "PRF843"}


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed from *old* to *new*, and what follows for the version.

    `level` is what the changes ask of the version, `bumped` what the versions say; None where the
    new version is lower than the old one. `impact` is there where facts were given, `notes` where
    something has to be known of their file.
    """

    old: "Side"
    new: "Side"
    changes: tuple[Change, ...]
    impact: Impact | None = None
    notes: tuple[Diagnostic, ...] = ()

    @property
    def level(self) -> Level:
        """The highest level among the changes."""
        return level_of(self.changes)

    @property
    def bumped(self) -> Level | None:
        """The step from the old version to the new one."""
        return bump(self.old.version, self.new.version)

    @property
    def fits(self) -> bool:
        """Whether the new version says at least as much as the changes ask."""
        return self.bumped is not None and self.bumped >= self.level

    @property
    def wanted(self) -> str:
        """The lowest version that would do."""
        return next_version(self.old.version, self.level)

    def renamed(self) -> Diagnostic | None:
        """Return PRF846 where the two have different ids: neither is a version of the other."""
        if self.old.id == self.new.id:
            return None
        path = (self.new.kind,)
        return self.new.document.diagnose("PRF846", path, value=self.new.id, old=self.old.id)

    def fault(self) -> Diagnostic | None:
        """Return PRF840 to PRF843 where the new version says less than what changed."""
        if self.fits:
            return None
        worst = next((item for item in self.changes if item.level is self.level), None)
        code = "PRF841" if self.bumped is None else _CODES[self.level]
        return self.new.document.diagnose(
            code,
            ("version",),
            value=self.new.version,
            old=self.old.version,
            wanted=self.wanted,
            what=Text(worst.text("zh"), worst.text("en")) if worst else Text(),
        )


@dataclass(frozen=True, slots=True)
class Side:
    """One version of a document; `plan` where it is a ruleset."""

    name: str
    document: Document
    kind: str
    plan: Plan | None = None

    @property
    def id(self) -> str:
        """The document's id."""
        return str(self.document.value[self.kind])

    @property
    def version(self) -> str:
        """The document's version."""
        return str(self.document.value.get("version", "0"))


def diff(
    old: Ruleset,
    new: Ruleset,
    *,
    facts: Facts | None = None,
    as_of: date | str | None = None,
    options: CsvOptions | None = None,
    registry: Registry | None = None,
) -> Difference:
    """Return what changed in meaning between two versions of a ruleset, library or portfolio.

    Args:
        old: An id, `id@version`, or the path of a file.
        new: The other version; the result says what is new in it.
        facts: A file of facts, or the facts of many units: both versions score them.
        as_of: The date of the evaluation.
        options: How a CSV of facts is read.
        registry: Where ids are found.

    Raises:
        RulesetError: One of them has faults.
        UsageError: There is no such file; they are of two kinds (PRF844); facts were given and they
            are no rulesets (PRF845).
    """
    registry = registry or default_registry()
    day = date_of(as_of)
    one, two = _side(old, registry, day), _side(new, registry, day)
    if one.kind != two.kind:
        raise UsageError((diagnose("PRF844", value=one.kind, other=two.kind),))
    plans = [side.plan for side in (one, two) if side.plan is not None]
    reaches = reaches_score(*plans) if plans else _anything
    changes = compare(one.document, two.document, reaches)
    if facts is None:
        return Difference(one, two, changes)
    if one.plan is None or two.plan is None:
        raise UsageError((diagnose("PRF845", value=one.kind),))
    both = _Both(Program(one.plan, day), Program(two.plan, day))
    entries = _entries(facts, both, options)
    notes = entries.notes if isinstance(entries, Entries) else ()
    found = impact(both.scored(entries), _branches(plans))
    return Difference(one, two, changes, found, notes)


def _anything(name: str) -> bool:
    del name
    return True


def _side(given: Ruleset, registry: Registry, as_of: date | None) -> Side:
    path = _path(given, registry, as_of)
    text, name = read_bytes(path), str(path)
    document = read_document(text, name)
    kind = kind_of(document)
    if kind not in KINDS:
        raise UsageError((diagnose("PRF845", value=kind),))
    if kind != "ruleset":
        return Side(name, document, kind)
    finder = RegistryFinder(registry, path, as_of)
    plan = load_ruleset(text, name, registry.vocabulary, finder=finder)
    return Side(name, resolved_document(text, name, finder), kind, plan)


def _path(given: Ruleset, registry: Registry, as_of: date | None) -> Path:
    if not is_name(given):
        return Path(given)
    for kind in KINDS:
        found = find(registry, kind, str(given), as_of)
        if found is not None:
            return found.path
    return registry.find(str(given)).path  # says that there is none, and what is near


def _branches(plans: Iterable[Plan]) -> frozenset[str]:
    """Return the lines that only add up others."""
    found: set[str] = set()
    waiting = [node for plan in plans for node in plan.indicators]
    while waiting:
        node = waiting.pop()
        waiting += node.children
        if not node.is_leaf or node.for_each is not None:
            found.add(node.id)
    return frozenset(found)


class _Both:
    """The two programs, and what each takes of a unit's facts."""

    def __init__(self, old: Program, new: Program) -> None:
        self.old = old
        self.new = new
        self._only_old = _ids(old) - _ids(new)
        self._only_new = _ids(new) - _ids(old)

    @property
    def inputs(self) -> tuple[InputPlan, ...]:
        """The inputs of both; one that only one of them has needn't be there."""
        both = [
            item if item.id not in self._only_new else replace(item, required=False)
            for item in self.new.plan.inputs
        ]
        gone = [item for item in self.old.plan.inputs if item.id in self._only_old]
        return (*both, *(replace(item, required=False) for item in gone))

    def scored(
        self, entries: Iterable[Entry]
    ) -> Iterator[tuple[int, str | None, Scores | Rejected, Scores | Rejected]]:
        """Yield each unit with what both make of it."""
        for entry in entries:
            unit = entry.unit
            if entry.facts is None:
                lost = Rejected(entry.row, unit, entry.problems)
                yield entry.row, unit, lost, lost
                continue
            named = entry.facts.get("unit")
            unit = unit or (named if isinstance(named, str) else None)
            before = _score(self.old, entry, self._only_new)
            yield entry.row, unit, before, _score(self.new, entry, self._only_old)


def _ids(program: Program) -> set[str]:
    return {item.id for item in program.plan.inputs}


def _score(program: Program, entry: Entry, others: set[str]) -> Scores | Rejected:
    facts = entry.facts or {}
    if not others.isdisjoint(facts):
        facts = {key: value for key, value in facts.items() if key not in others}
    try:
        return program.scores(facts)
    except FactsError as error:
        return Rejected(entry.row, entry.unit, error.diagnostics)


def _entries(facts: Facts, both: _Both, options: CsvOptions | None) -> Iterable[Entry]:
    if isinstance(facts, str) or hasattr(facts, "__fspath__"):
        return read_facts(facts, both, options)  # type: ignore[arg-type] # its inputs are read
    return (Entry(row, one) for row, one in enumerate(facts, start=1))
