"""Shapes of what holds a value by name: derived values, choosing tables and parameters."""

from collections.abc import Iterator
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from perfrules.errors import Path, Text
from perfrules.lang.document import Scalar
from perfrules.lang.spec.fields import (
    DateField,
    LabelField,
    Name,
    SomeOf,
    SpecModel,
    TextField,
    ValueField,
    ValueMapOf,
    either,
    fault,
    faults,
    named_reader,
    one_of,
    read_value,
    shown,
    some_items,
    some_mapping,
)
from perfrules.lang.spec.forms import Form
from perfrules.lang.spec.parts import BasisField

Choose: TypeAlias = Literal["first", "unique"]
Literals: TypeAlias = Scalar | dict[str, Any]  # a literal, or literals by key, three deep at most

DEPTH = 3


class WhenRow(SpecModel):
    """A row of a choosing table: a condition and what it gives."""

    when: ValueField = Field(examples=["when: gap > 20%"])
    then: ValueField = Field(examples=["then: 红"])


class ElseRow(SpecModel):
    """The last row of a choosing table: what holds where no condition does."""

    else_: ValueField = Field(alias="else", examples=["else: 绿"])


def _row(value: object) -> WhenRow | ElseRow:
    if not isinstance(value, dict):
        raise fault("PRF212", value=shown(value), keys="when, then, else")
    keys = {key for key in value if not key.startswith("x-")}
    if "else" in keys and keys & {"when", "then"}:
        raise either(sorted(keys), "when + then / else")
    if not keys:
        raise fault("PRF213", value="{}")
    # A lone key that is neither `when` nor `then` is `else`, well or badly spelt.
    alone = len(keys) == 1 and not keys & {"when", "then"}
    return (ElseRow if "else" in keys or alone else WhenRow).model_validate(value)


class ChooseSpec(SpecModel):
    """A choosing table: the first row that holds, or the only one."""

    of: SomeOf[LabelField] | None = None
    choose: Annotated[Choose, one_of(Choose)] = Field(examples=["choose: first"])
    rows: SomeOf[Annotated[WhenRow | ElseRow, PlainValidator(_row)]] = Field(
        examples=["rows: [{when: gap > 20%, then: 红}, {else: 绿}]"]
    )


def _derive(value: object) -> Scalar | ChooseSpec:
    return ChooseSpec.model_validate(value) if isinstance(value, dict) else read_value(value)


DeriveField = Annotated[Scalar | ChooseSpec, PlainValidator(_derive)]


def _literals(value: object) -> Literals:
    """Return a literal or a map of literals, after looking at every entry."""
    if not isinstance(value, dict):
        return read_value(value)
    wrong = list(_map_faults(some_mapping(value)))
    if wrong:
        raise faults(wrong)
    return value


def _map_faults(value: dict[str, Any]) -> Iterator[tuple[Path, PydanticCustomError]]:
    """Yield what is wrong below a map: an entry that is no literal, a map that is too deep."""
    open_maps: list[tuple[Path, dict[str, Any]]] = [((), value)]
    while open_maps:
        path, entries = open_maps.pop()
        for key, entry in entries.items():
            place = (*path, key)
            if not isinstance(entry, dict):
                try:
                    read_value(entry)
                except PydanticCustomError as error:
                    yield place, error
            elif len(place) >= DEPTH:
                yield place, fault("PRF230", value=shown(entry), most=DEPTH)
            elif entry:
                open_maps.append((place, entry))
            else:
                yield place, fault("PRF213", value="{}")


LiteralsField = Annotated[Literals, PlainValidator(_literals), Form("literals")]
_word = named_reader()


def _keys(value: object) -> tuple[str, ...]:
    """Return what a map's keys are: one word, or a list with one a level."""
    if not isinstance(value, list):
        return (_word(value),)
    if len(some_items(value)) > DEPTH:
        raise fault("PRF230", value=shown(value), most=DEPTH)
    return tuple(_word(item) for item in value)


class ParameterSpec(SpecModel):
    """A parameter: one value, or values by the day from which each holds; a map where it has keys.

    `keys` are `count`, `number`, `text`, `date` or the id of a choice input, one for each level.
    """

    title: TextField = Text()
    unit: LabelField | None = None
    basis: BasisField = ()
    keys: Annotated[tuple[Name, ...], PlainValidator(_keys), Form("one_or_list")] = ()
    value: LiteralsField | None = None
    values: Annotated[dict[DateField, LiteralsField], BeforeValidator(some_mapping)] | None = None
    note: TextField = Text()

    @model_validator(mode="after")
    def _one_form(self) -> "ParameterSpec":
        if (self.value is None) == (self.values is None):
            both = () if self.value is None else ("value", "values")
            raise either(both, "value / values")
        return self


DerivesField = ValueMapOf[DeriveField]
ParametersField = ValueMapOf[ParameterSpec]
