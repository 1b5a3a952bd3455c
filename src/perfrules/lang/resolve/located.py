"""Values that carry their places with them, so that parts of documents can be moved about."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from perfrules.errors import Path, Span
from perfrules.lang.document import Document, Scalar, Scope

Value: TypeAlias = "Scalar | dict[str, Located] | list[Located]"


@dataclass(slots=True)
class Located:
    """A value, where it stands, where its key stands, and the scope that begins with it.

    A tree of these is a private copy: it may be changed in place.
    """

    value: Value
    span: Span
    key: Span | None = None
    scope: Scope | None = None

    def get(self, key: str) -> "Located | None":
        """Return the entry of a mapping, None where there is none or it is no mapping."""
        return self.value.get(key) if isinstance(self.value, dict) else None

    def entries(self) -> dict[str, "Located"]:
        """Return the entries of a mapping; nothing has none."""
        return self.value if isinstance(self.value, dict) else {}

    def items(self) -> list["Located"]:
        """Return the items of a list; nothing has none."""
        return self.value if isinstance(self.value, list) else []

    def text(self, key: str) -> str | None:
        """Return the text of a mapping's entry, None where it is none."""
        found = self.get(key)
        return str(found.value) if found is not None and isinstance(found.value, Scalar) else None

    def copy(self) -> "Located":
        """Return a copy that shares nothing that can be changed."""
        value = self.value
        if isinstance(value, dict):
            value = {key: item.copy() for key, item in value.items()}
        elif isinstance(value, list):
            value = [item.copy() for item in value]
        return Located(value, self.span, self.key, self.scope)

    def plain(self) -> object:
        """Return the value without places."""
        if isinstance(self.value, dict):
            return {key: item.plain() for key, item in self.value.items()}
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        return self.value

    def size(self) -> int:
        """Return how many values there are in it, itself one of them."""
        return 1 + sum(item.size() for item in (*self.entries().values(), *self.items()))

    def scalars(self) -> Iterator[tuple[Path, Scalar]]:
        """Yield every scalar with its path below this value."""
        if isinstance(self.value, Scalar):
            yield (), self.value
        for key, item in self.entries().items():
            yield from (((key, *path), scalar) for path, scalar in item.scalars())
        for index, item in enumerate(self.items()):
            yield from (((index, *path), scalar) for path, scalar in item.scalars())


def located(document: Document, path: Path = ()) -> Located:
    """Return what stands at *path* of a document, with the places of all that is in it."""
    value: object = document.value
    for part in path:
        value = value[part]  # type: ignore[index] # the caller looked
    return _located(document, path, value)


def _located(document: Document, path: Path, value: object) -> Located:
    found: Value
    if isinstance(value, dict):
        found = {key: _located(document, (*path, key), item) for key, item in value.items()}
    elif isinstance(value, list):
        found = [_located(document, (*path, at), item) for at, item in enumerate(value)]
    else:
        found = value if isinstance(value, Scalar) else Scalar(str(value))
    scope = document.scopes.get(path)
    return Located(found, document.span(path), document.key_spans.get(path), scope)


def document_of(root: Located, first: Document, texts: Mapping[str, str]) -> Document:
    """Return the document of a tree: *first* is the one that was asked for, *texts* the others'."""
    spans: dict[Path, Span] = {}
    keys: dict[Path, Span] = {}
    scopes: dict[Path, Scope] = {}
    value = _plain(root, (), spans, keys, scopes)
    assert isinstance(value, dict)  # noqa: S101 - a document's root is a mapping
    return Document(first.file, first.text, value, spans, keys, dict(texts), scopes)


def _plain(
    item: Located,
    path: Path,
    spans: dict[Path, Span],
    keys: dict[Path, Span],
    scopes: dict[Path, Scope],
) -> object:
    spans[path] = item.span
    if item.key is not None and path and isinstance(path[-1], str):
        keys[path] = item.key
    if item.scope is not None:
        scopes[path] = item.scope
    if isinstance(item.value, dict):
        return {
            key: _plain(entry, (*path, key), spans, keys, scopes)
            for key, entry in item.value.items()
        }
    if isinstance(item.value, list):
        return [
            _plain(entry, (*path, at), spans, keys, scopes) for at, entry in enumerate(item.value)
        ]
    return item.value
