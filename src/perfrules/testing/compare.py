"""What a result says otherwise than a case wants."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from perfrules.decimals import fixed, parse_decimal, plain, snap
from perfrules.engine.render.json import value_of
from perfrules.engine.result import Result
from perfrules.errors import DiagnosedError, Diagnostic, FactsError, Span, Text
from perfrules.messages import diagnose, did_you_mean
from perfrules.testing.inside import looked_into
from perfrules.testing.outcome import CaseOutcome, Difference, Outcome

if TYPE_CHECKING:
    from perfrules.casebook import Loaded
    from perfrules.lang.spec.cases import CaseSpec, WantSpec


def try_case(case: "CaseSpec", loaded: "Loaded", file: str, span: Span | None) -> CaseOutcome:
    """Return what comes of one case of a ruleset or library."""

    def outcome(
        kind: Outcome,
        found: tuple[Difference, ...] = (),
        problems: tuple[Diagnostic, ...] = (),
        result: Result | None = None,
    ) -> CaseOutcome:
        return CaseOutcome(file, case.name, kind, span, found, problems, result, case.source)

    if isinstance(loaded, DiagnosedError):
        if case.want_code in codes_of(loaded):
            return outcome(Outcome.PASS)
        return outcome(Outcome.ERROR, problems=loaded.diagnostics)
    try:
        program = loaded.program(case)
    except DiagnosedError as error:
        passed = case.want_code in codes_of(error)
        return outcome(Outcome.PASS if passed else Outcome.ERROR, problems=error.diagnostics)
    try:
        result = program.score(case.facts, as_of=case.as_of)
    except FactsError as error:
        if case.want_code in codes_of(error):
            return outcome(Outcome.PASS)
        if case.want_code is None:
            return outcome(Outcome.ERROR, problems=error.diagnostics)
        unlike = Difference("want_code", case.want_code, ", ".join(codes_of(error)))
        return outcome(Outcome.FAIL, (unlike,), error.diagnostics)
    if case.want is None:
        unlike = Difference("want_code", str(case.want_code), f"total {shown(result.total)}")
        return outcome(Outcome.FAIL, (unlike,), result=result)
    if unknown := _unknown(case.want, result, span):
        return outcome(Outcome.ERROR, problems=unknown, result=result)
    found = looked_into(tuple(differences(case, case.want, result)), case, program)
    return outcome(Outcome.FAIL if found else Outcome.PASS, found, result=result)


def codes_of(error: DiagnosedError) -> list[str]:
    """Return the codes of an error, each once."""
    return list(dict.fromkeys(item.code for item in error.diagnostics))


def _unknown(want: "WantSpec", result: Result, span: Span | None) -> tuple[Diagnostic, ...]:
    """Return PRF631 for each indicator, gate or reported name that the result doesn't have."""
    lines = [line.id for line in result.lines()]
    gates = [gate.id for gate in result.gates]
    asked = [
        *((name, lines) for name in (*want.scores, *want.rates, *want.states, *want.lost_first)),
        *((name, lines) for name in want.findings or ()),
        *((name, gates) for name in want.gates or ()),
        *((name, list(result.report)) for name in want.report),
    ]
    return tuple(
        diagnose("PRF631", span, value=name, ruleset=result.ruleset, hint=did_you_mean(name, known))
        for name, known in dict.fromkeys((name, tuple(known)) for name, known in asked)
        if name not in known
    )


def differences(case: "CaseSpec", want: "WantSpec", result: Result) -> Iterator[Difference]:
    """Yield what the result says otherwise; what the case doesn't name may be anything."""
    within = case.within
    line = result.indicators[0] if case.indicator is not None else None
    if line is not None and want.state not in (None, line.state.value):
        yield Difference("state", str(want.state), line.state.value, line.because)
    for name, wanted, got in (
        ("total", want.total, result.total),
        ("score", want.score, line.score if line is not None else None),
        ("rate", want.rate, result.rate if line is None else line.rate),
        ("complete", want.complete, result.complete),
    ):
        if wanted is not None:
            yield from _number(name, wanted, got, getattr(within, name, None), Text())
    if want.grade is not None and want.grade != (result.grade or "none"):
        yield Difference("grade", want.grade, result.grade or "none")
    lines = {line.id: line for line in result.lines()}
    for name, wanted in want.scores.items():
        line = lines[name]
        off = within.scores.get(name) if within else None
        yield from _number(f"scores.{name}", wanted, line.score, off, line.because)
    for name, wanted in want.rates.items():
        line = lines[name]
        off = within.rates.get(name) if within else None
        yield from _number(f"rates.{name}", wanted, line.rate, off, line.because)
    for name, state in want.states.items():
        line = lines[name]
        if line.state.value != state:
            yield Difference(f"states.{name}", state, line.state.value, line.because)
    yield from _lists(want, result)
    for name, value in want.report.items():
        came = value_of(result.report[name])
        if not _same(str(value), came):
            yield Difference(f"report.{name}", str(value), _word(came))


def _number(
    what: str, want: Decimal | str, got: Decimal | None, off: Decimal | None, because: Text
) -> Iterator[Difference]:
    """Yield a difference unless the numbers are equal, or no further apart than *off*."""
    if isinstance(want, str) or got is None:
        if isinstance(want, str) is not (got is None):
            yield Difference(what, shown(want), shown(got), because)
    elif abs(snap(got) - snap(want)) > (off or 0):
        yield Difference(what, shown(want), shown(got), because)


def _lists(want: "WantSpec", result: Result) -> Iterator[Difference]:
    """Yield the lists that differ: a list that is given is complete, in any order."""
    reasons = [line.id for line in result.reasons()][: len(want.lost_first)]
    if list(want.lost_first) != reasons:
        yield Difference("lost_first", ", ".join(want.lost_first), ", ".join(reasons) or "-")
    ids = {item.id for item in result.decisions}
    by_code = {item.code: item.id for item in result.decisions}
    wanted = want.decisions and tuple(
        name if name in ids else by_code.get(name, name) for name in want.decisions
    )
    found: Mapping[str, tuple[tuple[str, ...] | None, Iterable[str]]] = {
        "decisions": (wanted, ids),
        "gates": (want.gates, (item.id for item in result.gates if item.fired)),
        "findings": (want.findings, (item.indicator for item in result.findings)),
        "warnings": (want.warnings, (item.code for item in result.warnings)),
    }
    for name, (asked, came) in found.items():
        got = sorted(set(came))
        if asked is not None and sorted(set(asked)) != got:
            yield Difference(name, ", ".join(asked) or "-", ", ".join(got) or "-")


def _same(want: str, got: object) -> bool:
    """Return whether a reported value is the one written: numbers by value, `20%` as 0.2."""
    if isinstance(got, bool):
        return want == ("true" if got else "false")
    if got is None:
        return want == "none"
    number = parse_decimal(want.removesuffix("%"))
    other = parse_decimal(str(got))
    if number is None or other is None:
        return want == str(got)
    return snap(other) == (snap(number.scaleb(-2)) if want.endswith("%") else snap(number))


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "none" if value is None else str(value)


def shown(value: Decimal | str | None) -> str:
    """Return a number as a case writes it, zeros of a score kept.

    >>> shown(Decimal("90.00")), shown(None)
    ('90.00', 'none')
    """
    if value is None or isinstance(value, str):
        return value or "none"
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and -12 <= exponent < 0:  # noqa: PLR2004 - digits of a snapped number
        return fixed(value, -exponent)
    return plain(snap(value))
