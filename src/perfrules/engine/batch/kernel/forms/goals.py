"""`target` by column: the rule that a target cell states, for as many cells as there are rows.

Cells and actual values are read once for each different text; what is no plain number in the
target's own unit is read by the reader of a single unit, once for each different pair.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from perfrules.decimals import CONTEXT
from perfrules.engine.batch.kernel.chunk import Chunk, IntsOf, Kept, Mask, Run, UnsupportedError
from perfrules.engine.batch.kernel.effects import Effects
from perfrules.engine.batch.kernel.forms.rated import worth
from perfrules.engine.batch.kernel.goals import ROOM, Edges, edges
from perfrules.engine.batch.kernel.numbers import Whole
from perfrules.engine.batch.kernel.quantities import Quantities, actuals
from perfrules.engine.batch.kernel.rule import Rule
from perfrules.engine.batch.kernel.shares import Portion, Share, pair_of
from perfrules.engine.batch.kernel.values import Label
from perfrules.engine.batch.vectors import Bools, Ints
from perfrules.engine.codegen.forms.goals import Goals, Pair
from perfrules.engine.codegen.runtime import TROUBLE, LackError
from perfrules.lang.cells import TargetCell, read_target
from perfrules.lang.frame import MissingFault
from perfrules.lang.tree import Column, Expr, Name
from perfrules.lang.types import MISSING, Kind

if TYPE_CHECKING:
    from perfrules.lang.methods.target import TargetPlan

_MOST_KEPT: Final = 20_000  # texts and pairs whose reading is kept
_LACK, _ODD = "lack", "odd"
_BARE: Final = ("", "")


def target(method: "TargetPlan", rule: Rule) -> Share:
    """What the cell's rule gives; the rating's worth where there is nothing to read."""
    if method.late is not None or method.as_of is not None or method.by:
        raise UnsupportedError
    if method.actual.type.kind is not Kind.TEXT:
        raise UnsupportedError
    level = None if method.level is None else _written(rule, method.level)
    worths = {} if level is None else _worths(method, rule)
    goals = Goals(method.plain, Kind.TEXT, worths)
    found = Kept(Rows(_written(rule, method.target), _written(rule, method.actual), level, goals))
    rule.effects.lack(lambda chunk: found(chunk).lacking)
    rule.effects.odd(lambda chunk: found(chunk).odd)
    return Portion(
        _whole(Kept(lambda chunk: found(chunk).over), 0),
        _whole(Kept(lambda chunk: found(chunk).under), 1),
    )


def _whole(units: IntsOf, low: int) -> Whole:
    """Return a part of a share: of both parts the units are over one power of ten, left out."""

    def exact(chunk: Chunk, where: Ints) -> list[Decimal]:
        return [Decimal(unit) for unit in units(chunk)[where].tolist()]

    return Whole(units, Fraction(1), low, ROOM, exact)


@dataclass(frozen=True, slots=True)
class Written:
    """A column of texts, and where there is none."""

    label: Label
    lack: Mask | None

    def codes(self, chunk: Chunk) -> Ints:
        """Return which text there is, -1 for none."""
        found = self.label.codes(chunk)
        lacking = None if self.lack is None else self.lack(chunk)
        return found if lacking is None else np.where(lacking, -1, found)


def _written(rule: Rule, expr: Expr) -> Written:
    """Return a value that may be missing."""
    tree = expr.tree
    if isinstance(tree, Name):
        named = rule.scope.named(tree.id)
    elif isinstance(tree, Column) and tree.column in rule.scope.rows.get(tree.row, {}):
        named = rule.scope.rows[tree.row][tree.column]
    else:
        raise UnsupportedError(expr.text)
    if named.fail is not None or named.computed or not isinstance(named.value, Label):
        raise UnsupportedError(expr.text)
    return Written(named.value, named.lack)


def _worths(method: "TargetPlan", rule: Rule) -> Mapping[str, Pair]:
    """Return what each label is worth; only where that doesn't depend on the facts."""
    if method.scale is None:
        return {}
    if method.scale.table is not None:
        raise UnsupportedError
    found: dict[str, Pair] = {}
    for option in method.scale.ranges:
        effects = Effects()
        pair = pair_of(worth(method.scale, rule.within(effects), option))
        if effects.marks or pair is None:
            raise UnsupportedError
        found[option] = pair
    return found


class Answers(NamedTuple):
    """The shares of a chunk's rows, where a value lacks, and what the reference may refuse."""

    over: Ints
    under: Ints
    lacking: Bools
    odd: Bools


