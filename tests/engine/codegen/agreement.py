"""Does compiled scoring say what the reference says: the numbers, or the same errors?"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import repeat
from typing import Any

from perfrules.engine.codegen import Scores, compile_plan
from perfrules.engine.codegen.settle import scores_of
from perfrules.engine.days import date_of
from perfrules.engine.facts import Facts, admit
from perfrules.engine.interpret import interpret
from perfrules.engine.program import Program
from perfrules.engine.result import Result
from perfrules.errors import Diagnostic, FactsError, UsageError
from perfrules.lang.plan import Plan

Refused = tuple[Diagnostic, ...]

# Fields that are there without the reference's sentences.
OF_RESULTS = (
    "ruleset", "version", "digest", "title", "engine", "as_of", "unit", "total", "rate", "grade",
    "complete", "digits", "points",
)  # fmt: skip
OF_LINES = (
    "id", "path", "title", "score", "rate", "state", "digits", "method", "category", "core",
    "basis",
)  # fmt: skip
OF_GATES = ("id", "title", "fired", "effect", "reason", "basis")
OF_DECISIONS = ("id", "code", "title", "basis")


def outcome(call: Callable[[], Any]) -> tuple[Any, Refused]:
    """Return what a call gives, or why it is refused."""
    try:
        return call(), ()
    except FactsError as error:
        return None, error.diagnostics


def numbers(scores: Scores) -> dict[str, object]:
    """Return everything a result's numbers say, digits as they are printed."""
    found: dict[str, object] = dict(zip(scores._fields, map(str, scores), strict=True))
    del found["shares"]
    return found | {"rate": str(scores.rate), "rates": scores.rates}


def attempted(program: Program, facts: Mapping[str, Any]) -> Scores | None:
    """Return the scores that need neither admission nor the reference; None for other facts."""
    if program._compiled is None:
        program._compiled = compile_plan(program.plan)
    return program._compiled.attempt(facts, program.as_of, program._parameters_on)


def differs(program: Program, facts: Mapping[str, Any]) -> object:
    """Return what differs between the two; None where they agree to the last digit."""
    admitted, refused = outcome(lambda: admit(program.plan, facts, program.as_of))
    result, refused = (None, refused) if refused else outcome(lambda: whole(program, admitted))
    scores, also = outcome(lambda: attempted(program, facts))
    if refused and scores is None and not also:
        return None  # it is left to the functions that refused it just now
    if not refused and not also and scores is None:
        scores, also = outcome(lambda: program.scores(facts))
    if refused or also:
        return None if refused == also else (refused, also)
    assert isinstance(result, Result)
    wanted, found = numbers(scores_of(result)), numbers(scores)
    apart = {key: (wanted[key], found[key]) for key in wanted if wanted[key] != found[key]}
    return apart or slower(program, admitted, found) or unlike(program, facts, result)


class Called:
    """Programs of a plan by date, for facts whose date comes with the call instead."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._programs: dict[object, Program] = {None: Program(plan)}

    def __call__(self, facts: Mapping[str, Any]) -> tuple[Program, Mapping[str, Any]]:
        """Return the program of the facts' date, and the facts without it, where both are good."""
        day = facts.get("as_of")
        if day not in self._programs:
            try:
                self._programs[day] = Program(self.plan, date_of(day))
            except (UsageError, FactsError):
                return self._programs[None], facts
        if day is None:
            return self._programs[None], facts
        return self._programs[day], {key: facts[key] for key in facts if key != "as_of"}


def whole(program: Program, admitted: Facts) -> Result:
    """Return what `Program.interpret` does with facts it admitted."""
    return interpret(program.plan, admitted, program._parameters_on(admitted.as_of))


def slower(program: Program, admitted: Facts, numbered: Mapping[str, object]) -> object:
    """Return what the function of admitted values says otherwise than that of facts."""
    parameters = program._parameters_on(admitted.as_of)
    also = numbers(program._compiling().run(admitted, parameters))
    return {key: (numbered[key], also[key]) for key in also if numbered[key] != also[key]}


def unlike(program: Program, facts: Mapping[str, Any], result: Result) -> object:
    """Return what a result that is told later says otherwise before the reference is asked."""
    found = program._compiling().result(facts, program.as_of, program._parameters_on)
    pairs: list[tuple[object, object, tuple[str, ...]]] = [(found, result, OF_RESULTS)]
    if all(line.state.value in ("scored", "informational") for line in result.lines()):
        pairs += zip(found.lines(), result.lines(), repeat(OF_LINES))
    pairs += zip(found.gates, result.gates, repeat(OF_GATES))
    pairs += zip(found.decisions, result.decisions, repeat(OF_DECISIONS))
    for one, other, names in pairs:
        for name in names:
            if shown(getattr(one, name)) != shown(getattr(other, name)):
                return name, getattr(one, name), getattr(other, name)
    return None


def shown(value: object) -> str:
    """Return a value with all its digits; a zero has none, however far it reaches."""
    return "0" if isinstance(value, Decimal) and not value else repr(value)
