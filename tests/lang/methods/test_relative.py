"""`relative`: against goalposts or a frozen reference, never against neighbours."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfrules.lang.methods.relative import digest_of
from tests.lang.methods.fakes import codes, fault, plan, rate, score, share

POSTS = "{method: relative, actual: x, by: min_max, better: higher, low: 20, high: 85}"
SCALE = "zero_at: -2, full_at: 2"
SEEN = [Decimal(number) for number in ("60", "70", "70", "90")]


def frozen(by: str, more: str = "", better: str = "higher") -> str:
    values = ", ".join(map(str, SEEN))
    reference = f"reference: {{values: [{values}], digest: '{digest_of(SEEN)}'}}"
    return f"{{method: relative, actual: x, by: {by}, better: {better}, {reference}{more}}}"


@pytest.mark.parametrize(
    ("years", "expected"),
    [("20", "0"), ("85", "1"), ("52.5", "0.5"), ("10", "0"), ("99", "1"), ("71.7", "0.795385")],
)
def test_goalposts_of_the_human_development_index(years: str, expected: str) -> None:
    # UNDP technical notes: life expectancy from 20 to 85; (71.7 - 20) / 65 = 0.7953846…
    assert share(rate(POSTS, x=years)).quantize(Decimal("1e-6")) == Decimal(expected)


def test_lower_is_better() -> None:
    text = POSTS.replace("higher", "lower")
    assert [score(text, "10", x=years) for years in ("20", "85", "52.5")] == [10, 0, 5]


@pytest.mark.parametrize(
    ("value", "expected"), [("50", "0"), ("60", "1.25"), ("65", "2.5"), ("70", "5"), ("95", "10")]
)
def test_percentile_of_a_frozen_reference(value: str, expected: str) -> None:
    # 60: (0 + ½) / 4; 65: 1/4; 70: (1 + 1) / 4; above all: 4/4
    assert score(frozen("percentile"), "10", x=value) == Decimal(expected)


def test_ends_of_a_frozen_reference() -> None:
    assert score(frozen("min_max"), "10", x="75") == 5


def test_z_score_on_a_scale() -> None:
    # mean 70, deviation 10: 80 is z = 1, (1 + 2) / 4 = 0.75
    posts = f"better: higher, mean: 70, deviation: 10, {SCALE}"
    text = f"{{method: relative, actual: x, by: z_score, {posts}}}"
    assert score(text, "10", x="80") == Decimal("7.5")
    assert score(text, "10", x="40") == 0
    assert score(text.replace("better: higher", "better: lower"), "10", x="80") == Decimal("2.5")
    assert "= 1，" in rate(text, x="80").because.zh


def test_z_score_of_a_frozen_reference() -> None:
    # 60 70 70 90: mean 72.5, variance (156.25 + 6.25 + 6.25 + 306.25) / 4 = 118.75; at the mean ½
    assert score(frozen("z_score", f", {SCALE}"), "10", x="72.5") == 5


@settings(max_examples=60, deadline=None)
@given(
    st.decimals(0, 120, places=2, allow_nan=False), st.decimals(0, 120, places=2, allow_nan=False)
)
def test_more_never_earns_less(low: Decimal, high: Decimal) -> None:
    low, high = sorted((low, high))
    for text in (POSTS, frozen("percentile"), frozen("min_max"), frozen("z_score", f", {SCALE}")):
        made = plan(text)
        first, second = (share(rate(text, x=str(value))) for value in (low, high))
        assert 0 <= first <= second <= 1
        assert made.reachable() == (Decimal(0), Decimal(1))


def test_a_reference_in_another_order_has_the_same_digest() -> None:
    assert digest_of(SEEN) == digest_of([Decimal("90.0"), *SEEN[:3]])
    assert digest_of(SEEN) != digest_of(SEEN[1:])


def test_percents_and_money_compare_with_their_kind() -> None:
    text = "{method: relative, actual: rate, by: min_max, better: higher, low: 50%, high: 100%}"
    assert score(text, "10", rate="75%") == 5
    text = "{method: relative, actual: paid, by: min_max, better: lower, low: 10万元, high: 20万元}"
    assert score(text, "10", paid="12") == 8


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (POSTS.replace("high: 85", "high: y"), ["PRF703"]),
        (POSTS.replace("high: 85", "high: x + 1"), ["PRF703"]),
        (POSTS.replace("high: 85", "high: 20"), ["PRF704"]),
        (POSTS.replace(", high: 85", ""), ["PRF202"]),
        (POSTS.replace("low: 20, high: 85", "mean: 1"), ["PRF222"]),
        (POSTS.replace("}", f", {SCALE}}}"), ["PRF439"]),
        (POSTS.replace(", better: higher", ""), ["PRF202"]),
        (POSTS.replace("min_max", "percentile"), ["PRF222"]),
        (frozen("percentile").replace(digest_of(SEEN), "sha256:0"), ["PRF701"]),
        (frozen("percentile").replace("60,", "x,"), ["PRF440"]),
        (frozen("z_score"), ["PRF202", "PRF202"]),
        (frozen("z_score", ", zero_at: 2, full_at: 2"), ["PRF705"]),
        (frozen("min_max").replace("}}", "}, low: 5}"), ["PRF222"]),
    ],
)
def test_faults(text: str, found: list[str]) -> None:
    assert codes(text) == found


def test_goalposts_by_parameter_may_turn_out_wrong() -> None:
    assert fault(POSTS.replace("20", "-(0 - 90)").replace("85", "80 * 1"), x="1").code == "PRF568"
