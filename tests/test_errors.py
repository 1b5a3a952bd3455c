"""Diagnostics as data and as a person reads them."""

import json
import pickle

import pytest

from perfrules.errors import (
    DiagnosedError,
    Diagnostic,
    FactsError,
    PerfrulesError,
    RulesetError,
    Span,
    Text,
    UsageError,
    caret,
    in_source_order,
    width,
)


def at(line: int, column: int, code: str = "PRF401") -> Diagnostic:
    return Diagnostic(
        code, Text("句", "sentence"), span=Span("a.yaml", line, column, line, column + 1)
    )


def test_a_text_falls_back_on_the_other_language() -> None:
    assert Text("预算", "budget").get("zh") == "预算"
    assert Text("预算").get("en") == "预算"
    assert Text(en="budget").get("zh") == "budget"
    assert not Text()
    assert Text("预算").json() == {"zh": "预算"}


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("分值", 4), ("：", 2), ("a分", 3), ("", 0), ("½", 1)]
)
def test_width(text: str, columns: int) -> None:
    assert width(text) == columns


def test_the_caret_stands_under_chinese_text() -> None:
    line = "title: 预算执行率 x"
    start = line.index("执") + 1
    source, below = caret(line, Span("a.yaml", 7, start, 7, start + 2))
    assert source == "    7 | title: 预算执行率 x"
    # seven signs, then two Chinese ones of two columns each
    assert below == "      | " + " " * (7 + 4) + "^^^^"


def test_a_caret_is_shown_for_an_empty_place() -> None:
    _, below = caret("", Span("a.yaml", 1, 1, 1, 1))
    assert below.endswith("| ^")


def test_a_tab_is_shown_as_one_space() -> None:
    source, below = caret("\tx: 1", Span("a.yaml", 1, 2, 1, 3))
    assert source.endswith("|  x: 1")
    assert below.endswith("|  ^")


def test_a_long_line_is_cut_around_the_place() -> None:
    line = "x" * 5000 + "y" + "z" * 5000
    source, below = caret(line, Span("a.yaml", 1, 5001, 1, 5002))
    assert len(source) < 120
    assert source[below.index("^")] == "y"


def test_control_signs_are_not_printed() -> None:
    source, _ = caret("a\x1b[2Jb", Span("a.yaml", 1, 1, 1, 2))
    assert "\x1b" not in source


def test_rendering_in_both_languages() -> None:
    item = Diagnostic(
        "PRF401",
        Text("合计110", "the sum is 110"),
        hint=Text("改为100", "make it 100"),
        severity="warning",
        span=Span("a.yaml", 3, 8, 3, 11),
        excerpt="total: 100",
    )
    assert item.render("en").splitlines() == [
        "a.yaml:3:8: warning PRF401: the sum is 110",
        "    3 | total: 100",
        "      |        ^^^",
        "  hint: make it 100",
    ]
    assert item.render("zh").startswith("a.yaml:3:8: 警告 PRF401: 合计110\n")
    assert str(item) == item.render("en")


def test_json_has_the_same_keys_with_and_without_a_place() -> None:
    bare = Diagnostic("PRF502", Text("缺", "missing"), path=("inputs", 1))
    assert list(bare.json()) == list(at(1, 1).json())
    assert json.loads(json.dumps(bare.json()))["path"] == ["inputs", 1]
    assert bare.json()["line"] is None


def test_source_order() -> None:
    bare = Diagnostic("PRF502", Text("缺", "missing"))
    first, same, last = at(2, 9), at(2, 9, "PRF402"), at(10, 1)
    assert in_source_order([last, same, first, bare]) == (bare, first, same, last)


@pytest.mark.parametrize("kind", [RulesetError, FactsError, UsageError])
def test_errors_carry_their_diagnostics_through_a_pickle(kind: type[DiagnosedError]) -> None:
    error = kind((at(1, 1), at(2, 2)))
    assert isinstance(error, PerfrulesError)
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert type(again) is kind
    assert again.diagnostics == error.diagnostics
    assert str(error).count("PRF401") == 2
    assert error.render("zh").count("错误") == 2
