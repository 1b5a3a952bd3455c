"""`checklist` · 要素计分: each element that is there earns its share of the points.

立项依据充分性: ① to ⑤ each 20 % of the points; 绩效目标合理性: without ① nothing is earned, with
it 40 %, ②③④ 20 % each. Elements are asked by a condition each, or read from one set of choices.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from pydantic import BaseModel, Field, model_validator

from perfrules.decimals import ONE, ZERO, plain
from perfrules.errors import Text
from perfrules.lang.frame import Evaluation, Fault, Rated
from perfrules.lang.methods.amount import add_up, added, literal
from perfrules.lang.methods.base import Scope
from perfrules.lang.methods.labels import fit_labels, twice
from perfrules.lang.methods.measure import reads
from perfrules.lang.methods.pair import keys_given
from perfrules.lang.methods.phrase import joined, phrase, points
from perfrules.lang.methods.share import NOTHING, WHOLE, Share
from perfrules.lang.spec.fields import (
    FlagField,
    LabelField,
    SomeOf,
    SpecModel,
    TextField,
    ValueField,
    either,
)
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind


class ElementSpec(SpecModel):
    """One element, its worth, and how it is asked."""

    id: LabelField = Field(examples=["id: ①"])
    title: TextField = Text()
    share: ValueField | None = None
    points: ValueField | None = None
    when: ValueField | None = None
    required: FlagField = False

    @model_validator(mode="after")
    def _one_worth(self) -> "ElementSpec":
        if (self.share is None) == (self.points is None):
            given = keys_given(share=self.share, points=self.points)
            raise either(filter(None, [given]), "share / points")
        return self


class ChecklistSpec(SpecModel):
    """The keys of `checklist`; without elements each label of the set has an equal share."""

    actual: ValueField | None = None
    elements: SomeOf[ElementSpec] | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """An element; `worth` is points where the list counts points, else a share."""

    id: str
    title: Text
    worth: Decimal
    when: Expr | None  # None: read from the set
    required: bool


@dataclass(frozen=True, slots=True)
class ChecklistPlan:
    """Elements, and the set of choices that holds the ids of those that are there."""

    name: ClassVar[str] = "checklist"

    actual: Expr | None
    elements: tuple[Element, ...]
    whole: Decimal | None  # what the worths are shares of; None: the leaf's points
    where: tuple[str | int, ...] = ()

    @property
    def reads(self) -> tuple[Expr, ...]:
        """The set, then the conditions."""
        return reads(self.actual, *(item.when for item in self.elements))

    def rate(self, at: Evaluation) -> Rated:
        """Return the sum of what is there; nothing where a required element isn't."""
        whole = self._whole(at)
        chosen = self._chosen(at)
        there = [self._holds(at, item, chosen) for item in self.elements]
        lost = [item for item, held in zip(self.elements, there, strict=True) if not held]
        vetoed = [item for item in lost if item.required]
        if vetoed:
            return NOTHING.rated(
                phrase(
                    "缺少必备要素{names}",
                    "without the required {names}",
                    names=joined(map(_shown, vetoed)),
                )
            )
        if not lost:
            return WHOLE.rated(
                phrase(
                    "{count}项要素全部符合",
                    "all {count} elements are met",
                    count=len(self.elements),
                )
            )
        held = added([item.worth for item in self.elements if item not in lost])
        because = phrase(
            "{all}项要素符合{count}项，不符合：{names}",
            "{count} of {all} elements are met, not {names}",
            all=len(there),
            count=sum(there),
            names=joined(map(_shown, lost)),
        )
        return Share(held, whole).rated(because)

    def _whole(self, at: Evaluation) -> Decimal:
        """Return what the worths are parts of; PRF564 where points don't add up to the leaf's."""
        if self.whole is not None:
            return self.whole
        found = added([item.worth for item in self.elements])
        if found != at.points:
            raise Fault("PRF564", where=self.where, left=points(found), right=points(at.points))
        return found

    def _chosen(self, at: Evaluation) -> frozenset[str]:
        if self.actual is None:
            return frozenset()
        found = at.value(self.actual)
        assert isinstance(found, frozenset)  # noqa: S101 - typed at load
        return found

    def _holds(self, at: Evaluation, item: Element, chosen: frozenset[str]) -> bool:
        return item.id in chosen if item.when is None else bool(at.value(item.when))

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return from 0 to 1."""
        return ZERO, ONE


def _shown(item: Element) -> Text:
    if not item.title:
        return phrase("“{id}”", "{id}", id=item.id)
    return phrase("“{id} {title}”", "{id} ({title})", id=item.id, title=item.title)


class Checklist:
    """The method as the table knows it."""

    name: ClassVar[str] = "checklist"
    title: ClassVar[Text] = Text("要素计分", "checklist")
    Spec: ClassVar[type[BaseModel]] = ChecklistSpec

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> ChecklistPlan | None:
        """Return the plan, or None after reporting what is wrong."""
        assert isinstance(spec, ChecklistSpec)  # noqa: S101 - the table pairs them
        if spec.elements is None:
            return _equal_parts(spec, scope)
        paths = [("elements", place, "id") for place in range(len(spec.elements))]
        sound = not twice(scope, paths, [item.id for item in spec.elements])
        from_set = [item.id for item in spec.elements if item.when is None]
        actual = None
        if from_set:
            actual = scope.actual(spec.actual, Kind.CHOICES)
            if actual is None or not fit_labels(scope, ("elements",), from_set, actual.type.of):
                sound = False
        elif spec.actual is not None:
            other = Text("没有 when 的要素", "elements without when")
            scope.report("PRF439", ("actual",), key=True, value="actual", other=other)
            sound = False
        elements = _elements(spec.elements, scope)
        if elements is None or not sound:
            return None
        counted = spec.elements[0].points is not None
        whole = scope.points if counted else ONE
        where = actual.where if actual else elements[0].when.where if elements[0].when else ()
        return ChecklistPlan(actual, elements, whole, where)


def _equal_parts(spec: ChecklistSpec, scope: Scope) -> ChecklistPlan | None:
    """Return the plan of a list whose elements are the labels of a set."""
    actual = scope.actual(spec.actual, Kind.CHOICES, key="elements")
    if actual is None or not actual.type.of:
        return None
    labels = actual.type.of
    elements = tuple(Element(label, Text(), ONE, None, required=False) for label in labels)
    return ChecklistPlan(actual, elements, Decimal(len(labels)))


def _elements(specs: tuple[ElementSpec, ...], scope: Scope) -> tuple[Element, ...] | None:
    """PRF428, PRF429: shares or points that don't make the whole; PRF450 where both are used."""
    counted = specs[0].points is not None
    key = "points" if counted else "share"
    found: list[Element | None] = []
    for place, item in enumerate(specs):
        path = ("elements", place)
        when = scope.value((*path, "when"), item.when, Kind.FLAG) if item.when is not None else None
        if (item.points is not None) != counted:
            other = "share" if counted else "points"
            scope.report("PRF450", (*path, other), key=True, value=other, other=key)
            found.append(None)
            continue
        raw = item.points if counted else item.share
        worth = literal(scope, (*path, key), raw, Kind.NUMBER if counted else Kind.PERCENT)
        sound = worth is not None and (when is not None or item.when is None)
        found.append(
            Element(item.id, item.title, worth, when, item.required)
            if sound and worth is not None
            else None
        )
    elements = [item for item in found if item is not None]
    if len(elements) < len(found):
        return None
    total = added([item.worth for item in elements])
    whole = scope.points if counted else ONE
    if whole is None or total == whole:
        return tuple(elements)
    if counted:
        scope.report("PRF429", ("elements",), key=True, value=plain(total), right=plain(whole))
        return None
    add_up(scope, ("elements",), [item.worth for item in elements])
    return None
