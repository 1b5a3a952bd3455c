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
from perfrules.engine.codegen.columns import (
    FLAGS,
    INTS,
    LARGE,
    NUMBERS,
    TEXTS,
    WORDS,
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
    _Inputs(plan, source).write()
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
        self.numbers = [(place, item) for place, item in self.needed if is_number(item)]

    def write(self) -> None:
        """Add everything."""
        source = self.source
        source.line("if not set(map(type, G)) <= TEXTS: return None")
        self._keys()
        if self.numbers:
            self._numbers()
        known = {place for place, _ in self.numbers}
        for place, item in self.places:
            if place not in known:
                self._other(place, item)
        source.line(f"return ({''.join(f'i{place}, ' for place, _ in self.places)})")

    def _other(self, place: int, item: InputPlan) -> None:
        """Add the reading of an input that is no number."""
        source = self.source
        given = f"x{place}"
        if (place, item) in self.needed and item.type.kind is Kind.FLAG:
            source.line(f"if type({given}) not in FLAGS: return None")
            source.line(f"i{place} = WORDS[{given}]")
        elif (place, item) in self.needed and item.type.kind is Kind.CHOICE:
            options = source.slot(frozenset(item.type.of))
            source.line(f"if type({given}) is not str or {given} not in {options}: return None")
            source.line(f"i{place} = {given}")
        elif (place, item) in self.needed and is_counted(item):
            self._counted(place, item)
        else:
            source.line(f"i{place} = {source.slot(reader_of(item))}({given})")

    def _counted(self, place: int, item: InputPlan) -> None:
        """Add the reading of an ungrouped survey: texts here, anything else by the reader."""
        source = self.source
        given, value = f"x{place}", f"i{place}"
        levels = [source.slot(level) for level in item.levels]
        parts = [source.local() for _ in levels]
        counts = source.slot(itemgetter(*item.levels))
        source.line(f"if type({given}) is not dict or len({given}) != {len(levels)}: return None")
        source.line(f"if set(map(type, {given})) != TEXTS: return None")
        source.line(f"C = {counts}({given})")
        source.line(f"{', '.join(parts)} = C")
        source.line("K = set(map(type, C))")
        with source.block("if K == TEXTS"):
            source.line(f"J = {source.slot(''.join)}(C)")
            source.line("if not J.isdecimal() or not J.isascii() or len(J) > 15: return None")
            source.line(f"if {source.slot('')} in C: return None")
            read = [f"int({part})" for part in parts]
            self._survey(value, dict(zip(levels, read, strict=True)))
        with source.block("elif K == INTS"):
            negative = " or ".join(f"{part} < 0" for part in parts)
            large = f"{' + '.join(parts)} >= {source.slot(LARGE)}"
            source.line(f"if {negative} or {large}: return None")
            self._survey(value, dict(zip(levels, parts, strict=True)))
        with source.block("else"):
            source.line(f"{value} = {source.slot(reader_of(item))}({given})")

    def _survey(self, value: str, counts: Mapping[str, str]) -> None:
        pairs = ", ".join(f"{level}: {count}" for level, count in counts.items())
        self.source.line(f"{value} = SurveyFact({{None: {{{pairs}}}}})")

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
        given = "".join(f"x{place}, " for place, _ in self.numbers)
        source.line(f"T = ({given})")
        source.line("K = set(map(type, T))")
        join = source.slot("\n".join)
        with source.block("if K == TEXTS"):
            source.line(f"J = {join}(T)")
        with source.block("elif K <= NUMBERS"):
            # A float means its shortest text, never its binary digits.
            source.line(f"if float in K: {given}= T = tuple(map(str, T))")
            shown = source.slot("\n".join(["%s"] * len(self.numbers)))
            source.line(f"J = {shown} % T")
        with source.block("else"):
            source.line("return None")
        pattern = re.compile("\n".join(pattern_of(item) for _, item in self.numbers))
        source.line(f"if {source.slot(pattern.fullmatch)}(J) is None: return None")
        for place, item in self.numbers:
            source.line(f"i{place} = {self._base(item, f'x{place}')}")
            self._bounded(item, f"i{place}")

    def _base(self, item: InputPlan, code: str) -> str:
        factor = factor_of(item)
        text = f"{code}[:-1]" if item.type.kind is Kind.PERCENT else code
        return f"D({text})" if factor is None else f"D({text}) * {self.source.slot(factor)}"

    def _bounded(self, item: InputPlan, code: str) -> None:
        """Add the comparisons with the bounds; the pattern already refuses a minus sign."""
        if isinstance(item.min, Decimal) and item.min != ZERO:
            self.source.line(f"if {code} < {self.source.slot(item.min)}: return None")
        if isinstance(item.max, Decimal):
            self.source.line(f"if {code} > {self.source.slot(item.max)}: return None")


def is_name(unit: object) -> bool:
    """Return whether *unit* is a name that nothing has to be checked in: letters and digits.

    Full-width ones are still to be folded.

    >>> is_name("P001"), is_name("甲 "), is_name(7)
    (True, False, False)
    """
    return type(unit) is str and unit.isalnum() and len(unit) <= _LONGEST_NAME


_NAMES: Final[Mapping[str, object]] = {
    "D": Decimal,
    "FLAGS": FLAGS,
    "INTS": INTS,
    "NUMBERS": NUMBERS,
    "TEXTS": TEXTS,
    "WORDS": WORDS,
    "SurveyFact": SurveyFact,
    "dict": dict,
    "float": float,
    "int": int,
    "is_name": is_name,
    "len": len,
    "map": map,
    "set": set,
    "str": str,
    "tuple": tuple,
    "type": type,
}
