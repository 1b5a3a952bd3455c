"""Calls of the listed functions on columns."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal, DecimalException
from fractions import Fraction
from typing import Final, Literal

import numpy as np

from perfrules.engine.batch.kernel.arithmetic import limited, negated
from perfrules.engine.batch.kernel.cell_calls import kind_of, number_of
from perfrules.engine.batch.kernel.chunk import Chunk, IntsOf, Kept, UnsupportedError
from perfrules.engine.batch.kernel.compare import compare
from perfrules.engine.batch.kernel.effects import there
from perfrules.engine.batch.kernel.functions import (
    Mode,
    extreme_of,
    logarithm,
    power_of_e,
    rounded,
    square_root,
)
from perfrules.engine.batch.kernel.numbers import Known, Whole
from perfrules.engine.batch.kernel.scope import Scope, constant, ordinals
from perfrules.engine.batch.kernel.select import listed
from perfrules.engine.batch.kernel.values import (
    Constant,
    Day,
    Label,
    Places,
    Value,
    as_flag,
    matching,
    number,
)
from perfrules.engine.batch.vectors import Ints
from perfrules.lang.frame import Fault

_MISSING: Final = -1
_FIRST_YEAR: Final = 1970
_EPOCH: Final = date(_FIRST_YEAR, 1, 1).toordinal()
_MONTHS: Final = 12


def call(scope: Scope, name: str, args: Sequence[Value]) -> Value:
    """Return what a function gives."""
    function = scope.functions.get(name)
    if function is None or function.call is None or function.plugin:
        raise UnsupportedError(name)
    if all(isinstance(arg, (Known, Constant)) for arg in args):
        try:
            return constant(function.call(*(arg.value for arg in args)))  # type: ignore[union-attr] # all are
        except (Fault, DecimalException):
            scope.effects.always_odd()
            raise UnsupportedError(name) from None
    form = _FORMS.get(name)
    if form is None:
        raise UnsupportedError(name)
    return form(scope, args)


def _absolute(_: Scope, args: Sequence[Value]) -> Value:
    found = number(args[0])
    return extreme_of(found, negated(found), larger=True)


def _extreme(*, larger: bool) -> Callable[[Scope, Sequence[Value]], Value]:
    def form(_: Scope, args: Sequence[Value]) -> Value:
        found = args[0]
        for other in args[1:]:
            if isinstance(found, Day) or isinstance(other, Day):
                found = _day(found, other, larger=larger)
                continue
            found = extreme_of(number(found), number(other), larger=larger)
        return found

    return form


def _day(left: Value, right: Value, *, larger: bool) -> Day:
    one, other = ordinals(left), ordinals(right)
    pick = np.maximum if larger else np.minimum
    return Day(Kept(lambda chunk: pick(one(chunk), other(chunk))))


def _rounded(mode: Mode) -> Callable[[Scope, Sequence[Value]], Value]:
    def form(scope: Scope, args: Sequence[Value]) -> Value:
        digits = 0
        if len(args) > 1:
            known = args[1]
            if not isinstance(known, Known):
                raise UnsupportedError
            digits = int(known.value)
        return rounded(scope.effects, number(args[0]), digits, mode)

    return form


def _lookup(scope: Scope, args: Sequence[Value]) -> Value:
    """Return the entry of a map at exactly these keys; units whose key isn't there are odd."""
    table, *keys = args
    if not isinstance(table, Constant) or not isinstance(table.value, Mapping):
        raise UnsupportedError
    return _entry(scope, table.value, keys)


def _entry(scope: Scope, table: Mapping[object, object], keys: Sequence[Value]) -> Value:
    key, *others = keys
    entries = list(table.items())
    if isinstance(key, (Known, Constant)) or (others and not isinstance(key, Label)):
        raise UnsupportedError
    index = _places(key, [entry[0] for entry in entries])
    scope.effects.odd(there(lambda chunk: index(chunk) == _MISSING))
    found: Value | None = None
    values = [entry[1] for entry in entries]
    if others:
        raise UnsupportedError
    numbers = [value for value in values if isinstance(value, Decimal)]
    if len(numbers) == len(values):
        found = listed(_clipped(index), numbers)
    elif all(isinstance(value, str) for value in values):
        names = tuple(map(str, values))
        found = Label(_clipped(index), lambda _: names)
    if found is None:
        raise UnsupportedError
    return found


