"""A document as the rest of the front end sees it: plain values, and where each of them stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from perfrules.errors import Diagnostic, Path, Span
from perfrules.lang.document.origin import origins
from perfrules.lang.document.scalar import Scalar
from perfrules.lang.document.scope import Scope
from perfrules.lang.document.source import Source
from perfrules.messages import diagnose


@dataclass(frozen=True)
class Document:
    """Plain values (`Scalar`, list, dict) with a span for each path, and one for each key.

    `text` is the whole source with line feeds as line ends. A block's span ends with its last
    character that says something. In a document that was put together from several, each span names
    its own file, `texts` holds the other files' texts, and `scopes` says which parts see the names
    of a library.
    """

    file: str
    text: str = field(repr=False)
    value: dict[str, object]
    spans: Mapping[Path, Span] = field(repr=False)
    key_spans: Mapping[Path, Span] = field(repr=False)
    texts: Mapping[str, str] = field(default_factory=dict, repr=False)
    scopes: Mapping[Path, Scope] = field(default_factory=dict, repr=False)

    @cached_property
    def source(self) -> Source:
        """Return the text by lines."""
        return Source(self.file, self.text)

    @cached_property
    def _others(self) -> dict[str, Source]:
        return {file: Source(file, text) for file, text in self.texts.items()}

    def source_of(self, span: Span) -> Source:
        """Return the text that *span* stands in, by lines."""
        return self._others.get(span.file, self.source)

    def scope_at(self, path: Path) -> Path | None:
        """Return where the innermost scope around *path* begins; None where the ruleset's holds."""
        if not self.scopes:
            return None
        for size in range(len(path), 0, -1):
            scope = self.scopes.get(path[:size])
            if scope is not None:
                return None if size < len(path) and path[size] in scope.own else path[:size]
        return None

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Return where *path* stands, or the nearest enclosing path that is there.

        With *key*, where the key stands by which the value at *path* is found.
        """
        if key and path in self.key_spans:
            return self.key_spans[path]
        for size in range(len(path), -1, -1):
            if path[:size] in self.spans:
                return self.spans[path[:size]]
        return Span(self.file, 1, 1, 1, 1)

    def inner(self, path: Path, start: int, end: int) -> Span:
        """Return where the characters *start* up to *end* of a scalar's value stand in the file.

        Quotes, escapes, folded lines and blocks are followed back. What is no scalar gives its
        whole span.
        """
        whole = self.span(path)
        value = self._at(path)
        if not isinstance(value, Scalar) or path not in self.spans:
            return whole
        source = self.source_of(whole)
        first = source.index(whole.line, whole.column)
        last = source.index(whole.end_line, whole.end_column)
        places = origins(source.text[first:last], value)
        if not places:
            return whole
        start = min(max(start, 0), len(places))
        end = min(max(end, start), len(places))
        if start == len(places):  # just behind the last character
            after = first + places[-1][1]
            return source.span(after, after)
        if start == end:
            return source.span(first + places[start][0], first + places[start][0])
        return source.span(first + places[start][0], first + places[end - 1][1])

    def excerpt(self, span: Span) -> str:
        """Return the source line on which *span* starts."""
        return self.source_of(span).line(span.line)

    def diagnose(
        self,
        code: str,
        path: Path,
        *,
        key: bool = False,
        start: int | None = None,
        end: int | None = None,
        **args: Any,  # noqa: ANN401 - what the sentence of the code names
    ) -> Diagnostic:
        """Return the diagnostic of *code* at *path*, or at *start* to *end* of the scalar there."""
        if start is None:
            span = self.span(path, key=key)
        else:
            span = self.inner(path, start, start + 1 if end is None else end)
        return diagnose(code, span, excerpt=self.excerpt(span), path=path, **args)

    def _at(self, path: Path) -> object:
        found: object = self.value
        for part in path:
            try:
                found = found[part]  # type: ignore[index] # a wrong path ends below
            except (KeyError, IndexError, TypeError):
                return None
        return found
