"""Where expressions and methods get their values, and where they tell what can go wrong."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date

from perfrules.errors import Path, Text
from perfrules.lang.frame import Fault
from perfrules.lang.plan import Plan
from perfrules.lang.tree import RefKind
from perfrules.sql.nodes import Cond, Node, both, case, present, text
from perfrules.sql.numbers import Numbers
from perfrules.sql.steps import Steps
from perfrules.sql.values import Value
from perfrules.sql.whole import Arithmetic

MISSING = "PRF502"
NO_TOTAL = "total"  # the total is missing: a gate that asks for it doesn't fire
DOUBT = "PRF683"
Trouble = tuple[Cond, Node]  # when, and the code as a text


class Unsaid(Fault):
    """Something that has no form in SQL (PRF680), at its place in the ruleset."""

    def __init__(self, what: Text, where: Path | None = None) -> None:
        super().__init__("PRF680", where=where, what=what)


@dataclass(slots=True)
class Watch:
    """The faults a row may have, in the order in which they would be found."""

    path: tuple[Cond, ...] = ()
    found: list[Trouble] = field(default_factory=list)

    def tell(self, code: str | Node, when: Cond) -> None:
        """Note a fault that a row has where *when* holds and this point is reached."""
        condition = both(*self.path, when)
        if condition is not False:
            self.found.append((condition, text(code) if isinstance(code, str) else code))

    def doubt(self, when: Cond) -> None:
        """Note that a value can't be told apart from a tie."""
        self.tell(DOUBT, when)

    @contextmanager
    def when(self, condition: Cond) -> Iterator[None]:
        """What is told inside counts only where *condition* holds."""
        outer, self.path = self.path, (*self.path, condition)
        try:
            yield
        finally:
            self.path = outer

    @contextmanager
    def apart(self) -> Iterator[list[Trouble]]:
        """What is told inside goes into a list of its own."""
        found, path = self.found, self.path
        self.found, self.path = [], ()
        try:
            yield self.found
        finally:
            self.found, self.path = found, path


@dataclass(frozen=True, slots=True)
class Known:
    """A value, whether it can be absent, and what its computing may have run into."""

    value: Value
    absent: Cond = False
    trouble: Node | None = None  # the code of its fault, NULL where there is none


@dataclass(slots=True)
class Scene:
    """One ruleset on its way to SQL."""

    plan: Plan
    as_of: date | None
    parameters: Mapping[str, object]
    steps: Steps
    watch: Watch = field(default_factory=Watch)
    names: dict[str, Known | Fault] = field(default_factory=dict)  # a fault: SQL can't say it
    refs: dict[tuple[RefKind, str], Known | Fault] = field(default_factory=dict)
    refused: list[Fault] = field(default_factory=list)

    @property
    def numbers(self) -> Numbers:
        """Arithmetic whose doubts are told here."""
        return Numbers(self.whole, self.watch.doubt)

    @property
    def whole(self) -> Arithmetic:
        """Arithmetic of integers."""
        return Arithmetic(self.steps)

    def use(self, known: Known | Fault) -> Value:
        """Return a value that is needed, telling what it may lack."""
        if isinstance(known, Fault):
            raise known
        if known.trouble is not None:
            self.watch.tell(known.trouble, present(known.trouble))
        self.watch.tell(MISSING, known.absent)
        return known.value

    def condition(self, value: Cond) -> Cond:
        """Return a condition with a name."""
        return value if isinstance(value, bool) else self.steps.let(value)

    def code_of(self, found: list[Trouble]) -> Node | None:
        """Return the code of the first fault as a column; None where there can be none."""
        return self.steps.let(case(found)) if found else None

    @contextmanager
    def refusing(self, where: Path = (), name: str = "total") -> Iterator[None]:
        """Take note of what can't be said inside, at *where* if it has no place, and go on."""
        try:
            yield
        except Fault as fault:
            if fault.where is None:
                fault.where = where
                fault.args_by_name.setdefault("text", name)
            self.refused.append(fault)

    @contextmanager
    def binding(self, **values: Known) -> Iterator[None]:
        """Names that are known inside."""
        outer = dict(self.names)
        self.names.update(values)
        try:
            yield
        finally:
            self.names = outer
