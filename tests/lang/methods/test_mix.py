"""`mix`: parts of the points, each with its own method."""

import pytest

from tests.lang.methods.fakes import codes, plan, rate, reach, score

# domain §1.5 [V2 S08]: 0.6 × 90 + 0.4 × 95 = 92
MIXED = (
    "{method: mix, of: [{title: 定性, share: 60%, score: {method: formula, rate: x}}, "
    "{title: {zh: 定量, en: figures}, share: 40%, score: {method: proportional, actual: rate, "
    "target: 100%}}]}"
)
POINTS = (
    "{method: mix, of: [{share: 60%, score: {method: met, when: ok, otherwise: 3}}, "
    "{share: 40%, score: {method: met, when: also, otherwise: 1}}]}"
)


def test_sixty_and_forty() -> None:
    assert score(MIXED, "100", x="0.9", rate="95%") == 92


@pytest.mark.parametrize(
    ("ok", "also", "expected"),
    [(True, True, 10), (False, True, 7), (True, False, 7), (False, False, 4)],
)
def test_inner_points_are_those_of_the_part(*, ok: bool, also: bool, expected: int) -> None:
    assert score(POINTS, ok=ok, also=also) == expected  # 3 of 6, 1 of 4


def test_reason() -> None:
    because = rate(MIXED, x="0.9", rate="95%").because
    assert (
        because.zh
        == "定性60% × 90%（x = 90%（x = 0.9）） + 定量40% × 95%（95% ÷ 100%）".replace(
            "x = 90%（x = 0.9）", "x = 90%"
        )
    )
    assert because.en == "定性 60% × 90% (x = 90%) + figures 40% × 95% (95% ÷ 100%)"


def test_what_the_parts_say_is_kept() -> None:
    text = (
        "{method: mix, of: [{share: 50%, score: {method: levels, level: two, shares: {好: 100%, "
        "差: 0%}, anchors: {好: {text: t, evidence: true}}}}, {share: 50%, score: {method: met, "
        "when: ok}}]}"
    )
    found = rate(text, two="好", ok=True)
    assert found.unverified
    assert len(found.notes) == 1
    assert rate(text, evidence="报告", two="好", ok=True).unverified is False


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ("{share: 60%, score: {method: met, when: ok}}", ["PRF428"]),
        ("{share: 100, score: {method: met, when: ok}}", ["PRF342"]),
        ("{share: rate, score: {method: met, when: ok}}", ["PRF440"]),
        ("{share: 100%, score: {method: met, when: x}}", ["PRF350"]),
        ("{share: 100%, score: {when: ok}}", ["PRF202"]),
        ("{share: 100%}", ["PRF202"]),
        (
            (
                "{share: 50%, score: {method: met, when: ok, otherwise: 6}}, "
                "{share: 60%, score: {method: met, when: ok}}"
            ),
            ["PRF428", "PRF426"],
        ),
        ("{share: 100%, score: {method: proportional, target: 1}}", ["PRF420"]),
    ],
)
def test_faults(parts: str, found: list[str]) -> None:
    assert codes(f"{{method: mix, of: [{parts}]}}") == found


def test_reachable_and_reads() -> None:
    assert reach(plan(POINTS)) == "0.4 to 1"
    assert [item.text for item in plan(POINTS).reads] == ["ok", "3", "also", "1"]
    text = "{method: mix, of: [{share: 100%, score: {method: met, when: ok, otherwise: x}}]}"
    assert plan(text).reachable() is None
