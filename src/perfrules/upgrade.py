"""An old document rewritten for today: what is deprecated gives way to what took its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from perfrules.errors import DiagnosedError, Span
from perfrules.errors import Path as Place
from perfrules.finder import RegistryFinder
from perfrules.lang.document import Document, Scalar, read_document
from perfrules.lang.resolve import Library
from perfrules.lang.resolve.finder import NotFound
from perfrules.lang.resolve.reference import Named, reference
from perfrules.lang.shape import kind_of
from perfrules.registry import Registry, default_registry

_STEPS = 8  # how long a chain of successors is followed


@dataclass(frozen=True, slots=True)
class Step:
    """One replacement: where it is, what stood there, and what stands there now."""

    span: Span
    before: str
    after: str


def upgraded(
    source: bytes | str, file: str, registry: Registry | None = None
) -> tuple[str, tuple[Step, ...]]:
    """Return the text of a ruleset without what its libraries deprecate, and each replacement.

    Nothing but the name behind `use:` is touched: comments and layout stay. The id that a line had
    stays, too, so that scores, expressions and results keep naming it.

    Args:
        source: The YAML text.
        file: Where it stands, for what lies beside it.
        registry: Where libraries are found.

    Raises:
        RulesetError: The text is no YAML document.
    """
    document = read_document(source, file)
    if kind_of(document) != "ruleset":
        return document.text, ()
    finder = RegistryFinder(registry or default_registry(), Path(file))
    steps = tuple(_steps(document, finder, (), document.value))
    text = document.text
    for step in reversed(steps):
        start = document.source.index(step.span.line, step.span.column)
        end = document.source.index(step.span.end_line, step.span.end_column)
        text = text[:start] + step.after + text[end:]
    return text, steps


def _steps(
    document: Document, finder: RegistryFinder, path: Place, holder: dict[str, object]
) -> Iterator[Step]:
    """Yield the replacements below a node, in source order."""
    nodes = holder.get("indicators")
    for index, node in enumerate(nodes if isinstance(nodes, list) else ()):
        if not isinstance(node, dict):
            continue
        here = (*path, "indicators", index)
        use = node.get("use")
        after = _successor(str(use), finder) if isinstance(use, Scalar) else None
        if after is not None:
            written = _written(document, here, node, after)
            yield Step(document.span((*here, "use")), str(use), written)
        yield from _steps(document, finder, here, node)


def _successor(use: str, finder: RegistryFinder) -> Named | None:
    """Return what took the place of an indicator at last; None where nothing did."""
    found = None
    wanted = reference(use)
    for _ in range(_STEPS):
        if not isinstance(wanted, Named) or "." not in wanted.id:
            break
        home, _, name = wanted.id.rpartition(".")
        try:
            library = Library(finder.named("library", Named(home, wanted.version)))
        except (NotFound, DiagnosedError):  # the checker tells of it
            break
        entry = library.indicators.get(name)
        gone = entry.node.get("deprecated") if entry is not None else None
        instead = gone.text("use") if gone is not None else None
        if instead is None:
            break
        wanted = found = Named(instead if "." in instead else f"{home}.{instead}", wanted.version)
    return found


def _written(document: Document, here: Place, node: dict[str, object], after: Named) -> str:
    """Return what stands behind `use:` then; with the old id where the line had none of its own."""
    if "id" in node:
        return str(after)
    old = str(node["use"]).partition("@")[0].rpartition(".")[2]
    span = document.span(here)
    if document.text[document.source.index(span.line, span.column)] == "{":
        return f"{after}, id: {old}"
    indent = " " * (document.key_spans[(*here, "use")].column - 1)
    return f"{after}\n{indent}id: {old}"
