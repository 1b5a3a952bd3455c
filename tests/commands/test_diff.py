"""`diff` and `check --against`: what changed, who is graded otherwise, and the exit code."""

import csv
import json
from pathlib import Path

import pytest

from tests.sample_rulesets import FORM
from tests.sample_work import run

RATE = "target: 100%"


@pytest.fixture
def two(work: Path) -> Path:
    """Return the folder with new versions of the form."""
    new = FORM.replace('version: "1.0"', 'version: "2.0"').replace(RATE, "target: 90%")
    (work / "new.yaml").write_text(new, encoding="utf-8")
    (work / "same.yaml").write_text(new.replace('"2.0"', '"1.0"'), encoding="utf-8")
    return work


def test_a_new_version(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "diff", "form.yaml", "new.yaml", "--lang", "en")
    assert (code, err) == (0, "")
    assert "score.target 100% → 90%" in out
    assert out.splitlines()[-1] == "the first number must rise, and 1.0 → 2.0 says so"


def test_a_version_that_says_too_little(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "diff", "form.yaml", "same.yaml")
    assert code == 1
    assert out.splitlines()[-1] == "应提高主版本号：写作 2.0，而不是 1.0"
    code, out, _ = run(capsys, "check", "same.yaml", "--against", "form.yaml")
    assert code == 1
    assert "same.yaml:2:10: 错误 PRF840" in out
    assert 'version: "2.0"' in out
    code, out, _ = run(capsys, "check", "new.yaml", "--against", "form.yaml")
    assert (code, "PRF84" in out) == (0, False)


def test_another_id_is_told(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (two / "form.yaml").read_text(encoding="utf-8")
    name = text.split("\n", 1)[0].removeprefix("ruleset: ")
    (two / "other.yaml").write_text(text.replace(name, "city.other", 1), encoding="utf-8")
    code, out, err = run(capsys, "diff", "form.yaml", "other.yaml", "--lang", "en")
    assert (code, "other.yaml:1:10: warning PRF846" in err) == (0, True)
    assert out.splitlines()[1:3] == [f"id: {name} → city.other", "nothing else changed"]
    code, out, _ = run(capsys, "check", "other.yaml", "--against", "form.yaml")
    assert (code, "警告 PRF846" in out) == (0, True)
    code, out, err = run(capsys, "diff", "form.yaml", "form.yaml", "--lang", "en")
    assert (code, err, out.splitlines()[1]) == (0, "", "nothing changed")


@pytest.mark.parametrize(
    ("old", "new", "edit", "wanted"),
    [
        ('"1.0"', '"1.0"', ("预算执行率", "执行率"), "PRF843"),
        ('"1.0"', '"1.0.1"', ("at_least: 80", "at_least: 75"), "PRF842"),
        ('"1.2"', '"1.1"', ("", ""), "PRF841"),
        ('"1.2"', '"1.3"', ("at_least: 80", "at_least: 75"), None),
    ],
)
def test_codes(
    work: Path,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    edit: tuple[str, str],
    wanted: str | None,
) -> None:
    one = FORM.replace('version: "1.0"', f"version: {old}")
    two = FORM.replace('version: "1.0"', f"version: {new}").replace(*edit)
    assert edit == ("", "") or two.replace(new, old) != one
    (work / "one.yaml").write_text(one, encoding="utf-8")
    (work / "two.yaml").write_text(two, encoding="utf-8")
    code, out, _ = run(capsys, "check", "two.yaml", "--against", "one.yaml")
    assert code == (0 if wanted is None else 1)
    assert wanted is None or wanted in out


def test_units(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By hand: 某小学 80 × 1, was 80 × 0.95; 丙村 80 × 60 ÷ 90 = 53.33, was 48."""
    argv = ("diff", "form.yaml", "new.yaml", "--facts", "facts.csv", "-o", "units.csv")
    code, out, _ = run(capsys, *argv, "--lang", "en")
    assert code == 0
    assert "3 units: 1 the same, 1 graded otherwise, 2 gain, 0 lose, 0 rejected by only one" in out
    assert "  差 → 中  1" in out
    assert "output                        +9.33 in all, 2 up, 0 down" in out
    rows = list(csv.DictReader((two / "units.csv").read_text(encoding="utf-8-sig").splitlines()))
    shown = [[row[key] for key in ("unit", "total_before", "total_after", "change", "because")]
             for row in rows]  # fmt: skip
    assert shown == [
        ["某小学", "91.85", "95.85", "4.00", "output +4"],
        ["丙村", "58.00", "63.33", "5.33", "output +5.33"],
    ]
    assert [row["grade_after"] for row in rows] == ["优", "中"]


def test_an_input_that_only_one_version_has(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    more = FORM.replace("  misused: {", "  extra: {type: flag, title: 补充}\n  misused: {")
    more = more.replace("when: misused,", "when: misused or extra,")
    (two / "more.yaml").write_text(more, encoding="utf-8")
    _, out, _ = run(capsys, "diff", "form.yaml", "more.yaml", "--facts", "facts.csv", "--lang=en")
    assert "2 rejected by only one" in out
    assert "the new one rejects it: PRF502" in out
    _, out, _ = run(capsys, "diff", "more.yaml", "form.yaml", "--facts", "facts.csv", "--lang=en")
    assert "the old one rejects it: PRF502" in out
    with_extra = (two / "facts.csv").read_text(encoding="utf-8").splitlines()
    text = "\n".join(
        f"{line},{'补充' if place == 0 else '否'}" for place, line in enumerate(with_extra)
    )
    (two / "extra.csv").write_text(text, encoding="utf-8")
    _, out, _ = run(capsys, "diff", "form.yaml", "more.yaml", "--facts", "extra.csv", "--lang=en")
    assert "3 units: 3 the same" in out


def test_json(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "diff", "form.yaml", "new.yaml", "--format", "json")
    found = json.loads(out)
    assert (code, found["level"], found["bumped"], found["fits"]) == (0, "major", "major", True)
    (change,) = found["changes"]
    assert (change["before"], change["after"]) == ("100%", "90%")
    assert change["new"].startswith("new.yaml:")


def test_what_cant_be_compared(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (two / "lib.yaml").write_text(
        'library: lib\nversion: "1.0"\ntitle: x\nindicators:\n'
        "  - {id: a, points: 5, score: {method: met, when: b}}\n"
        "inputs: {b: {type: flag}}\n",
        encoding="utf-8",
    )
    code, out, err = run(capsys, "diff", "form.yaml", "lib.yaml")
    assert (code, out) == (2, "")
    assert "PRF844" in err
    code, out, err = run(capsys, "diff", "lib.yaml", "lib.yaml", "--facts", "units.csv")
    assert (code, out) == (2, "")
    assert "PRF845" in err
    code, out, _ = run(capsys, "diff", "lib.yaml", "lib.yaml")
    assert (code, out.splitlines()[0]) == (0, "lib 1.0 → lib 1.0")
