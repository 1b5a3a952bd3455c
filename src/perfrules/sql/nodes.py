"""The pieces statements are built of: every text is a literal, every name is quoted.

A condition is an expression, or True or False where it is known beforehand.
"""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from sqlglot import exp

Node: TypeAlias = exp.Expression
Cond: TypeAlias = exp.Expression | bool


def text(value: str) -> Node:
    """Return a text literal.

    >>> text("it's").sql("duckdb")
    "'it''s'"
    """
    return exp.Literal.string(value)


def whole(value: int) -> Node:
    """Return an integer literal.

    >>> whole(-3).sql("duckdb")
    '-3'
    """
    found = exp.Literal.number(str(abs(value)))
    return exp.Neg(this=found) if value < 0 else found


def name(of: str) -> exp.Column:
    """Return a quoted column.

    >>> name('a"; DROP TABLE x').sql("duckdb")
    '"a""; DROP TABLE x"'
    """
    return exp.Column(this=exp.Identifier(this=of, quoted=True))


def operand(node: Node) -> Node:
    """Return a copy of *node*, in parentheses where an operator stands beside it."""
    copied = node.copy()
    if isinstance(node, exp.Binary | exp.Not | exp.Neg | exp.Between | exp.In | exp.Is):
        return exp.Paren(this=copied)
    return copied


def binary(kind: type[Node], left: Node, right: Node) -> Node:
    """Return an operator between two operands."""
    return kind(this=operand(left), expression=operand(right))


def call(function: str, *args: Node) -> Node:
    """Return a call of a function of the database; *function* is never an author's text."""
    return exp.Anonymous(this=function, expressions=[arg.copy() for arg in args])


def both(*conditions: Cond) -> Cond:
    """Return whether all hold.

    >>> both(True, False), both(True, True)
    (False, True)
    """
    kept = [item for item in conditions if not (isinstance(item, bool) and item)]
    if any(isinstance(item, bool) for item in kept):
        return False
    return _joined(exp.And, [item for item in kept if not isinstance(item, bool)], empty=True)


def some(conditions: Iterable[Cond]) -> Cond:
    """Return whether one holds.

    >>> some([False, True]), some([])
    (True, False)
    """
    kept = [item for item in conditions if not (isinstance(item, bool) and not item)]
    if any(isinstance(item, bool) for item in kept):
        return True
    return _joined(exp.Or, [item for item in kept if not isinstance(item, bool)], empty=False)


def _joined(kind: type[Node], parts: Sequence[Node], *, empty: bool) -> Cond:
    if not parts:
        return empty
    found = parts[0].copy()
    for place, part in enumerate(parts[1:]):
        # The chain leans left, so that only what is no such chain needs its parentheses.
        left = found if place else operand(found)
        found = kind(this=left, expression=operand(part))
    return found


def negated(condition: Cond) -> Cond:
    """Return whether *condition* is false.

    >>> negated(True)
    False
    """
    if isinstance(condition, bool):
        return not condition
    if isinstance(condition, exp.Not):
        inside: Node = condition.this.copy()
        return inside.this if isinstance(inside, exp.Paren) else inside
    return exp.Not(this=operand(condition))


def absent(node: Node) -> Node:
    """Return whether a value isn't there."""
    return exp.Is(this=operand(node), expression=exp.Null())


def present(node: Node) -> Node:
    """Return whether a value is there."""
    return exp.Not(this=operand(absent(node)))


def surely(condition: Cond) -> Cond:
    """Return *condition*, false where it can't be told."""
    if isinstance(condition, bool):
        return condition
    return exp.Coalesce(this=condition.copy(), expressions=[exp.false()])


def as_node(condition: Cond) -> Node:
    """Return a condition as an expression."""
    if isinstance(condition, bool):
        return exp.true() if condition else exp.false()
    return condition.copy()


def case(pairs: Iterable[tuple[Cond, Node]], default: Node | None = None) -> Node:
    """Return the value of the first condition that holds, else *default*, else NULL."""
    found = exp.Case()
    for condition, value in pairs:
        if isinstance(condition, bool):
            if not condition:
                continue
            default = value
            break
        found = found.when(condition.copy(), value.copy(), copy=False)
    if not found.args.get("ifs"):
        return exp.Null() if default is None else default.copy()
    return found if default is None else found.else_(default.copy(), copy=False)
