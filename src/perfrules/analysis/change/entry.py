"""A document as its named parts: one entry for each indicator, input, gate, decision and so on."""

from collections.abc import Iterator
from dataclasses import dataclass

from perfrules.errors import Path
from perfrules.lang.document import Document

TOP = ""  # the section of what stands at the top without a name of its own
_BY_NAME = ("inputs", "parameters", "derive", "report", "results", "facts")
_BY_ID = {"gates": "id", "adjustments": "id", "grades": "name"}
_SKIPPED = ("ruleset", "library", "portfolio", "version", "language", "extends")


@dataclass(frozen=True, slots=True)
class Entry:
    """One named part: its section, its name, its own keys, and where it stands.

    `parent` is the indicator it lies in; `order` its place among its siblings.
    """

    section: str
    name: str
    value: object
    path: Path
    parent: str = ""
    order: int = 0

    @property
    def title(self) -> object:
        """What people call it; None where it has no title."""
        return self.value.get("title") if isinstance(self.value, dict) else None


def entries(document: Document) -> dict[tuple[str, str], Entry]:
    r"""Return a document's entries by section and name, in order.

    Example:
        >>> from perfrules.lang.document import read_document
        >>> text = "ruleset: a\ntotal: 100\nindicators: [{id: b, points: 100}]"
        >>> list(entries(read_document(text, "a.yaml")))
        [('', 'total'), ('indicators', 'b')]
    """
    found: dict[tuple[str, str], Entry] = {}
    for entry in _entries(document.value):
        found.setdefault((entry.section, entry.name), entry)
    return found


def _entries(top: dict[str, object]) -> Iterator[Entry]:
    for key, value in top.items():
        if key in _SKIPPED:
            continue
        if key in _BY_NAME and isinstance(value, dict):
            for order, (name, item) in enumerate(value.items()):
                yield Entry(key, name, item, (key, name), order=order)
        elif key == "indicators" and isinstance(value, list):
            yield from _nodes(value, (key,), "")
        elif key in _BY_ID and isinstance(value, list):
            yield from _listed(key, value, (key,), _BY_ID[key])
        elif key == "decisions" and isinstance(value, dict):
            rest = {name: item for name, item in value.items() if name != "rules"}
            if rest:
                yield Entry(TOP, key, rest, (key,))
            rules = value.get("rules")
            yield from _listed(key, rules if isinstance(rules, list) else [], (key, "rules"), "id")
        else:
            yield Entry(TOP, key, value, (key,))


def _nodes(items: list[object], path: Path, parent: str) -> Iterator[Entry]:
    for order, item in enumerate(items):
        if not isinstance(item, dict):
            continue
        name = str(item.get("id", order))
        own = {key: value for key, value in item.items() if key != "indicators"}
        yield Entry("indicators", name, own, (*path, order), parent, order)
        below = item.get("indicators")
        if isinstance(below, list):
            yield from _nodes(below, (*path, order, "indicators"), name)


def _listed(section: str, items: list[object], path: Path, key: str) -> Iterator[Entry]:
    for order, item in enumerate(items):
        if isinstance(item, dict):
            yield Entry(section, str(item.get(key, order)), item, (*path, order), order=order)
