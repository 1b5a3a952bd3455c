"""What every check shares: the document, the faults found so far, and how a value is compiled."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from perfrules.errors import Diagnostic, Path, Severity, Text
from perfrules.lang.check.views import View
from perfrules.lang.document import Document, Scalar
from perfrules.lang.expr import ExprFaults, Names, compile_expr
from perfrules.lang.expr.rules import one_of
from perfrules.lang.prune import Lost
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind, Type
from perfrules.lang.vocabulary import BUILT_IN, Vocabulary

_NO_TYPES: Mapping[str, Type] = {}


@dataclass(slots=True)
class Context:
    """A check in progress: faults are collected, never raised, so that all are shown at once."""

    document: Document
    lost: Lost = field(default_factory=Lost)
    found: list[Diagnostic] = field(default_factory=list)
    exprs: list[Expr] = field(default_factory=list)
    vocabulary: Vocabulary = BUILT_IN
    plugins: set[str] = field(default_factory=set)  # those whose methods are used
    views: dict[Path, View] = field(default_factory=dict)  # of parts that came from libraries
    constants: set[str] = field(default_factory=set)  # names that `with` binds to a literal

    def report(
        self,
        code: str,
        path: Path,
        *,
        key: bool = False,
        severity: Severity | None = None,
        **args: Any,  # noqa: ANN401 - a sentence's arguments
    ) -> None:
        """Note a fault at *path*; `key` points at the key instead of the value.

        What can't be judged because parts of the document were taken out is not noted.
        """
        if self.lost.hides(code, args.get("value")):
            return
        if severity is not None:
            args["severity"] = severity
        self.found.append(self.document.diagnose(code, path, key=key, **args))

    def compile(
        self,
        path: Path,
        raw: object,
        names: Names,
        *want: Kind,
        extra: Mapping[str, Type] = _NO_TYPES,
    ) -> Expr | None:
        """Return the checked expression at *path*, or None after noting all its faults."""
        if not isinstance(raw, Scalar):
            self.report("PRF224", path, value=str(raw))
            return None
        view = self.view_at(path)
        if view is not None:
            names = view.sees(names)
        if extra:
            names = replace(names, values={**names.values, **extra})
        try:
            expr = compile_expr(str(raw), names, path, want)
        except ExprFaults as error:
            for fault in error.faults:
                args: dict[str, Any] = dict(fault.args)
                if fault.hint:
                    args["hint"] = fault.hint
                if fault.code == "PRF322" and args.get("name") in self.vocabulary.left_out:
                    args["hint"] = self.vocabulary.left_out[args["name"]]
                if fault.expected:
                    args["expected"] = fault.expected
                self.found.append(
                    self.document.diagnose(
                        fault.code, path, start=fault.start, end=fault.end, **args
                    )
                )
            return None
        if view is not None:
            expr = view.in_ruleset(expr)
        self.exprs.append(expr)
        return expr

    def points(self, path: Path, raw: object, names: Names) -> Expr | None:
        """Return the checked points, weight or score at *path*.

        What is computed may be a percent (`20 * rate.x`); one written out is a slip: `40%` is 0.4
        points.
        """
        expr = self.compile(path, raw, names, Kind.NUMBER, Kind.PERCENT)
        if expr is None or expr.type.kind is not Kind.PERCENT or expr.constant is None:
            return expr
        return self.compile(path, raw, names, Kind.NUMBER)

    def view_at(self, path: Path) -> View | None:
        """Return how what stands at *path* sees names, where it came from a library."""
        found = self.document.scope_at(path)
        return None if found is None else self.views.get(found)

    def value_at(self, path: Path) -> object:
        """Return what the document holds at *path*."""
        found: object = self.document.value
        for part in path:
            found = found[part]  # type: ignore[index] # a path that the shape models gave
        return found

    def failed(self) -> bool:
        """Return whether an error, not only warnings, was found."""
        return any(item.severity == "error" for item in self.found)


def kinds(*found: Kind) -> Text:
    """Return kinds as a sentence names them.

    >>> kinds(Kind.FLAG, Kind.MONEY).en
    'money or a flag'
    """
    return one_of(found)
