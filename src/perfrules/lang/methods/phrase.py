"""Reasons in both languages: sentences filled with values that each language writes its own way."""

from collections.abc import Iterable
from decimal import Decimal

from perfrules.decimals import percent as as_percent
from perfrules.decimals import plain, round_to
from perfrules.errors import Text

_PERCENT_DIGITS = 4


def phrase(zh: str, en: str, /, **parts: object) -> Text:
    """Return the two sentences with *parts* filled in; a part that is a `Text` by language.

    >>> phrase("{a} 达到 {b}", "{a} is at least {b}", a="95%", b=Text("九成", "90%"))
    Text(zh='95% 达到 九成', en='95% is at least 90%')
    """
    other = parts.copy()
    for name, part in parts.items():
        if isinstance(part, Text):
            parts[name] = part.zh or part.en
            other[name] = part.en or part.zh
    return Text(zh.format_map(parts), en.format_map(other))


def joined(texts: Iterable[Text], zh: str = "、", en: str = ", ") -> Text:
    """Return texts one after the other.

    >>> joined([Text("甲", "A"), Text("乙", "B")])
    Text(zh='甲、乙', en='A, B')
    """
    found = tuple(texts)
    return Text(
        zh.join(text.get("zh") for text in found), en.join(text.get("en") for text in found)
    )


def same(text: str) -> Text:
    """Return a text that both languages write alike.

    >>> same("①").en
    '①'
    """
    return Text(text, text)


def percent(value: Decimal) -> Text:
    """Return a share as people write it.

    >>> percent(Decimal("0.9158163"))
    Text(zh='91.5816%', en='91.5816%')
    """
    return same(as_percent(value, _PERCENT_DIGITS))


def points(value: Decimal) -> Text:
    """Return points as people write them.

    >>> points(Decimal("0.50")), points(Decimal(1)).en
    (Text(zh='0.5分', en='0.5 points'), '1 point')
    """
    shown = plain(round_to(value, _PERCENT_DIGITS))
    return Text(f"{shown}分", f"{shown} point{'' if shown == '1' else 's'}")
