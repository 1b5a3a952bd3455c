"""What options on a command line may say: words, numbers, names with files."""

from collections.abc import Callable
from decimal import Decimal

from perfrules.decimals import HUNDRED, parse_decimal
from perfrules.errors import Text, UsageError
from perfrules.messages import diagnose, did_you_mean

_MOST = 1_000_000_000  # of what is counted on a command line


def one_of(option: str, *known: str) -> Callable[[str], str]:
    """Return a reader of an option that takes one of a few words."""

    def read(text: str) -> str:
        if text not in known:
            words = ", ".join(known)
            raise UsageError(
                (
                    diagnose(
                        "PRF646",
                        option=option,
                        value=text,
                        expected=Text(words, words),
                        hint=did_you_mean(text, known),
                    ),
                )
            )
        return text

    return read


def delimiter(text: str) -> str:
    r"""Return the delimiter that `--delimiter` names.

    >>> delimiter("tab"), delimiter(";")
    ('\t', ';')
    """
    return {"tab": "\t", "\\t": "\t"}.get(text) or one_of("--delimiter", ",", ";", "\t", "|")(text)


def count(option: str, *, least: int, most: int = _MOST) -> Callable[[str], int]:
    """Return a reader of an option that takes a whole number."""

    def read(text: str) -> int:
        if text.isascii() and text.isdecimal() and least <= int(text) <= most:
            return int(text)
        expected = Text(f"{least} 到 {most} 的整数", f"a whole number from {least} to {most}")
        raise UsageError((diagnose("PRF646", option=option, value=text, expected=expected),))

    return read


def pair(text: str) -> tuple[str, str]:
    """Return the name and the file of `--table NAME=FILE`."""
    name, sign, file = text.partition("=")
    if not (name and sign and file):
        form = Text("写作 名称=文件", "it is written NAME=FILE")
        raise UsageError(
            (diagnose("PRF642", value=f"--table {text}", expected=form, command="score"),)
        )
    return name, file


def named(option: str, form: Text) -> Callable[[str], tuple[str, str]]:
    """Return a reader of `NAME=SOMETHING`; without a name the name is empty."""

    def read(text: str) -> tuple[str, str]:
        name, sign, value = text.partition("=")
        if not sign and option == "--facts":
            return "", text
        if not (name and value):
            told = diagnose("PRF642", value=f"{option} {text}", expected=form, command="score")
            raise UsageError((told,))
        return name, value

    return read


def share(option: str) -> Callable[[str], Decimal]:
    """Return a reader of an option that takes a percentage, as 95 or 95%."""

    def read(text: str) -> Decimal:
        found = parse_decimal(text.removesuffix("%"))
        if found is not None and 0 <= found <= HUNDRED:
            return found
        expected = Text("0% 到 100% 的百分数", "a percentage from 0% to 100%")
        raise UsageError((diagnose("PRF646", option=option, value=text, expected=expected),))

    return read
