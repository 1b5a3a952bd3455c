"""A result whose numbers compiled scoring found, and whose sentences the reference makes later.

What is read of a total, a grade, a line's score or rate, of gates and decisions costs no more than
looking it up. Anything else is asked of the reference, once: it is the whole result of the same
facts, and says the same numbers.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Final, TypeAlias, TypeVar, cast

from perfrules.decimals import CONTEXT, snap
from perfrules.engine.codegen.columns import PLAIN, is_counted, is_number
from perfrules.engine.codegen.scores import Scores, Share
from perfrules.engine.codegen.shapes import GateShape, LineShape, Shapes
from perfrules.engine.facts import Facts, admit
from perfrules.engine.interpret import interpret
from perfrules.engine.later import Source, Whole, draft_of, later
from perfrules.engine.result import DecisionLine, GateLine, Line, Result, State
from perfrules.errors import Text
from perfrules.lang.plan import Decision, Plan
from perfrules.lang.types import Kind

_SCORED: Final = State.SCORED
_INFORMATIONAL: Final = State.INFORMATIONAL
_ATOMS: Final = frozenset({str, int, float, bool, Decimal, date, type(None)})
Parameters: TypeAlias = Callable[[date | None], Mapping[str, object]]
_ATOMIC: Final = frozenset({Kind.FLAG, Kind.CHOICE})  # taken as texts and flags only
_Made = TypeVar("_Made")
_RATED: Final = 3  # parts of a share that brings its rate along


class Reference:
    """What the reference says of one unit, asked once, and only where something is read of it.

    `given` are the facts, which nobody else may change, or `admitted` what they were admitted as;
    `called` is the date of the call.
    """

    __slots__ = ("admitted", "called", "given", "kept", "parameters_on", "plan")

    plan: Plan
    given: Mapping[str, object]
    called: date | None
    parameters_on: Parameters
    admitted: Facts | None
    kept: dict[str, object]

    def once(self, name: str, make: Callable[[], _Made]) -> _Made:
        """Return what was made under a name: all threads that ask get the same object."""
        if name not in self.kept:
            self.kept.setdefault(name, make())
        return cast("_Made", self.kept[name])

    @property
    def facts(self) -> Facts:
        """The admitted facts."""
        return self.admitted or self.once("facts", self._admitted)

    def _admitted(self) -> Facts:
        return admit(self.plan, self.given, self.called)

    @property
    def whole(self) -> Result:
        """The result that the reference gives, with every sentence."""
        return self.once("whole", self._interpreted)

    def _interpreted(self) -> Result:
        facts = self.facts
        return interpret(self.plan, facts, self.parameters_on(facts.as_of))

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its lines, in the order of the scores."""
        return self.once("lines", self.whole.lines)


class Told:
    """The source of one result's fields.

    What it gives refers to the reference at most, never to it: a result goes when nothing holds it
    any more, without waiting for the collector of cycles.
    """

    __slots__ = ("kept", "reference", "scores", "shapes")

    shapes: Shapes
    scores: Scores
    reference: Reference
    kept: dict[str, object]

    def __call__(self, name: str) -> object:
        """Return a field of the result: to all threads that ask the same object."""
        make = _MAKERS.get(name)
        if make is None:
            return getattr(self.reference.whole, name)
        if name not in self.kept:
            self.kept.setdefault(name, make(self))
        return self.kept[name]

    def assessed(self) -> bool:
        """Whether every line is scored or informational: then there is a line for each score."""
        states = self.scores.states
        return states.count(_SCORED) + states.count(_INFORMATIONAL) == len(states)

    def unit(self) -> str | None:
        """Return the unit's name."""
        reference = self.reference
        if reference.admitted is None:
            given = reference.given.get("unit")
            if given is None or (type(given) is str and PLAIN.fullmatch(given)):
                return given
        return reference.facts.unit

    def as_of(self) -> date | None:
        """Return the date of the evaluation."""
        reference = self.reference
        called = reference.called
        plain = called is None or type(called) is date
        if plain and reference.admitted is None and reference.given.get("as_of") is None:
            return called
        return reference.facts.as_of


