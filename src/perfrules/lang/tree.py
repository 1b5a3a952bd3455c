"""The closed, typed tree of a checked expression: what the interpreter and compilers walk.

Every node knows its type and where it stands in the expression's text (`start`, `end`, in
characters). Nothing else can be in an expression.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from perfrules.lang.types import Type

ArithmeticOp: TypeAlias = Literal["+", "-", "*", "/"]
CompareOp: TypeAlias = Literal["==", "!=", "<", "<=", ">", ">="]
RefKind: TypeAlias = Literal["rate", "score", "points", "state", "gate"]


@dataclass(frozen=True, slots=True)
class Node:
    """What every node has."""

    type: Type
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Const(Node):
    """A literal: Decimal (money in 元, percent as fraction), str, bool or date."""

    value: object


@dataclass(frozen=True, slots=True)
class Name(Node):
    """An input, parameter, derived value, `total`, `grade`, `as_of`, or a method's `value`."""

    id: str


@dataclass(frozen=True, slots=True)
class Column(Node):
    """A row variable's column: `t.points`, or `l.rate` of a leaf."""

    row: str
    column: str


@dataclass(frozen=True, slots=True)
class Ref(Node):
    """`rate.x`, `score.x`, `points.x`, `state.x` of an indicator, `gate.x` of a gate."""

    ref: RefKind
    id: str


@dataclass(frozen=True, slots=True)
class Negate(Node):
    """`-x`."""

    operand: "Tree"


@dataclass(frozen=True, slots=True)
class Not(Node):
    """`not x`."""

    operand: "Tree"


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """`a op b`; money, percent and dates are resolved by the types."""

    op: ArithmeticOp
    left: "Tree"
    right: "Tree"


@dataclass(frozen=True, slots=True)
class Power(Node):
    """`a ** n` with a literal n from 0 to 9."""

    base: "Tree"
    exponent: int


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """A chain `a < b <= c`; numbers are compared snapped to 12 decimals, choices by rank."""

    operands: tuple["Tree", ...]
    ops: tuple[CompareOp, ...]


@dataclass(frozen=True, slots=True)
class Logic(Node):
    """`a and b and …` or `a or b or …`, evaluated left to right, stopping early."""

    op: Literal["and", "or"]
    operands: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class IfElse(Node):
    """`body if test else orelse`; only the chosen side is evaluated."""

    test: "Tree"
    body: "Tree"
    orelse: "Tree"


@dataclass(frozen=True, slots=True)
class In(Node):
    """`x in [a, b]` or `"①" in choices`; `negated` for `not in`."""

    item: "Tree"
    options: tuple["Tree", ...]  # empty when `container` is there
    container: "Tree | None"
    negated: bool


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call of a listed function."""

    function: str
    args: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Known(Node):
    """`known(x)`: whether a name's or column's value is there."""

    operand: "Name | Column"


@dataclass(frozen=True, slots=True)
class Aggregate(Node):
    """`sum(element for row in source if condition)`, and count, any, all, mean, min, max.

    `source` is a table's name, or the id of an indicator whose leaves are iterated.
    """

    function: str
    element: "Tree"
    row: str
    source: str
    over: Literal["table", "leaves"]
    condition: "Tree | None"


Tree: TypeAlias = (
    Const | Name | Column | Ref | Negate | Not | Arithmetic | Power | Compare | Logic | IfElse
    | In | Call | Known | Aggregate
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Expr:
    """A checked expression: its text, its tree, and where it was written.

    `names` are the inputs, parameters and derived values it reads; `refs` what it reads of
    indicators and gates; `where` the document path, for messages at evaluation.
    """

    text: str
    tree: Tree
    names: frozenset[str]
    refs: frozenset[tuple[str, str]]
    where: tuple[str | int, ...]

    @property
    def type(self) -> Type:
        """The type of the expression's value."""
        return self.tree.type

    @property
    def constant(self) -> object | None:
        """The value, where the expression is a literal; else None."""
        return self.tree.value if isinstance(self.tree, Const) else None
