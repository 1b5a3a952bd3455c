"""What an indicator that was taken from a library sees: the library's own names, and no others."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from perfrules.lang.document.model import Document


@dataclass(frozen=True, slots=True)
class Scope:
    """The names of one part of a document that came from a library.

    `names` maps the library's names to those of the ruleset: what came along keeps its name, what
    `with` binds gets one with a dot, which no author can write. `own` are the keys that the ruleset
    gave itself: they see the ruleset's names. `declared` holds the library's inputs and parameters
    that the types of bound names are read from, `allowed` the findings that the library allows.
    """

    source: str  # `education.subsidy_coverage@2.0`
    names: Mapping[str, str] = field(default_factory=dict)
    bound: frozenset[str] = frozenset()
    own: frozenset[str] = frozenset()
    ids: Mapping[str, str] = field(default_factory=dict)  # indicator ids that may be asked inputs
    declared: "Document | None" = None
    allowed: frozenset[str] = frozenset()
