"""Every bad case gives exactly the diagnostics recorded beside it, in English and in Chinese."""

import re
from pathlib import Path

import pytest

from perfrules.errors import Diagnostic, RulesetError
from perfrules.finder import RegistryFinder
from perfrules.lang.load import load_ruleset
from perfrules.messages import meaning, methods
from perfrules.registry import default_registry
from tests.record_bad_cases import BAD, GOOD, bad_cases, diagnostics, rendered, source

CASES = bad_cases()
CODED = re.compile(r"(PRF[0-9]{3})_[a-z0-9_]+")


def name(path: Path) -> str:
    return path.stem


@pytest.mark.parametrize("path", CASES, ids=name)
def test_says_what_is_recorded(path: Path) -> None:
    recorded = path.with_suffix(".txt").read_text(encoding="utf-8")
    assert rendered(path) == recorded


@pytest.mark.parametrize("path", CASES, ids=name)
def test_its_code_is_among_them(path: Path) -> None:
    coded = CODED.fullmatch(path.stem)
    if coded:
        assert coded[1] in {item.code for item in diagnostics(path)}
    else:
        assert diagnostics(path)


@pytest.mark.parametrize("path", [path for path in CASES if path.stem[3] == "4"], ids=name)
def test_one_fault_of_meaning_is_one_diagnostic(path: Path) -> None:
    assert [item.code for item in diagnostics(path)] == [path.stem[:6]]


@pytest.mark.parametrize("path", CASES, ids=name)
def test_sentences_are_whole(path: Path) -> None:
    for item in diagnostics(path):
        for text in (item.message, item.hint):
            for words in (text.zh, text.en):
                assert not re.search(r"Text\(|Kind\.|<class|\bNone\b|Decimal", words), words
        assert item.message.zh
        assert item.message.en
        assert not re.search(r"(?i)\binvalid|\bplease|!$", f"{item.message.en} {item.hint.en}")
        assert place_is_in(item, source(path).decode("utf-8", "replace"))


def place_is_in(item: Diagnostic, text: str) -> bool:
    lines = text.split("\n")
    span = item.span
    return (
        span is not None
        and 1 <= span.line <= len(lines)
        and 1 <= span.column <= len(lines[span.line - 1]) + 1
    )


def test_every_recorded_text_belongs_to_a_case() -> None:
    assert {path.stem for path in BAD.glob("*.txt")} == {path.stem for path in CASES}


@pytest.mark.parametrize(
    "code", [code for code in (*meaning.MESSAGES, *methods.MESSAGES) if code[3] == "4"]
)
def test_every_code_of_meaning_has_a_bad_case(code: str) -> None:
    assert any(path.stem.startswith(code) for path in CASES)


def test_good_cases_have_no_fault() -> None:
    cases = sorted(set(GOOD.glob("*.yaml")) - set(GOOD.glob("*.cases.yaml")))
    assert cases
    for path in cases:
        try:
            finder = RegistryFinder(default_registry(), path)
            assert load_ruleset(path.read_bytes(), path.name, finder=finder).warnings == ()
        except RulesetError as error:
            pytest.fail(str(error))


def test_twelve_faults_are_twelve_diagnostics() -> None:
    found = diagnostics(BAD / "twelve_faults.yaml")
    assert [
        (item.code, item.span.line, item.span.column) for item in found if item.span is not None
    ] == [
        ("PRF217", 3, 10),  # the version isn't quoted
        ("PRF480", 7, 60),  # 80 among percents
        ("PRF225", 9, 3),  # money without a unit
        ("PRF201", 12, 26),  # a misspelt key
        ("PRF473", 16, 55),  # a default that is no option
        ("PRF320", 18, 19),  # a misspelt name
        ("PRF461", 20, 3),  # two values that need each other
        ("PRF400", 29, 13),  # 20 + 20 are not 50
        ("PRF421", 44, 21),  # a misspelt method
        ("PRF469", 46, 46),  # a gate that zeroes nothing
        ("PRF463", 50, 25),  # grades out of order
        ("PRF342", 54, 43),  # 95 where 95% is meant
    ]
    assert len(found) == 12


def test_corrected_it_has_none() -> None:
    path = GOOD / "twelve_faults_corrected.yaml"
    assert load_ruleset(path.read_bytes(), path.name).warnings == ()
