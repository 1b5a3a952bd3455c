"""What all plugins bring together: names that clash are left out, and both owners are named."""

from collections import ChainMap
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar, cast

from perfrules.errors import Diagnostic, Text
from perfrules.lang.functions import FUNCTIONS
from perfrules.lang.functions import Function as KnownFunction
from perfrules.lang.methods import METHODS
from perfrules.lang.methods.plugged import plugged_method
from perfrules.lang.plugged import plugged_function
from perfrules.lang.vocabulary import BUILT_IN, Vocabulary
from perfrules.messages import diagnose
from perfrules.plugins.brought import Brought
from perfrules.plugins.declared import FUNCTION, METHOD, taken
from perfrules.plugins.observe import Observer
from perfrules.plugins.report import LoadReport, PluginEntry

if TYPE_CHECKING:
    from perfrules.lang.methods.base import Method

KINDS = {
    "ruleset": Text("规则集", "ruleset"),
    "library": Text("指标库", "library"),
    "portfolio": Text("项目组合", "portfolio"),
}
_HOST = Text("已有的文件 {file}", "{file}, which was there before")


class Named(Protocol):
    """A document of a plugin: its kind, its id, its version and its file."""

    @property
    def kind(self) -> str:
        """`ruleset`, `library` or `portfolio`."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def version(self) -> str:
        """Its version."""

    @property
    def path(self) -> Path:
        """Its file."""


T = TypeVar("T", bound=Named)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Gathered(Generic[T]):
    """The plugins of one registry, loaded: what is wrong, and all that can be used."""

    report: LoadReport = field(default_factory=LoadReport)
    documents: tuple[tuple[str, T], ...] = ()  # with the name of the plugin
    folders: tuple[Path, ...] = ()
    vocabulary: Vocabulary = BUILT_IN
    observers: tuple[Observer, ...] = ()
    clashes: Mapping[tuple[str, str], Diagnostic] = field(default_factory=dict)  # by kind and id
    brought: Mapping[str, Brought] = field(default_factory=dict)  # by the plugin's name


def gather(
    brought: Sequence[Brought],
    others: Iterable[PluginEntry],
    missing: Iterable[Diagnostic],
    host: Iterable[T],
    read: Callable[[Path], Iterable[T]],
) -> Gathered[T]:
    """Return everything that *brought* holds, without what clashes.

    Args:
        brought: What each plugin brings.
        others: Entries of plugins that weren't loaded.
        missing: What is wrong with the list of those allowed.
        host: The documents that are there without plugins: their ids can't be taken.
        read: Gives the documents of a file or folder.
    """
    found = _Gathering(brought)
    documents = found.documents(list(host), read)
    methods, functions = found.words()
    entries = [found.entry(item, documents, methods, functions) for item in brought]
    names = [(item.entry.name, item) for item in brought]
    return Gathered(
        report=LoadReport(
            tuple(sorted((*entries, *others), key=lambda entry: entry.name)), tuple(missing)
        ),
        documents=tuple(documents),
        folders=tuple(path for item in brought for path in (*item.rulesets, *item.libraries)),
        vocabulary=Vocabulary(
            _with(METHODS, methods),
            _with(FUNCTIONS, functions),
            found.left_out,
        ),
        observers=tuple(
            Observer(name, item.scored, takes_result=item.takes_result)
            for name, item in names
            if item.scored is not None
        ),
        clashes=found.clashes,
        brought={item.entry.name: item for item in brought},
    )


def _with(known: Mapping[str, V], more: Mapping[str, V | None]) -> Mapping[str, V]:
    """Return both tables in one, without looking into the first: a method is read when used."""
    used = {name: item for name, item in more.items() if item is not None}
    return ChainMap(used, cast("dict[str, V]", known)) if used else known


class _Gathering:
    """Names met so far, each with its first owner, and the problems of each plugin."""

    def __init__(self, brought: Sequence[Brought]) -> None:
        self.brought = brought
        self.problems: dict[str, list[Diagnostic]] = {item.entry.name: [] for item in brought}
        self.clashes: dict[tuple[str, str], Diagnostic] = {}
        self.left_out: dict[str, Text] = {}
        self._words_seen: set[tuple[Text, str]] = set()

    def documents(self, host: list[T], read: Callable[[Path], Iterable[T]]) -> list[tuple[str, T]]:
        """Return each plugin's documents but those whose id another owner has too."""
        owned = {(item.kind, item.id): item.path for item in host}
        found: dict[Path, tuple[str, T]] = {}
        for item in self.brought:
            for path in (*item.rulesets, *item.libraries):
                for document in read(path):
                    found.setdefault(document.path, (item.entry.name, document))
        owners: dict[tuple[str, str], str] = {}
        lost: set[tuple[str, str]] = set()
        for plugin, document in found.values():
            key = (document.kind, document.id)
            what = KINDS[document.kind]
            if key in owned:
                file = str(owned[key])
                owner = Text(_HOST.zh.format(file=file), _HOST.en.format(file=file))
                self._note(plugin, taken(plugin, what, document.id, owner))
                lost.add(key)
                continue
            first = owners.setdefault(key, plugin)
            if first != plugin:
                self.clashes[key] = self._clash(what, document.id, first, plugin)
                lost.add(key)
        return [pair for pair in found.values() if (pair[1].kind, pair[1].id) not in lost]

    def words(
        self,
    ) -> tuple[dict[str, "type[Method] | None"], dict[str, KnownFunction | None]]:
        """Return methods and functions by name; None is one that two plugins bring."""
        methods: dict[str, type[Method] | None] = {}
        functions: dict[str, KnownFunction | None] = {}
        owners: dict[tuple[Text, str], str] = {}
        for item in self.brought:
            plugin = item.entry.name
            for method in item.methods:
                if method.name in METHODS:
                    self._note(plugin, taken(plugin, METHOD, method.name))
                elif self._first(owners, METHOD, method.name, plugin):
                    methods[method.name] = plugged_method(method, item.entry.label)
                else:
                    methods[method.name] = None
            for function in item.functions:
                first = self._first(owners, FUNCTION, function.name, plugin)
                functions[function.name] = (
                    plugged_function(function, item.entry.label) if first else None
                )
        return methods, functions

    def entry(
        self,
        item: Brought,
        documents: list[tuple[str, T]],
        methods: Mapping[str, object],
        functions: Mapping[str, object],
    ) -> PluginEntry:
        """Return a plugin's entry with the names of what is used of it."""
        name = item.entry.name
        own = [document for plugin, document in documents if plugin == name]
        return replace(
            item.entry,
            rulesets=tuple(sorted({found.id for found in own if found.kind != "library"})),
            libraries=tuple(sorted({found.id for found in own if found.kind == "library"})),
            methods=tuple(word.name for word in item.methods if methods.get(word.name)),
            functions=tuple(word.name for word in item.functions if functions.get(word.name)),
            problems=(*item.entry.problems, *dict.fromkeys(self.problems[name])),
        )

    def _first(
        self, owners: dict[tuple[Text, str], str], what: Text, name: str, plugin: str
    ) -> bool:
        """Return whether nobody else brings *name*; the clash is noted otherwise."""
        first = owners.setdefault((what, name), plugin)
        if (what, name) in self._words_seen:
            problem = self._clash(what, name, first, plugin)
            self.left_out[name] = problem.message
            return False
        self._words_seen.add((what, name))
        return True

    def _clash(self, what: Text, name: str, first: str, second: str) -> Diagnostic:
        problem = diagnose("PRF912", what=what, value=name, first=first, second=second)
        self._note(first, problem)
        self._note(second, problem)
        return problem

    def _note(self, plugin: str, problem: Diagnostic) -> None:
        self.problems[plugin].append(problem)
