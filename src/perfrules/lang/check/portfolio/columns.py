"""The columns and the report of a portfolio: typed one after the other, folds among them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from perfrules.errors import Path, Text
from perfrules.lang.check.context import Context, kinds
from perfrules.lang.check.derive import derived_plan, in_order, refuse_ring
from perfrules.lang.check.portfolio.sources import SCALARS
from perfrules.lang.check.usage import trees
from perfrules.lang.document import Scalar
from perfrules.lang.expr import Names
from perfrules.lang.portfolio import Column, Fold, Reported
from perfrules.lang.spec.portfolio import FoldSpec, PortfolioSpec
from perfrules.lang.spec.values import ChooseSpec, ElseRow
from perfrules.lang.tree import Aggregate, Expr
from perfrules.lang.types import FLAG, NUMBER, NUMERIC, PERCENT, UNKNOWN, Kind, Type

_SIZES: Final = tuple(kind for kind in Kind if kind in NUMERIC)
_KEYS: Final = SCALARS - {Kind.CHOICES}
_YUAN: Final = Type(Kind.MONEY, "元")
# A name, or the one column of a generator's row; the end of a longer path is no column.
_WORD: Final = re.compile(r"\"[^\"]*\"|'[^']*'|(?<![\w.])(?P<name>[^\W\d]\w*)")
_MEMBER: Final = re.compile(
    r"\"[^\"]*\"|'[^']*'|(?<![\w.])[^\W\d]\w*\.(?P<name>[^\W\d]\w*)(?![\w.])"
)


class Columns:
    """What expressions see while columns are typed one after the other."""

    def __init__(
        self,
        context: Context,
        spec: PortfolioSpec,
        names: Names,
        paths: Mapping[str, Mapping[str, Type]],
    ) -> None:
        self.context = context
        self.spec = spec
        self.file = names
        self.paths = paths
        self.first = next(iter(paths))
        self.types: dict[str, Type] = {}

    def columns(self) -> tuple[Column, ...]:
        """Return the columns, each after those it reads; PRF461 where they need each other."""
        specs = self.spec.derive
        own = {name: spec for name, spec in specs.items() if name not in self.paths}
        order, rings = in_order({name: _reads(spec, own) for name, spec in specs.items()})
        for ring in rings:
            if not self.types.keys() & set(ring):
                refuse_ring(self.context, ring, list(specs))
            self.types |= dict.fromkeys(ring, UNKNOWN)
        found: list[Column] = []
        for name in order:
            if name in self.types:
                continue
            column = self._column(name, specs[name])
            self.types[name] = column.type if column else UNKNOWN
            if column:
                found.append(column)
        return tuple(found)

    def file_names(self) -> Names:
        """Return the names of an expression about the file: columns stand in folds only."""
        table = self.file.values[self.first]
        whole = replace(table, columns=(*table.columns, *self.types.items()))
        return replace(
            self.file,
            values={**self.file.values, self.first: whole},
            columns={name: (self.first, kind) for name, kind in self.types.items()},
        )

    def row_names(self) -> Names:
        """Return the names of an expression about a row: its results and columns too."""
        names = self.file_names()
        joined = [name for name, item in self.spec.results.items() if item.join is not None]
        rows = {
            name: Type(Kind.ROW, columns=tuple(self.paths[name].items()))
            for name in (self.first, *joined)
        }
        return replace(names, values={**names.values, **self.types}, rows=rows)

    def _column(self, name: str, spec: Scalar | ChooseSpec | FoldSpec) -> Column | None:
        path: Path = ("derive", name)
        if name == "fact":
            self.context.report("PRF216", path, key=True, value=name)
        if isinstance(spec, FoldSpec):
            made = self._fold(path, spec)
            if made is None:
                return None
            fold, kind = made
            return Column(name, replace(kind, optional=True), spec.title, fold, path)
        derived = derived_plan(self.context, path, name, spec, self.row_names())
        if derived is None:
            return None
        return Column(name, replace(derived.type, optional=True), Text(), derived, path)

    def _fold(self, path: Path, spec: FoldSpec) -> tuple[Fold, Type] | None:
        """Return a fold and the type of what it gives, or None after noting what is wrong."""
        names, context = self.row_names(), self.context
        before = len(context.found)
        where = None
        if spec.where is not None:
            where = context.compile((*path, "where"), spec.where, names, Kind.FLAG)
        by = [
            self._key((*path, "by") if len(spec.by) == 1 and not self._listed(path)
                      else (*path, "by", index), raw, names)
            for index, raw in enumerate(spec.by)
        ]  # fmt: skip
        form, expr, weight = spec.form, None, None
        place = (*path, form)
        if form == "allocate":
            names_of_file = self.file_names()
            expr = context.compile(place, spec.allocate, names_of_file, Kind.MONEY, Kind.NUMBER)
            weight = context.compile(
                (*path, "in_proportion_to"), spec.in_proportion_to, names, *_SIZES
            )
        elif form in ("any", "all"):
            expr = context.compile(place, getattr(spec, form), names, Kind.FLAG)
        elif form != "count":
            expr = context.compile(place, getattr(spec, form), names, *_SIZES)
        if len(context.found) > before:
            return None
        fold = Fold(
            form=form,  # type: ignore[arg-type] # one of FORMS
            expr=expr,
            where=where,
            by=tuple(item for item in by if item is not None),
            descending=spec.order != "ascending",
            weight=weight,
            digits=2 if spec.digits is None else spec.digits,
        )
        return fold, _type_of(form, expr)

    def _listed(self, path: Path) -> bool:
        found = self.context.value_at(path)
        return isinstance(found, dict) and isinstance(found.get("by"), list)

    def _key(self, path: Path, raw: Scalar, names: Names) -> Expr | None:
        """PRF715: what rows are grouped by is no single value."""
        expr = self.context.compile(path, raw, names)
        if expr is not None and expr.type.kind not in (*_KEYS, Kind.UNKNOWN):
            self.context.report("PRF715", path, value=expr.text, found=kinds(expr.type.kind))
            return None
        return expr

    def report(self) -> tuple[Reported, ...]:
        """Return the values of the file."""
        names = self.file_names()
        found: list[Reported] = []
        for name, spec in self.spec.report.items():
            path: Path = ("report", name)
            if isinstance(spec, FoldSpec):
                made = self._fold(path, spec)
                if made is not None:
                    found.append(Reported(name, made[1], made[0], path))
                continue
            expr = self.context.compile(path, spec, names)
            if expr is not None:
                found.append(Reported(name, expr.type, expr, path))
        return tuple(found)


def _type_of(form: str, expr: Expr | None) -> Type:
    if form in ("rank", "count", "z_score"):
        return NUMBER
    if form in ("percentile", "min_max"):
        return PERCENT
    if form in ("any", "all"):
        return FLAG
    if expr is None:
        return UNKNOWN
    return _YUAN if form == "allocate" and expr.type.kind is Kind.MONEY else expr.type


def _texts(spec: Scalar | ChooseSpec | FoldSpec) -> Iterator[str]:
    """Yield the expressions of a column."""
    if isinstance(spec, ChooseSpec):
        for row in spec.rows:
            if not isinstance(row, ElseRow):
                yield row.when
            if spec.of is None:
                yield row.else_ if isinstance(row, ElseRow) else row.then
    elif isinstance(spec, FoldSpec):
        own = (spec.where, spec.in_proportion_to, *spec.by)
        for raw in (*own, None if spec.form == "count" else getattr(spec, spec.form)):
            if raw is not None:
                yield raw
    else:
        yield spec


def _reads(spec: Scalar | ChooseSpec | FoldSpec, known: Mapping[str, object]) -> set[str]:
    """Return the columns that *spec* reads: by name, or of a generator's row (`x.place`)."""
    found: set[str] = set()
    for text in _texts(spec):
        for pattern in (_WORD, _MEMBER):
            found |= {match["name"] for match in pattern.finditer(text) if match["name"] in known}
    return found


def relative(columns: Iterable[Column], order: Iterable[str]) -> tuple[str, ...]:
    """Return the columns that depend on which units are in the file, themselves or through others.

    Args:
        columns: The columns in evaluation order.
        order: Their names as written.
    """
    found: set[str] = set()
    for column in columns:
        if isinstance(column.rule, Fold):
            found.add(column.id)
            continue
        derived = column.rule
        exprs = [derived.expr] if derived.expr is not None else []
        for row in derived.rows:
            exprs += [part for part in (row.when, row.then) if isinstance(part, Expr)]
        folds = (isinstance(tree, Aggregate) for expr in exprs for tree in trees(expr.tree))
        if any(expr.names & found for expr in exprs) or any(folds):
            found.add(column.id)
    return tuple(name for name in order if name in found)
