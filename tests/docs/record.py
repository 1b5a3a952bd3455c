"""Write what commands print today into a page that is followed: `python -m tests.docs.record PAGE`.

Nothing is right because it was printed: read the difference, and keep it only where the page should
say so.
"""

import sys
import tempfile
from pathlib import Path

from tests.docs.machine import install
from tests.docs.walk import BLOCK, SETUP, Step, Walk


def recorded(page: str, walk: Walk) -> str:
    """Return the page with the output of each command renewed."""
    text, at = "", 0
    for block in BLOCK.finditer(page):
        body = block[2]
        if block[1] == "diff":
            head, _, change = body.partition("\n")
            walk.take(Step(head.removeprefix("--- "), change, edit=True))
        else:
            commands = [line[2:] for line in body.splitlines() if line.startswith("$ ")]
            done = [(one, "" if one in SETUP else walk.take(Step(one, ""))) for one in commands]
            body = "".join(f"$ {command}\n{printed}" for command, printed in done)
        text += f"{page[at : block.start()]}```{block[1]}\n{body}```"
        at = block.end()
    return text + page[at:]


if __name__ == "__main__":
    for name in sys.argv[1:]:
        file = Path(name)
        with tempfile.TemporaryDirectory() as folder:
            walk = Walk(Path(folder), install(Path(folder)))
            file.write_text(recorded(file.read_text("utf-8"), walk), "utf-8")
