"""`verify`: is a saved result what its ruleset and facts give, to the last digit?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from perfrules.analysis.verify import (
    Check,
    Verification,
    day_of,
    fault_of,
    verify_result,
)
from perfrules.api import Ruleset, read_plan
from perfrules.engine.program import Program
from perfrules.engine.result import Result
from perfrules.errors import Diagnostic, FactsError, Text, UsageError
from perfrules.files.entry import Entry
from perfrules.lang.characters import same
from perfrules.messages import diagnose
from perfrules.registry import Registry

Facts: TypeAlias = Mapping[str, object]
Verified: TypeAlias = Verification | Diagnostic


def verify(
    result: Result | Mapping[str, object],
    facts: Facts,
    ruleset: Ruleset | Program | None = None,
    *,
    registry: Registry | None = None,
) -> Verification:
    """Return whether *result* is what its ruleset gives for *facts*: each part, each difference.

    Args:
        result: A saved result: the mapping that its JSON holds.
        facts: The facts of its unit.
        ruleset: The ruleset, where the one of the result's id and version isn't meant.
        registry: Where rulesets are found by id.

    Raises:
        UsageError: PRF650, *result* is no result; or its ruleset isn't found.
        RulesetError: Its ruleset has faults.
    """
    saved = result.to_dict() if isinstance(result, Result) else result
    if (fault := fault_of(saved, Text("所给内容", "what was given"))) is not None:
        raise UsageError((fault,))
    if not isinstance(ruleset, Program):
        ruleset = ruleset_of([saved], ruleset, registry)
    return verify_result(saved, ruleset, facts)


def ruleset_of(
    saved: Iterable[object], ruleset: Ruleset | None = None, registry: Registry | None = None
) -> Program:
    """Return the ruleset that is given, else that of the first result among *saved*.

    Raises:
        UsageError: PRF650, none of them is a result; or there is no such ruleset.
        RulesetError: It has faults.
    """
    if ruleset is not None:
        return Program(read_plan(ruleset, registry))
    first: Diagnostic | None = None
    for number, item in enumerate(saved, start=1):
        fault = fault_of(item, _place(number))
        if fault is None and isinstance(item, Mapping):
            about = item["ruleset"]
            version = about.get("version")
            name = f"{about['id']}@{version}" if isinstance(version, str) else about["id"]
            return Program(read_plan(name, registry))
        first = first or fault
    raise UsageError((first,) if first is not None else ())


def _place(number: int) -> Text:
    return Text(f"第 {number} 项", f"item {number}")


@dataclass(slots=True)
class _Given:
    """The units of a facts file: by name, and in order where they have none."""

    named: dict[str, list[Facts]] = field(default_factory=dict)
    unnamed: list[Facts] = field(default_factory=list)

    def add(self, facts: Facts) -> None:
        """Add a unit's facts."""
        unit = facts.get("unit")
        many = self.unnamed if unit is None else self.named.setdefault(same(str(unit)), [])
        many.append(facts)

    def take(self, unit: object) -> Facts | None:
        """Return the facts of a result's unit, each once; None where there are none."""
        many = self.unnamed if unit is None else self.named.get(same(str(unit)))
        return many.pop(0) if many else None

    def left(self) -> Iterator[Facts]:
        """Yield what no result was about."""
        for many in self.named.values():
            yield from many
        yield from self.unnamed


def verify_all(
    saved: Sequence[object], program: Program, entries: Iterable[Entry]
) -> Iterator[Verified]:
    """Yield what comes of each saved result, or why it is none (PRF650).

    Results and facts are matched by their units; those without one in order, without facts that
    can't be scored. Of several results none may lack: where facts can be scored and have no result,
    a verification says so.

    Args:
        saved: The results' JSON.
        program: The ruleset.
        entries: The units of the facts file.
    """
    known = [entry.facts for entry in entries if entry.facts is not None]
    if len(saved) == len(known) == 1:
        yield _verified(saved[0], 1, program, known[0])
        return
    given = _Given()
    for facts in known:
        if facts.get("unit") is not None or _scored(program, facts, saved[0]) is not None:
            given.add(facts)
    for number, item in enumerate(saved, start=1):
        unit = item.get("unit") if isinstance(item, Mapping) else ""
        yield _verified(item, number, program, given.take(unit))
    for facts in given.left() if len(saved) > 1 else ():
        found = _scored(program, facts, saved[0])
        if found is not None:
            yield _unsaved(found)


def _verified(item: object, number: int, program: Program, facts: Facts | None) -> Verified:
    fault = fault_of(item, _place(number))
    if fault is not None:
        return fault
    assert isinstance(item, Mapping)  # noqa: S101 - a result is one
    return verify_result(item, program, facts)


def _scored(program: Program, facts: Facts, one: object) -> Result | None:
    """Return what the facts give on the day of *one* of the results; None where refused."""
    day = day_of(one, facts, program) if isinstance(one, Mapping) else None
    try:
        return program.score(facts, as_of=day)
    except FactsError:
        return None


def _unsaved(result: Result) -> Verification:
    """Return what is said of a unit that has facts and no result."""
    name = result.unit
    place = Text("一个单位", "a unit") if name is None else Text(f"单位 {name}", f"unit {name}")
    wanted = Text("无总分", "no total") if result.total is None else str(result.total)
    found = diagnose("PRF658", path=("unit",), place=place, wanted=wanted)
    return Verification(result.unit, result.ruleset, result.version, (Check("facts", 1, (found,)),))
