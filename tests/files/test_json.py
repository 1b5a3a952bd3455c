"""JSON and JSON lines become units: exact, bounded, a bad line alone."""

from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.errors import Diagnostic, UsageError
from perfrules.files.entry import Entry, Source
from perfrules.files.json import LONGEST_LINE, nesting, parse_json, read_json, read_jsonl


def source(text: str | bytes, name: str = "facts.json") -> Source:
    data = text if isinstance(text, bytes) else text.encode()
    return Source(name, lambda: BytesIO(data))


def json_units(text: str | bytes) -> list[Entry]:
    return list(read_json(source(text)))


def refused(text: str | bytes) -> Diagnostic:
    with pytest.raises(UsageError) as error:
        json_units(text)
    (problem,) = error.value.diagnostics
    return problem


VALUES = st.recursive(
    st.one_of(st.text(max_size=5), st.integers(), st.booleans(), st.none()),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
    ),
    max_leaves=8,
)


def test_one_unit_is_an_object_and_several_a_list() -> None:
    one = read_json(source('{"unit": "A", "executed": 95}'))
    assert (one.single, one.total) == (True, 1)
    (entry,) = one
    assert entry.facts == {"unit": "A", "executed": Decimal(95)}
    many = read_json(source('[{"unit": "A"}, {"unit": "B"}]'))
    assert (many.single, many.total) == (False, 2)
    assert [(entry.row, entry.unit) for entry in many] == [(1, "A"), (2, "B")]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("0.1", "0.1"),
        ("0.10", "0.10"),
        ("25000001", "25000001"),
        ("1e2", "1E+2"),
        ("-0.005", "-0.005"),
        # More digits than a float holds: 2 ** 53 + 1.
        ("9007199254740993", "9007199254740993"),
    ],
)
def test_a_number_is_the_decimal_that_was_written(text: str, want: str) -> None:
    value = parse_json(f"[{text}]", "facts.json")
    assert value == [Decimal(want)]
    assert str(value[0]) == want


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_left_for_admission_to_refuse_by_name(text: str) -> None:
    (entry,) = json_units(f'[{{"executed": {text}}}]')
    assert entry.facts is not None
    value = entry.facts["executed"]
    assert isinstance(value, Decimal)
    assert not value.is_finite()


def test_a_number_of_any_length_is_no_crash() -> None:
    (entry,) = json_units('{"executed": ' + "9" * 5000 + ', "other": 1e99999999999999999999}')
    assert entry.facts is not None
    assert entry.facts["executed"] == Decimal("9" * 5000)
    assert entry.facts["other"] == "1e99999999999999999999"


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ('[{"a": 1, "a": 2}]', "PRF609", 1),
        ('{"a": {"b": 1, "b": 1}}', "PRF609", 1),
        ("[" * 65 + "]" * 65, "PRF610", 1),
        ("[" * 100_000, "PRF610", 1),
        ('[\n{"a": 1,}\n]', "PRF608", 2),
        ('[{"a": 1', "PRF608", 1),
        ('{"a": 1}\n{"a": 2}', "PRF608", 2),
        ("", "PRF608", 1),
        ("a: 1", "PRF608", 1),
        ("[]", "PRF612", 1),
        (b'{"a": "\xcc\xec\xc3\xc5"}', "PRF606", 1),
        ('{"a": 1}'.encode("utf-16"), "PRF606", 1),
    ],
)
def test_a_text_that_is_not_sound_is_refused_whole(text: str | bytes, code: str, line: int) -> None:
    problem = refused(text)
    assert problem.code == code
    assert problem.span is not None
    assert problem.span.line == line


def test_64_levels_are_read() -> None:
    read: object = parse_json("[" * 64 + "]" * 64, "facts.json")
    depth = 0
    while isinstance(read, list):
        depth, read = depth + 1, read[0] if read else None
    assert depth == 64


def test_brackets_in_texts_are_no_depth() -> None:
    assert nesting('{"a": "[[[[\\"[[["}') == 1


