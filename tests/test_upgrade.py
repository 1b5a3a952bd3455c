"""Old rulesets rewritten: only the name behind `use:` changes; ids, comments and scores stay."""

from pathlib import Path

import pytest

import perfrules
from perfrules.upgrade import upgraded
from tests.sample_work import run

LIBRARY = """\
library: edu
version: "2.0"
title: 教育
inputs:
  covered: {type: count}
  entitled: {type: count, min: 1}
indicators:
  - id: coverage
    deprecated: {since: "2.0", use: coverage_rate, because: 名称不准确}
    score: {method: proportional, actual: covered, target: entitled}
  - id: first
    deprecated: {since: "1.5", use: coverage}
    score: {method: proportional, actual: covered, target: entitled}
  - id: coverage_rate
    score: {method: proportional, actual: covered, target: entitled}
  - id: gone
    deprecated: {since: "2.0", because: 不再评价}
    score: {method: met, when: covered > 3}
"""
OLD = """\
# 某县的表
ruleset: county.school
version: "1.0"
title: 表
total: 100
inputs: {}
indicators:
  - use: edu.coverage      # 覆盖率
    points: 40
  - {use: edu.first@2, points: 30}   # 最早的写法
  - id: mine
    points: 30
    indicators:
      - {use: edu.coverage, id: third, points: 30}
grades: [{name: 合格, at_least: 60}, {name: 不合格, at_least: 0}]
decisions:
  rules:
    - {id: rectify, when: rate.coverage < 80%, do: {code: rectify}}
"""
NEW = (
    OLD.replace("use: edu.coverage      #", "use: edu.coverage_rate\n    id: coverage      #")
    .replace("use: edu.first@2,", "use: edu.coverage_rate@2, id: first,")
    .replace("use: edu.coverage, id", "use: edu.coverage_rate, id")
)
FACTS = {"covered": 70, "entitled": 100}


@pytest.fixture
def county(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    work = tmp_path
    (work / "edu.yaml").write_text(LIBRARY, encoding="utf-8")
    (work / "school.yaml").write_text(OLD, encoding="utf-8")
    return work


def test_old_names_give_way(county: Path) -> None:
    text, steps = upgraded(OLD, str(county / "school.yaml"))
    assert text == NEW
    assert [step.before for step in steps] == ["edu.coverage", "edu.first@2", "edu.coverage"]
    assert upgraded(text, str(county / "school.yaml")) == (text, ())


def test_the_scores_stay(county: Path) -> None:
    (county / "new.yaml").write_text(NEW, encoding="utf-8")
    old, new = (perfrules.load(county / name) for name in ("school.yaml", "new.yaml"))
    one, two = old.score(FACTS), new.score(FACTS)
    assert [(line.id, line.score) for line in one.lines()] == [
        (line.id, line.score) for line in two.lines()
    ]
    assert one.total == 70
    assert [item.code for item in old.plan.warnings] == ["PRF497"] * 3
    assert new.plan.warnings == ()


def test_the_command(county: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "check", "school.yaml")
    assert (code, out.count("PRF497")) == (0, 3)
    assert "自 2.0 版起不再使用，改用 coverage_rate" in out
    code, out, _ = run(capsys, "fmt", "--upgrade", "school.yaml")
    assert code == 0
    assert "school.yaml:8:10: edu.coverage → edu.coverage_rate" in out
    text = (county / "school.yaml").read_text(encoding="utf-8")
    assert all(said in text for said in ("# 某县的表", "# 覆盖率", "# 最早的写法"))
    code, out, _ = run(capsys, "check", "school.yaml")
    assert (code, "PRF497" in out) == (0, False)


def test_what_has_no_successor_stays(county: Path) -> None:
    text = OLD.replace("edu.coverage  ", "edu.gone  ").replace("rate.coverage", "rate.gone")
    _, steps = upgraded(text, str(county / "school.yaml"))
    assert [step.before for step in steps] == ["edu.first@2", "edu.coverage"]
    assert upgraded(text.replace("edu.", "nobody."), str(county / "school.yaml"))[1] == ()
    assert upgraded(LIBRARY, "edu.yaml")[1] == ()


def test_a_successor_must_be_there(county: Path) -> None:
    text = LIBRARY.replace("use: coverage_rate,", "use: coverage_rte,")
    found = perfrules.check(text)
    assert [item.code for item in found] == ["PRF498"]
    assert "coverage_rate" in found[0].hint.en
