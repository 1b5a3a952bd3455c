"""Plugins as they are installed: a module and its metadata in a folder of `sys.path`."""

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
BLOCK = re.compile(r"^```\w+\n# file: (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

RULESET = """\
ruleset: {id}
version: "1.0"
title: {{zh: 市级考核, en: City form}}
total: 100
inputs: {{done: {{type: flag, title: 已完成}}}}
indicators:
  - {{id: done_it, title: {{zh: 完成, en: done}}, points: 100, score: {{method: met, when: done}}}}
grades: [{{name: 合格, at_least: 60}}, {{name: 不合格, at_least: 0}}]
"""
CASES = """\
cases: {id}
tests:
  - {{name: 完成得满分, facts: {{done: true}}, want: {{total: 100}}}}
  - {{name: 未完成不得分, facts: {{done: false}}, want: {{total: 0}}}}
"""
HOOK = """\
from pathlib import Path
from perfrules import hookimpl

@hookimpl
def perfrules_rulesets():
    return [Path(__file__).parent / "rulesets"]
"""


def put(folder: Path, files: Mapping[str, str]) -> None:
    """Write files below *folder*."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def distribution(site: Path, name: str, code: str = HOOK, **files: str) -> None:
    """Install the plugin *name* into *site*: its module holds *code*.

    A keyword argument is a file of the package, `_yaml` for `.yaml` and `__` for a slash.
    """
    module = name.replace("-", "_")
    info = f"{module}-1.0.dist-info"
    put(
        site,
        {
            f"{module}/__init__.py": code,
            f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n",
            f"{info}/entry_points.txt": f"[perfrules]\nmain = {module}\n",
            **{
                f"{module}/{key.replace('__', '/').replace('_yaml', '.yaml')}": text
                for key, text in files.items()
            },
        },
    )


def form(ident: str) -> dict[str, str]:
    """Return the files of a plugin with one ruleset and its cases."""
    return {
        "rulesets__form_yaml": RULESET.format(id=ident),
        "rulesets__form.cases_yaml": CASES.format(id=ident),
    }


def page(folder: Path) -> None:
    """Write the plugin that docs/plugins.md holds."""
    text = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
    put(folder, dict(BLOCK.findall(text)))


def wheel(project: Path, out: Path) -> Path:
    """Build the wheel of a project without any network and return its file."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    assert done.returncode == 0, done.stdout + done.stderr
    (found,) = out.glob("*.whl")
    return found


def unpack(file: Path, site: Path) -> list[str]:
    """Unpack a wheel, as an installer does, and return the names in it."""
    with zipfile.ZipFile(file) as archive:
        archive.extractall(site)
        return archive.namelist()


def python(site: Path, *args: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a fresh interpreter that sees perfrules and what is installed in *site*."""
    paths = os.pathsep.join((str(site), str(ROOT / "src")))
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-X", "utf8", "-W", "error", *args],
        cwd=cwd or site,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def perfrules(site: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in such an interpreter."""
    return python(site, "-m", "perfrules", *args)
