"""Mappings whose other keys follow from one: a method, a type of input, a row's form.

`strict` is if/then by that key, so that a validator names the one mistake. `editor` is oneOf, so
that a language server offers each form whole.
"""

from collections.abc import Mapping
from typing import Final

from perfrules.errors import Text
from perfrules.lang.methods.base import Method
from perfrules.lang.spec.fields import SpecModel
from perfrules.lang.spec.inputs import MODELS, EarlierInput
from perfrules.lang.spec.portfolio import FoldSpec
from perfrules.lang.spec.values import ChooseSpec, ElseRow, WhenRow
from perfrules.schema.texts import METHOD, TYPE, input_text, method_text
from perfrules.schema.walk import Schema, Special, Walk, ref

NOT_IN_TABLES: Final = ("table", "survey", "panel")


def where(key: str, word: str) -> Schema:
    """Return the condition that *key* says *word*."""
    return {"type": "object", "required": [key], "properties": {key: {"const": word}}}


def _chosen(walk: Walk, key: str, members: Mapping[str, tuple[str, Text]], about: Text) -> Schema:
    """Return a mapping whose *key* says which of *members* it is: definitions and texts by word."""
    texts = {word: text for word, (_, text) in members.items()}
    first = {
        "type": "object",
        "required": [key],
        "properties": {key: {**walk.words(members, texts), **walk.say(about)}},
    }
    if walk.style == "editor":  # a word that is none is told once
        known = {"properties": {key: {"enum": list(members)}}}
        forms = {"oneOf": [ref(name) for name, _ in members.values()]}
        return {**first, "if": known, "then": forms}
    return {
        **first,
        "allOf": [
            {"if": where(key, word), "then": ref(name)} for word, (name, _) in members.items()
        ],
    }


def _member(walk: Walk, name: str, key: str, word: str, model: type[SpecModel], text: Text) -> str:
    """Define one form of a mapping, its *key* first, and return its name."""
    if name not in walk.definitions:
        walk.definitions[name] = {}
        first = {key: {"const": word, **walk.say(text)}}
        needed = [key, *model.needed_keys()]
        found = walk.mapping(model, first, needed=dict.fromkeys(needed))
        walk.definitions[name] = {"title": word, **found, **walk.say(text)}
    return name


def method(walk: Walk) -> Schema:
    """Return the schema of a scoring method with its keys: the built-in ones, then plugins'."""
    found: dict[str, tuple[str, Text]] = {}
    for word, item in walk.vocabulary.methods.items():
        text = method_text(item)
        found[word] = (_method(walk, word, item, text), text)
    return _chosen(walk, "method", found, METHOD)


def _method(walk: Walk, word: str, item: type[Method], text: Text) -> str:
    model = item.Spec
    assert issubclass(model, SpecModel)  # noqa: S101 - methods' models are, plugins' too
    return _member(walk, f"method_{word}", "method", word, model, text)


def _inputs(walk: Walk, left_out: tuple[str, ...] = ()) -> dict[str, tuple[str, Text]]:
    return {
        word: (
            _member(walk, f"input_{word}", "type", word, model, input_text(model)),
            input_text(model),
        )
        for word, model in MODELS.items()
        if word not in left_out
    }


def column(walk: Walk) -> Schema:
    """Return the schema of a table's column."""
    return _chosen(walk, "type", _inputs(walk, NOT_IN_TABLES), TYPE)


def any_input(walk: Walk) -> Schema:
    """Return the schema of an input: by its type, or a value of an earlier stage's result."""
    typed = _chosen(walk, "type", _inputs(walk), TYPE)
    earlier = walk.model(EarlierInput)
    untyped = {"if": _any_of("from", "field"), "then": earlier, "else": {"required": ["type"]}}
    if walk.style == "editor":  # where nothing is written yet, all types are offered
        return {"type": "object", "if": _any_of("from", "field"), "then": earlier, "else": typed}
    return {"type": "object", "if": _any_of("type"), "then": typed, "else": untyped}


def row(walk: Walk) -> Schema:
    """Return the schema of a row of a choosing table."""
    return _told_apart(walk, ("else",), ElseRow, WhenRow)


def computed(walk: Walk) -> Schema:
    """Return the schema of a portfolio's column that is no expression."""
    return _told_apart(walk, ("rows", "choose"), ChooseSpec, FoldSpec)


def _told_apart(
    walk: Walk, keys: tuple[str, ...], model: type[SpecModel], other: type[SpecModel]
) -> Schema:
    """Return one of two models: the first where one of *keys* is there."""
    first, second = walk.model(model), walk.model(other)
    if walk.style == "editor":
        return {"oneOf": [first, second]}
    return {"type": "object", "if": _any_of(*keys), "then": first, "else": second}


def _any_of(*keys: str) -> Schema:
    return {"type": "object", "anyOf": [{"required": [key]} for key in keys]}


SPECIAL: Final[Mapping[str, Special]] = {
    "method": method,
    "column": column,
    "input": any_input,
    "row": row,
    "computed": computed,
}
