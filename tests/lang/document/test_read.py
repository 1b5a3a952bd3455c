"""Documents: values, places, faults all at once, and never another exception."""

import copy
import pickle

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.errors import Diagnostic, RulesetError, Span
from perfrules.lang.document import Document, Scalar, read_document, read_listed
from perfrules.lang.document.build import MOST_CHARACTERS, MOST_NODES, Builder
from perfrules.lang.document.read import Kind
from perfrules.lang.document.source import MOST_BYTES

TEXT = """\
ruleset: city.school  # 学校
title: {zh: 学校, en: "School"}
indicators:
- id: 入学率
  points: 20
  score:
    method: bands
    note: |
      一
      二

- id: b
  x-note:
allow: []
"""


def faults(source: bytes | str, *, pure: bool = False) -> list[Diagnostic]:
    with pytest.raises(RulesetError) as caught:
        read_document(source, "x.yaml", pure=pure)
    return list(caught.value.diagnostics)


def codes(source: bytes | str, *, pure: bool = False) -> list[tuple[str, int, int]]:
    found = []
    for item in faults(source, pure=pure):
        assert item.span is not None
        found.append((item.code, item.span.line, item.span.column))
    return found


@pytest.fixture(params=[False, True], ids=["libyaml", "pure"])
def document(request: pytest.FixtureRequest) -> Document:
    return read_document(TEXT, "x.yaml", pure=request.param)


def test_values_are_what_was_written(document: Document) -> None:
    assert document.value == {
        "ruleset": "city.school",
        "title": {"zh": "学校", "en": "School"},
        "indicators": [
            {"id": "入学率", "points": "20", "score": {"method": "bands", "note": "一\n二\n"}},
            {"id": "b", "x-note": ""},
        ],
        "allow": [],
    }
    title = document.value["title"]
    assert isinstance(title, dict)
    assert [item.quoted for item in title.values()] == [False, True]
    assert [type(key) for key in title] == [str, str]


@pytest.mark.parametrize(
    ("path", "key", "place"),
    [
        ((), False, (1, 1, 14, 10)),
        (("ruleset",), False, (1, 10, 1, 21)),
        (("ruleset",), True, (1, 1, 1, 8)),
        (("title",), False, (2, 8, 2, 30)),
        (("title", "en"), False, (2, 21, 2, 29)),
        (("indicators",), False, (4, 1, 13, 9)),
        (("indicators", 0), False, (4, 3, 10, 8)),
        (("indicators", 0, "score", "note"), False, (8, 11, 10, 8)),
        (("indicators", 1, "x-note"), False, (13, 3, 13, 9)),  # nothing written: its key
        (("allow",), False, (14, 8, 14, 10)),
        (("indicators", 0, "points", "no"), False, (5, 11, 5, 13)),  # the nearest there is
        (("indicators", 0, "weight"), True, (4, 3, 10, 8)),
        (("nowhere", 3), False, (1, 1, 14, 10)),
    ],
)
def test_places(
    document: Document, path: tuple[str | int, ...], *, key: bool, place: tuple[int, ...]
) -> None:
    assert document.span(path, key=key) == Span("x.yaml", *place)


def test_a_diagnostic_has_its_place_its_line_and_its_path(document: Document) -> None:
    path = ("indicators", 0, "points")
    found = document.diagnose("PRF201", path, key=True, value="points", guess="")
    assert str(found.span) == "x.yaml:5:3"
    assert (found.excerpt, found.path) == ("  points: 20", path)
    inner = document.diagnose("PRF201", path, start=1, value="0", guess="").span
    assert inner == Span("x.yaml", 5, 12, 5, 13)


def test_a_document_can_be_copied_and_sent(document: Document) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(document, protocol))  # noqa: S301 - our own bytes
        assert again == document
        assert again.value["title"]["en"].quoted
        assert not again.value["ruleset"].quoted
    title = copy.deepcopy(document.value)["title"]
    assert isinstance(title, dict)
    assert title["en"].quoted


def test_all_faults_are_told_at_once_in_source_order() -> None:
    text = "a: &x 1\nb: *x\nc: !t 2\na: 3\n[k]: 4\n<<: 5\nd: {when: max(a, b)}\ne: @\nf: *y\n"
    assert codes(text) == [
        ("PRF110", 1, 4),
        ("PRF110", 2, 4),
        ("PRF112", 3, 4),
        ("PRF113", 4, 1),
        ("PRF114", 5, 1),
        ("PRF111", 6, 1),
        ("PRF123", 7, 11),
        ("PRF119", 8, 4),  # nothing is read behind a fault of syntax
    ]


def test_a_hundred_faults_are_enough() -> None:
    assert len(codes("a: 1\n" * 1000)) == 100
    assert len(codes("\x07" * 1000)) == 100


