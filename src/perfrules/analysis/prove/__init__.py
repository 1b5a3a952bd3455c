"""Proof before use: what a ruleset can never do, always does, or does against its own words."""

from perfrules.analysis.prove.proof import Finding, Proof, Shown
from perfrules.analysis.prove.prove import EFFORT, SEED, prove

__all__ = ["EFFORT", "SEED", "Finding", "Proof", "Shown", "prove"]
