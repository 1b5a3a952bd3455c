"""Does a saved result say what its ruleset and facts give? Everything that differs, by its place.

The reference evaluator scores the facts again, and the two are compared as JSON: what a program or
a hand changed in the file is found wherever it is. Only where a warning stands in the ruleset's
file isn't looked at: the file may lie elsewhere by now.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from perfrules.engine.answer import FORMAT
from perfrules.engine.program import Program
from perfrules.errors import Diagnostic, FactsError, Path, Text
from perfrules.messages import diagnose, quote

# What is looked at together, in the order of a result.
PARTS: Final[Mapping[str, tuple[str, ...]]] = {
    "ruleset": ("format", "ruleset"),
    "engine": ("engine",),
    "facts": ("as_of", "unit", "facts_digest", "defaulted", "notes"),
    "total": ("total", "rate", "grade", "complete", "core"),
    "adjustments": ("adjustments",),
    "warnings": ("warnings",),
    "indicators": ("indicators",),
    "gates": ("gates",),
    "findings": ("findings",),
    "decisions": ("decisions",),
    "report": ("report",),
    "other": (),
}
_PLACES: Final = frozenset({"file", "line", "column", "end_line", "end_column"})
_FACTS: Final = Text("填报数据", "the facts")
_RULES: Final = Text("规则集", "the ruleset")
_LONG: Final = 40  # signs of a text that is shown from its beginning
_BEFORE: Final = 12  # signs shown before two texts part
_NUMBERS: Final = (int, float, Decimal)


@dataclass(frozen=True, slots=True)
class Check:
    """One part of a result: how many values of it were compared, and what is wrong with them."""

    part: str
    compared: int
    problems: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether all of it agrees."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Verification:
    """What comes of verifying one saved result."""

    unit: str | None
    ruleset: str
    version: str
    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether everything agrees."""
        return all(check.ok for check in self.checks)

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Everything that differs, in the order of a result."""
        return tuple(problem for check in self.checks for problem in check.problems)

    def __bool__(self) -> bool:
        return self.ok

    def json(self) -> dict[str, object]:
        """Return it as plain data."""
        return {
            "unit": self.unit,
            "ruleset": self.ruleset,
            "version": self.version,
            "agrees": self.ok,
            "checks": [
                {
                    "part": check.part,
                    "compared": check.compared,
                    "agrees": check.ok,
                    "problems": [problem.json() for problem in check.problems],
                }
                for check in self.checks
            ],
        }


def fault_of(saved: object, name: Text) -> Diagnostic | None:
    """Return why *saved* is no result (PRF650), or None where it is one."""
    if not isinstance(saved, Mapping):
        return diagnose("PRF650", value=name, reason=Text("应为一个对象", "it is no object"))
    about = saved.get("ruleset")
    if not isinstance(about, Mapping) or not isinstance(about.get("id"), str):
        return diagnose("PRF650", value=name, reason=Text("没有 ruleset", "it has no ruleset"))
    if not is_format(saved.get("format")):
        reason = Text(f"format 不是 {FORMAT}", f"its format is not {FORMAT}")
        return diagnose("PRF650", value=name, reason=reason)
    return None


def verify_result(
    saved: Mapping[str, object], program: Program, facts: Mapping[str, object] | None
) -> Verification:
    """Return how *saved* compares with what *program* gives for *facts*.

    Args:
        saved: A result's JSON, for which `fault_of` finds nothing.
        program: The ruleset that is said to have scored it.
        facts: The facts that are said to have been scored; None where there are none.
    """
    unit, plan = saved.get("unit"), program.plan
    name = unit if isinstance(unit, str) else None
    called = Text(f"单位 {name}", f"unit {name}") if name else Text("结果", "the result")
    rules = _rules(saved, program)
    if facts is None:
        reason = Text("所给数据里没有这个单位", "the facts given have no such unit")
        found = diagnose("PRF655", unit=called, reason=reason, path=("unit",))
        return Verification(name, plan.id, plan.version, (rules, Check("facts", 1, (found,))))
    try:
        wanted = program.interpret(facts, as_of=day_of(saved, facts, program)).to_dict()
    except FactsError as error:
        reason = Text("所给数据被退回", "the facts given are refused")
        found = diagnose("PRF655", unit=called, reason=reason, path=("facts_digest",))
        refused = Check("facts", 1, (found, *error.diagnostics))
        return Verification(name, plan.id, plan.version, (rules, refused))
    checks = [_check(part, keys, saved, wanted) for part, keys in PARTS.items()]
    checks[0] = rules
    return Verification(
        name, plan.id, plan.version, tuple(check for check in checks if _told(check))
    )


def _told(check: Check) -> bool:
    return bool(check.compared or check.problems)


def day_of(
    saved: Mapping[str, object], facts: Mapping[str, object], program: Program
) -> date | None:
    """Return the date that the result names, where the facts and the call bring none."""
    written = saved.get("as_of")
    if program.as_of is not None or facts.get("as_of") is not None or not isinstance(written, str):
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _rules(saved: Mapping[str, object], program: Program) -> Check:
    """Compare which rules scored it: id, version and digest."""
    plan, about = program.plan, saved["ruleset"]
    assert isinstance(about, Mapping)  # noqa: S101 - the caller asked `fault_of`
    found: list[Diagnostic] = []
    for key, wanted in (("id", plan.id), ("version", plan.version)):
        value = about.get(key)
        if value != wanted:
            found.append(
                diagnose(
                    "PRF652",
                    path=("ruleset", key),
                    place=f"ruleset.{key}",
                    value=_shown(value),
                    wanted=wanted,
                    name=about.get("id"),
                    version=about.get("version", "…"),
                )
            )
    digest = about.get("digest")
    where = ("ruleset", "digest")
    if not digest:
        found.append(diagnose("PRF653", path=where, place="ruleset.digest", what=_RULES))
    elif digest != plan.digest:
        found.append(
            diagnose(
                "PRF651", path=where, value=_shown(digest), wanted=plan.digest, ruleset=plan.id,
                version=plan.version,
            )
        )  # fmt: skip
    known = dict.fromkeys(("id", "version", "digest"), "")
    found += _extras({key: about[key] for key in about if key not in known}, ("ruleset",))
    return Check("ruleset", 3, tuple(found))


def _check(
    part: str,
    keys: Sequence[str],
    saved: Mapping[str, object],
    wanted: Mapping[str, object],
) -> Check:
    if part == "other":
        known = {key for group in PARTS.values() for key in group}
        extra = {key: value for key, value in saved.items() if key not in known}
        return Check(part, 0, tuple(_extras(extra, ())))
    compared = _Comparison()
    for key in keys:
        if key in wanted or key in saved:
            compared.key(saved, wanted, key, ())
    return Check(part, compared.count, tuple(compared.found))


def _extras(extra: Mapping[str, object], path: Path) -> Iterator[Diagnostic]:
    for key, value in extra.items():
        where = (*path, key)
        yield diagnose("PRF657", path=where, place=_written(where), value=_shown(value))


class _Comparison:
    """Two values compared down to their texts."""

    def __init__(self) -> None:
        self.found: list[Diagnostic] = []
        self.count = 0

    def key(
        self, saved: Mapping[str, object], wanted: Mapping[str, object], key: str, path: Path
    ) -> None:
        """Compare what stands under one key."""
        where = (*path, key)
        if where == ("facts_digest",):
            self.digest(saved.get(key), str(wanted[key]))
        elif key not in wanted:
            self.found += _extras({key: saved[key]}, path)
        elif key not in saved:
            self.lacks(wanted[key], where)
        else:
            self.value(saved[key], wanted[key], where)

    def digest(self, saved: object, wanted: str) -> None:
        """Compare the digests of the facts: one that isn't there proves nothing."""
        self.count += 1
        where = ("facts_digest",)
        if not saved:
            self.found.append(diagnose("PRF653", path=where, place=where[0], what=_FACTS))
        elif saved != wanted:
            self.found.append(diagnose("PRF654", path=where, value=_shown(saved), wanted=wanted))

    def lacks(self, wanted: object, where: Path) -> None:
        """Note what the file lacks."""
        self.count += 1
        told = diagnose("PRF658", path=where, place=_written(where), wanted=_shown(wanted))
        self.found.append(told)

    def value(self, saved: object, wanted: object, where: Path) -> None:
        """Compare two values."""
        if isinstance(wanted, Mapping) and isinstance(saved, Mapping):
            for key in dict.fromkeys((*wanted, *saved)):
                if not (where[0] == "warnings" and key in _PLACES):
                    self.key(saved, wanted, key, where)
        elif isinstance(wanted, list) and isinstance(saved, (list, tuple)):
            self.items(saved, wanted, where)
        else:
            self.count += 1
            self.atom(saved, wanted, where)

    def items(self, saved: Sequence[object], wanted: Sequence[object], where: Path) -> None:
        """Compare two lists: lines by their ids, anything else by its place."""
        mine, theirs = _named(saved), _named(wanted)
        if mine is None or theirs is None:
            mine = {str(place): item for place, item in enumerate(saved, start=1)}
            theirs = {str(place): item for place, item in enumerate(wanted, start=1)}
        for name in dict.fromkeys((*theirs, *mine)):
            self.key(mine, theirs, name, where)
        if list(mine) != list(theirs) and mine.keys() == theirs.keys():
            shown = [", ".join(names) for names in (mine, theirs)]
            self.differs(where, shown[0], shown[1])

    def atom(self, saved: object, wanted: object, where: Path) -> None:
        """Compare two texts, flags or nothings."""
        if type(saved) is type(wanted) and saved == wanted:
            return
        if isinstance(saved, str) and isinstance(wanted, str) and saved == wanted:
            return  # a text that a document holds
        if isinstance(wanted, str) and type(saved) in _NUMBERS and _same_number(saved, wanted):
            told = diagnose(
                "PRF659", path=where, place=_written(where), value=_shown(saved), wanted=wanted
            )
            self.found.append(told)
            return
        if isinstance(saved, str) and isinstance(wanted, str):
            self.differs(where, *_apart(saved, wanted))
        else:
            self.differs(where, _shown(saved), _shown(wanted))

    def differs(self, where: Path, saved: object, wanted: object) -> None:
        """Note a value that is another."""
        told = diagnose("PRF656", path=where, place=_written(where), value=saved, wanted=wanted)
        self.found.append(told)


