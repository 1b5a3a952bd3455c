"""A document with one thing changed: its values only, so that nothing is read twice."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from perfrules.errors import Path
from perfrules.lang.document import Document


@dataclass(frozen=True, slots=True)
class Drop:
    """What an edit puts where nothing is to stay."""


@dataclass(frozen=True, slots=True)
class Rename:
    """What an edit puts where a value gets another key."""

    key: str


DROP: Final = Drop()


@dataclass(frozen=True, slots=True)
class Edit:
    """A new value at a path of the document, `DROP` for none, or `Rename` for another key."""

    path: Path
    value: object


def edited(document: Document, edits: Iterable[Edit]) -> Document:
    """Return *document* with its values changed; *document* itself stays as it is."""
    value: object = document.value
    for edit in edits:
        value = _changed(value, edit.path, edit.value)
    assert isinstance(value, dict)  # noqa: S101 - a document is a mapping
    return replace(document, value=value)


def _changed(value: object, path: Path, new: object) -> object:
    if not path:
        return new
    part, rest = path[0], path[1:]
    if isinstance(value, list) and isinstance(part, int):
        items = list(value)
        if not rest and isinstance(new, Drop):
            del items[part]
        else:
            items[part] = _changed(items[part], rest, new)
        return items
    assert isinstance(value, dict)  # noqa: S101 - a path leads through lists and mappings
    if not rest and isinstance(new, Drop):
        return {key: item for key, item in value.items() if key != part}
    if not rest and isinstance(new, Rename):
        return {new.key if key == part else key: item for key, item in value.items()}
    return {key: _changed(item, rest, new) if key == part else item for key, item in value.items()}


def at(value: object, path: Path) -> object:
    """Return what stands at *path*, None where nothing does.

    >>> at({"a": [1, {"b": 2}]}, ("a", 1, "b"))
    2
    """
    for part in path:
        if isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
        elif isinstance(value, dict):
            value = value.get(part)
        else:
            return None
    return value
