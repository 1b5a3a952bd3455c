"""Indicators taken from libraries: their definition comes along, with the inputs they read."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from perfrules.lang.check.digest import meaning
from perfrules.lang.document import Document, Scalar, Scope
from perfrules.lang.resolve.change import node_id
from perfrules.lang.resolve.library import (
    Entry,
    Library,
    branches,
    hoisted,
    keys_of,
    words,
)
from perfrules.lang.resolve.located import Located, document_of
from perfrules.lang.resolve.reference import Named, reference
from perfrules.lang.resolve.work import MOST_VALUES, Work
from perfrules.messages import did_you_mean

SECTIONS = ("inputs", "parameters", "derive")  # they share one namespace
_PARTS = ("points", "weight", "points_of", "split")  # a ruleset that gives one means it alone


@dataclass(frozen=True, slots=True)
class Taken:
    """An indicator on its way from a library into a ruleset."""

    library: Library
    name: str  # its id in the library
    id: str  # its id in the ruleset
    node: Located  # its definition, a copy of the library's
    host: Located  # what the ruleset wrote
    use: Located  # the name it wrote
    parameters: dict[str, Located]  # its own standards, by their names in the ruleset
    local: dict[str, str]  # and their names in the library → in the ruleset

    @property
    def read(self) -> list[str]:
        """The names of the library that it reads, in the library's order."""
        own = self.host.entries()
        left = {key: item for key, item in self.node.entries().items() if key not in own}
        found = words(Located(dict(left), self.node.span))
        known = [*self.local, *self.library.names("inputs"), *self.library.names("parameters")]
        return [name for name in dict.fromkeys(known) if name in found]


@dataclass(slots=True)
class Taking:
    """The taking of indicators into one ruleset; `lost` are the ids of what could not be had."""

    work: Work
    root: Located
    lost: set[str] = field(default_factory=set)
    too_much: bool = False  # what was put together can't be looked at
    _libraries: dict[str, Library] = field(default_factory=dict)  # by file
    _seen: set[str] = field(default_factory=set)
    _left: int = MOST_VALUES

    def all(self) -> None:
        """Take every indicator that the tree names with `use:`; what can't be had is left out."""
        self._left -= self.root.size()
        self._below(self.root)

    def _below(self, parent: Located) -> None:
        """Take what is named in the list of *parent*; a list with nothing left is taken out."""
        holder = parent.get("indicators")
        if holder is None or not isinstance(holder.value, list):
            return
        kept = []
        for node in holder.value:
            use = node.get("use")
            if use is None:
                self._below(node)
                kept.append(node)
                continue
            found = self._found(node, use)
            taken = None if found is None else self._take(found)
            if taken is None:
                self.lost.add(node_id(node) or "")
            else:
                kept.append(taken)
        if not kept and holder.value:
            parent.entries().pop("indicators")
        holder.value = kept

    def _found(self, node: Located, use: Located) -> Taken | None:
        """Return what `use:` names, or None after noting why it can't be had."""
        wanted = reference(str(use.value)) if isinstance(use.value, Scalar) else None
        if not isinstance(wanted, Named) or "." not in wanted.id:
            self.work.report("PRF282", use.span, value=str(use.value) if wanted else "…")
            return None
        home, _, name = wanted.id.rpartition(".")
        library = self._library(Named(home, wanted.version), use)
        if library is None:
            return None
        entry = library.indicators.get(name)
        if entry is None:
            hint = did_you_mean(name, list(library.indicators))
            where = f"{library.id}@{library.version}"
            self.work.report("PRF273", use.span, value=name, library=where, hint=hint)
            return None
        if entry.node.get("use") is not None:
            self.work.report("PRF278", use.span, value=str(use.value))
            return None
        return self._copied(library, name, entry, node, use)

    def _library(self, wanted: Named, use: Located) -> Library | None:
        finder = self.work.finder
        document = self.work.fetch(lambda: finder.named("library", wanted), use.span)
        if document is None:
            return None
        if document.file not in self._libraries:
            self._libraries[document.file] = Library(document)
        return self._libraries[document.file]

    def _copied(
        self, library: Library, name: str, entry: Entry, node: Located, use: Located
    ) -> Taken | None:
        new = _with_defaults(entry, library)
        self._left -= new.size()
        if self._left < 0:
            if not self.too_much:
                self.work.report("PRF280", use.span, value=str(use.value), most=f"{MOST_VALUES:,}")
            self.too_much = True
            return None
        given = node_id(node) or name
        if given in self._seen and node.get("id") is None:
            self.work.report("PRF277", use.span, value=str(use.value), id=given)
            return None
        self._seen.add(given)
        found = hoisted(new, given)
        local = {item.name: item.called for item in found}
        parameters = {item.called: item.item for item in found}
        return Taken(library, name, given, new, node, use, parameters, local)

    def _take(self, taken: Taken) -> Located | None:
        """Return the node of the ruleset, or None where a name that comes along is taken."""
        library, read = taken.library, taken.read
        bound = self._bound(taken, read)
        carried = [name for name in read if name not in bound and name not in taken.local]
        names = (
            {name: name for name in carried}
            | taken.local
            | {name: f"{taken.id}.{name}" for name in bound}
        )
        below = {child.text("id") or "" for child in branches(taken.node)} - {taken.name}
        scope = Scope(
            source=f"{library.id}.{taken.name}@{library.version}",
            names=names,
            bound=frozenset(bound),
            own=frozenset(taken.host.entries()),
            ids={name: name for name in below} | {taken.name: taken.id, taken.id: taken.id},
            declared=_declared(taken, bound),
            allowed=library.allowed,
        )
        free = self._children(taken, scope)
        for local, name in taken.local.items():
            if local in read and local not in bound:
                free &= self._carry(taken, "parameters", name, taken.parameters[name])
        for name in carried:
            section = "inputs" if name in library.names("inputs") else "parameters"
            free &= self._carry(taken, section, name, library.names(section)[name])
        return _joined(taken, scope) if free else None

    def _bound(self, taken: Taken, read: list[str]) -> list[str]:
        """Return the names that `with:` binds; PRF274: the indicator doesn't read one."""
        given = taken.host.get("with")
        if given is None or not isinstance(given.value, dict):
            return []
        for name in [name for name in given.value if name not in read]:
            item = given.value[name]
            if not name.startswith("x-"):
                span = item.key or item.span
                hint = did_you_mean(name, read)
                self.work.report("PRF274", span, value=name, use=taken.use.value, hint=hint)
            del given.value[name]
        if not given.value:
            taken.host.entries().pop("with")
            return []
        return list(given.value)

    def _children(self, taken: Taken, scope: Scope) -> bool:
        """Give what is below a branch its own standards as well; return whether all could be."""
        free = True
        for child in branches(taken.node):
            if child is taken.node:
                continue
            found = hoisted(child, child.text("id") or "")
            local = {item.name: item.called for item in found}
            for item in found:
                free &= self._carry(taken, "parameters", item.called, item.item)
            if local:
                child.scope = Scope(
                    scope.source, {**scope.names, **local}, ids=scope.ids, allowed=scope.allowed
                )
        return free

    def _carry(self, taken: Taken, section: str, name: str, item: Located) -> bool:
        """Put an input or a parameter of the library into the ruleset.

        Return whether it is there; PRF276: the ruleset means something else by its name.
        """
        for other in SECTIONS:
            holder = self.root.get(other)
            there = holder.get(name) if holder is not None else None
            if there is None:
                continue
            if other != section or _meaning(there) != _meaning(item):
                at = there.key or there.span
                self.work.report(
                    "PRF276",
                    taken.use.span,
                    value=name,
                    library=f"{taken.library.id}@{taken.library.version}",
                    place=f"{at.file}:{at.line}",
                )
                return False
            return True
        span = self.root.span
        self.root.entries().setdefault(section, Located({}, span)).entries()[name] = Located(
            item.value, item.span, item.key, _home(taken.library, item)
        )
        return True


