"""What one does here, with nothing but Python: `python3 tasks.py demo | test | docs | site`.

Standard library only. The file has to start on an old Python too, to say that it is too old.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
OLDEST = (3, 11)
ERRORS = HERE / "docs" / "errors"
JOINED = HERE / "docs" / "errors.md"
PAGES = HERE / "build" / "pages"  # what the site is built from
SITE = HERE / "build" / "site"
# Pages beside docs/ that pages of docs/ lead to; on the site they stand below `repository/`.
BESIDE = ("*.md", "rulesets/**/*.md", "plugins/*/*.md", "tests/published/*.md")
LINK = re.compile(r"(?<!!)\[([^\]\n]*)\]\(([^)\s]+)\)")

PREFACE = """# Every message by its code · 按代码排列的提示

A code's first digit says what is at fault: 1 the document, 2 its shape, 3 an expression, 4 its
meaning, 5 facts and arithmetic, 6 files and calls, 7 portfolios, 8 proof and change, 9 plugins. A
code never gets another meaning.

代码的第一位说明错在哪里：1 文件本身，2 结构，3 表达式，4 含义，5 填报数据与计算，
6 文件与调用，7 项目组合，8 证明与修改，9 插件。

This page is joined from `docs/errors/*.md` by `python3 tasks.py docs`.

"""

DEMOS = (
    (
        "永德县明朗中学 2022，全国样式：按规则99.80分，公开表印为96分",
        "Yongde 2022 by the national form: 99.80 by the rule, 96 as printed",
        "mof.project_self_evaluation",
        "docs/examples/yongde-2022.yaml",
    ),
    (
        "黄冈市水土保持所 2020，湖北样式：按规则100分（各行分值未印出，由得分推得）",
        "Huanggang 2020 by the Hubei form: 100 by the rule (points of rows implied, not printed)",
        "hubei.project_self_evaluation",
        "docs/examples/huanggang-2020.yaml",
    ),
    (
        "同一张表按原表算法（分值 × 完成值）：99.60分，与印出的99.6相同",
        "The same table as it was scored (points × actual): 99.60, the 99.6 that was printed",
        "tests/published/huanggang.form.yaml",
        "docs/examples/huanggang-2020.yaml",
    ),
)

CHECKS = (
    ("ruff format", ["ruff", "format", "--check", "."]),
    ("ruff check", ["ruff", "check", "."]),
    ("mypy", ["mypy"]),
    ("lint-imports", ["lint-imports", "--no-cache"]),  # a stale one told of imports long gone
    ("lint-imports of plugins", ["lint-imports", "--config", "plugins/importlinter.toml"]),
)


class TaskError(Exception):
    """Something that ends a task; its text is one sentence for the person at the keyboard."""


def program(name: str) -> Path:
    """Return the path of a program in `.venv`, which Windows keeps elsewhere."""
    return VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name


def run(command: "list[str]", seconds: "int | None" = None) -> int:
    """Run a command in the repository and return its exit code; its output is ours."""
    sys.stdout.flush()
    try:
        return subprocess.run(command, cwd=HERE, check=False, timeout=seconds).returncode
    except subprocess.TimeoutExpired:
        print(f"{command[0]}: not done after {seconds} s")
        return 2
    except OSError as error:
        print(f"{command[0]}: {error.strerror}")
        return 2


def make_venv() -> None:
    """Create `.venv` unless it is there and works."""
    if program("python").exists() and (VENV / "pyvenv.cfg").exists():
        return
    if importlib.util.find_spec("ensurepip") is None:
        message = (
            "This Python has no ensurepip, so .venv can't be made: install it "
            "(Debian, Ubuntu: apt-get install python3-venv) and run this again."
        )
        raise TaskError(message)
    print(f"making {VENV}")
    try:
        venv.EnvBuilder(with_pip=True, clear=VENV.exists(), symlinks=os.name != "nt").create(VENV)
    except (OSError, subprocess.CalledProcessError) as error:
        message = f".venv could not be made ({error}): remove it and run this again."
        raise TaskError(message) from None


def install(extra: str) -> None:
    """Install the project into `.venv`, editable, unless nothing changed since the last time.

    The plugins go with it in one command: pip finds the project that they need only there.
    `.venv/perfrules-NAME.sha256` holds the digest of each pyproject.toml that was installed.
    """
    make_venv()
    projects = [HERE, *(path.parent for path in sorted(HERE.glob("plugins/*/pyproject.toml")))]
    files = b"".join((project / "pyproject.toml").read_bytes() for project in projects)
    digest = hashlib.sha256(files).hexdigest()
    stamps = {name: VENV / f"perfrules-{name or 'core'}.sha256" for name in ("", "dev", "docs")}
    enough = [stamps["dev"], stamps[extra]]  # what has the tools has the core
    if any(stamp.exists() and stamp.read_text().strip() == digest for stamp in enough):
        return
    what = f".[{extra}]" if extra else "."
    print(f"installing {what} and {len(projects) - 1} plugins into {VENV}")
    command = [str(program("python")), "-m", "pip", "install", "--quiet"]
    command += ["--disable-pip-version-check", "--editable", what]
    for plugin in projects[1:]:
        command += ["--editable", str(plugin)]
    if run(command) != 0:
        message = f"pip could not install {what}: look at its output above, and at the network."
        raise TaskError(message)
    stamps[extra].write_text(digest + "\n")


def demo() -> int:
    """Score two published tables and explain every line."""
    install("")
    worst = 0
    for zh, en, ruleset, facts in DEMOS:
        command = [str(program("perfrules")), "explain", ruleset, facts]
        print(f"\n== {zh}\n== {en}\n$ perfrules {' '.join(command[1:])}\n")
        worst = max(worst, run(command))
    return worst


def install_editor() -> None:
    """Install the language server that tests talk to, where npm is there; they say if it isn't."""
    npm = shutil.which("npm")
    folder = HERE / "tests" / "editor"
    lock, stamp = folder / "package-lock.json", folder / "node_modules" / ".perfrules.sha256"
    if npm is None or not lock.exists():
        return
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text().strip() == digest:
        return
    print(f"installing the YAML language server into {folder}")
    if run([npm, "ci", "--prefix", str(folder), "--no-audit", "--no-fund", "--silent"], 300) == 0:
        stamp.write_text(digest + "\n")


