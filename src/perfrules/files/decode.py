"""Bytes become text by the encoding that was named, never by a guess; a hint names a likely one."""

import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE

from perfrules.errors import Diagnostic, Text, UsageError
from perfrules.files.entry import at_line
from perfrules.messages import diagnose, did_you_mean

# Text encodings alone: Python's own list also holds rot13 and base64.
ENCODINGS = ("utf-8", "gbk", "gb2312", "gb18030", "utf-16", "utf-16-le", "utf-16-be", "big5")
LAST_DOUBTFUL = "\u07ff"  # the last sign that UTF-8 writes in two bytes, as GBK writes its own
_DOUBTFUL = re.compile("[\u0080-\u07ff]{2,}")
_SHOWN = 8  # bytes of the place that can't be decoded


def encoding_named(name: str | None) -> str:
    """Return Python's name of an encoding; None is UTF-8, with or without a byte order mark.

    >>> encoding_named(None), encoding_named("GBK"), encoding_named("UTF8")
    ('utf-8-sig', 'gbk', 'utf-8-sig')
    """
    if name is None:
        return "utf-8-sig"
    folded = name.strip().lower().replace("_", "-")
    if folded in ("utf8", "utf-8", "utf-8-sig"):
        return "utf-8-sig"
    if folded not in ENCODINGS:
        raise UsageError(
            (
                diagnose(
                    "PRF607",
                    value=name,
                    expected=Text(", ".join(ENCODINGS), ", ".join(ENCODINGS)),
                    hint=did_you_mean(folded, ENCODINGS),
                ),
            )
        )
    return folded


def likely(data: bytes) -> str | None:
    r"""Return the encoding that *data*, which is not UTF-8, is most likely written in, or None.

    >>> likely("单位".encode("gbk")), likely("单位".encode("utf-16")), likely(b"\xff")
    ('gbk', 'utf-16', None)
    """
    if data.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):
        return "utf-16"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError as fault:
        # A window on a longer file may end in the middle of a sign.
        return "gbk" if 0 < len(data) - fault.start < 4 < fault.start else None  # noqa: PLR2004
    return "gbk"


def not_text(file: str, encoding: str, data: bytes, start: int, line: int) -> Diagnostic:
    """Return PRF606 for the byte at *start* of *data*, which stands in *line* of *file*."""
    place = data[start : start + _SHOWN]
    named = "utf-8" if encoding == "utf-8-sig" else encoding
    guess = likely(data[:2] + data[start:]) if named == "utf-8" else None
    if named == "utf-8" and data.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):
        guess = "utf-16"
    hint = (
        Text(
            f"看起来是 {guess} 编码：加上 --encoding {guess}，或另存为 UTF-8。",
            f"it looks like {guess}: add --encoding {guess}, or save the file as UTF-8.",
        )
        if guess and guess != named
        else Text(
            "在原程序中把文件另存为 UTF-8。", "save the file as UTF-8 in the program it comes from."
        )
    )
    return diagnose(
        "PRF606",
        at_line(file, line),
        value=place.hex(" "),
        file=file,
        line=line,
        encoding=named,
        hint=hint,
    )


def two_readings(file: str, text: str, line: int) -> Diagnostic | None:
    """Return PRF627 where a line read as UTF-8 would as well be Chinese in GBK, else None.

    Some words of two-byte signs are sound in both: 某小学 in GBK is ĳСѧ in UTF-8. The caller asks
    only where nothing in the file is Chinese in UTF-8.
    """
    found = _DOUBTFUL.search(text)
    if found is None:
        return None
    try:
        other = found[0].encode().decode("gb2312")
    except UnicodeDecodeError:
        return None
    return diagnose(
        "PRF627", at_line(file, line), value=found[0], other=other, file=file, line=line
    )


def decode(data: bytes, file: str, encoding: str | None, first: int = 1) -> str:
    """Return *data*, which starts at line *first* of the file, as text.

    Raises:
        UsageError: PRF606 at the first line that isn't in *encoding*.
    """
    name = encoding_named(encoding)
    try:
        return data.decode(name)
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + first
        raise UsageError((not_text(file, name, data, fault.start, line),)) from None
