"""The comments of a YAML text: what each says, where it stands, and the blank lines before it."""

from dataclasses import dataclass

from perfrules.fmt.node import Node


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment; `alone` says that nothing else stands on its line, counted from 0."""

    start: int
    line: int
    column: int
    text: str
    alone: bool


def comments_of(text: str, root: Node) -> list[Comment]:
    r"""Return every comment outside of scalars, in order.

    >>> from perfrules.fmt.node import read_tree
    >>> text = "a: '# no'  # yes\n# and this\nb: c#no\n"
    >>> [(one.text, one.alone) for one in comments_of(text, read_tree(text))]
    [('# yes', False), ('# and this', True)]
    """
    taken = iter(sorted((node.start, node.end) for node in root.scalars() if node.end > node.start))
    skip = next(taken, None)
    found: list[Comment] = []
    place, line, begin = 0, 0, 0
    while place < len(text):
        if skip is not None and place >= skip[0]:
            inside = text[place : skip[1]]
            if "\n" in inside:
                line += inside.count("\n")
                begin = place + inside.rfind("\n") + 1
            place = max(place, skip[1])
            skip = next(taken, None)
            continue
        sign = text[place]
        if sign == "\n":
            line, begin = line + 1, place + 1
        elif sign == "#" and (place == 0 or text[place - 1] in " \t\n"):
            end = text.find("\n", place)
            end = len(text) if end < 0 else end
            said = text[place:end].rstrip()
            alone = not text[begin:place].strip()
            found.append(Comment(place, line, place - begin, said, alone))
            place = end
            continue
        place += 1
    return found
