"""What changed in meaning between two documents: parts by their names, values by their keys."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeAlias

from perfrules.analysis.change.change import Change, Level, What
from perfrules.analysis.change.entry import TOP, Entry, entries
from perfrules.analysis.change.reach import Reaches, reach
from perfrules.engine.render.words import tidy
from perfrules.errors import Text
from perfrules.lang.check.digest import Keys, meaning, says_only
from perfrules.lang.document import Document, Scalar

Way: TypeAlias = tuple[str | int, ...]
Key: TypeAlias = tuple[str, str]

_WIDEST = 60  # signs of a value that is shown


@dataclass(frozen=True, slots=True)
class _Value:
    """A value that differs: the way to it, both texts, and whether it is only words."""

    keys: Way
    before: object
    after: object
    said: bool


class _Nothing:
    """What a side has where the other has a value."""


_NOTHING = _Nothing()


def compare(old: Document, new: Document, reaches: Reaches) -> tuple[Change, ...]:
    """Return the changes from *old* to *new*, in the order of *new*; what is gone comes last.

    Args:
        old: A ruleset, library or portfolio with all that it extends and uses in it.
        new: The other version of it.
        reaches: Whether a score may depend on the input, parameter or derived value so named.
    """
    one, two = entries(old), entries(new)
    found: list[Change] = []
    for key, entry in two.items():
        before = one.get(key)
        if before is None:
            found.append(_whole("added", entry, new, reaches))
            continue
        if before.parent != entry.parent:
            found.append(_moved(before, entry, old, new))
        values = _differences((), before.value, entry.value, said=False)
        found += [_changed(value, before, entry, old, new, reaches) for value in values]
    found += _reordered(one, two, old, new)
    found += [_whole("removed", one[key], old, reaches) for key in one if key not in two]
    return tuple(found)


def _title(entry: Entry) -> Text:
    title = entry.title
    if isinstance(title, Mapping):
        return Text(tidy(str(title.get("zh", ""))), tidy(str(title.get("en", ""))))
    return Text(tidy(str(title)), "") if title is not None else Text()


def _whole(what: What, entry: Entry, document: Document, reaches: Reaches) -> Change:
    span = document.span(entry.path)
    shown = "" if entry.section == "indicators" else _flow(entry.value)
    points = entry.value.get("points") if isinstance(entry.value, Mapping) else None
    if entry.section == "indicators" and points is not None:
        shown = f"points {_flow(points)}"
    gone = what == "removed"
    return Change(
        entry.section,
        entry.name,
        _title(entry),
        what,
        reach(entry, reaches),
        before=shown if gone else "",
        after="" if gone else shown,
        old=span if gone else None,
        new=None if gone else span,
    )


def _moved(before: Entry, entry: Entry, old: Document, new: Document) -> Change:
    top = "(top)"
    return Change(
        entry.section,
        entry.name,
        _title(entry),
        "moved",
        Level.MAJOR,
        before=before.parent or top,
        after=entry.parent or top,
        old=old.span(before.path),
        new=new.span(entry.path),
    )


def _changed(
    value: _Value, before: Entry, entry: Entry, old: Document, new: Document, reaches: Reaches
) -> Change:
    level = max(reach(before, reaches), reach(entry, reaches))
    if value.said:
        level = Level.PATCH
    elif entry.section == "indicators" and value.keys[:1] == ("finding",):
        level = Level.MINOR  # what is told of a score is no part of it
    return Change(
        entry.section,
        entry.name,
        _title(entry) or _title(before),
        "changed",
        level,
        value.keys,
        _flow(value.before),
        _flow(value.after),
        old.span((*before.path, *value.keys)),
        new.span((*entry.path, *value.keys)),
    )


def _reordered(
    one: Mapping[Key, Entry], two: Mapping[Key, Entry], old: Document, new: Document
) -> Iterator[Change]:
    """Yield the change of the order of decisions, where only the first that holds follows."""
    if not any(_first(document) for document in (old, new)):
        return
    before = [name for section, name in one if section == "decisions" and (section, name) in two]
    after = [name for section, name in two if section == "decisions" and (section, name) in one]
    if before != after:
        yield Change(
            TOP,
            "decisions",
            Text(),
            "moved",
            Level.MINOR,
            before=", ".join(before),
            after=", ".join(after),
            old=old.span(("decisions", "rules")),
            new=new.span(("decisions", "rules")),
        )


def _first(document: Document) -> bool:
    decisions = document.value.get("decisions")
    return isinstance(decisions, Mapping) and str(decisions.get("match", "all")) == "first"


def _differences(
    keys: Way, old: object, new: object, *, said: bool, whose: Keys = Keys.LANGUAGE
) -> Iterator[_Value]:
    """Yield the values that differ; *whose* says whose words the keys here are."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*new, *(key for key in old if key not in new)]:
            one, two = old.get(key, _NOTHING), new.get(key, _NOTHING)
            words = said or (whose is Keys.LANGUAGE and says_only(str(key)))
            if keys[-1:] == ("anchors",):  # one that asks for evidence earns nothing without it
                words = _asks(key, one) == _asks(key, two)
            below = whose.below(str(key))
            yield from _differences((*keys, key), one, two, said=words, whose=below)
    elif isinstance(old, list) and isinstance(new, list):
        for place, one, two in _aligned(old, new):
            yield from _differences((*keys, place), one, two, said=said)
    elif not _alike(old, new):
        yield _Value(keys, old, new, said)


def _asks(label: str, anchor: object) -> object:
    """Return what the anchor of a level means: whether evidence is asked for."""
    return meaning({"anchors": {label: anchor}})


def _alike(old: object, new: object) -> bool:
    if isinstance(old, _Nothing) or isinstance(new, _Nothing):
        return False
    return meaning(old) == meaning(new) and isinstance(old, Scalar) == isinstance(new, Scalar)


def _aligned(old: list[object], new: list[object]) -> Iterator[tuple[int, object, object]]:
    """Yield pairs of items with a place: equal items belong together, the rest in turn."""
    if len(old) == len(new):
        yield from ((place, *pair) for place, pair in enumerate(zip(old, new, strict=True)))
        return
    one, two = ([repr(meaning(item)) for item in items] for items in (old, new))
    for _, first, last, start, end in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        for step in range(max(last - first, end - start)):
            before = old[first + step] if first + step < last else _NOTHING
            after = new[start + step] if start + step < end else _NOTHING
            yield (start if after is not _NOTHING else first) + step, before, after


def _flow(value: object) -> str:
    """Return a value on one line, as YAML has it, cut where it is long."""
    text = _written(value)
    return text if len(text) <= _WIDEST else f"{text[: _WIDEST - 1]}…"


def _written(value: object) -> str:
    if isinstance(value, _Nothing):
        return ""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_written(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    return tidy(str(value))
