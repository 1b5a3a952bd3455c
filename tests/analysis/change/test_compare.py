"""One edit at a time: what is told, how far it reaches, and what the version must show."""

import pytest

from perfrules.analysis.change import Change, Level, compare, level_of, reaches_score
from perfrules.lang.document import read_document
from perfrules.lang.load import load_ruleset

TEXT = """\
ruleset: city.form
version: "1.0"
title: {zh: 自评, en: form}
total: 100
rounding: {digits: 2}
parameters:
  middle: {value: 80%}
  reward: {value: 90%}
inputs:
  budget: {type: money, unit: 万元, title: 预算}
  executed: {type: money, unit: 万元}
  misused: {type: flag}
  late: {type: flag}
  level: {type: choice, of: [好, 差]}
  kind_of: {type: choice, of: [note, 2020]}
derive:
  execution: executed / budget
indicators:
  - id: process
    points: 40
    indicators:
      - id: execution_rate
        points: 20
        finding: {when: rate < 80%, problem: 偏低}
        score: {method: proportional, actual: executed, target: budget}
      - id: rated
        title: 评价
        points: 20
        score: {method: levels, level: level, shares: {好: 100%, 差: 0%}, anchors: {好: 很好}}
  - id: labelled
    points: 20
    score: {method: levels, level: kind_of, shares: {note: 100%, 2020: 0%}}
  - id: banded
    points: 40
    score:
      method: bands
      actual: execution
      bands: [{at_least: 95%, points: 40}, {at_least: middle, points: 30}, {else: 0}]
gates:
  - {id: misuse, when: misused, then: {grade: 差}, reason: 挪用}
  - {id: lateness, when: late, then: {cap_total: 90}}
grades: [{name: 优, at_least: 90}, {name: 良, at_least: 80}, {name: 差, at_least: 0}]
decisions:
  match: first
  rules:
    - {id: keep, when: rate.process >= reward, do: {code: keep}}
    - {id: cut, when: grade == "差", do: {code: cut}}
"""

EDITS: list[tuple[str, str, Level, tuple[str, ...]]] = [
    # what is written, what is written instead, how far it reaches, what is told in English
    ("title: {zh: 自评", "title: {zh: 自评价", Level.PATCH, ("title: zh 自评 → 自评价",)),
    ("total: 100", "total: 100.0", Level.NONE, ()),
    ("points: 40\n    score:\n", "points: 40.00\n    score:\n", Level.NONE, ()),
    ("# x", "# y", Level.NONE, ()),
    ("digits: 2", "digits: 1", Level.MAJOR, ("rounding: digits 2 → 1",)),
    (
        "at_least: 95%",
        "at_least: 96%",
        Level.MAJOR,
        ("indicator banded: score.bands[1].at_least 95% → 96%",),
    ),
    (
        "{at_least: middle, points: 30}, ",
        "{at_least: middle, points: 30}, {at_least: 10%, points: 3}, ",
        Level.MAJOR,
        ("indicator banded: score.bands[3] (none) → {at_least: 10%, points: 3}",),
    ),
    ("target: budget", "target: budget * 2", Level.MAJOR, (
        "indicator execution_rate: score.target budget → budget * 2",)),
    ("好: 很好", "好: 非常好", Level.PATCH, (
        "indicator rated: score.anchors.好 很好 → 非常好",)),
    ("anchors: {好: 很好}", "anchors: {好: {text: 很好, evidence: true}}", Level.MAJOR, (
        "indicator rated: score.anchors.好 很好 → {text: 很好, evidence: true}",)),
    ("rate < 80%", "rate < 85%", Level.MINOR, (
        "indicator execution_rate: finding.when rate < 80% → rate < 85%",)),
    ("problem: 偏低", "problem: 执行偏低", Level.PATCH, (
        "indicator execution_rate: finding.problem 偏低 → 执行偏低",)),
    ("note: 100%", "note: 90%", Level.MAJOR, (
        "indicator labelled: score.shares.note 100% → 90%",)),
    ("middle: {value: 80%}", "middle: {value: 85%}", Level.MAJOR, (
        "parameter middle: value 80% → 85%",)),
    ("reward: {value: 90%}", "reward: {value: 95%}", Level.MINOR, (
        "parameter reward: value 90% → 95%",)),
    ("execution: executed / budget", "execution: executed / (budget * 1)", Level.MAJOR, (
        "derived value execution: executed / budget → executed / (budget * 1)",)),
    ("unit: 万元, title: 预算", "unit: 元, title: 预算", Level.MAJOR, (
        "input budget: unit 万元 → 元",)),
    ("title: 预算", "title: 预算数", Level.PATCH, ("input budget: title 预算 → 预算数",)),
    ("when: misused", "when: misused or late", Level.MINOR, (
        "gate misuse: when misused → misused or late",)),
    ("cap_total: 90", "cap_total: 85", Level.MAJOR, ("gate lateness: then.cap_total 90 → 85",)),
    ("reason: 挪用", "reason: 资金挪用", Level.PATCH, (
        "gate misuse: reason 挪用 → 资金挪用",)),
    ("良, at_least: 80", "良, at_least: 75", Level.MINOR, ("grade 良: at_least 80 → 75",)),
    ("match: first", "match: all", Level.MINOR, ("decisions: match first → all",)),
    ("  - {id: misuse, when: misused, then: {grade: 差}, reason: 挪用}\n",
     ("  - {id: misuse, when: misused, then: {grade: 差}, reason: 挪用}\n"
      "  - {id: third, when: late, then: {flag: 迟}}\n"), Level.MINOR, (
         "gate third: added {id: third, when: late, then: {flag: 迟}}",)),
]  # fmt: skip


