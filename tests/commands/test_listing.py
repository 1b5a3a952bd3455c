"""`list`: the rulesets that are found by id."""

import json
from pathlib import Path

import pytest

import perfrules.registry
from perfrules.registry import Registry
from tests.sample_rulesets import FORM
from tests.sample_work import run


def test_list_names_the_shipped_rulesets(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "list", "--format", "json")
    assert code == 0
    assert isinstance(json.loads(out), list)
    assert run(capsys, "list")[0] == 0


def test_a_broken_ruleset_is_named_and_the_others_are_listed(
    work: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = FORM.replace("city.form", "city.broken").replace("points: 20", "points: 21")
    (work / "broken.yaml").write_text(broken, encoding="utf-8")
    monkeypatch.setattr(perfrules.registry, "_built", lambda: Registry([work]))
    code, out, _ = run(capsys, "list")
    assert code == 0
    assert [line.split()[:2] for line in out.splitlines()] == [
        ["city.broken@1.0", "有"],
        ["city.form@1.0", "市级自评表"],
        ["city.sheet@1.2", "目标表"],
    ]
    found = json.loads(run(capsys, "list", "--format", "json", "--lang", "en")[1])
    assert [item["id"] for item in found] == ["city.broken", "city.form", "city.sheet"]
    assert "errors: perfrules check city.broken" in found[0]["title"]["en"]


def test_no_rulesets_is_a_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(perfrules.registry, "_built", lambda: Registry([]))
    assert run(capsys, "list")[:2] == (0, "没有规则集\n")
