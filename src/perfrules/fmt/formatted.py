"""The text of a document in one style, with its meaning and its comments proved to be the same."""

from perfrules.errors import RulesetError
from perfrules.fmt.comment import comments_of
from perfrules.fmt.layout import Layout
from perfrules.fmt.node import Node, read_tree
from perfrules.lang.document import Document, read_document
from perfrules.messages import diagnose


def formatted(source: bytes | str, file: str = "<text>") -> str:
    r"""Return the text of a ruleset, a library, a portfolio or cases in the one style.

    Args:
        source: The YAML text, or its bytes in UTF-8.
        file: The name that places are told by.

    Raises:
        RulesetError: The text is no YAML document; or PRF860, it can't be laid out otherwise
            without losing something, and is left as it is.

    >>> formatted("a:   {b: 1,c: 2}   # so\n\n\n\nd: [1,\n 2]\n")
    'a: {b: 1, c: 2}    # so\n\nd: [1, 2]\n'
    """
    document = read_document(source, file)
    text = document.text
    tree = read_tree(text)
    comments = comments_of(text, tree)
    lines = Layout(text, comments).document(tree)
    head = "---\n" if text.startswith("---\n") else ""
    made = head + "\n".join(lines) + "\n"
    if not _same(document, tree, made):
        raise RulesetError((diagnose("PRF860", document.span(()), value=file),))
    return made


def _same(document: Document, tree: Node, made: str) -> bool:
    """Return whether a text has the values, the quotes and the comments of a document."""
    try:
        other = read_document(made, document.file)
    except RulesetError:
        return False
    if document.value != other.value:
        return False
    again = read_tree(made)
    signs = [(node.style, node.value) for node in tree.scalars()]
    if signs != [(node.style, node.value) for node in again.scalars()]:
        return False
    said = [one.text for one in comments_of(document.text, tree)]
    return said == [one.text for one in comments_of(made, again)]
