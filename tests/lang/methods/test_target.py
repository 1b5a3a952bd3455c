"""`target`: the rule that a target cell states, a rating where there is nothing to read."""

from decimal import Decimal

import pytest

from tests.lang.methods.fakes import codes, fault, plan, rate, reach, score

PLAIN = "{method: target, target: cell, actual: words, plain: at_least}"
RATED = (
    "{method: target, target: cell, actual: words, level: unrated, plain: %s, default: top, "
    "shares: {达成: [100%%, 80%%], 部分达成: [80%%, 50%%], 未达成: [50%%, 0%%]}}"
)
DATED = "{method: target, target: cell, actual: words, plain: refuse%s}"


@pytest.mark.parametrize(
    ("cell", "actual", "points", "expected"),
    [
        # domain §14.11 and 12: reverse 5300 by 5830 → 9.09; ≥4754 with 4604, weight 5 → 4.84 [D]
        ("≤5300元/户", "5830元/户", "10", "9.09"),
        ("≥4754", "4604", "5", "4.84"),
        ("≥95%", "94.99%", "10", "10.00"),
        ("≥95%", "95%", "10", "10"),
        ("≥95%", "47.5%", "10", "5"),
        ("≥940人", "0人", "10", "0"),
        ("≤5", "5", "10", "10"),
        ("≤5", "6", "10", "8.33"),
        ("≤5", "0", "10", "10"),
        ("≤0", "0", "10", "10"),
        ("≤0", "1", "10", "0"),
        ("=50个", "50个", "10", "10"),
        ("=50个", "49个", "10", "9.8"),
        ("=50个", "51个", "10", "9.80"),
        ("=0", "0", "10", "10"),
        ("=0", "1", "10", "0"),
        ("=1", "0", "10", "0"),
        ("90%-95%", "90%", "10", "10"),
        ("90%-95%", "95%", "10", "10"),
        ("90%-95%", "89.1%", "10", "9.9"),
        ("90%-95%", "100%", "10", "9.5"),
        ("≥2.6万人", "26000人", "10", "10"),
        ("≥10万元", "9.5万元", "10", "9.5"),
    ],
)
def test_numbers(cell: str, actual: str, points: str, expected: str) -> None:
    assert score(PLAIN, points, cell=cell, words=actual) == Decimal(expected)


@pytest.mark.parametrize(
    ("plain", "actual", "expected"),
    [("at_least", "60", "10"), ("at_least", "40", "8"), ("at_most", "60", "8.33"),
     ("at_most", "40", "10"), ("equal", "60", "8.33"), ("equal", "40", "8")],
)  # fmt: skip
def test_a_bare_number_means_what_plain_says(plain: str, actual: str, expected: str) -> None:
    text = PLAIN.replace("at_least", plain)
    assert score(text, cell="50个", words=actual) == Decimal(expected)


def test_a_bare_number_may_be_refused() -> None:
    text = PLAIN.replace("at_least", "refuse")
    assert fault(text, cell="50个", words="50").code == "PRF570"
    assert score(text, cell="≥50个", words="50") == 10


@pytest.mark.parametrize(
    ("cell", "actual", "code"),
    [
        ("效果明显", "效果明显", "PRF536"),
        ("≥0", "5", "PRF535"),
        ("≥95%", "基本完成", "PRF534"),
        ("≥95%", "—", "PRF502"),
        ("≥95%", "#DIV/0!", "PRF504"),
        ("≥5公里", "5人", "PRF538"),
        ("≥5", "-1", "PRF560"),
    ],
)
def test_what_cannot_be_rated(cell: str, actual: str, code: str) -> None:
    assert fault(PLAIN, cell=cell, words=actual).code == code


