"""`rank` · 位次: points by a place that is given as a value.

The 2008 form of the poverty-relief evaluation takes 0.25 points for each place; county contests
give the first five 60, 57, 54, 51 and 48. Who else takes part is decided elsewhere (in a
`portfolio`): the method reads a place, never other units.
"""

from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import ClassVar

from pydantic import BaseModel, Field, model_validator

from perfrules.decimals import CONTEXT, ONE, ZERO, plain, snap
from perfrules.errors import Text
from perfrules.lang.frame import Evaluation, Fault, Rated
from perfrules.lang.methods.amount import Amount, amount
from perfrules.lang.methods.base import Scope
from perfrules.lang.methods.deduct import capped, left
from perfrules.lang.methods.measure import number, reads
from perfrules.lang.methods.pair import keys_given
from perfrules.lang.methods.phrase import phrase
from perfrules.lang.methods.share import WHOLE, Share
from perfrules.lang.spec.fields import SomeOf, SpecModel, ValueField, either, fault, faults
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind

_FORMS = "lose, at_most / table + else"


class RankSpec(SpecModel):
    """The keys of `rank`: a step, or a table with what every later place is worth."""

    actual: ValueField | None = None
    lose: ValueField | None = None
    at_most: ValueField | None = None
    table: SomeOf[ValueField] | None = None
    else_: ValueField | None = Field(None, alias="else")

    @model_validator(mode="after")
    def _one_form(self) -> "RankSpec":
        step = keys_given(lose=self.lose, at_most=self.at_most)
        table = keys_given(table=self.table, else_=self.else_)
        if bool(step) == bool(table):
            raise either([item for item in (step, table) if item], _FORMS)
        if step and self.lose is None:
            raise faults([((), fault("PRF202", value="lose", example="lose: 0.25"))])
        if table and self.table is None:
            raise faults([((), fault("PRF202", value="table", example="table: [60, 57, 54]"))])
        if table and self.else_ is None:
            raise faults([((), fault("PRF202", value="else", example="else: 0"))])
        return self


@dataclass(frozen=True, slots=True)
class RankPlan:
    """A place, and what each place is worth: a step's cost, or a table and the rest."""

    name: ClassVar[str] = "rank"

    actual: Expr
    lose: Amount | None
    at_most: Amount | None
    table: tuple[Amount, ...]
    rest: Amount | None
    points: Decimal | None

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The place, then what places are worth."""
        worth = (self.lose, self.at_most, *self.table, self.rest)
        return reads(self.actual, *(item.expr for item in worth if item is not None))

    def rate(self, at: Evaluation) -> Rated:
        """Return what the place is worth; raise `Fault` PRF722 where it is no place."""
        place = self._place(at)
        shown = phrase("第{place}名", "place {place}", place=place)
        if self.lose is not None:
            return self._stepped(at, self.lose, place, shown)
        if place <= len(self.table):
            worth = self.table[place - 1]
            return worth.share(at).rated(
                phrase("{shown}，按表计", "{shown} in the table", shown=shown)
            )
        assert self.rest is not None  # noqa: S101 - a table has one
        because = phrase(
            "{shown}，在前{count}名之外", "{shown} is behind the first {count}",
            shown=shown, count=len(self.table),
        )  # fmt: skip
        return self.rest.share(at).rated(because)

    def _place(self, at: Evaluation) -> int:
        found = snap(number(at, self.actual))
        if found != found.to_integral_value() or found < ONE:
            raise Fault("PRF722", where=self.actual.where, value=plain(found))
        return int(found)

    def _stepped(self, at: Evaluation, lose: Amount, place: int, shown: Text) -> Rated:
        if place == 1:
            return WHOLE.rated(shown)
        steps = Share(Decimal(place - 1))
        because = phrase(
            "{shown}，每名扣{lose}，计{count}名", "{shown}; {lose} off a place, {count} in all",
            shown=shown, lose=lose.show(at), count=place - 1,
        )  # fmt: skip
        lost, because = capped(at, steps.times(lose.loss(at)), self.at_most, because)
        return left(at, lost, because)

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return from the last place's worth to the first's."""
        if self.lose is not None:
            most = ONE if self.at_most is None else self.at_most.static(self.points)
            return None if most is None else (max(ZERO, CONTEXT.subtract(ONE, most)), ONE)
        found = [item.static(self.points) for item in (*self.table, self.rest) if item is not None]
        known = [item for item in found if item is not None]
        return (min(known), max(known)) if known and len(known) == len(found) else None


class Rank:
    """The method as the table knows it."""

    name: ClassVar[str] = "rank"
    title: ClassVar[Text] = Text("位次", "rank")
    Spec: ClassVar[type[BaseModel]] = RankSpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> RankPlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, RankSpec)  # noqa: S101 - the table pairs them
        actual = scope.actual(spec.actual, Kind.NUMBER)
        wanted = {
            "lose": spec.lose,
            "at_most": spec.at_most,
            "else": spec.else_,
        }
        worth = {key: amount(scope, (key,), raw) for key, raw in wanted.items() if raw is not None}
        table = [amount(scope, ("table", row), raw) for row, raw in enumerate(spec.table or ())]
        known = tuple(item for item in table if item is not None)
        if actual is None or None in worth.values() or len(known) < len(table):
            return None
        rest = worth.get("else")
        if not _falling(scope, known, rest):
            return None
        return RankPlan(actual, worth.get("lose"), worth.get("at_most"), known, rest, scope.points)


def _falling(scope: Scope, table: tuple[Amount, ...], rest: Amount | None) -> bool:
    """PRF702: a later place is worth more than the one before it."""
    every = table if rest is None else (*table, rest)
    for row, (before, after) in enumerate(pairwise(every), start=1):
        if before.in_points is not after.in_points:
            first, second = before.static(scope.points), after.static(scope.points)
        else:
            first, second = before.static(ONE), after.static(ONE)
        if first is not None and second is not None and second > first:
            path = ("table", row) if row < len(table) else ("else",)
            scope.report("PRF702", path, value=after.expr.text, left=before.expr.text, row=row + 1)
            return False
    return True
