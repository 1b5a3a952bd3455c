"""The examples of a page, by the heading that they stand under."""

import re
from pathlib import Path

DOCS = Path(__file__).parent.parent / "docs"
HEADING = re.compile(r"^##+ ", re.MULTILINE)
FENCE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def examples(page: str, heading: str) -> list[str]:
    """Return the blocks of Python under the heading that begins so, in order."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = [part for part in HEADING.split(text) if part.startswith(heading)]
    assert len(found) == 1, (page, heading)
    return FENCE.findall(found[0])


def run(page: str, script: str, **names: object) -> dict[str, object]:
    """Run an example with some names known, and return all that it knows then."""
    exec(compile(script, page, "exec"), names)  # noqa: S102 - the page's own example
    return names
