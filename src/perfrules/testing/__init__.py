"""Cases: facts and what a ruleset must make of them, run with four outcomes kept apart.

A host that keeps cases beside its own rulesets runs them as `perfrules test` does:
`run_cases(["rules/"])`, and asserts `report.ok`.
"""

from perfrules.testing.boundaries import boundaries
from perfrules.testing.coverage import cover
from perfrules.testing.laws import check_ruleset, facts_for
from perfrules.testing.mutation import Mutation, Trial, mutate
from perfrules.testing.outcome import CaseOutcome, CaseReport, Difference, Inside, Outcome
from perfrules.testing.record import Recorded, record
from perfrules.testing.run import ENDING, case_files, check_plugin, run_cases
from perfrules.testing.told import told

__all__ = [
    "ENDING",
    "CaseOutcome",
    "CaseReport",
    "Difference",
    "Inside",
    "Mutation",
    "Outcome",
    "Recorded",
    "Trial",
    "boundaries",
    "case_files",
    "check_plugin",
    "check_ruleset",
    "cover",
    "facts_for",
    "mutate",
    "record",
    "run_cases",
    "told",
]
