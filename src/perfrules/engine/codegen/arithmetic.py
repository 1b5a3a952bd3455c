"""Arithmetic of numbers in generated code: the operators of Python under an exact context.

The context has the digits, rounding and traps of `perfrules.decimals.CONTEXT`, and a largest
exponent of 24: what reaches 1e25, which expressions refuse, is an overflow that the context traps.
"""

from collections.abc import Callable
from decimal import (
    ROUND_FLOOR,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    getcontext,
    setcontext,
)
from typing import Final, Literal, TypeAlias, TypeVar, TypeVarTuple

from perfrules.decimals import DIGITS, LIMIT, ONE, SNAP, ZERO, RoundingMode, round_to
from perfrules.engine.codegen.source import Source
from perfrules.engine.codegen.values import Value, constant, snapped

Op: TypeAlias = Literal["+", "-", "*", "/"]


def _context(rounding: str) -> Context:
    return Context(
        prec=DIGITS,
        rounding=rounding,
        Emin=-6143,
        Emax=LIMIT.adjusted() - 1,
        traps=[DivisionByZero, InvalidOperation, Overflow],
    )


EXACT: Final = _context(ROUND_HALF_EVEN)

_Found = TypeVar("_Found")
_Args = TypeVarTuple("_Args")


def exactly(call: Callable[[*_Args], _Found], *args: *_Args) -> _Found:
    """Return what *call* gives under the exact context; the host's comes back, whatever happens.

    >>> exactly(lambda: Decimal(2) / Decimal(3))
    Decimal('0.6666666666666666666666666666666667')
    """
    outer = getcontext()
    setcontext(EXACT)
    try:
        return call(*args)
    finally:
        setcontext(outer)


_UP: Final = _context(ROUND_HALF_UP)
_DOWN: Final = _context(ROUND_FLOOR)
# By name, as generated code calls them: a number and the step it is rounded to.
ROUNDING: Final[dict[RoundingMode, str]] = {
    "half_up": "half_up",
    "floor": "floor",
    "half_even": "half_even",
}
ROUNDERS: Final[dict[str, Callable[[Decimal, Decimal], Decimal]]] = {
    "half_up": _UP.quantize,
    "floor": _DOWN.quantize,
    "half_even": EXACT.quantize,
}
_CALLS: Final[dict[Op, Callable[[Decimal, Decimal], Decimal]]] = {
    "+": EXACT.add,
    "-": EXACT.subtract,
    "*": EXACT.multiply,
    "/": EXACT.divide,
}


def combine(source: Source, op: Op, left: Value, right: Value) -> Value:
    """Return a local that holds the value of an operation, or the constant that it is.

    What is too large, or divided by zero, gives up.
    """
    if left.number is not None and right.number is not None:
        return _folded(source, op, left.number, right.number)
    same = _unchanged(op, left, right)
    if same is not None:
        return same
    low, high = _bounds(op, left, right)
    if op == "/" or low is None or high is None or max(low.copy_negate(), high) >= LIMIT:
        source.doubts += 1
    code = source.keep(f"{left.code} {op} {right.code}")
    return Value(code, low, high, _places(op, left, right))


def _folded(source: Source, op: Op, left: Decimal, right: Decimal) -> Value:
    try:
        return constant(source, _CALLS[op](left, right))
    except ArithmeticError:
        source.give_up()
        return constant(source, ONE)  # not reached


def _unchanged(op: Op, left: Value, right: Value) -> Value | None:
    """Return the operand that an operation with 1 or 0 gives back.

    A number of facts has 34 digits at most besides zeros at its end, so that nothing is rounded. A
    neutral number written with decimals, 1.0, is none: it would give or take zeros at the end.
    """
    if op in ("*", "/") and _is(right, ONE):
        return left
    if op == "+" and _is(right, ZERO):
        return left
    neutral = {"*": ONE, "+": ZERO}.get(op)
    return right if neutral is not None and _is(left, neutral) else None


def _is(value: Value, number: Decimal) -> bool:
    found = value.number
    return found is not None and found.as_tuple() == number.as_tuple()


def _bounds(op: Op, left: Value, right: Value) -> tuple[Decimal | None, Decimal | None]:
    """Return the bounds of the result: rounding keeps the order, so that they hold."""
    ends = (left.low, left.high, right.low, right.high)
    try:
        match op:
            case "+":
                return _add(left.low, right.low), _add(left.high, right.high)
            case "-":
                return _subtract(left.low, right.high), _subtract(left.high, right.low)
            case "*":
                if None not in ends:
                    found = [
                        EXACT.multiply(one, other)
                        for one in (left.low, left.high)
                        for other in (right.low, right.high)
                        if one is not None and other is not None
                    ]
                    return min(found), max(found)
            case "/":
                pass
    except ArithmeticError:
        return None, None
    positive = _at_least_zero(left) and _at_least_zero(right)
    return (ZERO if positive else None), None


def _at_least_zero(value: Value) -> bool:
    return value.low is not None and value.low >= ZERO


def _add(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else EXACT.add(left, right)


def _subtract(left: Decimal | None, right: Decimal | None) -> Decimal | None:
    return None if left is None or right is None else EXACT.subtract(left, right)


def _places(op: Op, left: Value, right: Value) -> int | None:
    if op == "/" or left.places is None or right.places is None:
        return None
    return left.places + right.places if op == "*" else max(left.places, right.places)


def step_of(digits: int) -> Decimal:
    """Return the unit of the last of *digits* decimals.

    >>> step_of(2)
    Decimal('0.01')
    """
    return Decimal((0, (1,), -digits))


def negated(source: Source, value: Value) -> Value:
    """Return the number with the other sign."""
    if value.number is not None:
        return constant(source, value.number.copy_negate())
    low = None if value.high is None else value.high.copy_negate()
    high = None if value.low is None else value.low.copy_negate()
    return Value(source.keep(f"{value.code}.copy_negate()"), low, high, value.places)


def rounded(source: Source, value: Value, digits: int, mode: RoundingMode) -> Value:
    """Return the number snapped, then rounded to *digits* decimals."""
    if value.number is not None:
        return constant(source, round_to(value.number, digits, mode))
    found = snapped(source, value)
    step = source.slot(step_of(digits))
    source.doubts += 1
    code = source.keep(f"{ROUNDING[mode]}({found.code}, {step})")
    low = None if value.low is None else round_to(value.low, digits, mode)
    high = None if value.high is None else round_to(value.high, digits, mode)
    return Value(code, low, high, min(digits, SNAP) if digits <= SNAP else digits)
