"""The indicator tree: every node checked, every leaf with its method's plan."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, cast

from perfrules.decimals import ONE
from perfrules.errors import Path, Text
from perfrules.lang.check.basis import basis_plans
from perfrules.lang.check.behind import behind
from perfrules.lang.check.context import Context
from perfrules.lang.check.names import Strata
from perfrules.lang.check.scope import LeafScope, method_plan
from perfrules.lang.document import Scalar
from perfrules.lang.expr import Names
from perfrules.lang.methods.base import MethodPlan
from perfrules.lang.plan import Applicability, ForEach, Indicator, InputPlan, Rounding
from perfrules.lang.spec.indicators import ForEachSpec, IndicatorSpec, LeafDefaults
from perfrules.lang.spec.parts import ToSpec
from perfrules.lang.tree import Expr
from perfrules.lang.types import UNKNOWN, Kind, Type
from perfrules.messages import did_you_mean

NO_TABLE = Text(
    "请先在 inputs: 中写一张表，例如 targets: {type: table, columns: {name: {type: text}}}",
    "declare one under inputs:, such as targets: {type: table, columns: {name: {type: text}}}",
)


@dataclass(frozen=True, slots=True)
class Given:
    """A key's value with the place it was written at: the leaf's own, or its branch's `each`."""

    value: Any
    path: Path


