"""Facts as programs hold them → admitted values, where nothing has to be normalised or refused.

One pass checks all numbers at once; whatever is unusual is left to `perfrules.engine.facts.admit`,
so that errors, notes and defaults stay the same.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import combinations
from operator import itemgetter
from types import MappingProxyType
from typing import Final, TypeAlias, cast

from perfrules.decimals import ZERO
from perfrules.engine.codegen.source import Source
from perfrules.engine.facts.inputs import _default, admit_input
from perfrules.engine.facts.problems import Problems
from perfrules.lang.ballots import SurveyFact
from perfrules.lang.cells.words import FLAGS
from perfrules.lang.plan import InputPlan, Plan
from perfrules.lang.types import MISSING, Kind
from perfrules.lang.units import MONEY_FACTORS

Take: TypeAlias = Callable[[Mapping[str, object]], tuple[object, ...] | None]

_TEXTS: Final = frozenset({str})
_NUMBERS: Final = frozenset({str, int, float, Decimal})
_FLAG_TYPES: Final = frozenset({str, bool})
_LISTS: Final = frozenset({list, tuple, set, frozenset})
_CENT: Final = Decimal("0.01")
_LONGEST_NAME = 60
_MOST_LABELS = 6
_SEPARATORS: Final = re.compile("[、,，;；\n]")
_DIGITS: Final = r"[0-9]{1,15}+"  # few enough for any check of size
_DECIMALS: Final = r"(?:\.[0-9]{1,15}+)?+"


def intake(plan: Plan) -> Take:
    """Return the function that takes the facts of one unit; None from it leaves them to `admit`.

    It must run under `perfrules.engine.codegen.arithmetic.EXACT`, and may raise `LookupError` for
    facts that it doesn't take.
    """
    source = Source()
    inputs = _Inputs(plan, source)
    inputs.write()
    literals = {f"k{place}": value for place, value in enumerate(source.literals)}
    names: dict[str, object] = {"__builtins__": {}, **_NAMES, **literals}
    text = f"def take(G):\n{source.text()}\n"
    exec(compile(text, "<perfrules>", "exec"), names)  # noqa: S102 - our own text, nothing of an author's
    return cast("Take", names["take"])


class _Inputs:
    """The body of the function in the making."""

    def __init__(self, plan: Plan, source: Source) -> None:
        self.plan = plan
        self.source = source
        self.places = list(enumerate(plan.inputs))
        self.needed = [
            (place, item) for place, item in self.places if item.required and item.default is None
        ]
        self.numbers = [(place, item) for place, item in self.needed if _is_number(item)]

    def write(self) -> None:
        """Add everything."""
        source = self.source
        source.line("if not set(map(type, G)) <= TEXTS: return None")
        self._keys()
        if self.numbers:
            self._numbers()
        known = {place for place, _ in self.numbers}
        asks = False
        for place, item in self.places:
            if place not in known:
                asks = self._other(place, item) or asks
        if asks:
            source.lines.insert(0, (1, "P = Problems()"))
            source.line("if P.found: return None")
        source.line(f"return ({''.join(f'i{place}, ' for place, _ in self.places)})")

    def _keys(self) -> None:
        """Add the look-ups: every key must be an input's, or name the unit or its date."""
        source = self.source
        if len(self.needed) > 1:
            get = itemgetter(*(item.id for _, item in self.needed))
            names = ", ".join(f"x{place}" for place, _ in self.needed)
            source.line(f"{names} = {source.slot(get)}(G)")
        for place, item in self.needed if len(self.needed) == 1 else ():
            source.line(f"x{place} = G[{source.slot(item.id)}]")
        needed = {place for place, _ in self.needed}
        for place, item in self.places:
            if place not in needed:
                source.line(f"x{place} = G.get({source.slot(item.id)})")
        keys = frozenset((*(item.id for item in self.plan.inputs), "unit", "as_of"))
        with source.block(f"if len(G) != {len(self.needed)}"):
            source.line(f"if not G.keys() <= {source.slot(keys)}: return None")
            unit = source.keep(f"G.get({source.slot('unit')})")
            source.line(f"if {unit} is not None and not is_name({unit}): return None")

    def _numbers(self) -> None:
        """Add the check of all numbers at once, and what each becomes in its base unit."""
        source = self.source
        source.line(f"T = ({''.join(f'x{place}, ' for place, _ in self.numbers)})")
        source.line("K = set(map(type, T))")
        with source.block("if K != TEXTS"):
            source.line("if not K <= NUMBERS: return None")
            source.line("T = tuple(map(str, T))")
        pattern = re.compile("\n".join(_pattern(item) for _, item in self.numbers))
        newline = source.slot("\n")
        source.line(f"if {source.slot(pattern.fullmatch)}({newline}.join(T)) is None: return None")
        source.line(f"{''.join(f'x{place}, ' for place, _ in self.numbers)}= T")
        for place, item in self.numbers:
            source.line(f"i{place} = {self._base(item, f'x{place}')}")
            self._bounded(item, f"i{place}")

    def _base(self, item: InputPlan, code: str) -> str:
        if item.type.kind is Kind.PERCENT:
            return f"D({code}[:-1]) * {self.source.slot(_CENT)}"
        factor = MONEY_FACTORS[item.type.unit or "元"] if item.type.kind is Kind.MONEY else 1
        return f"D({code})" if factor == 1 else f"D({code}) * {self.source.slot(factor)}"

    def _bounded(self, item: InputPlan, code: str) -> None:
        """Add the comparisons with the bounds; the pattern already refuses a minus sign."""
        if isinstance(item.min, Decimal) and item.min != ZERO:
            self.source.line(f"if {code} < {self.source.slot(item.min)}: return None")
        if isinstance(item.max, Decimal):
            self.source.line(f"if {code} > {self.source.slot(item.max)}: return None")

    def _other(self, place: int, item: InputPlan) -> bool:
        """Add the reading of an input that is no number; return whether the reader is asked."""
        source = self.source
        given, value = f"x{place}", f"i{place}"
        if not item.required or item.default is not None:
            default = MISSING if item.default is None else _default(item)
            with source.block(f"if {given} is None"):
                source.line(f"{value} = {source.slot(default)}")
            with source.block("else"):
                source.line(f"{value} = admit_input({source.slot(item)}, {given}, P, {{}})")
            return True
        match item.type.kind:
            case Kind.FLAG:
                source.line(f"if type({given}) not in FLAG_TYPES: return None")
                source.line(f"{value} = FLAGS[{given}]")
            case Kind.CHOICE:
                options = source.slot(frozenset(item.type.of))
                source.line(f"if type({given}) is not str or {given} not in {options}: return None")
                source.line(f"{value} = {given}")
            case Kind.CHOICES if len(item.type.of) <= _MOST_LABELS and _plain(item):
                sets = source.slot(_Sets(item.type.of))
                source.line(f"{value} = {sets}({given})")
                source.line(f"if {value} is None: return None")
            case Kind.SURVEY if not item.groups:
                source.line(f"{value} = counted({given}, {source.slot(item.levels)})")
                source.line(f"if {value} is None: return None")
            case _:
                source.line(f"{value} = admit_input({source.slot(item)}, {given}, P, {{}})")
                return True
        return False


