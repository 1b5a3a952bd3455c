"""Where a scoring method stands: its scope, the points it sees, where evidence is lacking."""

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from perfrules.decimals import ONE, ZERO
from perfrules.engine.batch.kernel.chunk import BoolsOf
from perfrules.engine.batch.kernel.compare import Test, compare
from perfrules.engine.batch.kernel.effects import Effects, there
from perfrules.engine.batch.kernel.expressions import flag_of, number_of, value_of
from perfrules.engine.batch.kernel.numbers import Known, Number
from perfrules.engine.batch.kernel.scope import Scope
from perfrules.engine.batch.kernel.shares import Portion
from perfrules.engine.batch.kernel.values import Value
from perfrules.lang.tree import Expr

if TYPE_CHECKING:
    from perfrules.lang.methods.amount import Amount


@dataclass(frozen=True, slots=True)
class Rule:
    """What a method sees; `points` are never 0, `unverified` gathers where evidence is lacking."""

    scope: Scope
    points: Number
    unverified: list[BoolsOf | None] = field(default_factory=list)  # None: everywhere

    @property
    def effects(self) -> Effects:
        """Where marks go."""
        return self.scope.effects

    def within(self, effects: Effects) -> "Rule":
        """Return the rule with marks that go elsewhere; evidence can't be lacking there."""
        return Rule(self.scope.marking(effects), self.points)

    def value(self, expr: Expr) -> Value:
        """Return an expression's value."""
        return value_of(self.scope, expr)

    def number(self, expr: Expr) -> Number:
        """Return a number."""
        return number_of(self.scope, expr)

    def flag(self, expr: Expr) -> Test:
        """Return a condition."""
        return flag_of(self.scope, expr)

    def not_negative(self, expr: Expr) -> Number:
        """Return a number that may not be below 0."""
        found = self.number(expr)
        self.refuse(compare("<", found, Known(ZERO)))
        return floored(found)

    def refuse(self, test: Test) -> None:
        """Mark units in which a condition holds that the reference refuses."""
        if test is True:
            self.effects.always_odd()
        elif test is not False:
            self.effects.odd(there(test))

    def share(self, amount: "Amount") -> Portion:
        """Return what an amount is worth; more than all of the points is refused."""
        loss = self.loss(amount)
        self.refuse(compare(">", loss.over, loss.under))
        return loss

    def loss(self, amount: "Amount") -> Portion:
        """Return what an amount takes away; more than all of the points is fine."""
        found = self.not_negative(amount.expr)
        return Portion(found, self.points if amount.in_points else Known(ONE))

    def shown(self, expr: Expr) -> None:
        """Mark units in which a value that a reason shows fails, though nothing needed it."""
        for name in sorted(expr.names):
            named = self.scope.named(name)
            if named.fail is not None:
                self.effects.odd(named.fail)


def floored(number: Number) -> Number:
    """Return a number of which what is below 0 was refused, but for residue, as at least 0."""
    if isinstance(number, Known) or number.low >= 0:
        return number
    return replace(number, low=0)
