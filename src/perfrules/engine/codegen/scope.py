"""What an expression sees in generated code: its names, rows, tables, and references."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from perfrules.decimals import ONE, ZERO
from perfrules.engine.codegen.columns import MOST_DIGITS, factor_of, is_number
from perfrules.engine.codegen.source import Source, UnsupportedError
from perfrules.engine.codegen.values import WIDE, Value, places_of
from perfrules.lang.functions import Function
from perfrules.lang.plan import InputPlan
from perfrules.lang.tree import RefKind


@dataclass(frozen=True, slots=True)
class Named:
    """A name's or column's value; `lacks`: it may be `MISSING`, `fails`: it may be `FAILED`.

    A `computed` one, a derived value, lacks even where it is only asked whether it is known.
    """

    value: Value
    lacks: bool = False
    fails: bool = False
    computed: bool = False


@dataclass(frozen=True, slots=True)
class RowOf:
    """A row variable: the local that holds its mapping, and what is known of its columns."""

    code: str
    columns: Mapping[str, InputPlan]  # empty: a leaf, whose columns may all be missing


References = Callable[[RefKind, str], Named]
Leaves = Callable[[str], str]


def _no_reference(kind: RefKind, name: str) -> Named:
    raise UnsupportedError(kind, name)


def _no_leaves(name: str) -> str:
    raise UnsupportedError(name)


@dataclass(frozen=True, slots=True)
class Scope:
    """The surroundings of an expression; `shadows` are names that a method binds."""

    source: Source
    names: Mapping[str, Named]
    tables: Mapping[str, Mapping[str, InputPlan]]
    functions: Mapping[str, Function]
    rows: Mapping[str, RowOf] = field(default_factory=dict)
    shadows: Mapping[str, Named] = field(default_factory=dict)
    reference: References = _no_reference
    leaves: Leaves = _no_leaves

    def named(self, name: str) -> Named:
        """Return what stands behind a name, innermost first."""
        if name in self.shadows:
            return self.shadows[name]
        if name not in self.names:
            raise UnsupportedError(name)
        return self.names[name]

    def bind(self, **names: Value) -> "Scope":
        """Return the scope with names that a method binds."""
        found = {name: Named(value) for name, value in names.items()}
        return replace(self, shadows={**self.shadows, **found})

    def within(self, row: str, code: str, columns: Mapping[str, InputPlan]) -> "Scope":
        """Return the scope of what is evaluated row by row."""
        return replace(self, rows={**self.rows, row: RowOf(code, columns)})

    def plain(self) -> "Scope":
        """Return the scope without what methods bind: that of derived values."""
        return replace(self, shadows={})


def admitted(item: InputPlan, code: str) -> Named:
    """Return what admission promises of an input's value: its bounds, whether it is there."""
    low = item.min if isinstance(item.min, Decimal) else None
    high = item.max if isinstance(item.max, Decimal) else None
    if isinstance(item.default, Decimal):  # a default needn't be within the bounds
        low = None if low is None else min(low, item.default)
        high = None if high is None else max(high, item.default)
    if item.whole and (low is None or low < ZERO):
        low = ZERO
    lacks = not item.required and item.default is None
    return Named(Value(code, low, high, 0 if item.whole else None), lacks)


def taken(item: InputPlan, code: str) -> Named:
    """Return the same of a value that was taken as it is: how many digits it has at most, too."""
    found = admitted(item, code)
    if not is_number(item):
        return found
    factor = factor_of(item) or ONE
    value = found.value
    most = WIDE.multiply(ONE.scaleb(MOST_DIGITS), factor)
    low = most.copy_negate() if value.low is None else value.low
    high = most if value.high is None else value.high
    places = 0 if item.whole else max(0, MOST_DIGITS - factor.adjusted())
    if isinstance(item.default, Decimal):
        low, high = min(low, item.default), max(high, item.default)
        places = max(places, places_of(item.default))
    return replace(found, value=replace(value, low=low, high=high, places=places))
