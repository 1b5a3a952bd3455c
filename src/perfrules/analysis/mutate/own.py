"""The document that is mutated: of all that a plan was put together from, its own text alone."""

from perfrules.analysis.mutate.edit import at
from perfrules.errors import Path, Span
from perfrules.lang.document import Document, Scalar
from perfrules.lang.plan import Plan


class Own:
    """Finds where the parts of a plan are written in its own document.

    A plan's paths are those of the document that `extends` and `use` were resolved in; the place in
    the file leads back to the path in the document as it is written.
    """

    def __init__(self, plan: Plan, document: Document) -> None:
        self.plan = plan
        self.document = document
        self._paths = {_place(span): path for path, span in sorted(
            document.spans.items(), key=lambda item: len(item[0])
        )}  # fmt: skip

    def path(self, where: Path) -> Path | None:
        """Return the path in the document of what the plan has at *where*; None if elsewhere."""
        span = self.plan.places.spans.get(where)
        if span is None or span.file != self.document.file:
            return None
        return self._paths.get(_place(span))

    def span(self, path: Path) -> Span:
        """Return where the value at a path of the document stands."""
        return self.document.span(path)

    def scalar(self, path: Path) -> Scalar | None:
        """Return the scalar at a path of the document."""
        found = at(self.document.value, path)
        return found if isinstance(found, Scalar) else None

    def value(self, path: Path) -> object:
        """Return what stands at a path of the document."""
        return at(self.document.value, path)


def _place(span: Span) -> tuple[int, int, int, int]:
    return span.line, span.column, span.end_line, span.end_column