_ResultDraft: Final = draft_of(Result)
_LineDraft: Final = draft_of(Line)


def told_by(
    shapes: Shapes,
    scores: Scores,
    given: Mapping[str, object],
    called: date | None,
    parameters_on: Parameters,
    admitted: Facts | None = None,
) -> Result:
    """Return the result of a unit whose numbers are known.

    This is most of what a result costs beside its numbers, hence no initializers: an object is
    made, written to, and in the end given its frozen class.
    """
    reference = Reference()
    reference.plan = shapes.plan
    reference.given = given
    reference.called = called
    reference.parameters_on = parameters_on
    reference.admitted = admitted
    reference.kept = {}
    told = Told()
    told.shapes = shapes
    told.scores = scores
    told.reference = reference
    told.kept = {}
    result = _ResultDraft()
    result._source = told  # noqa: SLF001 - as `later` does
    result.total = scores[0]
    result.grade = scores[2]
    result.complete = scores[3]
    result.__class__ = Result
    return cast("Result", result)


Maker: TypeAlias = Callable[[Told], object]


def _lines(told: Told) -> tuple[Line, ...]:
    """Return the lines with their scores and states."""
    if not told.assessed():
        return told.reference.whole.indicators
    shapes, scores, reference = told.shapes, told.scores, told.reference
    if shapes.has_rows:
        return _lines_of_sheets(told)
    made: list[Any] = []
    # Reading the score of every line is what most hosts do first.
    for place, (shape, score, state) in enumerate(
        zip(shapes.lines.values(), scores.scores, scores.states, strict=True)
    ):
        source = _LineSource()
        source.scores = scores
        source.reference = reference
        source.place = place
        source.shape = shape
        line = _LineDraft()
        line._source = source  # noqa: SLF001 - as `later` does
        line.id = shape.id
        line.score = score
        line.state = state
        line.children = ()
        made.append(line)
    for place, children in shapes.below:
        made[place].children = tuple([made[child] for child in children])
    for line in made:
        line.__class__ = Line
    return tuple([made[top] for top in shapes.tops])


def _lines_of_sheets(told: Told) -> tuple[Line, ...]:
    """Return the same where the rows of sheets are lines too, of which each unit has its own."""
    shapes, scores = told.shapes.lines, told.scores
    below: dict[str | None, list[Line]] = {None: []}
    made: list[tuple[Line, list[Line]]] = []
    sheet = ""
    for place, name in enumerate(scores.ids):
        shape = shapes.get(name)
        own = shapes[sheet] if shape is None else shape  # a row of the sheet above it
        source = _LineSource()
        source.scores = scores
        source.reference = told.reference
        source.place = place
        source.shape = own
        known = {"score": scores.scores[place], "state": scores.states[place]}
        line = later(Line, source, id=name, **known)
        below[sheet if shape is None else shape.parent].append(line)
        if shape is not None:
            sheet = name
        made.append((line, [] if shape is None else below.setdefault(name, [])))
    for line, children in made:
        object.__setattr__(line, "children", tuple(children))
    return tuple(below[None])


class _LineSource:
    """The source of one line's fields: its numbers, what all such lines have, its sentence."""

    __slots__ = ("place", "reference", "scores", "shape")

    scores: Scores
    reference: Reference
    place: int
    shape: LineShape

    def __call__(self, name: str) -> object:
        place = self.place
        if name == "rate":
            return rate_of(self.scores.shares[place])
        own = self.scores.ids[place]
        known = self.shape.known if own == self.shape.id else self.shape.row(own)
        if name in known:
            return known[name]
        return Whole(self.reference.lines[place], "children")


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
    reference = told.reference

    def source(name: str) -> object:
        return getattr(reference.whole.gates[place], name)

    known = shape.known if shape.cap is None or fired else {**shape.known, "value": shape.cap}
    return later(GateLine, source, fired=fired, **known)


