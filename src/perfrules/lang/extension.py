"""What a plugin declares: scoring methods and functions, as plain data with a Python function each.

A plugin sees exact values and nothing else: no frame, no tree, no file. `lang.guard` looks at what
it gives back before anything is done with it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from perfrules.errors import Text
from perfrules.lang.frame import Rated

ValueKind: TypeAlias = Literal["number", "percent", "money", "days", "date", "flag", "text"]
Value: TypeAlias = Decimal | date | bool | str

_NO_TEXT = Text()


class NoValue(Exception):  # noqa: N818 - not an error of the plugin: there is no value, and why
    """Raised by a plugin's method or function where these values have no answer, with the reason.

    The unit is rejected with the reason; a division by zero must not become a score.
    """

    def __init__(self, reason: Text) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a function: its name and the kinds of value it may be."""

    name: str
    kinds: tuple[ValueKind, ...]


@dataclass(frozen=True, slots=True)
class Function:
    """A function that expressions may call.

    Give `call`, which takes the arguments (`gap(a, b)`), or `fold`, which takes a list of what a
    generator yields (`median(t.x for t in table)`, each of a kind in `each`), or both. Both must be
    importable (a `def` at the top of a module) and give the same answer for the same values.

    Attributes:
        name: How it is called in expressions.
        title: What it is, in Chinese and English.
        doc: What its user must know, in Chinese and English.
        gives: The kind of what comes back, or `same`: that of its first argument or element.
        repeats: Whether the last argument may come again.
    """

    name: str
    title: Text
    doc: Text
    gives: ValueKind | Literal["same"]
    takes: tuple[Argument, ...] = ()
    call: Callable[..., Value] | None = None
    each: tuple[ValueKind, ...] = ()
    fold: Callable[..., Value] | None = None
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a scoring method, beside `method`.

    Attributes:
        name: The key; one named `actual` may be left out where `ask:` or an outer method gives it.
        kinds: The kinds of value an expression there may have.
        of: Instead of *kinds*: the words of which one is written there.
        optional: Whether the key may be left out.
        example: How it is written, for the hint where it is missing: `actual: covered`.
    """

    name: str
    kinds: tuple[ValueKind, ...] = ()
    of: tuple[str, ...] = ()
    optional: bool = False
    example: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """What a method rates: the values of the keys that were written, and the leaf's points.

    Numbers are exact decimals: money in 元, a percent as its fraction.
    """

    values: Mapping[str, Value]
    points: Decimal
    texts: Mapping[str, Text] = field(default_factory=dict)

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def number(self, key: str) -> Decimal:
        """Return the value of a key of numbers, percents, amounts or days."""
        found = self.values[key]
        if not isinstance(found, Decimal):
            raise TypeError(f"{key} is no number")
        return found

    def text(self, key: str) -> str:
        """Return the value of a key of texts, or the word written there."""
        found = self.values[key]
        if not isinstance(found, str):
            raise TypeError(f"{key} is no text")
        return found

    def flag(self, key: str) -> bool:
        """Return the value of a key of flags."""
        found = self.values[key]
        if not isinstance(found, bool):
            raise TypeError(f"{key} is no flag")
        return found

    def day(self, key: str) -> date:
        """Return the value of a key of dates."""
        found = self.values[key]
        if not isinstance(found, date):
            raise TypeError(f"{key} is no date")
        return found

    def shown(self, key: str) -> Text:
        """Return a value as a person writes it, in its own unit: `1585.4万元`, `79.27%`."""
        return self.texts.get(key) or Text(str(self.values[key]), str(self.values[key]))


@dataclass(frozen=True, slots=True)
class Method:
    """A scoring method.

    Attributes:
        name: What stands behind `method:`.
        title: What it is, in Chinese and English.
        keys: Its keys.
        rate: Returns the share of the points, 0 to 1, with its reason. Importable (a `def` at the
            top of a module), and the same answer for the same values.
        doc: What its user must know.
    """

    name: str
    title: Text
    keys: tuple[Key, ...]
    rate: Callable[[Given], Rated]
    doc: Text = _NO_TEXT
