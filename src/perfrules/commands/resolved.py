"""`perfrules show --resolved`: a ruleset put together, each value with the line it came from."""

from collections.abc import Iterator

from perfrules.engine.render.words import pad, tidy
from perfrules.errors import Path, Span, width
from perfrules.lang.document import Document, Scalar

_WIDEST = 60  # columns of a value before the place, where it fits


def rows(document: Document) -> Iterator[tuple[Path, str, Span]]:
    """Yield every value of a document with its path and its place, in order."""
    yield from _rows(document, (), document.value)


def _rows(document: Document, path: Path, value: object) -> Iterator[tuple[Path, str, Span]]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _rows(document, (*path, key), item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _rows(document, (*path, index), item)
    else:
        yield path, str(value), document.span(path)


def page(document: Document) -> Iterator[str]:
    """Yield the lines of a document as YAML, each value with `# file:line` behind it."""
    yield from _lines(document, (), document.value, 0)


def _lines(document: Document, path: Path, value: object, level: int) -> Iterator[str]:
    items = value.items() if isinstance(value, dict) else ()
    for key, item in items:
        place = (*path, key)
        space = "  " * level
        if isinstance(item, Scalar):
            yield _line(f"{space}{_quoted(key)}: {_scalar(item)}", document.span(place))
        elif not item:
            empty = "{}" if isinstance(item, dict) else "[]"
            yield _line(f"{space}{_quoted(key)}: {empty}", document.span(place))
        else:
            yield f"{space}{_quoted(key)}:"
            yield from _below(document, place, item, level + 1)


def _below(document: Document, path: Path, value: object, level: int) -> Iterator[str]:
    if not isinstance(value, list):
        yield from _lines(document, path, value, level)
        return
    for index, item in enumerate(value):
        place = (*path, index)
        space = "  " * level
        if isinstance(item, Scalar):
            yield _line(f"{space}- {_scalar(item)}", document.span(place))
            continue
        first = True
        for line in _below(document, place, item, level + 1):
            yield f"{space}- {line[2 * level + 2 :]}" if first else line
            first = False


def _line(text: str, span: Span) -> str:
    return f"{pad(text, _WIDEST) if width(text) < _WIDEST else text}  # {span.file}:{span.line}"


_PLAIN_ENDS = ("'", '"', "[", "]", "{", "}", "&", "*", "!", "|", ">", "%", "@", "`", "#", ",")


def _scalar(value: Scalar) -> str:
    r"""Return a scalar as YAML writes it; it is read as the same text again.

    >>> _scalar(Scalar("a: b")), _scalar(Scalar("1.0", quoted=True)), _scalar(Scalar("80%"))
    ('"a: b"', '"1.0"', '80%')
    """
    text = tidy(str(value))
    return _quoted(text, force=value.quoted)


def _quoted(text: str, *, force: bool = False) -> str:
    odd = not text or text != text.strip() or text.startswith(_PLAIN_ENDS)
    odd = odd or text.startswith(("- ", "? ", ": ")) or text in ("-", "?", ":", "~")
    odd = odd or ": " in text or " #" in text or text.endswith(":") or "\n" in text
    odd = odd or any(sign in text for sign in ",[]{}")
    if not (odd or force):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def rows_json(document: Document) -> list[dict[str, object]]:
    """Return every value with its path, its file and its line."""
    return [
        {"path": list(path), "value": text, "file": span.file, "line": span.line}
        for path, text, span in rows(document)
    ]
