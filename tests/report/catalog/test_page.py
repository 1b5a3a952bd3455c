"""The catalog in a browser: found, filtered, read in two languages, and harmless."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from perfrules.errors import Lang
from perfrules.report.catalog import page
from perfrules.report.catalog.page import embedded
from tests.report.catalog.browser import CHROMIUM, Browser
from tests.report.catalog.sample import ENTRIES, entry

SCRIPT = "<script>alert(1)</script>"  # OUT-021 of the hostile corpus: HTML in a name
BRACES = "{{ config }} ${title} $title"  # OUT-023

TYPE = """(text => {
  const box = document.querySelector('[name=q]');
  box.value = text;
  box.dispatchEvent(new Event('input'));
})"""
SOURCES = """[...document.querySelectorAll('.sources li')].map(
  item => [item.className, item.querySelector('.mark').innerText])"""
STYLES = """['official', 'proposed'].map(name => {
  const style = getComputedStyle(document.querySelector(`.mark.${name}`));
  return [style.color, style.borderTopStyle];
})"""

needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


def written(entries: list[dict[str, Any]], file: Path, lang: Lang = "zh") -> Path:
    data = {"indicators": entries, "libraries": [{"id": "edu", "version": "2.1"}], "program": "x"}
    file.write_text(page(data, lang), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with Browser() as found:
        yield found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return written(ENTRIES, tmp_path / "catalog.html")


def names(browser: Browser) -> list[str]:
    found: list[str] = browser.ask("[...document.querySelectorAll('.name')].map(n => n.innerText)")
    return found


def test_it_is_one_file_that_asks_for_nothing() -> None:
    text = page({"indicators": ENTRIES, "libraries": [], "program": "x"})
    assert re.findall(r"(?:src|href)=[\"']?(?!#)", text.split('id="data"')[0]) == []
    assert "default-src 'none'" in text
    assert "http" not in text.replace("http-equiv", "")
    (data,) = re.findall(r'id="data">(.*?)</script>', text)
    assert json.loads(data)["indicators"] == ENTRIES


@pytest.mark.parametrize("name", [SCRIPT, BRACES, "]]>", "<!--<script>", "\u2028", "&lt;b&gt;"])
def test_a_name_ends_nothing(name: str) -> None:
    shown = embedded({"name": name})
    assert json.loads(shown) == {"name": name}
    assert not set(shown) & set("<>&\u2028\u2029")
    text = page({"indicators": [entry(name=name)], "libraries": [], "program": name})
    assert text.count("<script") == text.count("</script>") == 2


@needs_chromium
@pytest.mark.parametrize("name", [SCRIPT, BRACES, '"><img src=x onerror=alert(1)>', "</script><b>"])
def test_a_hostile_name_is_shown_as_it_is_written(
    name: str, browser: Browser, tmp_path: Path
) -> None:
    file = written([entry(name=name)], tmp_path / "bad.html")
    browser.open(file)
    assert names(browser) == [name]
    browser.open(file, "#/indicator/edu.first")
    assert browser.text("h2") == name
    assert name in browser.text("article")
    assert browser.ask("document.querySelectorAll('script, img, b').length") == 2
    assert browser.ask("document.title").startswith(name)
    assert browser.faults() == []


@needs_chromium
def test_a_script_that_is_not_ours_does_not_run(browser: Browser, tmp_path: Path) -> None:
    """What guards the page where a name did become an element: its content policy."""
    file = written(ENTRIES, tmp_path / "catalog.html")
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("<header", "<script>window.bad = 1</script><header"), "utf-8")
    browser.open(file)
    assert browser.ask("window.bad") is None
    assert names(browser)
    assert browser.faults() != []


@needs_chromium
def test_the_list_is_searched_and_filtered(browser: Browser, file: Path) -> None:
    browser.open(file)
    assert names(browser) == ["受助覆盖率", "按时完成", "清扫质量"]
    assert browser.text(".count") == "3 个指标，共 3 个"
    for typed, found in (
        ("覆盖", ["受助覆盖率"]),
        ("COVER", ["受助覆盖率"]),  # the English title, in any case
        ("edu 按时", ["按时完成"]),  # every word has to be there
        ("环境卫生", ["清扫质量"]),  # its library
        ("没有的", []),
    ):
        browser.ask(f"{TYPE}({json.dumps(typed)})")
        assert names(browser) == found, typed
    assert "没有符合条件的指标" in browser.text("main")
    assert browser.ask("location.hash").startswith("#/?q=")


@needs_chromium
@pytest.mark.parametrize(
    ("route", "found"),
    [
        ("#/?sector=edu", ["受助覆盖率", "按时完成"]),
        ("#/?category=output.timeliness", ["按时完成"]),
        ("#/?nature=qualitative", ["清扫质量"]),
        ("#/?sector=edu&nature=qualitative", []),
        ("#/?library=sanitation", ["清扫质量"]),
    ],
)
def test_a_filter_is_a_link(route: str, found: list[str], browser: Browser, file: Path) -> None:
    browser.open(file, route)
    assert names(browser) == found
    key, value = route[3:].partition("&")[0].split("=")
    assert browser.ask(f"document.querySelector('[name={key}]').value") == value


@needs_chromium
def test_a_page_says_all_there_is(browser: Browser, file: Path) -> None:
    browser.open(file, "#/indicator/edu.first")
    shown = browser.text("article")
    for part in (
        "受助学生占应助学生的比例",
        "受助人数 ÷ 应助人数 × 100%",
        "产出 · 质量",
        "越高越好",
        "学生受助人数",
        "2019-01-01",
        "98%",
        "按指标值 ÷ 标准计，最高为满分",
        "受助名单",
        "得分率 < 100%",
        "city.subsidy@1.0",
        "得分 9.80 / 10",
        "98 ÷ 100",
        "- use: edu.first@2",
    ):
        assert part in shown, part
    assert browser.faults() == []


@needs_chromium
def test_a_column_that_says_nothing_is_left_out(browser: Browser, file: Path) -> None:
    browser.open(file, "#/indicator/edu.first")
    heads = browser.ask("[...document.querySelectorAll('th')].map(item => item.innerText)")
    assert heads == ["名称", "类型", "起始日期", "", "取值", "名称", "取值"]


@needs_chromium
def test_what_is_proposed_never_looks_official(browser: Browser, file: Path) -> None:
    browser.open(file, "#/indicator/edu.first")
    found = browser.ask(SOURCES)
    assert ["official", "官方原文"] in found
    assert ["proposed", "建议，无出处"] in found
    styles = browser.ask(STYLES)
    assert styles[0][0] != styles[1][0]
    assert [style for _, style in styles] == ["solid", "dashed"]


@needs_chromium
def test_the_language_is_switched_and_the_place_kept(browser: Browser, file: Path) -> None:
    browser.open(file, "#/indicator/edu.first")
    assert browser.ask("document.documentElement.lang") == "zh-CN"
    browser.ask("document.querySelector('header button').click()")
    assert browser.text("h2") == "coverage"
    assert browser.ask("document.documentElement.lang") == "en"
    assert "proposed, no source" in browser.text("article")
    browser.ask("document.querySelector('header button').click()")
    assert browser.text("h2") == "受助覆盖率"


@needs_chromium
def test_from_the_list_to_a_page_and_back(browser: Browser, file: Path) -> None:
    browser.open(file, "#/?sector=edu&q=%E6%8C%89%E6%97%B6")
    browser.ask("document.querySelector('.list a').click()")
    browser.until("document.querySelector('article')")
    assert browser.text("h2") == "按时完成"
    browser.ask("document.querySelector('nav a').click()")
    browser.until("document.querySelector('.list')")
    assert names(browser) == ["按时完成"]
    assert browser.ask("document.querySelector('[name=q]').value") == "按时"


@needs_chromium
def test_a_route_that_leads_nowhere_says_so(browser: Browser, file: Path) -> None:
    for route in ("#/indicator/edu.frist", "#/indicator/%E0%A4%A", "#/indicator/__proto__"):
        browser.open(file, route)
        assert "没有这个指标" in browser.text("main")
    assert browser.faults() == []


@needs_chromium
def test_it_opens_in_the_language_of_the_command(browser: Browser, tmp_path: Path) -> None:
    file = written(ENTRIES, tmp_path / "en.html", "en")
    browser.open(file)
    browser.ask("localStorage.clear()")  # what a reader chose before would win
    browser.open(file)
    assert browser.text(".count") == "3 of 3 indicators"
    assert names(browser)[0] == "coverage"
