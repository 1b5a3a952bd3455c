"""Bytes: UTF-8 alone, whatever the line ends, and only what can be shown."""

import pytest

from perfrules.errors import RulesetError
from perfrules.lang.document.source import Source, read_source


def refused(source: bytes | str) -> list[tuple[str, int, int, str | None]]:
    with pytest.raises(RulesetError) as caught:
        read_source(source, "x.yaml")
    return [
        (item.code, item.span.line, item.span.column, item.value)
        for item in caught.value.diagnostics
        if item.span is not None
    ]


@pytest.mark.parametrize(
    ("data", "place", "what"),
    [
        ("a: 1\ntitle: 优".encode("gbk"), (2, 8), "GB18030"),
        ("title: 教育".encode("utf-16"), (1, 1), "UTF-16"),
        ("title: x\n".encode("utf-16-be"), (1, 1), "UTF-16"),
        ("title: 教育\n".encode("utf-16-le"), (1, 2), "UTF-16"),
        (b"PK\x03\x04\x14\x00", (1, 1), "Excel"),
        (b"\xd0\xcf\x11\xe0", (1, 1), "old Excel"),
        (b"\x1f\x8b\x08", (1, 1), "compressed"),
        (b"title: caf\xe9\n", (1, 11), "damaged"),
        (b"title: \xc0\xaf\n", (1, 8), "GB18030"),  # overlong UTF-8
        ("题\r\n甲优".encode()[:-1], (2, 2), ""),  # cut off in the middle of a character
        (b"a: 1\rb: \xff\n", (2, 4), ""),
    ],
)
def test_other_encodings_are_refused(data: bytes, place: tuple[int, int], what: str) -> None:
    with pytest.raises(RulesetError) as caught:
        read_source(data, "x.yaml")
    (found,) = caught.value.diagnostics
    assert found.span is not None
    assert (found.code, (found.span.line, found.span.column)) == ("PRF105", place)
    assert what in found.message.en
    assert "UTF-8" in found.hint.en


@pytest.mark.parametrize(
    ("text", "column", "value"),
    [
        ("a\x00b", 2, "U+0000"),
        ("a\x1b[31m", 2, "U+001B"),
        ("a\x7f", 2, "U+007F"),
        ("a\x85b", 2, "U+0085"),
        ("a\u2028b", 2, "U+2028 LINE SEPARATOR"),
        ("ab\u202e", 3, "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\ufeff\ufeff", 1, "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("a\ud800", 2, "U+D800"),
        ("a\uffff", 2, "U+FFFF"),
        ("a\U000e0041", 2, "U+E0041 TAG LATIN CAPITAL LETTER A"),
    ],
)
def test_what_cannot_be_shown_is_refused(text: str, column: int, value: str) -> None:
    assert refused(text) == [("PRF106", 1, column, value)]


def test_every_such_character_is_told() -> None:
    assert refused("a\x07\nb\x08") == [
        ("PRF106", 1, 2, "U+0007"),
        ("PRF106", 2, 2, "U+0008"),
    ]


def test_line_ends_become_line_feeds() -> None:
    assert read_source(b"\xef\xbb\xbfa\r\nb\rc\n", "x").text == "a\nb\nc\n"
    assert read_source("\ufeffa\u00a0😀\t", "x").text == "a\u00a0😀\t"


def test_places_and_lines() -> None:
    text = Source("x", "ab\n\n文c")
    assert [text.line(number) for number in (0, 1, 2, 3, 4)] == ["", "ab", "", "文c", ""]
    assert text.index(3, 2) == 5
    assert text.index(9, 1) == 6
    span = text.span(1, 5)
    assert (span.line, span.column, span.end_line, span.end_column) == (1, 2, 3, 2)
