"""What a scoring method's check sees: `lang.methods.base.Scope`, for one leaf."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, cast

from perfrules.errors import Path
from perfrules.lang.check.context import Context, kinds
from perfrules.lang.check.usage import trees
from perfrules.lang.document import Scalar
from perfrules.lang.expr import Names
from perfrules.lang.methods import unknown_method
from perfrules.lang.methods.base import MethodPlan
from perfrules.lang.plan import InputPlan
from perfrules.lang.shape import validate
from perfrules.lang.spec.fields import SpecModel
from perfrules.lang.tree import Column, Expr, Name
from perfrules.lang.types import Kind, Type

_NOTHING: Mapping[str, Type] = {}
_VALUE = Scalar("value", quoted=False)  # the name an outer method's value is bound to


@dataclass(frozen=True, slots=True)
class LeafScope:
    """The scope of a leaf's method; `path` is the document path of the method's mapping.

    `extra` are the names that outer methods bind; `rows` says which table a row variable walks.
    """

    context: Context
    path: Path
    names: Names
    inputs: Mapping[str, InputPlan]
    points: Decimal | None
    supplied: Type | None = None
    ask: Expr | None = None
    extra: Mapping[str, Type] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)

    def value(
        self,
        path: Path,
        raw: object,
        *want: Kind,
        extra: Mapping[str, Type] | None = None,
        optional: bool = False,
    ) -> Expr | None:
        """Return the checked expression at *path* below the mapping, or None."""
        known = {**({"value": self.supplied} if self.supplied else {}), **self.extra}
        names = replace(self.names, missing_ok=True) if optional else self.names
        return self.context.compile(
            (*self.path, *path), raw, names, *want, extra={**known, **(extra or _NOTHING)}
        )

    def actual(
        self, raw: object | None, *want: Kind, key: str = "actual", optional: bool = False
    ) -> Expr | None:
        """Return the expression of what *key* names: given, supplied from outside or asked."""
        if raw is not None:
            return self.value((key,), raw, *want, optional=optional)
        if self.supplied is not None:
            return self._fitting(self.value((), _VALUE), *want)
        if self.ask is not None:
            return self._fitting(self.ask, *want)
        self.report("PRF420", (), name=key)
        return None

    def _fitting(self, expr: Expr | None, *want: Kind) -> Expr | None:
        if expr is not None and want and expr.type.kind not in (*want, Kind.UNKNOWN):
            self.report("PRF487", (), found=kinds(expr.type.kind), expected=kinds(*want))
            return None
        return expr

    def method(
        self,
        path: Path,
        raw: object,
        *,
        supplied: Type | None,
        points: Decimal | None,
        extra: Mapping[str, Type] | None = None,
    ) -> MethodPlan | None:
        """Return the plan of an inner method."""
        inner = replace(
            self,
            path=(*self.path, *path),
            supplied=supplied,
            points=points,
            extra={**self.extra, **(extra or _NOTHING)},
        )
        return method_plan(inner, raw)

    def input_of(self, expr: Expr) -> InputPlan | None:
        """Return the input, or the table column, that *expr* merely reads."""
        if isinstance(expr.tree, Name):
            return self.inputs.get(expr.tree.id)
        if isinstance(expr.tree, Column) and expr.tree.row in self.rows:
            for column in self.inputs[self.rows[expr.tree.row]].columns:
                if column.id == expr.tree.column:
                    return column
        return None

    def fixed(self, expr: Expr) -> bool:
        """Return whether *expr* reads parameters and the date only, never a unit's facts."""
        parameters = self.context.document.value.get("parameters")
        known = {"as_of", *(parameters if isinstance(parameters, dict) else ())}
        known |= self.context.constants
        reads_rows = any(isinstance(tree, Column) for tree in trees(expr.tree))
        return expr.names <= known and not expr.refs and not reads_rows

    def report(self, code: str, path: Path, *, key: bool = False, **args: Any) -> None:  # noqa: ANN401 - a sentence's arguments
        """Note a fault at *path* below the method's mapping."""
        self.context.report(code, (*self.path, *path), key=key, **args)


def method_plan(scope: LeafScope, raw: object) -> MethodPlan | None:
    """Return the plan of the method that *raw* describes, or None after noting what is wrong."""
    if not isinstance(raw, dict):
        scope.report("PRF212", (), value=str(raw), keys="method")
        return None
    name = raw.get("method")
    if name is None:
        scope.report("PRF202", (), value="method", example="method: proportional")
        return None
    vocabulary = scope.context.vocabulary
    method = vocabulary.methods.get(str(name))
    if method is None:
        hint = vocabulary.left_out.get(str(name)) or unknown_method(str(name), vocabulary.methods)
        scope.report("PRF421", ("method",), value=str(name), hint=hint)
        return None
    given = {key: value for key, value in raw.items() if key != "method"}
    model = cast("type[SpecModel]", method.Spec)
    spec, found = validate(model, given, scope.context.document, scope.path)
    if spec is None or found:
        scope.context.found += found
        return None
    if plugin := getattr(method, "plugin", ""):
        scope.context.plugins.add(plugin)
    return method.check(spec, scope)
