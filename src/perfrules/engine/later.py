"""Frozen data of which a part is made when it is first asked for.

A result's numbers are known long before its sentences: whoever reads numbers only shouldn't wait
for the rest. To everyone else such an object is the dataclass it is: fields that aren't there yet
are made when they are read, compared, shown, copied or pickled, and then stay.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

Source: TypeAlias = Callable[[str], object]


class Whole(NamedTuple):
    """What a source may give in place of one field: an object to take all fields but one from."""

    data: object
    but: str


_Data = TypeVar("_Data", bound="Later")


class Later:
    """The base of frozen dataclasses with slots whose fields a source may give later."""

    __slots__ = ("_source",)

    if not TYPE_CHECKING:  # a type checker would take any name for a field

        def __getattr__(self, name: str) -> object:
            """Make a field that isn't there yet: asked only where its slot is empty."""
            if name in type(self).__dataclass_fields__:
                value = self._source(name)
                if type(value) is Whole:
                    data, but = value
                    for field in type(self).__dataclass_fields__:
                        if field != but:
                            object.__setattr__(self, field, getattr(data, field))
                    return getattr(data, name)
                object.__setattr__(self, name, value)
                return value
            raise AttributeError(
                f"{type(self).__name__!r} object has no attribute {name!r}", name=name, obj=self
            )


def later(kind: type[_Data], source: Source, **known: object) -> _Data:
    """Return an object of *kind* whose other fields *source* gives, each by its name.

    Every call of *source* for a field must give the same value: threads may ask at once.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True, slots=True)
    ... class Pair(Later):
    ...     left: int
    ...     right: int
    >>> later(Pair, lambda name: len(name), left=1)
    Pair(left=1, right=5)
    """
    found = object.__new__(kind)
    put = object.__setattr__
    put(found, "_source", source)
    for name, value in known.items():
        put(found, name, value)
    return found
