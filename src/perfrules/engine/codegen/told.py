"""A result whose numbers compiled scoring found, and whose sentences the reference makes later.

What is read of a total, a grade, a line's score or rate, of gates and decisions costs no more than
looking it up. Anything else is asked of the reference, once: it is the whole result of the same
facts, and says the same numbers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias, TypeVar, cast

from perfrules.decimals import CONTEXT, snap
from perfrules.engine.codegen.columns import PLAIN
from perfrules.engine.codegen.scores import Scores, Share
from perfrules.engine.codegen.shapes import GateShape, LineShape, Shapes
from perfrules.engine.facts import Facts, admit
from perfrules.engine.interpret import interpret
from perfrules.engine.later import Source, Whole, later
from perfrules.engine.result import DecisionLine, GateLine, Line, Result, State
from perfrules.errors import Text
from perfrules.lang.plan import Decision

_SCORED: Final = State.SCORED
_INFORMATIONAL: Final = State.INFORMATIONAL
_ATOMS: Final = frozenset({str, int, float, bool, Decimal, date, type(None)})
_Made = TypeVar("_Made")
_RATED: Final = 3  # parts of a share that brings its rate along


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked to be scored: facts as they were given, or admitted, with the call's date."""

    given: Mapping[str, object]
    as_of: date | None
    parameters_on: Callable[[date | None], Mapping[str, object]]
    facts: Facts | None = None


class Told:
    """The source of one result's fields.

    Args:
        shapes: What every result of the ruleset has in common.
        asked: The facts; nobody else may change them.
        scores: The numbers.
    """

    __slots__ = ("_asked", "_kept", "scores", "shapes")

    def __init__(self, shapes: Shapes, asked: Asked, scores: Scores) -> None:
        self.shapes = shapes
        self.scores = scores
        self._asked = asked
        self._kept: dict[str, object] = {}

    def __call__(self, name: str) -> object:
        """Return a field of the result."""
        make = _MAKERS.get(name)
        if make is None:
            return getattr(self.whole, name)
        return self._once(name, lambda: make(self))

    def _once(self, name: str, make: Callable[[], _Made]) -> _Made:
        """Return what was made under a name: all threads that ask get the same object."""
        if name not in self._kept:
            self._kept.setdefault(name, make())
        return cast("_Made", self._kept[name])

    @property
    def facts(self) -> Facts:
        """The admitted facts."""
        return self._asked.facts or self._once("admitted facts", self._admitted)

    def _admitted(self) -> Facts:
        return admit(self.shapes.plan, self._asked.given, self._asked.as_of)

    @property
    def whole(self) -> Result:
        """The result that the reference gives, with every sentence."""
        return self._once("whole result", self._interpreted)

    def _interpreted(self) -> Result:
        facts = self.facts
        return interpret(self.shapes.plan, facts, self._asked.parameters_on(facts.as_of))

    def whole_lines(self) -> tuple[Line, ...]:
        """Return the reference's lines in the order of the scores."""
        return self._once("whole lines", self._flat)

    def _flat(self) -> tuple[Line, ...]:
        return self.whole.lines()

    def assessed(self) -> bool:
        """Whether every line is scored or informational: then there is a line for each score."""
        return all(state is _SCORED or state is _INFORMATIONAL for state in self.scores.states)

    def unit(self) -> str | None:
        """Return the unit's name."""
        if self._asked.facts is None:
            given = self._asked.given.get("unit")
            if given is None or (type(given) is str and PLAIN.fullmatch(given)):
                return given
        return self.facts.unit

    def as_of(self) -> date | None:
        """Return the date of the evaluation."""
        asked = self._asked
        plain = asked.as_of is None or type(asked.as_of) is date
        if plain and asked.facts is None and asked.given.get("as_of") is None:
            return asked.as_of
        return self.facts.as_of


def result_of(shapes: Shapes, asked: Asked, scores: Scores) -> Result:
    """Return the result of a unit whose numbers are known."""
    return later(Result, Told(shapes, asked, scores))


Maker: TypeAlias = Callable[[Told], object]


def _lines(told: Told) -> tuple[Line, ...]:
    """Return the lines with their scores, rates and states."""
    if not told.assessed():
        return told.whole.indicators
    shapes = told.shapes.lines
    below: dict[str | None, list[Line]] = {None: []}
    branches: list[tuple[Line, list[Line]]] = []
    sheet = ""
    for place, name in enumerate(told.scores.ids):
        shape = shapes.get(name)
        if shape is None:  # a row of the sheet above it
            line = later(Line, _LineSource(told, place, shapes[sheet]), id=name, children=())
            below[sheet].append(line)
        else:
            line = later(Line, _LineSource(told, place, shape), id=name)
            below[shape.parent].append(line)
            branches.append((line, below.setdefault(name, [])))
            sheet = name
    for line, children in branches:
        object.__setattr__(line, "children", tuple(children))
    return tuple(below[None])


