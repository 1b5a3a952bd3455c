"""What a portfolio may say: its shape, its names, its types, and what depends on what."""

import pytest

from perfrules.lang.types import Kind
from tests.sample_portfolio import codes, plan

TABLE = """
inputs: {t: {type: table, columns: {a: {type: text}}}}
report: {n: count(x for x in t)}
"""
TWO = "results: {r: {of: city.form@1}, last: {of: city.form@1, join: unit}}\n"


@pytest.mark.parametrize(
    ("body", "found"),
    [
        # shape
        ("", []),
        ("report: {p: {rank: r.total}}", ["PRF291"]),
        ("derive: {p: {rank: r.total, percentile: r.total}}", ["PRF222"]),
        ("derive: {p: {where: r.total > 1}}", ["PRF222"]),
        ("derive: {p: {allocate: 10元}}", ["PRF202"]),
        ("derive: {p: {rank: r.total, digits: 2}}", ["PRF439"]),
        ("derive: {p: {count: true, order: ascending}}", ["PRF439"]),
        ("derive: {p: {count: false}}", ["PRF205"]),
        ("derive: {p: {allocate: 10元, in_proportion_to: 1, by: r.grade}}", ["PRF439"]),
        ("derive: {p: {count: true, by: []}}", ["PRF213"]),
        ("indicators: []", ["PRF203"]),
        ("drive: {p: r.total}", ["PRF201"]),
        # names
        ("derive: {r: r.total}", ["PRF460"]),
        ("derive: {total: r.total}", ["PRF216"]),
        ("derive: {unit: r.total}", ["PRF216"]),
        ("derive: {fact: r.total}", ["PRF216"]),
        ("derive: {a: b + 1, b: a + 1}", ["PRF461"]),
        ("derive: {a: sum(a)}", ["PRF461"]),
        ("derive: {a: 'sum(x.a for x in r if known(x.a))'}", ["PRF461"]),
        ("derive: {a: 1}\nreport: {n: a}", ["PRF326"]),
        ("inputs: {pool: {type: money, unit: 元}}", ["PRF481"]),
        ("parameters: {n: {value: 1}}", ["PRF482"]),
        (TABLE, ["PRF714"]),
        # paths and types
        ("derive: {a: r.score.nothing}", ["PRF325"]),
        ("derive: {a: r.totle}", ["PRF325"]),
        ("derive: {a: r.fact.budgets}", ["PRF325"]),
        ("derive: {a: r.facts.budget}", ["PRF325"]),
        ("derive: {a: s.total}", ["PRF315"]),
        ("derive: {a: r}", ["PRF326"]),
        ("derive: {a: total}", ["PRF320"]),
        ("report: {a: r.total}", ["PRF315"]),
        ("derive: {a: r.fact.budget + r.total}", ["PRF340"]),
        ("derive: {a: r.rate < 80}", ["PRF342"]),
        ("derive: {a: 'r.grade == \"优秀\"'}", ["PRF344"]),
        ("derive: {a: {rank: r.grade}}", ["PRF350"]),
        ("derive: {a: {count: true, where: r.total}}", ["PRF350"]),
        ("derive: {a: {allocate: r.fact.budget, in_proportion_to: 1}}", ["PRF315"]),
        ("derive: {a: r.grade}\nreport: {n: sum(a)}", ["PRF349"]),
        ("derive: {a: {rank: r.total}}\nreport: {n: sum(x.a for x in r)}", ["PRF351"]),
        ("decisions: {rules: [{id: a, when: r.total, do: {code: b}}]}", ["PRF350"]),
    ],
)  # fmt: skip
def test_faults(body: str, found: list[str]) -> None:
    assert codes(body) == found


def test_faults_are_told_at_once_in_source_order() -> None:
    body = "derive: {a: r.totle, b: {rank: r.grade}}\nreport: {n: sum(c), m: a}"
    assert codes(body) == ["PRF325", "PRF350", "PRF352", "PRF326"]


def test_what_a_joined_result_has_may_be_missing() -> None:
    assert codes("derive: {up: r.total - last.total}", TWO) == []
    assert codes("report: {n: sum(x.total for x in last)}", TWO) == ["PRF351"]
    guarded = "report: {n: sum(x.total for x in last if known(x.total))}"
    assert codes(guarded, TWO) == []


def test_columns_come_in_evaluation_order_and_keep_their_own() -> None:
    made = plan("derive: {b: a + 1, a: {rank: r.total}, c: r.total}")
    assert [item.id for item in made.columns] == ["a", "b", "c"]
    assert made.order == ("b", "a", "c")
    assert made.relative == ("b", "a")


def test_what_folds_a_table_is_relative() -> None:
    made = plan("derive: {a: r.total / mean(x.total for x in r), b: r.total, c: r.total / max(b)}")
    assert made.relative == ("a", "c")


def test_types() -> None:
    made = plan(
        "inputs: {pool: {type: money, unit: 万元}}\n"
        "derive: {share: {allocate: pool, in_proportion_to: 1}, p: {percentile: r.total},"
        " s: {sum: r.fact.budget, by: r.grade}, n: {count: true}, g: r.grade, q: r.score.output}"
    )
    kinds = {item.id: (item.type.kind, item.type.unit) for item in made.columns}
    assert kinds == {
        "share": (Kind.MONEY, "元"),
        "p": (Kind.PERCENT, None),
        "s": (Kind.MONEY, "万元"),
        "n": (Kind.NUMBER, None),
        "g": (Kind.CHOICE, None),
        "q": (Kind.NUMBER, None),
    }


def test_only_facts_that_are_read_are_asked_for() -> None:
    made = plan("derive: {a: r.fact.budget}\nreport: {n: sum(x.fact.done for x in r)}")
    assert [item.id for item in made.rows.facts] == ["budget", "done"]
    assert len(made.rows.inputs) == 4


def test_a_ruleset_without_a_total_offers_none() -> None:
    sheet = "results: {r: {of: city.sheet@1}}\n"
    assert codes("derive: {a: r.total, b: r.score.goals}", sheet) == []
    assert codes("derive: {a: r.fact.targets}", sheet) == ["PRF325"]


def test_words_dont_change_the_digest_and_rules_do() -> None:
    one = plan("derive: {a: {rank: r.total, title: 名次}}")
    two = plan("note: 另一说明\nderive: {a: {rank: r.total, title: 位次}}")
    assert one.digest == two.digest
    assert one.digest != plan("derive: {a: {rank: r.rate, title: 名次}}").digest
