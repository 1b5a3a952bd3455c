"""What a catalog knows of an indicator; the whole of it is looked at in test_catalog."""

from pathlib import Path

import pytest

from perfrules import Registry
from perfrules.api import read_plan
from perfrules.casebook import Indicators
from perfrules.commands.cards import Shelf, uses
from perfrules.libraries import read_library
from perfrules.testing.subject import subjects

LIBRARY = """\
library: water
version: "1.2"
title: {zh: 供水, en: Water}
basis: {document: 供水办法, evidence: published}
inputs:
  done: {type: count, unit: 户, title: {zh: 通水户数, en: homes connected}}
  planned: {type: count, unit: 户, title: {zh: 计划户数, en: homes planned}}
indicators:
  - id: connected
    title: {zh: 通水率, en: connected}
    definition: {zh: 通水户数占比, en: share of homes}
    category: output.quantity
    nature: quantitative
    direction: higher
    unit: '%'
    formula: done / planned * 100%
    standards:
      enough:
        value: 95%
        title: {zh: 满分线, en: enough}
        basis: {document: 建议, evidence: proposed}
    score: {method: proportional, target: enough}
    finding: {when: rate < 100%, problem: {zh: 有户未通水, en: homes lack water}}
"""
CASES = """\
cases: water
tests:
  - {name: 没有计划, indicator: connected, facts: {done: 1, planned: 0}, want_code: PRF535}
  - name: 一半
    source: 手算
    indicator: connected
    points: 10
    facts: {done: 38, planned: 80}
    want: {score: 5}
"""
RULESET = """\
ruleset: city.water
version: "1.0"
title: 供水
total: 100
indicators:
  - {use: water.connected@1, points: 40, id: first}
  - {use: water.connected@1, points: 60, id: second}
grades: [{name: 合格, at_least: 60}, {name: 不合格, at_least: 0}]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("water", LIBRARY), ("water.cases", CASES), ("city", RULESET)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_an_indicator(folder: Path) -> None:
    registry = Registry([folder])
    plan, library = read_library("water", registry)
    shelf = Shelf(plan, Indicators(library, registry))
    for subject in subjects([folder / "water.yaml"], registry)[0]:
        shelf.tried += subject.tried
    (found,) = shelf.entries()
    assert found["id"] == "water.connected"
    assert found["category"] == {
        "id": "output.quantity",
        "title": {"zh": "产出 · 数量", "en": "output · quantity"},
    }
    assert found["formula"] == {
        "text": "done / planned * 100%",
        "words": {
            "zh": "通水户数 ÷ 计划户数 × 100%",
            "en": "homes connected ÷ homes planned × 100%",
        },
    }
    assert found["findings"] == [
        {
            "when": {"zh": "得分率 < 100%", "en": "rate < 100%"},
            "problem": {"zh": "有户未通水", "en": "homes lack water"},
            "suggestion": {},
        }
    ]
    assert found["evidence_labels"] == ["published", "proposed"]
    assert found["scoring"] == [
        {"zh": "按完成比例（proportional）", "en": "in proportion to the target (proportional)"},
        {
            "zh": "按指标值 ÷ 满分线（95%）计，最高为满分",
            "en": "the value measured ÷ enough (95%), at most all points",
        },
    ]
    assert found["example"] == {
        "name": "一半",
        "source": {"zh": "手算"},
        "facts": [
            {"title": {"zh": "通水户数", "en": "homes connected"}, "value": "38"},
            {"title": {"zh": "计划户数", "en": "homes planned"}, "value": "80"},
        ],
        "points": "10",
        "score": "5.00",
        "because": found["example"]["because"],  # type: ignore[index] # plain data
    }


def test_who_uses_it_is_named_once(folder: Path) -> None:
    plan = read_plan(folder / "city.yaml", Registry([folder]))
    assert uses([plan]) == {"water.connected": [{"id": "city.water@1.0", "title": {"zh": "供水"}}]}
