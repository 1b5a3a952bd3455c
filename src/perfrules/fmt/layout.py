"""A tree becomes lines: one style for indentation, flow and blank lines, every comment kept.

What was written in brackets on one line stays there unless the line is very long; brackets over
several lines are joined where that gives a short line. Else those whose first line ends behind the
bracket stay brackets, with lines that are filled, and others are opened into a block. What was a
block stays one. Signs of scalars are never touched.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from perfrules.errors import width
from perfrules.fmt.comment import Comment
from perfrules.fmt.node import Node

STEP = 2  # columns of a level
SHORT = 100  # columns of a line that brackets are joined into; a Chinese sign takes two
LONG = 160  # columns of a line in brackets that stays as it is
_GAP = 2  # columns before a comment behind something


@dataclass(slots=True)
class Layout:
    """Writes the lines of one document.

    Args:
        text: The text, for its blank lines.
        comments: Its comments, in order.
    """

    text: str
    comments: list[Comment]
    lines: list[str] = field(default_factory=list)
    _next: int = 0  # the first comment that isn't written
    _blank: set[int] = field(default_factory=set)  # lines without anything, from 0
    _opened: int = 0  # how many brackets are open
    _said: bool = False  # whether the last line ends with a comment
    _kept: int = 0  # lines up to the end of a text that keeps the blank ones behind it

    def __post_init__(self) -> None:
        rows = self.text.split("\n")
        self._blank = {number for number, row in enumerate(rows) if not row.strip()}

    def document(self, root: Node) -> list[str]:
        """Return the lines of a document."""
        self._block(root, 0, "", len(self.text))
        self._flush(len(self.text), 0)
        while len(self.lines) > self._kept and not self.lines[-1]:
            self.lines.pop()
        return self.lines

    # Comments and blank lines

    def _flush(self, before: int, indent: int, *, deeper_than: int = -1) -> None:
        """Write the comments up to a place; with *deeper_than* only those that stand that deep."""
        while self._next < len(self.comments):
            comment = self.comments[self._next]
            if comment.start >= before or comment.column < deeper_than:
                return
            self._gap(comment.line)
            self._line(" " * indent + comment.text, said=True)
            self._next += 1

    def _gap(self, line: int) -> None:
        """Write a blank line where there was one or more before *line*."""
        if line - 1 in self._blank and self.lines and self.lines[-1]:
            self._line("")

    def _line(self, text: str, *, said: bool = False) -> None:
        self.lines.append(text.rstrip())
        self._said = said

    def _behind(self, node: Node, indent: int, before: int | None = None) -> None:
        """Write the comments behind a node on its last line, up to a place."""
        while self._next < len(self.comments):
            comment = self.comments[self._next]
            if comment.alone or comment.line != node.last or comment.start < node.end:
                return
            if before is not None and comment.start >= before:
                return
            self._next += 1
            if self._said or not self.lines:
                self._line(" " * indent + comment.text, said=True)
                continue
            column = 0 if self._opened else comment.column
            gap = max(_GAP, column - len(self.lines[-1]))
            self.lines[-1] += " " * gap + comment.text
            self._said = True

    def _comment_in(self, node: Node) -> bool:
        return any(node.start < one.start < node.end for one in self.comments[self._next :])

    # Blocks

    def _block(self, node: Node, indent: int, first: str, bound: int) -> None:
        """Write a node as a block; *first* is what its first line begins with after the indent."""
        self._opened += node.flow
        if node.kind == "scalar":
            self._scalar(node, indent, first)
        elif node.kind == "map":
            self._map(node, indent, first, bound)
        else:
            self._seq(node, indent, first, bound)
        self._opened -= node.flow

    def _map(self, node: Node, indent: int, first: str, bound: int) -> None:
        pairs = list(node.pairs())
        for place, (key, value) in enumerate(pairs):
            after = pairs[place + 1][0].start if place + 1 < len(pairs) else bound
            inline = value.kind == "scalar" or self._flat_fits(value, indent, key)
            if not first:
                self._flush(value.start if inline and value.line > key.line else key.start, indent)
                if (place or indent == 0) and not _beside(key, pairs[place - 1][1], node):
                    self._gap(key.line)
            self._entry(key, value, indent, first, after)
            first = ""
        self._end(node, indent, bound)

    def _end(self, node: Node, indent: int, bound: int) -> None:
        """Write the comments at the end of a block: those inside it, or as deep as it is."""
        if node.flow:
            self._flush(node.end, indent)
        elif node.items:
            column = node.items[0].column if node.tight else node.column
            self._flush(bound, indent, deeper_than=max(1, column))

    def _entry(self, key: Node, value: Node, indent: int, first: str, bound: int) -> None:
        head = f"{first}{key.raw}:"
        if value.kind == "scalar":
            self._scalar(value, indent, f"{head} " if value.raw else head)
            self._behind(value if value.raw else key, indent)
            return
        flat = self._flat(value) if self._flat_fits(value, indent, key, first) else None
        if flat is not None:
            self._line(f"{' ' * indent}{head} {flat}")
            self._behind(value, indent)
            return
        if self._fill(value, indent, f"{head} "):
            return
        self._line(" " * indent + head)
        self._behind(key, indent + STEP, value.start)
        self._block(value, indent + STEP, "", bound)
        if value.flow:
            self._behind(value, indent + STEP)

    def _flat_fits(self, node: Node, indent: int, key: Node, first: str = "") -> bool:
        if not node.items:
            return True
        if not node.flow or self._comment_in(node):
            return False
        flat = self._flat(node)
        return flat is not None and indent + width(f"{first}{key.raw}: {flat}") <= _room(node)

    def _seq(self, node: Node, indent: int, first: str, bound: int) -> None:
        for place, item in enumerate(node.items):
            after = node.items[place + 1].start if place + 1 < len(node.items) else bound
            if not first:
                self._flush(item.start, indent)
                if place and not _beside(item, node.items[place - 1], node):
                    self._gap(item.line if node.flow else self._dash_line(item))
            flat = self._item_flat(item, indent, first)
            if flat is not None:
                self._line(f"{' ' * indent}{first}- {flat}")
            elif not self._fill(item, indent, f"{first}- "):
                dash = f"{first}- "
                inner = indent if item.kind == "scalar" else indent + len(dash)
                self._item(item, indent, inner, dash, after)
            self._behind(item, indent)
            first = ""
        self._end(node, indent, bound)

    def _item(self, item: Node, indent: int, inner: int, dash: str, bound: int) -> None:
        """Write an item as a block that begins on the line of its dash."""
        if item.kind == "scalar":
            self._scalar(item, indent, dash)
            return
        start = len(self.lines)
        self._block(item, inner, "", bound)
        for place in range(start, len(self.lines)):
            line = self.lines[place]
            if line and not line.lstrip().startswith("#"):
                self.lines[place] = " " * indent + dash + line[inner:]
                return
            self.lines[place] = line[inner - indent :] if line else line

    def _dash_line(self, item: Node) -> int:
        """Return the line of an item's dash: a comment may stand between them."""
        before = self.text.rfind("-", 0, item.start)
        return self.text.count("\n", 0, before) if before >= 0 else item.line

    def _item_flat(self, item: Node, indent: int, first: str) -> str | None:
        if item.kind == "scalar" or (item.items and not item.flow) or self._comment_in(item):
            return None
        flat = self._flat(item)
        if flat is None:
            return None
        fits = indent + width(f"{first}- {flat}") <= _room(item)
        return flat if fits or not item.items else None

    # Scalars and brackets

    def _scalar(self, node: Node, indent: int, first: str) -> None:
        rows = node.raw.split("\n")
        self._line(" " * indent + first + rows[0])
        if node.style in ("|", ">"):
            kept = node.raw.endswith("\n")  # blank lines at its end are part of it
            self._literal(node, rows[1:-1] if kept else rows[1:], indent)
            self._kept = len(self.lines) if kept else self._kept
            return
        for row in rows[1:]:
            text = row.strip()
            self._line(" " * (indent + STEP) + text if text else "")

    def _literal(self, node: Node, rows: list[str], indent: int) -> None:
        """Write the lines of a block scalar, as deep as they must stand."""
        head = node.raw.partition("\n")[0].partition("#")[0]
        digit = next((sign for sign in head if sign.isdigit()), None)
        if digit is not None:  # how deep the lines stand, where the first begins with spaces
            self.lines[-1] = self.lines[-1].replace(digit, str(STEP), 1)
        written = next((row for row in rows if row.strip()), "")
        said = next((row for row in node.value.split("\n") if row.strip()), "")
        deep = _spaces(written) - _spaces(said)
        for row in rows:
            self.lines.append(" " * (indent + STEP) + row[deep:] if row.strip() else "")

    def _fill(self, node: Node, indent: int, first: str) -> bool:
        """Write brackets over several lines as such where they were; return whether they were."""
        opening = self.text[node.start + 1 : self.text.find("\n", node.start)]
        if not node.flow or node.line == node.last or opening.strip() or self._comment_in(node):
            return False
        rows = self._filled(node, indent + STEP)
        if rows is None:
            return False
        left, right = node.brackets
        self._line(f"{' ' * indent}{first}{left}")
        for row in rows:
            self._line(" " * (indent + STEP) + row)
        self._line(" " * indent + right)
        self._opened += 1  # the column of a comment behind it meant another line
        self._behind(node, indent)
        self._opened -= 1
        return True

    def _filled(self, node: Node, indent: int) -> list[str] | None:
        """Return the lines between brackets, filled; brackets too long for one are as they are."""
        rows: list[str] = []
        row = ""
        pairs = list(self._headed(node))
        for place, (head, value) in enumerate(pairs):
            comma = "" if place + 1 == len(pairs) else ","
            flat = None if "\n" in head else self._flat(value)
            piece = f"{head}{flat}{comma}"
            if flat is not None and indent + width(piece) <= SHORT:
                if row and indent + width(f"{row} {piece}") > SHORT:
                    rows.append(row)
                    row = ""
                row = f"{row} {piece}" if row else piece
                continue
            below = self._filled(value, indent + STEP) if value.items else None
            if below is None or "\n" in head:
                return None
            left, right = value.brackets
            rows += [row] if row else []
            rows += [f"{head}{left}", *(" " * STEP + line for line in below), f"{right}{comma}"]
            row = ""
        return [*rows, row] if row else rows

    def _headed(self, node: Node) -> Iterator[tuple[str, Node]]:
        """Yield what stands between the commas of brackets: each value, and its key before it."""
        if node.kind == "seq":
            yield from (("", item) for item in node.items)
            return
        for key, value in node.pairs():
            yield f"{key.raw}: ", value

    def _flat(self, node: Node) -> str | None:
        """Return a node in brackets on one line; None where it can't be."""
        if node.kind == "scalar":
            return None if "\n" in node.raw or node.style in ("|", ">") else node.raw
        parts: list[str] = []
        for head, value in self._headed(node):
            flat = self._flat(value)
            if flat is None or "\n" in head:
                return None
            parts.append(f"{head}{flat}")
        left, right = node.brackets
        return f"{left}{', '.join(parts)}{right}"


def _beside(node: Node, before: Node, brackets: Node) -> bool:
    """Return whether something in brackets begins on the line that what is before it ends on."""
    return brackets.flow and node.line == before.last


def _spaces(row: str) -> int:
    return len(row) - len(row.lstrip(" "))


def _room(node: Node) -> int:
    """Return how many columns the line of a node in brackets may have."""
    return LONG if node.line == node.last else SHORT
