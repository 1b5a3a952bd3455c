"""Lines of a file: decoded as told, of bounded length, their encoding never in doubt."""

from io import BytesIO

import pytest

from perfrules.errors import UsageError
from perfrules.files.entry import Source
from perfrules.files.lines import LONGEST, Lines, lines_of, raw_lines


def read(data: bytes, encoding: str | None = None) -> list[str]:
    return list(lines_of(Source("facts.csv", lambda: BytesIO(data)), encoding))


@pytest.mark.parametrize("encoding", [None, "gbk", "utf-16", "utf-8"])
def test_lines_come_as_they_were_written(encoding: str | None) -> None:
    data = "预算,数\n1,2\n".encode(encoding or "utf-8")
    assert [line for line in read(data, encoding) if line != "\n"] == ["预算,数\n", "1,2\n"]


def test_a_mark_stands_at_the_start_alone() -> None:
    assert read(b"\xef\xbb\xbfa\n\xef\xbb\xbfb\n") == ["a\n", "\ufeffb\n"]


@pytest.mark.parametrize(
    ("data", "encoding", "code"),
    [
        ("单位\n".encode("gbk"), None, "PRF606"),
        ("单位\n".encode("utf-16")[:-1], "utf-16", "PRF606"),
        ("某小学\n".encode("gbk")[:6] + b"\n", None, "PRF627"),
        (b"a" * (LONGEST + 1), None, "PRF614"),
    ],
)
def test_what_can_not_be_read(data: bytes, encoding: str | None, code: str) -> None:
    with pytest.raises(UsageError) as error:
        read(data, encoding)
    assert [item.code for item in error.value.diagnostics] == [code]


def test_one_chinese_sign_settles_the_encoding() -> None:
    assert len(read("ĳСѧ\n甲\n".encode())) == 2


def test_lines_are_counted_and_never_longer_than_is_read() -> None:
    lines = Lines("facts.csv", None)
    assert list(map(lines.text, raw_lines(BytesIO(b"a\nb")))) == ["a\n", "b"]
    assert lines.number == 2
    longest = list(raw_lines(BytesIO(b"x" * (LONGEST * 2) + b"\n")))
    assert [len(line) for line in longest] == [LONGEST, LONGEST, 1]
