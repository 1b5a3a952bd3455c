"""The tree of a YAML text as its author wrote it: scalars with their signs, styles, places."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from perfrules.lang.document.events import events

Kind: TypeAlias = Literal["scalar", "map", "seq"]


@dataclass(slots=True)
class Node:
    """One value: what was written for a scalar, what is in it for the others.

    `start` and `end` are places in the text, `line` and `column` of the start and `last` the line
    of the end, from 0. A map's `items` are key, value, key, value. The dashes of a `tight` list
    stand below its key, no deeper.
    """

    kind: Kind
    start: int
    end: int
    line: int
    column: int
    last: int
    flow: bool = False
    tight: bool = False
    raw: str = ""
    value: str = ""  # of a scalar: what it means
    style: str = ""  # of a scalar: "", ', ", | or >
    items: list["Node"] = field(default_factory=list)

    @property
    def brackets(self) -> tuple[str, str]:
        """The signs around it where it stands in brackets."""
        return ("{", "}") if self.kind == "map" else ("[", "]")

    def pairs(self) -> Iterator[tuple["Node", "Node"]]:
        """Yield the keys of a map with their values."""
        places = iter(self.items)
        yield from zip(places, places, strict=True)

    def scalars(self) -> Iterator["Node"]:
        """Yield the scalars at and below, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if node.kind == "scalar":
                yield node
            waiting += reversed(node.items)


def read_tree(text: str) -> Node:
    """Return the tree of a text that was read as a document before: no anchors, tags, aliases."""
    root: Node | None = None
    stack: list[Node] = []
    for event in events(text):
        name = type(event).__name__
        if name in ("MappingStartEvent", "SequenceStartEvent"):
            kind: Kind = "map" if name.startswith("M") else "seq"
            stack.append(_opened(event, kind))
        elif name in ("MappingEndEvent", "SequenceEndEvent"):
            node = stack.pop()
            _close(node, event)
            root = _put(stack, node, root)
        elif name == "ScalarEvent":
            root = _put(stack, _scalar(event, text), root)
    assert root is not None  # noqa: S101 - a document holds something
    return root


def _opened(event: Any, kind: Kind) -> Node:  # noqa: ANN401 - PyYAML's events share no typed base
    start = event.start_mark
    flow = bool(event.flow_style)
    return Node(kind, start.index, start.index, start.line, start.column, start.line, flow)


def _close(node: Node, event: Any) -> None:  # noqa: ANN401
    """Set the end: a block ends with the last thing in it."""
    if node.flow:
        node.end, node.last = event.end_mark.index, event.end_mark.line
        return
    for item in node.items:
        if item.end > node.end:
            node.end, node.last = item.end, item.last


def _put(stack: list[Node], node: Node, root: Node | None) -> Node | None:
    if not stack:
        return node
    stack[-1].items.append(node)
    node.tight = stack[-1].kind == "map" and not node.flow and node.column == stack[-1].column
    return root


def _scalar(event: Any, text: str) -> Node:  # noqa: ANN401
    start, end = event.start_mark, event.end_mark
    raw = text[start.index : end.index]
    style = event.style or ""
    if (style in ("|", ">") and not _keeps(raw)) or not style:
        raw = raw.rstrip()
    last = start.line + raw.count("\n")
    stop = start.index + len(raw)
    places = (start.index, stop, start.line, start.column, last)
    return Node("scalar", *places, raw=raw, value=event.value, style=style)


def _keeps(raw: str) -> bool:
    """Return whether a block keeps the blank lines at its end."""
    return "+" in raw.partition("\n")[0].partition("#")[0]
