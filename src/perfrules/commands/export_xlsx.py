"""`perfrules export-xlsx`: a ruleset as the score table that a bureau prints."""

from argparse import Namespace
from pathlib import Path

from perfrules.api import read_plan
from perfrules.commands.console import Console
from perfrules.commands.output import save
from perfrules.errors import Text, UsageError
from perfrules.excel import exported, workbook
from perfrules.lang.plan import Plan
from perfrules.messages import diagnose

_LEFT_OUT = (
    ("gates", Text("否决与封顶", "gates")),
    ("decisions", Text("结果应用", "decisions")),
    ("adjustments", Text("加减分", "adjustments")),
    ("derived", Text("派生值", "derived values")),
    ("parameters", Text("参数", "parameters")),
)


def run(args: Namespace, console: Console) -> int:
    """Write a ruleset as a score table; what a table has no place for is told."""
    plan = read_plan(args.ruleset)
    path = args.output or f"{plan.id}.xlsx"
    if not path.endswith(".xlsx"):
        expected = Text("以 .xlsx 结尾的文件名", "a file name that ends in .xlsx")
        raise UsageError((diagnose("PRF642", value=f"-o {path}", expected=expected,
                                   command="export-xlsx"),))  # fmt: skip
    if Path(path).exists():
        raise UsageError((diagnose("PRF862", value=path),))
    data = workbook(exported(plan), path)
    save(path, data)
    console.print(console.say(f"写出 {path}", f"wrote {path}"))
    left = _left_out(plan)
    if left:
        said = "、".join(text.zh for text in left), ", ".join(text.en for text in left)
        console.note(
            console.say(f"评分表里没有写：{said[0]}", f"a score table has no place for: {said[1]}")
        )
    return 0


def _left_out(plan: Plan) -> list[Text]:
    return [text for name, text in _LEFT_OUT if getattr(plan, name)]
