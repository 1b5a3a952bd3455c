"""`perfrules compare`: may the scores of two rulesets, or two results, be put side by side?"""

from argparse import Namespace

from perfrules.commands.console import Console
from perfrules.comparison import comparable
from perfrules.engine.render.words import tidy
from perfrules.errors import Text
from perfrules.report.json import dump

_ANSWERS = {
    "yes": Text("可以比较", "yes: they can be compared"),
    "blocks": Text("只有以下部分可以比较：{blocks}", "only these blocks: {blocks}"),
    "no": Text("不能比较", "no: they can't be compared"),
}


def run(args: Namespace, console: Console) -> int:
    """Compare; 0 yes, 1 no or only blocks, 2 one of them can't be read."""
    found = comparable(args.first, args.second)
    if args.format == "json":
        console.data(dump(found.json(), 2) + "\n")
    else:
        lang = console.lang
        comma = "、" if lang == "zh" else ", "
        answer = _ANSWERS[found.verdict].get(lang)
        console.print(answer.format(blocks=comma.join(map(tidy, found.blocks))))
        for reason in found.reasons:
            console.print(f"  {tidy(reason.get(lang))}")
    return 0 if found else 1
