"""The evaluation of a part of a leaf's points: what an inner method of a mix sees."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from perfrules.errors import Text
from perfrules.lang.frame import Evaluation, Frame
from perfrules.lang.tree import Expr


@dataclass(frozen=True, slots=True)
class Part:
    """An evaluation whose points are a part of the whole's."""

    whole: Evaluation
    points: Decimal

    @property
    def frame(self) -> Frame:
        """Where names get their values."""
        return self.whole.frame

    @property
    def as_of(self) -> date | None:
        """The evaluation's date."""
        return self.whole.as_of

    @property
    def leaf(self) -> str:
        """The leaf's id."""
        return self.whole.leaf

    @property
    def evidence(self) -> str | None:
        """The evidence given for the leaf."""
        return self.whole.evidence

    def value(self, expr: Expr) -> object:
        """Return the value of *expr*."""
        return self.whole.value(expr)

    def bind(self, **names: object) -> Evaluation:
        """Return an evaluation of the same part that also knows *names*."""
        return Part(self.whole.bind(**names), self.points)

    def show(self, expr: Expr, value: object) -> Text:
        """Return *value* as the expression's unit writes it."""
        return self.whole.show(expr, value)