def _clipped(index: IntsOf) -> IntsOf:
    def clipped(chunk: Chunk) -> Ints:
        found: Ints = np.maximum(index(chunk), 0)
        return found

    return Kept(clipped)


def _places(key: Value, known: Sequence[object]) -> IntsOf:
    """Return the place of each unit's key, -1 for one that isn't there."""
    if isinstance(key, Label):
        return Places(key, {name: place for place, name in enumerate(known)}, _MISSING)
    tests = []
    for name in known:
        if not isinstance(name, Decimal):
            raise UnsupportedError
        tests.append(compare("==", number(key), Known(name)))

    def places(chunk: Chunk) -> Ints:
        found = np.full(chunk.size, _MISSING, np.int64)
        for place, test in enumerate(tests):
            if test is True:
                found[:] = place
            elif test is not False:
                found[test(chunk)] = place
        return found

    return Kept(places)


def _step(scope: Scope, args: Sequence[Value]) -> Value:
    """Return the entry at the last key at or below; units below all keys are odd."""
    table, *keys = args
    if not isinstance(table, Constant) or not isinstance(table.value, Mapping) or len(keys) != 1:
        raise UnsupportedError
    key = number(keys[0])
    entries = dict(table.value)
    known = sorted(name for name in entries if isinstance(name, Decimal))
    if len(known) != len(entries):
        raise UnsupportedError
    tests = [compare(">=", key, Known(name)) for name in known]

    def places(chunk: Chunk) -> Ints:
        found = np.full(chunk.size, _MISSING, np.int64)
        for test in tests:
            found += test if isinstance(test, bool) else test(chunk)
        return found

    index = Kept(places)
    scope.effects.odd(there(lambda chunk: index(chunk) == _MISSING))
    values = [entries[name] for name in known]
    numbers = [value for value in values if isinstance(value, Decimal)]
    if len(numbers) == len(values):
        return listed(_clipped(index), numbers)
    if all(isinstance(value, str) for value in values):
        names = tuple(map(str, values))
        return Label(_clipped(index), lambda _: names)
    raise UnsupportedError


def _root(scope: Scope, args: Sequence[Value]) -> Value:
    return square_root(scope.effects, number(args[0]))


def _log(scope: Scope, args: Sequence[Value]) -> Value:
    return logarithm(scope.effects, number(args[0]))


def _exp(scope: Scope, args: Sequence[Value]) -> Value:
    return limited(scope.effects, power_of_e(scope.effects, number(args[0])))


def _calendar(unit: Literal["Y", "M"]) -> Callable[[Scope, Sequence[Value]], Value]:
    """Return the year of a date, or its month from 1 to 12."""

    def form(_: Scope, args: Sequence[Value]) -> Value:
        day = args[0]
        if not isinstance(day, Day):
            raise UnsupportedError
        ordinals = day.ordinals

        def units(chunk: Chunk) -> Ints:
            since = (ordinals(chunk) - _EPOCH).astype("M8[D]").astype(f"M8[{unit}]")
            found: Ints = since.astype(np.int64)
            return found + _FIRST_YEAR if unit == "Y" else found % _MONTHS + 1

        kept = Kept(units)
        return Whole(
            kept, Fraction(1), 0, date.max.year,
            lambda chunk, where: [Decimal(found) for found in kept(chunk)[where].tolist()],
        )  # fmt: skip

    return form


def _contains(_: Scope, args: Sequence[Value]) -> Value:
    label, part = args
    if not isinstance(label, Label) or not isinstance(part, Constant):
        raise UnsupportedError
    wanted = str(part.value)
    return as_flag(matching(label, lambda name: wanted in name))


def _days(_: Scope, args: Sequence[Value]) -> Value:
    return args[0]


_FORMS: Final[Mapping[str, Callable[[Scope, Sequence[Value]], Value]]] = {
    "abs": _absolute,
    "min": _extreme(larger=False),
    "max": _extreme(larger=True),
    "round": _rounded("half_up"),
    "floor": _rounded("floor"),
    "ceil": _rounded("ceil"),
    "lookup": _lookup,
    "step": _step,
    "sqrt": _root,
    "ln": _log,
    "exp": _exp,
    "days": _days,
    "year": _calendar("Y"),
    "month": _calendar("M"),
    "contains": _contains,
    "kind": kind_of,
    "number": number_of,
}
