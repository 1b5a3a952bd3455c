"""What a scoring method's check sees: `lang.methods.base.Scope`, for one leaf."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, cast

from perfrules.errors import Path
from perfrules.lang.check.context import Context, kinds
from perfrules.lang.document import Scalar
from perfrules.lang.expr import Names
from perfrules.lang.methods import METHODS, unknown_method
from perfrules.lang.methods.base import MethodPlan
from perfrules.lang.plan import InputPlan
from perfrules.lang.shape import validate
from perfrules.lang.spec.fields import SpecModel
from perfrules.lang.tree import Expr, Name
from perfrules.lang.types import Kind, Type


@dataclass(frozen=True, slots=True)
class LeafScope:
    """The scope of a leaf's method; `path` is the document path of the method's mapping."""

    context: Context
    path: Path
    names: Names
    inputs: Mapping[str, InputPlan]
    points: Decimal | None
    supplied: Type | None = None
    ask: Expr | None = None

    def value(
        self, path: Path, raw: object, *want: Kind, extra: Mapping[str, Type] | None = None
    ) -> Expr | None:
        """Return the checked expression at *path* below the mapping, or None."""
        names = {**({"value": self.supplied} if self.supplied else {}), **(extra or {})}
        return self.context.compile((*self.path, *path), raw, self.names, *want, extra=names)

    def actual(self, raw: object | None, *want: Kind, key: str = "actual") -> Expr | None:
        """Return the expression of `actual` (or what *key* names): given, supplied or asked."""
        if raw is not None:
            return self.value((key,), raw, *want)
        if self.supplied is not None:
            value = Scalar("value", quoted=False)
            expr = self.context.compile(
                self.path, value, self.names, extra={"value": self.supplied}
            )
            return expr if self._fits(expr, *want) else None
        if self.ask is not None:
            return self.ask if self._fits(self.ask, *want) else None
        self.report("PRF420", (), name=key)
        return None

    def _fits(self, expr: Expr | None, *want: Kind) -> bool:
        if expr is None:
            return False
        if want and expr.type.kind not in (*want, Kind.UNKNOWN):
            self.report("PRF487", (), value=expr.type.kind.value[1], expected=kinds(*want))
            return False
        return True

    def method(
        self, path: Path, raw: object, *, supplied: Type | None, points: Decimal | None
    ) -> MethodPlan | None:
        """Return the plan of an inner method."""
        inner = replace(self, path=(*self.path, *path), supplied=supplied, points=points)
        return method_plan(inner, raw)

    def range_of(self, expr: Expr) -> tuple[Decimal | None, Decimal | None]:
        """Return the declared bounds of what *expr* reads, where it merely reads an input."""
        if isinstance(expr.tree, Name) and expr.tree.id in self.inputs:
            found = self.inputs[expr.tree.id]
            low = found.min if isinstance(found.min, Decimal) else None
            return low, found.max if isinstance(found.max, Decimal) else None
        return None, None

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
    method = METHODS.get(str(name))
    if method is None:
        scope.report("PRF421", ("method",), value=str(name), hint=unknown_method(str(name)))
        return None
    given = {key: value for key, value in raw.items() if key != "method"}
    spec, found = validate(cast("type[SpecModel]", method.Spec), given, scope.context.document, scope.path)
    if spec is None or found:
        scope.context.found += found
        return None
    return method.check(spec, scope)