@pytest.mark.parametrize(
    ("cell", "actual", "level", "expected"),
    [
        ("效果明显", "效果明显", "达成", 10),
        ("效果明显", "效果明显", "部分达成", 8),
        ("效果明显", "", "未达成", 5),
        ("≥95%", "95%", "未达成", 10),  # the number is there: it counts
        ("≥95%", "—", "达成", 10),
        ("≥95%", "基本完成", "部分达成", 8),
        ("12月底前", "按时完成", "达成", 10),
    ],
)
def test_the_rating_decides_where_there_is_nothing_to_read(
    cell: str, actual: str, level: str, expected: int
) -> None:
    assert score(RATED % "at_least", cell=cell, words=actual, unrated=level) == expected


def test_without_a_rating_words_prove_nothing() -> None:
    assert fault(RATED % "at_least", cell="效果明显", words="效果明显").code == "PRF536"


def test_a_refused_number_may_be_rated() -> None:
    assert score(RATED % "refuse", cell="50个", words="50", unrated="部分达成") == 8


def test_a_unit_that_does_not_fit_is_never_rated_away() -> None:
    assert fault(RATED % "refuse", cell="≥5公里", words="5人", unrated="达成").code == "PRF538"


def test_ratings_of_three_levels_have_the_national_shares() -> None:
    # 财预〔2020〕10号 form: 100–80, 80–60, 60–0
    text = target("level: level, plain: refuse, default: bottom")
    found = [
        score(text, cell="好", words="好", level=level) for level in ("达成", "部分达成", "未达成")
    ]
    assert found == [8, 6, 0]


@pytest.mark.parametrize(
    ("cell", "actual", "expected"),
    [
        ("2022年12月底前", "2022-12-30", 10),
        ("2022年12月底前", "2022-12-31", 10),
        ("2022年12月底前", "2023-01-01", 0),
        ("2022-06-30", "2022年6月30日", 10),
    ],
)
def test_days(cell: str, actual: str, expected: int) -> None:
    assert score(DATED % "", cell=cell, words=actual) == expected


def test_a_day_without_a_year() -> None:
    assert fault(DATED % "", cell="9月底前", words="2022-09-30").code == "PRF537"
    found = rate(DATED % ", year: as_of", cell="9月底前", words="9月30日", as_of="2022-12-31")
    assert found.numerator == 1
    assert found.because.zh == "2022-09-30 不晚于目标 9月底前（2022-09-30）"
    assert len(found.notes) == 2


def test_year_needs_the_day_of_the_evaluation() -> None:
    found = fault(DATED % ", year: as_of", cell="9月底前", words="2022-09-30")
    assert (found.code, found.args_by_name["name"]) == ("PRF502", "as_of")
    assert (
        score(DATED % ", year: as_of", cell="2022年9月底前", words="2022-09-30", as_of="2023-01-01")
        == 10
    )


@pytest.mark.parametrize(
    ("done", "expected"), [("2022-12-31", 10), ("2023-01-10", 9), ("2023-01-20", 8)]
)
def test_what_is_late_may_lose_points_only(done: str, expected: int) -> None:
    late = ", late: {method: deadline, due: goal, per: 10, lose: 1, whole_steps: true}"
    assert score(DATED % late, cell="2022年12月底前", words=done) == expected


BY = PLAIN.replace("plain", "by: {%s: {method: formula, rate: '%s'}}, plain")


@pytest.mark.parametrize(
    ("kind", "rule", "cell", "actual", "expected"),
    [
        ("number", "min(1, value)", "≥95%", "90%", "9"),  # Huanggang's form: points × actual
        ("number", "min(1, value)", "95%", "90%", "9"),
        ("number", "value / goal / 2", "≤10", "8", "4"),
        ("none", "value / goal / 2", "10", "8", "4"),
        ("none", "0", "≥10", "8", "8"),
        ("at_least", "value / goal / 2", "≥10", "8", "4"),
        ("at_least", "value / goal / 2", "10", "8", "4"),
        ("range", "goal / value", "90%-95%", "100%", "9.5"),
        ("date", "0.5 if value > goal else 1", "2022-12-31", "2023-01-01", "5"),
        ("words", "1 if value == goal else 0", "优良", "优良", "10"),
        ("words", "1 if value == goal else 0", "优良", "一般", "0"),
    ],
)
def test_a_kind_of_cell_may_have_its_own_rule(
    kind: str, rule: str, cell: str, actual: str, expected: str
) -> None:
    assert score(BY % (kind, rule), cell=cell, words=actual) == Decimal(expected)


