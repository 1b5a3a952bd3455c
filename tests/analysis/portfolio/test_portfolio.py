"""What a portfolio makes of many results: columns, groups, decisions, the report, who is out."""

import pickle
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.analysis.portfolio import Portfolio
from perfrules.analysis.portfolio.render import outcome_json, to_json, to_text
from perfrules.engine.program import Program
from perfrules.errors import FactsError, UsageError
from tests.sample_portfolio import column, form, plan, refused, result, run

TOTALS = {"甲": "95.00", "乙": "90.00", "丙": "90.00", "丁": "70.00"}
BUDGETS = {
    "甲": {"budget": "40万元"},
    "乙": {"budget": "30万元"},
    "丙": {"budget": "30万元"},
    "丁": {"budget": "200万元"},
}
FACTS = "results: {r: {of: city.form@1, facts: {sort: {type: text}}}}\n"


def test_competition_rank_shares_places() -> None:
    found = run("derive: {place: {rank: r.total}, last: {rank: r.total, order: ascending}}", TOTALS)
    assert column(found, "place") == {"甲": 1, "乙": 2, "丙": 2, "丁": 4}
    assert column(found, "last") == {"甲": 4, "乙": 2, "丙": 2, "丁": 1}


def test_a_failing_where_leaves_the_column_missing_without_a_warning() -> None:
    found = run("derive: {place: {rank: r.total, where: 'r.grade == \"优\"'}}", TOTALS)
    assert column(found, "place") == {"甲": 1, "乙": 2, "丙": 2, "丁": None}
    assert found.warnings == ()


def test_columns_read_each_other_in_any_order() -> None:
    body = "derive: {twice: 'place * 2', place: {rank: r.total}, top: place <= 2}"
    found = run(body, TOTALS)
    assert column(found, "twice") == {"甲": 2, "乙": 4, "丙": 4, "丁": 8}
    assert list(found.types) == ["twice", "place", "top"]
    assert found.relative == ("twice", "place", "top")


def test_percentile_min_max_and_z_score() -> None:
    # below + half of equal, of 4; 70 to 95
    # mean 86.25, squares 76.5625 + 14.0625 × 2 + 264.0625 = 368.75
    body = "derive: {p: {percentile: r.total}, m: {min_max: r.total}, z: {z_score: r.total}}"
    found = run(body, TOTALS)
    assert column(found, "p") == {
        "甲": Decimal("0.875"), "乙": Decimal("0.5"), "丙": Decimal("0.5"), "丁": Decimal("0.125"),
    }  # fmt: skip
    assert column(found, "m") == {"甲": 1, "乙": Decimal("0.8"), "丙": Decimal("0.8"), "丁": 0}
    z = column(found, "z")["甲"]
    assert isinstance(z, Decimal)
    assert abs(z * z * Decimal("368.75") / 4 - Decimal("8.75") ** 2) < Decimal("1e-20")


def test_without_a_range_there_is_no_min_max() -> None:
    assert refused("derive: {m: {min_max: r.total}}", {"甲": "90", "乙": "90"}) == ["PRF725"]


def test_groups() -> None:
    facts = {unit: {**BUDGETS[unit], "sort": "学校" if unit != "丙" else "道路"} for unit in TOTALS}
    body = (
        "derive:\n  alike: {count: true, by: r.fact.sort, where: r.fact.budget < 50万元}\n"
        "  together: {sum: r.fact.budget, by: [r.fact.sort]}\n"
        "  usual: {mean: r.total, by: r.fact.sort}\n"
        "  some: {any: r.total >= 95, by: r.fact.sort}\n"
        "  every: {all: r.total >= 90, by: r.fact.sort}\n"
    )
    found = run(body, TOTALS, facts, FACTS)
    assert column(found, "alike") == {"甲": 2, "乙": 2, "丙": 1, "丁": None}
    assert column(found, "together")["甲"] == 2_700_000
    assert column(found, "usual") == {"甲": 85, "乙": 85, "丙": 90, "丁": 85}
    assert column(found, "some") == {"甲": True, "乙": True, "丙": False, "丁": True}
    assert column(found, "every")["丙"] is True


