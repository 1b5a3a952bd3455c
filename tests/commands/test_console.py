"""Streams of any encoding are survived."""

import io
import json

from perfrules.commands.console import Console


def console(encoding: str = "utf-8", *, terminal: bool = False) -> tuple[Console, io.BytesIO]:
    raw = io.BytesIO()
    out = io.TextIOWrapper(raw, encoding=encoding, write_through=True)
    out.isatty = lambda: terminal  # type: ignore[method-assign] # a terminal for the test
    return Console(out, out, "zh"), raw


def test_signs_that_a_console_lacks_are_shown_by_their_number() -> None:
    shown, raw = console("gbk")
    shown.print("某小学 ✓")
    assert raw.getvalue() == "某小学 \\u2713\n".encode("gbk")


def test_data_in_a_pipe_is_utf_8() -> None:
    shown, raw = console("ascii")
    shown.data('{"unit": "某小学✓"}\n')
    assert raw.getvalue() == '{"unit": "某小学✓"}\n'.encode()


def test_data_on_a_terminal_stays_json() -> None:
    shown, raw = console("gbk", terminal=True)
    shown.data('{"unit": "某小学✓¥😀"}\n')
    assert json.loads(raw.getvalue().decode("gbk")) == {"unit": "某小学✓¥😀"}


def test_half_of_a_sign_is_no_crash() -> None:
    shown, raw = console()
    shown.data('"\ud800"\n')
    shown.print("\ud800")
    assert raw.getvalue() == b'"\\ud800"\n\\ud800\n'


def test_a_text_ends_with_one_line_feed() -> None:
    shown, raw = console()
    shown.print("a")
    shown.print("b\n")
    assert raw.getvalue() == b"a\nb\n"