@pytest.mark.parametrize(
    ("keys", "same"),
    [
        (("id", "ｉｄ"), True),
        (("id", "id\u00a0"), True),
        (("id", "i\u200bd"), True),
        (("café", "cafe\u0301"), True),
        (("4", "4.0"), True),
        (("0.50", ".5"), True),
        (("4", '"4"'), True),
        (("4", "04"), False),
        (('"4"', '"4.0"'), False),
        (("id", "ID"), False),
        (("①", "②"), False),
    ],
)
def test_which_keys_are_the_same(keys: tuple[str, str], *, same: bool) -> None:
    text = "".join(f"{key}: 1\n" for key in keys)
    if same:
        assert [code for code, line, _ in codes(text)] == ["PRF113"]
        assert faults(text)[0].message.en.endswith("first in line 1")
    else:
        assert len(read_document(text, "x").value) == 2


def test_dates_numbers_and_words_are_keys_as_written() -> None:
    text = "values: {2020-01-01: 50%, 4: 25%, 1.0: x, true: y, ~: z}\n"
    assert read_document(text, "x").value == {
        "values": {"2020-01-01": "50%", "4": "25%", "1.0": "x", "true": "y", "~": "z"}
    }


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 33 + "]" * 33, (1, 33)),
        ("[" * 100_000, (1, 33)),
        ("- " * 3000 + "x\n", (1, 65)),
        ("a: " + "[" * 32 + "]" * 32, (1, 35)),
        ('a: {"[": ' + "[" * 5000, (1, 40)),
    ],
)
def test_depth_stops_at_its_limit(text: str, place: tuple[int, int], *, pure: bool) -> None:
    assert codes(text, pure=pure) == [("PRF102", *place)]


def test_what_is_just_within_the_limits_is_read() -> None:
    assert read_document("a: " + "[" * 31 + "]" * 31, "x").value
    assert read_document("a: " + "x" * MOST_CHARACTERS, "x").value
    assert codes("a: " + "x" * (MOST_CHARACTERS + 1)) == [("PRF104", 1, 4)]
    assert codes("#" * (MOST_BYTES - 3) + "文") == [("PRF107", 1, 1)]
    assert codes("#" * (MOST_BYTES - 2) + "文") == [("PRF101", 1, 1)]
    assert codes(b"#" * (MOST_BYTES + 1)) == [("PRF101", 1, 1)]
    # The mapping, its key, the list, and what is in it.
    assert read_document(f"a: [{'1,' * (MOST_NODES - 3)}]", "x").value
    assert codes(f"a: [{'1,' * (MOST_NODES - 2)}]")[0][0] == "PRF103"


def test_nothing_is_read_beyond_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []
    take = Builder.take

    def counted(self: Builder, event: object) -> None:
        taken.append(event)
        take(self, event)

    monkeypatch.setattr(Builder, "take", counted)
    assert codes("- " * 100_000) == [("PRF102", 1, 65)]
    assert len(taken) <= 35
    taken.clear()
    assert codes("a: [" + "&n 1," * 100_000)[-1] == ("PRF110", 1, 4 + 1 + 99 * 5)
    assert len(taken) <= 105
    taken.clear()
    assert codes("a: " + "x" * MOST_BYTES) == [("PRF101", 1, 1)]
    assert taken == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("PRF107", 1, 1)]),
        ("---\n", [("PRF107", 1, 1)]),
        ("~", [("PRF108", 1, 1)]),
        ('""', [("PRF108", 1, 1)]),
        ("[]", [("PRF108", 1, 1)]),
        ("- &a x\n", [("PRF108", 1, 1), ("PRF110", 1, 3)]),
        ("a: 1\n...\nb: 2\n", [("PRF109", 3, 1)]),
        (": x\n", [("PRF114", 1, 1)]),
        ('"": x\n', [("PRF114", 1, 1)]),
        ("{: x}\n", [("PRF114", 1, 2)]),
        ("*a : x\n", [("PRF110", 1, 1)]),
        ("a: !!seq [x]\n", [("PRF112", 1, 4)]),
        ("a: !!str [x]\n", [("PRF112", 1, 4)]),
        ("a: &b !!str x\n", [("PRF110", 1, 4)]),
        ("%TAG ! tag:x,2002:\n---\na: !b c\n", [("PRF128", 1, 1), ("PRF112", 3, 4)]),
        ("%FOO\n---\na: 1\n", [("PRF128", 1, 1)]),
    ],
)
@pytest.mark.parametrize("pure", [False, True])
def test_odd_documents(text: str, expected: list[tuple[str, int, int]], *, pure: bool) -> None:
    assert codes(text, pure=pure) == expected


@pytest.mark.parametrize(
    "head", ["%YAML 1.1\n---\n", "# 说明\n%YAML 1.2\n---\n", "---\n", "\ufeff"]
)
def test_harmless_heads(head: str) -> None:
    assert read_document(head + "a: 1\n", "x").value == {"a": "1"}


