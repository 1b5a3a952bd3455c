"""A scalar of a document: its text, and whether it was written as text."""

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

    def __getnewargs_ex__(self) -> tuple[tuple[str], dict[str, bool]]:  # for copy and pickle
        return (str(self),), {"quoted": self.quoted}
