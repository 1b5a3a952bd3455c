"""A page that is followed as its reader would: commands, what they print, and edits of files."""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

BLOCK = re.compile(r"^```(sh|diff)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PROMPT = "$ "
# What makes the machine ready; `machine.install` does it without a network.
SETUP = ("python3 -m venv .venv", ". .venv/bin/activate", "pip install ../perfrules")


@dataclass(frozen=True, slots=True)
class Step:
    """A command and what follows it on the page, or an edit of a file."""

    command: str  # the file's name where it is an edit
    body: str
    edit: bool = False


def steps(page: str) -> Iterator[Step]:
    """Yield what the page asks its reader to do, in order."""
    for kind, text in BLOCK.findall(page):
        if kind == "diff":
            head, _, body = text.partition("\n")
            assert head.startswith("--- "), f"an edit without a file: {head}"
            yield Step(head.removeprefix("--- "), body, edit=True)
            continue
        for part in re.split(r"(?m)^(?=\$ )", text):
            assert part.startswith(PROMPT) or not part, f"output without a command: {part}"
            if part:
                command, _, printed = part.removeprefix(PROMPT).partition("\n")
                yield Step(command, printed)


def edited(text: str, change: str) -> str:
    """Return *text* after a change whose lines begin with a space, `-` or `+`.

    What is there before has to be in the text exactly once.
    """
    lines = change.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(before) == 1, f"found {text.count(before)} times:\n{before}"
    return text.replace(before, after)


@dataclass(slots=True)
class Walk:
    """A reader in a folder, with a `perfrules` of one's own."""

    folder: Path
    program: Path
    code: int = 0

    def take(self, step: Step) -> str:
        """Do one step and return what is printed."""
        if step.edit:
            path = self.folder / step.command
            path.write_text(edited(path.read_text("utf-8"), step.body), "utf-8")
            return step.body
        words = shlex.split(step.command, comments=True)
        if words == ["echo", "$?"]:
            return f"{self.code}\n"
        if words[0] == "cp":
            shutil.copy(self.folder / words[1], self.folder / words[2])
            return ""
        assert words[0] == "perfrules", step.command
        return self.run(words[1:])

    def run(self, words: list[str]) -> str:
        """Run the program; both its streams together, as a terminal shows them."""
        done = subprocess.run(  # noqa: S603 - our own command
            [str(self.program), *words],
            cwd=self.folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1", "PYTHONPATH": ""},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            check=False,
        )
        self.code = done.returncode
        return done.stdout
