"""The page on changing a ruleset: its files are written, its commands run."""

import re
import shlex
from pathlib import Path

import pytest

from perfrules import check
from perfrules.fmt import formatted
from tests.sample_work import run

PAGE = Path(__file__).parents[1] / "docs" / "change.md"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAMED = re.compile(r"# (file|then): (\S+)\n")
NEW = "meals.yaml"  # what a `diff` block edits: a copy of the first file


def write(body: str, kind: str) -> None:
    """Write a named file, or hold the one that is there to what the page says it is then."""
    found = NAMED.match(body)
    assert found is not None, body
    file, text = Path(found[2]), body[found.end() :]
    if found[1] == "then":
        assert file.read_text(encoding="utf-8") == f"# file: {file}\n{text}"
        return
    assert not file.exists()
    file.write_text(text if kind == "csv" else body, encoding="utf-8")
    if file.name == "meals-1.0.yaml":
        Path(NEW).write_text(body, encoding="utf-8")


def edit(body: str) -> None:
    """Make the edits of a `diff` block, each of which fits one place."""
    text = Path(NEW).read_text(encoding="utf-8")
    lines = body.splitlines()
    for old, new in zip(lines[::2], lines[1::2], strict=True):
        assert (old[0], new[0], text.count(old[1:])) == ("-", "+", 1)
        text = text.replace(old[1:], new[1:])
    Path(NEW).write_text(text, encoding="utf-8")


def console(body: str, capsys: pytest.CaptureFixture[str]) -> int:
    """Run the commands of a block and hold what each prints to the page; return how many."""
    parts = re.split(r"^\$ perfrules ", body, flags=re.MULTILINE)[1:]
    for part in parts:
        line, _, wanted = part.partition("\n")
        command, _, said = line.partition("    # exit code ")
        code, out, _ = run(capsys, *shlex.split(command))
        assert (code, out) == (int(said or 0), wanted), command
    return len(parts)


def test_every_command_does_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    commands = 0
    for kind, body in FENCE.findall(PAGE.read_text(encoding="utf-8")):
        match kind:
            case "diff":
                edit(body)
            case "console":
                commands += console(body, capsys)
            case _:
                write(body, kind)
    assert commands == 7
    for name in ("meals-1.0.yaml", NEW, "food.yaml", "canteen.yaml"):
        assert [item for item in check(name) if item.severity == "error"] == []
    text = Path("canteen.yaml").read_text(encoding="utf-8")
    assert formatted(text) == text
