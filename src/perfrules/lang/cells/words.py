"""Flags, texts, ids and choices."""

import re
from collections.abc import Sequence
from typing import Final

from perfrules.errors import Text
from perfrules.lang.cells.reading import (
    Reading,
    folded,
    is_blank,
    is_missing,
    refuse_error,
    refuse_length,
)
from perfrules.lang.characters import tidy, unprintable
from perfrules.lang.frame import Fault
from perfrules.lang.types import MISSING, Missing

A_FLAG: Final = Text("是 或 否", "是 (yes) or 否 (no)")
AS_LISTED: Final = Text("按选项的写法读", "it was read as the option is written")

# The whole list: a tick, `on` or `已审计` could mean anything.
FLAGS: Final = {"是": True, "否": False, "true": True, "false": False, "1": True, "0": False}

_LONGEST_ID = 100  # characters; what a pattern has to look at stays short
_PARTS = re.compile("[、,，;；\n]")


def read_flag(text: str) -> Reading[bool | Missing]:
    """Return the yes or no in a cell; raise `Fault` PRF512 for anything but the words of `FLAGS`.

    >>> read_flag("是").value, read_flag("FALSE").value, read_flag("—").value
    (True, False, MISSING)
    """
    if text in FLAGS:
        return Reading(FLAGS[text])
    refuse_length(text)
    found, notes = tidy(text)
    if is_missing(found):
        return Reading(MISSING)
    refuse_error(found, text)
    flag = FLAGS.get(
        found.lower() if found in (found.lower(), found.upper(), found.title()) else ""
    )
    if flag is None:
        raise Fault("PRF512", value=text, expected=A_FLAG)
    return Reading(flag, notes)


def read_text(text: str) -> Reading[str | Missing]:
    """Return the words in a cell, trimmed, letters and digits folded; line breaks stay.

    Only an empty cell and a dash are missing here: `无` may be what is meant.

    Raises:
        Fault: PRF504 an error value, PRF516 too long, PRF517 a control or direction character.

    >>> read_text("　Ａ类，甲 ").value, read_text("无").value, read_text("——").value
    ('A类，甲', '无', MISSING)
    """
    refuse_length(text)
    sign = unprintable(text.replace("\r\n", "\n"))
    if sign is not None:
        raise Fault("PRF517", value=text, sign=f"U+{ord(sign):04X}")
    found, notes = tidy(text.replace("\r\n", "\n"), words=True)
    if is_blank(found) or is_blank(folded(found)):
        return Reading(MISSING)
    refuse_error(found, text)
    return Reading(found, notes)


def read_id(text: str, pattern: str | None = None) -> Reading[str | Missing]:
    """Return the identifier in a cell: one line, and of the declared *pattern*.

    Raises:
        Fault: as for `read_text`; PRF515 not of the pattern, PRF517 a line break.

    >>> read_id(" P001 ").value, read_id("00123", "[0-9]{5}").value
    ('P001', '00123')
    """
    reading = read_text(text)
    found = reading.value
    if not isinstance(found, str):
        return reading
    if "\n" in found:
        raise Fault("PRF517", value=text, sign="U+000A")
    if len(found) > _LONGEST_ID:
        raise Fault("PRF516", value=found[:60], count=len(found), right=_LONGEST_ID)
    if pattern is not None and re.fullmatch(pattern, found) is None:
        raise Fault(
            "PRF515", value=text, expected=Text(f"形如 {pattern}", f"of the form {pattern}")
        )
    return reading


def read_choice(text: str, of: Sequence[str]) -> Reading[str | Missing]:
    """Return the option that a cell names; width and spaces don't matter and are noted.

    An option named like a missing value (`无`) is that option.

    Raises:
        Fault: PRF504, PRF516; PRF514 not one of the options.

    >>> read_choice("良 ", ("优", "良")).value, read_choice("暂无", ("优", "良")).value
    ('良', MISSING)
    """
    if text in of:
        return Reading(text)
    refuse_length(text)
    found = folded(text)
    for option in of:
        if folded(option) == found:
            return Reading(option, tidy(text)[1] or (AS_LISTED,))
    visible = tidy(text)[0]
    if visible in of:
        return Reading(visible, tidy(text)[1])
    if is_missing(visible):
        return Reading(MISSING)
    refuse_error(visible, text)
    raise Fault("PRF514", value=text, options=tuple(of))


def read_choices(text: str, of: Sequence[str]) -> Reading[frozenset[str] | Missing]:
    """Return the options that a cell lists, separated by `、`, `,`, `;` or line breaks.

    >>> sorted(read_choices("①、③", ("①", "②", "③")).value)
    ['①', '③']
    """
    if text in of:
        return Reading(frozenset((text,)))
    refuse_length(text)
    if is_missing(tidy(text)[0]):
        return Reading(MISSING)
    chosen: list[str] = []
    notes: list[Text] = []
    for part in _PARTS.split(text):
        reading = read_choice(part, of)
        if not isinstance(reading.value, str):
            raise Fault("PRF514", value=text, options=tuple(of))
        chosen.append(reading.value)
        notes += (note for note in reading.notes if note not in notes)
    return Reading(frozenset(chosen), tuple(notes))
