"""Characters as spreadsheets print them: width, invisible signs, and what may not be printed.

Folding is done by a table of our own, never by NFKC: `②`, `½` and `㎡` mean something.
"""

import re
from typing import Final

from perfrules.errors import Text

FULL_WIDTH: Final = Text("全角字符按半角读", "full-width characters were read as half-width")
INVISIBLE: Final = Text("删去了看不见的字符", "invisible characters were removed")
TRIMMED: Final = Text("删去了首尾空格", "spaces at the ends were removed")

_ASCII: Final = {sign + 0xFEE0: sign for sign in range(0x21, 0x7F)} | {0x3000: 0x20, 0xA0: 0x20}
_SMALL: Final = dict(
    zip(
        map(ord, "﹐﹒﹔﹕﹖﹗﹙﹚﹟﹠﹡﹢﹣﹤﹥﹦﹩﹪"),
        map(ord, ",.;:?!()#&*+-<>=$%"),
        strict=True,
    )
)
_FOLD: Final = _ASCII | _SMALL
_NARROW: Final = _FOLD | {0xFEFF: None}  # of headings and ids, which a byte order mark may precede
# In running text Chinese punctuation stays: a full-width comma there is no slip of the keyboard.
_FOLD_WORDS: Final = {
    wide: narrow for wide, narrow in _ASCII.items() if chr(narrow).isalnum() or narrow in b" %"
}
_ZERO_WIDTH = re.compile("[\u200b-\u200d\u2060\ufeff\u00ad]")
_UNPRINTABLE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufff9-\ufffb\U000e0000-\U000e007f]"
)


def fold(text: str) -> str:
    """Return *text* with full-width and small-form ASCII as plain ASCII, nothing else changed.

    >>> fold("９８％"), fold("②㎡")
    ('98%', '②㎡')
    """
    return text if text.isascii() else text.translate(_FOLD)


def narrowed(text: str) -> str:
    r"""Return what headings are compared by: *text* trimmed and folded, one space between words.

    >>> narrowed("\ufeff 预算数（万元）　"), narrowed("Ｐ００１"), narrowed("支出﹙元﹚")
    ('预算数(万元)', 'P001', '支出(元)')
    """
    return " ".join((text if text.isascii() else text.translate(_NARROW)).split())


def same(text: str) -> str:
    """Return what ids are compared by: width, spaces and letter case aside.

    >>> same("Ｐ００１ ") == same("p001")
    True
    """
    return narrowed(text).casefold()


def tidy(text: str, *, words: bool = False) -> tuple[str, tuple[Text, ...]]:
    r"""Return *text* trimmed and folded, and a note for each thing that was changed.

    Args:
        text: What a cell holds.
        words: Running text: only letters, digits, spaces and `%` are folded.

    >>> tidy(" ９８")[0], [note.en for note in tidy("98\u200b")[1]]
    ('98', ['invisible characters were removed'])
    """
    notes: list[Text] = []
    found = text
    if not text.isascii():
        visible = _ZERO_WIDTH.sub("", text)
        if visible != text:
            notes.append(INVISIBLE)
        found = visible.translate(_FOLD_WORDS if words else _FOLD)
        if found != visible and found.strip() != visible.strip():
            notes.append(FULL_WIDTH)
    trimmed = found.strip()
    if trimmed != found and trimmed:
        notes.append(TRIMMED)
    return trimmed, tuple(notes)


def unprintable(text: str) -> str | None:
    r"""Return the first control, direction or surrogate character; a line break is fine.

    >>> unprintable("P\x1b[2J"), unprintable("a\nb")
    ('\x1b', None)
    """
    found = _UNPRINTABLE.search(text)
    return found.group() if found else None