def test_the_example_of_the_language_page() -> None:
    body = (
        "inputs: {pool: {type: money, unit: 万元}}\n"
        "derive:\n"
        "  place: {rank: r.total, where: 'r.grade == \"优\"'}\n"
        "  similar: {count: true, by: [r.fact.sort], where: r.fact.budget < 50万元}\n"
        "  share: {allocate: pool, in_proportion_to: r.fact.budget * r.rate, where: place <= 10}\n"
        "decisions: {match: all, rules: [{id: merge, when: similar >= 2,"
        " do: {code: consolidate, title: 统筹整合, amount: share}}]}\n"
        "report:\n"
        "  fund: sum(share)\n"
        '  poor: \'sum(x.fact.budget for x in r if x.grade == "差")'
        " / sum(x.fact.budget for x in r)'\n"
    )
    facts = {unit: {**BUDGETS[unit], "sort": "学校"} for unit in TOTALS}
    found = run(body, TOTALS, facts, FACTS, pool="100万元")
    # weights 38, 27, 27 of 92: 413043.478…, 293478.260… twice; 2 fen left for the .478 and 丙 < 乙
    assert column(found, "share") == {
        "甲": Decimal("413043.48"), "乙": Decimal("293478.26"),
        "丙": Decimal("293478.26"), "丁": None,
    }  # fmt: skip
    assert found.report["fund"] == 1_000_000
    assert found.row("丁").decisions == ()
    decided = found.row("乙").decisions[0]
    assert decided.amount == "293478.26元"
    assert decided.because.zh == "similar >= 2（similar = 3）"
    poor = found.report["poor"]
    assert isinstance(poor, Decimal)
    assert poor.quantize(Decimal("1e-6")) == Decimal("0.666667")


def test_a_choosing_table_and_a_dated_parameter() -> None:
    body = (
        "parameters: {line: {values: {2022-01-01: 60, 2023-01-01: 75}}}\n"
        "derive: {light: {of: [绿, 红], choose: first,"
        " rows: [{when: r.total >= line, then: 绿}, {else: 红}]}}\n"
    )
    given_ = [result("丁", "70.00", "差")]
    assert column(Portfolio(plan(body), date(2022, 6, 1)).score(given_), "light") == {"丁": "绿"}
    assert column(Portfolio(plan(body), date(2023, 6, 1)).score(given_), "light") == {"丁": "红"}
    with pytest.raises(FactsError, match="PRF524"):
        Portfolio(plan(body)).score(given_)
    with pytest.raises(UsageError, match="PRF548"):
        Portfolio(plan(body), date(2021, 6, 1))


def test_report_folds() -> None:
    body = (
        "derive: {place: {rank: r.total}}\n"
        "report:\n"
        "  grades: {count: true, by: r.grade}\n"
        "  mean: {mean: r.total, where: r.total > 99}\n"
        "  best: max(place)\n"
        "  low: min(x.total for x in r)\n"
        "  firsts: {count: true, where: place == 1}\n"
        "  perfect: {any: r.total == 100}\n"
    )
    found = run(body.replace("  mean:", "  average:"), TOTALS)
    assert found.report == {
        "grades": {"优": 3, "良": 0, "中": 0, "差": 1},
        "average": None,
        "best": 4,
        "low": 70,
        "firsts": 1,
        "perfect": False,
    }


# Missing is not zero


def test_a_unit_without_a_total_is_in_no_ranking_and_is_named() -> None:
    found = run("derive: {place: {rank: r.total}}", {**TOTALS, "戊": None})
    assert column(found, "place")["戊"] is None
    assert column(found, "place")["丁"] == 4
    (warning,) = found.warnings
    assert warning.code == "PRF731"
    assert "戊" in warning.message.zh
    assert warning.message.en.startswith("place is missing where r.total is")


def test_a_report_that_needs_a_missing_value_is_missing_and_says_so() -> None:
    body = (
        "report: {n: count(x for x in r if x.total >= 90),"
        " k: count(x for x in r if known(x.total))}"
    )
    found = run(body, {**TOTALS, "戊": None})
    assert found.report == {"n": None, "k": 4}
    assert [item.code for item in found.warnings] == ["PRF736"]


def test_a_unit_whose_value_cant_be_computed_is_rejected_and_the_rest_computed_without_it() -> None:
    body = (
        "derive: {place: {rank: r.total}, odd: 1 / (r.total - 95)}\n"
        "report: {n: count(x for x in r)}"
    )
    found = run(body, TOTALS)
    assert column(found, "place") == {"乙": 1, "丙": 1, "丁": 3}
    assert found.report["n"] == 3
    ((source, rejected),) = found.rejected
    assert (source, rejected.row, rejected.unit) == ("r", 1, "甲")
    assert rejected.problems[0].code == "PRF530"
    assert rejected.problems[0].span is not None


def test_a_negative_weight_rejects_its_unit() -> None:
    body = "derive: {share: {allocate: 100, in_proportion_to: r.total - 80, digits: 0}}"
    found = run(body, TOTALS)
    assert [item.unit for _, item in found.rejected] == ["丁"]
    # 15, 10, 10 of 35: 42.857 28.571 28.571; two left, to 甲 and to 丙, whose name comes before 乙
    assert column(found, "share") == {"甲": 43, "乙": 28, "丙": 29}


