"""One change to a ruleset that its cases should notice."""

from dataclasses import dataclass

from perfrules.analysis.mutate.edit import Edit
from perfrules.errors import Span, Text


@dataclass(frozen=True, slots=True)
class Mutant:
    """What is changed, where, and which case would notice it."""

    kind: str  # the word a reader of the JSON groups by
    span: Span
    before: str
    after: str
    edits: tuple[Edit, ...]
    needs: Text
