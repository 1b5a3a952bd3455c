"""The types of values in rulesets, and the one sentinel for a value that is not there."""

from dataclasses import dataclass, field
from enum import Enum
from typing import Final, final


class Kind(Enum):
    """The closed list of value kinds; a kind's value is its name in messages, zh and en."""

    NUMBER = ("数", "number")
    PERCENT = ("百分比", "percent")
    MONEY = ("金额", "money")
    DAYS = ("天数", "days")
    DATE = ("日期", "date")
    FLAG = ("是否", "flag")
    TEXT = ("文本", "text")
    CHOICE = ("选项", "choice")
    CHOICES = ("多选", "set of choices")
    TABLE = ("表", "table")
    ROW = ("行", "row")
    MAP = ("参数表", "map parameter")
    SURVEY = ("问卷", "survey")
    PANEL = ("专家评分", "panel")
    TARGET = ("目标值", "target cell")
    UNKNOWN = ("未知", "unknown")  # the type of what was already reported: it makes no followers


NUMERIC: Final = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.DAYS})


@dataclass(frozen=True, slots=True)
class Type:
    """A type: its kind and what belongs to it.

    `of` are a choice's labels, best first; those in `unordered` are neither better nor worse than
    another (a state, a grade only a gate gives): `<` leaves them out. `columns` are
    those of a table or row; `depth` and `inner` a map's levels and its values' type. `unit` is how
    a value is shown: the value itself is in the kind's base unit (money in 元).
    """

    kind: Kind
    unit: str | None = None
    of: tuple[str, ...] = ()
    columns: tuple[tuple[str, "Type"], ...] = ()
    depth: int = 0
    inner: "Type | None" = None
    optional: bool = False  # may be missing: usable only behind known()
    keys: tuple["Type", ...] = field(default=())
    unordered: tuple[str, ...] = ()

    def column(self, name: str) -> "Type | None":
        """Return the type of a table's or row's column, or None."""
        return dict(self.columns).get(name)


NUMBER: Final = Type(Kind.NUMBER)
PERCENT: Final = Type(Kind.PERCENT)
MONEY: Final = Type(Kind.MONEY)
DAYS: Final = Type(Kind.DAYS)
DATE: Final = Type(Kind.DATE)
FLAG: Final = Type(Kind.FLAG)
TEXT: Final = Type(Kind.TEXT)
TARGET: Final = Type(Kind.TARGET)
UNKNOWN: Final = Type(Kind.UNKNOWN)


@final
class Missing:
    """The value that is not there; compares to nothing and has no truth value."""

    _only: "Missing | None" = None

    def __new__(cls) -> "Missing":
        """Return the one missing value."""
        if cls._only is None:
            cls._only = super().__new__(cls)
        return cls._only

    def __repr__(self) -> str:
        return "MISSING"

    def __bool__(self) -> bool:
        raise TypeError("a missing value is neither true nor false")

    def __reduce__(self) -> tuple[type["Missing"], tuple[()]]:
        return Missing, ()


MISSING: Final = Missing()
