"""The facts of the cases beside a ruleset, to start from."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from perfrules.api import read_bytes
from perfrules.errors import DiagnosedError
from perfrules.lang.load import load_cases
from perfrules.lang.plan import Plan
from perfrules.testing.run import case_files

_BY_HAND = ("adjust", "allow")


def seeds_of(plan: Plan) -> tuple[dict[str, Any], ...]:
    """Return the facts of a ruleset's own cases, their date with them; none for a text."""
    found = []
    for facts, as_of in starts(plan):
        found.append({**facts, "as_of": as_of} if as_of is not None else facts)
    return tuple(found)


def starts(plan: Plan) -> Iterator[tuple[dict[str, Any], date | None]]:
    """Yield the facts and the date of each case beside a ruleset, without scores set by hand."""
    folder = Path(plan.places.file).parent
    if not Path(plan.places.file).is_file():
        return
    for file in case_files(folder):
        try:
            spec, _ = load_cases(read_bytes(file), str(file))
        except DiagnosedError:
            continue  # cases of a portfolio, or with faults of their own
        for case in spec.tests if spec.cases.partition("@")[0] == plan.id else ():
            yield {key: item for key, item in case.facts.items() if key not in _BY_HAND}, case.as_of
