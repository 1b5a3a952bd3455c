"""A library as its users see it: its indicators by id, and what each of them needs."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from perfrules.errors import Diagnostic
from perfrules.lang.document import Document, Scalar, Scope
from perfrules.lang.resolve.located import Located, document_of, located
from perfrules.messages import diagnose

LOCAL = ("standards", "parameters")  # what one indicator may declare for itself
_WORD = re.compile(r"\"[^\"]*\"|'[^']*'|(?<![\w.])[^\W\d]\w*")
# Words for people: what they say names nothing.
_PROSE = frozenset(
    {"id", "title", "note", "definition", "basis", "problem", "suggestion", "evidence", "unit"}
    | {"category", "nature", "direction", "method", "points_by", "type", "column", "reason"}
    | {"deprecated"}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator of a library: its place, and the defaults of the branches above it."""

    node: Located
    each: tuple[Located, ...]


class Library:
    """A library's document, with its indicators by id."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.root = located(document)
        self.id = self.root.text("library") or ""
        self.version = self.root.text("version") or "0"
        self.indicators = dict(_entries(self.root.get("indicators"), ()))
        self.allowed = frozenset(
            code
            for item in (self.root.get("allow") or self.root).items()
            if (code := item.text("code")) is not None
        )

    def names(self, section: str) -> Mapping[str, Located]:
        """Return the library's inputs or parameters."""
        item = self.root.get(section)
        return {} if item is None else item.entries()

    def declared(self, names: frozenset[str]) -> Document:
        """Return the document of only these inputs and parameters."""
        root = Located({}, self.root.span)
        for section in ("inputs", "parameters"):
            found = {name: item for name, item in self.names(section).items() if name in names}
            if found:
                root.entries()[section] = Located(dict(found), self.root.span)
        return document_of(root, self.document, {})


def _entries(holder: Located | None, each: tuple[Located, ...]) -> Iterator[tuple[str, Entry]]:
    for node in holder.items() if holder else ():
        name = node.text("id")
        if name is not None:
            yield name, Entry(node, each)
        own = node.get("each")
        inner = each if own is None else (own, *each)
        yield from _entries(node.get("indicators"), inner)


def keys_of(parameter: Located | None) -> list[str]:
    """Return the words under a parameter's `keys:`."""
    keys = parameter.get("keys") if parameter is not None else None
    if keys is None:
        return []
    return [str(item.value) for item in (keys.items() or [keys]) if isinstance(item.value, Scalar)]


def words(item: Located) -> set[str]:
    """Return every word that an expression in *item* could name; words in quotes aren't names."""
    found: set[str] = set()
    for path, scalar in item.scalars():
        if not _PROSE & set(path):
            found.update(_WORD.findall(scalar))
    return found


@dataclass(frozen=True, slots=True)
class Local:
    """A standard or parameter that one indicator declares for itself."""

    name: str  # in the indicator
    called: str  # in the ruleset
    item: Located


def hoisted(node: Located, prefix: str) -> list[Local]:
    """Take the `standards:` and `parameters:` out of an indicator."""
    found = []
    for section in LOCAL:
        item = node.entries().pop(section, None)
        for name, parameter in item.entries().items() if item is not None else ():
            found.append(Local(name, f"{prefix}_{name}", parameter))
    return found


def branches(node: Located) -> Iterator[Located]:
    """Yield an indicator and all below it."""
    yield node
    below = node.get("indicators")
    for child in below.items() if below else ():
        yield from branches(child)


def as_ruleset(
    document: Document, lost: Iterable[str] = ()
) -> tuple[Document, tuple[Diagnostic, ...]]:
    """Return a library as a ruleset that holds all of it, to be checked as one.

    Names that were *lost* with faulty parts are seen as well, so that nothing is blamed for them.
    The sections keep their paths; each indicator sees the library's names and its own standards.
    With it come the faults of standards that have a name too many (PRF283).
    """
    library = Library(document)
    root = library.root.copy()
    entries = root.entries()
    head = {"ruleset": entries.pop("library", Located(Scalar("library"), root.span))}
    if "inputs" not in entries:
        head["inputs"] = Located({}, root.span)
    known = [name for section in ("inputs", "parameters") for name in library.names(section)]
    names = {name: name for name in (*known, *lost)}
    opening = _Opening(document, library, root)
    for node in (root.get("indicators") or root).items():
        opening.open(node, names)
    merged = Located({**head, **entries}, root.span)
    return document_of(merged, document, {}), tuple(opening.found)


@dataclass(slots=True)
class _Opening:
    """The opening of a library: standards of indicators become parameters of the whole."""

    document: Document
    library: Library
    root: Located
    found: list[Diagnostic] = field(default_factory=list)

    def open(self, node: Located, names: Mapping[str, str]) -> None:
        """Give *node* and those below it their scopes."""
        name = node.text("id") or ""
        own: dict[str, str] = {}
        span = self.root.span
        for local in hoisted(node, name):
            there = self.root.entries().setdefault("parameters", Located({}, span)).entries()
            words = (local.name, local.called)
            taken = next((word for word in words if word in names or word in there), None)
            if taken is None:
                own[local.name] = local.called
                there[local.called] = local.item
                continue
            at = local.item.key or local.item.span
            excerpt = self.document.excerpt(at)
            self.found.append(
                diagnose("PRF283", at, excerpt=excerpt, value=local.name, other=taken)
            )
        inner = {**names, **own}
        ids = {word: word for child in branches(node) if (word := child.text("id")) is not None}
        node.scope = Scope(f"{self.library.id}.{name}@{self.library.version}", inner, ids=ids)
        below = node.get("indicators")
        for child in below.items() if below else ():
            self.open(child, inner)


def alone(library: Library, name: str, points: str | None = None) -> Document:
    """Return the document of a ruleset that takes one indicator from a library, and only that.

    Args:
        library: The library.
        name: The indicator's id in it.
        points: Its points; without them its own or those of what is below it, else 100.
    """
    span = library.root.span

    def written(text: str, *, quoted: bool = False) -> Located:
        return Located(Scalar(text, quoted=quoted), span)

    use = f"{library.id}.{name}@{library.version}"
    entry = library.indicators.get(name)
    own = entry.node if entry is not None else Located({}, span)
    node = {"use": written(use)}
    has_own = any(own.get(key) for key in ("points", "weight", "for_each", "indicators"))
    if points is not None or not has_own:
        node["points"] = written(points or "100")
    root = {
        "ruleset": written(library.id),
        "version": written(library.version, quoted=True),
        "title": own.get("title") or written(name),
        "inputs": Located({}, span),
        "indicators": Located([Located(node, span)], span),
    }
    return document_of(Located(root, span), library.document, {})