class _LineSource:
    """The source of one line's fields: its numbers, what all such lines have, its sentence."""

    __slots__ = ("place", "shape", "told")

    def __init__(self, told: Told, place: int, shape: LineShape) -> None:
        self.told = told
        self.place = place
        self.shape = shape

    def __call__(self, name: str) -> object:
        scores, place = self.told.scores, self.place
        if name == "score":
            return scores.scores[place]
        if name == "rate":
            return rate_of(scores.shares[place])
        if name == "state":
            return scores.states[place]
        own = scores.ids[place]
        known = self.shape.known if own == self.shape.id else self.shape.row(own)
        if name in known:
            return known[name]
        return Whole(self.told.whole_lines()[place], "children")


def rate_of(share: Share) -> Decimal | None:
    """Return a share as a line shows it: one number, snapped.

    >>> rate_of((Decimal(1), Decimal(3))), rate_of(Decimal("0.50"))
    (Decimal('0.333333333333'), Decimal('0.50'))
    """
    if share is None or not isinstance(share, tuple):
        return None if share is None else snap(share)
    return snap(share[-1] if len(share) == _RATED else CONTEXT.divide(share[0], share[1]))


def _gates(told: Told) -> tuple[GateLine, ...]:
    fired = told.scores.gates
    return tuple(
        _gate(told, place, shape, fired=shape.id in fired)
        for place, shape in enumerate(told.shapes.gates)
    )


def _gate(told: Told, place: int, shape: GateShape, *, fired: bool) -> GateLine:
    def source(name: str) -> object:
        return getattr(told.whole.gates[place], name)

    known = shape.known if shape.cap is None or fired else {**shape.known, "value": shape.cap}
    return later(GateLine, source, fired=fired, **known)


def _decisions(told: Told) -> tuple[DecisionLine, ...]:
    return tuple(
        later(DecisionLine, _decision_source(told, place), **told.shapes.decisions[name])
        for place, name in enumerate(told.scores.decisions)
    )


def _decision_source(told: Told, place: int) -> Source:
    return lambda name: getattr(told.whole.decisions[place], name)


def _warnings(told: Told) -> object:
    """Return the warnings: none where everything was decided that could need a value."""
    rules = told.shapes.rules
    if told.scores.undecided or any(_computes(rules[name]) for name in told.scores.decisions):
        return told.whole.warnings
    return ()


def _computes(rule: Decision) -> bool:
    return rule.amount is not None or rule.due is not None


def _adjustments(told: Told) -> object:
    if told.shapes.plan.adjustments or not told.assessed():
        return told.whole.adjustments
    return ()


def _report(told: Told) -> Mapping[str, object]:
    return told.whole.report if told.shapes.plan.report else {}


def _reported(told: Told) -> Mapping[str, Text]:
    return told.whole.reported if told.shapes.plan.report else {}


_MAKERS: Final[Mapping[str, Maker]] = {
    "ruleset": lambda told: told.shapes.plan.id,
    "version": lambda told: told.shapes.plan.version,
    "digest": lambda told: told.shapes.plan.digest,
    "title": lambda told: told.shapes.plan.title,
    "engine": lambda told: told.shapes.engine,
    "as_of": Told.as_of,
    "unit": Told.unit,
    "facts_digest": lambda told: told.facts.digest,
    "total": lambda told: told.scores.total,
    "rate": lambda told: told.scores.rate,
    "grade": lambda told: told.scores.grade,
    "complete": lambda told: told.scores.complete,
    "digits": lambda told: told.shapes.plan.total_rounding.digits,
    "points": lambda told: told.scores.whole,
    "defaulted": lambda told: told.facts.defaulted,
    "notes": lambda told: told.facts.notes,
    "adjustments": _adjustments,
    "warnings": _warnings,
    "indicators": _lines,
    "gates": _gates,
    "findings": lambda told: told.whole.findings if told.shapes.finds else (),
    "decisions": _decisions,
    "report": _report,
    "reported": _reported,
    "undecided": lambda told: told.scores.undecided,
}


def held(given: Mapping[str, object]) -> Mapping[str, object]:
    """Return facts that the caller can't change any more: plain values, lists and mappings.

    >>> facts = {"rows": [{"size": 1}]}
    >>> kept = held(facts)
    >>> facts["rows"][0]["size"] = 2
    >>> kept
    {'rows': [{'size': 1}]}
    """
    found = dict(given)
    if not _ATOMS.issuperset(map(type, found.values())):
        for name, value in found.items():
            if type(value) not in _ATOMS:
                found[name] = _held(value)
    return found


def _held(value: object) -> object:
    """Return a copy of what admission takes, as deep as a survey or the rows of a table are."""
    if isinstance(value, dict):
        return {name: _held(one) for name, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_held(one) for one in value]
    return set(value) if isinstance(value, set) else value
