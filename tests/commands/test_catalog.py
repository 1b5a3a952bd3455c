"""`catalog`: the page of all indicators, and of a library of one's own."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from perfrules import Registry
from perfrules.commands import catalog
from tests.report.catalog.browser import CHROMIUM, Browser
from tests.sample_reuse import LIBRARY
from tests.sample_work import run

PAGE = Path(__file__).parent.parent.parent / "docs"


def data_of(text: str) -> dict[str, Any]:
    (found,) = re.findall(r'id="data">(.*?)</script>', text)
    data: dict[str, Any] = json.loads(found)
    return data


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the catalog of everything that is installed."""
    from perfrules.cli import main

    file = tmp_path_factory.mktemp("catalog") / "indicators.html"
    assert main(["catalog", "-o", str(file)]) == 0
    return file


def test_it_holds_every_indicator_that_is_listed(
    whole: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = json.loads(run(capsys, "list", "--kind", "indicators", "--format", "json")[1])
    data = data_of(whole.read_text(encoding="utf-8"))
    assert [item["id"] for item in data["indicators"]] == [item["id"] for item in listed]
    assert len(data["indicators"]) >= 239
    sectors = {item["sector"]["id"] for item in data["indicators"]}
    assert sectors >= {"common", "education", "poverty", "sanitation"}


def test_each_says_what_a_reader_asks_for(whole: Path) -> None:
    """Both languages, how it is scored, a worked example, and how sure all of it is."""
    for item in data_of(whole.read_text(encoding="utf-8"))["indicators"]:
        name = item["id"]
        assert set(item["title"]) == set(item["definition"]) == {"zh", "en"}, name
        assert item["scoring"], name
        assert item["example"], name
        assert item["inputs"], name
        sources = [*item["basis"], *(one for it in item["standards"] for one in it["basis"])]
        assert set(item["evidence_labels"]) == {one["evidence"] for one in sources}, name


def test_the_example_is_a_case_with_its_score(whole: Path) -> None:
    items = data_of(whole.read_text(encoding="utf-8"))["indicators"]
    (item,) = (item for item in items if item["id"] == "common.budget_execution")
    example = item["example"]
    assert example["name"] == "执行率72.03%"
    assert [fact["value"] for fact in example["facts"]] == ["149.63", "107.78"]
    assert (example["points"], example["score"]) == ("10", "7.20")  # 10 × 107.78 ÷ 149.63
    assert "107.78万元 ÷ 149.63万元" in example["because"]["zh"]


def test_it_says_who_uses_an_indicator(whole: Path) -> None:
    items = data_of(whole.read_text(encoding="utf-8"))["indicators"]
    (item,) = (item for item in items if item["id"] == "education.subsidy_coverage")
    assert "education.boarding_subsidy@1.0" in [one["id"] for one in item["used_by"]]


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_every_page_of_it_can_be_read(whole: Path) -> None:
    with Browser() as browser:
        browser.open(whole)
        count = browser.ask("document.querySelectorAll('.list li').length")
        assert count >= 239
        # Each page in turn, as a reader who goes through them all.
        seen = browser.ask(
            "data.indicators.map(item => { location.hash = link(item.id); show();"
            " const page = document.querySelector('article');"
            " return [page.querySelector('h2').innerText === item.title.zh,"
            " page.querySelectorAll('h3').length >= 4,"
            " !/undefined|null|\\[object/.test(page.innerText)].every(Boolean) })"
        )
        assert seen == [True] * count
        assert browser.faults() == []


def test_a_library_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("edu.yaml").write_text(LIBRARY, encoding="utf-8")
    code, out, err = run(capsys, "catalog", "edu.yaml", "--lang", "en")
    assert (code, err) == (0, "")
    data = data_of(out)
    assert data["libraries"] == [{"id": "edu", "version": "2.1"}]
    assert {item["library"]["id"] for item in data["indicators"]} == {"edu"}
    assert '<html lang="en">' in out


def test_one_that_can_t_be_read_is_left_out_and_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("edu.yaml").write_text(LIBRARY, encoding="utf-8")
    Path("bad.yaml").write_text("library: bad\nversion: '1.0'\n", encoding="utf-8")
    code, out, err = run(capsys, "catalog", "edu.yaml", "bad.yaml", "-o", "all.html")
    assert code == 1
    assert "bad.yaml" in err
    assert "写出 all.html" in out
    code, out, err = run(capsys, "catalog", "nowhere", "-o", "none.html", "--lang", "en")
    assert (code, out) == (2, "")
    assert "PRF664" in err
    assert not Path("none.html").exists()


def test_without_any_library_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalog, "default_registry", lambda: Registry(sources=[]))
    file = tmp_path / "none.html"
    code, out, err = run(capsys, "catalog", "-o", str(file), "--lang", "en")
    assert (code, out) == (2, "")
    assert "PRF838" in err
    assert not file.exists()


def test_the_commands_of_the_page_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of docs/indicators.md; the first one is the whole catalog, which stands above."""
    text = (PAGE / "indicators.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    whole, *others = block.splitlines()
    assert whole == "$ perfrules catalog -o indicators.html"
    monkeypatch.chdir(tmp_path)
    Path("my_library.yaml").write_text(LIBRARY, encoding="utf-8")
    sectors = []
    for line in others:
        words = line.removeprefix("$ perfrules ").split()
        assert run(capsys, *words)[0] == 0
        made = data_of(Path(words[-1]).read_text(encoding="utf-8"))["indicators"]
        sectors.append({item["sector"]["id"] for item in made})
    assert sectors == [{"edu"}, {"education", "sanitation"}]
