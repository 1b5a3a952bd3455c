"""Files that commands write: complete or not there, cells of others' texts never formulas."""

from perfrules.commands.console import Console
from perfrules.jobs.output import Output, csv_line, guarded, output, writing

__all__ = ["Output", "csv_line", "deliver", "guarded", "output", "save", "writing"]


def save(name: str, content: str | bytes) -> None:
    """Write a whole file: UTF-8 where it is text."""
    with output(name) as sink:
        assert sink is not None  # noqa: S101 - it has a name
        if isinstance(content, bytes):
            sink.put(content)
        else:
            sink.write(content)
        sink.commit()


def deliver(name: str | None, text: str, console: Console) -> None:
    """Write a text to the file that was asked for, else to standard output."""
    if name is None:
        console.data(text)
    else:
        save(name, text)
