"""Admitted facts: what was given for one unit, exact, typed and complete."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from perfrules.decimals import plain
from perfrules.errors import Text
from perfrules.lang.ballots import Ballot, PanelFact, SurveyFact
from perfrules.lang.cells import TargetCell
from perfrules.lang.types import MISSING


@dataclass(frozen=True, slots=True)
class Adjust:
    """A score set by hand, with its reason."""

    score: Decimal
    reason: str


@dataclass(frozen=True, slots=True)
class Waiver:
    """An indicator that isn't scored this time; `expires` is the first day it is again."""

    reason: str
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Allow:
    """A fault of the facts that may pass, with its reason."""

    code: str
    because: str


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one unit. `values` has every input: `MISSING` where there is none.

    Values are as `lang.frame.Frame` says; a survey is a `SurveyFact`, a panel a `PanelFact`.
    `defaulted` names the inputs (`table.column` for a column) that took their default; `notes`
    say what was normalised.
    """

    unit: str | None
    as_of: date | None
    values: Mapping[str, object]
    adjust: Mapping[str, Adjust] = field(default_factory=dict)
    waive: Mapping[str, Waiver] = field(default_factory=dict)
    evidence: Mapping[str, str] = field(default_factory=dict)
    allow: tuple[Allow, ...] = ()
    defaulted: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()

    @property
    def digest(self) -> str:
        """The digest of everything admitted, computed when it is asked for."""
        content = ("values", "unit", "as_of", "adjust", "waive", "evidence", "allow")
        return digest_of({name: getattr(self, name) for name in content})


def digest_of(content: Mapping[str, object]) -> str:
    """Return `sha256:…` of the canonical JSON of admitted values: the same facts, the same digest.

    >>> digest_of({"a": Decimal("1.0")}) == digest_of({"a": Decimal(1)})
    True
    """
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_as_json
    )
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _as_json(value: object) -> object:
    """Return an admitted value as what JSON can hold; a number is a text without padding."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, TargetCell):
        return {"target": value.text}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, SurveyFact):
        groups = [[group or "", dict(levels)] for group, levels in value.groups.items()]
        return {"groups": sorted(groups, key=lambda pair: str(pair[0])), "issued": value.issued}
    if isinstance(value, (Ballot, Adjust, Waiver, Allow)):
        return [getattr(value, name) for name in value.__slots__]
    if isinstance(value, PanelFact):
        return list(value.rows)
    if value is MISSING:
        return None
    raise TypeError("a value that admission does not give")
