"""The command line's grammar: what argparse finds wrong becomes a sentence with a code."""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NoReturn, TextIO, cast

from perfrules.commands.console import write
from perfrules.commands.grammar import COMMANDS
from perfrules.commands.values import one_of
from perfrules.errors import Text, UsageError
from perfrules.messages import diagnose, did_you_mean

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

_REQUIRED = re.compile(r"the following arguments are required: (.*)", re.DOTALL)
_NEEDS = re.compile(r"argument (\S+?)(?:/\S+)?: expected")


class Parser(argparse.ArgumentParser):
    """A parser that raises `UsageError` instead of leaving the process."""

    def print_help(self, file: "SupportsWrite[str] | None" = None) -> None:
        """Write the help, whatever signs the stream can hold."""
        write(sys.stdout if file is None else cast("TextIO", file), self.format_help())

    def error(self, message: str) -> NoReturn:
        """Raise PRF645 for what is missing, PRF644 for what can't be placed."""
        command = self.prog.removeprefix("perfrules").strip() or "perfrules"
        lacks = _REQUIRED.match(message)
        needs = _NEEDS.match(message)
        if lacks or needs:
            value = (
                Text(lacks[1], lacks[1])
                if lacks
                else Text(f"选项 {needs[1]} 的值", f"a value for {needs[1]}")  # type: ignore[index] # one of the two matched
            )
            raise UsageError((diagnose("PRF645", what=value, command=command),))
        raise UsageError((diagnose("PRF644", value=message, command=command),))


def _common() -> Parser:
    """The options that may stand before or after the command."""
    common = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument(
        "--lang", type=one_of("--lang", "zh", "en"), metavar="zh|en", help="语言 language (zh)"
    )
    common.add_argument(
        "--traceback",
        action="store_true",
        help="出错时显示程序内部的位置 show where in the program it went wrong",
    )
    return common


def parser() -> Parser:
    """Return the grammar of the command line."""
    common = _common()
    top = Parser(
        prog="perfrules",
        parents=[common],
        allow_abbrev=False,
        description="预算绩效评价规则 scoring rules for budget performance",
        epilog="退出码 exit codes: 0 完成 fine · 1 结论为否，或部分单位被退回 the answer is no, or "
        "some units were rejected · 2 无法进行 nothing could be done",
    )
    top.add_argument("--version", action="store_true", help="版本 the version")
    commands = top.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)

    for name, (about, fill) in COMMANDS.items():
        fill(
            commands.add_parser(
                name, help=about, description=about, parents=[common], allow_abbrev=False
            )
        )
    return top


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the arguments, or raise UsageError: PRF643 to PRF646."""
    first = next((item for item in _without_values(argv) if not item.startswith("-")), None)
    if first is not None and first not in COMMANDS:
        hint = did_you_mean(first, tuple(COMMANDS))
        raise UsageError((diagnose("PRF643", value=first, hint=hint),))
    found, rest = parser().parse_known_args(list(argv))
    if rest:
        command = found.command or "perfrules"
        raise UsageError((diagnose("PRF644", value=rest[0], command=command, hint=_near(rest[0])),))
    return found


def _without_values(argv: Sequence[str]) -> list[str]:
    """Return *argv* without the value of a global option that stands before the command."""
    return [item for place, item in enumerate(argv) if place == 0 or argv[place - 1] != "--lang"]


def _near(option: str) -> Text:
    known = list(dict.fromkeys(_options(parser())))
    return did_you_mean(option, known) if option.startswith("--") else Text()


def _options(grammar: argparse.ArgumentParser) -> Iterator[str]:
    """Yield the long options of a grammar and of the commands in it."""
    for action in grammar._actions:  # noqa: SLF001 - argparse has no other way to ask
        yield from (name for name in action.option_strings if name.startswith("--"))
        if isinstance(action, argparse._SubParsersAction):  # noqa: SLF001
            for below in action.choices.values():
                yield from _options(below)
