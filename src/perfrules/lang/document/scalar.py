"""A scalar of a document: its text, and whether it was written as text."""

from collections.abc import Callable
from typing import Self


class Scalar(str):
    """The text of a scalar as it was written, escapes and folds resolved.

    Nothing is guessed from how it looks: `no`, `012` and `1_000` are these texts. `quoted` says
    that it stood in quotes, was a block (`|`, `>`) or had the tag `!!str`: then it is a text and
    never a number, a date or a flag.

    >>> Scalar("012") == "012", Scalar("40", quoted=True).quoted
    (True, True)
    """

    __slots__ = ("quoted",)

    quoted: bool

    def __new__(cls, text: str = "", *, quoted: bool = False) -> Self:
        """Return *text* as a scalar."""
        self = super().__new__(cls, text)
        self.quoted = quoted
        return self

    def __reduce__(self) -> tuple[Callable[[str, bool], "Scalar"], tuple[str, bool]]:
        return _again, (str(self), self.quoted)  # for copy and every protocol of pickle


def _again(text: str, quoted: bool) -> Scalar:  # noqa: FBT001 - pickle passes by position
    return Scalar(text, quoted=quoted)