def _decisions(told: Told) -> tuple[DecisionLine, ...]:
    return tuple(
        later(DecisionLine, _decision_source(told.reference, place), **told.shapes.decisions[name])
        for place, name in enumerate(told.scores.decisions)
    )


def _decision_source(reference: Reference, place: int) -> Source:
    return lambda name: getattr(reference.whole.decisions[place], name)


def _warnings(told: Told) -> object:
    """Return the warnings: none where everything was decided that could need a value."""
    rules = told.shapes.rules
    if told.scores.undecided or any(_computes(rules[name]) for name in told.scores.decisions):
        return told.reference.whole.warnings
    return ()


def _computes(rule: Decision) -> bool:
    return rule.amount is not None or rule.due is not None


def _adjustments(told: Told) -> object:
    if told.shapes.plan.adjustments or not told.assessed():
        return told.reference.whole.adjustments
    return ()


def _report(told: Told) -> Mapping[str, object]:
    return told.reference.whole.report if told.shapes.plan.report else {}


def _reported(told: Told) -> Mapping[str, Text]:
    return told.reference.whole.reported if told.shapes.plan.report else {}


_MAKERS: Final[Mapping[str, Maker]] = {
    "ruleset": lambda told: told.shapes.plan.id,
    "version": lambda told: told.shapes.plan.version,
    "digest": lambda told: told.shapes.plan.digest,
    "title": lambda told: told.shapes.plan.title,
    "engine": lambda told: told.shapes.engine,
    "as_of": Told.as_of,
    "unit": Told.unit,
    "facts_digest": lambda told: told.reference.facts.digest,
    "rate": lambda told: told.scores.rate,
    "digits": lambda told: told.shapes.plan.total_rounding.digits,
    "points": lambda told: told.scores.whole,
    "defaulted": lambda told: told.reference.facts.defaulted,
    "notes": lambda told: told.reference.facts.notes,
    "adjustments": _adjustments,
    "warnings": _warnings,
    "indicators": _lines,
    "gates": _gates,
    "findings": lambda told: told.reference.whole.findings if told.shapes.finds else (),
    "decisions": _decisions,
    "report": _report,
    "reported": _reported,
    "undecided": lambda told: told.scores.undecided,
}


class Holder:
    """Copies facts that were taken as they are, so that the caller can't change them any more.

    Args:
        plan: The ruleset. What it takes at once is exact texts, numbers, flags and days, besides
            answers to surveys by level, and lists and mappings where an input may be one.
    """

    __slots__ = ("_counted", "_open")

    def __init__(self, plan: Plan) -> None:
        self._counted = tuple(item.id for item in plan.inputs if is_counted(item))
        self._open = tuple(
            item.id
            for item in plan.inputs
            if not (is_number(item) or is_counted(item) or item.type.kind in _ATOMIC)
        )

    def __call__(self, given: Mapping[str, object]) -> Mapping[str, object]:
        """Return what the caller can't change."""
        found = dict(given)
        for name in self._counted:
            if type(found.get(name)) is dict:
                found[name] = dict(found[name])  # type: ignore[call-overload] # texts and numbers
        for name in self._open:
            if name in found and type(found[name]) not in _ATOMS:
                found[name] = held(found[name])
        return found


def held(value: object) -> object:
    """Return a copy of what admission takes, as deep as a survey or the rows of a table are.

    >>> facts = [{"size": 1}]
    >>> kept = held(facts)
    >>> facts[0]["size"] = 2
    >>> kept
    [{'size': 1}]
    """
    if isinstance(value, dict):
        found = dict(value)
        for name, one in found.items():
            if type(one) not in _ATOMS:
                found[name] = held(one)
        return found
    if isinstance(value, (list, tuple)):
        return [one if type(one) in _ATOMS else held(one) for one in value]
    return set(value) if isinstance(value, set) else value
