"""What each command takes: its words, options and what they are for."""

import argparse
from collections.abc import Callable
from typing import Final

from perfrules.commands.proofing import proof_options
from perfrules.commands.values import count, delimiter, named, one_of, pair, share
from perfrules.errors import Text
from perfrules.jobs.processors import MOST


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


def _formats(parser: argparse.ArgumentParser, *known: str, default: str | None = "text") -> None:
    parser.add_argument(
        "--format", type=one_of("--format", *known), default=default, metavar="|".join(known)
    )


def _ruleset(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("ruleset", metavar="RULESET", help="id, id@version 或文件 or file")


def _facts(parser: argparse.ArgumentParser) -> None:
    """Add the facts file, how it is read, and the results of earlier stages."""
    parser.add_argument("facts", metavar="FACTS", help=".yaml .json .jsonl .csv .xlsx, - (JSON)")
    _reading(parser)
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


def _reading(parser: argparse.ArgumentParser) -> None:
    """Add how facts are read: the date, and what a CSV needs."""
    parser.add_argument("--as-of", metavar="DATE", help="评价日期 date of the evaluation")
    parser.add_argument("--id", metavar="COLUMN", help="单位所在的列 the unit's column")
    parser.add_argument("--sheet", metavar="NAME", help="工作表 the sheet of a workbook")
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
        metavar="NAME=FILE[#SHEET]",
        help="目标表所在的文件 a table's own file",
    )
    parser.add_argument("--key", metavar="COLUMN", help="两个表共有的列 the column both have")


def _verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("result", metavar="RESULT", help="结果 results: .json .jsonl")
    _facts(parser)
    parser.add_argument("--ruleset", metavar="RULESET", help="id@version 或文件 or file")
    _formats(parser, "text", "json")


def _many(parser: argparse.ArgumentParser) -> None:
    """The options of files with many units."""
    parser.add_argument(
        "--jobs",
        type=count("--jobs", least=0, most=MOST),
        default=1,
        metavar="N",
        help="同时计算几部分，0 为全部处理器 parts at a time, 0 for every processor",
    )
    parser.add_argument(
        "--resume",
        action="store_true",
        help="从上次完成的部分继续 go on from the parts that an interrupted run finished",
    )
    parser.add_argument(
        "--part-rows",
        type=count("--part-rows", least=1),
        metavar="N",
        help="每完成多少行存一次 rows of a part: what is kept at a time",
    )


def _trials(parser: argparse.ArgumentParser) -> None:
    """The options of cases: run them, or look at what they are worth."""
    flag = "store_true"
    parser.add_argument("--only", metavar="TEXT", help="只运行名称含此文字的用例 cases so named")
    parser.add_argument("--coverage", action=flag, help="用例到达了哪些规则 what cases reach")
    parser.add_argument(
        "--fail-under", type=share("--fail-under"), metavar="95%", help="覆盖率下限 least coverage"
    )
    parser.add_argument("--mutate", action=flag, help="改动规则，看用例能否发现 change rules, see")
    seed, most = count("--seed", least=0), count("--limit", least=1)
    parser.add_argument("--seed", type=seed, default=0, metavar="N", help="抽样种子 of a sample")
    parser.add_argument("--limit", type=most, metavar="N", help="最多改动次数 mutants at most")
    parser.add_argument("--record", action=flag, help="补写预期结果 write what has no result yet")
    parser.add_argument("--accept", action=flag, help="改写不同的预期 write over what differs")
    parser.add_argument("--boundaries", action=flag, help="生成边界用例 cases at each edge")
    parser.add_argument("-o", "--output", metavar="OUT", help="边界用例的文件 a file for them")
    _formats(parser, "text", "json")


def _schema(parser: argparse.ArgumentParser) -> None:
    kinds = ("ruleset", "library", "portfolio", "cases")
    for option, words in (("--kind", kinds), ("--style", ("editor", "strict"))):
        read = one_of(option, *words)
        parser.add_argument(option, type=read, default=words[0], metavar="|".join(words))
    parser.add_argument("-o", "--output", metavar="FILE", help="写入的文件 the file to write")


def _compile(parser: argparse.ArgumentParser) -> None:
    _ruleset(parser)
    parser.add_argument("--to", type=one_of("--to", "sql"), metavar="sql")
    read = one_of("--dialect", "duckdb", "spark")
    parser.add_argument("--dialect", type=read, default="duckdb", metavar="duckdb|spark")
    parser.add_argument("--as-of", metavar="DATE", help="评价日期 date of the evaluation")
    parser.add_argument(
        "--table", default="facts", metavar="NAME", help="数据表 the table it reads"
    )
    parser.add_argument("--schema", action="store_true", help="只列出表的列 the table's columns")
    parser.add_argument("-o", "--output", metavar="FILE", help="写入的文件 the file to write")


def _list(parser: argparse.ArgumentParser) -> None:
    kinds = ("rulesets", "libraries", "indicators", "portfolios")
    parser.add_argument(
        "--kind", type=one_of("--kind", *kinds), default="rulesets", metavar="|".join(kinds)
    )
    parser.add_argument("--sector", metavar="NAME", help="只列此行业 of this sector only")
    _formats(parser, "text", "json")


def _show(parser: argparse.ArgumentParser) -> None:
    _ruleset(parser)
    parser.add_argument(
        "--resolved",
        action="store_true",
        help="合并后的全文，每个值注明出处 put together, each value with its file and line",
    )
    _formats(parser, "text", "json")


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="文件或文件夹 files or folders")
    parser.add_argument(
        "--against", metavar="OLD", help="核对版本号是否随改动提高 the version it must rise above"
    )
    proof_options(parser, count)
    _formats(parser, "text", "json")


