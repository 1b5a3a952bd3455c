"""Documents put together: what a ruleset extends, and the indicators it takes from libraries.

It happens before shapes are looked at, on plain values with their places; the outcome is a document
like any other, whose spans name the file that each value came from. This package reads no file: a
`Finder` gives it the text of other documents.
"""

from dataclasses import dataclass

from perfrules.errors import Diagnostic
from perfrules.lang.document import Document
from perfrules.lang.prune import NOTHING_LOST, Lost
from perfrules.lang.resolve.extend import WORDS, extended
from perfrules.lang.resolve.finder import NOWHERE, Finder, NotFound, Shelf
from perfrules.lang.resolve.library import Library, alone, as_ruleset
from perfrules.lang.resolve.located import document_of
from perfrules.lang.resolve.use import Taking
from perfrules.lang.resolve.work import Work

__all__ = [
    "NOWHERE",
    "Finder",
    "Library",
    "NotFound",
    "Resolved",
    "Shelf",
    "alone",
    "as_ruleset",
    "resolve",
]


@dataclass(frozen=True, slots=True)
class Resolved:
    """A document put together; None where what it extends can't be had.

    `lost` tells what is missing in it because it couldn't be had: nothing is blamed for that.
    """

    document: Document | None
    faults: tuple[Diagnostic, ...] = ()
    lost: Lost = NOTHING_LOST


def resolve(document: Document, finder: Finder = NOWHERE) -> Resolved:
    """Return a ruleset's document with all that it extends and uses in it, and what is wrong."""
    if not _reuses(document.value):
        return Resolved(document)
    work = Work(document, finder)
    root = extended(work)
    if root is None:
        return Resolved(None, tuple(work.found))
    extending = len(work.found)
    taking = Taking(work, root)
    taking.all()
    if taking.too_much:
        return Resolved(None, tuple(work.found))
    gone = bool(work.found)
    # What could not be removed, changed or added may be what anything else was about.
    lost = Lost(indicators=frozenset(taking.lost), tree=gone, sums=gone, grades=bool(extending))
    return Resolved(document_of(root, document, work.texts), tuple(work.found), lost)


def _reuses(value: object) -> bool:
    """Return whether a document takes anything from another one."""
    if not isinstance(value, dict):
        return False
    if any(key in value for key in ("extends", *WORDS)):
        return True
    open_lists = [value.get("indicators")]
    while open_lists:
        nodes = open_lists.pop()
        for node in nodes if isinstance(nodes, list) else ():
            if isinstance(node, dict):
                if "use" in node:
                    return True
                open_lists.append(node.get("indicators"))
    return False
