"""The shape of inputs: one model for each type of value a form can hold."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, TypeAlias

from pydantic import BeforeValidator, Field, PlainValidator, model_validator
from pydantic_core import PydanticCustomError

from perfrules.errors import Text
from perfrules.lang.spec.fields import (
    FlagField,
    InputName,
    IntField,
    LabelField,
    Name,
    RulesetName,
    SomeOf,
    SpecModel,
    TextField,
    ValueField,
    fault,
    faults,
    key_errors,
    mapping,
    one_of,
    read_text,
    shown,
    some_mapping,
    without_notes,
    word_reader,
)
from perfrules.lang.spec.forms import Form
from perfrules.lang.spec.keys import key_faults
from perfrules.lang.spec.names import name_fault

MoneyUnit: TypeAlias = Literal["元", "千元", "万元", "亿元"]
Bare: TypeAlias = Literal["percent", "fraction"]


class InputBase(SpecModel):
    """What every input has."""

    title: TextField = Text()
    optional: FlagField = False
    note: TextField = Text()

    @classmethod
    def keys_elsewhere(cls) -> Mapping[str, Text]:
        """Return the keys of the other types of input."""
        return {
            key: Text(f"类型 {'、'.join(words)}", f"inputs of type {', '.join(words)}")
            for key, words in _homes().items()
        }


class Cell(InputBase):
    """An input that one cell of a spreadsheet can hold; `column` is its heading there."""

    column: LabelField | None = None
    default: ValueField | None = None


class Bounded(Cell):
    """An input that has a size; the bounds are literals as a form prints them."""

    min: ValueField | None = None
    max: ValueField | None = None


class NumberInput(Bounded):
    """A number."""

    type: Annotated[Literal["number"], PlainValidator(str)]
    unit: LabelField | None = None


class CountInput(Bounded):
    """A whole number, 0 or more."""

    type: Annotated[Literal["count"], PlainValidator(str)]
    unit: LabelField | None = None


class MoneyInput(Bounded):
    """An amount of money."""

    missing_codes: ClassVar[Mapping[str, str]] = {"unit": "PRF225"}

    type: Annotated[Literal["money"], PlainValidator(str)]
    unit: Annotated[MoneyUnit, one_of(MoneyUnit)] = Field(examples=["unit: 万元"])


class PercentInput(Bounded):
    """A share; `bare` says what a number without `%` means."""

    type: Annotated[Literal["percent"], PlainValidator(str)]
    unit: LabelField | None = None
    bare: Annotated[Bare, one_of(Bare)] | None = None


class DateInput(Bounded):
    """A day."""

    type: Annotated[Literal["date"], PlainValidator(str)]


class FlagInput(Cell):
    """Yes or no."""

    type: Annotated[Literal["flag"], PlainValidator(str)]


class TextInput(Cell):
    """Words."""

    type: Annotated[Literal["text"], PlainValidator(str)]


class ChoiceInput(Cell):
    """One of several labels, best first; with `many`, any number of them."""

    type: Annotated[Literal["choice"], PlainValidator(str)]
    of: SomeOf[LabelField] = Field(examples=["of: [达成, 部分达成, 未达成]"])
    many: FlagField = False


class IdInput(Cell):
    """An identifier, kept as text; it may have to match a pattern."""

    type: Annotated[Literal["id"], PlainValidator(str)]
    pattern: LabelField | None = None


class TargetInput(Cell):
    """A target cell, such as `≥95%`."""

    type: Annotated[Literal["target"], PlainValidator(str)]


class SurveyInput(InputBase):
    """Counts of answers by level, best first, by group where there are groups."""

    type: Annotated[Literal["survey"], PlainValidator(str)]
    of: SomeOf[LabelField] = Field(examples=["of: [很满意, 满意, 一般, 不满意, 很不满意]"])
    groups: SomeOf[LabelField] | None = None


class PanelInput(InputBase):
    """Scores by rater, by group and item where there are any."""

    type: Annotated[Literal["panel"], PlainValidator(str)]
    groups: SomeOf[LabelField] | None = None
    items: SomeOf[LabelField] | None = None


class RowsSpec(SpecModel):
    """How many rows a table may have."""

    min: IntField | None = None
    max: IntField | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "RowsSpec":
        if self.min is not None and self.max is not None and self.min > self.max:
            raise faults([(("max",), fault("PRF223", low=self.min, value=self.max))])
        return self


ColumnSpec: TypeAlias = (
    NumberInput
    | CountInput
    | MoneyInput
    | PercentInput
    | DateInput
    | FlagInput
    | TextInput
    | ChoiceInput
    | IdInput
    | TargetInput
)

_COLUMNS: dict[str, type[SpecModel]] = {
    "number": NumberInput,
    "money": MoneyInput,
    "percent": PercentInput,
    "count": CountInput,
    "flag": FlagInput,
    "choice": ChoiceInput,
    "text": TextInput,
    "id": IdInput,
    "date": DateInput,
    "target": TargetInput,
}


def _column(value: object) -> SpecModel:
    """Return a table's column, which can't be a table itself."""
    if isinstance(value, dict) and str(value.get("type")) in {"table", "survey", "panel"}:
        raise faults([(("type",), fault("PRF227", value=value["type"]))])
    return _pick(value, _COLUMNS)


class TableInput(InputBase):
    """Rows of named columns: a target sheet, a list of payments."""

    type: Annotated[Literal["table"], PlainValidator(str)]
    columns: Annotated[
        dict[Name, Annotated[ColumnSpec, PlainValidator(_column)]], BeforeValidator(some_mapping)
    ] = Field(examples=["columns: {name: {type: text}}"])
    rows: RowsSpec | None = None


FIELDS = ("total", "rate", "grade", "complete")
PARTS = ("score", "rate", "state", "report")
_ALL_FIELDS = ", ".join((*FIELDS, *(f"{part}.id" for part in PARTS)))


def _field(value: object) -> str:
    """Return what is read of an earlier result: `total`, `score.execution`."""
    text = read_text(value)
    part, _, name = text.partition(".")
    if text not in FIELDS and not (part in PARTS and name and name_fault(name) is None):
        raise fault("PRF205", value=text, choices=_ALL_FIELDS, guess=Text())
    return text


class EarlierInput(InputBase):
    """A value of an earlier stage's result: its type is that of the ruleset's field."""

    from_: RulesetName = Field(alias="from", examples=["from: city.appraisal@1"])
    field: Annotated[str, PlainValidator(_field), Form("earlier")] = Field(
        examples=["field: total"]
    )
    column: LabelField | None = None


TypedInput: TypeAlias = ColumnSpec | SurveyInput | PanelInput | TableInput
InputSpec: TypeAlias = TypedInput | EarlierInput

MODELS: Mapping[str, type[SpecModel]] = {
    **_COLUMNS,
    "survey": SurveyInput,
    "panel": PanelInput,
    "table": TableInput,
}


def _homes() -> dict[str, tuple[str, ...]]:
    """Return every key of an input with the types it belongs to."""
    homes: dict[str, tuple[str, ...]] = {}
    for word, model in MODELS.items():
        for key in model.key_examples():
            homes[key] = (*homes.get(key, ()), word)
    return homes


def _pick(value: object, models: Mapping[str, type[SpecModel]]) -> SpecModel:
    """Return the input that *value* describes, by the model of its `type`."""
    if not isinstance(value, dict):
        raise fault("PRF212", value=shown(value), keys="type, title, unit, …")
    given = without_notes(value)
    if "type" not in given:
        known = dict.fromkeys(_homes(), "") | {"type": "type: number"}
        needed = {"type": "PRF202"}
        raise faults(key_errors(key_faults(given, known, needed, elsewhere={})))
    try:
        word = word_reader(tuple(models))(given["type"])
    except PydanticCustomError as error:
        raise faults([(("type",), error)]) from None
    return models[word].model_validate(value)


def _input(value: object) -> SpecModel:
    if isinstance(value, dict) and "type" not in value and ("from" in value or "field" in value):
        return EarlierInput.model_validate(value)
    return _pick(value, MODELS)


InputField = Annotated[InputSpec, PlainValidator(_input)]
InputsField = Annotated[dict[InputName, InputField], BeforeValidator(mapping)]