@pytest.mark.parametrize(("count", "code"), [(3, "PRF735"), (25, "PRF737")])
def test_units_that_drop_out_one_after_the_other_come_to_an_end(count: int, code: str) -> None:
    # in each round the lowest is divided by 0
    body = "derive: {odd: 1 / (r.total - min(x.total for x in r))}"
    totals = {f"u{number}": str(number) for number in range(count)}
    assert refused(body, totals)[0] == code


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("derive: {s: {allocate: 100, in_proportion_to: 0 * r.total}}", "PRF729"),
        ("derive: {s: {allocate: 100, in_proportion_to: 1, where: r.total > 100}}", "PRF729"),
        ("derive: {s: {allocate: 0.001, in_proportion_to: 1}}", "PRF727"),
        ("report: {n: 1 / (count(x for x in r) - 4)}", "PRF530"),
        ("inputs: {pool: {type: money, unit: 元}}\nreport: {n: pool}", "PRF502"),
    ],
)
def test_what_has_no_answer_for_the_file_is_refused(body: str, code: str) -> None:
    assert refused(body, TOTALS) == [code]


def test_an_unknown_input_is_refused() -> None:
    assert refused("report: {n: count(x for x in r)}", TOTALS, pol="1") == ["PRF501"]


# Results that come in


def test_results_that_cant_be_used_are_rejected_by_name() -> None:
    body = "derive: {place: {rank: r.total}}"
    good = result("甲", "95.00", "优")
    bad = {
        "PRF721": {**good, "unit": "乙", "ruleset": {**good["ruleset"], "id": "city.other"}},  # type: ignore[dict-item]
        "PRF723": {**good, "unit": "丙", "ruleset": {**good["ruleset"], "digest": "sha256:0"}},  # type: ignore[dict-item]
        "PRF724": {**good, "unit": None},
        "PRF720": {**good, "unit": "丁", "total": "ninety"},
    }
    found = Portfolio(plan(body)).score([*bad.values(), good, 5, {"total": "1"}])  # type: ignore[list-item]
    codes = [item.problems[0].code for _, item in found.rejected]
    assert codes == [*bad, "PRF720", "PRF720"]
    assert [row.unit for row in found.rows] == ["甲"]


def test_two_results_of_one_unit_are_both_rejected_whatever_their_order() -> None:
    first, second = result("甲", "95.00", "优"), result("甲", "80.00", "差")
    for pair in ([first, second], [second, first]):
        found = Portfolio(plan("derive: {p: {rank: r.total}}")).score(
            [*pair, result("乙", "70", "差")]
        )
        assert [row.unit for row in found.rows] == ["乙"]
        assert [item.problems[0].code for _, item in found.rejected] == ["PRF726", "PRF726"]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("grade", "甲等"), ("total", 92.5), ("total", "1e3"), ("indicators", {}),
        ("indicators", []), ("rate", True), ("format", 2),
        ("ruleset", "city.form"), ("indicators", [1]),
    ],
)  # fmt: skip
def test_a_result_with_an_odd_part_is_none(field: str, value: object) -> None:
    body = "derive: {place: {rank: r.score.output}}"
    odd = {**result("甲", "95.00", "优"), field: value}
    with pytest.raises(FactsError) as error:
        Portfolio(plan(body)).score([odd])
    assert [item.code for item in error.value.diagnostics] == ["PRF735", "PRF720"]


def test_results_come_as_objects_too() -> None:
    program = Program(form())
    facts = {
        "unit": "甲",
        "budget": "100万元",
        "executed": "90万元",
        "done": "95%",
        "misused": "否",
    }
    scored = program.score(facts)
    found = Portfolio(plan("derive: {o: r.score.output, s: r.state.output}")).score(
        [scored], [facts]
    )
    assert found.row("甲").values == {"o": 76, "s": "scored"}


def test_an_earlier_year_is_joined_by_unit() -> None:
    results = "results: {r: {of: city.form@1}, last: {of: city.form@1, join: unit}}\n"
    body = (
        "derive: {up: r.total - last.total, new: not known(last.total)}\n"
        "report: {n: count(x for x in last)}"
    )
    portfolio = Portfolio(plan(body, results))
    found = portfolio.score(
        {
            "r": [result("甲", "95", "优"), result("乙", "80", "差")],
            "last": [result("甲", "90", "优")],
        }
    )
    assert column(found, "up") == {"甲": 5, "乙": None}
    assert column(found, "new") == {"甲": False, "乙": True}
    assert found.warnings == ()
    assert found.report["n"] == 1
    with pytest.raises(UsageError, match="PRF734"):
        portfolio.score([result("甲", "95", "优")])
    with pytest.raises(UsageError, match="PRF733"):
        portfolio.score({"r": [], "lost": []})


