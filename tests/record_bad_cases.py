"""The bad cases and what is said about them; run as a script, it records that again.

`python tests/record_bad_cases.py [PREFIX]` writes the `.txt` beside each file of `tests/cases/bad`
(whose name begins with PREFIX). Then read the diff: each sentence is a promise.
"""

import json
import sys
from pathlib import Path

from perfrules.errors import Diagnostic, RulesetError
from perfrules.lang.load import load_library, load_portfolio, load_ruleset
from perfrules.lang.resolve import Shelf

BAD = Path(__file__).parent / "cases" / "bad"
GOOD = BAD.parent / "good"


def bad_cases(prefix: str = "") -> list[Path]:
    """Return the files that hold a bad case, in order."""
    return sorted(path for end in ("yaml", "build") for path in BAD.glob(f"{prefix}*.{end}"))


def source(path: Path) -> bytes:
    """Return a case's bytes; a `.build` file lists the parts of one that is too large to keep."""
    if path.suffix == ".yaml":
        return path.read_bytes()
    parts = json.loads(path.read_text(encoding="utf-8"))
    return "".join(part["t"] * part.get("n", 1) for part in parts).encode()


def diagnostics(path: Path) -> tuple[Diagnostic, ...]:
    """Return what is said about a case: its faults, else its warnings."""
    text = source(path)
    try:
        if text.startswith(b"library:"):
            return load_library(text, f"{path.stem}.yaml")[0].warnings
        if text.startswith(b"portfolio:"):
            return load_portfolio(text, f"{path.stem}.yaml", finder=shelf()).warnings
        return load_ruleset(text, f"{path.stem}.yaml", finder=shelf()).warnings
    except RulesetError as error:
        return error.diagnostics


def shelf() -> Shelf:
    """Return the documents that bad cases extend and use: those of `reuse/`, and some too large."""
    texts = {f"reuse/{path.name}": path.read_bytes() for path in (BAD / "reuse").glob("*.yaml")}
    head = 'version: "1.0"\ntitle: x\n'
    texts |= {
        f"reuse/deep_{number}.yaml": f"ruleset: bad.deep_{number}\n{head}"
        f"extends: deep_{number + 1}.yaml\n".encode()
        for number in range(1, 20)
    }
    elements = ", ".join(["{share: 0%, when: flag, title: x}"] * 900)
    texts["reuse/large.yaml"] = (
        f"library: bad.large\n{head}inputs: {{flag: {{type: flag}}}}\nindicators:\n"
        f"  - {{id: everything, score: {{method: checklist, elements: [{elements}]}}}}"
    ).encode()
    return Shelf(texts)


def rendered(path: Path) -> str:
    """Return what is said about a case as its `.txt` holds it."""
    return "".join(f"{item.render('en')}\n" for item in diagnostics(path))


def main(prefix: str) -> None:
    for path in bad_cases(prefix):
        path.with_suffix(".txt").write_text(rendered(path), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
