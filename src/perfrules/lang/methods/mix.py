"""`mix` · 综合: a weighted mix of methods (定性 60 % + 定量 40 %).

In use in evaluation reports: 0.6 × 90 + 0.4 × 95 = 92. A part is worth its share of the points:
what an inner method says in points are points of its part.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from pydantic import BaseModel, Field

from perfrules.decimals import CONTEXT, ZERO
from perfrules.errors import Text
from perfrules.lang.frame import Evaluation, Rated
from perfrules.lang.methods.amount import add_up, literal
from perfrules.lang.methods.base import MethodPlan, Scope
from perfrules.lang.methods.part import Part
from perfrules.lang.methods.phrase import joined, percent, phrase
from perfrules.lang.methods.share import NOTHING, Share, share_of
from perfrules.lang.spec.fields import SomeOf, SpecModel, TextField, ValueField
from perfrules.lang.spec.indicators import MethodField
from perfrules.lang.tree import Expr


class PartSpec(SpecModel):
    """A part: its share of the points and how it is scored."""

    title: TextField = Text()
    share: ValueField = Field(examples=["share: 60%"])
    score: MethodField = Field(examples=["score: {method: met, when: approved}"])


class MixSpec(SpecModel):
    """The keys of `mix`."""

    of: SomeOf[PartSpec] = Field(examples=["of: [{share: 60%, score: …}, {share: 40%, score: …}]"])


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A share of the points and the method that earns it."""

    title: Text
    share: Decimal
    method: MethodPlan


@dataclass(frozen=True, slots=True)
class MixPlan:
    """Parts whose shares make 100 %."""

    name: ClassVar[str] = "mix"

    parts: tuple[Ingredient, ...]

    @property
    def reads(self) -> tuple[Expr, ...]:
        """What the parts read."""
        return tuple(expr for part in self.parts for expr in part.method.reads)

    def rate(self, at: Evaluation) -> Rated:
        """Return the weighted sum of the parts' shares."""
        total = NOTHING
        found: list[Rated] = []
        shown: list[Text] = []
        for part in self.parts:
            rated = part.method.rate(Part(at, CONTEXT.multiply(at.points, part.share)))
            share = share_of(rated)
            total = total.plus(Share(part.share).times(share))
            found.append(rated)
            shown.append(
                phrase(
                    "{title}{share} × {rate}（{because}）",
                    "{title}{share} × {rate} ({because})",
                    title=phrase("{title}", "{title} ", title=part.title) if part.title else "",
                    share=percent(part.share),
                    rate=percent(share.value),
                    because=rated.because,
                )
            )
        return total.rated(
            joined(shown, zh=" + ", en=" + "),
            unverified=any(rated.unverified for rated in found),
            notes=tuple(note for rated in found for note in rated.notes),
        )

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return the weighted sums of what the parts can give."""
        low, high = ZERO, ZERO
        for part in self.parts:
            span = part.method.reachable()
            if span is None:
                return None
            low = CONTEXT.add(low, CONTEXT.multiply(part.share, span[0]))
            high = CONTEXT.add(high, CONTEXT.multiply(part.share, span[1]))
        return low, high


class Mix:
    """The method as the table knows it."""

    name: ClassVar[str] = "mix"
    title: ClassVar[Text] = Text("综合", "mix of methods")
    Spec: ClassVar[type[BaseModel]] = MixSpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> MixPlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, MixSpec)  # noqa: S101 - the table pairs them
        shares = [
            literal(scope, ("of", place, "share"), part.share) for place, part in enumerate(spec.of)
        ]
        sound = add_up(scope, ("of",), shares)
        parts: list[Ingredient] = []
        for place, (part, share) in enumerate(zip(spec.of, shares, strict=True)):
            points = None
            if share is not None and scope.points is not None:
                points = CONTEXT.multiply(scope.points, share)
            path = ("of", place, "score")
            method = scope.method(path, part.score, supplied=scope.supplied, points=points)
            if method is not None and share is not None:
                parts.append(Ingredient(part.title, share, method))
        return MixPlan(tuple(parts)) if sound and len(parts) == len(spec.of) else None
