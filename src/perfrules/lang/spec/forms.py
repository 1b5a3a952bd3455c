"""How a field is written, where its type alone doesn't say it: for those who describe the models.

A reader of `lang.spec.fields` decides what a document may hold; a `Form` beside it says the same to
the JSON Schema. The type is what the model keeps: a name and a label are both a `str` there.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

FormWord: TypeAlias = Literal[
    "name",  # an id
    "value_name",  # one that expressions may use
    "input_name",  # and that facts may give
    "ruleset",  # names with dots between them
    "reference",  # a ruleset's id with its version
    "version",
    "language",
    "words",  # a text in one language
    "label",  # a text kept as it is written
    "share",  # a number, or a percentage
    "wanted",  # that, or none
    "method",  # a scoring method with its keys
    "facts",  # any mapping
    "literals",  # a literal, or literals by key
    "one_or_list",  # one item without its list is a list of one
    "anchors",  # a text, or what an anchor says, by label
    "by_source",  # rows by source; a list alone is of the first
    "by_group",  # a value, or one for each group
    "earlier",  # what is read of an earlier result
]


@dataclass(frozen=True, slots=True)
class Form:
    """A mark in a field's annotation; pydantic passes over it."""

    word: FormWord


@dataclass(frozen=True, slots=True)
class Whole:
    """A mark of a whole number within bounds."""

    low: int
    high: int
