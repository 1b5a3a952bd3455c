"""The schemas that are shipped, and which document points at which; run as a script, it writes.

`python -m tests.schema.record` writes `rulesets/schemas` and the first line of every shipped
document that has none. The folder stands beside the rulesets because a wheel takes it along with
them: the relative paths are the same in a source tree and in an installed package.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from perfrules.lang.shape import KINDS
from perfrules.schema import Kind, as_text, document_schema

ROOT = Path(__file__).parents[2]
SCHEMAS = ROOT / "rulesets" / "schemas"
MODELINE = "# yaml-language-server: $schema="
_KIND = re.compile(rf"^({'|'.join(KINDS)}):", re.MULTILINE)


def schemas() -> dict[str, str]:
    """Return the shipped files by name: what an editor reads, in each language.

    They know the methods and functions of the core: which plugins there are differs by machine.
    """
    kinds: tuple[Kind, ...] = ("ruleset", "library", "portfolio", "cases")
    return {
        f"{kind}{'' if lang == 'zh' else '.en'}.schema.json": as_text(document_schema(kind, lang))
        for kind in kinds
        for lang in ("zh", "en")
    }


def documents(*folders: str) -> Iterator[tuple[Path, str]]:
    """Yield every document below *folders*, or every shipped one, with its kind; facts are none."""
    shipped = (ROOT / "rulesets", *sorted(ROOT.glob("plugins/*/src")))
    for folder in [ROOT / name for name in folders] or shipped:
        for path in sorted(folder.rglob("*.yaml")):
            found = _KIND.search(path.read_text(encoding="utf-8"))
            if found is not None:
                yield path, found[1]


def modeline(path: Path, kind: str) -> str:
    """Return the line that tells an editor where a document's schema is, by a relative path."""
    schema = os.path.relpath(SCHEMAS / f"{kind}.schema.json", path.parent)
    return MODELINE + schema.replace(os.sep, "/")


def write() -> None:
    """Write the schemas, and the first line of documents that have none."""
    SCHEMAS.mkdir(exist_ok=True)
    for name, text in schemas().items():
        (SCHEMAS / name).write_text(text, encoding="utf-8", newline="\n")
    for path, kind in documents():
        data = path.read_bytes()
        if not data.startswith(MODELINE.encode()):
            path.write_bytes(f"{modeline(path, kind)}\n".encode() + data)


if __name__ == "__main__":
    write()
