"""What a change does to real units: whose grade changes, who gains and loses, and by which rule."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from perfrules.decimals import CONTEXT, ZERO
from perfrules.engine.codegen import Scores
from perfrules.engine.result import Rejected

Scored: TypeAlias = Scores | Rejected


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line whose score differs; None where a side has no such line or no score for it."""

    id: str
    before: Decimal | None
    after: Decimal | None

    @property
    def gain(self) -> Decimal:
        """What the line gained; negative where it lost."""
        return CONTEXT.subtract(self.after or ZERO, self.before or ZERO)


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit that is scored differently, or rejected by only one of the two.

    `lines` are the leaves whose score differs, the greatest difference first; `gates` and
    `decisions` are told by id, with whether they came (True) or went (False).
    """

    row: int
    unit: str | None
    before: Scored
    after: Scored
    lines: tuple[LineChange, ...] = ()
    gates: tuple[tuple[str, bool], ...] = ()
    decisions: tuple[tuple[str, bool], ...] = ()

    @property
    def grades(self) -> tuple[str | None, str | None]:
        """The grade before and after; None where there is none."""
        before, after = self.before, self.after
        return (
            None if isinstance(before, Rejected) else before.grade,
            None if isinstance(after, Rejected) else after.grade,
        )

    @property
    def totals(self) -> tuple[Decimal | None, Decimal | None]:
        """The total before and after; None where there is none."""
        before, after = self.before, self.after
        return (
            None if isinstance(before, Rejected) else before.total,
            None if isinstance(after, Rejected) else after.total,
        )

    @property
    def gain(self) -> Decimal | None:
        """What the total gained; None where one of them is missing."""
        before, after = self.totals
        return None if before is None or after is None else CONTEXT.subtract(after, before)

    @property
    def regraded(self) -> bool:
        """Whether the grade is another one."""
        before, after = self.grades
        return before != after


@dataclass(slots=True)
class Impact:
    """What a change does to the units of a file.

    `units` counts all; `changes` are those that differ in any way, in the order of the file.
    `grades` counts the units by grade before and after; `lines` sums up what each leaf gained and
    lost, and for how many units.
    """

    units: int = 0
    changes: list[UnitChange] = field(default_factory=list)
    grades: Counter[tuple[str | None, str | None]] = field(default_factory=Counter)
    gained: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    by_line: dict[str, Decimal] = field(default_factory=dict)

    @property
    def regraded(self) -> tuple[UnitChange, ...]:
        """The units whose grade is another one."""
        return tuple(item for item in self.changes if item.regraded)

    @property
    def gainers(self) -> tuple[UnitChange, ...]:
        """The units whose total is higher, the greatest gain first."""
        found = [item for item in self.changes if (item.gain or ZERO) > 0]
        return tuple(sorted(found, key=lambda item: item.gain or ZERO, reverse=True))

    @property
    def losers(self) -> tuple[UnitChange, ...]:
        """The units whose total is lower, the greatest loss first."""
        found = [item for item in self.changes if (item.gain or ZERO) < 0]
        return tuple(sorted(found, key=lambda item: item.gain or ZERO))

    @property
    def rejections(self) -> tuple[UnitChange, ...]:
        """The units that only one of the two rejects."""
        sides = ((isinstance(item.before, Rejected), isinstance(item.after, Rejected), item)
                 for item in self.changes)  # fmt: skip
        return tuple(item for before, after, item in sides if before != after)


def impact(
    pairs: Iterable[tuple[int, str | None, Scored, Scored]], branches: Collection[str] = ()
) -> Impact:
    """Return what differs between two scorings of the same units.

    Args:
        pairs: Of each unit its row, its name, and what both rulesets made of it.
        branches: Lines that only add up others.
    """
    found = Impact()
    for row, unit, before, after in pairs:
        found.units += 1
        change = _change(row, unit, before, after, branches)
        found.grades[change.grades] += 1
        if not _differs(change):
            continue
        found.changes.append(change)
        for line in change.lines:
            gain = line.gain
            found.by_line[line.id] = CONTEXT.add(found.by_line.get(line.id, ZERO), gain)
            (found.gained if gain > 0 else found.lost)[line.id] += 1
    return found


def _differs(change: UnitChange) -> bool:
    if isinstance(change.before, Rejected) and isinstance(change.after, Rejected):
        return False
    if change.regraded or change.lines or change.gates or change.decisions:
        return True
    before, after = change.totals
    return before != after or isinstance(change.before, Rejected) != isinstance(
        change.after, Rejected
    )


def _change(
    row: int, unit: str | None, before: Scored, after: Scored, branches: Collection[str]
) -> UnitChange:
    if isinstance(before, Rejected) or isinstance(after, Rejected):
        return UnitChange(row, unit, before, after)
    lines = [line for line in _lines(before, after) if line.id not in branches]
    return UnitChange(
        row,
        unit,
        before,
        after,
        tuple(sorted(lines, key=lambda line: line.gain.copy_abs(), reverse=True)),
        _came_and_went(before.gates, after.gates),
        _came_and_went(before.decisions, after.decisions),
    )


def _came_and_went(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[tuple[str, bool], ...]:
    if before == after:
        return ()
    went = [(name, False) for name in before if name not in after]
    return (*((name, True) for name in after if name not in before), *went)


def _lines(before: Scores, after: Scores) -> Iterator[LineChange]:
    """Yield the lines whose score differs."""
    if before.ids == after.ids:
        if before.scores != after.scores:
            pairs = zip(before.ids, before.scores, after.scores, strict=True)
            yield from (LineChange(name, one, two) for name, one, two in pairs if one != two)
        return
    ones = dict(zip(before.ids, before.scores, strict=True))
    twos = dict(zip(after.ids, after.scores, strict=True))
    for name in dict.fromkeys((*after.ids, *before.ids)):
        if ones.get(name) != twos.get(name):
            yield LineChange(name, ones.get(name), twos.get(name))
