"""The changes that are tried: each kind at its line, none outside the document."""

import pytest

from perfrules.analysis.mutate import Mutant, edited, mutants_of
from perfrules.lang.document import read_document
from perfrules.lang.load import load_document, load_ruleset
from tests.sample_rulesets import FORM

HEAD = "ruleset: one\nversion: '1.0'\ntitle: 一\ntotal: 10\ngrades: [{name: 及, at_least: 0}]\n"


def mutants(text: str) -> tuple[Mutant, ...]:
    return mutants_of(load_ruleset(text), read_document(text, "<text>"))


def changes(text: str) -> list[tuple[str, str, str]]:
    return [(item.kind, item.before, item.after) for item in mutants(text)]


def test_the_form_by_hand() -> None:
    found = changes(FORM)
    assert ("points", "output 80, execution 20", "output 79, execution 21") in found
    assert [item for item in found if item[0] == "grade"] == [
        ("grade", "优 90", "优 89"), ("grade", "优 90", "优 91"),
        ("grade", "良 80", "良 79"), ("grade", "良 80", "良 81"),
        ("grade", "中 60", "中 59"), ("grade", "中 60", "中 61"),
        ("grade", "差 0", "差 1"),
    ]  # fmt: skip
    assert ("rounding", "digits: 2", "digits: 1") in found
    assert ("negated", "misused", "not (misused)") in found
    assert ("threshold", "rate < 80%", "rate < 79%") in found
    assert ("comparison", "rate < 80%", "rate <= 80%") in found
    assert ("threshold", "100%", "99%") in found


def test_each_stands_where_it_is_written() -> None:
    lines = FORM.splitlines()
    for item in mutants(FORM):
        if item.kind == "threshold":
            assert lines[item.span.line - 1][item.span.column - 1].isdigit(), item


def one(score: str, more: str = "") -> str:
    return (
        f"{HEAD}"
        "inputs: {x: {type: number}, s: {type: choice, many: true, of: [甲, 乙]}}\n"
        f"indicators: [{{id: a, points: 10, {more}score: {score}}}]\n"
        "report: {s: '\"甲\" in s', x: x}\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (one("{method: bands, actual: x, bands: [{at_least: 9, points: 10}, {else: 0}]}"),
         ("comparison", "at_least", "above")),
        (one("{method: bands, actual: x, bands: [{at_least: 9, points: 9}, {else: 0}]}"),
         ("share", "9", "8")),
        (one("{method: proportional, actual: x, target: 5, floor: 60%}"),
         ("limit", "floor: 60%", "")),
        (one("{method: checklist, actual: s, elements: [{id: 甲, share: 60%, required: true}, "
             "{id: 乙, share: 40%}]}"), ("share", "甲 60%, 乙 40%", "甲 59%, 乙 41%")),
        (one("{method: checklist, actual: s, elements: [{id: 甲, share: 60%, required: true}, "
             "{id: 乙, share: 40%}]}"), ("limit", "required: true", "")),
        (one("{method: met, when: x > 1}", "applies_when: x != 7, not_applicable: zero, "),
         ("policy", "not_applicable: zero", "not_applicable: full")),
    ],
)  # fmt: skip
def test_kinds(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in changes(text)


def test_what_nothing_reads_is_left_alone() -> None:
    """With `default: top` a level is worth the upper end of its range alone."""
    text = (
        f"{HEAD}inputs: {{l: {{type: choice, of: [好, 差]}}}}\n"
        "indicators: [{id: a, points: 10, score: {method: levels, level: l, default: top, "
        "shares: {好: [100%, 80%], 差: [70%, 0%]}}}]\n"
    )
    assert {item[1] for item in changes(text) if item[0] == "share"} == {"100%", "70%"}


def test_an_edit_changes_the_meaning_and_not_the_document() -> None:
    document = read_document(FORM, "<text>")
    before = load_document(document).digest
    digests = set()
    for item in mutants(FORM):
        lowest = item.before == "差 0"  # check refuses a scale that doesn't begin at 0
        if item.kind in ("grade", "points", "negated") and not lowest:
            digests.add(load_document(edited(document, item.edits)).digest)
    assert before not in digests
    assert len(digests) == 6 + 1 + sum(item.kind == "negated" for item in mutants(FORM))
    assert load_document(document).digest == before
