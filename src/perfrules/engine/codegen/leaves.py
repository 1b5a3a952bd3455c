"""One leaf: its state, its share of the points, and its score, as statements.

A leaf whose state is another than scored makes the unit an odd one: policies then decide where its
points go, which the reference's functions do with the shares found here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from perfrules.decimals import CONTEXT, DIGITS, ONE, ZERO, snap
from perfrules.engine.codegen.arithmetic import combine, rounded
from perfrules.engine.codegen.expressions import value_of
from perfrules.engine.codegen.forms import write
from perfrules.engine.codegen.nearest import divided, nearest
from perfrules.engine.codegen.scope import Scope
from perfrules.engine.codegen.shares import Fraction, Rule
from perfrules.engine.codegen.source import Source, UnsupportedError
from perfrules.engine.codegen.values import Value, constant, places_of
from perfrules.lang.plan import Indicator, Rounding
from perfrules.lang.tree import Expr

_SIGNS = 2  # a digit before the point of either
_MISSING = {"zero": "MISSING", "not_applicable": "NOT_APPLICABLE"}


def score_of(source: Source, effective: Value, share: Fraction, rounding: Rounding) -> Value:
    """Return effective points × share, rounded: multiplied before it is divided."""
    raw = share.over
    if not _given_back(effective, share):
        found = divided(source, effective, share, rounding)
        if found is not None:
            return found
        product = combine(source, "*", effective, share.over)
        raw = combine(source, "/", product, share.under)
        if share.proper and effective.high is not None:
            return nearest(source, raw, effective.high, rounding)
    return rounded(source, raw, rounding.digits, rounding.mode)


def with_rate(over: Decimal, under: Decimal) -> tuple[Decimal, Decimal, Decimal]:
    """Return a share with its rate to 12 decimals.

    >>> with_rate(Decimal(1), Decimal(4))[2]
    Decimal('0.25')
    """
    return over, under, snap(CONTEXT.divide(over, under))


def _given_back(effective: Value, share: Fraction) -> bool:
    """Whether effective points × numerator ÷ denominator is the numerator, nothing rounded."""
    points, over = effective.number, share.over
    if points is None or share.under.number != points or over.places is None:
        return False
    if over.low is None or over.low < ZERO or over.high is None:
        return False
    places = over.places + places_of(points)
    return places + max(0, over.high.adjusted()) + max(0, points.adjusted()) + _SIGNS <= DIGITS


@dataclass(slots=True)
class LeafSink:
    """Keeps a leaf's share as a pair, and its score where it has points."""

    source: Source
    share: str
    score: str
    state: str
    effective: Value | None  # None: no points of its own
    rounding: Rounding
    informs: bool = False  # it is shown, but not scored
    odd: bool = False  # whether its state may be another than scored

    def put(self, share: Fraction) -> None:
        """Keep the share and what it earns."""
        source = self.source
        over, under = share.over, share.under
        pair = f"({over.code}, {under.code})"
        if over.number is not None and under.number is not None:
            pair = source.slot(with_rate(over.number, under.number))
        source.line(f"{self.share} = {pair}")
        if self.effective is not None:
            found = score_of(source, self.effective, share, self.rounding)
            source.line(f"{self.score} = {found.code}")

    def pick(self, index: str, table: Mapping[Any, tuple[Decimal, Decimal]]) -> None:
        """Keep the share at *index* and what it earns, both from a table made now."""
        source = self.source
        known = {key: with_rate(*pair) for key, pair in table.items()}
        if self.effective is None:
            source.line(f"{self.share} = {source.slot(known)}[{index}]")
            return
        points = self.effective.number
        if points is None:
            source.line(f"{self.share} = {source.slot(known)}[{index}]")
            over, under = Value(f"{self.share}[0]", ZERO), Value(f"{self.share}[1]", ZERO)
            share = Fraction(over, under)
            found = score_of(source, self.effective, share, self.rounding)
            source.line(f"{self.score} = {found.code}")
            return
        both = {key: (known[key], self._scored(points, pair)) for key, pair in table.items()}
        source.line(f"{self.share}, {self.score} = {source.slot(both)}[{index}]")

    def _scored(self, points: Decimal, pair: tuple[Decimal, Decimal]) -> Decimal:
        aside = Source()
        share = Fraction(constant(aside, pair[0]), constant(aside, pair[1]))
        found = score_of(aside, constant(aside, points), share, self.rounding).number
        if found is None:
            raise UnsupportedError
        return found

    def unverified(self) -> None:
        """Make the unit an odd one."""
        if self.informs:
            return
        self.odd = True
        self.source.line(f"{self.state} = UNVERIFIED")
        self.source.line("odd = True")


