"""`compare`: yes, only these blocks, or no, with the reasons and an exit code."""

import json
from pathlib import Path

import pytest

from tests.sample_rulesets import FORM
from tests.sample_work import run


@pytest.fixture
def two(work: Path) -> Path:
    """Return the folder with three variants of the form."""
    core = FORM.replace("id: execution", "id: execution\n    core: true")
    (work / "core.yaml").write_text(core, encoding="utf-8")
    (work / "other.yaml").write_text(core.replace("target: 100%", "target: 90%"), encoding="utf-8")
    return work


@pytest.mark.parametrize(
    ("pair", "code", "answer"),
    [
        (("core.yaml", "core.yaml"), 0, "可以比较"),
        (("core.yaml", "other.yaml"), 1, "只有以下部分可以比较：execution"),
        (("form.yaml", "other.yaml"), 1, "不能比较"),
    ],
)
def test_answers(
    two: Path, capsys: pytest.CaptureFixture[str], pair: tuple[str, str], code: int, answer: str
) -> None:
    found, out, _ = run(capsys, "compare", *pair)
    assert (found, out.splitlines()[0]) == (code, answer)
    assert len(out.splitlines()) > 1


def test_json_and_english(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "compare", "core.yaml", "other.yaml", "--format", "json")
    found = json.loads(out)
    assert (code, found["comparable"], found["blocks"]) == (1, "blocks", ["execution"])
    _, out, _ = run(capsys, "compare", "core.yaml", "other.yaml", "--lang", "en")
    assert out.startswith("only these blocks: execution\n")


def test_what_cant_be_read(two: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (two / "odd.json").write_text("[1]", encoding="utf-8")
    for pair, code in ((("core.yaml", "odd.json"), "PRF739"), (("core.yaml", "no.json"), "PRF603")):
        found, out, err = run(capsys, "compare", *pair)
        assert (found, out) == (2, "")
        assert code in err
