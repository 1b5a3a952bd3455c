"""The document's messages: every code has bad twins, exact to the caret, and a page."""

import json
import re
from pathlib import Path

import pytest

from perfrules.errors import RulesetError
from perfrules.lang.load import load_ruleset
from perfrules.messages.document import MESSAGES

ROOT = Path(__file__).parents[2]
BAD = ROOT / "tests" / "cases" / "bad"
# A `.build` twin is a list of parts, each repeated: a file of a megabyte is not kept as one.
TWINS = sorted([*BAD.glob("PRF1*.yaml"), *BAD.glob("PRF1*.build")])
PAGE = (ROOT / "docs" / "errors" / "document.md").read_text(encoding="utf-8")
PARTS = ["**What it means.**", "**Why it matters.**", "**Example.**", "**Write instead.**"]


def content(twin: Path) -> bytes:
    data = twin.read_bytes()
    if twin.suffix == ".build":
        return "".join(part["t"] * part.get("n", 1) for part in json.loads(data)).encode()
    return data


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.stem)
def test_a_bad_twin_is_told_exactly(twin: Path) -> None:
    with pytest.raises(RulesetError) as caught:
        load_ruleset(content(twin), f"{twin.stem}.yaml")
    assert {item.code for item in caught.value.diagnostics} == {twin.stem[:6]}
    assert caught.value.render("en") + "\n" == twin.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("twin", TWINS, ids=lambda twin: twin.stem)
def test_both_languages_say_it_plainly(twin: Path) -> None:
    with pytest.raises(RulesetError) as caught:
        load_ruleset(content(twin), f"{twin.stem}.yaml")
    for item in caught.value.diagnostics:
        assert item.span is not None
        for text in (item.message, item.hint):
            assert text.zh
            assert text.en
            assert not re.search(r"…|None|nvalid|lease|scalar|str\b", text.zh + text.en)


def test_every_code_has_a_twin() -> None:
    assert {twin.stem[:6] for twin in TWINS} == set(MESSAGES)


def test_every_code_has_a_page() -> None:
    sections = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
    assert [section[:6] for section in sections] == sorted(MESSAGES)
    for section in sections:
        title, _, body = section.partition("\n")
        assert re.fullmatch(r"PRF1\d\d [^·]+ · .+", title)
        assert re.findall(r"^\*\*[^*]+\*\*", body, flags=re.MULTILINE) == PARTS
        assert body.count("```") == 4