def _meaning(item: Located) -> object:
    return meaning(item.plain())


def _home(library: Library, item: Located) -> Scope:
    """Return the scope of what came along: a map's keys may be named by inputs that did not."""
    source = f"{library.id}@{library.version}"
    return Scope(source, declared=_choices(library, [item]), allowed=library.allowed)


def _choices(library: Library, parameters: Iterable[Located], more: Iterable[str] = ()) -> Document:
    """Return the document of the inputs that key *parameters*, and of *more* declarations."""
    wanted = {key for item in parameters for key in keys_of(item)} | set(more)
    return library.declared(frozenset(wanted))


def _declared(taken: Taken, bound: list[str]) -> Document:
    """Return the declarations of what is bound, for its types."""
    library = taken.library
    local = {name: taken.parameters[taken.local[name]] for name in bound if name in taken.local}
    every = [*local.values(), *(library.names("parameters").get(name) for name in bound)]
    inputs = [name for name in bound if name not in local]
    found = _choices(library, [item for item in every if item is not None], inputs)
    if not local:
        return found
    root = Library(found).root
    holder = root.entries().setdefault("parameters", Located({}, root.span)).entries()
    holder.update({name: item.copy() for name, item in local.items()})
    return document_of(root, found, {})


def _with_defaults(entry: Entry, library: Library) -> Located:
    """Return a copy of an indicator with what the branches above it and the library say for it."""
    node = entry.node.copy()
    entries = node.entries()
    for each in entry.each:
        target = entries
        if "indicators" in entries:
            target = entries.setdefault("each", Located({}, each.span, each.key)).entries()
        for key, item in each.entries().items():
            target.setdefault(key, item.copy())
    basis = library.root.get("basis")
    if basis is not None:
        entries.setdefault("basis", basis.copy())
    return node


def _joined(taken: Taken, scope: Scope) -> Located:
    """Return the node of the ruleset: the library's definition under what the ruleset wrote."""
    own = taken.host.entries()
    rest = taken.node.entries()
    if any(key in own for key in _PARTS):
        rest = {key: item for key, item in rest.items() if key not in _PARTS}
    first = own.get("id") or Located(Scalar(taken.id), taken.use.span, taken.use.key)
    value = {"id": first, **{key: item for key, item in rest.items() if key != "id"}, **own}
    return Located(value, taken.host.span, taken.host.key, scope)
