"""`perfrules verify`: is a saved result what its ruleset and facts give, to the last digit?"""

from argparse import Namespace
from collections.abc import Iterator

from perfrules.analysis.verify import Check, Verification
from perfrules.api import read_results
from perfrules.commands.console import Console
from perfrules.commands.score import facts_of
from perfrules.engine.days import date_of
from perfrules.engine.program import Program
from perfrules.engine.render.words import pad, tidy
from perfrules.errors import Diagnostic, Lang, Text
from perfrules.report.json import dump
from perfrules.verification import Verified, ruleset_of, verify_all

_PARTS = {
    "ruleset": Text("规则集", "ruleset"),
    "engine": Text("程序与插件", "program and plugins"),
    "facts": Text("填报数据", "facts"),
    "total": Text("总分与等级", "total and grade"),
    "adjustments": Text("调整", "adjustments"),
    "warnings": Text("提醒", "warnings"),
    "indicators": Text("各项指标", "indicators"),
    "gates": Text("否决与封顶", "gates"),
    "findings": Text("问题与建议", "findings"),
    "decisions": Text("结果应用", "decisions"),
    "report": Text("报告值", "report"),
    "other": Text("其他内容", "anything else"),
}
_SAME = Text("一致", "same")
_DIFFERS = Text("不符", "DIFFERS")
_MOST = 20  # differences shown of one part
_WIDE = 20  # columns of a part's name


def run(args: Namespace, console: Console) -> int:
    """Verify; 0 all agree, 1 something differs, 2 nothing could be verified."""
    saved = read_results(args.result)
    program = ruleset_of(saved, args.ruleset)
    if (day := date_of(args.as_of)) is not None:
        program = Program(program.plan, day)
    entries = facts_of(args, program, console)
    found = list(verify_all(saved, program, entries))
    if args.format == "json":
        console.data(dump([_json(item) for item in found], 2) + "\n")
    else:
        for item in found:
            for line in page(item, console.lang, every=len(found) == 1):
                console.print(line)
    verified = [item for item in found if isinstance(item, Verification)]
    agree = sum(item.ok for item in verified)
    console.note(
        console.say(
            f"核对 {len(found)} 项结果：一致 {agree}，不符 {len(found) - agree}",
            f"{len(found)} results verified: {agree} agree, {len(found) - agree} do not",
        )
    )
    if not verified:
        return 2
    return 0 if agree == len(found) else 1


def _json(item: Verified) -> dict[str, object]:
    if isinstance(item, Diagnostic):
        return {"agrees": False, "problem": item.json()}
    return item.json()


def page(item: Verified, lang: Lang, *, every: bool) -> Iterator[str]:
    """Yield the lines about one result; parts that agree only where *every* part is asked for."""
    if isinstance(item, Diagnostic):
        yield item.render(lang)
        return
    name = tidy(item.unit) if item.unit is not None else Text("结果", "result").get(lang)
    verdict = (_SAME if item.ok else _DIFFERS).get(lang)
    yield f"{verdict}  {name}  ({item.ruleset} {item.version})"
    for check in item.checks:
        if every or not check.ok:
            yield from _part(check, lang)


def _part(check: Check, lang: Lang) -> Iterator[str]:
    verdict = (_SAME if check.ok else _DIFFERS).get(lang)
    count = check.compared
    values = Text(f"{count} 个值", f"{count} value{'' if count == 1 else 's'}")
    yield f"  {pad(verdict, 7)}  {pad(_PARTS[check.part].get(lang), _WIDE)}  {values.get(lang)}"
    for problem in check.problems[:_MOST]:
        yield f"    {problem.code} {tidy(problem.message.get(lang))}"
    hints = dict.fromkeys(tidy(problem.hint.get(lang)) for problem in check.problems[:_MOST])
    if len(check.problems) > _MOST:
        more = len(check.problems) - _MOST
        yield Text(f"    另有 {more} 处（--format json 全部列出）",
                   f"    {more} more (--format json lists them all)").get(lang)  # fmt: skip
    word = Text("提示：", "hint: ").get(lang)
    yield from (f"    {word}{hint}" for hint in hints if hint)
