"""`verify`: agreement line by line, what differs and where, and an exit code."""

import json
from pathlib import Path

import pytest

from tests.sample_rulesets import FORM
from tests.sample_work import run


@pytest.fixture
def saved(work: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Return the folder with a result and the results of a CSV."""
    for facts, out in (("facts.json", "one.json"), ("facts.csv", "many.jsonl")):
        run(capsys, "score", "form.yaml", facts, "-o", out)
    assert (work / "one.json").exists()
    return work


ONE = ("verify", "one.json", "facts.json", "--ruleset", "form.yaml")
MANY = ("verify", "many.jsonl", "facts.csv", "--ruleset", "form.yaml")


def tamper(path: Path, old: str, new: str) -> None:
    """Change a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_all_agree(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *ONE)
    assert code == 0
    lines = out.splitlines()
    assert lines[0] == "一致  A  (city.form 1.0)"
    assert [line.split()[:2] for line in lines[1:4]] == [
        ["一致", "规则集"], ["一致", "程序与插件"], ["一致", "填报数据"],
    ]  # fmt: skip
    assert err == "核对 1 项结果：一致 1，不符 0\n"
    assert out.encode("gbk")


def test_one_byte(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tamper(saved / "one.json", '"score": "15.85"', '"score": "15.86"')
    code, out, _ = run(capsys, *ONE, "--lang", "en")
    assert code == 1
    lines = out.splitlines()
    assert lines[0] == "DIFFERS  A  (city.form 1.0)"
    assert "    PRF656 indicators.execution.score: the file has 15.86, computed is 15.85" in lines
    assert "  same     ruleset               3 values" in lines


def test_many(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, *MANY)
    units = len((saved / "many.jsonl").read_text(encoding="utf-8").splitlines())
    assert (code, len(out.splitlines())) == (0, units)
    assert err.endswith(f"核对 {units} 项结果：一致 {units}，不符 0\n")
    rows = (saved / "many.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (saved / "many.jsonl").write_text("".join(rows[1:]), encoding="utf-8")
    # One left over is verified alone; where several claim to be all, the lacking one is told.
    assert run(capsys, *MANY)[0] == (0 if units == 2 else 1)


def test_other_rules(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = FORM.replace("target: budget", "target: budget * 2")
    (saved / "other.yaml").write_text(other, encoding="utf-8")
    code, out, _ = run(capsys, *ONE[:-1], "other.yaml")
    assert code == 1
    assert "PRF651 规则集的含义不同" in out
    assert "PRF656 total" in out


def test_an_absent_digest_is_a_failure(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads((saved / "one.json").read_text(encoding="utf-8"))
    del found["facts_digest"]
    (saved / "one.json").write_text(json.dumps(found), encoding="utf-8")
    code, out, _ = run(capsys, *ONE)
    assert code == 1
    assert "PRF653 结果里没有 facts_digest，无法证明它与填报数据一致" in out


def test_json(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tamper(saved / "one.json", '"grade": "优"', '"grade": "良"')
    code, out, _ = run(capsys, *ONE, "--format", "json")
    (found,) = json.loads(out)
    assert (code, found["unit"], found["agrees"]) == (1, "A", False)
    wrong = [check for check in found["checks"] if not check["agrees"]]
    assert [check["part"] for check in wrong] == ["total"]
    assert wrong[0]["problems"][0]["path"] == ["grade"]


@pytest.mark.parametrize(
    ("argv", "code"),
    [
        (("verify", "facts.json", "facts.json"), "PRF650"),
        (("verify", "facts.json", "facts.json", "--ruleset", "form.yaml"), "PRF650"),
        (("verify", "one.json", "facts.json"), "PRF601"),
        (("verify", "none.json", "facts.json"), "PRF603"),
        (("verify", "one.json"), "PRF645"),
        ((*ONE, "--as-of", "soon"), "PRF641"),
    ],
)
def test_nothing_verified(
    saved: Path, capsys: pytest.CaptureFixture[str], argv: tuple[str, ...], code: str
) -> None:
    found, out, err = run(capsys, *argv)
    assert found == 2
    assert code in out + err


def test_many_differences_are_cut(saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = json.loads((saved / "one.json").read_text(encoding="utf-8"))
    found["indicators"] += [{"id": f"x{n}"} for n in range(30)]
    (saved / "one.json").write_text(json.dumps(found), encoding="utf-8")
    _, out, _ = run(capsys, *ONE)
    assert "另有 10 处" in out
    assert out.count("PRF657") == 20
