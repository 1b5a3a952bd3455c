"""Frozen data of which a part is made when it is first asked for.

A result's numbers are known long before its sentences: whoever reads numbers only shouldn't wait
for the rest. To everyone else such an object is the dataclass it is: fields that aren't there yet
are made when they are read, compared, shown, copied or pickled, and then stay.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, TypeVar

Source: TypeAlias = Callable[[str], object]


class Whole(NamedTuple):
    """What a source may give in place of one field: an object to take all fields but one from."""

    data: object
    but: str


_Data = TypeVar("_Data", bound="Later")
_put = object.__setattr__


class Later:
    """The base of frozen dataclasses with slots whose fields a source may give later."""

    __slots__ = ("_source",)

    if not TYPE_CHECKING:  # a type checker would take any name for a field

        def __getattr__(self, name: str) -> object:
            """Make a field that isn't there yet: asked only where its slot is empty."""
            if name in self.__dataclass_fields__:
                value = self._source(name)
                if type(value) is Whole:
                    data, but = value
                    for field in self.__dataclass_fields__:
                        if field != but:
                            _put(self, field, getattr(data, field))
                    return getattr(data, name)
                _put(self, name, value)
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
    _put(found, "_source", source)
    for name, value in known.items():
        _put(found, name, value)
    return found


def draft_of(kind: type[Later]) -> Any:  # noqa: ANN401 - attributes of what it makes are the fields
    """Return a class with the same slots whose objects can be written to, and then become *kind*.

    For what is made by the thousand: a plain assignment takes a tenth of the time of one that goes
    round a frozen class, and an object that was given its class is as frozen as any other.

    >>> from dataclasses import dataclass
    >>> @dataclass(frozen=True, slots=True)
    ... class Pair(Later):
    ...     left: int
    ...     right: int
    >>> pair = draft_of(Pair)()
    >>> pair.left, pair.right = 1, 2
    >>> pair.__class__ = Pair
    >>> pair
    Pair(left=1, right=2)
    """
    slots = [name for base in kind.__mro__ if base is not Later for name in _slots_of(base)]
    return type(f"{kind.__name__}Draft", (Later,), {"__slots__": tuple(slots)})


def _slots_of(kind: type) -> tuple[str, ...]:
    return tuple(vars(kind).get("__slots__", ()))
