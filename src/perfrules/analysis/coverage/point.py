"""One point that cases can reach, and the keys by which an observation names it."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Final, TypeAlias

from perfrules.errors import Path, Span, Text
from perfrules.lang.tree import Expr, Tree

Key: TypeAlias = tuple[Hashable, ...]

BELOW: Final = "below"
AT: Final = "at"
ABOVE: Final = "above"
TRUE: Final = "true"
FALSE: Final = "false"


@dataclass(frozen=True, slots=True)
class Sides:
    """That a value has to lie on one of these sides of another."""

    left: Tree
    right: Tree
    of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a case can reach: its key, where it is written, what it is and what a case would do.

    `start` and `end` are places in the text of an expression; without them the whole value at
    `path` is meant.
    """

    key: Key
    kind: str  # the word a reader of the JSON groups by
    path: Path
    what: Text
    needs: Text
    start: int | None = None
    end: int | None = None
    sides: "Sides | None" = None


@dataclass(frozen=True, slots=True)
class Point:
    """A mark with its place in the file."""

    key: Key
    kind: str
    span: Span | None
    what: Text
    needs: Text


def key_of(expr: Expr, *tags: Hashable) -> Key:
    """Return the key of something about an expression."""
    return (expr.where, *tags)
