"""Start in ten minutes: each page is followed to its end where nothing but perfrules is."""

from pathlib import Path

import pytest

from perfrules import check, run_cases
from tests.docs.machine import install
from tests.docs.walk import SETUP, Walk, edited, steps

DOCS = Path(__file__).parent.parent.parent / "docs"
PAGES = {"en": "start.md", "zh": "start.zh-CN.md"}


def read(lang: str) -> str:
    return (DOCS / PAGES[lang]).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return install(tmp_path_factory.mktemp("machine"))


@pytest.mark.parametrize("lang", PAGES)
def test_the_page_is_followed_to_a_tested_ruleset(lang: str, tmp_path: Path, program: Path) -> None:
    walk = Walk(tmp_path, program)
    todo = list(steps(read(lang)))
    assert [step.command for step in todo[:3]] == list(SETUP)
    for step in todo[3:]:
        assert walk.take(step) == step.body, step.command
    own = tmp_path / "road_repair.yaml"
    assert check(own) == ()
    report = run_cases([own.with_suffix(".cases.yaml")])
    assert report.ok
    assert len(report.cases) == 14


def test_both_pages_do_the_same() -> None:
    def plain(lang: str) -> list[str]:
        found = []
        for step in steps(read(lang)):
            command = step.command.replace(" --lang en", "").replace('"Road repair"', "道路维修")
            found += [command, step.body] if step.edit else [command]
        return found

    assert plain("en") == plain("zh")


def test_output_that_differs_is_seen(tmp_path: Path, program: Path) -> None:
    walk = Walk(tmp_path, program)
    page = "```sh\n$ perfrules check no.yaml --lang en\nfine\n$ echo $?\n0\n```\n"
    first, second = steps(page)
    assert "PRF" in walk.take(first)
    assert walk.take(second) == "2\n"


def test_an_edit_has_to_find_its_place() -> None:
    assert edited("a\nb\nc\n", " a\n-b\n+d\n") == "a\nd\nc\n"
    with pytest.raises(AssertionError, match="found 2 times"):
        edited("a\na\n", "-a\n+b\n")