@dataclass(frozen=True, slots=True)
class Leaf:
    """What is rated: a leaf, or a row of a sheet."""

    plan: Indicator
    sink: LeafSink
    scope: Scope
    points: Value | None  # declared; None for a weight
    id: str  # code
    row: str | None = None  # code of the row's mapping

    @property
    def source(self) -> Source:
        """Where the code goes."""
        return self.scope.source

    @property
    def rule(self) -> Rule:
        """What its method sees; points of 0 count as 1, so that nothing divides by them."""
        points = self.points
        if points is None or points.number == ZERO:
            points = constant(self.source, ONE)
        elif not points.known:
            code = self.source.keep(f"{points.code} or I")
            points = Value(code, points.low, points.high, points.places)
        return Rule(self.scope, points, f"E.get({self.id})")

    def write(self) -> None:
        """Add the statements that set its state, share and score."""
        source = self.source
        with source.aside() as lines:
            before = source.lacks
            self._applicable()
            lacking = source.lacks > before
        missing = _MISSING.get(self.plan.missing)
        if missing is not None and lacking:
            self.sink.odd = True
        if self.sink.odd:
            source.line(f"{self.sink.state} = SCORED")
        if missing is None or not lacking:
            source.add(lines)
            return
        source.lacks = before  # they are dealt with here
        with source.block("try"):
            source.add(lines, 1)
        with source.block("except Lack"):
            self._not_scored(missing)

    def _applicable(self) -> None:
        when = self.plan.applies_when
        if when is None:
            self._method()
            return
        with self.source.block(f"if {asked(self.scope, when).code}"):
            self._method()
        with self.source.block("else"):
            self._not_scored("NOT_APPLICABLE")

    def _not_scored(self, state: str) -> None:
        self.sink.odd = True
        self.source.line(f"{self.sink.state} = {state}")
        self.source.line(f"{self.sink.share} = {self.sink.score} = None")
        self.source.line("odd = True")

    def _method(self) -> None:
        """Add the method's code, or a call of the reference's where it has none."""
        assert self.plan.method is not None  # noqa: S101 - it is a leaf
        source = self.source
        mark = source.mark()
        try:
            write(self.plan.method, self.rule, self.sink)
        except UnsupportedError:
            source.back(mark)
            self._by_reference()

    def _by_reference(self) -> None:
        source = self.source
        method = source.slot(self.plan.method)
        each = self.plan.for_each
        row = "None, None"
        if each is not None and self.row is not None:
            row = f"{source.slot(each.row)}, {self.row}"
        source.lacks += 1
        source.doubts += 1
        share, doubt = source.local(), source.local()
        rule = self.rule
        source.line(f"{share}, {doubt} = rated(U, {method}, {rule.points.code}, {self.id}, {row})")
        over, under = source.keep(f"{share}[0]"), source.keep(f"{share}[1]")
        self.sink.put(Fraction(Value(over), Value(under)))
        with source.block(f"if {doubt}"):
            self.sink.unverified()

    def inform(self) -> None:
        """Add the statements of a line that is shown but not scored: it may lack its values."""
        source = self.source
        with source.aside() as lines:
            before = source.lacks
            self._method()
            lacking = source.lacks > before
        if not lacking:
            source.add(lines)
            return
        source.lacks = before
        with source.block("try"):
            source.add(lines, 1)
        with source.block("except Lack"):
            source.line(f"{self.sink.share} = None")


def asked(scope: Scope, expr: Expr) -> Value:
    """Return the value of a condition or amount; the reference's where it has no code form."""
    source = scope.source
    mark = source.mark()
    try:
        return value_of(scope, expr)
    except UnsupportedError:
        source.back(mark)
        if scope.rows:
            raise
    source.lacks += 1
    source.doubts += 1
    return Value(source.keep(f"asked(U, {source.slot(expr)})"))
