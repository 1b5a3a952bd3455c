"""A plan and its parameters → one Python function from a mapping of facts to scores.

It reads plain facts and rates them without anything in between; whatever isn't plain, or has a date
of its own, is left to `perfrules.engine.codegen.intake` and `build`, which are what it is made of.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import localcontext
from functools import partial
from types import MappingProxyType
from typing import TypeAlias, cast

from perfrules.engine.codegen.arithmetic import EXACT
from perfrules.engine.codegen.build import INPUTS, Body, Found
from perfrules.engine.codegen.intake import TAKING, Inputs, names_of
from perfrules.engine.codegen.runtime import NAMES
from perfrules.engine.codegen.scores import Scores
from perfrules.engine.codegen.source import Source, UnsupportedError
from perfrules.engine.codegen.steps import Steps, affords, is_free, steps_of
from perfrules.lang.plan import Plan

# What it returns where a line isn't scored: the inputs' values with what was found.
Unsettled: TypeAlias = tuple[tuple[object, ...], Found]
Function: TypeAlias = Callable[[Mapping[str, object], object], "Scores | Unsettled | None"]


@dataclass(frozen=True, slots=True)
class Straight:
    """A generated function of the facts and the date, and its source.

    It returns None for facts that it doesn't take. `watches`: findings or reported values could
    refuse a unit.
    """

    function: Function
    source: str
    watches: bool


def make_straight(plan: Plan, parameters: Mapping[str, object]) -> Straight | None:
    """Return the function of a plan on a day's parameters; None where there can't be one."""
    try:
        with localcontext(EXACT):
            source = Source()
            Inputs(plan, source, ("unit",)).write()
            _afford(source, steps_of(plan))
            taken = len(source.lines)
            body = Body(plan, parameters, source)
            body.write()
            text = _joined(source, taken, names_of(plan))
        if "(U, " in text:  # it asks the reference's unit, which is made from values
            return None
        literals = {f"k{place}": value for place, value in enumerate(source.literals)}
        names = {"__builtins__": _NOTHING, **NAMES, **TAKING, "E": _NOTHING, **literals}
        exec(compile(text, "<perfrules>", "exec"), names)  # noqa: S102 - our own text, nothing of an author's
    except (UnsupportedError, SyntaxError, RecursionError, MemoryError):
        return None
    return Straight(cast("Function", names["score"]), text, body.watches)


def _afford(source: Source, steps: Steps) -> None:
    """Leave facts with so many rows that the reference might run out of steps."""
    if is_free(steps):
        return
    rows = " + ".join(
        f"(len(i{place}) if type(i{place}) is tuple else 0)" for place in steps.tables
    )
    count = source.keep(rows or "0")
    source.line(f"if not {source.slot(partial(affords, steps))}({count}): return None")


def _joined(source: Source, taken: int, inputs: list[str]) -> str:
    """Return the text of the function: a spare local is set only where something reads it."""
    lines = [" " * depth + text for depth, text in source.lines]
    read = set(_LOCAL.findall("\n".join(lines[taken:])))
    set_now = [f" {name} = {code}" for name, code in source.spare.items() if name in read]
    unset = {name: code for name, code in source.spare.items() if name not in read}
    values = "".join(f"{unset.get(name, name)}, " for name in inputs)
    text = "\n".join((*lines[:taken], *set_now, *lines[taken:]))
    return f"def score(G, A):\n{text.replace(INPUTS, values)}\n"


_LOCAL = re.compile(r"\bi[0-9]+\b")
_NOTHING: Mapping[str, object] = MappingProxyType({})
