"""What `with` binds: an expression of the ruleset for an input or a parameter of a library."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from perfrules.errors import Path, Text
from perfrules.lang.check.context import Context, kinds
from perfrules.lang.check.inputs import input_plan
from perfrules.lang.check.parameters import parameter_plan
from perfrules.lang.check.points import walk
from perfrules.lang.check.usage import used_names
from perfrules.lang.check.views import View
from perfrules.lang.document import Document, Scalar
from perfrules.lang.expr import Names
from perfrules.lang.plan import Derived, Indicator, InputPlan, ParameterPlan
from perfrules.lang.shape import validate
from perfrules.lang.spec.library import DeclaredSpec
from perfrules.lang.tree import Expr, Name
from perfrules.lang.types import UNKNOWN, Kind, Type
from perfrules.messages import did_you_mean

_LABELS = (Kind.CHOICE, Kind.CHOICES)


@dataclass(slots=True)
class Bindings:
    """The bindings of one ruleset: views of its libraries' parts, and values behind them."""

    context: Context
    wanted: dict[Path, dict[str, Type]] = field(default_factory=dict)
    levels: dict[Path, dict[str, tuple[str, ...]]] = field(default_factory=dict)

    def declare(self) -> None:
        """Read the libraries' declarations; the keys of parameters that came along need them."""
        for path, scope in self.context.document.scopes.items():
            inputs, types = self._declared(scope.declared)
            self.wanted[path] = types
            self.levels[path] = {name: item.levels for name, item in inputs.items()}
            self.context.views[path] = View(scope.names, ids=scope.ids, inputs=inputs)

    def _declared(self, document: Document | None) -> tuple[dict[str, InputPlan], dict[str, Type]]:
        if document is None:
            return {}, {}
        spec, found = validate(DeclaredSpec, document.value, document)
        self.context.found += found
        if spec is None:
            return {}, {}
        own = Context(document, self.context.lost, vocabulary=self.context.vocabulary)
        inputs = {
            name: input_plan(own, ("inputs", name), name, item)
            for name, item in spec.inputs.items()
        }
        types = {name: item.type for name, item in inputs.items()}
        for name, item in spec.parameters.items():
            plan = parameter_plan(own, ("parameters", name), name, item, inputs)
            if plan is not None:
                types[name] = plan.type
        self.context.found += own.found
        return inputs, types

    def keys(self, parameter: str, inputs: dict[str, InputPlan]) -> dict[str, InputPlan]:
        """Return the inputs that may key a parameter: one of a library knows the library's too."""
        view = self.context.view_at(("parameters", parameter))
        return inputs if view is None else {**inputs, **view.inputs}

    def bind(self, names: Names, inputs: Mapping[str, InputPlan]) -> tuple[Derived, ...]:
        """Complete the views; return the values that stand behind bound names.

        Args:
            names: What the ruleset's own expressions see.
            inputs: The ruleset's inputs.
        """
        hidden: list[Derived] = []
        for path, scope in sorted(
            self.context.document.scopes.items(), key=lambda item: len(item[0])
        ):
            view = self.context.views[path]
            above = self.context.document.scope_at(path[:-1])
            outer = self.context.views[above] if above is not None else View({})
            called = {**scope.names, **{own: outer.names[own] for own in outer.types}}
            types, flat = dict(outer.types), set(outer.flat)
            for own in sorted(scope.bound):
                place = (*path, "with", own)
                want = self.wanted[path].get(own, UNKNOWN)
                types[own] = UNKNOWN
                expr = self._expr(place, want, names)
                if expr is None or not self._fits(path, own, want, expr, inputs):
                    continue
                one = want.kind is Kind.MAP and expr.type.kind is not Kind.MAP
                if one:
                    flat.add(own)
                if isinstance(expr.tree, Name):
                    called[own] = expr.tree.id
                    types[own] = _as_named(want, names.values[expr.tree.id])
                    continue
                types[own] = replace(want, optional=False)
                inner = want.inner if one and want.inner else types[own]
                hidden.append(Derived(called[own], inner, expr, path=place))
                if expr.constant is not None:
                    self.context.constants.add(called[own])
            self.context.views[path] = replace(
                view, names=called, types=types, flat=frozenset(flat)
            )
        return tuple(hidden)

    def _expr(self, place: Path, want: Type, names: Names) -> Expr | None:
        """Return the expression at *place*; a name alone may be missing, as its input may be."""
        node = self.context.value_at(place[:-2])
        given = node.get("with") if isinstance(node, dict) else None
        raw = given.get(place[-1]) if isinstance(given, dict) else None
        if raw is None:
            return None  # it was taken out, and its fault was told
        if isinstance(raw, Scalar) and str(raw).strip() in names.values:
            names = replace(names, missing_ok=True)
        accepted: tuple[Kind, ...] = (want.kind,)
        if want.kind is Kind.MAP and want.inner is not None:
            accepted = (Kind.MAP, want.inner.kind)
        elif want.kind in _LABELS:
            accepted = (want.kind, Kind.TEXT)
        elif want.kind is Kind.UNKNOWN:
            accepted = ()
        return self.context.compile(place, raw, names, *accepted)

    def _fits(
        self, path: Path, own: str, want: Type, expr: Expr, inputs: Mapping[str, InputPlan]
    ) -> bool:
        """PRF275, PRF473: whether what is bound is what the library declares, label by label."""
        place = (*path, "with", own)
        found = expr.type
        expected: Text | None = None
        if want.kind in _LABELS and found.kind is Kind.TEXT:
            if isinstance(expr.constant, str):
                return self._label(place, expr.constant, want)
            expected = _labels(want.of)
        elif want.kind in _LABELS and not set(found.of) <= set(want.of):
            expected = _labels(want.of)
        elif want.kind is Kind.MAP and found.kind is Kind.MAP:
            if (found.depth, _inner(found)) != (want.depth, _inner(want)):
                expected = Text(
                    f"以 {want.depth} 级键查取的{kinds(_inner(want)).zh}",
                    f"a map of {kinds(_inner(want)).en}, {want.depth} deep",
                )
        elif want.kind is Kind.TABLE:
            expected = _columns(found, want)
        elif want.kind is Kind.SURVEY and isinstance(expr.tree, Name):
            item = inputs.get(expr.tree.id)
            levels = self.levels[path].get(own, ())
            if item is not None and item.levels != levels:
                expected = Text(f"等次为 {'、'.join(levels)} 的问卷",
                                f"a survey with the levels {', '.join(levels)}")  # fmt: skip
        if expected is not None:
            self.context.report("PRF275", place, value=expr.text, name=own, expected=expected)
        return expected is None

    def _label(self, place: Path, label: str, want: Type) -> bool:
        if label in want.of:
            return True
        hint = did_you_mean(label, list(want.of))
        self.context.report("PRF473", place, value=label, choices="、".join(want.of), hint=hint)
        return False


