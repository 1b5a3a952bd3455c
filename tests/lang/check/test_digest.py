"""The digest follows the meaning, not the words."""

import pytest

from perfrules.lang.load import load_ruleset
from tests.small import plan, text

BODY = """
note: 备注
parameters: {floor_share: {value: 50%, title: 下限}}
inputs:
  level: {type: choice, of: [好, 差], title: 评级}
  title: {type: flag}
derive: {low: 'level == "差"'}
indicators:
  - id: quality
    title: 质量
    points: 100
    evidence: 验收报告
    score:
      method: levels
      level: level
      default: top
      shares: {好: [100%, 80%], 差: [80%, 0%]}
      anchors: {好: {text: 有验收报告, evidence: true}, 差: 没有}
report: {low: low, title: title, floor_share: floor_share}
"""


def changed(old: str, new: str) -> bool:
    assert old in BODY
    return plan(BODY).digest != plan(BODY.replace(old, new)).digest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("note: 备注", "note: 另一个备注"),
        ("title: 质量", "title: {zh: 质量, en: quality}"),
        ("title: 评级", "title: 级别"),
        ("points: 100", "points: 100.0"),
        ("points: 100", "x-owner: 教育科\n    points: 100"),
        ("evidence: 验收报告", "evidence: 另一份材料"),
        ("text: 有验收报告", "text: 验收合格"),
        ("差: 没有}", "差: 没有报告}"),
        ("shares: {好: [100%, 80%], 差: [80%, 0%]}", "shares: {差: [80%, 0%], 好: [100%, 80%]}"),
        ("  level: {type: choice, of: [好, 差], title: 评级}\n  title: {type: flag}\n",
         "  title: {type: flag}\n  level: {of: [好, 差], title: 评级, type: choice}\n"),
    ],
)  # fmt: skip
def test_words_and_order_of_keys_change_nothing(old: str, new: str) -> None:
    assert not changed(old, new)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("default: top", "default: middle"),
        ("evidence: true", "evidence: false"),
        ("[80%, 0%]", "[80%, 10%]"),
        ("title: {type: flag}", "title: {type: number}"),  # an input of that name is no word
        ("value: 50%", "value: 60%"),
        ('level == "差"', 'level == "好"'),
    ],
)
def test_meaning_changes_it(old: str, new: str) -> None:
    assert changed(old, new)


def test_version_and_basis_are_words() -> None:
    source = text(BODY)
    other = source.replace('version: "1.0"', 'version: "1.1"').replace(
        "note: 备注", "basis: [{document: 办法, evidence: proposed}]"
    )
    assert load_ruleset(source).digest == load_ruleset(other).digest
    assert load_ruleset(source).digest.startswith("sha256:")


LABELS = """
inputs:
  level: {type: choice, of: [title, note, 差]}
  place: {type: choice, of: [use, basis]}
parameters: {least: {keys: [level, place], values: {2020-01-01: {note: {use: 10%, basis: 20%}}}}}
indicators:
  - id: a
    points: 50
    score: {method: levels, level: level, shares: {title: 100%, note: 50%, 差: 0%}}
  - {id: b, points: 50, score: {method: formula, rate: "lookup(least, level, place)"}}
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [("note: 50%", "note: 40%"), ("use: 10%", "use: 15%"), ("basis: 20%", "basis: 25%")],
)
def test_a_label_that_is_called_like_a_word_of_the_language_counts(old: str, new: str) -> None:
    assert plan(LABELS).digest != plan(LABELS.replace(old, new)).digest
