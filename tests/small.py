"""Small rulesets as text, checked and scored: shared by tests of the checker and the engine."""

from decimal import Decimal
from textwrap import dedent

from perfrules.engine.program import Program
from perfrules.engine.result import Line, Result
from perfrules.errors import Diagnostic, FactsError, RulesetError
from perfrules.lang.load import load_ruleset
from perfrules.lang.plan import Plan

HEAD = 'ruleset: small.rules\nversion: "1.0"\ntitle: 小例\n'
GRADES = "grades: [{name: 优, at_least: 90}, {name: 中, at_least: 60}, {name: 差, at_least: 0}]\n"


def text(body: str) -> str:
    """Return a whole ruleset: the usual head, *body*, and the usual total and grades."""
    body = dedent(body).strip("\n") + "\n"
    if "indicators:" in body:
        body = body if "\ntotal:" in f"\n{body}" else f"total: 100\n{body}"
        body = body if "\ngrades:" in f"\n{body}" else body + GRADES
    return HEAD + body


def plan(body: str) -> Plan:
    """Return the plan of a small ruleset."""
    return load_ruleset(text(body), "small.yaml")


def score(body: str, **facts: object) -> Result:
    """Return the result of one unit by a small ruleset."""
    return Program(plan(body)).score(facts)


def scores(result: Result) -> dict[str, str | None]:
    """Return the score of every line as it is printed."""
    return {line.id: None if line.score is None else f"{line.score:f}" for line in result.lines()}


def states(result: Result) -> dict[str, str]:
    """Return the state of every line."""
    return {line.id: line.state.value for line in result.lines()}


def line(result: Result, name: str) -> Line:
    """Return a line."""
    return result.line(name)


def faults(body: str) -> list[Diagnostic]:
    """Return what is wrong with a small ruleset, or its warnings."""
    try:
        return list(plan(body).warnings)
    except RulesetError as error:
        return list(error.diagnostics)


def codes(body: str) -> list[str]:
    """Return the codes of what is wrong, in source order."""
    return [item.code for item in faults(body)]


def refused(body: str, **facts: object) -> list[str]:
    """Return the codes for which a unit is refused."""
    try:
        score(body, **facts)
    except FactsError as error:
        return [item.code for item in error.diagnostics]
    raise AssertionError("the unit was scored")


def d(number: str) -> Decimal:
    """Return a decimal."""
    return Decimal(number)
