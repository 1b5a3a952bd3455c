"""Facts as programs hold them → admitted values, where nothing has to be normalised or refused.

All numbers are checked at once; whatever is unusual is left to `perfrules.engine.facts.admit`, so
that errors, notes and defaults stay the same.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from operator import itemgetter
from typing import Final, TypeAlias, cast

from perfrules.decimals import ZERO
from perfrules.engine.codegen.arithmetic import EXACT
from perfrules.engine.codegen.columns import (
    NUMBERS,
    WORDS,
    Sets,
    count,
    factor_of,
    is_counted,
    is_number,
    pattern_of,
    reader_of,
)
from perfrules.engine.codegen.source import Source
from perfrules.lang.ballots import SurveyFact
from perfrules.lang.plan import InputPlan, Plan
from perfrules.lang.types import Kind

Take: TypeAlias = Callable[[Mapping[str, object]], tuple[object, ...] | None]

_LONGEST_NAME = 60


def intake(plan: Plan) -> Take:
    """Return the function that takes the facts of one unit; None from it leaves them to `admit`.

    It must run under `perfrules.engine.codegen.arithmetic.EXACT`, and may raise `LookupError` for
    facts that it doesn't take.
    """
    source = Source()
    Inputs(plan, source, ("unit", "as_of")).write()
    values = ", ".join(source.spare.get(name, name) for name in names_of(plan))
    source.line(f"return ({values}{',' if values else ''})")
    literals = {f"k{place}": value for place, value in enumerate(source.literals)}
    names: dict[str, object] = {"__builtins__": {}, **TAKING, **literals}
    text = f"def take(G):\n{source.text()}\n"
    exec(compile(text, "<perfrules>", "exec"), names)  # noqa: S102 - our own text, nothing of an author's
    return cast("Take", names["take"])


def names_of(plan: Plan) -> list[str]:
    """Return the local of each input."""
    return [f"i{place}" for place in range(len(plan.inputs))]


class Inputs:
    """The statements that read the facts `G` into a local for each input, or return None.

    Args:
        plan: The ruleset.
        source: Where they go; a survey's local is left in `spare`, its counts in `counts`.
        reserved: The keys besides the inputs' that may be there, of `unit` and `as_of`.
    """

    def __init__(self, plan: Plan, source: Source, reserved: tuple[str, ...]) -> None:
        self.plan = plan
        self.source = source
        self.reserved = reserved
        self.places = list(enumerate(plan.inputs))
        self.needed = [
            (place, item) for place, item in self.places if item.required and item.default is None
        ]
        numbers = [(place, item) for place, item in self.needed if is_number(item)]
        self.numbers = sorted(numbers, key=lambda pair: _in_percent(pair[1]))

    def write(self) -> None:
        """Add everything."""
        source = self.source
        with source.block("for p in G"):
            source.line("if type(p) is not str: return None")
        known = {place for place, _ in self.numbers}
        self._keys()
        if self.numbers:
            self._numbers()
        for place, item in self.places:
            if place not in known:
                self._other(place, item)

    def _other(self, place: int, item: InputPlan) -> None:
        """Add the reading of an input that is no number."""
        source = self.source
        given = f"w{place}"
        if (place, item) not in self.needed:
            source.line(f"i{place} = {source.slot(reader_of(item))}({given})")
        elif item.type.kind is Kind.FLAG:
            source.line(f"if type({given}) is not str and type({given}) is not bool: return None")
            source.line(f"i{place} = {source.slot(WORDS)}[{given}]")
        elif item.type.kind is Kind.CHOICE:
            options = source.slot(frozenset(item.type.of))
            source.line(f"if type({given}) is not str or {given} not in {options}: return None")
            source.line(f"i{place} = {given}")
        elif is_counted(item):
            self._counted(place, item)
        else:
            read = reader_of(item)
            call = f"{source.slot(read)}({given})"
            if isinstance(read, Sets):
                written = source.slot(read.written)
                call = f"{written}[{given}] if type({given}) is str else {call}"
            source.line(f"i{place} = {call}")

    def _counted(self, place: int, item: InputPlan) -> None:
        """Add the reading of an ungrouped survey: texts or whole numbers, else value by value."""
        source = self.source
        given = f"w{place}"
        levels = [source.slot(level) for level in item.levels]
        parts = [source.local() for _ in levels]
        counts = source.slot(itemgetter(*item.levels))
        source.line(f"if type({given}) is not dict or len({given}) != {len(levels)}: return None")
        with source.block(f"for p in {given}"):
            source.line("if type(p) is not str: return None")
        source.line(f"{', '.join(parts)} = C = {counts}({given})")
        with source.block(f"if {_all_of(parts, 'str')}"):
            source.line(f"J = {source.slot(''.join)}(C)")
            source.line("if not J.isdecimal() or not J.isascii() or len(J) > 15: return None")
            source.line(f"if {source.slot('')} in C: return None")
            source.line(f"{', '.join(parts)} = map(int, C)")
        with source.block("else"):
            source.line(f"{', '.join(parts)} = map({source.slot(count)}, C)")
        pairs = ", ".join(f"{level}: {part}" for level, part in zip(levels, parts, strict=True))
        source.counts[f"i{place}"] = dict(zip(item.levels, parts, strict=True))
        source.spare[f"i{place}"] = f"SurveyFact({{None: {{{pairs}}}}})"

    def _keys(self) -> None:
        """Add the look-ups: every key must be an input's, or name the unit or its date."""
        source = self.source
        numbers = {place for place, _ in self.numbers}
        others = [(place, item) for place, item in self.needed if place not in numbers]
        if len(self.numbers) > 1:
            get = itemgetter(*(item.id for _, item in self.numbers))
            given = "".join(f"w{place}, " for place, _ in self.numbers)
            source.line(f"{given}= T = {source.slot(get)}(G)")
        elif self.numbers:
            ((place, item),) = self.numbers
            source.line(f"w{place} = G[{source.slot(item.id)}]")
            source.line(f"T = (w{place},)")
        for place, item in others:
            source.line(f"w{place} = G[{source.slot(item.id)}]")
        needed = {place for place, _ in self.needed}
        for place, item in self.places:
            if place not in needed:
                source.line(f"w{place} = G.get({source.slot(item.id)})")
        keys = frozenset((*(item.id for item in self.plan.inputs), *self.reserved))
        with source.block(f"if len(G) != {len(self.needed)}"):
            source.line(f"if not G.keys() <= {source.slot(keys)}: return None")
            unit = source.keep(f"G.get({source.slot('unit')})")
            source.line(f"if {unit} is not None and not is_name({unit}): return None")

    def _numbers(self) -> None:
        """Add the check of all numbers at once, and what each becomes in its base unit."""
        source = self.source
        places = [place for place, _ in self.numbers]
        given = "".join(f"w{place}, " for place in places)
        join = source.slot("\n".join)
        with source.block(f"if {_all_of([f'w{place}' for place in places], 'str')}"):
            source.line(f"J = {join}(T)")
        with source.block("else"):
            source.line("K = set(map(type, T))")
            source.line("if not K <= NUMBERS: return None")
            # A float means its shortest text, never its binary digits.
            source.line(f"if float in K: {given}= T = tuple(map(str, T))")
            shown = source.slot("\n".join(["%s"] * len(self.numbers)))
            source.line(f"J = {shown} % T")
        pattern = re.compile("\n".join(pattern_of(item) for _, item in self.numbers))
        source.line(f"if {source.slot(pattern.fullmatch)}(J) is None: return None")
        plain = [place for place, item in self.numbers if not _in_percent(item)]
        read = {place: f"i{place}" if factor_of(item) is None else f"n{place}"
                for place, item in self.numbers}  # fmt: skip
        if plain:
            of = "T" if len(plain) == len(places) else f"T[:{len(plain)}]"
            source.line(f"{''.join(f'{read[place]}, ' for place in plain)}= map(number, {of})")
        for place in places[len(plain) :]:
            source.line(f"{read[place]} = number(w{place}[:-1])")
        for place, item in self.numbers:
            code, factor = f"i{place}", factor_of(item)
            if factor is not None:
                source.written[code] = read[place], factor
                source.spare[code] = f"{read[place]} * {source.slot(factor)}"
            self._bounded(item, code)

    def _bounded(self, item: InputPlan, code: str) -> None:
        """Add the comparisons with the bounds; the pattern already refuses a minus sign."""
        code = f"({self.source.spare.get(code, code)})"
        if isinstance(item.min, Decimal) and item.min != ZERO:
            self.source.line(f"if {code} < {self.source.slot(item.min)}: return None")
        if isinstance(item.max, Decimal):
            self.source.line(f"if {code} > {self.source.slot(item.max)}: return None")


def _in_percent(item: InputPlan) -> bool:
    return item.type.kind is Kind.PERCENT


def _all_of(names: list[str], kind: str) -> str:
    """Return the code that tells whether all locals are exactly of a type."""
    return " is ".join((*(f"type({name})" for name in names), kind))


def is_name(unit: object) -> bool:
    """Return whether *unit* is a name that nothing has to be checked in: letters and digits.

    Full-width ones are still to be folded.

    >>> is_name("P001"), is_name("甲 "), is_name(7)
    (True, False, False)
    """
    return type(unit) is str and unit.isalnum() and len(unit) <= _LONGEST_NAME


# By name, as generated code calls them. A number has 30 digits at most, so that none is rounded.
TAKING: Final[Mapping[str, object]] = {
    "NUMBERS": NUMBERS,
    "SurveyFact": SurveyFact,
    "bool": bool,
    "dict": dict,
    "float": float,
    "int": int,
    "is_name": is_name,
    "len": len,
    "map": map,
    "number": EXACT.create_decimal,
    "set": set,
    "str": str,
    "tuple": tuple,
    "type": type,
}