def _is_number(item: InputPlan) -> bool:
    kind = item.type.kind
    return kind in (Kind.NUMBER, Kind.DAYS, Kind.MONEY) or (
        kind is Kind.PERCENT and item.bare is None
    )


def _pattern(item: InputPlan) -> str:
    """Return the pattern of a number that needs no other check than its bounds."""
    if item.whole:
        return _DIGITS
    sign = "" if isinstance(item.min, Decimal) and item.min >= ZERO else "-?+"
    return f"{sign}{_DIGITS}{_DECIMALS}{'%' if item.type.kind is Kind.PERCENT else ''}"


def _plain(item: InputPlan) -> bool:
    return not any(_SEPARATORS.search(label) for label in item.type.of)


class _Sets:
    """The sets that lists of an input's options stand for, by how they are written in order."""

    def __init__(self, of: tuple[str, ...]) -> None:
        self.options = frozenset(of)
        self.most = len(of)
        self.written: dict[str, frozenset[str]] = {}
        for size in range(1, len(of) + 1):
            for labels in combinations(of, size):
                self.written["、".join(labels)] = frozenset(labels)

    def __call__(self, given: object) -> frozenset[str] | None:
        if type(given) is str:
            return self.written.get(given)
        if type(given) not in _LISTS:
            return None
        labels = cast("list[str]", given)
        if len(labels) > self.most:
            return None
        for label in labels:
            if type(label) is not str or label not in self.options:
                return None
        return frozenset(labels)


def is_name(unit: object) -> bool:
    """Return whether *unit* is a name that nothing has to be checked in: letters and digits.

    >>> is_name("P001"), is_name("甲 "), is_name(7)
    (True, False, False)
    """
    return type(unit) is str and unit.isalnum() and len(unit) <= _LONGEST_NAME


def counted(given: object, levels: tuple[str, ...]) -> SurveyFact | None:
    """Return the answers by level, where each is a plain whole number; else None.

    >>> counted({"满意": "30", "不满意": 2}, ("满意", "不满意")).returned
    32
    """
    if type(given) is not dict or len(given) != len(levels) or not set(map(type, given)) <= _TEXTS:
        return None
    counts: dict[str, int] = {}
    for level in levels:
        count = given[level]
        if type(count) is str:
            if not (count.isdecimal() and count.isascii() and len(count) < _LONG):
                return None
            counts[level] = int(count)
        elif type(count) is int and 0 <= count < _LARGE:
            counts[level] = count
        else:
            return None
    return SurveyFact({None: counts})


_LONG = 16
_LARGE = 10**15
_WORDS: Final[Mapping[object, bool]] = MappingProxyType(
    dict[object, bool](FLAGS.items()) | {True: True, False: False}
)
_NAMES: Final[Mapping[str, object]] = {
    "D": Decimal,
    "FLAGS": _WORDS,
    "FLAG_TYPES": _FLAG_TYPES,
    "NUMBERS": _NUMBERS,
    "Problems": Problems,
    "TEXTS": _TEXTS,
    "admit_input": admit_input,
    "counted": counted,
    "is_name": is_name,
    "len": len,
    "map": map,
    "set": set,
    "str": str,
    "tuple": tuple,
    "type": type,
}
