"""Whether a ruleset's cases notice small changes to it."""

import os
import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

from perfrules.analysis.coverage import floored
from perfrules.analysis.mutate import Mutant, edited, mutants_of
from perfrules.api import read_bytes
from perfrules.casebook import Indicators, Ruleset
from perfrules.engine.program import Program
from perfrules.errors import DiagnosedError, RulesetError
from perfrules.finder import RegistryFinder
from perfrules.lang.document import Document, read_document
from perfrules.lang.load import earlier_rulesets, load_document, load_library_document
from perfrules.registry import Registry
from perfrules.testing.compare import try_case
from perfrules.testing.outcome import Outcome
from perfrules.testing.subject import Subject, Tried, subjects

if TYPE_CHECKING:
    from perfrules.lang.plan import Plan

Fate: TypeAlias = Literal["killed", "survived", "refused", "equivalent"]


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant and what became of it: `by` is the case that noticed it."""

    mutant: Mutant
    fate: Fate
    by: str = ""


@dataclass(frozen=True, slots=True)
class Mutation:
    """The mutants of one document. Those that are refused or mean the same don't count."""

    id: str
    file: str
    trials: tuple[Trial, ...]

    def count(self, fate: Fate) -> int:
        """Return how many came to that."""
        return sum(item.fate == fate for item in self.trials)

    @property
    def percent(self) -> Decimal:
        """The share of the mutants that count which a case noticed, rounded down."""
        killed = self.count("killed")
        return floored(killed, killed + self.count("survived"))


def mutate(
    paths: Iterable[str | os.PathLike[str]] = (),
    registry: Registry | None = None,
    *,
    seed: int = 0,
    limit: int | None = None,
) -> Iterator[Mutation]:
    """Yield, for each ruleset and library that has cases, what became of its mutants.

    Args:
        paths: Files of cases, rulesets' own files, and folders; without any what is found by id.
        registry: Where rulesets are found by id.
        seed: Decides which mutants are tried where there are more than *limit*.
        limit: At most so many mutants of a document.

    Raises:
        RulesetError: A file of cases has faults, or what it is about; PRF830, a case fails already.
        UsageError: A path isn't there.
    """
    found, registry = subjects(paths, registry)
    for item in found:
        _must_pass(item)
        yield mutated(item, registry, seed, limit)


def _must_pass(subject: Subject) -> None:
    """PRF830: a case that fails as it is would take every mutant for noticed."""
    for item in subject.tried:
        found = try_case(item.case, subject.loaded, subject.file, None)
        if found.outcome is not Outcome.PASS:
            place = ("tests", item.place)
            told = item.document.diagnose("PRF830", place, value=item.case.name)
            raise RulesetError((told,))


def mutated(subject: Subject, registry: Registry, seed: int, limit: int | None) -> Mutation:
    """Return what became of the mutants of one document whose cases pass."""
    path = Path(subject.file)
    document = read_document(read_bytes(path), subject.file)
    plan, load = _loader(subject, document, registry)
    mutants: Sequence[Mutant] = mutants_of(plan, document)
    if limit is not None and len(mutants) > limit:
        chosen = set(random.Random(seed).sample(range(len(mutants)), limit))  # noqa: S311 - a sample
        mutants = [item for place, item in enumerate(mutants) if place in chosen]
    cases = list(subject.tried)
    trials = [
        _trial(item, load, edited(document, item.edits), plan, cases, subject.file)
        for item in mutants
    ]
    return Mutation(subject.id, subject.file, tuple(trials))


Load: TypeAlias = "Callable[[Document], tuple[str, Ruleset | Indicators]]"


def _loader(subject: Subject, document: Document, registry: Registry) -> "tuple[Plan, Load]":
    """Return the plan, and what makes one of a changed document; earlier stages are read once."""
    if isinstance(subject.loaded, Ruleset):
        finder = RegistryFinder(registry, Path(subject.file))
        earlier = cache(earlier_rulesets(registry.vocabulary, finder, (subject.file,)))

        def ruleset(changed: Document) -> tuple[str, Ruleset | Indicators]:
            plan = load_document(changed, registry.vocabulary, finder, rulesets=earlier)
            return plan.digest, Ruleset(Program(plan))

        return subject.loaded.whole.plan, ruleset

    def library(changed: Document) -> tuple[str, Ruleset | Indicators]:
        plan, found = load_library_document(changed, registry.vocabulary)
        return plan.digest, Indicators(found, registry)

    return load_library_document(document, registry.vocabulary)[0], library


def _trial(
    mutant: Mutant, load: Load, changed: Document, plan: "Plan", cases: list[Tried], file: str
) -> Trial:
    """Return the fate of one mutant; the case that notices it is tried first next time."""
    try:
        digest, loaded = load(changed)
        if digest == plan.digest:
            return Trial(mutant, "equivalent")
    except DiagnosedError:
        return Trial(mutant, "refused")
    for place, item in enumerate(cases):
        if try_case(item.case, loaded, file, None).outcome is not Outcome.PASS:
            cases.insert(0, cases.pop(place))
            return Trial(mutant, "killed", item.case.name)
    return Trial(mutant, "survived")