def _inner(kind: Type) -> Kind:
    return kind.inner.kind if kind.inner is not None else Kind.UNKNOWN


def _labels(of: tuple[str, ...]) -> Text:
    return Text(f"{'、'.join(of)} 之一", f"one of {', '.join(of)}")


def _columns(found: Type, want: Type) -> Text | None:
    """Return what a table lacks, or None where it has every column the library declares."""
    for name, kind in want.columns:
        there = found.column(name)
        if there is None or there.kind is not kind.kind or not set(there.of) <= set(kind.of):
            shown = kinds(kind.kind)
            return Text(
                f"有 {name} 列（{shown.zh}）的表", f"a table with a column {name}: {shown.en}"
            )
    return None


def _as_named(want: Type, found: Type) -> Type:
    """Return the type of a library's name that is a name of the ruleset."""
    if found.kind is not want.kind:
        return want  # a map that is one value here
    if want.kind in (Kind.TABLE, Kind.MAP):
        return found
    return replace(want, unit=found.unit or want.unit, optional=found.optional)


def came_along(
    context: Context,
    inputs: Mapping[str, InputPlan],
    parameters: Mapping[str, ParameterPlan | None],
    nodes: tuple[Indicator, ...],
) -> tuple[dict[str, InputPlan], tuple[ParameterPlan, ...]]:
    """Return the inputs and parameters, those of a library only where something reads them.

    What comes along is found by its words, and a word may turn out to name something else.
    """
    scopes = context.document.scopes
    used = used_names(context.exprs)
    used |= {node.for_each.table for node in walk(nodes) if node.for_each is not None}

    def is_kept(section: str, name: str) -> bool:
        return name in used or (section, name) not in scopes

    return (
        {name: item for name, item in inputs.items() if is_kept("inputs", name)},
        tuple(item for name, item in parameters.items() if item and is_kept("parameters", name)),
    )


def whole_meaning(document: Document) -> object:
    """Return what a digest is taken of: the document, and what its bound names are declared as."""
    declared = [
        {" ".join(map(str, path)): scope.declared.value}
        for path, scope in document.scopes.items()
        if scope.declared is not None and any(scope.declared.value.values())
    ]
    return {**document.value, "declared": declared} if declared else document.value
