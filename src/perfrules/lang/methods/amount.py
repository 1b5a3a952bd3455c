"""Points or a share of them: a percentage is a share, a plain number is points of the indicator."""

from dataclasses import dataclass
from decimal import Decimal

from perfrules.decimals import CONTEXT, HUNDRED, ONE, ZERO, plain, snap
from perfrules.errors import Path, Text
from perfrules.lang.frame import Evaluation, Fault
from perfrules.lang.methods.base import Scope
from perfrules.lang.methods.measure import SIZES, constant, number
from perfrules.lang.methods.phrase import points as points_text
from perfrules.lang.methods.share import Share
from perfrules.lang.tree import Expr
from perfrules.lang.types import Kind


@dataclass(frozen=True, slots=True)
class Amount:
    """What a band, a fallback or a deduction is worth."""

    expr: Expr

    @property
    def in_points(self) -> bool:
        """Whether it counts points, not a share of them."""
        return self.expr.type.kind is Kind.NUMBER

    def share(self, at: Evaluation) -> Share:
        """Return the share of the points; raise `Fault` PRF563 where it is none."""
        found = self._not_negative(at)
        if snap(found) > self._whole(at):
            raise self._outside(at, found)
        return Share(found, self._whole(at))

    def loss(self, at: Evaluation) -> Share:
        """Return the share that one occurrence costs; more than all of it is fine."""
        return Share(self._not_negative(at), self._whole(at))

    def show(self, at: Evaluation) -> Text:
        """Return it as people write it."""
        found = number(at, self.expr)
        return points_text(found) if self.in_points else at.show(self.expr, found)

    def static(self, points: Decimal | None) -> Decimal | None:
        """Return the share where it is known at load, of a leaf with *points*."""
        found = constant(self.expr)
        if found is None or not self.in_points:
            return found
        return CONTEXT.divide(found, points) if points else None

    def _whole(self, at: Evaluation) -> Decimal:
        return at.points if self.in_points else ONE

    def _not_negative(self, at: Evaluation) -> Decimal:
        found = number(at, self.expr)
        if snap(found) < ZERO:
            raise self._outside(at, found)
        return found

    def _outside(self, at: Evaluation, found: Decimal) -> Fault:
        right = points_text(at.points) if self.in_points else "100%"
        shown = points_text(found) if self.in_points else at.show(self.expr, found)
        return Fault("PRF563", where=self.expr.where, text=self.expr.text, value=shown, right=right)


def amount(scope: Scope, path: Path, raw: object, *want: Kind) -> Amount | None:
    """Return the points or share at *path*; PRF426 above the whole, PRF427 below 0.

    Args:
        scope: The method's scope.
        path: Where it stands.
        raw: What is written there.
        want: NUMBER for points only, PERCENT for a share only; both where none is given.
    """
    expr = scope.value(path, raw, *(want or SIZES))
    if expr is None:
        return None
    found = constant(expr)
    if found is None:
        return Amount(expr)
    in_points = expr.type.kind is Kind.NUMBER
    whole = scope.points if in_points else ONE
    if found < ZERO:
        scope.report("PRF427", path, value=str(raw))
        return None
    if whole is not None and found > whole:
        right = points_text(whole) if in_points else "100%"
        scope.report("PRF426", path, value=str(raw), right=right)
        return None
    return Amount(expr)


def added(values: list[Decimal]) -> Decimal:
    """Return the exact sum of literals.

    >>> added([Decimal("0.1"), Decimal("0.2")])
    Decimal('0.3')
    """
    found = ZERO
    for value in values:
        found = CONTEXT.add(found, value)
    return found


def literal(scope: Scope, path: Path, raw: object, want: Kind = Kind.PERCENT) -> Decimal | None:
    """Return the share (or points) written at *path*; PRF440 where it is computed.

    What must add up to a whole is added up at load.
    """
    found = amount(scope, path, raw, want)
    if found is None:
        return None
    value = constant(found.expr)
    if value is None:
        scope.report("PRF440", path, value=str(raw))
    return value


def add_up(scope: Scope, path: Path, shares: list[Decimal | None]) -> bool:
    """Report PRF428 where *shares* don't make 100 %; one that was refused ends the matter."""
    known = [share for share in shares if share is not None]
    if len(known) < len(shares):
        return False
    found = added(known)
    if found == ONE:
        return True
    scope.report("PRF428", path, key=True, value=f"{plain(CONTEXT.multiply(found, HUNDRED))}%")
    return False
