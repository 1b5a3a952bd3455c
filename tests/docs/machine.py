"""A fresh machine: an environment that holds perfrules as a wheel, what it needs, and no more."""

import os
import re
import subprocess
import sys
import venv
from importlib.metadata import distribution
from pathlib import Path

from tests.plugins.packages import ROOT, wheel

_NAME = re.compile(r"[\w.-]+")


def needed(name: str) -> set[str]:
    """Return the distributions that one needs, itself included, without its extras."""
    found, queue = set(), [name]
    while queue:
        one = queue.pop()
        if one in found:
            continue
        found.add(one)
        for line in distribution(one).requires or ():
            requirement, _, marker = line.partition(";")
            word = _NAME.match(requirement)
            if word and "extra" not in marker and "python_version" not in marker:
                queue.append(word[0])
    return found


def link(name: str, site: Path) -> None:
    """Put the files of an installed distribution into another environment."""
    own = distribution(name)
    for top in {file.parts[0] for file in own.files or () if file.parts[0] != ".."}:
        source = Path(str(own.locate_file(top)))
        if source.exists() and not (site / top).exists() and top != "__pycache__":
            (site / top).symlink_to(source)


def install(folder: Path) -> Path:
    """Make `.venv` in *folder* with perfrules in it, as pip would, and return its program.

    No network is needed: what perfrules depends on comes from the environment that runs the test.
    """
    home = folder / ".venv"
    venv.EnvBuilder(symlinks=os.name != "nt", with_pip=False).create(home)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    (site,) = home.glob("**/site-packages")
    for name in needed("perfrules") - {"perfrules"}:
        link(name, site)
    file = wheel(ROOT, home / "dist")
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    command += ["--no-index", "--no-deps", "--disable-pip-version-check", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stdout + done.stderr
    return python.with_name("perfrules.exe" if os.name == "nt" else "perfrules")