def _score(parser: argparse.ArgumentParser) -> None:
    _ruleset(parser)
    _facts(parser)
    _portfolio(parser)
    parser.add_argument("-o", "--output", metavar="OUT", help="结果文件 the file to write")
    parser.add_argument("--rejects", metavar="FILE", help="退回的单位 a CSV of what was rejected")
    _many(parser)
    known = ("text", "json", "jsonl", "csv", "parquet", "arrow", "xlsx")
    _formats(parser, *known, default=None)


def _explain(parser: argparse.ArgumentParser) -> None:
    _ruleset(parser)
    _facts(parser)
    depths = ("summary", "rule", "full")
    parser.add_argument(
        "--depth", type=one_of("--depth", *depths), default="rule", metavar="|".join(depths)
    )
    parser.add_argument("--indicator", metavar="ID", help="只看这个指标 this indicator only")
    _formats(parser, "text", "json")


def _compare(parser: argparse.ArgumentParser) -> None:
    for name in ("first", "second"):
        parser.add_argument(name, metavar=name.upper(), help="规则集或结果 a ruleset or results")
    _formats(parser, "text", "json")


def _diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("first", metavar="OLD", help="原版本 the old version: id@version, file")
    parser.add_argument("second", metavar="NEW", help="新版本 the new version")
    parser.add_argument("--facts", metavar="FILE", help="两个版本都评分的数据 facts for both")
    _reading(parser)
    parser.add_argument("-o", "--output", metavar="OUT", help="所有受影响的单位 a CSV of the units")
    _formats(parser, "text", "json")


def _new(parser: argparse.ArgumentParser) -> None:
    new = ("ruleset", "library", "plugin")
    parser.add_argument("kind", type=one_of("new", *new), metavar="|".join(new))
    parser.add_argument("name", metavar="NAME", help="编号，如 its id, such as city.road_repair")
    parser.add_argument("--title", metavar="TEXT", help="名称 its title")
    parser.add_argument("-o", "--output", metavar="FOLDER", help="写到此文件夹 where to write")


def _import_xlsx(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("table", metavar="FILE", help="评分表 .xlsx a score table")
    parser.add_argument("--sheet", metavar="NAME", help="工作表 the sheet, else the first")
    parser.add_argument("--id", metavar="ID", help="规则集编号 the ruleset's id")
    parser.add_argument("--title", metavar="TEXT", help="名称 its title")
    parser.add_argument(
        "-o", "--output", metavar="OUT", help="写入的 .yaml the file to write, else beside FILE"
    )
    _formats(parser, "text", "json")


def _export_xlsx(parser: argparse.ArgumentParser) -> None:
    _ruleset(parser)
    parser.add_argument("-o", "--output", metavar="OUT", help="写入的 .xlsx the file to write")


def _fmt(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="+", metavar="PATH", help="文件、文件夹 files, folders, -")
    parser.add_argument("--check", action="store_true", help="只检查，不改 say what would change")
    parser.add_argument(
        "--upgrade", action="store_true", help="替换已停用的指标 rewrite what is deprecated"
    )


def _test(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="文件或文件夹 files or folders")
    _trials(parser)


def _catalog(parser: argparse.ArgumentParser) -> None:
    about = "指标库的编号或文件，不写为全部 libraries: ids or files; all without"
    parser.add_argument("libraries", nargs="*", metavar="LIBRARY", help=about)
    parser.add_argument("-o", "--output", metavar="FILE", help="写入的文件 the file to write")


def _plugins(parser: argparse.ArgumentParser) -> None:
    _formats(parser, "text", "json")


Fill = Callable[[argparse.ArgumentParser], None]

# In the order in which help shows them: what it is for, and what fills in its options.
COMMANDS: Final[dict[str, tuple[str, Fill]]] = {
    "list": ("列出规则集、指标库等 list rulesets, libraries, indicators or portfolios", _list),
    "show": ("显示规则集的内容 show what a ruleset asks for and how it scores", _show),
    "check": ("检查规则集文件 check files of rulesets and cases", _check),
    "score": ("评分，或汇总多个单位的结果 score facts, or run a portfolio over results", _score),
    "explain": ("逐条说明得分 explain a score line by line", _explain),
    "compare": ("两者的得分能否比较 whether scores can be compared", _compare),
    "compile": ("写成一条精确的 SQL 语句 write a ruleset as one exact SQL statement", _compile),
    "verify": ("核对已存的结果 whether saved results are what facts and rules give", _verify),
    "diff": ("两个版本在含义上的改动 what a new version changes in meaning", _diff),
    "new": ("新建规则集、指标库或插件 start a ruleset, a library or a plugin", _new),
    "import-xlsx": ("把评分表变成规则集 turn a score table into a ruleset", _import_xlsx),
    "export-xlsx": ("把规则集写成评分表 write a ruleset as a score table", _export_xlsx),
    "fmt": ("整理 YAML 的排版 lay out YAML, comments and meaning as they were", _fmt),
    "schema": ("编辑器用的 JSON Schema the JSON Schema of a kind of document", _schema),
    "test": ("运行测试用例 run cases", _test),
    "catalog": ("全部指标的网页，一个文件 a page of all indicators, in one file", _catalog),
    "plugins": ("列出插件及其问题 list plugins and what is wrong with them", _plugins),
}
