"""The units of a file in numbered parts."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from perfrules.files.entry import Entry
from perfrules.jobs.identity import About

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class EntryTasks:
    """Parts of so many units each.

    Args:
        entries: The units; a part that is done is read over, since later units depend on it: a
            name that stands twice is refused where it stands again.
        rows: How many units a part has.
        identity: What the run is about.
    """

    entries: Iterable[Entry]
    rows: int
    identity: About

    def parts(self, done: Container[int]) -> Iterator[tuple[int, Sequence[Entry]]]:
        """Yield the parts that aren't done."""
        for number, part in enumerate(cut(self.entries, self.rows)):
            if number not in done:
                yield number, part
        self.identity.unchanged()

    def about(self) -> Mapping[str, str]:
        """Return what the run is about."""
        return self.identity()


def cut(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the items in lists of *size*, the last one shorter.

    >>> list(cut("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    source = iter(items)
    while part := list(islice(source, size)):
        yield part
