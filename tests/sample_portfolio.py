"""A small portfolio and results in short, shared by tests of what reads many results."""

from collections.abc import Mapping
from decimal import Decimal

from perfrules.analysis.portfolio import Outcome, Portfolio
from perfrules.errors import FactsError, RulesetError
from perfrules.lang.load import load_portfolio, load_ruleset
from perfrules.lang.plan import Plan
from perfrules.lang.portfolio import PortfolioPlan
from perfrules.lang.resolve import Shelf
from tests.sample_rulesets import FORM, SHEET

HEAD = 'portfolio: city.fund\nversion: "1.0"\n'
RESULTS = "results: {r: {of: city.form@1}}\n"


def form() -> Plan:
    """Return the ruleset whose results are read: 20 points for execution, 80 for output."""
    return load_ruleset(FORM, "form.yaml")


def plan(body: str, results: str = RESULTS) -> PortfolioPlan:
    """Return the plan of a portfolio over results of `city.form`."""
    shelf = Shelf({"form.yaml": FORM, "sheet.yaml": SHEET})
    return load_portfolio(HEAD + results + body, "fund.yaml", finder=shelf)


def codes(body: str, results: str = RESULTS) -> list[str]:
    """Return the codes of what is wrong with a portfolio, or of its warnings."""
    try:
        return [item.code for item in plan(body, results).warnings]
    except RulesetError as error:
        return [item.code for item in error.diagnostics]


def result(
    unit: str | None,
    total: str | None = None,
    grade: str | None = None,
    **more: object,
) -> dict[str, object]:
    """Return a result of `city.form` as its JSON."""
    about = form()
    rate = None if total is None else f"{Decimal(total) / 100:f}"
    return {
        "format": 1,
        "ruleset": {"id": about.id, "version": about.version, "digest": about.digest},
        "unit": unit,
        "total": total,
        "rate": rate,
        "grade": grade,
        "complete": "1",
        "indicators": [
            {"id": name, "score": "10.00", "rate": "0.5", "state": "scored"}
            for name in ("execution", "output")
        ],
        **more,
    }


def run(
    body: str,
    totals: Mapping[str, str | None],
    facts: Mapping[str, Mapping[str, object]] | None = None,
    results: str = RESULTS,
    **inputs: object,
) -> Outcome:
    """Return what a portfolio makes of units with these totals; 优 from 90, else 差."""
    given = [result(unit, total, _grade(total)) for unit, total in totals.items()]
    rows = [{"unit": unit, **values} for unit, values in (facts or {}).items()]
    return Portfolio(plan(body, results)).score(given, rows, inputs)


def _grade(total: str | None) -> str | None:
    if total is None:
        return None
    return "优" if Decimal(total) >= 90 else "差"


def column(outcome: Outcome, name: str) -> dict[str, object]:
    """Return a column by unit."""
    return {row.unit: row.values[name] for row in outcome.rows}


def refused(body: str, totals: Mapping[str, str | None], **inputs: object) -> list[str]:
    """Return the codes for which the whole is refused."""
    try:
        run(body, totals, **inputs)  # type: ignore[arg-type] # inputs by name
    except FactsError as error:
        return [item.code for item in error.diagnostics]
    raise AssertionError("the portfolio was run")
