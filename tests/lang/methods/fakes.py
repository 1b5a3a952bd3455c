"""A scope and an evaluation small enough to see through, over the real expressions.

`plan` and `codes` check a method written as YAML, `rate` also rates one leaf with it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from perfrules.decimals import CONTEXT, plain, round_to
from perfrules.engine.reason import show_value
from perfrules.errors import Path, Text
from perfrules.lang.cells import TargetCell, read_target
from perfrules.lang.document import Scalar, read_document
from perfrules.lang.expr import ExprFaults, Names, compile_expr, evaluate
from perfrules.lang.frame import Budget, Fault, MissingFault, Rated
from perfrules.lang.methods import METHODS
from perfrules.lang.methods.base import MethodPlan
from perfrules.lang.plan import InputPlan
from perfrules.lang.shape import validate
from perfrules.lang.tree import Expr, Name, RefKind
from perfrules.lang.types import DATE, FLAG, MISSING, NUMBER, PERCENT, TARGET, TEXT, Kind, Type

MONEY = Type(Kind.MONEY, unit="万元")
LEVELS = Type(Kind.CHOICE, of=("达成", "部分达成", "未达成"))
FIVE = ("很满意", "较满意", "一般", "不太满意", "不满意")

# What the methods under test may read; every name is declared once, here.
INPUTS: Mapping[str, InputPlan] = {
    item.id: item
    for item in (
        InputPlan("x", NUMBER, Text()),
        InputPlan("y", NUMBER, Text()),
        InputPlan("rate", PERCENT, Text()),
        InputPlan("bounded", PERCENT, Text(), min=Decimal(0), max=Decimal(1)),
        InputPlan("paid", MONEY, Text(), min=Decimal(0), max=Decimal(100_000_000)),
        InputPlan("budget", MONEY, Text()),
        InputPlan("late_by", Type(Kind.DAYS), Text()),
        InputPlan("ok", FLAG, Text()),
        InputPlan("also", FLAG, Text()),
        InputPlan("words", TEXT, Text()),
        InputPlan("done", DATE, Text()),
        InputPlan("due", DATE, Text()),
        InputPlan("cell", TARGET, Text()),
        InputPlan("level", LEVELS, Text()),
        InputPlan("unrated", replace(LEVELS, optional=True), Text()),
        InputPlan("two", Type(Kind.CHOICE, of=("好", "差")), Text()),
        InputPlan("chosen", replace(PERCENT, optional=True), Text()),
        InputPlan("there", Type(Kind.CHOICES, of=("①", "②", "③", "④")), Text()),
        InputPlan("votes", Type(Kind.SURVEY), Text(), levels=FIVE),
        InputPlan(
            "asked", Type(Kind.SURVEY), Text(), levels=("满意", "不满意"), groups=("村民", "干部")
        ),
        InputPlan("jury", Type(Kind.PANEL), Text()),
        InputPlan("grouped", Type(Kind.PANEL), Text(), groups=("专家", "代表")),
        InputPlan("itemised", Type(Kind.PANEL), Text(), items=("设计", "效果")),
        InputPlan("table", Type(Kind.MAP, depth=1, inner=PERCENT, keys=(replace(LEVELS),)), Text()),
    )
}
NAMES = Names(values={**{name: item.type for name, item in INPUTS.items()}, "as_of": DATE})


@dataclass(slots=True)
class Found:
    """What was reported: a code and where, in the order reported."""

    faults: list[tuple[str, Path]] = field(default_factory=list)
    args: list[dict[str, Any]] = field(default_factory=list)

    @property
    def codes(self) -> list[str]:
        return [code for code, _ in self.faults]


@dataclass(frozen=True, slots=True)
class FakeScope:
    """The scope of a leaf, paths relative to the outermost method."""

    found: Found
    points: Decimal | None = Decimal(10)
    supplied: Type | None = None
    ask: Expr | None = None
    path: Path = ()
    extra: Mapping[str, Type] = field(default_factory=dict)

    def value(
        self,
        path: Path,
        raw: object,
        *want: Kind,
        extra: Mapping[str, Type] | None = None,
        optional: bool = False,
    ) -> Expr | None:
        supplied = {"value": self.supplied} if self.supplied else {}
        names = replace(
            NAMES,
            values={**NAMES.values, **supplied, **self.extra, **(extra or {})},
            missing_ok=optional,
        )
        assert isinstance(raw, Scalar)
        try:
            return compile_expr(str(raw), names, (*self.path, *path), want)
        except ExprFaults as error:
            for fault in error.faults:
                self.report(fault.code, path, args=fault.args)
            return None

    def actual(
        self, raw: object | None, *want: Kind, key: str = "actual", optional: bool = False
    ) -> Expr | None:
        if raw is not None:
            return self.value((key,), raw, *want, optional=optional)
        if self.supplied is not None:
            return self.value((), Scalar("value"), *want)
        if self.ask is not None:
            return self.ask
        self.report("PRF420", (), name=key)
        return None

    def method(
        self,
        path: Path,
        raw: object,
        *,
        supplied: Type | None,
        points: Decimal | None,
        extra: Mapping[str, Type] | None = None,
    ) -> MethodPlan | None:
        inner = replace(
            self,
            path=(*self.path, *path),
            supplied=supplied,
            points=points,
            extra={**self.extra, **(extra or {})},
        )
        assert isinstance(raw, dict)
        return check_method(raw, inner)

    def input_of(self, expr: Expr) -> InputPlan | None:
        return INPUTS.get(expr.tree.id) if isinstance(expr.tree, Name) else None

    def fixed(self, expr: Expr) -> bool:
        return expr.names <= {"table", "as_of"}

    def report(self, code: str, path: Path, *, key: bool = False, **args: Any) -> None:  # noqa: ANN401, ARG002 - the contract's
        self.found.faults.append((code, (*self.path, *path)))
        self.found.args.append(args)


def check_method(raw: Mapping[str, Any], scope: FakeScope) -> MethodPlan | None:
    method = METHODS[str(raw["method"])]
    given = {key: value for key, value in raw.items() if key != "method"}
    spec, faults = validate(method.Spec, given, read_document("a: b", "x.yaml"))  # type: ignore[type-var] # every Spec is a SpecModel
    scope.found.faults += [(item.code, (*scope.path, *item.path)) for item in faults]
    return None if spec is None else method.check(spec, scope)


def checked(
    text: str, points: str | None = "10", ask: str | None = None
) -> tuple[MethodPlan | None, Found]:
    """Return the plan of a method, and what was reported."""
    found = Found()
    scope = FakeScope(found, None if points is None else Decimal(points))
    if ask is not None:
        scope = replace(scope, ask=scope.value((), Scalar(ask)))
    raw = read_document(text, "method.yaml").value
    assert isinstance(raw, dict)
    return check_method(raw, scope), found


def plan(text: str, points: str | None = "10", ask: str | None = None) -> MethodPlan:
    """Return the plan of a method without a fault."""
    made, found = checked(text, points, ask)
    assert found.faults == []
    assert made is not None
    return made


def codes(text: str, points: str | None = "10", ask: str | None = None) -> list[str]:
    """Return the codes reported; none exactly where there is a plan."""
    made, found = checked(text, points, ask)
    assert (made is None) == bool(found.faults)
    return found.codes


@dataclass(slots=True)
class FakeFrame:
    """Where names get their values."""

    values: Mapping[str, object]
    budget: Budget = field(default_factory=Budget)

    def name(self, name: str) -> object:
        return self.values.get(name, MISSING)

    def ref(self, kind: RefKind, name: str) -> object:
        raise KeyError(kind, name)

    def rows(self, table: str) -> Sequence[Mapping[str, object]]:
        raise KeyError(table)

    def leaves(self, name: str) -> Sequence[Mapping[str, object]]:
        raise KeyError(name)

    def row(self, variable: str) -> Mapping[str, object]:
        raise KeyError(variable)


@dataclass(frozen=True, slots=True)
class FakeEvaluation:
    """One leaf being rated."""

    frame: FakeFrame
    points: Decimal = Decimal(10)
    as_of: date | None = None
    leaf: str = "leaf"
    evidence: str | None = None

    def value(self, expr: Expr) -> object:
        found = evaluate(expr, self.frame)
        if found is MISSING:
            raise MissingFault(expr.text)
        return found

    def bind(self, **names: object) -> "FakeEvaluation":
        return replace(self, frame=FakeFrame({**self.frame.values, **names}, self.frame.budget))

    def show(self, expr: Expr, value: object) -> Text:
        return show_value(value, expr.type)


_BASE = {Kind.MONEY: Decimal(10_000)}


def value_of(name: str, given: object) -> object:
    """Return a fact as admission would: money in 元, a target as its cell, a percent as written."""
    kind = INPUTS[name].type.kind
    if kind is Kind.TARGET:
        return given if isinstance(given, TargetCell) else read_target(str(given))
    if kind is Kind.DATE and isinstance(given, str):
        return date.fromisoformat(given)
    if kind in (Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.DAYS) and not isinstance(
        given, Decimal
    ):
        text = str(given)
        if text.endswith("%"):
            return CONTEXT.scaleb(Decimal(text[:-1]), -2)
        return Decimal(text) * _BASE.get(kind, Decimal(1))
    return given


def at(points: str = "10", evidence: str | None = None, **facts: Any) -> FakeEvaluation:  # noqa: ANN401 - facts of any type
    """Return the evaluation of a leaf with *points*, with these facts."""
    as_of = facts.pop("as_of", None)
    values = {name: value_of(name, given) for name, given in facts.items()}
    day = date.fromisoformat(str(as_of)) if as_of is not None else None
    if day is not None:
        values["as_of"] = day
    return FakeEvaluation(FakeFrame(values), Decimal(points), day, evidence=evidence)


def rate(text: str, points: str = "10", evidence: str | None = None, **facts: Any) -> Rated:  # noqa: ANN401 - facts of any type
    """Return what a method finds for these facts."""
    return plan(text, points).rate(at(points, evidence, **facts))


def score(text: str, points: str = "10", **facts: Any) -> Decimal:  # noqa: ANN401 - facts of any type
    """Return the points earned, rounded to two decimals, half up: multiplied before divided."""
    return earned(rate(text, points, **facts), points)


def earned(rated: Rated, points: str = "10") -> Decimal:
    """Return a leaf's score as the engine makes it."""
    whole = CONTEXT.multiply(Decimal(points), rated.numerator)
    return round_to(CONTEXT.divide(whole, rated.denominator), 2)


def reach(made: MethodPlan) -> str | None:
    """Return the smallest and largest share that a plan says it can give."""
    span = made.reachable()
    return None if span is None else f"{plain(span[0])} to {plain(span[1])}"


def share(rated: Rated) -> Decimal:
    """Return the share found."""
    return CONTEXT.divide(rated.numerator, rated.denominator)


def fault(text: str, points: str = "10", **facts: Any) -> Fault:  # noqa: ANN401 - facts of any type
    """Return the fault that rating these facts raises."""
    made = plan(text, points)
    try:
        found = made.rate(at(points, **facts))
    except Fault as raised:
        return raised
    raise AssertionError(f"rated {found}")