def changes(old: str, new: str) -> tuple[Change, ...]:
    plans = [load_ruleset(text, "form.yaml") for text in (old, new)]
    one, two = (read_document(text, "form.yaml") for text in (old, new))
    return compare(one, two, reaches_score(*plans))


@pytest.mark.parametrize(("old", "new", "level", "told"), EDITS, ids=[edit[1] for edit in EDITS])
def test_edits(old: str, new: str, level: Level, told: tuple[str, ...]) -> None:
    text = TEXT + "# x\n"
    assert text.count(old) == 1
    found = changes(text, text.replace(old, new))
    assert level_of(found) is level
    assert tuple(item.text("en") for item in found) == told
    # the other way round it reaches as far
    assert level_of(changes(text.replace(old, new), text)) is level


def test_chinese_and_places() -> None:
    (found,) = changes(TEXT, TEXT.replace("title: 评价", "title: 评价等级"))
    assert found.text("zh") == "指标 rated（评价等级）：名称 评价 → 评价等级"
    assert found.old is not None
    assert found.new is not None
    line = TEXT.splitlines().index("        title: 评价") + 1
    assert (found.old.line, found.new.line) == (line, line)


def test_a_label_is_told_as_it_is_written() -> None:
    (found,) = changes(TEXT, TEXT.replace("2020: 0%", "2020: 5%"))
    assert found.text("zh") == "指标 labelled：评分.各级比例.2020 0% → 5%"
    (found,) = changes(TEXT, TEXT.replace("{note: 100%", "{note: 95%"))
    assert found.text("zh") == "指标 labelled：评分.各级比例.note 100% → 95%"


def test_an_indicator_that_moves() -> None:
    rated = TEXT[TEXT.index("      - id: rated") : TEXT.index("  - id: labelled")]
    moved = TEXT.replace(rated, "").replace("points: 40", "points: 20", 1)
    top = "\n".join(line[4:] for line in rated.splitlines()) + "\n"
    found = changes(TEXT, moved.replace("  - id: banded", top + "  - id: banded"))
    assert [item.text("en") for item in found] == [
        "indicator process: points 40 → 20",
        "indicator rated: moved process → (top)",
    ]
    assert level_of(found) is Level.MAJOR


def test_order_matters_where_the_first_decision_holds() -> None:
    keep, cut = TEXT[TEXT.index("    - {id: keep") :].splitlines(keepends=True)
    swapped = TEXT.replace(keep + cut, cut + keep)
    (found,) = changes(TEXT, swapped)
    assert (found.level, found.before, found.after) == (Level.MINOR, "keep, cut", "cut, keep")
    every = ("match: first", "match: all")
    assert changes(TEXT.replace(*every), swapped.replace(*every)) == ()


def test_parts_that_come_and_go() -> None:
    less = TEXT.replace("  late: {type: flag}\n", "").replace(
        "  - {id: lateness, when: late, then: {cap_total: 90}}\n", ""
    )
    assert [item.text("en") for item in changes(TEXT, less)] == [
        "input late: removed {type: flag}",
        "gate lateness: removed {id: lateness, when: late, then: {cap_total: 90}}",
    ]
    assert [item.what for item in changes(less, TEXT)] == ["added", "added"]
    assert level_of(changes(less, TEXT)) is Level.MAJOR
