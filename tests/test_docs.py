"""The documents tell the truth: their examples run, every message has its page and a bad case."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from perfrules import check, load
from perfrules.messages import CATALOG
from perfrules.testing import case_files, run_cases

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
BAD = ROOT / "tests" / "cases" / "bad"
READMES = ("README.md", "README.zh-CN.md")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# file: (\S+)\n")
LINK = re.compile(r"\]\(([^)#]+)(?:#[^)]*)?\)")
CODE = re.compile(r"PRF[0-9]{3}")
PARTS = ("**What it means.**", "**Why it matters.**", "**Example.**", "**Write instead.**")


def blocks(page: Path, language: str) -> list[str]:
    """Return the fenced blocks of one language, in order."""
    text = page.read_text(encoding="utf-8")
    return [body for info, body in FENCE.findall(text) if info == language]


def tasks() -> ModuleType:
    """Return tasks.py as a module."""
    spec = importlib.util.spec_from_file_location("tasks", ROOT / "tasks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sections() -> dict[str, str]:
    """Return the sections of docs/errors.md by code."""
    text = (DOCS / "errors.md").read_text(encoding="utf-8")
    parts = re.split(r"(?m)^## (?=PRF)", text)[1:]
    return {part[:6]: part for part in parts}


@pytest.fixture(scope="module")
def language(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write every block of docs/language.md to a file of its own."""
    folder = tmp_path_factory.mktemp("language")
    for body in blocks(DOCS / "language.md", "yaml"):
        first = FILE.match(body)
        assert first is not None, f"a block without '# file: name': {body[:60]}"
        path = folder / first[1]
        assert not path.exists(), path.name
        path.write_text(body, encoding="utf-8")
    return folder


def test_rulesets_of_the_language_page_have_no_findings(language: Path) -> None:
    for path in sorted(language.glob("*.yaml")):
        assert check(path) == (), path.name


def test_cases_of_the_language_page_pass(language: Path) -> None:
    files = list(case_files(language))
    rulesets = [path for path in language.glob("*.yaml") if path not in files]
    assert len(files) == len(rulesets)
    report = run_cases(files)
    bad = [
        f"{case.file}: {case.name}: {[str(item) for item in (*case.differences, *case.problems)]}"
        for case in report.cases
        if case.outcome.value != "pass"
    ]
    assert not bad, "\n".join(bad)


def command(folder: Path, *args: str) -> str:
    """Run the command line in *folder* and return what it prints."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-X", "utf8", "-m", "perfrules", *args],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", READMES)
def test_the_readme_ruleset_gives_its_result(name: str, tmp_path: Path) -> None:
    ruleset, facts = blocks(ROOT / name, "yaml")
    (printed,) = blocks(ROOT / name, "text")
    (tmp_path / "boarding.yaml").write_text(ruleset, encoding="utf-8")
    (tmp_path / "facts.yaml").write_text(facts, encoding="utf-8")
    assert check(tmp_path / "boarding.yaml") == ()
    lang = "zh" if "zh" in name else "en"
    found = command(tmp_path, "explain", "boarding.yaml", "facts.yaml", "--lang", lang)
    assert found == printed


@pytest.mark.parametrize("name", READMES)
def test_the_readme_python_runs(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ruleset, _facts = blocks(ROOT / name, "yaml")
    (script,) = blocks(ROOT / name, "python")
    (tmp_path / "boarding.yaml").write_text(ruleset, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    exec(compile(script, name, "exec"), {})  # noqa: S102 - the page's own example
    expected = re.findall(r"# prints (.*)$", script, re.MULTILINE)
    assert expected
    assert capsys.readouterr().out.splitlines() == expected


def test_both_readmes_hold_the_same_examples() -> None:
    english, chinese = (blocks(ROOT / name, "yaml") for name in READMES)
    assert english == chinese
    assert blocks(ROOT / READMES[0], "sh") == blocks(ROOT / READMES[1], "sh")


def test_links_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *DOCS.rglob("*.md"), *ROOT.glob("rulesets/**/*.md")]
    pages += [page for page in (ROOT / "tests").rglob("*.md") if "node_modules" not in page.parts]
    broken = [
        f"{page.relative_to(ROOT)}: {link}"
        for page in pages
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in link and not (page.parent / link).exists()
    ]
    assert broken == []


def test_every_code_has_its_section() -> None:
    assert sorted(sections()) == sorted(CATALOG)


def test_every_section_has_its_four_parts() -> None:
    wrong = [
        code
        for code, text in sections().items()
        if [part for part in PARTS if part in text] != list(PARTS)
        or text.count("```") < 4
        or " · " not in text.splitlines()[0]
    ]
    assert wrong == []


def test_the_page_of_messages_is_joined() -> None:
    joined: str = tasks().joined()
    assert (DOCS / "errors.md").read_text(encoding="utf-8") == joined, "python3 tasks.py docs"


def test_every_code_has_a_bad_case() -> None:
    """A file of `tests/cases/bad`, or a named test or data file that speaks of the code."""
    files = {path.name[:6] for path in BAD.glob("PRF*")}
    spoken: set[str] = set()
    for path in (ROOT / "tests").rglob("*"):
        own = path.suffix in {".py", ".yaml"} and "node_modules" not in path.parts
        if own and path != Path(__file__):
            spoken |= set(CODE.findall(path.read_text(encoding="utf-8", errors="ignore")))
    assert sorted(set(CATALOG) - files - spoken) == []
    assert sorted(files - set(CATALOG)) == []


def test_shipped_rulesets_load_by_id() -> None:
    for name in ("mof.project_self_evaluation", "hubei.project_self_evaluation"):
        assert load(name).plan.id == name
