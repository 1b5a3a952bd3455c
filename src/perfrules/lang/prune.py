"""What is left of a document when the parts with faults of shape are taken out.

The rest can then be checked for its meaning, so that all of a document's faults are told at once;
names that were taken out are remembered, so that nothing is blamed for missing them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from perfrules.errors import Diagnostic, Path
from perfrules.lang.document import Document, Scalar

T = TypeVar("T")
_SECTIONS = ("inputs", "parameters", "derive")
_WHOLE = (*_SECTIONS, "report")  # an entry of these is taken out whole
_ROOT = {
    "ruleset": Scalar("x", quoted=False),
    "version": Scalar("0.0", quoted=True),
    "title": Scalar("x", quoted=False),
}


@dataclass(frozen=True, slots=True)
class Lost:
    """Names that stood in what was taken out: values, indicators, and whether grades are whole."""

    values: frozenset[str] = frozenset()
    indicators: frozenset[str] = frozenset()
    tree: bool = False  # something of the tree is gone: what a node lacks can't be judged
    sums: bool = False  # points or whole nodes are gone: nor can sums
    grades: bool = False
    gates: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()  # faults that the kind of document can't have

    def and_also(self, other: "Lost") -> "Lost":
        """Return what is lost here or there."""
        return Lost(
            values=self.values | other.values,
            indicators=self.indicators | other.indicators,
            tree=self.tree or other.tree,
            sums=self.sums or other.sums,
            grades=self.grades or other.grades,
            gates=self.gates | other.gates,
            codes=self.codes | other.codes,
        )

    def hides(self, code: str, value: object) -> bool:
        """Return whether a fault of *code* may only be a consequence of what was taken out."""
        return (
            code in self.codes
            or (self.tree and code in _NEED_THE_TREE)
            or (self.sums and code in _NEED_THE_POINTS)
            or (self.grades and code in _NEED_THE_GRADES)
            or (value is not None and value in (self.values | self.indicators))
        )


NOTHING_LOST = Lost()

# What a node lacks; sums; grades' order, lowest bound and names.
_NEED_THE_TREE = frozenset({"PRF402", "PRF404", "PRF415", "PRF416", "PRF419"})
_NEED_THE_POINTS = frozenset({"PRF400", "PRF401"})
_POINTS = ("points", "weight", "points_of", "split", "indicators", "scored", "aggregate", "each")
_NEED_THE_GRADES = frozenset({"PRF419", "PRF463", "PRF464", "PRF466", "PRF488"})


def prune(document: Document, faults: Iterable[Diagnostic]) -> Document:
    """Return *document* without the parts that *faults* are about."""
    value = _copy(document.value)
    gone: list[Path] = []
    for fault in faults:
        path = _part(fault.path)
        if not path:
            _fill(value)
        elif path == ("ruleset",) and isinstance(value, dict):
            value["ruleset"] = _ROOT["ruleset"]  # it stays first: it says what the document is
        elif _delete(value, path):
            gone.append(path)
    kept = _Renumbering(gone, document.value)
    return replace(
        document,
        value=_mapping(_without_holes(value)),
        spans=kept.moved(document.spans),
        key_spans=kept.moved(document.key_spans),
        scopes=kept.moved(document.scopes),
    )


def lost(before: Document, after: Document) -> Lost:
    """Return the names that *before* has and *after* has no more."""
    values = frozenset(
        name
        for section in _SECTIONS
        for name in set(_mapping(before.value.get(section)))
        - set(_mapping(after.value.get(section)))
    )
    ids = frozenset(_ids(before.value.get("indicators")) - _ids(after.value.get("indicators")))
    tree = _size(before.value.get("indicators")) != _size(after.value.get("indicators"))
    return Lost(
        values=values,
        indicators=ids,
        tree=tree,
        sums=bool(ids)
        or _count(before.value.get("indicators")) != _count(after.value.get("indicators"))
        or ("total" in before.value) != ("total" in after.value),
        grades=_size(before.value.get("grades")) != _size(after.value.get("grades")),
        gates=frozenset(_ids(before.value.get("gates")) - _ids(after.value.get("gates"))),
    )


def _copy(value: object) -> object:
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _part(path: Path) -> Path:
    """Return the path of what is taken out for a fault at *path*."""
    if len(path) > 2 and path[0] in _WHOLE:  # noqa: PLR2004 - a section and a name
        return path[:2]
    return path


_HOLE = object()


def _delete(value: object, path: Path) -> bool:
    """Take out what stands at *path*; a place in a list becomes a hole, to keep the numbers."""
    for part in path[:-1]:
        try:
            value = value[part]  # type: ignore[index] # a path into the document
        except (KeyError, IndexError, TypeError):
            return False
    last = path[-1]
    if isinstance(value, dict) and last in value:
        del value[str(last)]
        return True
    if isinstance(value, list) and isinstance(last, int) and last < len(value):
        value[last] = _HOLE
        return True
    return False


def _fill(value: object) -> None:
    """Give a ruleset the keys it can't do without."""
    if isinstance(value, dict):
        for key, item in _ROOT.items():
            value.setdefault(key, item)
        value.setdefault("inputs", {})


def _without_holes(value: object) -> object:
    if isinstance(value, dict):
        return {key: _without_holes(item) for key, item in value.items() if item is not _HOLE}
    if isinstance(value, list):
        return [_without_holes(item) for item in value if item is not _HOLE]
    return value


class _Renumbering:
    """How paths change when items of lists are gone."""

    def __init__(self, gone: Iterable[Path], value: object) -> None:
        self._gone: dict[Path, set[int]] = {}
        for path in gone:
            if isinstance(path[-1], int) and isinstance(_at(value, path[:-1]), list):
                self._gone.setdefault(path[:-1], set()).add(path[-1])

    def moved(self, spans: Mapping[Path, T]) -> dict[Path, T]:
        """Return *spans*, or what else is known by path, by their new paths."""
        found: dict[Path, T] = {}
        for path, span in spans.items():
            new = self._moved(path)
            if new is not None:
                found[new] = span
        return found

    def _moved(self, path: Path) -> Path | None:
        new: list[str | int] = []
        for size, part in enumerate(path):
            holes = self._gone.get(path[:size])
            if holes is None or not isinstance(part, int):
                new.append(part)
            elif part in holes:
                return None
            else:
                new.append(part - sum(1 for hole in holes if hole < part))
        return tuple(new)


def _at(value: object, path: Path) -> object:
    for part in path:
        try:
            value = value[part]  # type: ignore[index] # a path into the document
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _ids(value: object) -> set[str]:
    """Return every `id` below *value*."""
    found: set[str] = set()
    open_values = [value]
    while open_values:
        here = open_values.pop()
        if isinstance(here, dict):
            if isinstance(here.get("id"), str):
                found.add(str(here["id"]))
            open_values += here.values()
        elif isinstance(here, list):
            open_values += here
    return found


def _count(value: object) -> int:
    """Return how often points, or what decides about sums, are written below *value*."""
    count = 0
    open_values = [value]
    while open_values:
        here = open_values.pop()
        if isinstance(here, dict):
            count += sum(1 for key in _POINTS if key in here)
            open_values += here.values()
        elif isinstance(here, list):
            open_values += here
    return count


def _size(value: object) -> int:
    """Return how many scalars there are below *value*."""
    count = 0
    open_values = [value]
    while open_values:
        here = open_values.pop()
        if isinstance(here, dict):
            open_values += here.values()
        elif isinstance(here, list):
            open_values += here
        else:
            count += 1
    return count