def test() -> int:
    """Run every check, pytest last: its summary is the last line, and one failure fails all."""
    install("dev")
    install_editor()
    failed = []
    for name, command in CHECKS:
        print(f"\n== {name}")
        if run([str(program(command[0])), *command[1:]]) != 0:
            failed.append(name)
    passed = [name for name, _ in CHECKS if name not in failed]
    print(f"\n== passed: {', '.join(passed) or '-'}   failed: {', '.join(failed) or '-'}")
    print("\n== pytest")
    code = run([str(program("python")), "-m", "pytest", "-n", "auto"])
    return 1 if failed or code != 0 else 0


def joined() -> str:
    """Return the page of all messages: the sections of `docs/errors/*.md` in order of their code.

    >>> "# Every message" in joined()
    True
    """
    pages = [path.read_text(encoding="utf-8") for path in sorted(ERRORS.glob("*.md"))]
    parts = [part for page in pages for part in re.split(r"(?m)^(?=## PRF)", page)]
    sections = sorted(part.strip() for part in parts if part.startswith("## PRF"))
    return PREFACE + "\n\n".join(sections) + "\n"


def docs() -> int:
    """Write docs/errors.md."""
    JOINED.write_text(joined(), encoding="utf-8", newline="\n")
    print(f"wrote {JOINED.relative_to(HERE)}")
    return 0


def staged() -> "dict[Path, Path]":
    """Return the pages of the site: where each stands on it, and its file.

    >>> staged()[Path("index.md")].name
    'README.md'
    """
    docs_folder = HERE / "docs"
    found = {path.relative_to(docs_folder): path for path in sorted(docs_folder.rglob("*.md"))}
    found = {place: path for place, path in found.items() if place.parts[0] != "errors"}
    found[Path("index.md")] = found.pop(Path("README.md"))
    for pattern in BESIDE:
        for path in sorted(HERE.glob(pattern)):
            found[Path("repository") / path.relative_to(HERE)] = path
    return found


def site_page(place: Path, pages: "dict[Path, Path]") -> str:
    """Return a page with its links as they are on the site.

    A link to a file that isn't a page of the site, such as a ruleset, becomes its text.
    """
    places = {path: own for own, path in pages.items()}
    source = pages[place]

    def put(found: "re.Match[str]") -> str:
        text, link = found[1], found[2]
        name, sign, part = link.partition("#")
        if "://" in link or not name:
            return found[0]
        target = places.get(Path(os.path.normpath(source.parent / name)))
        if target is None:
            return text
        way = os.path.relpath(target, place.parent).replace(os.sep, "/")
        return f"[{text}]({way}{sign}{part})"

    return LINK.sub(put, source.read_text(encoding="utf-8"))


def site() -> int:
    """Build the site of the documentation into build/site, with the catalog of indicators."""
    install("docs")
    for folder in (PAGES, SITE):
        shutil.rmtree(folder, ignore_errors=True)
    pages = staged()
    for place in pages:
        path = PAGES / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(site_page(place, pages), encoding="utf-8", newline="\n")
    catalog = [str(program("perfrules")), "catalog", "-o", str(PAGES / "catalog.html")]
    code = run(catalog) or run([str(program("zensical")), "build", "--clean"])
    if code == 0:
        print(f"wrote {SITE.relative_to(HERE)}: open {SITE / 'index.html'}")
    return code


TASKS = {"demo": demo, "test": test, "docs": docs, "site": site}


def main(argv: "list[str]") -> int:
    """Run the task that is named; 2 where there is none, or it can't be done."""
    if sys.version_info < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        print(f"perfrules needs Python 3.11 or newer; this is {found} ({sys.executable}).")
        return 2
    if len(argv) != 1 or argv[0] not in TASKS:
        print("usage: python3 tasks.py demo | test | docs | site")
        for name, task in TASKS.items():
            print(f"  {name:5} {(task.__doc__ or '').splitlines()[0]}")
        return 0 if argv in (["-h"], ["--help"]) else 2
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that can't print a sign shows another
            stream.reconfigure(errors="replace")
    try:
        return TASKS[argv[0]]()
    except TaskError as error:
        print(error)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader, such as head, had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
