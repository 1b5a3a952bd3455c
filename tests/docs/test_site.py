"""The site: every page is reached, every link leads to a page, and nothing is fetched."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.report.catalog.browser import CHROMIUM, Browser
from tests.test_docs import tasks

ROOT = Path(__file__).parent.parent.parent
LINK = re.compile(r"\]\(([^)\s#]+)(?:#[^)]*)?\)")
FENCED = re.compile(r"^```.*?^```$|`[^`\n]*`", re.MULTILINE | re.DOTALL)
FETCHED = re.compile(r"<(?:script|link|img|source|iframe)[^>]*(?:src|href)=\"?(?:https?:)?//")
CATALOG = "catalog.html"  # `tasks.py site` writes it beside the pages


@pytest.fixture(scope="module")
def task() -> ModuleType:
    return tasks()


@pytest.fixture(scope="module")
def pages(task: ModuleType) -> dict[Path, Path]:
    found: dict[Path, Path] = task.staged()
    return found


def named(nav: list[dict[str, Any]]) -> Iterator[str]:
    """Yield the pages of a table of contents."""
    for item in nav:
        for value in item.values():
            yield from named(value) if isinstance(value, list) else [value]


def contents() -> list[str]:
    config = tomllib.loads((ROOT / "zensical.toml").read_text(encoding="utf-8"))
    return list(named(config["project"]["nav"]))


def test_the_contents_name_pages_that_are_there(pages: dict[Path, Path]) -> None:
    assert [name for name in contents() if Path(name) not in pages and name != CATALOG] == []
    assert len(set(contents())) == len(contents())


def test_every_page_of_docs_is_in_the_contents_or_linked(
    task: ModuleType, pages: dict[Path, Path]
) -> None:
    reached = {Path(name) for name in contents()}
    queue = [place for place in reached if place in pages]
    while queue:
        place = queue.pop()
        for link in LINK.findall(task.site_page(place, pages)):
            target = Path(os.path.normpath(place.parent / link))
            if target in pages and target not in reached:
                reached.add(target)
                queue.append(target)
    own = {place for place in pages if place.parts[0] != "repository"}
    assert sorted(own - reached) == []


def test_every_link_leads_to_a_page(task: ModuleType, pages: dict[Path, Path]) -> None:
    broken = [
        f"{place}: {link}"
        for place in pages
        for link in LINK.findall(FENCED.sub("", task.site_page(place, pages)))
        if "://" not in link and Path(os.path.normpath(place.parent / link)) not in pages
    ]
    assert broken == []


def test_a_link_to_another_file_is_its_text(task: ModuleType, pages: dict[Path, Path]) -> None:
    text = task.site_page(Path("index.md"), pages)
    assert "](examples)" in (ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    assert "](examples)" not in text
    assert "| Examples 两份" in text
    assert "](repository/rulesets/mof/README.md)" in text


@pytest.fixture(scope="module")
def site(task: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site as the task does, with a catalog that says only that it is one."""
    if find_spec("zensical") is None:
        pytest.skip("zensical isn't installed: the extra docs")
    home = tmp_path_factory.mktemp("site")
    pages: dict[Path, Path] = task.staged()
    for place in pages:
        path = home / "build" / "pages" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(task.site_page(place, pages), encoding="utf-8")
    (home / "build" / "pages" / CATALOG).write_text("<p>catalog", encoding="utf-8")
    shutil.copy(ROOT / "zensical.toml", home)
    command = [sys.executable, "-m", "zensical", "build", "--clean"]
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stdout + done.stderr
    return home / "build" / "site"


def test_it_is_built_and_fetches_nothing(site: Path) -> None:
    made = list(site.rglob("*.html"))
    assert {"index.html", "start.html", "methods.html", CATALOG} <= {path.name for path in made}
    for path in made:
        assert FETCHED.search(path.read_text(encoding="utf-8")) is None, path
    for path in site.rglob("*.css"):
        assert "url(http" not in path.read_text(encoding="utf-8"), path


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_it_opens_from_its_folder(site: Path) -> None:
    with Browser() as browser:
        browser.open(site / "index.html")
        assert "Start in ten minutes" in browser.text()
        browser.ask("[...document.links].find(a => a.href.endsWith('start.html')).click()")
        browser.until("document.querySelector('h1')?.innerText.startsWith('Start in')")
        assert "perfrules new ruleset" in browser.text("article")