def test_a_place_in_the_text_is_shown_under_chinese() -> None:
    problem = refused('{"单位": "某小学", executed: 1}')
    assert problem.span is not None
    assert problem.span.column == 15
    assert '{"单位": "某小学", executed: 1}' in problem.render("zh")


def test_json_lines_in_a_json_file_are_told_how_to_be_named() -> None:
    assert ".jsonl" in refused('{"a": 1}\n{"a": 2}').hint.en


def test_a_byte_order_mark_is_read_over() -> None:
    assert len(json_units(b'\xef\xbb\xbf{"a": 1}')) == 1


@pytest.mark.parametrize("item", ["[1, 2]", "1", '"A"', "null", "true"])
def test_an_item_that_is_no_unit_is_rejected_alone(item: str) -> None:
    bad, good = json_units(f'[{item}, {{"a": 1}}]')
    assert bad.facts is None
    assert [problem.code for problem in bad.problems] == ["PRF611"]
    assert "item 1" in bad.problems[0].message.en
    assert good.facts is not None


def test_a_bad_line_is_rejected_and_the_others_go_on() -> None:
    lines = [
        b'{"unit": "A"}',
        b"",
        b'{"unit": "B",}',
        b"[1]",
        b'{"unit": "\xcc\xec"}',
        b'{"a": 1, "a": 2}',
        b"[" * 100_000,
        '{"unit": "某小学"}'.encode(),
    ]
    entries = list(read_jsonl(source(b"\r\n".join(lines), "facts.jsonl")))
    assert [entry.row for entry in entries] == [1, 3, 4, 5, 6, 7, 8]
    assert [problem.code for entry in entries for problem in entry.problems] == [
        "PRF608", "PRF611", "PRF606", "PRF609", "PRF610",
    ]  # fmt: skip
    problems = [problem for entry in entries for problem in entry.problems]
    assert [str(problem.span).split(":")[1] for problem in problems] == list("34567")
    assert "line 5 " in entries[3].problems[0].message.en
    assert [entry.unit for entry in entries if entry.facts] == ["A", "某小学"]


def test_a_unit_twice_is_rejected_the_second_time_in_every_format() -> None:
    units = ['{"unit": "P001"}', '{"unit": "p００1 "}', '{"unit": "P002"}', "{}", "{}"]
    listed = json_units(f"[{','.join(units)}]")
    lines = list(read_jsonl(source("\n".join(units), "facts.jsonl")))
    for entries in (listed, lines):
        assert [entry.facts is None for entry in entries] == [False, True, False, False, False]
        assert "row 2 of facts.json" in entries[1].problems[0].message.en


def test_a_line_that_is_too_long_is_rejected_alone() -> None:
    text = b'{"a": "' + b"x" * LONGEST_LINE + b'"}\n{"a": 1}\n'
    long, good = read_jsonl(source(text, "facts.jsonl"))
    assert [problem.code for problem in long.problems] == ["PRF614"]
    assert (good.row, good.facts) == (2, {"a": Decimal(1)})


@pytest.mark.parametrize("text", ["", "\n \n"])
def test_json_lines_without_a_line_are_no_success(text: str) -> None:
    with pytest.raises(UsageError) as error:
        list(read_jsonl(source(text, "facts.jsonl")))
    assert [item.code for item in error.value.diagnostics] == ["PRF612"]


@settings(max_examples=100, deadline=None)
@given(st.one_of(st.text(max_size=60), st.binary(max_size=60)))
def test_any_text_gives_units_or_sentences(text: str | bytes) -> None:
    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    for read in (read_json, read_jsonl):
        try:
            entries = list(read(source(data)))
        except UsageError:
            continue
        assert all((entry.facts is None) == bool(entry.problems) for entry in entries)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(max_size=5), VALUES, max_size=4))
def test_what_json_writes_is_read_back(facts: dict[str, object]) -> None:
    import json

    (entry,) = json_units(json.dumps(facts))
    assert entry.facts == facts
