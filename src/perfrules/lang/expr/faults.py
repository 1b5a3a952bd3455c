"""What an author can use in an expression, and how an expression is refused."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from perfrules.errors import Text
from perfrules.lang.functions import FUNCTIONS, Function
from perfrules.lang.types import NUMBER, PERCENT, TEXT, Kind, Type

MOST_FAULTS: Final = 20  # of one expression: two thousand odd characters are one mistake
STATES: Final = ("scored", "not_applicable", "missing", "waived", "unverified", "informational")
STATE: Final = Type(Kind.CHOICE, of=STATES, unordered=STATES)
LEAF: Final = Type(
    Kind.ROW,
    columns=(
        ("id", TEXT),
        ("rate", PERCENT),
        ("score", NUMBER),
        ("points", NUMBER),
        ("state", STATE),
    ),
)


class Later(NamedTuple):
    """Why something isn't known yet, and where an expression that needs it may stand."""

    reason: Text
    hint: Text


@dataclass(frozen=True, slots=True)
class Names:
    """What an expression sees where it stands.

    `values`: inputs, parameters, derived values, and `total`, `grade`, `complete`, `as_of` where
    they are known. `rows`: row variables in scope (kind ROW). `indicators`: per id which of `rate`,
    `score`, `points`, `state`, `leaves` may be asked for. `later`: what exists but is not known yet
    here; a key is a name, a group (`rate`, `gate`) or a member (`rate.goals`).
    `missing_ok` lets optional values be used unguarded, where a missing value has a policy.
    `columns` are those of a file's rows, each with its table: `sum(share)` folds one whole.
    """

    values: Mapping[str, Type] = field(default_factory=dict)
    rows: Mapping[str, Type] = field(default_factory=dict)
    indicators: Mapping[str, frozenset[str]] = field(default_factory=dict)
    gates: frozenset[str] = frozenset()
    functions: Mapping[str, Function] = field(default_factory=lambda: FUNCTIONS)
    later: Mapping[str, Later] = field(default_factory=dict)
    leaf: Type = LEAF
    missing_ok: bool = False
    columns: Mapping[str, tuple[str, Type]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExprFault:
    """One fault of an expression: a code, a place in its text, and what fills the sentence."""

    code: str
    start: int
    end: int
    args: dict[str, object] = field(default_factory=dict)
    hint: Text | None = None
    expected: Text | None = None


class ExprFaults(Exception):  # noqa: N818 - not an error of the public API: check turns it into diagnostics
    """An expression was refused: all its independent faults, in the order of the text."""

    def __init__(self, faults: tuple[ExprFault, ...]) -> None:
        super().__init__(", ".join(fault.code for fault in faults))
        self.faults = faults

    @classmethod
    def of(cls, faults: Iterable[ExprFault]) -> "ExprFaults":
        """Return the refusal for *faults*: in the order of the text, at most `MOST_FAULTS`."""
        ordered = sorted(faults, key=lambda fault: (fault.start, fault.end, fault.code))
        return cls(tuple(ordered[:MOST_FAULTS]))
