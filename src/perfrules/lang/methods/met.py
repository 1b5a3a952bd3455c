"""`met` · 直接赋分: a condition holds, or it doesn't.

All or nothing (征收率≥90%得1分，否则不得分), or full points else what `otherwise` says. Seen in
sanitation tables of 2020 to 2022.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from pydantic import BaseModel, Field

from perfrules.decimals import ONE, ZERO
from perfrules.errors import Text
from perfrules.lang.frame import Evaluation, Rated
from perfrules.lang.methods.amount import Amount, amount
from perfrules.lang.methods.base import Scope
from perfrules.lang.methods.measure import reads
from perfrules.lang.methods.operands import with_values
from perfrules.lang.methods.phrase import phrase
from perfrules.lang.methods.share import NOTHING, WHOLE
from perfrules.lang.spec.fields import SpecModel, ValueField
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind


class MetSpec(SpecModel):
    """The keys of `met`."""

    when: ValueField = Field(examples=["when: collected >= 90%"])
    otherwise: ValueField | None = None


@dataclass(frozen=True, slots=True)
class MetPlan:
    """A condition, and what holds without it."""

    name: ClassVar[str] = "met"

    when: Expr
    otherwise: Amount | None
    points: Decimal | None

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The condition and the fallback."""
        return reads(self.when, self.otherwise.expr if self.otherwise else None)

    def rate(self, at: Evaluation) -> Rated:
        """Return all, or the fallback."""
        if at.value(self.when):
            return WHOLE.rated(
                phrase("{when}，成立", "{when} holds", when=with_values(at, self.when))
            )
        because = phrase("{when}，不成立", "{when} doesn't hold", when=with_values(at, self.when))
        if self.otherwise is None:
            return NOTHING.rated(because)
        because = phrase(
            "{because}，按{worth}计",
            "{because}: worth {worth}",
            because=because,
            worth=self.otherwise.show(at),
        )
        return self.otherwise.share(at).rated(because)

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return from the fallback to 1."""
        low = ZERO if self.otherwise is None else self.otherwise.static(self.points)
        return None if low is None else (low, ONE)


class Met:
    """The method as the table knows it."""

    name: ClassVar[str] = "met"
    title: ClassVar[Text] = Text("直接赋分", "condition met")
    Spec: ClassVar[type[BaseModel]] = MetSpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> MetPlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, MetSpec)  # noqa: S101 - the table pairs them
        when = scope.value(("when",), spec.when, Kind.FLAG)
        otherwise = None
        if spec.otherwise is not None:
            otherwise = amount(scope, ("otherwise",), spec.otherwise)
            if otherwise is None:
                return None
        return None if when is None else MetPlan(when, otherwise, scope.points)
