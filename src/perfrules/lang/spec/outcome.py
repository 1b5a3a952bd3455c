"""The shape of what follows from a score: adjustments, gates, grades and decisions."""

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from perfrules.errors import Path, Text
from perfrules.lang.spec.fields import (
    DecimalField,
    LabelField,
    Name,
    SomeOf,
    SpecModel,
    TextField,
    ValueField,
    either,
    fault,
    faults,
    items,
    one_of,
    read_number,
    shown,
)
from perfrules.lang.spec.parts import BasisField

Match: TypeAlias = Literal["all", "first"]


def _range(value: object) -> tuple[Decimal, Decimal]:
    """Return the two ends of a range, in order."""
    found = items(value)
    if len(found) != 2:  # noqa: PLR2004 - a range has two ends
        raise fault("PRF226", value=shown(value))
    wrong: list[tuple[Path, PydanticCustomError]] = []
    ends: list[Decimal] = []
    for index, item in enumerate(found):
        try:
            ends.append(read_number(item))
        except PydanticCustomError as error:
            wrong.append(((index,), error))
    if wrong:
        raise faults(wrong)
    low, high = ends
    if low > high:
        raise faults([((1,), fault("PRF223", low=low, value=high))])
    return low, high


class AdjustmentSpec(SpecModel):
    """Points added after the sum, within a range."""

    id: Name = Field(examples=["id: innovation"])
    title: TextField = Text()
    range: Annotated[tuple[Decimal, Decimal], PlainValidator(_range)] = Field(
        examples=["range: [0, 5]"]
    )
    score: ValueField = Field(examples=["score: bonus"])
    basis: BasisField = ()


class EffectSpec(SpecModel):
    """What a gate does: exactly one of five."""

    cap_total: ValueField | None = None
    cap_grade: LabelField | None = None
    grade: LabelField | None = None
    zero: Name | None = None
    flag: TextField | None = None

    @model_validator(mode="after")
    def _one(self) -> "EffectSpec":
        given = [key for key in type(self).key_examples() if getattr(self, key) is not None]
        if len(given) != 1:
            choices = " / ".join(type(self).key_examples())
            raise either(given, choices)
        return self


class GateSpec(SpecModel):
    """A condition outside the sum."""

    id: Name = Field(examples=["id: misuse"])
    title: TextField = Text()
    when: ValueField = Field(examples=["when: misused"])
    then: EffectSpec = Field(examples=["then: {cap_grade: 良}"])
    reason: TextField = Text()
    basis: BasisField = ()


class GradeSpec(SpecModel):
    """A label earned at `at_least` or more; without it, only a gate gives it."""

    name: LabelField = Field(examples=["name: 优"])
    at_least: DecimalField | None = None
    title: TextField = Text()


class DoSpec(SpecModel):
    """What should follow."""

    code: Name = Field(examples=["code: rectify"])
    title: TextField = Text()
    amount: ValueField | None = None
    due: ValueField | None = None


class DecisionSpec(SpecModel):
    """When something should follow."""

    id: Name = Field(examples=["id: rectify"])
    when: ValueField | None = None
    do: DoSpec = Field(examples=["do: {code: rectify, title: 限期整改}"])
    basis: BasisField = ()


class DecisionsSpec(SpecModel):
    """The rules of what should follow; `match` says whether the first that holds is the last."""

    match: Annotated[Match, one_of(Match)] = "all"
    rules: SomeOf[DecisionSpec] = Field(
        examples=["rules: [{id: rectify, when: total < 60, do: {code: rectify}}]"]
    )
