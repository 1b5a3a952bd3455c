"""One case of a proof: what has been assumed of the terms of a ruleset so far.

A term is a name or an expression as it is built, wherever it stands in a text: what was assumed of
`executed / budget` in one rule is known in another.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from perfrules.analysis.prove.interval import Interval
from perfrules.analysis.prove.value import Value, meet
from perfrules.lang.expr.scope import children
from perfrules.lang.tree import (
    Aggregate,
    Arithmetic,
    Call,
    Column,
    Compare,
    Const,
    In,
    Known,
    Logic,
    Name,
    Power,
    Ref,
    Tree,
)

Term: TypeAlias = tuple[object, ...]


def term(tree: Tree) -> Term:  # noqa: C901, PLR0912 - one branch a node
    """Return what *tree* is, without the place where it stands."""
    below = tuple(term(part) for part in children(tree))
    match tree:
        case Const():
            return "const", tree.value
        case Name():
            return "name", tree.id
        case Column():
            return "column", tree.row, tree.column
        case Ref():
            return tree.ref, tree.id
        case Arithmetic():
            return tree.op, *below
        case Power():
            return "**", tree.exponent, *below
        case Compare():
            return "compare", tree.ops, *below
        case Logic():
            return tree.op, *below
        case In():
            return "in", tree.negated, *below
        case Call():
            return "call", tree.function, *below
        case Known():
            return "known", *below
        case Aggregate():
            return "rows", tree.function, tree.row, tree.source, tree.condition is None, *below
        case _:
            return type(tree).__name__, *below


def mentions(found: Term, row: str) -> bool:
    """Return whether a term reads a row that is called *row*."""
    return any(
        (isinstance(part, tuple) and mentions(part, row)) or (found[0] == "column" and part == row)
        for part in found[1:]
    )


@dataclass(frozen=True, slots=True)
class Case:
    """What is assumed: of terms, and which table a row comes from.

    Numbers are what comparisons see of them. `order` holds how two terms compare: -1, 0, 1.
    """

    terms: Mapping[Term, Value] = field(default_factory=dict)
    order: Mapping[tuple[Term, Term], frozenset[int]] = field(default_factory=dict)
    rows: Mapping[str, str] = field(default_factory=dict)
    memo: dict[Term, Value | None] = field(default_factory=dict, compare=False, repr=False)

    def narrowed(self, found: Term, value: Value) -> "Case | None":
        """Return the case in which a term is also *value*; None where it can't be."""
        before = self.terms.get(found)
        now = value if before is None else meet(before, value)
        if now is None:
            return None
        if now == before:
            return self
        return Case({**self.terms, found: now}, self.order, self.rows)

    def ordered(self, left: Term, right: Term, signs: frozenset[int]) -> "Case | None":
        """Return the case in which two terms compare in one of *signs*."""
        if repr(right) < repr(left):
            left, right, signs = right, left, frozenset(-sign for sign in signs)
        now = self.order.get((left, right), _ANY_ORDER) & signs
        if not now:
            return None
        return Case(self.terms, {**self.order, (left, right): now}, self.rows)

    def signs(self, left: Term, right: Term) -> frozenset[int]:
        """Return how two terms may compare."""
        if repr(right) < repr(left):
            return frozenset(-sign for sign in self.order.get((right, left), _ANY_ORDER))
        return self.order.get((left, right), _ANY_ORDER)

    def within(self, row: str, source: str) -> "Case":
        """Return the case inside a row of a table, of which nothing is assumed yet."""
        terms = {key: value for key, value in self.terms.items() if not mentions(key, row)}
        order = {
            key: value
            for key, value in self.order.items()
            if not (mentions(key[0], row) or mentions(key[1], row))
        }
        return Case(terms, order, {**self.rows, row: source})

    def known(self, found: Term) -> Interval | None:
        """Return what comparisons see of a number that something was assumed of."""
        value = self.terms.get(found)
        return value if isinstance(value, Interval) else None


_ANY_ORDER: Final = frozenset({-1, 0, 1})
MOST_CASES: Final = 48  # beyond it an assumption isn't followed into its parts
Cases: TypeAlias = list[Case]


def each(cases: Iterable[Case], then: Callable[[Case], Cases]) -> Cases:
    """Return the cases that *then* makes of each; what it was where they'd be too many."""
    before = list(cases)
    found: Cases = []
    for case in before:
        found += then(case)
        if len(found) > MOST_CASES:
            return before
    return found


def few(found: Cases, case: Case) -> Cases:
    """Return *found*; the case they came from where they are too many."""
    return found if len(found) <= MOST_CASES else [case]
