"""Does compiled scoring say what the reference says: the numbers, or the same errors?"""

from collections.abc import Callable, Mapping
from typing import Any

from perfrules.engine.codegen import Scores, compile_plan
from perfrules.engine.codegen.settle import scores_of
from perfrules.engine.program import Program
from perfrules.engine.result import Result
from perfrules.errors import Diagnostic, FactsError

Refused = tuple[Diagnostic, ...]


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
    result, refused = outcome(lambda: program.score(facts))
    scores, also = outcome(lambda: attempted(program, facts))
    if refused and scores is None and not also:
        return None  # it is left to the functions that refused it just now
    if not refused and not also and scores is None:
        scores, also = outcome(lambda: program.scores(facts))
    if refused or also:
        return None if refused == also else (refused, also)
    assert isinstance(result, Result)
    wanted, found = numbers(scores_of(program.plan, result)), numbers(scores)
    return {key: (wanted[key], found[key]) for key in wanted if wanted[key] != found[key]} or None