@dataclass(slots=True)
class TreeCheck:
    """The check of one ruleset's tree."""

    context: Context
    strata: Strata
    inputs: Mapping[str, InputPlan]
    rounding: Rounding
    seen: dict[str, Path] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)  # ids whose points, weight or rows were refused

    def nodes(
        self, path: Path, specs: tuple[IndicatorSpec, ...], each: tuple[Given, ...]
    ) -> tuple[Indicator, ...]:
        """Return the checked nodes of one list; *each* are the defaults of the branches above."""
        return tuple(self._node((*path, index), spec, each) for index, spec in enumerate(specs))

    def _node(self, path: Path, spec: IndicatorSpec, each: tuple[Given, ...]) -> Indicator:
        self._unique(path, spec.id)
        branch = bool(spec.indicators)
        look = Lookup(spec, path, () if branch else each)
        own = look.get("score")
        if branch and own is not None:
            self.context.report("PRF408", (*path, "score"), key=True, name=spec.id)
        if not branch and own is None:
            self.context.report("PRF404", (*path, "id"), name=spec.id)
        if spec.each is not None and not branch:
            self.context.report("PRF409", (*path, "each"), key=True, name=spec.id)
        names, for_each = self._for_each(path, spec, look)
        points = self._amount(look, "points")
        weight = self._amount(look, "weight")
        applies_when = self._when(look, names)
        names = behind(names, applies_when)
        if points is not None and weight is not None:
            self.context.report("PRF403", (*path, "weight"), key=True, name=spec.id)
        inner = each if spec.each is None else (Given(spec.each, (*path, "each")), *each)
        children = self.nodes((*path, "indicators"), spec.indicators, inner) if branch else ()
        formula = None
        if spec.formula is not None:
            lenient = _with_missing(names, ok=look.word("missing", "error") != "error")
            formula = self.context.compile((*path, "formula"), spec.formula, lenient)
        method = None
        rows_known = spec.for_each is None or names.rows
        if not branch and own is not None and rows_known:
            scope = self._scope(own, names, look, for_each, points, weight)
            scope = scope if formula is None else replace(scope, ask=formula)
            method = method_plan(scope, own.value)
        formula = self._measured(path, formula, method)
        rounding = look.get("rounding")
        return Indicator(
            id=spec.id,
            path=path,
            title=spec.title or Text(spec.id, spec.id),
            points=points,
            weight=weight,
            method=method,
            children=children,
            for_each=for_each,
            aggregate=spec.aggregate or "sum",
            rounding=self._rounding(rounding),
            applies_when=applies_when,
            not_applicable=self._policy(look, "not_applicable", "exclude"),
            missing=look.word("missing", "error"),
            unverified=self._policy(look, "unverified", "zero"),
            waived=self._policy(look, "waived", "exclude"),
            scored=look.word("scored", True),
            category=look.word("category", None),
            core=bool(look.word("core", False)),
            definition=spec.definition or Text(),
            evidence=spec.evidence or Text(),
            basis=basis_plans(look.word("basis", ()) or ()),
            points_by=(
                {"how": spec.points_by.how, "because": spec.points_by.because.get("zh")}
                if spec.points_by
                else {}
            ),
            use=self._source(path, spec),
            formula=formula,
            nature=look.word("nature", None),
            direction=look.word("direction", None),
            unit=look.word("unit", None),
        )

    def _measured(self, path: Path, formula: Expr | None, method: MethodPlan | None) -> Expr | None:
        """Return the formula; one of a library goes where the ruleset scores something else."""
        scope = self.context.document.scopes.get(path)
        if formula is None or method is None or scope is None or "score" not in scope.own:
            return formula
        if any(expr is formula for expr in method.reads):
            return formula
        self.context.exprs = [expr for expr in self.context.exprs if expr is not formula]
        return None

    def _source(self, path: Path, spec: IndicatorSpec) -> str | None:
        """Return which indicator of a library, in which version, a node is."""
        if spec.use is not None and spec.deprecated is not None:
            gone = spec.deprecated
            told = Text(f"，改用 {gone.use}", f": use {gone.use}") if gone.use else gone.because
            self.context.report(
                "PRF497", (*path, "use"), value=spec.use, since=gone.since, instead=told
            )
        scope = self.context.document.scopes.get(path)
        return scope.source if scope is not None and spec.use is not None else None

    def successors(self, path: Path, specs: tuple[IndicatorSpec, ...]) -> None:
        """PRF498: what shall be used instead of a deprecated indicator isn't there."""
        for index, spec in enumerate(specs):
            here = (*path, index)
            name = spec.deprecated.use if spec.deprecated else None
            if name is not None and spec.use is None and "." not in name and name not in self.seen:
                hint = did_you_mean(name, list(self.seen))
                self.context.report("PRF498", (*here, "deprecated", "use"), value=name, hint=hint)
            self.successors((*here, "indicators"), spec.indicators)

    def _unique(self, path: Path, name: str) -> None:
        """PRF405, PRF406: an id is used twice, or once more in another case."""
        if name in self.seen:
            self.context.report("PRF405", (*path, "id"), value=name)
        for other in self.seen:
            if other != name and other.casefold() == name.casefold():
                self.context.report("PRF406", (*path, "id"), value=name, other=other)
        self.seen[name] = path

    def _for_each(
        self, path: Path, spec: IndicatorSpec, look: "Lookup"
    ) -> tuple[Names, ForEach | None]:
        facts = self.strata.facts
        each = spec.for_each
        if each is None:
            for key in ("points_of", "split"):
                if look.get(key) is not None:
                    self.context.report("PRF410", (*path, key), key=True, value=key)
            return facts, None
        table, name = self._table((*path, "for_each", "in"), each)
        view = self.context.view_at((*path, "for_each"))
        seen = facts if view is None else view.sees(facts)
        if each.row in seen.values or each.row in self.seen:
            self.context.report("PRF411", (*path, "for_each", "row"), value=each.row)
        if table is None:
            self.broken.add(spec.id)
            return facts, None
        names = self.strata.rows(each.row, Type(Kind.ROW, columns=table.columns))
        place = (*path, "for_each")
        where = (
            self.context.compile((*place, "where"), each.where, names, Kind.FLAG)
            if each.where is not None
            else None
        )
        by = self.context.compile(
            (*place, "key"), each.key, names, Kind.TEXT, Kind.CHOICE, Kind.TARGET
        )
        points_of, split = look.get("points_of"), look.get("split")
        if points_of is not None and split is not None:
            self.context.report("PRF412", split.path, key=True)
        points = shared = None
        if points_of is not None:
            guarded = behind(names, where)
            points = self.context.points(points_of.path, points_of.value, guarded)
        if split is not None:
            amount = self.context.points((*split.path, "points"), split.value.points, facts)
            shared = (amount, split.value.digits) if amount else None
        if by is None or (points_of and not points) or (split and not shared):
            self.broken.add(spec.id)
        if by is None:
            return names, None
        return behind(names, where), ForEach(each.row, name, where, by, points, shared)

    def _table(self, path: Path, each: ForEachSpec) -> tuple[Type | None, str]:
        """Return the type of the table whose rows are walked, and its name."""
        view = self.context.view_at(path)
        name = each.in_ if view is None else view.name(each.in_)
        found = self.inputs.get(name)
        if found is not None and found.type.kind is Kind.TABLE:
            return found.type, name
        tables = [name for name, item in self.inputs.items() if item.type.kind is Kind.TABLE]
        broken = view is not None and view.types.get(each.in_) == UNKNOWN  # its binding was refused
        if each.in_ not in self.context.lost.values and not broken:
            hint = did_you_mean(each.in_, tables, NO_TABLE)
            self.context.report("PRF413", path, value=each.in_, hint=hint)
        return None, name

    def _amount(self, look: "Lookup", key: str) -> Expr | None:
        given = look.get(key)
        if given is None:
            return None
        expr = self.context.points(given.path, given.value, self.strata.facts)
        if expr is None:
            self.broken.add(look.spec.id)
        elif isinstance(expr.constant, Decimal) and expr.constant < 0:
            self.context.report("PRF407", given.path, value=str(given.value), name=key)
        return expr

    def _scope(
        self,
        own: Given,
        names: Names,
        look: "Lookup",
        for_each: ForEach | None,
        points: Expr | None,
        weight: Expr | None,
    ) -> LeafScope:
        declared: Decimal | None = None
        if weight is not None:
            declared = ONE
        elif for_each is None and points is not None:
            constant = points.constant
            declared = constant if isinstance(constant, Decimal) and constant >= 0 else None
        relaxed = look.word("missing", "error") != "error"
        names = _with_missing(names, ok=relaxed)
        ask = None
        if look.get("ask") is not None and look.spec.id in self.inputs:
            ask = self.context.compile(look.path, Scalar(look.spec.id, quoted=False), names)
        rows = {for_each.row: for_each.table} if for_each else {}
        return LeafScope(self.context, own.path, names, self.inputs, declared, ask=ask, rows=rows)

    def _when(self, look: "Lookup", names: Names) -> Expr | None:
        given = look.get("applies_when")
        if given is None:
            return None
        return self.context.compile(given.path, given.value, names, Kind.FLAG)

    def _policy(self, look: "Lookup", key: str, default: str) -> Applicability:
        given = look.get(key)
        if given is None:
            return Applicability(cast("Any", default))
        if isinstance(given.value, ToSpec):
            return Applicability("to", given.value.to)
        return Applicability(given.value)

    def _rounding(self, given: Given | None) -> Rounding | None:
        if given is None:
            return None
        spec = given.value
        digits = spec.digits if spec.digits is not None else self.rounding.digits
        return Rounding(digits, spec.mode or self.rounding.mode)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where a node's keys come from: its own mapping first, then the `each` of branches above."""

    spec: IndicatorSpec
    path: Path
    each: tuple[Given, ...]

    def get(self, key: str) -> Given | None:
        """Return the value of *key* with its place, or None where nobody gave it."""
        own = getattr(self.spec, key)
        if _is_given(own):
            return Given(own, (*self.path, key))
        for defaults in self.each:
            assert isinstance(defaults.value, LeafDefaults)  # noqa: S101 - built above
            inherited = getattr(defaults.value, key, None)
            if _is_given(inherited):
                return Given(inherited, (*defaults.path, key))
        return None

    def word(self, key: str, default: Any) -> Any:  # noqa: ANN401 - any field's value
        """Return the value of *key*, or *default*."""
        found = self.get(key)
        return default if found is None else found.value


def _is_given(value: object) -> bool:
    return value is not None and value != () and value != Text()


def _with_missing(names: Names, *, ok: bool) -> Names:
    return replace(names, missing_ok=ok) if ok else names
