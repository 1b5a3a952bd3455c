"""The proof of one ruleset: every question asked, what may be allowed left out."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from perfrules.analysis.prove.clash import check_clashes, check_shadows
from perfrules.analysis.prove.earns import check_grades, check_leaves, check_total
from perfrules.analysis.prove.fires import (
    check_decisions,
    check_findings,
    check_gates,
    check_parts,
    check_rows,
)
from perfrules.analysis.prove.idle import check_inputs
from perfrules.analysis.prove.inquiry import begun
from perfrules.analysis.prove.order import check_order
from perfrules.analysis.prove.proof import Finding, Proof
from perfrules.analysis.prove.search import Search
from perfrules.analysis.prove.world import world_of
from perfrules.analysis.prove.zero import check_zeros
from perfrules.engine.program import Program
from perfrules.errors import Diagnostic
from perfrules.lang.check.whole import is_proof
from perfrules.lang.plan import Plan
from perfrules.messages import diagnose

EFFORT: Final = 3000
SEED: Final = 1


def prove(
    program: Program,
    *,
    seed: int = SEED,
    effort: int = EFFORT,
    jump: Decimal | None = None,
) -> Proof:
    """Return what a ruleset can never do, always does, or does against its own words.

    Intervals decide where they can, and then a finding is proven; a seeded search looks for units
    where they can't, and what it doesn't find is only said to be not found. Waivers and scores set
    by hand are left out: with them any line can have any score.

    Args:
        program: The ruleset, ready to score.
        seed: Where the search's chance begins: the same seed and effort find the same.
        effort: About how many units the search tries.
        jump: The largest share of an indicator's points that one threshold may move; None for any.
    """
    plan = program.plan
    world = world_of(program)
    search = Search(program, world, seed, effort)
    search.run()
    inquiry = begun(search)
    if inquiry is None or not search.scored:
        found = [_nothing(plan, search)]
        shown = []
    else:
        check_rows(inquiry)
        check_parts(inquiry)
        check_leaves(inquiry)
        check_total(inquiry)
        check_grades(inquiry)
        check_gates(inquiry)
        check_decisions(inquiry)
        check_findings(inquiry)
        check_clashes(inquiry)
        check_shadows(inquiry)
        check_order(inquiry, jump)
        check_zeros(inquiry)
        check_inputs(inquiry)
        found, shown = inquiry.findings, inquiry.shown
    return Proof(
        ruleset=plan.id,
        version=plan.version,
        seed=seed,
        effort=effort,
        tried=search.tried,
        units=search.scored,
        findings=_allowed(plan, _once(found), search),
        shown=tuple(shown),
    )


def _nothing(plan: Plan, search: Search) -> Finding:
    facts, why = next(iter(search.found.refused.values()), (None, None))
    told = None if why is None else why.diagnostics[0].message
    found = diagnose(
        "PRF820", plan.places.at(("ruleset",)), path=("ruleset",), value=plan.id,
        count=search.tried, reason=told,
    )  # fmt: skip
    return Finding(found, "searched", search.tried, search.seed, facts)


def _once(found: list[Finding]) -> list[Finding]:
    seen: dict[tuple[object, ...], Finding] = {}
    for item in found:
        said = item.diagnostic
        seen.setdefault((said.code, said.span, said.message), item)
    return sorted(seen.values(), key=lambda item: _place(item.diagnostic))


def _place(item: Diagnostic) -> tuple[object, ...]:
    span = item.span
    return (span.file, span.line, span.column, item.code) if span else ("", 0, 0, item.code)


def _allowed(plan: Plan, found: list[Finding], search: Search) -> tuple[Finding, ...]:
    """Leave out what the author allows with a reason; PRF494 for an allow nothing needed."""
    document = plan.places.document
    if document is None:
        return tuple(found)
    value: object = document.value
    written = value.get("allow") if isinstance(value, Mapping) else None
    left = [item for item in found if not _in_library(plan, item.diagnostic)]
    unused = []
    for place, entry in enumerate(written if isinstance(written, list) else ()):
        code = str(entry.get("code")) if isinstance(entry, Mapping) else ""
        if not is_proof(code):
            continue
        rest = [item for item in left if item.diagnostic.code != code]
        if len(rest) == len(left):
            told = document.diagnose("PRF494", ("allow", place, "code"), value=code)
            unused.append(Finding(told, "searched", search.tried, search.seed))
        left = rest
    return (*left, *unused)


def _in_library(plan: Plan, item: Diagnostic) -> bool:
    """Return whether a finding stands in a part that came from a library that allows it."""
    document = plan.places.document
    at = None if document is None else document.scope_at(item.path)
    return document is not None and at is not None and item.code in document.scopes[at].allowed
