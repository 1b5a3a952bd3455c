"""Every expression of a plan, wherever it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Final

from perfrules.lang.tree import Expr

# Data that holds no rule, and is large.
_SKIPPED: Final = frozenset({"places", "text", "warnings", "added", "basis", "document", "tree"})


def exprs_in(item: object) -> Iterator[Expr]:
    """Yield the expressions in a plan or a part of one, each once, in the order of its fields."""
    seen: set[int] = set()
    waiting: list[object] = [item]
    while waiting:
        found = waiting.pop()
        if isinstance(found, Expr):
            if id(found) not in seen:
                seen.add(id(found))
                yield found
        elif isinstance(found, Mapping):
            waiting += reversed(tuple(found.values()))
        elif isinstance(found, tuple):
            waiting += reversed(found)
        elif is_dataclass(found) and not isinstance(found, type):
            waiting += (
                getattr(found, part.name)
                for part in reversed(fields(found))
                if part.name not in _SKIPPED
            )
