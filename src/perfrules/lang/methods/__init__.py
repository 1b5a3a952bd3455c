"""The table of scoring methods: one file each, read when a ruleset first uses it.

A method's file builds pydantic models; a host that only imports `perfrules` must not pay for them,
so that a lookup imports the file and nothing else does.
"""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Final, cast

from perfrules.errors import Text
from perfrules.messages import did_you_mean

if TYPE_CHECKING:
    from perfrules.lang.methods.base import Method

_NAMES: Final = (
    "met",
    "proportional",
    "target",
    "linear",
    "bands",
    "levels",
    "checklist",
    "deduct",
    "deadline",
    "survey",
    "panel",
    "mix",
    "either",
    "formula",
    "rank",
    "relative",
)


class _Table(Mapping[str, "type[Method]"]):
    """A method by name: module `met` holds the class `Met`."""

    def __getitem__(self, name: str) -> "type[Method]":
        if name not in _NAMES:
            raise KeyError(name)
        module = import_module(f"{__name__}.{name}")
        return cast("type[Method]", getattr(module, name.capitalize()))

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)


METHODS: Final[Mapping[str, "type[Method]"]] = _Table()


def unknown_method(name: str, known: Mapping[str, "type[Method]"] = METHODS) -> Text:
    """Return the hint for a method that isn't there: the one meant, else all that are.

    >>> unknown_method("proportion").en, unknown_method("满意度").en
    ('did you mean proportional?', 'did you mean survey?')
    """
    for word, method in known.items():
        if name and name in method.title.zh:
            return did_you_mean(word, [word])
    return did_you_mean(name, list(known))