def test_a_document_of_facts_may_be_a_list() -> None:
    assert read_listed("- {unit: 甲}\n- {unit: 乙}\n", "x") == [{"unit": "甲"}, {"unit": "乙"}]
    assert read_listed(b"unit: x", "x") == {"unit": "x"}
    for text, code in (("x", "PRF108"), ("", "PRF107"), ("- *a", "PRF110"), ("[", "PRF122")):
        with pytest.raises(RulesetError) as caught:
            read_listed(text, "x")
        assert [item.code for item in caught.value.diagnostics] == [code]


def never_another(source: bytes | str, *, pure: bool) -> Document | None:
    try:
        return read_document(source, "x.yaml", pure=pure)
    except RulesetError as error:
        refused = error
    assert refused.diagnostics
    assert refused.render("zh")
    assert refused.render("en")
    for item in refused.diagnostics:
        assert item.span is not None
        assert item.span.line >= 1
        assert item.span.column >= 1
        assert (item.span.end_line, item.span.end_column) >= (item.span.line, item.span.column)
    return None


PIECES = st.sampled_from([
    "a", "b: ", ": ", ":", "- ", "-", "\n", "\n  ", "\n    ", '"', "'", "[", "]", "{", "}", ",",
    "#", " # ", "|", ">", "|-\n  ", ">2\n", "\t", "!", "!!str ", "&x ", "*x", "? ", "%", "---\n",
    "...\n", "\\", "\\n", "\\x41", "\\ud800", "\\UFFFFFFFF", "\\\n", "权重：10", "优", "\r\n", "\r",
    "80%", "(", ")", "<<: ", "~", "\u00a0", "😀", "\u2028", "\ud800", "\x00", "\ufeff",
    "%YAML 1.2\n",     "key: value\n", "@", "`", "=", "'it''s'", "x y\n  z",
])  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    source=st.lists(PIECES, max_size=14).map("".join)
    | st.text(max_size=40)
    | st.binary(max_size=40)
    | st.lists(PIECES, max_size=8).map(lambda parts: "".join(parts).encode("utf-8", "replace")),
    pure=st.booleans(),
)
def test_any_text_gives_a_document_or_diagnostics(source: bytes | str, *, pure: bool) -> None:
    document = never_another(source, pure=pure)
    if document is not None:
        assert document.span(()) is not None


WORDS = st.text(st.sampled_from([*"ab优 \n'\"\\:#-[]{},>|&*!%@1.", "\u00a0", "😀"]), max_size=12)
VALUES = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(WORDS.filter(lambda key: bool(key.strip(" \n\u00a0"))), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(value=VALUES, flow=st.sampled_from([True, False, None]), style=st.sampled_from(['"', None]))
def test_what_yaml_writes_is_read_alike_by_both_scanners(
    value: object, *, flow: bool | None, style: str | None
) -> None:
    text = yaml.safe_dump(
        {"k": value}, default_flow_style=flow, default_style=style, allow_unicode=True
    )
    fast, slow = (outcome(text, pure=pure) for pure in (False, True))
    assert fast == slow
    if isinstance(fast, Document):
        assert fast.value == {"k": value}
        for path, span in fast.spans.items():
            around = fast.spans[path[:-1]]
            assert (around.line, around.column) <= (span.line, span.column)
            assert (span.end_line, span.end_column) <= (around.end_line, around.end_column)
    else:
        assert {code for code, *_ in fast} <= {"PRF111", "PRF113", "PRF123"}


def outcome(text: str, *, pure: bool) -> Document | list[tuple[str, int, int]]:
    document = never_another(text, pure=pure)
    return codes(text, pure=pure) if document is None else document


def test_a_scalar_is_its_text() -> None:
    assert {Scalar("a"): 1} == {"a": 1}
    assert Scalar("a", quoted=True) == Scalar("a")
    assert Scalar().quoted is False


@pytest.mark.parametrize(
    ("file", "kind", "start"),
    [
        ("x.yaml", "ruleset", "ruleset:"),
        ("x.yaml", "library", "library:"),
        ("x.yaml", "portfolio", "portfolio:"),
        ("x.yaml", "cases", "cases:"),
        ("x.cases.yaml", None, "cases:"),
        ("cases.yaml", None, "what it is"),
    ],
)
@pytest.mark.parametrize("text", ["", "# nothing\n", "x"])
def test_a_file_without_anything_is_told_how_its_kind_begins(
    file: str, kind: Kind | None, start: str, text: str
) -> None:
    with pytest.raises(RulesetError) as caught:
        read_document(text, file, kind)
    hint = caught.value.diagnostics[0].hint
    assert hint.en.startswith(f"start with {start}")
    assert start == "what it is" or start in hint.zh


@pytest.mark.parametrize("text", ["", "x"])
def test_facts_are_not_told_to_begin_like_a_ruleset(text: str) -> None:
    with pytest.raises(RulesetError) as caught:
        read_listed(text, "facts.yaml")
    hint = caught.value.diagnostics[0].hint
    assert "ruleset:" not in hint.en + hint.zh
    assert "executed: 107.78万元" in hint.en
    assert "executed: 107.78万元" in hint.zh
