"""From annotations to shapes: each type of field, with its marks."""

from typing import Annotated, Literal

import pytest
from pydantic import Field

from perfrules.lang.spec import fields
from perfrules.lang.spec.fields import SpecModel
from perfrules.lang.spec.outcome import AdjustmentSpec, GradeSpec
from perfrules.lang.vocabulary import BUILT_IN
from perfrules.schema import Style
from perfrules.schema.walk import Special, Walk, ref


def walk(style: Style = "strict") -> Walk:
    special: dict[str, Special] = {
        "value": lambda _: {"type": ["string", "number"]},
        "text": lambda _: {"type": "string"},
    }
    return Walk("zh", style, BUILT_IN, special)


class Sample(SpecModel):
    """A model that holds itself."""

    id: fields.Name
    else_: fields.ValueField | None = Field(None, alias="else")
    below: fields.SomeOf["Sample"] = ()


@pytest.mark.parametrize(
    ("kind", "shape"),
    [
        (fields.DecimalField, {"type": "number"}),
        (fields.DecimalField | None, {"type": "number"}),
        (fields.FlagField, {"type": "boolean"}),
        (fields.DigitsField, {"type": "integer", "minimum": 0, "maximum": 12}),
        (fields.ValueField, ref("value")),
        (fields.TextField, ref("text")),
        (fields.Name, ref("name_form")),
        (fields.DateField, ref("date_form")),
        (fields.ListOf[fields.FlagField], {"type": "array", "items": {"type": "boolean"}}),
        (
            fields.SomeOf[fields.FlagField],
            {"type": "array", "items": {"type": "boolean"}, "minItems": 1},
        ),
        (
            fields.ValueMapOf[fields.FlagField],
            {
                "type": "object",
                "additionalProperties": {"type": "boolean"},
                "propertyNames": ref("value_name_form"),
                "minProperties": 1,
            },
        ),
    ],
)
def test_a_type_has_its_shape(kind: object, shape: dict[str, object]) -> None:
    assert walk().of(kind) == shape


def test_a_range_has_two_ends() -> None:
    found = walk().mapping(AdjustmentSpec)["properties"]["range"]
    assert {key: found[key] for key in ("type", "items", "minItems", "maxItems")} == {
        "type": "array",
        "items": {"type": "number"},
        "minItems": 2,
        "maxItems": 2,
    }


def test_words_come_with_their_meaning() -> None:
    found = walk().of(Annotated[Literal["higher", "lower"], "a mark that nobody knows"])
    assert found["enum"] == ["higher", "lower"]
    assert found["enumDescriptions"] == ["越高越好", "越低越好"]


def test_a_model_may_hold_itself() -> None:
    own = walk()
    assert own.model(Sample) == ref("Sample")
    found = own.definitions["Sample"]
    assert list(found["properties"]) == ["id", "else", "below"]
    assert found["required"] == ["id"]
    assert found["properties"]["below"]["items"] == ref("Sample")


def test_one_or_a_list_is_told_apart_by_its_shape() -> None:
    kind = fields.OneOrMore[GradeSpec]
    listed = {"type": "array", "items": ref("Grade"), "minItems": 1}
    assert walk("editor").of(kind) == {"anyOf": [ref("Grade"), listed]}
    assert walk("strict").of(kind) == {
        "if": {"type": "object"},
        "then": ref("Grade"),
        "else": listed,
    }


def test_two_scalars_are_one_of_two() -> None:
    found = walk("strict").alternatives({"type": "number"}, {"enum": ["none"]})
    assert found == {"anyOf": [{"type": "number"}, {"enum": ["none"]}]}


def test_needed_keys_and_more_keys_may_be_given() -> None:
    found = walk().mapping(GradeSpec, {"under": {"type": "string"}}, needed=("under",))
    assert list(found["properties"]) == ["under", "name", "at_least", "title"]
    assert found["required"] == ["under"]
    assert "required" not in walk().mapping(GradeSpec, needed=())
