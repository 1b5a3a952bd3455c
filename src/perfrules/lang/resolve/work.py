"""What a resolution shares: where documents come from, what was read, the faults found so far."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from perfrules.errors import DiagnosedError, Diagnostic, Path, Span
from perfrules.lang.document import Document
from perfrules.lang.resolve.finder import Finder, NotFound
from perfrules.messages import diagnose

MOST_VALUES = 100_000  # of a document that was put together, as of one that was written


@dataclass(slots=True)
class Work:
    """A resolution in progress: faults are collected, so that all are shown at once."""

    document: Document  # the one that was asked for
    finder: Finder
    texts: dict[str, str] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)

    def report(self, code: str, span: Span, path: Path = (), **args: Any) -> None:  # noqa: ANN401 - a sentence's arguments
        """Note a fault at *span*, whichever document that is in."""
        text = self.texts.get(span.file, self.document.text)
        lines = text.split("\n")
        excerpt = lines[span.line - 1] if span.line <= len(lines) else ""
        self.found.append(diagnose(code, span, excerpt=excerpt, path=path, **args))

    def fetch(self, call: Callable[[], Document], span: Span) -> Document | None:
        """Return the document that *call* gets, or None after noting at *span* why not.

        A document that can't be read as YAML is told by its own faults, at their own places.
        """
        try:
            document = call()
        except NotFound as fault:
            args: dict[str, Any] = fault.args_by_name
            self.report(fault.code, span, **args)
            return None
        except DiagnosedError as error:
            self.found += error.diagnostics
            return None
        self.texts.setdefault(document.file, document.text)
        return document
