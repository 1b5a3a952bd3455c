"""Plain data as the text of a document: what fits stands on one line, quotes where needed."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from perfrules.decimals import plain
from perfrules.errors import width
from perfrules.excel.rule import Raw
from perfrules.lang.document.source import FORBIDDEN

_PLAIN: Final = re.compile(r"[^\W\d]\w*")
_GUESSED: Final = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})
_ROOM: Final = 96  # columns of a line, a Chinese sign taking two


def scalar(value: object) -> str:
    r"""Return a value as YAML that reads back as it is.

    >>> scalar("优"), scalar("≥95%"), scalar(Raw("95%")), scalar(Decimal("10.0")), scalar(True)
    ('优', '"≥95%"', '95%', '10', '是')
    >>> scalar('a"\nb')
    '"a\\"\\nb"'

    Signs that no document may hold, which nobody sees in a cell either, are left out.

    >>> scalar("a\u202eb")
    'ab'
    """
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (Decimal, int)):
        return plain(Decimal(value))
    text = FORBIDDEN.sub("", str(value).replace("\r\n", "\n"))
    if _PLAIN.fullmatch(text) and text.lower() not in _GUESSED:
        return text
    signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(signs.get(sign, sign) for sign in text) + '"'


def flow(value: object) -> str:
    """Return a value on one line.

    >>> flow({"type": "choice", "of": ["优", "良"], "points": Decimal(5)})
    '{type: choice, of: [优, 良], points: 5}'
    """
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{scalar(key)}: {flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(flow, value)) + "]"
    return scalar(value)


def block(value: Mapping[str, object], indent: int = 0) -> Iterator[str]:
    """Yield the lines of a mapping; what fits stays on one line, lists of mappings are opened."""
    space = " " * indent
    for key, item in value.items():
        name = key if key.startswith("x-") else scalar(key)
        if isinstance(item, list) and item and isinstance(item[0], Mapping):
            yield f"{space}{name}:"
            for one in item:
                yield from _item(one, indent + 2)
        elif isinstance(item, Mapping) and item and not _short(name, item, indent):
            yield f"{space}{name}:"
            yield from block(item, indent + 2)
        else:
            yield f"{space}{name}: {flow(item)}"


def _short(name: str, item: Mapping[str, object], indent: int) -> bool:
    if name == "inputs":
        return False
    return indent + width(f"{name}: {flow(item)}") <= _ROOM


def _item(value: Mapping[str, object], indent: int) -> Iterator[str]:
    line = f"{' ' * indent}- {flow(value)}"
    if "indicators" not in value and "score" not in value and width(line) <= _ROOM:
        yield line
        return
    first, *rest = block(value, indent + 2)
    yield f"{' ' * indent}- {first[indent + 2 :]}"
    yield from rest
