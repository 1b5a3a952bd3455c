"""The shape's messages: every code has a sentence, a bad case and a page that says the same."""

import re
from pathlib import Path

import pytest

from perfrules.lang.document import Scalar, read_document
from perfrules.lang.shape import kind_of, validate
from perfrules.lang.spec.fields import SpecModel
from perfrules.lang.spec.parts import BasisSpec
from perfrules.messages.shape import MESSAGES
from tests.lang.spec import shaped

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "bad"
BAD = sorted(path for path in CASES.glob("PRF2*.yaml") if path.stem[:6] in MESSAGES)
PAGE = (ROOT / "docs" / "errors" / "shape.md").read_text(encoding="utf-8")
PARTS = ("**What it means.**", "**Why it matters.**", "**Example.**", "**Write instead.**")


@pytest.mark.parametrize("file", BAD, ids=lambda file: file.stem)
def test_a_bad_case_has_its_fault_and_no_other(file: Path) -> None:
    read, found = shaped.shape(file.read_text(encoding="utf-8"))
    assert read is None
    assert [item.code for item in found] == [file.stem[:6]]
    assert found[0].span is not None
    assert found[0].hint
    for text in (found[0].message, found[0].hint):
        assert text.zh
        assert text.en
        assert not re.search(r"[{}]{2}|None|nvalid|lease|!", text.zh + text.en)


def test_every_code_has_a_bad_case() -> None:
    assert {file.stem[:6] for file in BAD} == set(MESSAGES)


def test_every_code_has_a_page() -> None:
    sections = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
    assert [section[:6] for section in sections] == sorted(MESSAGES)
    for section in sections:
        title, _, body = section.partition("\n")
        assert re.fullmatch(r"PRF2\d\d [^·]+ · .+", title)
        assert re.findall(r"^\*\*[^*]+\*\*", body, flags=re.MULTILINE) == list(PARTS)


def test_the_kind_is_the_first_key_after_notes() -> None:
    text = "x-owner: 教育科\n" + shaped.GOOD["ruleset"]
    assert kind_of(read_document(text, "x.yaml")) == "ruleset"
    assert kind_of(shaped.DOCUMENTS["cases"]) == "cases"


def test_a_part_is_validated_at_its_path() -> None:
    document = shaped.DOCUMENTS["ruleset"]
    path = ("basis", 0)
    wrong = {"document": Scalar("甲", quoted=False), "evidnce": document.value["note"]}
    read, (found,) = validate(BasisSpec, wrong, document, path)
    assert read is None
    assert (found.code, found.path) == ("PRF201", (*path, "evidnce"))
    assert validate(BasisSpec, shaped.good("ruleset")["basis"][0], document, path)[1] == []


@pytest.mark.parametrize(
    ("line", "word", "column", "end"),
    [
        ("  budgt: {type: money, unit: 万元, titel: 预算}", "titel", 34, 39),
        ("  预算: {type: money, unit: 万}", "万", 27, 28),
        ("  预算: {type: monney, unit: 万元}", "monney", 14, 20),
    ],
)
def test_carets_stand_under_the_word(line: str, word: str, column: int, end: int) -> None:
    text = f'ruleset: a.b\nversion: "1.0"\ntitle: 甲\ninputs:\n{line}\n'
    _, (found,) = shaped.shape(text)
    assert found.span is not None
    assert (found.span.line, found.span.column, found.span.end_column) == (5, column, end)
    assert line[column - 1 : end - 1] == word
    assert found.excerpt == line


def test_a_missing_key_points_at_the_key_of_its_mapping() -> None:
    text = 'ruleset: a.b\nversion: "1.0"\ntitle: 甲\ninputs:\n  预算: {type: money}\n'
    _, (found,) = shaped.shape(text)
    assert found.span is not None
    assert (found.code, found.span.line, found.span.column, found.span.end_column) == (
        "PRF225",
        5,
        3,
        5,
    )


class Plain(SpecModel):
    """What a plugin's author may write: a field of an ordinary type."""

    size: int


def test_a_field_of_an_ordinary_type_is_told_too() -> None:
    value = {"size": Scalar("2")}
    read, (found,) = validate(Plain, value, shaped.DOCUMENTS["ruleset"], ("note",))
    assert read is None
    assert (found.code, found.path) == ("PRF224", ("note", "size"))


def test_a_flood_of_faults_is_cut() -> None:
    value = shaped.good("ruleset")
    value["gates"] = [{f"k{index}": Scalar("a") for index in range(5000)}]
    assert len(shaped.faults_of("ruleset", value)) == 50
    value["gates"] = [Scalar("a")] * 5000
    assert len(shaped.faults_of("ruleset", value)) == 100
