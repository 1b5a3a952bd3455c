"""The command line's grammar: what argparse finds wrong becomes a sentence with a code."""

import argparse
import re
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn, TextIO, cast

from perfrules.commands.console import write
from perfrules.errors import Text, UsageError
from perfrules.messages import diagnose, did_you_mean

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

COMMANDS = ("list", "show", "check", "score", "explain", "test", "plugins", "compare")
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


def _portfolio(parser: argparse.ArgumentParser) -> None:
    """The options of a portfolio: it reads its units' facts and has inputs of its own."""
    file = Text("写作 来源=文件", "it is written SOURCE=FILE")
    value = Text("写作 输入项=值", "it is written INPUT=VALUE")
    for option, form, shown, about in (
        ("--facts", file, "[SOURCE=]FILE", "项目组合：各单位的数据 facts of the units"),
        ("--input", value, "NAME=VALUE", "项目组合：自身的输入项 an input of its own"),
    ):
        parser.add_argument(
            option,
            dest=f"portfolio_{option[2:]}",
            action="append",
            type=named(option, form),
            default=[],
            metavar=shown,
            help=about,
        )


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


def _formats(parser: argparse.ArgumentParser, *known: str, default: str | None = "text") -> None:
    parser.add_argument(
        "--format", type=one_of("--format", *known), default=default, metavar="|".join(known)
    )


def _ruleset(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ruleset", metavar="RULESET", help="id, id@version 或文件 or file")


def _facts(parser: argparse.ArgumentParser) -> None:
    _ruleset(parser)
    parser.add_argument("facts", metavar="FACTS", help=".yaml .json .jsonl .csv, - (JSON)")
    parser.add_argument("--as-of", metavar="DATE", help="评价日期 date of the evaluation")
    parser.add_argument("--id", metavar="COLUMN", help="CSV 中单位所在的列 the unit's column")
    parser.add_argument("--encoding", metavar="NAME", help="utf-8, gbk, …")
    parser.add_argument("--delimiter", type=delimiter, default=",", metavar=",|;|tab")
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="COLUMN", help="不用的列 a column to leave"
    )
    parser.add_argument(
        "--table",
        action="append",
        type=pair,
        default=[],
        metavar="NAME=FILE",
        help="目标表所在的 CSV a table's own CSV",
    )
    parser.add_argument("--key", metavar="COLUMN", help="两个 CSV 共有的列 the column both have")
    parser.add_argument(
        "--results",
        dest="portfolio_results",
        action="append",
        type=named("--results", Text("写作 名称=文件", "it is written NAME=FILE")),
        default=[],
        metavar="NAME=FILE[#FIELD]",
        help="前一阶段的结果；项目组合另一来源的结果 "
        "results of an earlier stage, or of another source",
    )


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

    def add(name: str, about: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name, help=about, description=about, parents=[common], allow_abbrev=False
        )

    one = add("list", "列出规则集、指标库等 list rulesets, libraries, indicators or portfolios")
    kinds = ("rulesets", "libraries", "indicators", "portfolios")
    one.add_argument(
        "--kind", type=one_of("--kind", *kinds), default="rulesets", metavar="|".join(kinds)
    )
    one.add_argument("--sector", metavar="NAME", help="只列此行业 of this sector only")
    _formats(one, "text", "json")
    one = add("show", "显示规则集的内容 show what a ruleset asks for and how it scores")
    _ruleset(one)
    one.add_argument(
        "--resolved",
        action="store_true",
        help="合并后的全文，每个值注明出处 put together, each value with its file and line",
    )
    _formats(one, "text", "json")
    one = add("check", "检查规则集文件 check files of rulesets and cases")
    one.add_argument("paths", nargs="+", metavar="PATH", help="文件或文件夹 files or folders")
    _formats(one, "text", "json")
    one = add("score", "评分，或汇总多个单位的结果 score facts, or run a portfolio over results")
    _facts(one)
    _portfolio(one)
    one.add_argument("-o", "--output", metavar="OUT", help="结果文件 the file to write")
    one.add_argument("--rejects", metavar="FILE", help="退回的单位 a CSV of what was rejected")
    _formats(one, "text", "json", "jsonl", "csv", default=None)
    one = add("explain", "逐条说明得分 explain a score line by line")
    _facts(one)
    depths = ("summary", "rule", "full")
    one.add_argument(
        "--depth", type=one_of("--depth", *depths), default="rule", metavar="|".join(depths)
    )
    one.add_argument("--indicator", metavar="ID", help="只看这个指标 this indicator only")
    _formats(one, "text", "json")
    one = add("compare", "两者的得分能否比较 whether scores can be compared")
    for name in ("first", "second"):
        one.add_argument(name, metavar=name.upper(), help="规则集或结果文件 a ruleset or results")
    _formats(one, "text", "json")
    one = add("test", "运行测试用例 run cases")
    one.add_argument("paths", nargs="*", metavar="PATH", help="文件或文件夹 files or folders")
    one.add_argument("--only", metavar="TEXT", help="只运行名称含此文字的用例 cases so named")
    _formats(one, "text", "json")
    one = add("plugins", "列出插件及其问题 list plugins and what is wrong with them")
    _formats(one, "text", "json")
    return top


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """Return the arguments, or raise UsageError: PRF643 to PRF646."""
    first = next((item for item in _without_values(argv) if not item.startswith("-")), None)
    if first is not None and first not in COMMANDS:
        hint = did_you_mean(first, COMMANDS)
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
    known = [
        "--lang", "--format", "--as-of", "--id", "--encoding", "--delimiter", "--ignore", "--table",
        "--key", "--results", "--facts", "--input", "--output", "--rejects",
        "--depth", "--indicator", "--only", "--kind",
        "--sector", "--resolved", "--help",
    ]  # fmt: skip
    return did_you_mean(option, known) if option.startswith("--") else Text()
