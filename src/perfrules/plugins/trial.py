"""A plugin's methods and functions tried with the values that break rules: nothing, less, enormous.

Each is called twice with the same values. What it gives must be usable and the same; where there is
no answer it has to say so with `NoValue`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import islice, product
from typing import Final

from perfrules.errors import Diagnostic, Text
from perfrules.lang.extension import Function, Given, Key, Method, Value
from perfrules.lang.frame import Fault
from perfrules.lang.guard import rated, run
from perfrules.lang.plugged import plugged_function
from perfrules.messages import CATALOG, diagnose
from perfrules.plugins.declared import FUNCTION, METHOD

MOST: Final = 600  # trials of one method or function
_ANSWERS: Final = ("PRF921", "PRF531")  # it said why not; the values were too large
_NUMBERS: Final = tuple(map(Decimal, ("0", "1", "-1", "0.5", "3", "1e-12", "9e24", "-9e24")))
_VALUES: Final[Mapping[str, tuple[Value, ...]]] = {
    "number": _NUMBERS,
    "money": _NUMBERS,
    "days": tuple(map(Decimal, ("0", "1", "-1", "0.5", "400", "100000"))),
    "percent": tuple(map(Decimal, ("0", "1", "0.95", "-0.1", "1.5", "1e-12"))),
    "date": (date(2022, 12, 31), date(2020, 2, 29), date.min, date.max),
    "flag": (True, False),
    "text": ("优", "", "x" * 200),
}
_POINTS: Final = (Decimal(10), Decimal("0.01"))
_NOTHING: Final = object()


def method_trials(method: Method, plugin: str) -> Iterator[Diagnostic]:
    """Yield PRF936 and PRF933 for a method, the first of each kind of failure."""
    keys = [key.name for key in method.keys]
    choices = [_choices(key) for key in method.keys]

    def call(values: tuple[object, ...]) -> object:
        there = dict(zip(keys, values, strict=True))
        given = {key: value for key, value in there.items() if value is not _NOTHING}
        found = []
        for points in _POINTS:
            asked = Given(given, points)  # type: ignore[arg-type] # the values are ours
            answer = run(method.rate, asked, plugin=plugin, what=method.name)
            found.append(rated(answer, plugin=plugin, what=method.name))
        return found

    yield from _tried(METHOD, method.name, _spread(choices), call, keys)


def function_trials(function: Function, plugin: str) -> Iterator[Diagnostic]:
    """Yield PRF936 and PRF933 for a function, the first of each kind of failure."""
    known = plugged_function(function, plugin)
    if known.call is not None:
        ours = known.call
        choices = [_of_kinds(item.kinds) for item in function.takes]
        names = [item.name for item in function.takes]
        yield from _tried(FUNCTION, function.name, _spread(choices), lambda v: ours(*v), names)
    if known.fold is not None:
        fold = known.fold
        yield from _tried(FUNCTION, function.name, _lists(function), lambda v: fold([*v]), ())


def _tried(
    what: Text,
    name: str,
    trials: Iterable[tuple[object, ...]],
    call: Callable[[tuple[object, ...]], object],
    keys: Iterable[str],
) -> Iterator[Diagnostic]:
    told: set[str] = set()
    for values in islice(trials, MOST):
        one, other = _answer(call, values), _answer(call, values)
        if isinstance(one, Fault) and one.code not in _ANSWERS and one.code not in told:
            told.add(one.code)
            yield diagnose(
                "PRF936", what=what, value=name, values=_shown(keys, values), reason=_reason(one)
            )
        if _same(one) != _same(other) and "PRF933" not in told:
            told.add("PRF933")
            yield diagnose("PRF933", what=what, value=name, first=_same(one), second=_same(other))


def _answer(call: Callable[[tuple[object, ...]], object], values: tuple[object, ...]) -> object:
    try:
        return call(values)
    except Fault as fault:
        return fault


def _same(answer: object) -> str:
    """Return what two answers are compared by, and shown by."""
    if isinstance(answer, Fault):
        return _reason(answer).en
    return repr(answer)


def _reason(fault: Fault) -> Text:
    message = CATALOG[fault.code]
    zh, en = (
        {
            key: (item.get(lang) if isinstance(item, Text) else str(item))
            for key, item in fault.args_by_name.items()
        }
        for lang in ("zh", "en")
    )
    return Text(message.zh.format_map(zh), message.en.format_map(en))


def _choices(key: Key) -> tuple[object, ...]:
    found: tuple[object, ...] = key.of or _of_kinds(key.kinds)
    return (*found, _NOTHING) if key.optional else found


def _of_kinds(kinds: Iterable[str]) -> tuple[object, ...]:
    return tuple(dict.fromkeys(value for kind in kinds for value in _VALUES[kind]))


def _spread(choices: list[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
    """Yield combinations: all where they are few, else each value beside ordinary others."""
    size = 1
    for options in choices:
        size *= len(options)
    if size <= MOST:
        yield from product(*choices)
        return
    for usual in range(2):  # beside zeros, then beside ones
        base = [options[min(usual, len(options) - 1)] for options in choices]
        for place, options in enumerate(choices):
            for value in options:
                yield (*base[:place], value, *base[place + 1 :])
    for depth in range(max(map(len, choices))):
        yield tuple(options[depth % len(options)] for options in choices)


def _lists(function: Function) -> Iterator[tuple[object, ...]]:
    """Yield what a generator may give: nothing, one value, equal ones, all sorts."""
    yield ()
    for kind in function.each:
        values = _VALUES[kind]
        for value in values:
            yield (value,)
            yield (value, value)
        yield values
        yield values[::-1]


def _shown(keys: Iterable[str], values: tuple[object, ...]) -> str:
    names = list(keys) or [""] * len(values)
    parts = [
        f"{name} = {value}" if name else str(value)
        for name, value in zip(names, values, strict=False)
        if value is not _NOTHING
    ]
    return ", ".join(parts) or "[]"
