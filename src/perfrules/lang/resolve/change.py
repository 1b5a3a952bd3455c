"""What a ruleset does to the one it extends: removals, changes and additions by id."""

from collections.abc import Iterator
from dataclasses import dataclass

from perfrules.errors import Text
from perfrules.lang.document import Scalar
from perfrules.lang.resolve.located import Located
from perfrules.lang.resolve.work import Work
from perfrules.messages import did_you_mean

BY_NAME = ("inputs", "parameters", "derive", "report")  # sections whose entries have names
BY_ID = ("gates", "adjustments")
FREE = ("derive", "report")  # sections whose entries may be one value
UNDER = ("indicators", "gates", "adjustments", "decisions")


@dataclass(slots=True)
class Place:
    """One entry that has a name: its section, and the list or mapping it stands in."""

    section: str
    name: str
    holder: Located
    item: Located

    def remove(self) -> None:
        """Take the entry out of its list or mapping."""
        if isinstance(self.holder.value, dict):
            del self.holder.value[self.name]
        elif isinstance(self.holder.value, list):
            self.holder.value = [item for item in self.holder.value if item is not self.item]


def node_id(node: Located) -> str | None:
    """Return an indicator's id; that of one taken from a library is the library's, if not its own.

    >>> from perfrules.errors import Span
    >>> at = Span("x.yaml", 1, 1, 1, 1)
    >>> node_id(Located({"use": Located(Scalar("education.coverage@2"), at)}, at))
    'coverage'
    """
    own = node.text("id")
    used = node.text("use")
    return own if own is not None or used is None else used.partition("@")[0].rpartition(".")[2]


def places(root: Located) -> Iterator[Place]:
    """Yield every entry of a ruleset that has a name."""
    for section in BY_NAME:
        holder = root.get(section)
        if holder is not None:
            for name, item in holder.entries().items():
                yield Place(section, name, holder, item)
    yield from _nodes(root.get("indicators"))
    for section in BY_ID:
        yield from _listed(section, root.get(section), "id")
    decisions = root.get("decisions")
    if decisions is not None:
        yield from _listed("decisions", decisions.get("rules"), "id")
    yield from _listed("grades", root.get("grades"), "name")


def _nodes(holder: Located | None) -> Iterator[Place]:
    if holder is None:
        return
    for node in holder.items():
        name = node_id(node)
        if name is not None:
            yield Place("indicators", name, holder, node)
        yield from _nodes(node.get("indicators"))


def _listed(section: str, holder: Located | None, key: str) -> Iterator[Place]:
    if holder is None:
        return
    for item in holder.items():
        name = item.text(key)
        if name is not None:
            yield Place(section, name, holder, item)


def remove(work: Work, root: Located, names: Located) -> None:
    """Take out the entries that `remove:` names."""
    if not isinstance(names.value, list):
        work.report("PRF211", names.span, ("remove",), value=_shown(names))
        return
    for index, item in enumerate(names.value):
        path = ("remove", index)
        if not isinstance(item.value, Scalar):
            work.report("PRF210", item.span, path, value=_shown(item))
            continue
        place = _find(work, root, str(item.value), item, path)
        if place is not None:
            place.remove()
    _drop_empty(root)


def _drop_empty(root: Located) -> None:
    """Take out sections that have nothing left in them."""
    decisions = root.get("decisions")
    emptied = [
        key for key in (*BY_ID, "grades", "indicators", *BY_NAME) if _is_empty(root.get(key))
    ]
    if decisions is not None and _is_empty(decisions.get("rules")):
        emptied.append("decisions")
    for key in emptied:
        if key != "inputs":  # a ruleset has to have them, if none
            root.entries().pop(key, None)


def _is_empty(item: Located | None) -> bool:
    return item is not None and item.value in ({}, [])


def change(work: Work, root: Located, changes: Located) -> None:
    """Replace the values that `change:` gives, key by key; a list or mapping is replaced whole."""
    if not isinstance(changes.value, dict):
        work.report("PRF212", changes.span, ("change",), value=_shown(changes), keys="id: {…}")
        return
    for name, new in changes.value.items():
        if name.startswith("x-"):
            continue
        path = ("change", name)
        at = Located(new.value, new.key or new.span)
        place = _find(work, root, name, at, path)
        if place is None:
            continue
        old = place.item
        if isinstance(new.value, dict) and isinstance(old.value, dict):
            old.value.update(new.value)
        elif place.section in FREE:
            old.value, old.span = new.value, new.span
        else:
            keys = ", ".join(old.entries()) or "…"
            work.report("PRF212", new.span, path, value=_shown(new), keys=keys)


def add(work: Work, root: Located, additions: Located) -> None:
    """Append the entries that `add:` gives, each under the branch or section that it names."""
    if not isinstance(additions.value, list):
        work.report("PRF211", additions.span, ("add",), value=_shown(additions))
        return
    for index, item in enumerate(additions.value):
        path = ("add", index)
        under = item.get("under")
        if not isinstance(item.value, dict):
            work.report("PRF212", item.span, path, value=_shown(item), keys="under, id, …")
        elif under is None or not isinstance(under.value, Scalar):
            work.report("PRF202", item.span, path, value="under", example="under: indicators")
        else:
            holder = _holder(work, root, str(under.value), under)
            if holder is not None:
                rest = {key: entry for key, entry in item.value.items() if key != "under"}
                holder.append(Located(rest, item.span, item.key))


def _holder(work: Work, root: Located, name: str, at: Located) -> list[Located] | None:
    """Return the list that an addition goes into, made where it wasn't there."""
    if name in UNDER:
        parent, key = (root, name) if name != "decisions" else (root.get(name) or root, "rules")
        if name == "decisions" and parent is root:
            parent = Located({}, at.span, at.span)
            root.entries()[name] = parent
        holder = parent.entries().setdefault(key, Located([], at.span, at.span))
        return holder.items() if isinstance(holder.value, list) else None
    found = [place for place in places(root) if place.section == "indicators"]
    for place in found:
        below = place.item.get("indicators")
        if place.name == name and below is not None and isinstance(below.value, list):
            return below.value
    branches = [place.name for place in found if place.item.get("indicators") is not None]
    hint = did_you_mean(name, [*UNDER, *branches])
    leaf = any(place.name == name for place in found)
    what = Text("末级指标", "a leaf") if leaf else Text("没有的名称", "a name that isn't there")
    work.report("PRF272", at.span, ("add",), value=name, what=what, hint=hint)
    return None


def _find(
    work: Work, root: Located, name: str, at: Located, path: tuple[str | int, ...]
) -> Place | None:
    """Return the one entry called *name*, or `section.name`; else note why there is none."""
    every = list(places(root))
    found = [item for item in every if name in (item.name, f"{item.section}.{item.name}")]
    if len(found) == 1:
        return found[0]
    if not found:
        hint = did_you_mean(name, list(dict.fromkeys(item.name for item in every)))
        work.report("PRF269", at.span, path, value=name, hint=hint)
        return None
    full = " / ".join(f"{item.section}.{item.name}" for item in found)
    work.report("PRF270", at.span, path, value=name, full=full, better=f"{found[0].section}.{name}")
    return None


def _shown(item: Located) -> str:
    if isinstance(item.value, dict):
        return "{" + ", ".join(item.value) + "}"
    return "[…]" if isinstance(item.value, list) else str(item.value)
