"""`formula` · 公式: an expression gives the rate or the points.

For rules no other method states (Huanggang's form: 得分 = 分值 × 完成值). A result outside 0 to the
whole is a fault of the rule or the facts, never clamped.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from pydantic import BaseModel, model_validator

from perfrules.decimals import ONE, ZERO, plain, round_to, snap
from perfrules.errors import Text
from perfrules.lang.frame import Evaluation, Fault, Rated
from perfrules.lang.methods.amount import amount
from perfrules.lang.methods.base import Scope
from perfrules.lang.methods.measure import SIZES, constant, number
from perfrules.lang.methods.operands import with_values
from perfrules.lang.methods.pair import keys_given
from perfrules.lang.methods.phrase import percent, phrase, points
from perfrules.lang.methods.share import Share
from perfrules.lang.spec.fields import SpecModel, ValueField, either
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind


class FormulaSpec(SpecModel):
    """The keys of `formula`."""

    rate: ValueField | None = None
    points: ValueField | None = None

    @model_validator(mode="after")
    def _one(self) -> "FormulaSpec":
        if (self.rate is None) == (self.points is None):
            given = keys_given(rate=self.rate, points=self.points)
            raise either(filter(None, [given]), "rate / points")
        return self


@dataclass(frozen=True, slots=True)
class FormulaPlan:
    """An expression for the rate, or for points."""

    name: ClassVar[str] = "formula"

    expr: Expr
    in_points: bool

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The expression."""
        return (self.expr,)

    def rate(self, at: Evaluation) -> Rated:
        """Return its value; raise `Fault` PRF542 where that is outside 0 to the whole."""
        found = number(at, self.expr)
        whole = at.points if self.in_points else ONE
        text = " ".join(self.expr.text.split())
        if not ZERO <= snap(found) <= whole:
            shown = points(found) if self.in_points else plain(round_to(found, 6))
            right = points(whole) if self.in_points else "1"
            raise Fault("PRF542", where=self.expr.where, text=text, value=shown, right=right)
        value = points(found) if self.in_points else percent(found)
        because = phrase(
            "{formula} = {value}", "{formula} = {value}",
            formula=with_values(at, self.expr), value=value,
        )  # fmt: skip
        return Share(found, whole).floored().rated(because)

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return from 0 to 1: anything else is a fault."""
        return ZERO, ONE


class Formula:
    """The method as the table knows it."""

    name: ClassVar[str] = "formula"
    title: ClassVar[Text] = Text("公式", "formula")
    Spec: ClassVar[type[BaseModel]] = FormulaSpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> FormulaPlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, FormulaSpec)  # noqa: S101 - the table pairs them
        if spec.points is not None:
            found = amount(scope, ("points",), spec.points, Kind.NUMBER)
            return None if found is None else FormulaPlan(found.expr, in_points=True)
        expr = scope.value(("rate",), spec.rate, *SIZES)
        if expr is None:
            return None
        written = constant(expr)
        if written is not None and not ZERO <= written <= ONE:
            code = "PRF427" if written < ZERO else "PRF426"
            scope.report(code, ("rate",), value=expr.text, right="100%")
            return None
        return FormulaPlan(expr, in_points=False)
