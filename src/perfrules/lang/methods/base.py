"""What a scoring method is: a shape for its keys, a check that makes a plan, a plan that rates.

A method is a class attribute bundle, not a hierarchy: `name`, `title`, `Spec` (a frozen pydantic
model of its keys) and `check`. `check` gets the validated keys and a `Scope`, reports what is wrong
and returns a frozen plan, or None. A plan rates one leaf and explains it.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, ClassVar, Protocol

from pydantic import BaseModel

from perfrules.errors import Path, Text
from perfrules.lang.frame import Evaluation, Rated
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind, Type

if TYPE_CHECKING:
    from perfrules.lang.plan import InputPlan


class MethodPlan(Protocol):
    """A checked method of one leaf: frozen data plus how to rate."""

    @property
    def reads(self) -> tuple[Expr, ...]:
        """Every expression the plan may evaluate, inner methods' included."""

    def rate(self, at: Evaluation) -> Rated:
        """Return the share of the points earned; raise Fault where it can't be computed."""

    def reachable(self) -> tuple[Decimal, Decimal] | None:
        """Return the smallest and largest share it can give, or None where that is unknown."""


class Scope(Protocol):
    """What a method's check sees of the ruleset. Paths are relative to the method's mapping."""

    @property
    def points(self) -> Decimal | None:
        """Declared points where they are constant; 1 for a weight; None where they vary."""

    @property
    def supplied(self) -> Type | None:
        """The type of the `actual` that an outer method supplies, bound as the name `value`."""

    @property
    def ask(self) -> Expr | None:
        """The leaf's own `ask` input as an expression, where it has one."""

    def value(
        self,
        path: Path,
        raw: object,
        *want: Kind,
        extra: Mapping[str, Type] | None = None,
        optional: bool = False,
    ) -> Expr | None:
        """Parse and type the value at *path*; report and return None where it isn't one of *want*.

        No *want* accepts every type. *extra* are names known here only (`value`, `goal`). With
        *optional* an optional name may stand there unguarded: the plan says what holds without it.
        """

    def actual(
        self, raw: object | None, *want: Kind, key: str = "actual", optional: bool = False
    ) -> Expr | None:
        """Return the expression of *key* (actual, level, elements): given, supplied or asked.

        Reports PRF420 where there is none.
        """

    def method(
        self,
        path: Path,
        raw: object,
        *,
        supplied: Type | None,
        points: Decimal | None,
        extra: Mapping[str, Type] | None = None,
    ) -> MethodPlan | None:
        """Return the plan of an inner method, which may also use the names in *extra*."""

    def input_of(self, expr: Expr) -> "InputPlan | None":
        """Return the input that *expr* merely reads (its bounds, levels, groups), or None."""

    def fixed(self, expr: Expr) -> bool:
        """Return whether *expr* reads nothing of a unit's facts: parameters and the date only."""

    def report(self, code: str, path: Path, *, key: bool = False, **args: object) -> None:
        """Report a fault at *path* below the method's mapping; `key` points at the key."""


class Method(Protocol):
    """A scoring method as the table of methods and plugins know it."""

    name: ClassVar[str]
    title: ClassVar[Text]
    Spec: ClassVar[type[BaseModel]]

    @staticmethod
    def check(spec: BaseModel, scope: Scope) -> MethodPlan | None:
        """Return the plan, or None after reporting what is wrong."""