def _named(items: Sequence[object]) -> dict[str, object] | None:
    """Return objects by their ids; None where one has none, or two have the same."""
    found: dict[str, object] = {}
    for item in items:
        name = item.get("id") if isinstance(item, Mapping) else None
        if not isinstance(name, str) or name in found:
            return None
        found[name] = item
    return found


def is_format(value: object) -> bool:
    """Return whether a result says that it is of our format: a whole number, as it was written.

    >>> is_format(1), is_format(Decimal(1)), is_format(Decimal("1.0")), is_format(True)
    (True, True, False, False)
    """
    return type(value) in (int, Decimal) and str(value) == str(FORMAT)


def _same_number(value: object, wanted: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, _NUMBERS):
        return False
    try:
        return Decimal(str(value)) == Decimal(str(wanted))
    except ArithmeticError:
        return False


def _written(path: Path) -> str:
    """Return a place as a person writes it.

    >>> _written(("indicators", "execution", "score"))
    'indicators.execution.score'
    """
    return ".".join(map(str, path))


def _apart(saved: str, wanted: str) -> tuple[str | Text, str | Text]:
    """Return two texts for a sentence, long ones from shortly before where they part."""
    if max(len(saved), len(wanted)) <= _LONG:
        return _shown(saved), _shown(wanted)
    pairs = enumerate(zip(saved, wanted, strict=False))
    place = next((at for at, (one, other) in pairs if one != other), min(len(saved), len(wanted)))
    start = max(0, place - _BEFORE)
    if not start:
        return _shown(saved), _shown(wanted)
    return _shown(f"…{saved[start:]}"), _shown(f"…{wanted[start:]}")


def _shown(value: object) -> str | Text:
    """Return a value for a sentence."""
    if value is None or value == "":
        return Text("空", "nothing")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        name = value.get("id") or value.get("code")
        return quote(str(name)) if name else Text("一个对象", "an object")
    if isinstance(value, (list, tuple)):
        return Text(f"{len(value)} 项", f"{len(value)} items")
    return quote(str(value))
