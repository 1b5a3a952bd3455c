"""What reading a cell gives, and what every kind of cell has in common."""

from dataclasses import dataclass
from typing import Final, Generic, TypeVar

from perfrules.errors import Text
from perfrules.lang.characters import fold
from perfrules.lang.frame import Fault

Value_co = TypeVar("Value_co", covariant=True)

LONGEST: Final = 10_000  # characters of a cell

_DASHES: Final = frozenset(
    {"", "-", "--", "---", "—", "——", "———", "–", "――", "―", "─", "──", "−", "/", "\\", "//"}
)
_WORDS: Final = frozenset(
    {"无", "暂无", "不适用", "待定", "nan", "n/a", "na", "null", "none", "<na>", "nat"}
)
_EXCEL_ERRORS: Final = frozenset(
    {
        "#div/0!", "#ref!", "#name?", "#value!", "#n/a", "#num!", "#null!", "#spill!", "#calc!",
        "#getting_data", "#field!", "#blocked!", "#unknown!", "#busy!", "#connect!",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading(Generic[Value_co]):
    """A value, and what was normalised to read it: each note goes into the result."""

    value: Value_co
    notes: tuple[Text, ...] = ()


def is_blank(text: str) -> bool:
    """Return whether *text*, trimmed and folded, is empty or a dash: missing in any column.

    >>> is_blank("——"), is_blank("无")
    (True, False)
    """
    return text in _DASHES


def is_missing(text: str) -> bool:
    """Return whether *text*, trimmed and folded, says that there is no value.

    >>> is_missing("暂无"), is_missing("N/A"), is_missing("0")
    (True, True, False)
    """
    return text in _DASHES or text.casefold() in _WORDS


def refuse_error(text: str, written: str) -> None:
    """Raise `Fault` PRF504 where *text* is what a spreadsheet shows instead of a value."""
    if text[:1] == "#" and (text.casefold() in _EXCEL_ERRORS or not text.strip("#")):
        raise Fault("PRF504", value=written)


def refuse_length(text: str) -> None:
    """Raise `Fault` PRF516 where *text* is too long for a cell."""
    if len(text) > LONGEST:
        raise Fault("PRF516", value=text[:60], count=len(text), right=LONGEST)


def folded(text: str) -> str:
    """Return *text* folded and trimmed, for comparing labels.

    >>> folded(" （一）级 ") == folded("(一)级")
    True
    """
    return fold(text).strip()
