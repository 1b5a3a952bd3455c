"""A plugin's function as expressions know it: typed like ours, called through the guard."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from perfrules.lang.extension import Function as Declared
from perfrules.lang.functions import Function, Parameter, Result
from perfrules.lang.guard import checked, kind_like, run
from perfrules.lang.types import DATE, DAYS, FLAG, MONEY, NUMBER, PERCENT, TEXT, Kind, Type

KINDS: Final[dict[str, frozenset[Kind]]] = {
    "number": frozenset({Kind.NUMBER}),
    "percent": frozenset({Kind.PERCENT}),
    "money": frozenset({Kind.MONEY}),
    "days": frozenset({Kind.DAYS}),
    "date": frozenset({Kind.DATE}),
    "flag": frozenset({Kind.FLAG}),
    "text": frozenset({Kind.TEXT, Kind.CHOICE}),
}
_RESULTS: Final[dict[str, Type]] = {
    "number": NUMBER,
    "percent": PERCENT,
    "money": MONEY,
    "days": DAYS,
    "date": DATE,
    "flag": FLAG,
    "text": TEXT,
}


@dataclass(frozen=True, slots=True)
class Called:
    """A plugin's function of arguments."""

    plugin: str
    name: str
    call: Callable[..., object]
    gives: str

    def __call__(self, *args: object) -> object:
        """Return its value; raise `Fault` PRF920 to PRF922 where there is none."""
        return _answer(self.plugin, self.name, self.gives, self.call, args, args)


@dataclass(frozen=True, slots=True)
class Folded:
    """A plugin's function of a generator's values."""

    plugin: str
    name: str
    fold: Callable[..., object]
    gives: str

    def __call__(self, values: Iterable[object]) -> object:
        """Return its value; what goes wrong while the values are computed isn't the plugin's."""
        found = list(values)
        return _answer(self.plugin, self.name, self.gives, self.fold, (found,), (*found,))


def _answer(
    plugin: str,
    name: str,
    gives: str,
    call: Callable[..., object],
    args: tuple[object, ...],
    like: tuple[object, ...],
) -> object:
    found = run(call, *args, plugin=plugin, what=name)
    if gives == "same":
        gives = kind_like(like[0]) if like else "number"
    return checked(found, gives, plugin=plugin, what=name)


def plugged_function(declared: Declared, plugin: str) -> Function:
    """Return a plugin's function for the table of functions; *plugin* is its name and version."""
    result: Result = "first" if declared.gives == "same" else _RESULTS[declared.gives]
    args = ", ".join(item.name for item in declared.takes)
    more = ", …" if declared.repeats else ""
    loop = f"{declared.name}(t.x for t in table)"
    return Function(
        declared.name,
        declared.title,
        f"{declared.name}({args}{more})" if declared.call else loop,
        declared.doc,
        tuple(Parameter(item.name, kinds_of(item.kinds)) for item in declared.takes),
        result,
        call=_called(declared, plugin),
        fold=_folded(declared, plugin),
        element=kinds_of(declared.each),
        repeats=declared.repeats,
        plugin=plugin,
    )


def kinds_of(names: Iterable[str]) -> frozenset[Kind]:
    """Return the kinds that a plugin's words name; a text may be a choice's label.

    >>> sorted(kind.name for kind in kinds_of(("number", "text")))
    ['CHOICE', 'NUMBER', 'TEXT']
    """
    return frozenset[Kind]().union(*(KINDS[name] for name in names))


def _called(declared: Declared, plugin: str) -> Called | None:
    if declared.call is None:
        return None
    return Called(plugin, declared.name, declared.call, declared.gives)


def _folded(declared: Declared, plugin: str) -> Folded | None:
    if declared.fold is None:
        return None
    return Folded(plugin, declared.name, declared.fold, declared.gives)
