"""Generated source in the making: statements, locals, and slots for everything an author wrote.

The text holds nothing of an author's: a name is a numbered local, a literal a numbered slot. It
has no builtins; the few names it may use are those in `perfrules.engine.codegen.runtime`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal

DEEPEST = 60  # nested blocks; Python's tokenizer refuses a hundred


class UnsupportedError(Exception):
    """A part of a plan that has no code form: the reference computes it instead."""


@dataclass(slots=True)
class Source:
    """Lines of a function's body, and the literals that its slots stand for.

    `lacks` counts the places that may find a value missing, `doubts` those that may give up.
    `spare` is the code of locals that are set only where something reads them, `counts` the locals
    that hold a survey's answers by level, `written` those that hold a number in the unit it was
    written in, with what it is multiplied by.
    """

    lines: list[tuple[int, str]] = field(default_factory=list)
    depth: int = 1
    literals: list[object] = field(default_factory=list)
    lacks: int = 0
    doubts: int = 0
    spare: dict[str, str] = field(default_factory=dict)
    counts: dict[str, Mapping[str, str]] = field(default_factory=dict)
    written: dict[str, tuple[str, Decimal]] = field(default_factory=dict)
    _slots: dict[object, str] = field(default_factory=dict)
    _count: int = 0

    def line(self, text: str) -> None:
        """Add a statement."""
        if self.depth > DEEPEST:
            raise UnsupportedError
        self.lines.append((self.depth, text))

    def slot(self, value: object) -> str:
        """Return the name that stands for a literal."""
        key: object = id(value)
        if isinstance(value, (Decimal, str)):
            key = (type(value), str(value))
        elif isinstance(value, tuple) and all(isinstance(part, Decimal) for part in value):
            key = tuple(map(str, value))
        if key not in self._slots:
            self._slots[key] = f"k{len(self.literals)}"
            self.literals.append(value)
        return self._slots[key]

    def local(self, prefix: str = "t") -> str:
        """Return a name that nothing else has."""
        self._count += 1
        return f"{prefix}_{self._count}"

    def keep(self, code: str) -> str:
        """Return the local that holds the value of *code* from here on."""
        name = self.local()
        self.line(f"{name} = {code}")
        return name

    def give_up(self, when: str | None = None) -> None:
        """Leave the unit to the reference: always, or where the condition *when* holds."""
        self.doubts += 1
        self.line("raise Odd" if when is None else f"if {when}: raise Odd")

    def lack(self, when: str) -> None:
        """Say that a value is missing where the condition *when* holds."""
        self.lacks += 1
        self.line(f"if {when}: raise Lack")

    def mark(self) -> tuple[int, int, int, int]:
        """Return where things stand, for `back`."""
        return len(self.lines), self.depth, self.lacks, self.doubts

    def back(self, mark: tuple[int, int, int, int]) -> None:
        """Drop what was added since *mark*."""
        size, self.depth, self.lacks, self.doubts = mark
        del self.lines[size:]

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Put the statements added inside under *head*."""
        self.line(f"{head}:")
        self.depth += 1
        before = len(self.lines)
        try:
            yield
        finally:
            if len(self.lines) == before:
                self.lines.append((self.depth, "pass"))
            self.depth -= 1

    @contextmanager
    def aside(self) -> Iterator["list[tuple[int, str]]"]:
        """Collect the statements added inside, to be put somewhere with `add`, or dropped."""
        outer, self.lines = self.lines, []
        inner = self.lines
        try:
            yield inner
        finally:
            self.lines = outer

    def add(self, lines: list[tuple[int, str]], deeper: int = 0) -> None:
        """Add statements collected aside, *deeper* levels further in."""
        if lines and max(depth for depth, _ in lines) + deeper > DEEPEST:
            raise UnsupportedError
        self.lines += [(depth + deeper, text) for depth, text in lines]

    def text(self) -> str:
        """Return the body, one space a level."""
        return "\n".join(" " * depth + text for depth, text in self.lines)
