"""`show LIBRARY` and `list --kind`: what there is to take."""

import json
from pathlib import Path

import pytest

import perfrules.registry
from perfrules.registry import Registry
from tests.sample_reuse import FORM, LIBRARY
from tests.sample_work import run


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder that is the shipped one: two libraries of two sectors, and a form."""
    files = {
        "edu.yaml": LIBRARY,
        "health.yaml": LIBRARY.replace("library: edu", "library: health.clinics"),
        "form.yaml": FORM,
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(perfrules.registry, "_built", lambda: Registry([tmp_path]))
    return tmp_path


def test_a_library_lists_its_indicators(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "show", "edu")
    assert code == 0, err
    assert out.splitlines()[0] == "教育指标库 (edu 2.1)"
    assert "edu.coverage  " in out
    assert "    edu.second" not in out
    assert "  edu.second" in out
    found = json.loads(run(capsys, "show", str(shelf / "edu.yaml"), "--format", "json")[1])
    assert found["library"]["id"] == "edu"
    assert found["library"]["digest"].startswith("sha256:")
    assert found["indicators"][0]["title"] == {"zh": "覆盖率"}


def test_kinds_and_sectors(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def ids(*options: str) -> list[str]:
        return [
            item["id"] for item in json.loads(run(capsys, "list", *options, "--format", "json")[1])
        ]

    assert ids() == ["city.form"]
    assert ids("--kind", "libraries") == ["edu", "health.clinics"]
    assert ids("--kind", "libraries", "--sector", "health") == ["health.clinics"]
    names = ids("--kind", "indicators", "--sector", "edu")
    assert names[:2] == ["edu.coverage", "edu.execution"]
    assert len(names) == 8
    assert ids("--kind", "indicators", "--sector", "ed") == []


def test_what_a_form_designer_searches_by(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads(run(capsys, "list", "--kind", "indicators", "--format", "json")[1])[0]
    assert {key: found[key] for key in ("nature", "direction", "unit", "points", "method")} == {
        "nature": "quantitative",
        "direction": "higher",
        "unit": "%",
        "points": "10",
        "method": "proportional",
    }


def test_as_text(shelf: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "list", "--kind", "indicators", "--sector", "edu")[1]
    assert out.splitlines()[0] == "edu.coverage@2.1   覆盖率"
    assert run(capsys, "list", "--kind", "libraries", "--sector", "x")[1] == "没有指标库\n"


def test_a_broken_library_is_named_and_the_others_are_listed(
    shelf: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (shelf / "edu.yaml").write_text(LIBRARY.replace("floor: least", "floor: lest"), "utf-8")
    code, out, _ = run(capsys, "list", "--kind", "indicators", "--lang", "en")
    assert code == 0
    assert "has 1 errors: perfrules check edu" in out
    assert "health.clinics.coverage" in out
    assert "has 1 errors" in run(capsys, "list", "--kind", "libraries", "--lang", "en")[1]


def test_another_kind_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "list", "--kind", "indicator", "--lang", "en")
    assert code == 2
    assert "did you mean indicators?" in err
