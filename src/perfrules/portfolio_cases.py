"""The cases of a portfolio, run: results in short become results, the outcome is compared."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from perfrules.analysis.portfolio import Outcome, Portfolio
from perfrules.analysis.portfolio.render import value_json
from perfrules.api import load_portfolio
from perfrules.decimals import CONTEXT, parse_decimal, plain, snap
from perfrules.engine.answer import FORMAT
from perfrules.errors import DiagnosedError, Diagnostic, FactsError, Text, UsageError
from perfrules.lang.load import load_portfolio_cases
from perfrules.lang.portfolio import Source
from perfrules.messages import diagnose, did_you_mean
from perfrules.registry import Registry, listed

if TYPE_CHECKING:
    from perfrules.lang.document import Document
    from perfrules.lang.spec.portfolio_cases import PortfolioCase, PortfolioCasesSpec, ShortResult


@dataclass(frozen=True, slots=True)
class Tried:
    """One case: what differs (its key, what was wanted, what came), or why it wasn't tried."""

    name: str
    source: Text
    differences: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    failed: bool = False  # it was tried and the code that came isn't the one wanted


def portfolio_cases(document: "Document") -> "PortfolioCasesSpec | None":
    """Return the cases of a portfolio in *document*; None where they are of something else."""
    return load_portfolio_cases(document)


def try_cases(spec: "PortfolioCasesSpec", path: Path, registry: Registry) -> Iterator[Tried]:
    """Yield what comes of each case of a file."""
    name = spec.cases
    for case in spec.tests:
        try:
            target = _file(name, path)
            portfolio = load_portfolio(target, as_of=case.as_of, registry=registry)
        except DiagnosedError as error:
            passed = case.want_code in {item.code for item in error.diagnostics}
            yield Tried(case.name, case.source, problems=() if passed else error.diagnostics)
            continue
        yield _tried(case, portfolio)


def _file(name: str, path: Path) -> str | Path:
    """Return the portfolio's file: a path beside the cases, one of that id there, else the id."""
    if "/" in name or name.endswith((".yaml", ".yml")):
        return path.parent / name
    for file in sorted(path.parent.glob("*.yaml")):
        found = listed(file)
        if found is not None and found.kind == "portfolio" and found.id == name.partition("@")[0]:
            return file
    return name


def _tried(case: "PortfolioCase", portfolio: Portfolio) -> Tried:
    try:
        results = {
            name or portfolio.plan.rows.id: [_result(portfolio, name, item) for item in items]
            for name, items in case.results.items()
        }
        facts = {name or portfolio.plan.rows.id: rows for name, rows in case.facts.items()}
        outcome = portfolio.score(results, facts, case.inputs)
    except UsageError as error:
        passed = case.want_code in {item.code for item in error.diagnostics}
        return Tried(case.name, case.source, problems=() if passed else error.diagnostics)
    except FactsError as error:
        codes = list(dict.fromkeys(item.code for item in error.diagnostics))
        if case.want_code in codes:
            return Tried(case.name, case.source)
        if case.want_code is None:
            return Tried(case.name, case.source, problems=error.diagnostics)
        unlike = ("want_code", case.want_code, ", ".join(codes))
        return Tried(case.name, case.source, (unlike,), error.diagnostics, failed=True)
    if case.want is None:
        unlike = ("want_code", str(case.want_code), f"{len(outcome.rows)} rows")
        return Tried(case.name, case.source, (unlike,))
    unknown = tuple(_unknown(case, outcome))
    if unknown:
        return Tried(case.name, case.source, problems=unknown)
    return Tried(case.name, case.source, tuple(_differences(case, outcome)))


def _result(portfolio: Portfolio, name: str, item: "ShortResult") -> dict[str, object]:
    """Return a short result as a result's JSON, of the ruleset that the source names."""
    plan = portfolio.plan
    source = next((one for one in plan.sources if one.id == name), plan.rows)
    top = {
        "total": _text(item.total),
        "rate": _text(item.rate if item.rate is not None else _rate(source, item.total)),
        "grade": item.grade,
        "complete": _text(item.complete),
    }
    ids = {path.partition(".")[2] for path in source.columns if "." in path}
    given = {*item.scores, *item.rates, *item.states}
    for strange in sorted(given - ids):
        hint = did_you_mean(strange, sorted(ids))
        told = diagnose("PRF631", value=strange, ruleset=source.ruleset, hint=hint)
        raise UsageError((told,))
    lines = [
        {
            "id": one,
            "score": _text(item.scores.get(one)),
            "rate": _text(item.rates.get(one)),
            "state": item.states.get(one, "scored"),
        }
        for one in sorted(ids)
    ]
    about = {"id": source.ruleset, "version": source.version, "digest": source.digest}
    return {"format": FORMAT, "ruleset": about, "unit": item.unit, **top, "indicators": lines}


def _rate(source: Source, total: Decimal | None) -> Decimal | None:
    if total is None or source.total is None:
        return None
    return CONTEXT.divide(total, source.total)


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(snap(value))


def _unknown(case: "PortfolioCase", outcome: Outcome) -> Iterator[Diagnostic]:
    """Yield PRF631 for each unit, column or reported name that there isn't."""
    assert case.want is not None  # noqa: S101 - the caller looked
    units = [row.unit for row in outcome.rows]
    asked = [
        *((name, units) for name in (*case.want.rows, *case.want.decisions)),
        *((name, list(outcome.types)) for row in case.want.rows.values() for name in row),
        *((name, list(outcome.report)) for name in case.want.report),
    ]
    for name, known in asked:
        if name not in known:
            hint = did_you_mean(name, known)
            yield diagnose("PRF631", value=name, ruleset=outcome.portfolio, hint=hint)


def _differences(case: "PortfolioCase", outcome: Outcome) -> Iterator[tuple[str, str, str]]:
    want = case.want
    assert want is not None  # noqa: S101 - the caller looked
    for unit, wanted in want.rows.items():
        row = outcome.row(unit)
        for name, value in wanted.items():
            yield from _unlike(f"rows.{unit}.{name}", value, value_json(row.values[name]))
    for unit, ids in want.decisions.items():
        got = sorted(item.id for item in outcome.row(unit).decisions)
        if sorted(ids) != got:
            yield f"decisions.{unit}", ", ".join(ids) or "-", ", ".join(got) or "-"
    for name, value in want.report.items():
        came = value_json(outcome.report[name])
        if isinstance(value, Mapping):
            groups = came if isinstance(came, dict) else {}
            for group, one in value.items():
                yield from _unlike(f"report.{name}.{group}", one, groups.get(group))
        else:
            yield from _unlike(f"report.{name}", value, came)
    lists = (
        ("rejected", want.rejected, [item.unit or "none" for _, item in outcome.rejected]),
        ("warnings", want.warnings, [item.code for item in outcome.warnings]),
    )
    for key, asked, found in lists:
        if asked is not None and sorted(asked) != sorted(found):
            yield key, ", ".join(asked) or "-", ", ".join(found) or "-"


def _unlike(what: str, want: object, got: object) -> Iterator[tuple[str, str, str]]:
    """Yield a difference unless both are the same: numbers by value, `20%` as 0.2."""
    text, came = str(want), _word(got)
    number, other = parse_decimal(text.removesuffix("%")), parse_decimal(came)
    if number is not None and other is not None:
        wanted = number.scaleb(-2) if text.endswith("%") else number
        if snap(wanted) == snap(other):
            return
    elif text == came:
        return
    yield what, text, came


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "none" if value is None else str(value)
