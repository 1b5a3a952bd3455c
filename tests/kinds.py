"""Which kind of document a file holds: a line for an editor may stand before its first key."""

from pathlib import Path

from perfrules.registry import listed


def holds(kind: str, path: Path) -> bool:
    """Return whether a file is a ruleset, a library or a portfolio."""
    found = listed(path)
    return found is not None and found.kind == kind
