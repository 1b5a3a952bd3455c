"""`check`: everything wrong, at its place."""

import json
import re
from pathlib import Path

import pytest

from tests.sample_rulesets import FORM
from tests.sample_work import run


def test_check_tells_everything_and_its_places(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "check", "form.yaml")
    assert (code, "错误 0" in out) == (0, True)
    (work / "form.yaml").write_text(FORM.replace("points: 20", "points: 21"), encoding="utf-8")
    code, out, _ = run(capsys, "check", ".", "--lang", "en")
    assert code == 1
    assert re.search(r"form\.yaml:\d+:\d+: error PRF4\d\d", out)
    code, out, _ = run(capsys, "check", "form.yaml", "--format", "json")
    assert json.loads(out)[0]["file"] == "form.yaml"


def test_check_of_nothing_is_no_success(work: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (work / "empty").mkdir()
    code, _, err = run(capsys, "check", "empty")
    assert (code, "PRF626" in err) == (2, True)