class Rows:
    """Finds the share of each row of a chunk."""

    def __init__(
        self, cells: Written, actual: Written, level: Written | None, goals: Goals
    ) -> None:
        self.cells, self.actual, self.level, self.goals = cells, actual, level, goals
        self.known: dict[str, TargetCell] = {}
        self.pairs: dict[tuple[object, ...], tuple[int, int] | str] = {}

    def __call__(self, chunk: Chunk) -> Answers:
        """Return the shares."""
        read: Read = chunk.run.table(self, lambda: self._read(chunk.run))
        size = chunk.size
        cells, actual = self.cells.codes(chunk), self.actual.codes(chunk)
        level = None if self.level is None else self.level.codes(chunk)
        over, under = np.ones(size, np.int64), np.ones(size, np.int64)
        plain = read.by_number(cells, actual, over, under)
        found = Answers(over, under, np.zeros(size, np.bool_), np.zeros(size, np.bool_))
        rest = np.flatnonzero(~plain)
        if len(rest):
            rest = self._by_level(read, rest, (cells[rest], actual[rest]), level, found)
        if len(rest):
            triples = np.stack([
                cells[rest], actual[rest],
                np.full(len(rest), -1) if level is None else level[rest],
            ])  # fmt: skip
            self._by_text(chunk.run, rest, triples, found)
        return found

    def _by_level(
        self, read: "Read", rest: Ints, codes: tuple[Ints, Ints], level: Ints | None, found: Answers
    ) -> Ints:
        """Settle what only has its rating; return what is left."""
        if level is None or not self.goals.worths:
            return rest
        cells, actual = codes
        marks = level[rest]
        rated = (marks >= 0) & ((cells < 0) | (actual < 0) | read.words[cells])
        rated &= read.worth[0][marks] >= 0
        where, marks = rest[rated], marks[rated]
        found.over[where], found.under[where] = read.worth[0][marks], read.worth[1][marks]
        return rest[~rated]

    def _by_text(self, run: Run, rest: Ints, triples: Ints, found: Answers) -> None:
        """Settle the others as a single unit is, each different one once."""
        different, places = np.unique(triples, axis=1, return_inverse=True)
        names = [
            () if part is None else part.label.names(run)
            for part in (self.cells, self.actual, self.level)
        ]
        answers = [
            self._pair(*(_named(of, code) for of, code in zip(names, triple, strict=True)))
            for triple in different.T.tolist()
        ]
        places = places.ravel()
        over = np.array([1 if isinstance(one, str) else one[0] for one in answers], np.int64)
        under = np.array([1 if isinstance(one, str) else one[1] for one in answers], np.int64)
        found.over[rest], found.under[rest] = over[places], under[places]
        found.lacking[rest] = np.array([one == _LACK for one in answers])[places]
        found.odd[rest] = np.array([one == _ODD for one in answers])[places]

    def _pair(self, cell: object, actual: object, level: object) -> tuple[int, int] | str:
        """Return a share, or what hinders it."""
        key = cell, actual, level
        found = self.pairs.get(key)  # another thread may clear them
        if found is None:
            if len(self.pairs) >= _MOST_KEPT:
                self.pairs.clear()
            found = self.pairs[key] = self._asked(cell, actual, level)
        return found

    def _asked(self, cell: object, actual: object, level: object) -> tuple[int, int] | str:
        given = self._cell(cell) if isinstance(cell, str) else cell
        try:
            return _in_units(self.goals(given, actual, level)) or _ODD
        except (LackError, MissingFault):
            return _LACK
        except TROUBLE:
            return _ODD

    def _cell(self, text: str) -> TargetCell:
        found = self.known.get(text)  # another thread may clear them
        if found is None:
            if len(self.known) >= _MOST_KEPT:
                self.known.clear()
            found = self.known[text] = read_target(text)
        return found

    def _read(self, run: Run) -> "Read":
        """Return what the texts of a batch say."""
        given = actuals(self.actual.label.names(run))
        cells = edges(self.cells.label.names(run), self._cell, self.goals.plain, given)
        labels = () if self.level is None else self.level.label.names(run)
        return Read(cells, given, self._worth(labels))

    def _worth(self, labels: Sequence[str]) -> tuple[Ints, Ints]:
        """Return what each label is worth; -1 where that isn't known."""
        pairs = [self.goals.worths.get(label) for label in labels]
        found = [(None if pair is None else _in_units(pair)) or (-1, 1) for pair in pairs]
        table = np.array([*found, (-1, 1)], np.int64)
        return table[:, 0], table[:, 1]


class Read:
    """What the texts of one batch say."""

    def __init__(self, found: Edges, given: Quantities, worth: tuple[Ints, Ints]) -> None:
        self.words = np.append(found.words, np.False_)
        self.worth = worth
        times = 10 ** (found.scale - given.scale)
        plain = given.plain & (given.units < ROOM // times)
        # The last of each table is what the code -1 finds: nothing is there.
        self.units = np.append(given.units * times, 0)
        self.low, self.high = np.append(found.low, 0), np.append(found.high, 0)
        self.unit = np.append(np.where(plain, given.places, -2), -2)
        self.wanted = np.append(np.where(found.plain, found.unit, -3), -3)
        empty = given.around.index(_BARE) if _BARE in given.around else -4
        self.bare = np.append(np.where(found.plain & found.bare, empty, -3), -3)

    def by_number(self, cells: Ints, actual: Ints, over: Ints, under: Ints) -> Bools:
        """Set the shares of plain numbers in their targets' units; return where they are."""
        unit = self.unit[actual]
        plain: Bools = unit == self.wanted[cells]
        plain |= unit == self.bare[cells]
        value, low, high = self.units[actual], self.low[cells], self.high[cells]
        below, above = value < low, value > high
        below &= plain
        above &= plain
        np.copyto(over, value, where=below)
        np.copyto(under, low, where=below)
        np.copyto(over, high, where=above)
        np.copyto(under, value, where=above)
        return plain


def _named(names: Sequence[str], code: int) -> object:
    return names[code] if 0 <= code < len(names) else MISSING


def _in_units(pair: Pair) -> tuple[int, int] | None:
    """Return both parts of a share times one power of ten; None where they have no room.

    >>> _in_units((Decimal("0.8"), Decimal(1)))
    (8, 10)
    """
    places = max(0, *(-int(part.as_tuple().exponent) for part in pair))
    over, under = (CONTEXT.scaleb(part, places) for part in pair)
    if not (0 <= over < ROOM and 0 < under < ROOM):
        return None
    return int(over), int(under)