# Facts that come in


def test_facts_are_joined_by_unit_and_admitted_as_forms_print_them() -> None:
    body = "derive: {b: r.fact.budget, k: r.fact.sort}"
    facts = {
        "甲": {"budget": "４０万元", "sort": " 学校 "},
        "乙": {"budget": "1,000", "sort": "道路"},
    }
    found = run(body, {"甲": "95", "乙": "90"}, facts, FACTS)
    assert found.row("甲").values == {"b": 400_000, "k": "学校"}
    assert found.row("乙").values["b"] == 10_000_000


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({}, "PRF502"),
        ({"budgt": "3"}, "PRF501"),
        ({"budget": "三万"}, "PRF503"),
        ({"budget": "-1"}, "PRF511"),
    ],
)
def test_a_unit_whose_facts_cant_be_read_is_rejected(facts: dict[str, object], code: str) -> None:
    found = run(
        "derive: {b: r.fact.budget}", {"甲": "95", "乙": "90"}, {"甲": facts, "乙": BUDGETS["乙"]}
    )
    assert [row.unit for row in found.rows] == ["乙"]
    assert code in {item.code for item in found.rejected[0][1].problems}


def test_facts_that_nobody_reads_are_not_asked_for() -> None:
    found = run("derive: {p: {rank: r.total}}", TOTALS)
    assert found.rejected == ()


def test_facts_in_several_parts_and_of_strangers() -> None:
    portfolio = Portfolio(plan("derive: {b: r.fact.budget}", FACTS))
    given_ = [result("甲", "95", "优")]
    parts = [
        {"unit": "甲", "budget": "3"},
        {"unit": "甲", "sort": "学校"},
        {"unit": "己", "budget": "1"},
    ]
    found = portfolio.score(given_, parts)
    assert [item.code for item in found.warnings] == ["PRF730"]
    with pytest.raises(FactsError, match="PRF732"):
        portfolio.score(given_, [*parts, {"unit": "甲", "budget": "3"}])


# Laws

UNITS = st.dictionaries(
    st.sampled_from("甲乙丙丁戊己庚辛"),
    st.decimals(0, 100, places=2, allow_nan=False).map(str),
    min_size=1,
)
BODY = (
    "derive: {own: r.total * 2, place: {rank: r.total},"
    " share: {allocate: 1000元, in_proportion_to: r.total + 1}, pct: {percentile: r.total}}\n"
    "report: {fund: sum(share), n: count(x for x in r)}\n"
)


@settings(max_examples=40, deadline=None)
@given(UNITS, st.randoms(use_true_random=False))
def test_the_order_of_rows_decides_nothing(totals: dict[str, str], random: object) -> None:
    turned = dict(sorted(totals.items(), key=lambda _: random.random()))  # type: ignore[attr-defined]
    one, two = run(BODY, totals), run(BODY, turned)
    assert {row.unit: row.values for row in one.rows} == {row.unit: row.values for row in two.rows}
    assert one.report == two.report
    assert one.report["fund"] == 1000


@settings(max_examples=30, deadline=None)
@given(UNITS)
def test_what_is_a_units_own_is_the_same_alone_and_in_any_file(totals: dict[str, str]) -> None:
    together = run(BODY, totals)
    assert "own" not in together.relative
    assert together.relative == ("place", "share", "pct")
    for unit, total in totals.items():
        assert run(BODY, {unit: total}).row(unit).values["own"] == together.row(unit).values["own"]


def test_the_same_input_gives_the_same_bytes_and_survives_a_pickle() -> None:
    portfolio = Portfolio(plan(BODY))
    given_ = [result(unit, total, None) for unit, total in TOTALS.items()]
    copy = pickle.loads(pickle.dumps(portfolio))  # noqa: S301 - our own
    assert to_json(portfolio.score(given_)) == to_json(copy.score(given_))


# Faces


def test_json_says_which_columns_are_relative() -> None:
    data = outcome_json(run(BODY, TOTALS))
    assert list(data) == [
        "format", "portfolio", "engine", "as_of", "results", "inputs", "relative", "rows", "report",
        "warnings", "rejected",
    ]  # fmt: skip
    assert data["relative"] == ["place", "share", "pct"]
    rows = data["rows"]
    assert isinstance(rows, list)
    assert rows[0]["columns"] == {"own": "190", "place": "1", "share": "275.07", "pct": "0.875"}


def test_text_has_the_banner_in_both_languages() -> None:
    found = run(BODY, TOTALS)
    assert "以下各列取决于本文件中有哪些单位：place，share，pct" in to_text(found)
    english = to_text(found, "en")
    assert "these columns depend on which units are in this file: place, share, pct" in english
    assert "units: 4" in english
