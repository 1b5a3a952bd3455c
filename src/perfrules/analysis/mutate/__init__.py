"""Small changes to a ruleset, each of which its cases should notice."""

from perfrules.analysis.mutate.edit import Edit, edited
from perfrules.analysis.mutate.mutant import Mutant
from perfrules.analysis.mutate.mutants import mutants_of

__all__ = ["Edit", "Mutant", "edited", "mutants_of"]