@pytest.mark.parametrize(
    ("column", "actual", "cell"),
    [
        ("x", "940", "≥940人"),
        ("rate", "94%", "≥94%"),
        ("paid", "10", "≥10万元"),
        ("done", "2022-01-01", "2022-01-01"),
    ],
)
def test_the_actual_may_be_no_text(column: str, actual: str, cell: str) -> None:
    text = PLAIN.replace("words", column)
    assert score(text, cell=cell, **{column: actual}) == 10


def test_the_target_may_be_a_text() -> None:
    text = "{method: target, target: '\"≥95%\"', actual: words, plain: refuse}"
    assert score(text, words="95%") == 10


def test_what_was_read_otherwise_is_noted() -> None:
    assert len(rate(PLAIN, cell="≥940人", words="≥940").notes) == 2


@pytest.mark.parametrize(
    ("cell", "actual", "zh", "en"),
    [
        ("≥95%", "96%", "实际 96% 达到目标 ≥95%", "96% meets the target ≥95%"),
        ("≥95%", "90%", "90% ÷ 95%", "90% ÷ 95%"),
        ("≤5天", "6天", "5天 ÷ 6天", "5天 ÷ 6天"),
        ("≤0", "1", "实际 1 未达到目标 ≤0", "1 misses the target ≤0"),
        ("=8个", "10个", "8个 ÷ 10个", "8个 ÷ 10个"),
        ("90%-95%", "80%", "80% ÷ 90%", "80% ÷ 90%"),
    ],
)
def test_reason(cell: str, actual: str, zh: str, en: str) -> None:
    found = rate(PLAIN, cell=cell, words=actual)
    assert (found.because.zh, found.because.en) == (zh, en)
    assert found.product == ("÷" in zh)


def test_reason_of_a_rating() -> None:
    found = rate(RATED % "refuse", cell="效果明显", words="好", unrated="部分达成")
    assert found.because.zh == "评为“部分达成”（80%至50%），取上限80%"


def target(keys: str) -> str:
    return f"{{method: target, target: cell, actual: words, {keys}}}"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{method: target, target: cell, actual: words}", ["PRF444"]),
        (target("plain: more"), ["PRF205"]),
        (target("plain: refuse, level: unrated"), ["PRF432"]),
        (target("plain: refuse, level: two, default: top"), ["PRF442"]),
        (target("plain: refuse, default: top"), ["PRF439"]),
        (target("plain: refuse, shares: {好: 100%}"), ["PRF439"]),
        (target("plain: refuse, level: two, shares: {好: 100%}"), ["PRF430"]),
        (target("plain: refuse, level: words"), ["PRF350"]),
        (target("plain: refuse, year: 2022"), ["PRF205"]),
        (target("plain: refuse, by: {numbers: {method: met, when: ok}}"), ["PRF201"]),
        (target("plain: refuse, by: {number: {method: met, when: value}}"), ["PRF350"]),
        (target("plain: refuse, late: {method: met, when: ok, otherwise: 11}"), ["PRF426"]),
        (
            target(
                "plain: refuse, late: {method: met, when: ok}, by: {date: {method: met, when: ok}}"
            ),
            ["PRF222"],
        ),
        ("{method: target, target: x, actual: words, plain: refuse}", ["PRF350"]),
        ("{method: target, target: cell, actual: ok, plain: refuse}", ["PRF350"]),
        ("{method: target, target: cell, plain: refuse}", ["PRF420"]),
    ],
)
def test_faults(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_reachable_and_reads() -> None:
    assert reach(plan(PLAIN)) == "0 to 1"
    text = RATED.replace("default", "year: as_of, default") % "refuse"
    assert [item.text for item in plan(text).reads][:4] == ["cell", "words", "unrated", "as_of"]
    assert [item.text for item in plan(BY % ("number", "value / goal")).reads][-1] == "value / goal"
